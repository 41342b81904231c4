import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.drift import Town
from dashboard.statistics.design import FEWEST_BASELINE_WEEKS, Comparison, Design, NoEffectError
from dashboard.statistics.detectable import smallest_detectable
from dashboard.statistics.effect import effect
from dashboard.statistics.expectation import strata
from dashboard.statistics.outcome import AFTER, BASELINE, LEFT_OUT, Interval, Outcome

AREAS, BEFORE, LEFT, WEEKS = 12, 60, 4, 100


def design_of(target=1, ring=2, *, role=None, is_clean=None, extra=()):
    """The first areas are the target, the next the ring, all others are compared with."""
    number = np.arange(AREAS)
    if role is None:
        role = np.full(WEEKS, AFTER, np.int8)
        role[:BEFORE], role[BEFORE : BEFORE + LEFT] = BASELINE, LEFT_OUT
    clean = np.ones((AREAS, WEEKS), bool) if is_clean is None else is_clean
    clean[:target, BEFORE + LEFT :] = False
    sets = (Comparison("all", number >= target + ring), *extra)
    return Design(role, number < target, (number >= target) & (number < target + ring), sets, clean)


def counts_of(seed, ratio=1.0, ring_ratio=1.0, level=10.0, sources=1, drift=0.0):
    """Poisson counts (sources, areas, weeks) with a season, and an effect from the start on, when areas may drift apart."""
    rng = np.random.default_rng(seed)
    season = 1 + 0.4 * np.sin(np.arange(WEEKS) / 8)
    expected = np.outer(np.full(AREAS, level), season)
    expected[0, BEFORE + LEFT :] *= ratio
    expected[1:3, BEFORE + LEFT :] *= ring_ratio
    if drift:
        expected[:, BEFORE + LEFT :] *= np.exp(drift * rng.standard_normal((AREAS, 1)))
    return rng.poisson(expected / sources, (sources, AREAS, WEEKS))


def test_with_whole_comparisons_expected_is_the_targets_count_times_their_change():
    counts, design = counts_of(3), design_of()
    found = effect(counts, design)
    target, others = counts[0, 0], counts[0, 3:].sum(axis=0)
    before, after = design.baseline, design.after
    change = others[after].sum() / others[before].sum()
    assert found.target.expected.value == pytest.approx(target[before].sum() * change)
    assert found.target.observed == target[after].sum()
    around = counts[0, 1:3].sum(axis=0)
    assert found.ring.expected.value == pytest.approx(around[before].sum() * change)
    assert found.net.observed == found.target.observed + found.ring.observed
    assert found.net.expected.value == pytest.approx(found.target.expected.value + found.ring.expected.value)


@pytest.mark.parametrize(("ratio", "verdict"), [(0.5, "less"), (2.0, "more")])
def test_a_large_change_is_found_and_its_interval_holds_it(ratio, verdict):
    found = effect(counts_of(1, ratio), design_of())
    assert found.verdict == verdict
    assert found.target.ratio.low < ratio < found.target.ratio.high
    assert found.p_value < 0.01


def test_intervals_cover_what_was_planted_about_as_often_as_they_say():
    held = [
        not effect(counts_of(seed, 0.8, drift=0.1), design_of(), draws=100).target.ratio.excludes(0.8)
        for seed in range(120)
    ]
    assert 0.84 <= np.mean(held) <= 0.98


@pytest.mark.parametrize("town", [Town(0.1, 6), Town(0.15, 15), Town(0.15, 6, areas=3)])
def test_a_large_target_that_drifts_like_small_comparison_areas_is_seldom_called_less(town):
    outside, less = town.answers(60)
    assert outside <= 0.2  # more than twelve of sixty would come once in a hundred runs at 90 %
    assert less <= 0.1


def test_drift_makes_the_interval_of_many_areas_narrower_than_that_of_one():
    counts = counts_of(1, level=60, drift=0.15)
    counts[0, 0] = counts[0, 0] // 3
    one, three = (effect(counts, design_of(target, ring=3 - target)) for target in (1, 3))
    assert one.drift == pytest.approx(three.drift)
    wide, narrow = (np.log(found.target.ratio.high / found.target.ratio.low) for found in (one, three))
    assert narrow < 0.8 * wide


def test_a_single_comparison_area_may_drift_too():
    design = design_of_only(Comparison("few", np.arange(AREAS) == AREAS - 1))
    found = [effect(counts_of(seed, level=60, drift=0.1), design).target.ratio for seed in range(60)]
    assert np.mean([not ratio.excludes(1) for ratio in found]) >= 0.85


def test_drift_is_no_outlier_among_the_comparison_areas():
    ranks = []
    for seed in range(40):
        counts = counts_of(seed, level=8, drift=0.1)
        larger = counts_of(1000 + seed, level=120, drift=0.1)
        counts[0, 0] = larger[0, 0]
        found = effect(counts, design_of(), draws=40).placebo
        ranks.append(found.rank in (1, found.of))
    assert np.mean(ranks) <= 0.4  # a fifth by chance; by the chance of counts alone more than half


def test_the_band_of_weeks_before_the_start_does_not_drift():
    weekly = effect(counts_of(2, level=100, drift=0.15), design_of()).weekly
    width = (weekly.high - weekly.low) / weekly.expected
    assert width[weekly.role == BASELINE].max() < width[weekly.role == AFTER].min()


def test_where_nothing_happened_few_are_called_less():
    called = [effect(counts_of(seed), design_of(), draws=100).verdict == "less" for seed in range(120)]
    assert np.mean(called) <= 0.08


def test_what_moved_around_shows_in_the_ring_and_not_in_the_comparison():
    found = effect(counts_of(5, ratio=0.5, ring_ratio=1.5), design_of())
    assert found.ring.ratio.low > 1
    assert found.target.ratio.value == pytest.approx(0.5, abs=0.12)
    assert found.net.ratio.value > found.target.ratio.value


def test_a_source_that_falls_silent_everywhere_is_no_effect():
    counts = counts_of(7, sources=2, level=20)
    counts[1, :, 70:90] = 0
    counts[1, 3:] *= 3  # the comparison areas hear most from it
    by_source = effect(counts, design_of())
    mixed = effect(counts.sum(axis=0, keepdims=True), design_of())
    assert not by_source.target.ratio.excludes(1)
    assert mixed.target.ratio.value > by_source.target.ratio.value + 0.1


def test_a_source_known_on_one_side_of_the_start_only_is_in_neither_number():
    counts = np.concatenate([counts_of(7), counts_of(8)])
    counts[1, :, : BEFORE + LEFT] = 0
    by_stratum, left_out = strata(counts.astype(float), design_of())
    assert left_out == [1]
    assert by_stratum.sum() == counts[0].sum()
    assert effect(counts, design_of()).target.observed == counts[0, 0, BEFORE + LEFT :].sum()


def test_an_area_treated_later_is_compared_with_until_then():
    counts, clean = counts_of(9, 0.6), np.ones((AREAS, WEEKS), bool)
    clean[6, 80:] = False
    spoiled = counts.copy()
    spoiled[0, 6, 80:] = 0  # what it did after its own start must not matter
    design = design_of(is_clean=clean)
    assert effect(spoiled, design).target == effect(counts, design).target


def test_the_weighted_difference_leaves_areas_out_that_are_treated_later():
    counts, clean = counts_of(9), np.ones((AREAS, WEEKS), bool)
    clean[3:6, 80:] = False
    spoiled = counts.copy()
    spoiled[0, 3:6, 80:] //= 5
    found = effect(spoiled, design_of(is_clean=clean))
    others = counts[0, 6:].sum(axis=0)  # those that nothing touches
    target, change = counts[0, 0], others[64:].sum() / others[:BEFORE].sum()
    assert found.wdd.total * found.after_weeks == pytest.approx(
        target[64:].sum() - target[:BEFORE].sum() * change
    )
    assert found.wdd.low < 0 < found.wdd.high


def test_without_areas_that_stay_clean_there_is_no_weighted_difference():
    clean = np.ones((AREAS, WEEKS), bool)
    clean[3:, 95:] = False
    clean[3:7, 90:95] = False
    clean[7:, 95:] = True
    clean[7:, 70:80] = False
    found = effect(counts_of(9), design_of(is_clean=clean))
    assert found.wdd is None
    assert found.target.ratio.low < 1 < found.target.ratio.high


def test_few_comparison_areas_say_no_more_than_their_clean_weeks():
    clean = np.ones((AREAS, WEEKS), bool)
    clean[AREAS - 1, 70:] = False
    design = design_of(is_clean=clean)
    two = Design(design.role, design.target, design.ring, (Comparison("few", np.arange(AREAS) > 9),), clean)
    counts = counts_of(9, level=2)
    more = counts.copy()
    more[0, AREAS - 1, 70:] *= 50  # what it counted during its own intervention must not matter
    assert effect(more, two).target == effect(counts, two).target


def test_the_same_data_and_seed_give_the_same_answer():
    first, again = (effect(counts_of(2, 0.7), design_of()) for _ in range(2))
    assert (first.target, first.ring, first.p_value) == (again.target, again.ring, again.p_value)
    other = effect(counts_of(2, 0.7), design_of(), seed=1)
    assert other.target.expected.value == first.target.expected.value
    assert other.target.expected.high == pytest.approx(first.target.expected.high, rel=0.05)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000), st.floats(0.3, 2), st.permutations(range(3, AREAS)))
def test_the_order_of_areas_means_nothing(seed, ratio, order):
    counts = counts_of(seed, ratio)
    moved = counts[:, [0, 1, 2, *order]]
    one, other = (effect(which, design_of(), draws=40) for which in (counts, moved))
    assert one.target.expected.value == pytest.approx(other.target.expected.value)
    assert one.dispersion == pytest.approx(other.dispersion)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000), st.floats(0.2, 3))
def test_all_ways_to_say_it_agree(seed, ratio):
    found = effect(counts_of(seed, ratio), design_of(), draws=40)
    of, limits = found.target, found.target.expected
    assert limits.low < limits.value < limits.high
    assert of.ratio.excludes(1) == limits.excludes(of.observed) == of.difference.excludes(0)
    assert (found.p_value < 0.1) == of.ratio.excludes(1)
    assert found.running.difference[-1] == pytest.approx(of.observed - limits.value)
    assert found.wdd.total * found.after_weeks == pytest.approx(of.observed - limits.value)
    weekly = found.weekly
    assert (weekly.low <= weekly.high).all()
    assert weekly.expected[design_of().after].sum() == pytest.approx(limits.value)
    assert found.placebo.of == AREAS - 3 + 1
    assert 1 <= found.placebo.rank <= found.placebo.of


def test_a_fall_in_one_area_is_the_largest_among_those_that_could_have_been_treated():
    assert effect(counts_of(4, 0.4), design_of()).placebo.rank == 1
    assert effect(counts_of(4, 2.5), design_of()).placebo.rank == AREAS - 3 + 1


def test_other_comparison_sets_are_told_beside_it():
    number = np.arange(AREAS)
    extra = (Comparison("nearest", (number > 3) & (number < 8)), Comparison("empty", number < 0))
    counts = counts_of(11, 0.7)
    found = effect(counts, design_of(extra=extra))
    (one,) = found.alternatives
    assert (one.name, one.areas) == ("nearest", 4)
    assert one.ratio == pytest.approx(effect(counts, design_of_only(extra[0])).target.ratio.value)


def design_of_only(comparison):
    plain = design_of()
    return Design(plain.role, plain.target, plain.ring, (comparison,), plain.is_clean)


def test_more_variation_than_chance_widens_the_interval():
    calm, rough = counts_of(12), counts_of(12)
    rng = np.random.default_rng(0)
    rough[0] = rng.poisson(rough[0] * rng.gamma(2, 0.5, rough[0].shape))
    narrow, wide = (effect(which, design_of()) for which in (calm, rough))
    assert wide.dispersion > 2 * narrow.dispersion
    assert wide.target.ratio.high / wide.target.ratio.low > narrow.target.ratio.high / narrow.target.ratio.low


def test_few_events_give_no_verdict():
    found = effect(counts_of(3, level=0.15), design_of())
    assert found.target.expected.value < 10
    assert found.verdict == "too_few"
    assert effect(counts_of(3, level=0.6), design_of()).verdict == "too_few"


def test_no_event_at_all_counts_as_half_a_one():
    counts = counts_of(3)
    counts[0, 0, BEFORE + LEFT :] = 0
    found = effect(counts, design_of()).target
    assert found.observed == 0
    assert 0 < found.ratio.value < found.ratio.high < 0.2
    assert Outcome(0, Interval(10, 5, 20)).ratio.value == 0.05


def test_two_comparison_areas_still_give_an_interval_that_holds():
    design = design_of_only(Comparison("few", np.arange(AREAS) > 9))
    found = [effect(counts_of(seed, 0.5), design) for seed in range(60)]
    assert {one.comparison_count for one in found} == {2}
    assert np.mean([not one.target.ratio.excludes(0.5) for one in found]) >= 0.82


def test_a_ring_that_others_touch_is_left_out():
    clean = np.ones((AREAS, WEEKS), bool)
    clean[1:3, 90:] = False
    found = effect(counts_of(1), design_of(is_clean=clean))
    assert found.ring is None
    assert found.net is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"target": np.zeros(AREAS, bool)}, "no_target"),
        ({"comparisons": ()}, "no_comparison"),
        ({"comparisons": (Comparison("none", np.zeros(AREAS, bool)),)}, "no_comparison"),
        ({"role": np.full(WEEKS, BASELINE, np.int8)}, "zero_weeks"),
        ({"role": np.full(WEEKS, AFTER, np.int8)}, "no_baseline"),
        (
            {
                "role": np.r_[
                    [BASELINE] * (FEWEST_BASELINE_WEEKS - 1), [AFTER] * (WEEKS - FEWEST_BASELINE_WEEKS + 1)
                ]
            },
            "no_baseline",
        ),
    ],
)
def test_what_gives_no_answer_is_refused_by_name(change, reason):
    plain = design_of()
    parts = {name: getattr(plain, name) for name in ("role", "target", "ring", "comparisons", "is_clean")}
    with pytest.raises(NoEffectError) as caught:
        Design(**(parts | change))
    assert caught.value.reason == reason


def test_the_smallest_detectable_decrease_is_found_in_four_cases_of_five():
    smallest = effect(counts_of(0), design_of()).detectable_pct
    found = [
        effect(counts_of(seed, 1 - smallest / 100), design_of(), draws=100).verdict == "less"
        for seed in range(120)
    ]
    assert 0.68 <= np.mean(found) <= 0.93


@given(st.floats(5, 5000), st.floats(5, 5000), st.floats(0, 0.1))
def test_more_events_make_smaller_decreases_detectable(expected, before, variance):
    def smallest(expected, before, **more):
        found = smallest_detectable(expected, before, variance, reach=1.645, **more)
        assert found is None or 0 < found < 100
        return np.inf if found is None else found

    plain = smallest(expected, before)
    assert smallest(2 * expected, before) <= plain
    assert smallest(expected, 2 * before) <= plain
    assert smallest(expected, before, dispersion=2) >= plain


@pytest.mark.parametrize(("expected", "before"), [(1, 2), (8, 16), (0, 10), (10, 0)])
def test_where_not_even_the_end_of_all_events_would_be_seen_there_is_no_smallest(expected, before):
    assert smallest_detectable(expected, before, 0.01, reach=1.73) is None


def test_what_the_methods_say_of_plans_with_few_and_many_events():
    # Four cells of 50 and of 200: 79 and 40 per cent as differences of logarithms at 95 %, somewhat less at 90 %.
    for count, log_difference in ((50, 0.79), (200, 0.40)):
        smallest = smallest_detectable(count, count, 2 / count, reach=1.96)
        assert -np.log(1 - smallest / 100) == pytest.approx(log_difference, rel=0.25)
    assert smallest_detectable(10, 10, 2 / 10, reach=1.96) is None
