"""On fresh draws of the sample the intervals hold what was planted; the benchmark `effects` does the same on a hundred."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.effects import NULL, Found, findings

SEEDS = range(100, 112)


@pytest.fixture(scope="module")
def drawn() -> list[Found]:
    return [one for seed in SEEDS for one in findings(seed)]


def test_most_intervals_hold_the_planted_effect(drawn: list[Found]) -> None:
    assert np.mean([one.is_covered for one in drawn]) >= 0.8
    for title in {one.title for one in drawn}:
        assert np.mean([one.is_covered for one in drawn if one.title == title]) >= 0.6, title


def test_what_did_nothing_is_seldom_called_less(drawn: list[Found]) -> None:
    null = [one.effect.verdict == "less" for one in drawn if one.truth == NULL]
    assert len(null) == 2 * len(SEEDS)
    assert np.mean(null) <= 0.13  # three of 24: four would happen once in forty runs at the promised rate


def test_large_effects_are_mostly_found(drawn: list[Found]) -> None:
    large = [one for one in drawn if one.truth < 0.7 and "Rosenlund" not in one.title]
    assert np.mean([one.effect.verdict == "less" for one in large]) >= 0.85


def test_the_pair_is_always_a_bundle_and_the_displaced_one_has_its_ring(drawn: list[Found]) -> None:
    assert {bool(one.bundle) for one in drawn if one.trap == "overlap"} == {True}
    assert not any(one.bundle for one in drawn if one.trap != "overlap")
    rings = [one.effect.ring for one in drawn if one.trap == "displacement"]
    assert np.mean([not ring.ratio.excludes(1.28) for ring in rings if ring is not None]) >= 0.75
    assert None not in rings
