"""Interventions of the sample: what is found of each, what it met, and why there is no answer."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from dashboard.effects import evaluations
from dashboard.reports.effects import document
from dashboard.settings import ROOT
from dashboard.situation.effect_words import caveat_sentences, computed, sentence, verdict
from dashboard.situation.intervention import evaluate, evaluate_all, hold_together, is_told
from dashboard.situation.overlaps import Places, bundled, clean_cells, rivals, weeks_on
from dashboard.statistics.outcome import Interval, Outcome
from dashboard.texts import texts
from data_access.facts import facts
from data_access.frame import read_shapes
from data_access.permissions import LOCAL_VIEWER, AreaKey, Role, Viewer
from geo.neighbours import neighbourhood
from tests.evaluations import evaluation

if TYPE_CHECKING:
    from dashboard.situation.evaluation import Evaluation
    from data_access.database import Database
    from data_access.facts import Facts
    from data_access.intervention_facts import InterventionFact
    from geo.neighbours import Neighbourhood

TRUTH = {
    one["title"]: one
    for one in json.loads((ROOT / "sample_data" / "truth.json").read_text("utf-8"))["interventions"]
}


@pytest.fixture(scope="module")
def known(sample: Database) -> Facts:
    return facts(sample, LOCAL_VIEWER)


@pytest.fixture(scope="module")
def around(sample: Database, known: Facts) -> Neighbourhood:
    assert known.frame.area_set is not None
    return neighbourhood(read_shapes(sample, LOCAL_VIEWER, known.frame.area_set).districts)


@pytest.fixture(scope="module")
def evaluated(known: Facts, around: Neighbourhood) -> dict[str, Evaluation]:
    found = evaluate_all((known, around, one) for one in known.frame.interventions)
    return {one.intervention.title: one for one in found}


def of_trap(evaluated: dict[str, Evaluation], trap: str) -> list[Evaluation]:
    return [evaluated[title] for title, planted in TRUTH.items() if planted["trap"] == trap]


def keys(of: Evaluation) -> set[str]:
    return {one.key for one in of.caveats}


def test_most_planted_effects_lie_in_their_interval(evaluated: dict[str, Evaluation]) -> None:
    held = [
        not one.effect.target.ratio.excludes(TRUTH[title]["net_rate_ratio"])
        for title, one in evaluated.items()
        if one.effect is not None
    ]
    assert len(held) == len(TRUTH)
    assert sum(held) >= 7


def test_what_did_nothing_is_not_called_less(evaluated: dict[str, Evaluation]) -> None:
    for title, one in evaluated.items():
        if TRUTH[title]["net_rate_ratio"] == 1:
            assert one.effect is not None
            assert one.effect.verdict == "no_clear_difference"


def test_the_one_that_began_at_a_peak_has_its_caveat_and_is_not_taken_for_a_success(
    evaluated: dict[str, Evaluation],
) -> None:
    (one,) = of_trap(evaluated, "peak_start")
    assert "baseline_peak" in keys(one)
    peak = next(said for said in one.caveats if said.key == "baseline_peak")
    assert peak.values["weeks"] == 8
    assert 1.5 < peak.values["ratio"] < 3.5


def test_the_overlapping_pair_is_one_bundle(evaluated: dict[str, Evaluation]) -> None:
    pair = of_trap(evaluated, "overlap")
    titles = {one.intervention.title for one in pair}
    assert [set(one.bundle) for one in pair] == [titles, titles]
    assert [one.bundle[0] for one in pair] == [one.intervention.title for one in pair]
    assert all("other_measure" in keys(one) for one in pair)
    assert all(one.bundle == () for title, one in evaluated.items() if title not in titles)


def test_the_displaced_one_shows_its_ring(evaluated: dict[str, Evaluation]) -> None:
    (one,) = of_trap(evaluated, "displacement")
    assert one.effect is not None
    assert one.effect.ring is not None
    assert one.effect.ring.ratio.low < 1.28 < one.effect.ring.ratio.high
    assert one.effect.ring.ratio.low > 1
    assert set(one.ring) <= set(TRUTH[one.intervention.title]["ring_areas"])


def test_too_few_events_are_no_verdict(evaluated: dict[str, Evaluation]) -> None:
    one = evaluated["Grannsamverkan i Rosenlund"]
    assert one.effect is not None
    assert one.effect.verdict == "too_few"
    assert not is_told(one)


def test_comparison_areas_are_neither_target_nor_near_nor_touched(
    evaluated: dict[str, Evaluation], known: Facts
) -> None:
    for one in evaluated.values():
        compared = set(one.comparison)
        assert compared.isdisjoint(one.target)
        assert compared.isdisjoint(TRUTH[one.intervention.title]["ring_areas"])
        for other in rivals(one.intervention, known.frame.interventions):
            assert compared.isdisjoint(other.areas) or other.starts_on > one.intervention.starts_on


def test_silent_and_recoded_sources_are_said(evaluated: dict[str, Evaluation]) -> None:
    one = evaluated["Fältassistenter i Lövbacken fredag och lördag"]
    said = {caveat.key: caveat.values for caveat in one.caveats}
    assert said["recording_silent"]["names"] == "Bostads AB Linden"
    assert said["recording_break"]["names"] == "Polisen"


def test_the_surest_comes_first_and_those_without_an_estimate_last(
    known: Facts, around: Neighbourhood
) -> None:
    told: list[int] = []
    ordered = evaluate_all(((known, around, one) for one in known.frame.interventions), done=told.append)
    ends = [one.effect.target.ratio.high for one in ordered if is_told(one) and one.effect]
    assert ends == sorted(ends)
    assert [is_told(one) for one in ordered] == sorted((is_told(one) for one in ordered), reverse=True)
    assert told == list(range(1, len(ordered) + 1))
    held = hold_together(ordered)
    assert [found is None for found in held] == [not is_told(one) for one in ordered]
    assert held[0] is True


def test_an_evaluation_is_worked_out_once(known: Facts, around: Neighbourhood) -> None:
    one = known.frame.interventions[0]
    assert evaluate(known, around, one) is evaluate(known, around, one)


def changed(known: Facts, **values: object) -> InterventionFact:
    return replace(known.frame.interventions[0], id=0, **values)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"starts_on": date(2027, 1, 4)}, "not_started"),
        ({"starts_on": date(2026, 11, 10), "ends_on": None}, "zero_weeks"),
        ({"starts_on": date(2026, 11, 10), "ends_on": date(2026, 12, 31)}, "zero_weeks"),
        ({"starts_on": date(2025, 3, 3), "ends_on": date(2025, 3, 6)}, "no_whole_week"),
        ({"starts_on": date(2025, 3, 4), "ends_on": date(2025, 3, 15)}, "no_whole_week"),
        ({"starts_on": date(2015, 3, 4), "ends_on": date(2016, 3, 8)}, "before_data"),
        ({"starts_on": date(2023, 11, 6), "ends_on": date(2023, 11, 24)}, "before_data"),
        ({"starts_on": date(2025, 3, 3), "ends_on": date(2025, 3, 2)}, "ends_before_start"),
        ({"starts_on": date(2023, 12, 4)}, "no_baseline"),
        ({"areas": ("9999",)}, "no_target"),
        ({"status": "proposed"}, "not_decided"),
        ({"status": "decided"}, "not_begun"),
        ({"status": "decided", "starts_on": date(2027, 1, 4)}, "not_started"),
        ({"status": "cancelled", "starts_on": date(2027, 1, 4)}, "cancelled"),
        ({"status": "cancelled"}, "cancelled"),
        ({"categories": ("intimate_violence",)}, "only_monthly"),
    ],
)
def test_without_an_answer_there_is_a_reason_and_no_number(
    known: Facts, around: Neighbourhood, values: dict[str, object], reason: str
) -> None:
    found = evaluate(known, around, changed(known, **values))
    assert found.effect is None
    assert found.problem is not None
    assert found.problem.key == reason
    for say in (texts("sv"), texts("en")):
        assert verdict(found, say)
        assert not sentence(found, say).startswith("no_effect")
        assert not {"än", "yet"} & set(verdict(found, say).split())  # of most it will never be computed


def test_every_district_at_once_leaves_nothing_to_compare_with(known: Facts, around: Neighbourhood) -> None:
    found = evaluate(known, around, changed(known, areas=tuple(area.code for area in known.areas)))
    assert found.problem is not None
    assert found.problem.key == "no_comparison"


def test_a_town_of_one_district_says_so(sample: Database) -> None:
    viewer = Viewer("h", Role.HOUSING, areas=frozenset({AreaKey("Lindhamn", "0501")}))
    mine = facts(sample, viewer)
    assert [area.code for area in mine.areas] == ["0501"]
    alone = neighbourhood(read_shapes(sample, viewer, mine.frame.area_set).districts)  # type: ignore[arg-type]
    found = evaluate(mine, alone, mine.frame.interventions[0])
    assert found.problem is not None
    assert found.problem.key == "one_area"


def test_areas_chosen_by_hand_are_used_and_the_proposal_stands_beside(
    known: Facts, around: Neighbourhood
) -> None:
    by_hand = ("0601", "0602", "0701", "0502")
    found = evaluate(known, around, changed(known, comparison=by_hand))
    assert found.effect is not None
    assert set(found.comparison) == {"0601", "0602", "0701"}  # 0502 is a target
    assert found.effect.alternatives[0].name == "matched"
    assert "few_comparisons" in keys(found)


def test_whoever_sees_a_part_is_told_that_it_is_one(sample: Database) -> None:
    areas = frozenset(
        AreaKey("Lindhamn", code) for code in ("0501", "0502", "0601", "0602", "0701", "0702", "0703")
    )
    viewer = Viewer("h", Role.HOUSING, areas=areas)
    mine = facts(sample, viewer)
    shapes = read_shapes(sample, viewer, mine.frame.area_set)  # type: ignore[arg-type]
    one = next(one for one in mine.frame.interventions if one.kind == "clearing")
    assert "limited_sight" in keys(evaluate(mine, neighbourhood(shapes.districts), one))


def test_rivals_share_a_type_and_were_done(known: Facts) -> None:
    one = known.frame.interventions[0]
    same = replace(one, id=98, areas=("0601",))
    other_type = replace(same, id=97, categories=("noise",))
    not_done = [
        replace(same, id=90 + place, status=status)
        for place, status in enumerate(("proposed", "decided", "cancelled"))
    ]
    assert [found.id for found in rivals(one, [one, same, other_type, *not_done])] == [98]


def test_bundled_are_rivals_at_the_same_place_and_time(known: Facts) -> None:
    one = known.frame.interventions[0]
    weeks = np.arange("2026-01-05", "2026-03-02", 7, dtype="datetime64[D]")
    there = replace(one, id=98)
    elsewhere, over = replace(one, id=97, areas=("0601",)), replace(one, id=96, ends_on=date(2026, 1, 4))
    assert [found.id for found in bundled(one, [there, elsewhere, over], weeks)] == [98]


def test_a_rival_spoils_its_areas_for_a_while_and_those_around_while_it_is_on(
    known: Facts, around: Neighbourhood
) -> None:
    places = Places(tuple(area.code for area in known.areas), around)
    one = known.frame.interventions[0]
    ends = date(2025, 6, 1)
    other = replace(one, id=98, areas=("0701",), starts_on=date(2025, 3, 3), ends_on=ends)
    weeks = np.arange("2025-01-06", "2026-01-05", 7, dtype="datetime64[D]")
    clean = clean_cells(one, [other], places, weeks)
    own = clean[places.codes.index("0701")]
    on = weeks_on(other, weeks)
    after = weeks > np.datetime64(ends + timedelta(weeks=13))
    assert not own[on].any()
    assert own[after].all()
    assert not own[~on & ~after & (weeks > np.datetime64(ends))].any()
    ring = places.around(places.among(("0701",)))
    assert (clean[ring & ~places.among(one.areas)][:, on] == False).all()  # noqa: E712
    assert clean[ring & ~places.among(one.areas)][:, ~on].all()


@pytest.mark.parametrize("organisation", range(1, 6))
def test_whoever_sees_little_gets_answers_or_reasons_and_no_failure(
    sample: Database, organisation: int
) -> None:
    viewer = Viewer("r", Role.REPORTER, organisation_id=organisation)
    found = evaluations(sample, viewer)
    assert len(found) == len(TRUTH)
    for one in found:
        for say in (texts("sv"), texts("en")):
            assert sentence(one, say)
            assert all(caveat_sentences(one, say))


def test_types_without_incidents_are_too_few_and_nothing_fails(known: Facts, around: Neighbourhood) -> None:
    for categories in (("zz",), ()):
        found = evaluate(known, around, changed(known, categories=categories))
        assert found.effect is not None
        assert found.effect.verdict == "too_few"
        assert sentence(found, texts("sv"))


def test_weeks_without_anything_to_compare_with_count_on_neither_side(
    known: Facts, around: Neighbourhood
) -> None:
    one = changed(known)
    elsewhere = tuple(area.code for area in known.areas if area.code not in one.areas)
    rival = replace(one, id=98, areas=elsewhere, starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 25))
    frame = replace(known.frame, interventions=(rival,))
    plain = evaluate(replace(known, frame=replace(known.frame, interventions=())), around, one)
    spoiled = evaluate(replace(known, frame=frame), around, one)
    assert plain.effect is not None
    assert spoiled.effect is not None
    assert spoiled.effect.after_weeks == plain.effect.after_weeks - 16  # three weeks, and thirteen after
    assert spoiled.effect.target.observed < plain.effect.target.observed
    assert spoiled.effect.target.ratio.value == pytest.approx(plain.effect.target.ratio.value, rel=0.12)
    lost = next(said for said in spoiled.caveats if said.key == "weeks_not_compared")
    assert lost.values["weeks"] == 16


def test_what_was_always_on_is_part_of_what_is_usual(known: Facts, around: Neighbourhood) -> None:
    one = changed(known)
    always = replace(one, id=98, starts_on=date(2019, 1, 1), ends_on=None)
    without = evaluate(replace(known, frame=replace(known.frame, interventions=())), around, one)
    beside = evaluate(replace(known, frame=replace(known.frame, interventions=(always,))), around, one)
    assert without.effect is not None
    assert beside.effect is not None
    assert beside.effect.target == without.effect.target
    assert "other_measure" in keys(beside)


def test_a_presenter_is_warned_of_a_peak_like_everybody(
    sample: Database, known: Facts, around: Neighbourhood
) -> None:
    (one,) = [one for one in known.frame.interventions if TRUTH[one.title]["trap"] == "peak_start"]
    presenter = facts(sample, Viewer("p", Role.PRESENTER))
    shown, whole = evaluate(presenter, around, one), evaluate(known, around, one)
    assert "baseline_peak" in keys(shown)
    assert shown.effect is not None
    assert whole.effect is not None
    assert shown.effect.target == whole.effect.target  # the same numbers, or none
    hidden = np.isnan(shown.effect.weekly.observed)
    assert hidden.any()
    assert (whole.effect.weekly.observed[~hidden] == shown.effect.weekly.observed[~hidden]).all()
    assert not (whole.effect.weekly.observed[hidden] == 0).any()
    assert np.isnan(shown.effect.running.difference[:-1]).all()


def test_a_drawn_surface_is_not_for_presentation(sample: Database, around: Neighbourhood) -> None:
    presenter = facts(sample, Viewer("p", Role.PRESENTER))
    one = changed(presenter, polygon=shapely.to_wkb(shapely.box(0, 0, 20, 20)))
    found = evaluate(presenter, around, one)
    assert found.problem is not None
    assert found.problem.key == "surface_guarded"


def test_districts_chosen_by_hand_that_cannot_be_used_are_told(known: Facts, around: Neighbourhood) -> None:
    neighbour = TRUTH[known.frame.interventions[0].title]["ring_areas"][0]
    found = evaluate(known, around, changed(known, comparison=(neighbour,)))
    assert found.effect is not None
    assert found.effect.comparison_name == "matched"
    assert "comparison_unused" in keys(found)
    assert "valda för hand" not in " ".join(computed(found, known.frame, texts("sv")))


def test_a_difference_that_is_clear_is_never_called_chance() -> None:
    of = evaluation(ratio=0.6)
    assert of.effect is not None
    barely = replace(of.effect, verdict="less", target=Outcome(180, Interval(200.2, 180.3, 222.0)))
    words = sentence(replace(of, effect=barely), texts("sv"))
    assert "ryms i slumpen" not in words
    assert "Färre än väntat" in words


@pytest.mark.parametrize(("weeks", "times"), [(20, 0), (60, 1)])
def test_weeks_before_the_start_are_said_to_be_left_out_only_where_they_are(
    known: Facts, around: Neighbourhood, weeks: int, times: int
) -> None:
    assert known.period is not None
    wednesday = known.period.first + timedelta(weeks=weeks, days=2 - known.period.first.weekday())
    alone = replace(known, frame=replace(known.frame, interventions=()))
    found = evaluate(alone, around, changed(known, starts_on=wednesday, ends_on=None))
    assert found.effect is not None
    sv = texts("sv")
    assert computed(found, known.frame, sv).count(sv("effect.computed_trigger", weeks=8)) == times


@pytest.mark.parametrize(("days", "told"), [(1, 1), (70, 1), (140, 0)])
def test_what_ended_shortly_before_in_the_same_area_is_told(
    known: Facts, around: Neighbourhood, days: int, told: int
) -> None:
    one = changed(known, starts_on=date(2026, 3, 2), ends_on=None)
    over = one.starts_on - timedelta(days=days)
    rival = replace(one, id=98, title="Förra", starts_on=date(2025, 9, 1), ends_on=over)
    found = evaluate(replace(known, frame=replace(known.frame, interventions=(one, rival))), around, one)
    assert not found.bundle
    said = [caveat.values for caveat in found.caveats if caveat.key == "ended_before"]
    assert said == [{"title": "Förra", "last": over}] * told
    words = " ".join(caveat_sentences(found, texts("sv")))
    assert words.count(f"Förra, slutade {texts('sv').date(over)}") == told


def test_areas_with_interventions_of_their_own_are_said_to_count_only_in_part(
    known: Facts, around: Neighbourhood
) -> None:
    one = changed(known, starts_on=date(2025, 3, 3), ends_on=None)
    rivals_later = [
        replace(one, id=98 + number, areas=(code,), starts_on=date(2026, 9, 7))
        for number, code in enumerate(("0601", "0602"))
    ]
    sv = texts("sv")
    for others in ([], rivals_later):
        frame = replace(known.frame, interventions=(one, *others))
        found = evaluate(replace(known, frame=frame), around, one)
        words = " ".join(computed(found, known.frame, sv))
        assert bool(found.partly) == bool(others)
        assert words.count(sv("effect.computed_partly", count=found.partly)) == bool(others)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_where_nothing_would_be_seen_no_per_cent_is_told_and_no_goal_is_within(
    known: Facts, language: str
) -> None:
    of, say = evaluation(), texts(language)
    assert of.effect is not None
    hopeful = replace(of, intervention=replace(of.intervention, goal_pct=100))
    nothing = replace(hopeful, effect=replace(of.effect, verdict="too_few", detectable_pct=None))
    words = " ".join((sentence(nothing, say), *computed(nothing, known.frame, say)))
    assert say("effect.computed_undetectable", power=say.percent(0.8)) in words
    assert say("effect.too_few_nothing") in words
    assert say.percent(1) not in words
    assert document(nothing, say)["smallest_detectable_decrease_pct"] is None
    within = say("effect.goal_within", goal=say.percent(1))
    assert within in " ".join(computed(hopeful, known.frame, say))
