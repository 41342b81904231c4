"""Files of surveys: what is understood, what is refused, and that nothing of a row is left anywhere."""

from __future__ import annotations

import io
import logging
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from sqlalchemy import text

from dashboard.refusals import in_words
from dashboard.texts import texts
from data_access.importers.errors import ImportRefused
from data_access.importers.survey_mapping import SurveyMapping, survey_mapping_from_json
from data_access.permissions import OPERATOR
from data_access.surveys.door import read_release
from data_access.surveys.secret_keys import SecretError
from tests.data_access.surveys.files import HEADINGS, PEOPLE, csv, release, rows_of

if TYPE_CHECKING:
    from data_access.database import Database

CANARY = "kanariefågel-7e1d"


def workbook(rows: list[list[str]], headings: tuple[str, ...] = HEADINGS) -> tuple[bytes, str]:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Svar")
        for place, row in enumerate([list(headings), *rows]):
            sheet.write_row(place, 0, row)
    return stream.getvalue(), "enkät.xlsx"


def refused(database: Database, **given: Any) -> ImportRefused:
    with pytest.raises(ImportRefused) as caught:
        release(database, **given)
    return caught.value


def test_a_workbook_gives_the_same_tables_as_text(small: Database) -> None:
    release(small)
    again = release(small, file=workbook(rows_of()))
    assert again.is_known  # even the keys of the rows are the same


def test_columns_are_found_by_code_and_name_in_both_languages(small: Database) -> None:
    report = release(small)
    assert report.columns == {
        "area": "Område",
        "gender": "Kön",
        "stage": "Stadium",
        "family.conflicts": "family.conflicts",
        "family.conflicts:frequency": "family.conflicts_frequency",
        "family.conflicts:distress": "family.conflicts_distress",
        "family.conflicts:help": "family.conflicts_help",
        "school.bullying": "Mobbar andra",
        "individual.future": "Faith in the future",
    }
    assert (report.rows, report.questions, report.unused) == (sum(PEOPLE.values()), 3, ())


@pytest.mark.parametrize("area", ["1", "Hamnen", "HAMNEN", "01", "1.0"])
def test_an_area_is_known_by_code_name_or_what_a_spreadsheet_made_of_it(small: Database, area: str) -> None:
    rows = [[area if row[0] == "01" else row[0], *row[1:]] for row in rows_of()]
    release(small, rows)
    found = read_release(small, OPERATOR, 1)
    assert found is not None
    cell = found.cell("family.conflicts", area="01")
    assert cell is not None
    assert cell.n == pytest.approx(150, abs=5)


def test_a_mapping_overrules_every_guess(small: Database) -> None:
    rows = [
        [*row[:3], {"Ja": "1", "Nej": "2"}[row[3]], *row[4:7], str(len(row[7])), row[8]] for row in rows_of()
    ]
    headings = ("Var", "K", "S", "f1", "f2", "f3", "f4", "b", "Framtid")
    mapping = SurveyMapping(
        columns={
            "area": "Var",
            "gender": "K",
            "stage": "S",
            "family.conflicts": "f1",
            "family.conflicts:help": "f4",
            "school.bullying": "b",
            "individual.future": "Framtid",
        },
        words={"family.conflicts": {"yes": "1", "no": ["2"]}, "missing": ["Vet ej"]},
        cut_points={"school.bullying": 3},
        gender={"girl": "Flicka", "boy": ["Pojke"]},
        stage={"lower_secondary": "Högstadiet", "upper_secondary": "Gymnasiet"},
    )
    report = release(small, file=csv(rows, headings), mapping=mapping)
    assert report.unused == ("f2", "f3")
    found = read_release(small, OPERATOR, 1)
    assert found is not None
    cell = found.cell("school.bullying")
    assert cell is not None
    assert (cell.share or 0) > 0.8  # "Nej" has three letters


def broken(row: int, column: int, value: str) -> list[list[str]]:
    rows = rows_of()
    rows[row - 2][column] = value
    return rows


@pytest.mark.parametrize(
    ("column", "reason", "heading"),
    [
        (0, "survey_area_unknown", "Område"),
        (3, "survey_answer_unreadable", "family.conflicts"),
        (5, "survey_answer_unreadable", "family.conflicts_distress"),
        (8, "survey_answer_unreadable", "Faith in the future"),
    ],
)
def test_an_error_names_column_and_row_and_never_what_stood_there(
    small: Database, column: int, reason: str, heading: str
) -> None:
    error = refused(small, rows=broken(7, column, CANARY))
    assert (error.reason, error.parameters) == (reason, {"column": heading, "row": 7, "count": 1})
    for language in ("sv", "en"):
        sentence = in_words(error, texts(language))
        assert "7" in sentence
        assert heading in sentence
        assert CANARY not in sentence


def test_a_number_needs_a_cut_point(small: Database) -> None:
    rows = [[*row[:3], "3", *row[4:]] for row in rows_of()]
    assert refused(small, rows=rows).reason == "survey_needs_cut_point"
    assert release(small, rows, mapping=SurveyMapping(cut_points={"family.conflicts": 3})).questions == 3


@pytest.mark.parametrize(
    ("headings", "reason"),
    [
        (("Område", *("x" + name for name in HEADINGS[1:])), "survey_no_questions"),
        (("Plats", *HEADINGS[1:]), "survey_no_area"),
    ],
)
def test_a_file_without_area_or_questions_is_refused(
    small: Database, headings: tuple[str, ...], reason: str
) -> None:
    assert refused(small, file=csv(rows_of(), headings)).reason == reason


def test_a_file_of_few_or_with_broken_rows_is_refused(small: Database) -> None:
    assert refused(small, rows=rows_of()[:9]).reason == "survey_too_few"
    rows = rows_of()
    rows[3].append(CANARY)
    error = refused(small, rows=rows)
    assert (error.reason, error.parameters["row"]) == ("survey_row_broken", 5)
    assert CANARY not in str(error)


@pytest.mark.parametrize("column", [1, 2])
def test_groups_that_are_not_understood_are_not_dealt_out_by_chance(small: Database, column: int) -> None:
    rows = [[*row[:column], str(91 + len(row[column])), *row[column + 1 :]] for row in rows_of()]
    assert refused(small, rows=rows).reason == "survey_groups_unknown"


def test_without_gender_and_stage_there_is_no_breakdown(small: Database) -> None:
    rows = [[row[0], *row[3:]] for row in rows_of()]
    release(small, file=csv(rows, ("Område", *HEADINGS[3:])))
    found = read_release(small, OPERATOR, 1)
    assert found is not None
    assert found.groups == {"all": ("",)}


@pytest.mark.parametrize(
    "document",
    [
        '{"columns": {"family.nothing": "x"}}',
        '{"columns": {"family.conflicts:mood": "x"}}',
        '{"columns": ["x"]}',
        '{"words": {"yes": 1}}',
        '{"cut_points": {"x": "3"}}',
        '{"gender": {"tree": "x"}}',
        '{"stage": {"tree": "x"}}',
        '{"first_day": "2026-02-30"}',
        '{"delimiter": ";;"}',
        '{"nonsense": 1}',
        "[]",
        "{",
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused(small: Database, document: str) -> None:
    with pytest.raises(ImportRefused) as caught:
        release(small, mapping=survey_mapping_from_json(document))
    assert caught.value.reason == "mapping_broken"


def test_nothing_is_read_without_a_secret(small: Database) -> None:
    for secret in ("", "short"):
        with pytest.raises(SecretError):
            release(small, secret=secret)


def canaries(rows: list[list[str]]) -> tuple[list[list[str]], tuple[str, ...]]:
    """Rows with a mark of their own in a column that is not used, in a gender and in an answer that means none."""
    for number, row in enumerate(rows):
        if number % 20 == 0:
            row[1] = f"{CANARY}-kön-{number}"
        row.append(f"{CANARY}-{number}")
    return rows, (*HEADINGS, "Övrigt")


def traces(folder: Path) -> list[str]:
    """Files below a folder that hold the mark in any usual encoding, and the sound of it in a database's pages."""
    marks = [CANARY.encode(code) for code in ("utf-8", "latin-1", "utf-16-le")]
    found = []
    for path in folder.rglob("*"):
        try:
            if path.is_file() and any(mark in path.read_bytes() for mark in marks):
                found.append(str(path))
        except OSError:
            continue
    return found


@pytest.mark.parametrize("kind", ["csv", "excel", "refused"])
def test_no_row_is_left_in_database_log_temporary_files_or_errors(
    small: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], kind: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    for name in ("TMPDIR", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.setenv(name, str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    caplog.set_level(logging.DEBUG)
    rows, headings = canaries(rows_of())
    told = ""
    if kind == "refused":
        rows[100][3] = CANARY
        error = refused(small, file=csv(rows, headings))
        chain: BaseException | None = error
        while chain is not None:
            told += f"{chain!r} {chain} {vars(chain)}"
            chain = chain.__cause__ or chain.__context__
    else:
        file = csv(rows, headings)
        if kind == "excel":
            file = workbook(rows, headings)
        told = repr(release(small, file=file))
        assert "Övrigt" in told
    with small.engine.connect() as connection:
        connection.execute(text("pragma wal_checkpoint"))
    assert CANARY not in told + caplog.text + "".join(capfd.readouterr())
    assert traces(tmp_path) == []
    assert traces(Path(os.environ["HOME"])) == []


def test_the_database_holds_no_number_that_was_not_published(small: Database) -> None:
    release(small)
    with small.reading() as session:
        hidden = session.execute(
            text(
                "select count(*) from survey_release where state <> 'shown' and (n is not null or amount is not null)"
            )
        ).scalar()
        columns = (
            session.execute(text("select name from pragma_table_info('survey_release')")).scalars().all()
        )
    assert hidden == 0
    assert set(columns) == {
        "wave_id", "indicator_id", "measure", "breakdown", "group_code", "area_code", "state", "is_partner", "n", "amount",
    }  # fmt: skip
