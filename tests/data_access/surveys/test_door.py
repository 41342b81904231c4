from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data_access.importers.survey_mapping import SurveyMapping
from data_access.permissions import OPERATOR, AreaKey, Role, Viewer
from data_access.surveys.door import read_release, read_waves
from data_access.surveys.questions import FOLLOW_UPS
from tests.data_access.surveys.files import (
    SAFETY_HEADINGS,
    csv,
    release,
    rows_of,
    safety_rows,
)

if TYPE_CHECKING:
    from data_access.database import Database
    from data_access.surveys.told import Cell, Release

MUNICIPAL = (Role.OPERATOR, Role.ADMIN, Role.COORDINATOR, Role.ANALYST)
HOME = frozenset({AreaKey("Småstad", "02")})


def viewer(role: Role) -> Viewer:
    return Viewer("x", role, 1, 1, areas=HOME if role is Role.HOUSING else None)


def seen(database: Database, role: Role, wave_id: int = 1) -> Release:
    found = read_release(database, viewer(role), wave_id)
    assert found is not None
    return found


def shown(found: Release) -> dict[tuple, Cell]:
    return {cell.key: cell for cell in found.cells if cell.state == "shown"}


def test_the_grid_is_complete_and_told_by_size(either: Database) -> None:
    release(either)
    found = seen(either, Role.COORDINATOR)
    assert [area.code for area in found.areas] == ["01", "03", "04", "02"]  # by name
    assert found.groups == {
        "all": ("",),
        "gender": ("female", "male"),
        "stage": ("lower_secondary", "upper_secondary"),
    }
    assert [(one.code, one.measures) for one in found.indicators] == [
        ("individual.future", ("present",)),
        ("family.conflicts", ("present", "frequency", "distress", "help", "unmet")),
        ("school.bullying", ("present",)),
    ]
    assert len(found.cells) == len(found.by_key) == 5 * 5 * 7
    assert [found.cells and found.cell("family.conflicts", area=code).precision for code in (None, "01", "02", "04")] == [
        "percent",
        "percent",
        "fives",
        "words",
    ]  # fmt: skip
    for cell in found.cells:
        is_told = cell.state == "shown"
        assert is_told == (cell.precision != "hidden")
        asked = found.cell(cell.indicator, "present", cell.area, cell.breakdown, cell.group)
        is_few = cell.measure in FOLLOW_UPS and (asked is None or (asked.n or 0) < 100)
        assert (cell.n is not None) == (is_told and not is_few)
        assert (cell.share is not None) == (cell.precision in ("percent", "fives"))
        assert (cell.word is not None) == (cell.precision == "words")
    assert found.cell("family.conflicts", area="nowhere") is None


def test_what_is_told_is_near_what_was_answered(small: Database) -> None:
    rows = rows_of()
    release(small, rows)
    found = seen(small, Role.COORDINATOR)
    cell = found.cell("family.conflicts")
    assert cell is not None
    true = sum(row[3] == "Ja" for row in rows) / len(rows)
    assert cell.share == pytest.approx(true, abs=0.04)
    assert cell.low is not None
    assert cell.high is not None
    assert cell.low < true < cell.high
    unmet, heavy = found.cell("family.conflicts", "unmet"), found.cell("family.conflicts", "unmet", "02")
    assert unmet is not None
    assert heavy is not None
    assert (heavy.share or 0) > (unmet.share or 0)


@pytest.mark.parametrize("role", Role)
def test_each_role_is_told_some_of_the_coordinators_numbers_and_no_others(
    small: Database, role: Role
) -> None:
    release(small)
    whole, mine = shown(seen(small, Role.COORDINATOR)), seen(small, role)
    own = shown(mine)
    assert own
    assert all(whole[key] == cell for key, cell in own.items())
    assert mine.fewest == (10 if role in MUNICIPAL else 20)
    assert all(cell.n is None or cell.n >= mine.fewest for cell in own.values())
    if role in MUNICIPAL:
        assert own == whole
    else:
        assert len(own) < len(whole)
    areas = {None, *(area.code for area in mine.areas)}
    assert {cell.area for cell in mine.cells} == areas == {one.area for one in mine.responses}
    expected = {Role.HOUSING: {None, "02"}, Role.REPORTER: {None}}
    assert areas == expected.get(role, {None, "01", "02", "03", "04"})
    if role is Role.REPORTER:
        assert {cell.breakdown for cell in mine.cells} == {"all"}


def test_a_housing_company_of_other_districts_is_told_of_the_municipality_only(small: Database) -> None:
    release(small)
    for areas in (None, frozenset(), frozenset({AreaKey("Annan", "02")})):
        found = read_release(small, Viewer("x", Role.HOUSING, 1, 1, areas=areas), 1)
        assert found is not None
        assert {cell.area for cell in found.cells} == {None}


def test_an_index_is_a_mean_and_all_questions_together_weigh_equally(small: Database) -> None:
    rows = safety_rows()
    release(small, file=csv(rows, SAFETY_HEADINGS), instrument="safety", wave="Trygghet")
    found = seen(small, Role.COORDINATOR)
    assert found.groups["stage"] == ("age_16_34", "age_35_64", "age_65_")
    means = []
    for code, column in (("problem.littering", 3), ("problem.graffiti", 4)):
        cell = found.cell(code, "index")
        assert cell is not None
        true = sum(int(row[column]) for row in rows) / len(rows)
        means.append(true)
        assert cell.index == pytest.approx(true, abs=0.3)
        assert cell.share is None
    total = found.cell("total", "index")
    assert total is not None
    assert total.index == pytest.approx(sum(means) / 2, abs=0.3)
    assert found.indicators[-1].code == "total"
    for area in ("01", "02", "03", "04"):
        parts = [found.cell(code, "index", area) for code in ("problem.littering", "problem.graffiti")]
        whole = found.cell("total", "index", area)
        assert whole is not None
        assert (whole.state == "shown") == all(part is not None and part.state == "shown" for part in parts)


def test_a_mapping_can_say_that_a_question_is_answered_with_points(small: Database) -> None:
    rows = [[*row[:6], row[3], *row[7:]] for row in safety_rows()]
    headings = (*SAFETY_HEADINGS[:6], "trust.police")
    mapping = SurveyMapping(index=["trust.police"], cut_points={"trust.police": 3})
    release(small, file=csv(rows, headings), instrument="safety", wave="Trygghet", mapping=mapping)
    found = seen(small, Role.COORDINATOR)
    index, present = found.cell("trust.police", "index"), found.cell("trust.police")
    assert index is not None
    assert present is not None
    assert index.index == pytest.approx(sum(int(row[3]) for row in rows) / len(rows), abs=0.3)
    assert present.share == pytest.approx(sum(int(row[3]) >= 3 for row in rows) / len(rows), abs=0.05)


def test_waves_come_latest_first_and_an_unknown_one_is_none(small: Database) -> None:
    release(small, wave="Äldre", year=2024)
    release(small, rows_of(2), wave="Nyare", year=2026)
    assert [(wave.name, wave.year, wave.edition) for wave in read_waves(small, OPERATOR)] == [
        ("Nyare", 2026, 1),
        ("Äldre", 2024, 1),
    ]
    assert read_release(small, OPERATOR, 99) is None


def test_a_wave_keeps_its_districts_when_new_ones_come(small: Database) -> None:
    release(small)
    before = seen(small, Role.COORDINATOR)
    from tests.small_town import store_areas  # noqa: PLC0415

    store_areas(small, file_sha256="new")
    assert seen(small, Role.COORDINATOR) == before


def victims(theft: dict[str, int], *, others: dict[str, int] | None = None) -> tuple[bytes, str]:
    """Half of the residents of each district have been robbed, half of these have reported it; `others`: not asked of theft."""
    rows = []
    for people, is_asked in ((theft, True), (others or {}, False)):
        for area, count in people.items():
            for number in range(count):
                is_victim = is_asked and number % 2 == 0
                reported = ("Ja", "Nej")[number // 2 % 2] if is_victim else ""
                said = ("Nej", "Ja")[is_victim] if is_asked else ""
                rows.append(
                    [area, ("Kvinna", "Man")[number // 4 % 2], said, reported, ("Ja", "Nej")[number % 3 > 0]]
                )
    return csv(rows, ("Område", "Kön", "victim.theft", "victim.reported", "worry.burglary"))


def test_the_number_of_victims_is_told_where_their_share_is_told_as_precisely(small: Database) -> None:
    release(small, file=victims({"01": 210, "02": 90, "03": 70, "04": 60}), instrument="safety")
    found = seen(small, Role.COORDINATOR)
    told = {}
    for area in (None, "01", "02", "03", "04"):
        reported, theft = (found.cell(f"victim.{name}", area=area) for name in ("reported", "theft"))
        assert reported is not None
        assert theft is not None
        assert reported.state == "shown"
        assert (reported.n is not None) == (theft.precision == "percent")
        told[area] = reported.n
    assert told == {
        None: pytest.approx(215, abs=5),
        "01": pytest.approx(105, abs=5),
        "02": None,
        "03": None,
        "04": None,
    }
    women = found.cell("victim.reported", area="01", breakdown="gender", group="female")
    asked = found.cell("victim.theft", area="01", breakdown="gender", group="female")
    assert women is not None
    assert asked is not None
    assert (women.n is not None) == (asked.precision == "percent")


def test_the_number_of_victims_is_not_told_where_more_were_asked_something_else(small: Database) -> None:
    """Their share of the 80 who were asked of theft would be told in whole per cent by 40 victims."""
    file = victims({"01": 80, "02": 210}, others={"01": 60})
    release(small, file=file, instrument="safety")
    found = seen(small, Role.COORDINATOR)
    for area, is_told in (("01", False), ("02", True)):
        cell = found.cell("victim.reported", area=area)
        assert cell is not None
        assert (cell.state, cell.n is not None) == ("shown", is_told)


def test_partners_are_told_the_same_number_of_victims(small: Database) -> None:
    release(small, file=victims({"01": 210, "02": 130, "03": 24, "04": 30}), instrument="safety")
    whole, told = seen(small, Role.COORDINATOR), shown(seen(small, Role.POLICE))
    assert any(cell.indicator == "victim.reported" for cell in told.values())
    assert all(whole.by_key[key] == cell for key, cell in told.items())


def test_response_rates_are_told_as_precisely_as_shares(small: Database) -> None:
    turnout = "Område;Inbjudna\n01;200\n02;100\n03;80\n04;20".encode(), "svar.csv"
    release(small, turnout=turnout)
    found = {one.area: one for one in seen(small, Role.COORDINATOR).responses}
    assert found[None].invited == 400
    assert found[None].rate == pytest.approx(264 / 400, abs=0.02)
    assert found["02"].rate in (0.55, 0.6, 0.65)
    assert (found["04"].rate, found["04"].invited) == (None, 20)
    partner = {one.area: one for one in seen(small, Role.POLICE).responses}
    assert (partner["04"].invited, partner["04"].responded) == (None, None)
