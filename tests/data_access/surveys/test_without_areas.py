"""Waves of the municipality only: files that say nothing of where people live, ours and a real one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from data_access.changes import EntryError
from data_access.importers.errors import ImportRefused
from data_access.importers.survey_mapping import SurveyMapping, survey_mapping_from_json
from data_access.permissions import OPERATOR, AreaKey, Role, Viewer
from data_access.surveys.build import FEWEST_FOR_PARTNERS, build_release
from data_access.surveys.door import read_release, read_waves
from data_access.surveys.hiding import Why
from tests.data_access.surveys.files import HEADINGS, csv, release, rows_of
from tests.data_access.surveys.simulated import SECRET, drawn

if TYPE_CHECKING:
    from data_access.database import Database
    from data_access.surveys.told import Release

NOWHERE = SurveyMapping(areas="none")
YRBS = "us_yrbss_ungdomsenkat_13583.csv"
YRBS_MAPPING = Path(__file__).parent / "yrbss_mapping.json"
NOISE = 5


def unplaced(rows: list[list[str]]) -> tuple[bytes, str]:
    return csv([row[1:] for row in rows], HEADINGS[1:])


def seen(database: Database, role: Role = Role.COORDINATOR) -> Release:
    areas = frozenset({AreaKey("Småstad", "01")}) if role is Role.HOUSING else None
    found = read_release(database, Viewer("x", role, 1, 1, areas=areas), read_waves(database, OPERATOR)[0].id)
    assert found is not None
    return found


@pytest.mark.parametrize("where", ["empty", "small", "postgresql"])
def test_a_file_without_areas_is_released_for_the_municipality_with_or_without_districts(
    request: pytest.FixtureRequest, where: str
) -> None:
    if where == "postgresql":
        database: Database = request.getfixturevalue("postgresql").town()
    else:
        database = request.getfixturevalue(where)
    report = release(database, file=unplaced(rows_of()), mapping=NOWHERE)
    assert (report.areas, report.rows, report.edition) == (0, 264, 1)
    assert "area" not in report.columns
    found = seen(database)
    assert found.areas == ()
    assert (found.wave.area_set_id, found.wave.area_set) == (None, "")
    assert [(one.area, one.invited) for one in found.responses] == [(None, None)]
    assert {cell.area for cell in found.cells} == {None}
    assert found.groups == {
        "all": ("",),
        "gender": ("female", "male"),
        "stage": ("lower_secondary", "upper_secondary"),
    }
    assert len(found.cells) == 5 * 7
    assert report.cells == 5 * 7
    database.engine.dispose()


def test_a_column_of_areas_is_left_alone_when_the_mapping_says_none(small: Database) -> None:
    rows = [["hemligt ställe", *row[1:]] for row in rows_of()]
    report = release(small, rows, mapping=NOWHERE, areas="nothing of the name")
    assert "Område" in report.unused
    assert seen(small).areas == ()


def test_each_role_is_told_the_municipality_and_the_numbers_are_the_same(small: Database) -> None:
    release(small, file=unplaced(rows_of()), mapping=NOWHERE)
    whole = {cell.key: cell for cell in seen(small).cells if cell.state == "shown"}
    for role in Role:
        mine = seen(small, role)
        told = {cell.key: cell for cell in mine.cells if cell.state == "shown"}
        assert told
        assert all(whole[key] == cell for key, cell in told.items())
        assert all((cell.n or 0) >= mine.fewest for cell in told.values())
        assert mine.areas == ()


def test_the_same_people_have_the_same_noise_with_and_without_districts(
    small: Database, empty: Database
) -> None:
    rows = rows_of()
    release(small, rows)
    before = {cell.key: cell for cell in seen(small).cells if cell.area is None}
    release(empty, rows, mapping=NOWHERE)
    after = seen(empty)
    everybody = {key: cell for key, cell in before.items() if key[3] == "all" and cell.state == "shown"}
    assert everybody
    assert all(after.by_key[key] == cell for key, cell in everybody.items())


def test_the_same_file_again_is_known_and_the_rule_of_days_holds(small: Database) -> None:
    file = unplaced(rows_of())
    release(small, file=file, mapping=NOWHERE)
    assert release(small, file=file, mapping=NOWHERE).is_known
    with pytest.raises(EntryError) as caught:
        release(small, rows_of(2), wave="En annan")
    assert caught.value.reason == "wave_overlaps"


def nowhere(counts: dict[tuple[int, int], int]) -> Any:
    """People by gender and stage, none of whom lives in a district."""
    return drawn({(-1, gender, stage): count for (gender, stage), count in counts.items()}, areas=())


def test_small_groups_of_the_municipality_are_hidden(small: Database) -> None:
    del small
    built = build_release(nowhere({(0, 0): 40, (0, 1): 40, (1, 0): 5, (1, 1): 4}), SECRET)
    by_group = {group: Why(built.why[place, -1, 1]) for place, group in enumerate(built.groups)}
    assert by_group["all", ""] is Why.SHOWN
    assert by_group["gender", "male"] is Why.SMALL
    assert by_group["gender", "female"] is Why.BREAKDOWN


@pytest.mark.parametrize(
    ("few", "is_told", "is_told_to_partners"),
    [(3, False, False), (FEWEST_FOR_PARTNERS - 1, True, False), (35, True, True)],
)
def test_the_audit_finds_what_two_breakdowns_of_the_municipality_give_away(
    few: int, *, is_told: bool, is_told_to_partners: bool
) -> None:
    """All girls are in one stage: how many boys are there is a subtraction of two published numbers, each tier's own."""
    built = build_release(nowhere({(0, 0): 60, (1, 0): few, (1, 1): 50}), SECRET)
    stage = [place for place, group in enumerate(built.groups) if group[0] == "stage"]
    assert bool(built.is_shown[stage].all()) is is_told
    assert bool(built.is_partner[stage].all()) is is_told_to_partners
    assert [(one.breakdown, one.area) for one in built.audit.dropped] == ([] if is_told else [("stage", "")])
    assert built.audit.is_clean


def test_people_of_no_district_are_audited_as_those_of_one_are() -> None:
    """Beside one hidden district, all girls are in the second stage: the boys left over there are the six who live nowhere."""
    large = {(place, gender, stage): 60 for place in (0, 1) for gender in (0, 1) for stage in (0, 1)}
    hidden = {(2, 0, 1): 9, (2, 1, 0): 20}
    nowhere = {(-1, 0, 1): 6, (-1, 1, 0): 2, (-1, 1, 1): 6}
    built = build_release(drawn(large | hidden | nowhere, areas=3), SECRET)
    assert built.audit.is_clean
    assert [(one.breakdown, one.area) for one in built.audit.dropped] == [("stage", "")]


COUNTS = ("Fråga", "Kön", "Antal svar", "Andel")


def counted(rows: list[list[str]], headings: tuple[str, ...] = COUNTS) -> dict[str, Any]:
    return {"file": csv(rows, headings, "antal.csv"), "mapping": NOWHERE}


def test_a_file_of_counts_without_areas(small: Database) -> None:
    rows = [["family.conflicts", "", "200", "31 %"], ["family.conflicts", "Flickor", "110", "35 %"]]
    rows.append(["family.conflicts", "Pojkar", "90", "26 %"])
    report = release(small, **counted(rows))
    assert report.is_counts
    assert report.audit.is_clean is None
    cell = seen(small).cell("family.conflicts")
    assert cell is not None
    assert cell.n == pytest.approx(200, abs=NOISE)
    assert cell.share == pytest.approx(0.31, abs=0.06)


def test_counts_of_a_district_have_no_place_in_a_wave_without(small: Database) -> None:
    rows = [["", "family.conflicts", "200", "31 %"], ["01", "family.conflicts", "90", "26 %"]]
    with pytest.raises(ImportRefused) as caught:
        release(small, **counted(rows, ("Område", "Fråga", "Antal svar", "Andel")))
    assert (caught.value.reason, caught.value.parameters["row"]) == ("survey_area_unknown", 3)


@pytest.mark.parametrize(
    "turnout", ["Inbjudna\n400", "Område;Inbjudna\n01;300\nvar som helst;100"], ids=["whole", "by place"]
)
def test_how_many_were_asked_is_added_up(small: Database, turnout: str) -> None:
    release(small, file=unplaced(rows_of()), mapping=NOWHERE, turnout=(turnout.encode(), "svar.csv"))
    (whole,) = seen(small).responses
    assert whole.invited == 400
    assert whole.rate == pytest.approx(264 / 400, abs=0.02)


@pytest.mark.parametrize("areas", ['"all"', '["01"]', '""', "1"])
def test_a_mapping_says_none_or_nothing_of_areas(areas: str) -> None:
    with pytest.raises(ImportRefused) as caught:
        survey_mapping_from_json(f'{{"areas": {areas}}}')
    assert (caught.value.reason, caught.value.parameters["field"]) == ("mapping_broken", "areas")


Rule = tuple[str, set[str], set[str]]
YRBS_RULES: dict[str, Rule] = {
    "individual.physical_health": (
        "physically_active_7d",
        {"5.0", "6.0", "7.0"},
        {"0.0", "1.0", "2.0", "3.0", "4.0"},
    ),
    "individual.impulsivity": (
        "text_while_driving_30d",
        {"1-2", "3-5", "6-9", "10-19", "20-29", "30"},
        {"0"},
    ),
    "individual.perceived_risk": (
        "helmet_12m",
        {"always", "most of time"},
        {"never", "rarely", "sometimes"},
    ),
    "individual.concentration": (
        "school_night_hours_sleep",
        {"<5", "5", "6"},
        {"7", "8", "9", "10+"},
    ),
    "community.leisure": (
        "strength_training_7d",
        {"3.0", "4.0", "5.0", "6.0", "7.0"},
        {"0.0", "1.0", "2.0"},
    ),
    "school.low_commitment": (
        "hours_tv_per_school_day",
        {"3", "4", "5+"},
        {"do not watch", "<1", "1", "2"},
    ),
}
"""What the mapping says, in a second hand: column, answers that count, answers that do not."""
YRBS_GROUPS = {
    ("all", ""): ("", set[str]()),
    ("gender", "female"): ("gender", {"female"}),
    ("gender", "male"): ("gender", {"male"}),
    ("stage", "lower_secondary"): ("grade", {"9"}),
    ("stage", "upper_secondary"): ("grade", {"10", "11", "12"}),
}


def test_a_real_survey_of_13583_pupils_is_released_near_a_plain_count(
    empty: Database, real_folder: Path
) -> None:
    report = release(
        empty,
        file=real_folder / YRBS,
        wave="YRBS 2013",
        year=2013,
        mapping=YRBS_MAPPING,
    )
    assert (report.rows, report.questions, report.areas, report.edition) == (13583, 6, 0, 1)
    assert set(report.unused) == {"age", "hispanic", "race", "height", "weight"}
    assert report.shown == report.cells == 5 * 6
    assert report.audit.is_clean
    assert not report.audit.dropped
    found = seen(empty)
    assert (found.wave.year, found.wave.frame[:6]) == (2013, "Pupils")
    table = pd.read_csv(real_folder / YRBS, dtype=str, keep_default_na=False)
    for (breakdown, group), (column, values) in YRBS_GROUPS.items():
        people = table[table[column].isin(values)] if column else table
        dealt_out = int((~table[column].isin(_known(column))).sum()) if column else 0
        for code, (question, yes, no) in YRBS_RULES.items():
            cell = found.cell(code, breakdown=breakdown, group=group)
            assert cell is not None
            assert (cell.state, cell.precision, cell.bound) == ("shown", "percent", None)
            counted, said = int(people[question].isin(yes | no).sum()), int(people[question].isin(yes).sum())
            assert cell.n == pytest.approx(counted, abs=NOISE + dealt_out)
            slack = 0.005 + (2 * NOISE + dealt_out) / counted
            assert cell.share == pytest.approx(said / counted, abs=slack)
            assert cell.share == pytest.approx(np.round(cell.share, 2))
            assert cell.low is not None
            assert cell.high is not None
            assert cell.low <= cell.share <= cell.high


def _known(column: str) -> set[str]:
    return set().union(*(values for name, values in YRBS_GROUPS.values() if name == column))
