"""Files that come as counts: the same thresholds, and what the source hid stays hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.refusals import in_words
from dashboard.texts import texts
from data_access.importers.errors import ImportRefused
from data_access.permissions import OPERATOR, Role, Viewer
from data_access.surveys.door import read_release
from tests.data_access.surveys.files import csv, release

if TYPE_CHECKING:
    from data_access.database import Database
    from data_access.surveys.told import Release

HEADINGS = ("Område", "Kön", "Fråga", "Antal svar", "Andel", "Dold")
ROWS = [
    ["", "", "worry.burglary", "420", "21,5 %", ""],
    ["01", "", "worry.burglary", "150", "30 %", ""],
    ["02", "", "worry.burglary", "120", "20 %", ""],
    ["03", "", "worry.burglary", "138", "15 %", ""],
    ["04", "", "worry.burglary", "", "", "ja"],
    ["", "Kvinna", "Oro för bostadsinbrott", "220", "25 %", ""],
    ["", "Man", "Oro för bostadsinbrott", "200", "18 %", ""],
    ["01", "Kvinna", "worry.burglary", "80", "33 %", ""],
    ["01", "Man", "worry.burglary", "70", "27 %", ""],
    ["02", "Kvinna", "worry.burglary", "60", "22 %", ""],
    ["02", "Man", "worry.burglary", "60", "18 %", ""],
]


def counted(database: Database, rows: list[list[str]] | None = None) -> Release:
    file = csv(rows or ROWS, HEADINGS)
    report = release(database, file=file, instrument="safety", wave="NTU")
    assert report.is_counts
    found = read_release(database, OPERATOR, report.wave_id or 0)
    assert found is not None
    return found


def test_counts_are_told_under_the_same_thresholds(small: Database) -> None:
    found = counted(small)
    cell = found.cell("worry.burglary")
    assert cell is not None
    assert cell.share == pytest.approx(0.215, abs=0.02)
    assert cell.n == pytest.approx(420, abs=5)
    states = {area: found.cell("worry.burglary", area=area) for area in ("01", "02", "03", "04")}
    assert {area: one.state for area, one in states.items() if one} == {
        "01": "shown",
        "02": "hidden",  # beside the one that the source hid
        "03": "shown",
        "04": "suppressed_at_source",
    }
    girls = found.cell("worry.burglary", area="01", breakdown="gender", group="female")
    assert girls is not None
    assert girls.state == "shown"


def test_small_counts_are_hidden_though_the_source_told_them(small: Database) -> None:
    few = [["03", "", "worry.burglary", "9", "15 %", ""], ["04", "", "worry.burglary", "15", "0 %", ""]]
    rows = [["", "", "worry.burglary", "294", "24 %", ""], *ROWS[1:3], *few]
    found = counted(small, rows)
    told = {area: found.cell("worry.burglary", area=area) for area in ("03", "04")}
    assert [one.state for one in told.values() if one] == ["hidden", "hidden"]


def test_partners_are_told_of_fewer_counts(small: Database) -> None:
    rows = [
        ["", "", "worry.burglary", "315", "24 %", ""],
        *ROWS[1:3],
        *([code, "", "worry.burglary", n, "20 %", ""] for code, n in (("03", "30"), ("04", "15"))),
    ]
    found, partner = counted(small, rows), read_release(small, Viewer("x", Role.POLICE), 1)
    assert partner is not None
    states = [
        [one.cell("worry.burglary", area=area) for area in ("02", "03", "04")] for one in (found, partner)
    ]
    assert [[cell.state for cell in told if cell] for told in states] == [
        ["shown", "shown", "shown"],
        ["shown", "hidden", "hidden"],
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["01", "", "worry.nothing", "20", "1 %", ""], "survey_question_unknown"),
        (["09", "", "worry.burglary", "20", "1 %", ""], "survey_area_unknown"),
        (["01", "", "worry.burglary", "20", "1 %", ""], "survey_count_repeated"),
        (["03", "Träd", "worry.burglary", "20", "1 %", ""], "survey_count_unreadable"),
        (["03", "Man", "worry.burglary", "2.5", "1 %", ""], "survey_count_unreadable"),
        (["03", "Man", "worry.burglary", "20", "120 %", ""], "survey_count_unreadable"),
        (["01", "", "worry.theft", "20", "1 %", ""], "survey_no_total"),
    ],
)
def test_counts_that_make_no_sense_are_refused_with_their_row(
    small: Database, row: list[str], reason: str
) -> None:
    with pytest.raises(ImportRefused) as caught:
        counted(small, [*ROWS, row])
    assert caught.value.reason == reason
    if reason != "survey_no_total":
        assert caught.value.parameters["row"] == len(ROWS) + 2


AGES = ("Område", "Ålder", "Fråga", "Antal svar", "Andel")


def by_age(*bands: tuple[str, int]) -> list[list[str]]:
    """Worry in the municipality and in 01, where fewer live, by age."""
    whole = [["", "", "worry.burglary", "900", "30 %"], ["01", "", "worry.burglary", "225", "30 %"]]
    parts = [
        [area, band, "worry.burglary", str(count // part), "30 %"]
        for band, count in bands
        for area, part in (("", 1), ("01", 4))
    ]
    return [*whole, *parts]


@pytest.mark.parametrize(
    "bands",
    [
        (("16-84", 440), ("16-64", 420)),
        (("16-34", 300), ("34-64", 300)),
        (("65+", 300), ("70-84", 200)),
        (("Gymnasiet", 300), ("20-84", 500)),
    ],
)
def test_groups_that_overlap_are_refused(small: Database, bands: tuple[tuple[str, int], ...]) -> None:
    """Nine of 225 are 65-84 years old: the difference of two told numbers."""
    with pytest.raises(ImportRefused) as caught:
        release(small, file=csv(by_age(*bands), AGES), instrument="safety", wave="NTU")
    assert caught.value.reason == "survey_groups_overlap"
    assert caught.value.parameters == {"row": 4, "other": 6}
    assert all("4" in in_words(caught.value, texts(language)) for language in ("sv", "en"))


def test_groups_side_by_side_are_read(small: Database) -> None:
    rows = by_age(("16-34", 300), ("35-64", 400), ("65+", 200))
    assert release(small, file=csv(rows, AGES), instrument="safety", wave="NTU").is_counts


def test_groups_with_more_people_than_all_are_refused_with_the_row_of_all(small: Database) -> None:
    rows = [row if row[:2] != ["02", "Man"] else [*row[:3], "61", *row[4:]] for row in ROWS]
    with pytest.raises(ImportRefused) as caught:
        counted(small, rows)
    assert (caught.value.reason, caught.value.parameters) == ("survey_parts_exceed", {"row": 4})
    assert all("4" in in_words(caught.value, texts(language)) for language in ("sv", "en"))


@pytest.mark.parametrize(("group", "row"), [("", 2), ("Man", 8)])
def test_districts_with_more_people_than_the_municipality_are_refused(
    small: Database, group: str, row: int
) -> None:
    more = [
        [*one[:3], str(int(one[3]) + 90), *one[4:]] if one[:2] == ["01", group] else [*one] for one in ROWS
    ]
    if group:
        more[1][3] = "240"
        more[0][3] = "520"
    with pytest.raises(ImportRefused) as caught:
        counted(small, more)
    assert (caught.value.reason, caught.value.parameters) == ("survey_parts_exceed", {"row": row})


def test_an_index_is_read_as_points(small: Database) -> None:
    headings = ("area", "question", "measure", "n", "value")
    rows = [
        ["", "problem.littering", "index", "300", "2.4"],
        ["01", "problem.littering", "index", "200", "3"],
    ]
    report = release(small, file=csv(rows, headings), instrument="safety", wave="Index")
    found = read_release(small, OPERATOR, report.wave_id or 0)
    assert found is not None
    cell = found.cell("problem.littering", "index")
    assert cell is not None
    assert cell.index == pytest.approx(2.4, abs=0.2)
