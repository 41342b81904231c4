"""What to work on first, which waves lie around a day, crime beside a survey, and perceived safety beside an intervention."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.situation.survey import (
    MOST_PRIORITIES,
    around,
    earlier_waves,
    priorities,
    rates,
    waves_of,
)
from dashboard.situation.survey_beside import beside_words, survey_beside
from dashboard.situation.survey_rows import Among
from dashboard.situation.survey_words import priority_words
from dashboard.texts import texts
from data_access.facts import facts
from data_access.intervention_facts import InterventionFact
from data_access.permissions import LOCAL_VIEWER
from data_access.selection import Period, Selection
from data_access.survey_goals import TOTAL_GOAL, SurveyGoal
from data_access.surveys.intervals import interval
from data_access.surveys.told import Cell, Indicator, Release, Wave
from tests.told_surveys import SILENT, WORDY, safety, youth

if TYPE_CHECKING:
    from data_access.database import Database

DISTRICT = Among("01")
PEOPLE = 400


def cell(indicator: str, share: float | None, among: Among = DISTRICT, measure: Any = "present") -> Cell:
    """A cell told as a number; hidden without a share."""
    where = (indicator, measure, among.area, among.breakdown, among.group)
    if share is None:
        return Cell(*where, state="hidden", precision="hidden")
    low, high = interval(share, PEOPLE, 0.01)
    return Cell(*where, "shown", "percent", PEOPLE, share, low=low, high=high)


def wave(number: int, first: str, last: str, instrument: Any = "youth") -> Wave:
    days = date.fromisoformat(first), date.fromisoformat(last)
    return Wave(number, instrument, f"W{number}", 1, days[1].year, *days, 1, "Småstad", "", "", "")


def release(*cells: Cell, polarity: Any = "risk") -> Release:
    codes = dict.fromkeys(one.indicator for one in cells)
    known = tuple(
        Indicator(code, "individual", polarity, code.upper(), code.title(), ("present", "unmet"))
        for code in codes
    )
    return Release(wave(1, "2026-03-01", "2026-04-01"), 10, (), {"all": ("",)}, known, (), cells)


Told = dict[str, tuple[float | None, float | None, float | None]]


def two(told: Told) -> tuple[Release, Release]:
    """A wave and the one before, from share, share before and unmet help of each risk."""
    now = [cell(code, share) for code, (share, _, _) in told.items()]
    now += [cell(code, unmet, measure="unmet") for code, (_, _, unmet) in told.items()]
    return release(*now), release(*(cell(code, before) for code, (_, before, _) in told.items()))


def codes(told: Told) -> list[str]:
    return [one.indicator.code for one in priorities(*two(told), DISTRICT)]


def test_the_largest_product_of_the_three_ranks_comes_first() -> None:
    told: Told = {  # ranks of share, change, unmet help -> product
        "common": (0.60, 0.60, 0.02),  # 4, 2, 1 -> 8
        "growing": (0.30, 0.10, 0.03),  # 2, 4, 2 -> 16
        "unhelped": (0.40, 0.40, 0.20),  # 3, 2, 4 -> 24
        "neither": (0.10, 0.10, 0.05),  # 1, 2, 3 -> 6
    }
    assert codes(told) == ["unhelped", "growing", "common", "neither"]


def test_a_change_that_is_not_clear_counts_as_none_and_a_clear_fall_as_less() -> None:
    told: Told = {"still": (0.30, 0.29, 0.1), "fallen": (0.30, 0.60, 0.1), "risen": (0.30, 0.05, 0.1)}
    found = priorities(*two(told), DISTRICT)
    assert [one.indicator.code for one in found] == ["risen", "still"]
    changes = [one.change for one in found if one.change is not None]
    assert [one.is_clear for one in changes] == [True, False]
    assert [one.value for one in changes] == pytest.approx([0.25, 0.01])


def test_what_is_not_known_neither_lifts_nor_lowers() -> None:
    told: Told = {"low": (0.1, 0.1, 0.1), "unknown": (0.2, None, None), "high": (0.3, 0.3, 0.3)}
    found = priorities(*two(told), DISTRICT)
    assert found[0].indicator.code == "high"
    assert codes({code: (share, None, None) for code, (share, _, _) in told.items()})[0] == "high"


def test_a_risk_that_stands_out_in_nothing_is_none_to_begin_with() -> None:
    told: Told = {"a": (0.5, 0.5, 0.2), "b": (0.4, 0.4, 0.2), "c": (0.1, 0.1, 0.01), "d": (0.05, 0.3, 0.005)}
    assert codes(told) == ["a", "b", "c"]  # "c" did not fall, as "d" clearly did


def test_what_is_like_keeps_the_order_of_the_survey() -> None:
    assert codes(dict.fromkeys("dacb", (0.2, 0.2, 0.1))) == ["d", "a"]  # all alike: two to talk of


shares = st.one_of(st.none(), st.integers(2, 98).map(lambda whole: whole / 100))


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(shares, shares, shares)))
def test_two_to_five_of_those_that_are_told_or_none(told: Told) -> None:
    known = {code for code, (share, _, _) in told.items() if share is not None}
    found = codes(told)
    assert 2 <= len(found) <= min(len(known), MOST_PRIORITIES) if len(known) >= 2 else not found
    assert set(found) <= known
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    "untold",
    [
        {"state": "hidden", "precision": "hidden", "share": None},
        {"precision": "words", "share": None, "word": "higher"},
    ],
)
def test_what_is_told_without_a_number_is_no_priority(untold: dict[str, Any]) -> None:
    now = release(cell("a", 0.4), replace(cell("b", 0.5), **untold))
    assert priorities(now, None, DISTRICT) == []
    assert len(priorities(release(cell("a", 0.4), cell("b", 0.5)), None, DISTRICT)) == 2


def test_protection_is_no_risk_and_another_place_or_group_is_not_looked_at() -> None:
    cells = cell("a", 0.4), cell("b", 0.5)
    assert priorities(release(*cells, polarity="protective"), None, DISTRICT) == []
    assert priorities(release(*cells), None) == []
    assert priorities(release(*cells), None, Among("01", "gender", "female")) == []


def test_a_district_is_set_against_the_municipality_and_that_against_nothing() -> None:
    here = [cell(code, 0.4) for code in "ab"]
    everywhere = [cell(code, 0.3, Among()) for code in "ab"]
    of = release(*here, *everywhere)
    assert {one.elsewhere for one in priorities(of, None, DISTRICT)} == set(everywhere)
    assert {one.elsewhere for one in priorities(of, None)} == {None}


def test_a_share_that_is_only_bounded_is_said_as_such() -> None:
    cells = replace(cell("a", 0.95), bound="above", low=0.93, high=1.0), cell("b", 0.3)
    found = priorities(release(*cells), None, DISTRICT)
    assert (
        priority_words(found[0], texts("sv")).replace("\u00a0", " ") == "A: > 95 % (93\u2013100 %, 400 svar)."
    )


def test_priorities_of_a_whole_survey_are_numbers_that_it_tells() -> None:
    now, before = youth(2026), youth(2024)
    found = priorities(now, before)
    assert len(found) == MOST_PRIORITIES
    for one in found:
        assert one.indicator.polarity == "risk"
        share, unmet = now.cell(one.indicator.code), now.cell(one.indicator.code, "unmet")
        assert share is not None
        assert unmet is not None
        assert (one.share, one.unmet) == (share, unmet)
    for code in (SILENT, WORDY):
        assert priorities(now, before, Among(code)) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "sv",
            "A: 40 % (35\u201345 %, 400 svar). I hela kommunen 30 %. Har ökat med 20 procentenheter (13\u201326).",
        ),
        (
            "en",
            "A: 40% (35\u201345%, 400 answers). In the whole municipality 30%. Up by 20 percentage points (13\u201326).",
        ),
    ],
)
def test_a_priority_in_words(language: str, words: str) -> None:
    now, before = two({"a": (0.4, 0.2, 0.12), "b": (0.1, 0.1, 0.01)})
    now = replace(now, cells=(*now.cells, cell("a", 0.3, Among())))
    said = priority_words(priorities(now, before, DISTRICT)[0], texts(language)).replace("\u00a0", " ")
    assert said.startswith(f"{words} 12")
    bare = priorities(release(cell("a", 0.4), cell("b", 0.3)), None, DISTRICT)[0]
    assert priority_words(bare, texts(language)).replace("\u00a0", " ") == words.partition(". ")[0] + "."


WAVES = (
    wave(1, "2024-03-01", "2024-04-15"),
    wave(2, "2025-03-01", "2025-04-15"),
    wave(3, "2026-03-01", "2026-04-15"),
    wave(4, "2025-05-01", "2025-05-31", "safety"),
)


def test_waves_of_an_instrument_come_latest_first() -> None:
    assert [one.id for one in waves_of(WAVES, "youth")] == [3, 2, 1]
    assert [one.id for one in waves_of(reversed(WAVES), "safety")] == [4]
    assert waves_of((), "youth") == []


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        ("2024-01-01", None, 3),
        ("2024-04-15", None, 3),  # that wave was still being collected
        ("2024-04-16", 1, 3),
        ("2025-03-01", 1, 3),
        ("2025-12-31", 2, 3),
        ("2026-02-28", 2, 3),
        ("2026-03-01", 2, None),
        ("2026-04-16", 3, None),
    ],
)
def test_around_a_day_are_the_last_wave_before_it_and_the_latest_after_it(
    day: str, before: int | None, after: int | None
) -> None:
    found = around(WAVES, "youth", date.fromisoformat(day))
    assert [one.id if one else None for one in found] == [before, after]


DAYS = Period(date(2026, 1, 1), date(2026, 2, 28))
A_YEAR = 364 / 39
"""How many times as many there are in a year: incidents are known of 39 days."""


def a_year(**counts: float) -> dict[str, float]:
    return {code.removeprefix("d"): pytest.approx(count * A_YEAR) for code, count in counts.items()}


def test_rates_are_incidents_per_thousand_residents_and_year(small: Database) -> None:
    found = rates(facts(small, LOCAL_VIEWER), Selection(period=DAYS))
    assert found.reported == a_year(d01=4, d02=4, d03=1.5)  # residents of 04 are not known
    assert found.police_reported == a_year(d01=1, d02=2, d03=0.5)
    for told, limits in (
        (found.reported, found.reported_limits),
        (found.police_reported, found.police_reported_limits),
    ):
        assert {code: low < told[code] < high for code, (low, high) in limits.items()} == dict.fromkeys(
            told, True
        )


def test_rates_follow_types_and_days_but_compare_all_districts_at_all_hours(small: Database) -> None:
    known = facts(small, LOCAL_VIEWER)
    chosen = Selection(period=DAYS, categories=frozenset({"bicycle_theft", "assault"}))
    found = rates(known, chosen)
    assert found.reported == a_year(d01=2, d02=2, d03=0)
    narrow = replace(chosen, areas=frozenset({"02"}), hours=frozenset({3}))
    assert rates(known, narrow) == found


def test_without_incidents_there_are_no_rates(empty: Database) -> None:
    found = rates(facts(empty, LOCAL_VIEWER), Selection())
    assert (found.reported, found.police_reported) == ({}, {})


def plan(*areas: str, starts_on: date = date(2025, 6, 1)) -> InterventionFact:
    return InterventionFact(
        1, "Ljus", "lighting", "Kommunen", starts_on, None, "ongoing", areas, ("assault",)
    )


RELEASES = {one.wave.id: one for one in (safety(2024), safety(2026))}
SAFETY_WAVES = tuple(one.wave for one in RELEASES.values())


def unchanged(wave: Wave) -> frozenset[str]:
    """Districts of interventions are all in set 1."""
    return frozenset({"0101", "0102", SILENT, "01"}) if wave.area_set_id == 1 else frozenset()


def test_the_index_stands_beside_an_intervention_before_and_after() -> None:
    found = survey_beside(SAFETY_WAVES, RELEASES.get, plan("0101", SILENT), unchanged, TOTAL_GOAL)
    assert found is not None
    assert (found.before.year, found.after.year) == (2024, 2026)
    first, silent, municipality = found.rows
    assert (municipality.area, municipality.after) == (None, safety(2026).cell("total", "index"))
    before, after = safety(2024).cell("total", "index", "0101"), safety(2026).cell("total", "index", "0101")
    assert (first.area, first.before, first.after) == ("0101", before, after)
    assert before is not None
    assert after is not None
    assert first.change is not None
    assert first.change.value == pytest.approx((after.index or 0) - (before.index or 0))
    assert silent.area == SILENT
    assert np.isfinite([first.change.low, first.change.high]).all()


@pytest.mark.parametrize(
    ("starts_on", "waves"),
    [
        (date(2024, 1, 1), SAFETY_WAVES),
        (date(2027, 1, 1), SAFETY_WAVES),
        (date(2025, 6, 1), SAFETY_WAVES[:1]),
        (date(2025, 6, 1), (youth(2024).wave, youth(2026).wave)),
        (date(2025, 6, 1), ()),
    ],
    ids=["no before", "no after", "one wave", "other survey", "none"],
)
def test_without_two_waves_nothing_stands_there(starts_on: date, waves: tuple[Wave, ...]) -> None:
    assert (
        survey_beside(waves, RELEASES.get, plan("0101", starts_on=starts_on), unchanged, TOTAL_GOAL) is None
    )


@pytest.mark.parametrize("area_set", [2, None], ids=["other districts", "no districts"])
def test_waves_of_other_districts_are_compared_for_the_municipality_and_the_card_says_so(
    area_set: int | None,
) -> None:
    waves = (replace(SAFETY_WAVES[0], area_set_id=area_set), SAFETY_WAVES[1])
    of = {one.id: replace(RELEASES[one.id], wave=one) for one in waves}
    found = survey_beside(waves, of.get, plan("0101"), unchanged, TOTAL_GOAL)
    assert found is not None
    district, municipality = found.rows
    assert (district.before, district.after, district.change) == (None, None, None)
    assert municipality.change is not None
    said = beside_words(found, {"0101": "Hamnen"}, texts("sv"))
    assert said[0].startswith("Hamnen: jämförs inte, området finns inte med samma namn och gräns")
    assert said[1].startswith("Kommunen: ")


def test_the_municipality_is_compared_with_the_wave_before_whatever_its_districts() -> None:
    now = wave(3, "2026-03-01", "2026-04-01")
    other = replace(wave(2, "2025-03-01", "2025-04-01"), area_set_id=2)
    before = wave(1, "2024-03-01", "2024-04-01")
    known = [before, now, other]
    assert earlier_waves(known, now, None, unchanged) == (other, None)
    assert earlier_waves(known, now, "01", unchanged) == (before, other)
    assert earlier_waves([now, other], now, "01", unchanged) == (None, other)
    assert earlier_waves([now], now, "01", unchanged) == (None, None)
    assert earlier_waves([now, replace(before, instrument="safety")], now, None, unchanged) == (None, None)


def test_a_wave_that_may_not_be_read_is_as_none() -> None:
    assert survey_beside(SAFETY_WAVES, lambda _: None, plan("0101"), unchanged, TOTAL_GOAL) is None


def indexed(index: float | None) -> Release:
    cells = () if index is None else (
        Cell("total", "index", "01", "all", "", "shown", "percent", 120, index=index, low=index - 0.3, high=index + 0.3),
    )  # fmt: skip
    return replace(release(), cells=cells)


@pytest.mark.parametrize(
    ("before", "after", "sv", "en"),
    [
        (
            3.5,
            2.0,
            "Hamnen: 3,5 (120 svar) före, 2,0 (120 svar) efter (tydligt bättre: −1,5, mellan −1,9 och −1,1).",  # noqa: RUF001
            "Hamnen: 3.5 (120 answers) before, 2.0 (120 answers) after (clearly better: −1.5, between −1.9 and −1.1).",  # noqa: RUF001
        ),
        (2.0, 3.5, "tydligt sämre: +1,5", "clearly worse: +1.5"),
        (2.0, 2.1, "ingen tydlig skillnad: +0,1", "no clear difference: +0.1"),
        (None, 2.0, "frågan ställdes inte före, 2,0 (120 svar) efter (går inte att jämföra)", "not asked before"),
        (2.0, None, "2,0 (120 svar) före, frågan ställdes inte efter (går inte att jämföra)", "(cannot be compared)"),
    ],
)  # fmt: skip
def test_what_stands_beside_in_words(before: float | None, after: float | None, sv: str, en: str) -> None:
    of = {1: indexed(before), 2: indexed(after)}
    of[2] = replace(of[2], wave=wave(2, "2026-06-01", "2026-07-01", "safety"))
    of[1] = replace(of[1], wave=wave(1, "2025-06-01", "2025-07-01", "safety"))
    found = survey_beside(
        [one.wave for one in of.values()],
        of.get,
        plan("01", starts_on=date(2026, 1, 1)),
        unchanged,
        TOTAL_GOAL,
    )
    assert found is not None
    for language, words in (("sv", sv), ("en", en)):
        said, _ = beside_words(found, {"01": "Hamnen"}, texts(language))
        assert words in said.replace("\u00a0", " ")
    assert beside_words(found, {}, texts("sv"))[0].startswith("01: ")


@pytest.mark.parametrize(
    ("code", "polarity", "before", "after", "said"),
    [
        ("school.truancy", "risk", 0.40, 0.20, "40 % (400 svar) före, 20 % (400 svar) efter (tydligt bättre: \u221220 procent"),
        ("school.truancy", "risk", 0.20, 0.40, "tydligt sämre: +20 procentenheter"),
        ("family.attachment", "protective", 0.20, 0.40, "tydligt bättre: +20 procentenheter"),
        ("family.attachment", "protective", 0.40, 0.20, "tydligt sämre: \u221220 procentenheter"),
        ("family.attachment", "protective", 0.40, 0.41, "ingen tydlig skillnad: +1 procentenheter"),
    ],
)  # fmt: skip
def test_a_goal_in_the_youth_survey_stands_beside_the_intervention(
    code: str, polarity: Any, before: float, after: float, said: str
) -> None:
    goal = SurveyGoal("youth", code, polarity, "Skolk", "Truancy", "present")
    of = {
        number: replace(release(cell(code, share, Among("01")), polarity=polarity), wave=wave(number, *days))
        for number, share, days in (
            (1, before, ("2025-03-01", "2025-04-01")),
            (2, after, ("2026-03-01", "2026-04-01")),
        )
    }
    waves = [*SAFETY_WAVES, *(one.wave for one in of.values())]
    found = survey_beside(waves, of.get, plan("01", starts_on=date(2026, 1, 1)), unchanged, goal)
    assert found is not None
    assert (found.goal, found.before.id, found.after.id) == (goal, 1, 2)
    words = beside_words(found, {"01": "Hamnen"}, texts("sv"))[0].replace("\u00a0", " ")
    assert words.startswith("Hamnen: ")
    assert said in words


def test_what_was_read_in_another_way_is_no_change() -> None:
    now, before = two({"a": (0.5, 0.2, 0.1), "b": (0.3, 0.1, 0.1)})
    other = replace(before.indicators[0], read_as='{"cut_points": 3}')
    changed = replace(before, indicators=(other, *before.indicators[1:]))
    found = {one.indicator.code: one.change for one in priorities(now, changed, DISTRICT)}
    assert found["a"] is None
    assert found["b"] is not None
