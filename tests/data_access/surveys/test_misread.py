"""Files that look whole and would be read wrong: ticked boxes, columns left empty, rows of totals, numbers beyond reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.refusals import in_words
from dashboard.texts import texts
from data_access.importers.context import ImportContext
from data_access.importers.errors import ImportRefused
from data_access.importers.survey_mapping import SurveyMapping
from data_access.importers.survey_turnout import read_turnout
from data_access.permissions import OPERATOR
from data_access.surveys.door import read_release
from tests.data_access.surveys.files import HEADINGS, csv, release, rows_of

if TYPE_CHECKING:
    from data_access.database import Database
    from data_access.surveys.told import Release

CONFLICTS, CONFLICTS_HELP, BULLYING, FUTURE = 3, 6, 7, 8
TOWN = ImportContext(3006, "Europe/Stockholm", area_codes=frozenset({"01", "02"}))
NOWHERE = ImportContext(3006, "Europe/Stockholm")


def ticked(column: int, tick: str = "x", rest: str = "") -> list[list[str]]:
    """The usual rows with a column as a box: a tick where there was a yes."""
    return [[*row[:column], tick if row[column] == "Ja" else rest, *row[column + 1 :]] for row in rows_of()]


def published(database: Database) -> Release:
    found = read_release(database, OPERATOR, 1)
    assert found is not None
    return found


@pytest.mark.parametrize("tick", ["x", "Ja", "1"])
@pytest.mark.parametrize(
    ("column", "name"), [(CONFLICTS, "family.conflicts"), (CONFLICTS_HELP, "family.conflicts:help")]
)
def test_ticks_without_one_no_are_not_taken_for_everybody(
    small: Database, column: int, name: str, tick: str
) -> None:
    with pytest.raises(ImportRefused) as caught:
        release(small, ticked(column, tick))
    assert caught.value.reason == "survey_only_yes"
    assert caught.value.parameters == {"column": HEADINGS[column], "question": name}
    for language in ("sv", "en"):
        sentence = in_words(caught.value, texts(language))
        assert HEADINGS[column] in sentence
        assert '"no": ""' in sentence


@pytest.mark.parametrize("words", [{"family.conflicts": {"no": ""}}, {"no": ["", "Nej"]}])
def test_an_empty_cell_means_no_when_the_mapping_says_so(small: Database, words: dict[str, object]) -> None:
    release(small, ticked(CONFLICTS), mapping=SurveyMapping(words=words))
    cell = published(small).cell("family.conflicts")
    assert cell is not None
    assert cell.n == pytest.approx(264, abs=5)
    assert cell.share == pytest.approx(0.4, abs=0.1)


def test_a_dash_is_no_empty_cell(small: Database) -> None:
    rows = ticked(CONFLICTS)
    for row in rows[:100]:
        row[CONFLICTS] = row[CONFLICTS] or "-"
    release(small, rows, mapping=SurveyMapping(words={"family.conflicts": {"no": ""}}))
    cell = published(small).cell("family.conflicts")
    assert cell is not None
    dashes = sum(row[CONFLICTS] == "-" for row in rows)
    assert dashes > 20
    assert cell.n == pytest.approx(264 - dashes, abs=5)


@pytest.mark.parametrize("words", [{"no": "Nej"}, {"missing": [""]}])
def test_only_yes_is_read_when_the_mapping_has_words_of_that_question(
    small: Database, words: dict[str, object]
) -> None:
    mapping = SurveyMapping(words={"family.conflicts": words})
    assert release(small, ticked(CONFLICTS, "Ja"), mapping=mapping).questions == 3


def test_words_of_all_questions_say_nothing_of_empty_cells(small: Database) -> None:
    with pytest.raises(ImportRefused) as caught:
        release(small, ticked(CONFLICTS), mapping=SurveyMapping(words={"no": "Nej"}))
    assert caught.value.reason == "survey_only_yes"


def test_numbers_that_all_reach_the_cut_point_and_columns_without_answers_are_read(small: Database) -> None:
    rows = [[*row[:BULLYING], "", row[FUTURE]] for row in ticked(CONFLICTS, "4", "5")]
    assert release(small, rows, mapping=SurveyMapping(cut_points={"family.conflicts": 3})).questions == 3


def blanked(column: int, every: int, word: str = "") -> list[list[str]]:
    return [
        row if number % every else [*row[:column], word, *row[column + 1 :]]
        for number, row in enumerate(rows_of())
    ]


@pytest.mark.parametrize(("column", "breakdown"), [(1, "gender"), (2, "stage")])
@pytest.mark.parametrize(("every", "word"), [(1, ""), (4, ""), (3, "Vill inte svara")])
def test_a_column_of_groups_that_is_left_empty_makes_no_breakdown(
    small: Database, column: int, breakdown: str, every: int, word: str
) -> None:
    report = release(small, blanked(column, every, word))
    assert report.unused == (HEADINGS[column],)
    assert breakdown not in report.columns
    assert breakdown not in published(small).groups
    assert len(published(small).groups) == 2


@pytest.mark.parametrize(("column", "breakdown"), [(1, "gender"), (2, "stage")])
def test_a_few_empty_cells_leave_the_breakdown(small: Database, column: int, breakdown: str) -> None:
    assert release(small, blanked(column, 9)).unused == ()
    assert breakdown in published(small).groups


COUNTS = ("Område", "Fråga", "Antal svar", "Andel")


@pytest.mark.parametrize(
    ("headings", "reason"), [(COUNTS, "survey_no_questions"), (HEADINGS, "survey_too_few")]
)
@pytest.mark.parametrize("mapping", [SurveyMapping(), SurveyMapping(header_row=1)])
def test_headings_without_rows_are_refused(
    small: Database, headings: tuple[str, ...], reason: str, mapping: SurveyMapping
) -> None:
    with pytest.raises(ImportRefused) as caught:
        release(small, file=csv([[""] * len(headings)], headings), mapping=mapping)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("n", "share", "column"),
    [
        ("1e300", "20 %", "Antal svar"),
        ("10000001", "20 %", "Antal svar"),
        ("-1", "20 %", "Antal svar"),
        ("inf", "20 %", "Antal svar"),
        ("90", "-1 %", "Andel"),
        ("90", "101 %", "Andel"),
        ("90", "1e300", "Andel"),
        ("90", "inf", "Andel"),
    ],
)
def test_numbers_beyond_reason_are_refused_with_their_row(
    small: Database, n: str, share: str, column: str
) -> None:
    rows = [["", "family.conflicts", "400", "30 %"], ["01", "family.conflicts", n, share]]
    with pytest.raises(ImportRefused) as caught:
        release(small, file=csv(rows, COUNTS))
    assert caught.value.reason == "survey_count_unreadable"
    assert (caught.value.parameters["column"], caught.value.parameters["row"]) == (column, 3)


def turnout(text: str, context: ImportContext = TOWN) -> dict[str, int]:
    return read_turnout((text.encode(), "svar.csv"), context)


@pytest.mark.parametrize("name", ["", "-", "Kommunen", "TOTALT", "Hela kommunen", "Summa"])
def test_a_row_of_the_total_is_not_added(name: str) -> None:
    rows = f"Område;Inbjudna\n01;300\n{name};400\n02;100"
    assert turnout(rows) == {"": 400, "01": 300, "02": 100}
    assert turnout(rows, NOWHERE) == {"": 400}
    assert turnout(f"Område;Inbjudna\n{name};400", NOWHERE) == {"": 400}
    assert turnout(f"Skola;Inbjudna\nÖsterskolan;400\n{name};400", NOWHERE) == {"": 400}


@pytest.mark.parametrize("context", [TOWN, NOWHERE])
@pytest.mark.parametrize("name", ["", "Totalt"])
def test_a_total_that_is_not_the_sum_is_refused_with_its_row(name: str, context: ImportContext) -> None:
    with pytest.raises(ImportRefused) as caught:
        turnout(f"Område;Inbjudna\n01;300\n02;100\n{name};401", context)
    assert caught.value.reason == "survey_total_differs"
    assert caught.value.parameters == {"column": "Inbjudna", "row": 4}
    assert all("4" in in_words(caught.value, texts(language)) for language in ("sv", "en"))


@pytest.mark.parametrize("word", ["okänt", "unknown"])
def test_people_asked_of_no_known_district_are_added(word: str) -> None:
    assert turnout(f"Område;Inbjudna\n01;300\n{word};50\n;350") == {"": 350, "01": 300}


@pytest.mark.parametrize("heading", ["Antal tillfrågade", "antal inbjudna", "Number asked", "Invited"])
def test_the_headings_that_the_page_names_are_read(heading: str) -> None:
    assert turnout(f"Område;{heading}\n01;300\n02;100") == {"": 400, "01": 300, "02": 100}


@pytest.mark.parametrize(
    ("rows", "reason", "areas"),
    [
        ("01;200\n02;100", "survey_turnout_missing", "03, 04"),
        ("01;200\n02;58\n03;80\n04;13", "survey_turnout_fewer", "02, 04"),
        ("Totalt;263", "survey_turnout_fewer_in_all", None),
    ],
)
@pytest.mark.parametrize("is_dry", [True, False])
def test_those_asked_are_the_people_who_answered_and_more(
    small: Database, rows: str, reason: str, areas: str | None, *, is_dry: bool
) -> None:
    with pytest.raises(ImportRefused) as caught:
        release(small, turnout=(f"Område;Inbjudna\n{rows}".encode(), "svar.csv"), is_dry=is_dry)
    assert (caught.value.reason, caught.value.parameters.get("areas")) == (reason, areas)
    assert all("svar.csv" in in_words(caught.value, texts(language)) for language in ("sv", "en"))


def test_as_many_asked_as_have_answered_are_enough(small: Database) -> None:
    release(small, turnout=("Område;Inbjudna\n01;150\n02;60\n03;40\n04;14".encode(), "svar.csv"))
    assert [one.invited for one in published(small).responses] == [264, 150, 40, 14, 60]  # by name


def test_one_row_for_all_who_were_asked_is_enough(small: Database) -> None:
    release(small, turnout=("Område;Inbjudna\n;264".encode(), "svar.csv"))
    assert [one.invited for one in published(small).responses] == [264, None, None, None, None]


def test_counts_are_held_against_those_asked(small: Database) -> None:
    rows = [["", "family.conflicts", "300", "30 %"], ["01", "family.conflicts", "201", "30 %"]]
    with pytest.raises(ImportRefused) as caught:
        release(
            small, file=csv(rows, COUNTS), turnout=("Område;Inbjudna\n01;200\n02;100".encode(), "svar.csv")
        )
    assert (caught.value.reason, caught.value.parameters["areas"]) == ("survey_turnout_fewer", "01")


def test_numbers_without_names_are_added() -> None:
    assert turnout("Inbjudna\n300\n100", NOWHERE) == {"": 400}


def test_a_row_of_too_many_cells_is_not_left_out_without_a_word() -> None:
    with pytest.raises(ImportRefused) as caught:
        turnout("Område;Inbjudna\n01;300\n02;100;7;8")
    assert (caught.value.reason, caught.value.parameters["row"]) == ("survey_row_broken", 3)


@pytest.mark.parametrize("count", ["10000001", "9" * 5000, "-1", "1e300", ""])
def test_more_people_asked_than_there_can_be_are_refused(count: str) -> None:
    with pytest.raises(ImportRefused) as caught:
        turnout(f"Område;Inbjudna\n01;300\n02;{count}")
    assert (caught.value.reason, caught.value.parameters["row"]) == ("survey_count_unreadable", 3)
