"""The figures of a meeting, on municipalities whose every report is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest

from dashboard.situation.weekly import weekly
from dashboard.situation.weekly_basis import ground, last_week
from data_access.facts import facts
from data_access.permissions import LOCAL_VIEWER, AreaKey, Role, Viewer
from data_access.selection import Period
from tests.weeks import AREA_SET, MONDAY, TYPES, facts_of, facts_of_days

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboard.situation.weekly import Flag, Weekly
    from data_access.database import Database
    from data_access.facts import Facts
    from data_access.permissions import Sight

AREAS, SOURCES = 6, 3
GUARDED = Viewer("p", Role.PRESENTER).sight


def of_districts(*codes: str) -> Sight:
    """What somebody sees who is limited to districts."""
    areas = frozenset(AreaKey(AREA_SET.name, code) for code in codes)
    return Viewer("b", Role.HOUSING, areas=areas).sight


def steady(weeks: int = 30, level: float = 4.0, seed: int = 1, *, areas: int = AREAS) -> NDArray[np.int64]:
    """Counts (sources, areas, types, weeks); the last area is outside of all districts."""
    shape = (SOURCES, areas + 1, len(TYPES) - 1, weeks)
    counts = np.random.default_rng(seed).poisson(level, shape)
    counts[0, :, :, -1] += counts[0, :, :, -1].sum() == 0
    return counts


def until(weeks: int) -> Period:
    return Period(MONDAY, MONDAY + timedelta(days=7 * weeks - 1))


def test_a_steady_town_is_quiet_and_says_what_it_is_compared_with() -> None:
    found = weekly(facts_of(steady()))
    assert found.is_quiet
    assert found.basis is not None
    assert (found.basis.weeks, found.basis.years) == (13, ())
    assert found.period == Period(MONDAY + timedelta(weeks=29), MONDAY + timedelta(days=7 * 30 - 1))
    assert found.tests > 2 * AREAS * 4


@pytest.mark.parametrize("factor", [0, 3])
def test_a_change_in_one_district_is_the_only_flag(factor: int) -> None:
    counts = steady(level=6)
    counts[:, 2, 2, -1] *= factor
    (one,) = weekly(facts_of(counts)).flags
    assert (one.area, one.direction, one.weeks) == ("03", "more" if factor else "fewer", 1)
    assert one.code in ("disorder", "noise")
    assert one.observed == counts[:, 2, 2, -1].sum()
    assert one.expected == pytest.approx(counts[:, 2, 2, 15:28].sum() / 13, abs=0.5 / 13 + 1e-9)
    assert one.expected is not None
    assert one.low is not None
    assert one.high is not None
    assert one.low < one.expected < one.high
    assert one.observed is not None
    assert not one.low <= one.observed <= one.high
    assert one.as_usual == ("A", "B", "C")
    assert not one.is_explained_by_effort


def test_a_lasting_change_that_is_too_small_for_one_week_shows_over_two() -> None:
    counts = steady(level=6)
    counts[:, 2, 2, -2:] = [[11, 10]] * SOURCES
    (one,) = weekly(facts_of(counts)).flags
    assert one.weeks == 2
    assert one.observed == 63
    assert one.expected == pytest.approx(2 * (counts[:, 2, 2, 15:28].sum() + 0.5) / 13)


def test_every_second_week_the_period_is_two_weeks() -> None:
    found = weekly(facts_of(steady()), weeks=2)
    assert found.period is not None
    assert found.period.days == 14
    assert found.figures[0].observed == steady()[..., -2:].sum()


def test_a_silent_source_is_no_fall() -> None:
    counts = steady(seed=3)
    counts[1, :, :, -1] = 0
    found = weekly(facts_of(counts))
    who = {one.name: one for one in found.reporters}
    assert (who["B"].state, who["B"].reports, who["B"].is_compared) == ("silent", None, False)
    assert found.is_quiet
    incidents = found.figures[0]
    assert incidents.observed == counts[[0, 2]][..., -1].sum()
    assert incidents.expected == pytest.approx(counts[[0, 2]][..., 15:28].sum() / 13, abs=0.1)


def without_the_end(counts: NDArray[np.int64], source: int, days: int) -> Facts:
    """Facts of daily counts, without what a source sent in the last days: its file ends there."""
    known = counts.copy()
    known[source, ..., known.shape[-1] - days :] = 0
    return facts_of_days(known)


def test_a_week_of_which_a_part_has_come_is_not_compared() -> None:
    counts = steady(7 * 30, level=0.6, seed=2)
    found = weekly(without_the_end(counts, 1, 4), until(30))
    who = {one.name: one for one in found.reporters}
    assert who["B"].until == MONDAY + timedelta(days=7 * 30 - 5)
    assert (who["B"].state, who["B"].effort, who["B"].is_compared) == ("reported", "unknown", False)
    assert who["B"].reports == counts[1, ..., -7:-4].sum()
    assert (who["A"].until, who["A"].is_compared) == (None, True)
    assert found.is_quiet
    assert found.figures[0].observed == counts[[0, 2], ..., -7:].sum()


def test_one_that_often_sends_nothing_at_the_end_of_a_week_has_sent_all_of_it() -> None:
    known = steady(7 * 30, level=0.6)
    known[1] = 0
    known[1, 0, 0, 2::7] = 2
    known[1, 0, 0, 6 : 7 * 29 : 14] = 1  # in every second week nothing comes after its Wednesday
    (one,) = (who for who in weekly(facts_of_days(known), until(30)).reporters if who.name == "B")
    assert (one.until, one.is_compared) == (None, True)


def test_where_nobody_has_sent_the_whole_week_it_says_so() -> None:
    known = steady(7 * 30, level=0.6)
    known[..., -3:] = 0
    found = weekly(facts_of_days(known), until(30))
    assert (found.problem, found.figures) == ("part_only", ())
    assert all(one.until for one in found.reporters)


def test_a_figure_names_who_sent_clearly_more_or_fewer() -> None:
    counts = steady(level=6)
    counts[0, ..., -1] //= 3
    fewer, *_ = weekly(facts_of(counts)).figures
    assert (fewer.words, fewer.fewer_than_usual) == ("fewer", ("A",))


def test_a_new_source_is_no_rise() -> None:
    counts = steady()
    counts[2, :, :, :-4] = 0
    found = weekly(facts_of(counts))
    who = {one.name: one for one in found.reporters}
    assert (who["C"].state, who["C"].usual, who["C"].is_compared) == ("reported", None, False)
    assert who["C"].reports == counts[2, ..., -1].sum()
    assert found.is_quiet


def test_one_that_never_reported_and_one_that_seldom_does_are_not_silent() -> None:
    counts = steady()
    counts[1] = 0
    counts[2] = 0
    counts[2, 0, 0, ::5] = 1
    counts[2, 0, 0, -1] = 0
    # The frame knows B, of which nothing is in the data.
    states = {one.name: one.state for one in weekly(facts_of(counts)).reporters}
    assert states == {"A": "reported", "B": "not_started", "C": "nothing"}


def test_who_has_reported_is_the_same_for_one_who_sees_only_some_districts() -> None:
    counts = steady(level=6)
    counts[1, 2, :, 20:] = 0  # B goes on, but not from there
    counts[2, ..., -1] = 0
    found = weekly(facts_of(counts, sight=of_districts("03")))
    who = {one.name: one for one in found.reporters}
    assert {name: one.state for name, one in who.items()} == {
        "A": "reported",
        "B": "elsewhere",
        "C": "silent",
    }
    assert (who["A"].reports, who["B"].reports) == (counts[0, 2, :, -1].sum(), None)
    assert [one.is_compared for one in found.reporters] == [True, True, False]
    assert found.figures[0].observed == counts[:2, 2, :, -1].sum()


def test_a_week_without_a_report_from_the_districts_seen_is_a_week_like_others() -> None:
    counts = steady(level=6)
    counts[:, 2, :, -1] = 0
    own, whole = weekly(facts_of(counts, sight=of_districts("03"))), weekly(facts_of(counts))
    assert own.period == whole.period
    assert own.figures[0].observed == 0
    assert {one.state for one in own.reporters} == {"elsewhere"}
    none = weekly(facts_of(counts, sight=of_districts()))
    assert none.problem == "no_week"


def test_what_everybody_else_sends_is_known_in_one_district_and_left_out_where_there_is_no_other() -> None:
    counts = steady(level=6)
    counts[:, 2, 2, -1] *= 3
    (one,) = weekly(facts_of(counts, sight=of_districts("03"))).flags
    assert one.as_usual == ("A", "B", "C")
    counts[0, ..., -1] *= 3
    of_a = [one for one in weekly(facts_of(counts, sight=of_districts("03"))).flags if one.more_than_usual]
    assert of_a
    assert {one.more_than_usual for one in of_a} == {("A",)}
    counts = steady(level=6, areas=1)
    counts[:, 1] = 0  # one district, and nothing outside of it
    counts[:, 0, 2, -1] *= 3
    (alone,) = weekly(facts_of(counts)).flags
    assert (alone.as_usual, alone.more_than_usual, alone.fewer_than_usual) == ((), (), ())


def test_more_reports_from_everywhere_may_explain_a_flag() -> None:
    counts = steady(seed=3)
    counts[0, ..., -1] *= 3
    found = weekly(facts_of(counts))
    assert found.flags
    assert {one.more_than_usual for one in found.flags} == {("A",)}
    assert np.mean([one.is_explained_by_effort for one in found.flags]) >= 0.8
    assert {one.name: one.effort for one in found.reporters} == {"A": "more", "B": "usual", "C": "usual"}
    counts[:, 1, 1, -1] += 60
    worst = weekly(facts_of(counts)).flags[0]
    assert (worst.area, worst.is_explained_by_effort) == ("02", False)


def test_of_the_same_reports_only_the_surest_is_told() -> None:
    counts = steady(seed=3)
    counts[:, 4, 0, -1] += 14
    (one,) = weekly(facts_of(counts)).flags
    assert (one.area, one.kind, one.code) == ("05", "category", "vandalism")


def test_the_running_week_is_not_tested() -> None:
    counts = steady()
    known = facts_of(counts)
    assert last_week(known, None) == 29
    assert known.period is not None
    running = np.concatenate([counts, counts[..., -1:]], axis=-1)
    # Its last day is a Sunday only by how reports are spread: asked for up to its Saturday it is not whole.
    saturday = Period(MONDAY, MONDAY + timedelta(days=7 * 31 - 2))
    assert last_week(facts_of(running), saturday) == 29
    assert weekly(facts_of(running), saturday).period == weekly(known).period


def test_a_week_is_over_when_the_caller_says_so_though_its_sunday_is_empty() -> None:
    counts = np.zeros((1, 2, 1, 12), np.int64)
    counts[..., :11] = 7
    counts[0, 0, 0, 11] = 1
    known = facts_of(counts)
    assert known.period is not None
    if known.period.last.weekday() < 6:
        assert last_week(known, None) == 10
    assert last_week(known, until(12)) == 11
    assert last_week(known, until(40)) == 11  # nothing is known of later weeks


def test_the_same_weeks_of_earlier_years_where_there_are_two() -> None:
    counts = steady(weeks=120, level=2)
    known = facts_of(counts)
    found = ground(known, np.array([119]), 118)
    assert found.years == (2026, 2027)
    mondays = [MONDAY + timedelta(weeks=int(week)) for week in found.compared]
    now = (MONDAY + timedelta(weeks=119)).isocalendar().week
    apart = {min((day.isocalendar().week - now) % 52, (now - day.isocalendar().week) % 52) for day in mondays}
    assert max(apart) == 3
    assert len(mondays) == 14


def test_a_source_without_those_years_brings_the_weeks_just_before() -> None:
    counts = steady(weeks=120, level=2)
    counts[1, ..., :90] = 0
    found = ground(facts_of(counts), np.array([119]), 118)
    assert found.years == ()
    assert found.sources.all()
    assert found.compared.tolist() == list(range(105, 118))


def test_week_53_is_compared_with_the_last_weeks_of_shorter_years() -> None:
    first = date(2017, 12, 25)
    weeks = (date(2020, 12, 28) - first).days // 7 + 1
    counts = steady(weeks=weeks, level=1)
    found = ground(facts_of(counts, first), np.array([weeks - 1]), weeks - 2)
    assert found.years == (2018, 2019)
    middle = first + timedelta(weeks=int(found.compared[3]))
    assert middle.isocalendar()[:2] == (2018, 52)


def test_too_short_a_history_and_nobody_at_all_say_so() -> None:
    short = weekly(facts_of(steady(weeks=7)))
    assert (short.problem, short.flags, short.figures, short.is_quiet) == ("no_comparison", (), (), False)
    assert short.reporters[0].reports
    nobody = steady(weeks=20)
    nobody[..., 15:] = 0
    nobody[0, 0, 3, 19] = 1
    nobody[1:, ..., -1] = 0
    silent = weekly(facts_of(nobody))  # up to the week before, as the last is not over
    assert silent.problem == "nobody_reported"
    assert {one.state for one in silent.reporters} == {"silent"}
    one = weekly(facts_of(nobody), until(20))
    assert (one.problem, one.reporters[0].reports) == ("part_only", 1)


def test_a_steady_town_names_what_has_risen_most_and_calls_it_no_flag() -> None:
    counts = steady(level=6)
    counts[:, 2, 2, -1] = 9
    found = weekly(facts_of(counts))
    assert found.is_quiet
    first = found.nearest[0]
    assert (first.area, first.direction) == ("03", "more")
    assert 0 < len(found.nearest) <= 3
    for one in found.nearest:
        assert one.observed is not None
        assert one.expected is not None
        assert one.observed >= one.expected + 3


def parts(of: Flag) -> set[str]:
    """Types that a flag counts."""
    return {code for code, group, _, _ in TYPES if of.kind == "all" or of.code in (code, group)}


@pytest.mark.parametrize("seed", range(8))
def test_what_comes_near_counts_nothing_that_a_flag_counts_and_nothing_untold(seed: int) -> None:
    counts = steady(level=1.5, seed=seed)
    counts[:, 2, :, -1] *= 6
    for sight in (None, GUARDED):
        found = weekly(facts_of(counts, sight=sight) if sight else facts_of(counts))
        assert found.flags
        risen = [one for one in found.flags if one.direction == "more"]
        for one in found.nearest:
            beside = [parts(flag) for flag in risen if flag.area == one.area]
            assert all(parts(one).isdisjoint(other) for other in beside)
        assert all(one.observed is not None for one in found.nearest)
    assert all(
        one.kind != "category" and one.weeks == 1 and (one.observed or 0) >= 5 for one in found.nearest
    )


def test_an_empty_town_has_no_week(empty: Database) -> None:
    found = weekly(facts(empty, LOCAL_VIEWER))
    assert (found.period, found.problem) == (None, "no_week")


def test_types_told_by_month_only_are_named_and_not_counted() -> None:
    counts = np.concatenate([steady(), steady(seed=2)[:, :, :1]], axis=2)
    found = weekly(facts_of(counts))
    assert found.untested == (("home sv", "home en"),)
    assert found.figures[0].observed == counts[:, :, :4, -1].sum()


def test_to_whom_few_are_not_told_no_few_is_told() -> None:
    counts = steady(level=8)
    counts[:, 1, 2, -1] = [1, 1, 0]
    guarded = weekly(facts_of(counts, sight=GUARDED))
    open_to = weekly(facts_of(counts))
    (one,) = guarded.flags
    assert (one.area, one.direction, one.observed) == ("02", "fewer", None)
    assert one.expected is not None
    assert open_to.flags[0].observed == 2
    assert guarded.fewest == 5


@pytest.mark.parametrize("seed", range(6))
def test_no_hidden_count_follows_from_those_that_are_told(seed: int) -> None:
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.choice([0.2, 3], (SOURCES, AREAS + 1, 4, 1)), (SOURCES, AREAS + 1, 4, 30))
    counts[:, :3, :, -1] *= 6
    counts[0, 3, 0, -1] = 1
    found = weekly(facts_of(counts, sight=GUARDED))
    assert all(one.kind != "category" and one.weeks == 1 for one in found.flags)
    numbers = [one.observed for one in (*found.flags, *found.figures)]
    numbers += [one.reports for one in found.reporters]
    assert not [number for number in numbers if number is not None and 0 < number < 5]
    total, *parts = found.figures
    hidden = [part for part in parts if part.observed is None]
    assert total.observed is None or len(hidden) != 1


def of_three(a: int, b: int, c: int) -> Weekly:
    """A week as a presenter is told it: from A, from B, and from C, which is too new to be compared."""
    counts = steady(level=2)
    counts[1] = 0
    counts[1, 0, 0] = 3
    counts[2] = 0
    counts[2, 0, 1, -3:] = 9
    counts[..., -1] = 0
    counts[:, 0, 0, -1] = (a, b, 0)
    counts[2, 0, 1, -1] = c
    return weekly(facts_of(counts, sight=GUARDED))


def test_what_few_a_source_sent_follows_from_no_sum() -> None:
    found = of_three(40, 3, 7)
    assert [one.is_compared for one in found.reporters] == [True, True, False]
    assert [one.reports for one in found.reporters[:2]] == [None, None]
    assert found.figures[0].observed == 43
    beside = of_three(40, 8, 3)  # 51 in all stands beside the map
    assert [one.observed for one in beside.figures[:2]] == [None, None]
    assert beside.reporters[2].reports is None
    assert of_three(40, 8, 7).figures[0].observed == 48


def test_a_hidden_count_does_not_follow_from_what_was_expected() -> None:
    counts = steady()
    counts[:, 1] = 0
    counts[0, 1, 2, -1] = 4
    (one,) = weekly(facts_of(counts, sight=GUARDED)).flags
    assert (one.area, one.direction) == ("02", "more")
    assert (one.observed, one.expected, one.low, one.high) == (None, None, None, None)
    open_to = weekly(facts_of(counts)).flags[0]
    assert (open_to.observed, open_to.low) == (4, 0)
    counts = steady(level=1.6)
    counts[:, 1, :, -1] = 0
    counts[0, 1, 0, -1] = 1
    fewer = [one for one in weekly(facts_of(counts, sight=GUARDED)).flags if one.direction == "fewer"]
    assert fewer
    assert all(one.low is None or one.low >= 5 for one in fewer if one.observed is None)


def test_a_meeting_is_worked_out_once() -> None:
    known = facts_of(steady())
    assert weekly(known, until(30)) is weekly(known, until(30))


def test_the_sample_is_mostly_quiet(sample: Database) -> None:
    known = facts(sample, LOCAL_VIEWER)
    assert known.period is not None
    meetings = [
        weekly(known, replace(known.period, last=known.period.last - timedelta(weeks=back)))
        for back in range(40)
    ]
    assert not [one.problem for one in meetings if one.problem]
    assert np.mean([one.is_quiet for one in meetings]) >= 0.6
    assert all(one.tests > 900 for one in meetings)
