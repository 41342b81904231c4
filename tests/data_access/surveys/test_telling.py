from __future__ import annotations

import numpy as np
import pytest

from data_access.surveys.intervals import interval
from data_access.surveys.secret_keys import noise
from data_access.surveys.telling import told
from tests.data_access.surveys.simulated import SECRET


@pytest.mark.parametrize(
    ("share", "n", "precision", "said", "bound"),
    [
        (0.173, 100, "percent", 0.17, None),
        (0.173, 99, "fives", 0.15, None),
        (0.176, 30, "fives", 0.2, None),
        (0.049, 99, "fives", 0.05, "below"),
        (0.05, 99, "fives", 0.05, None),
        (0.951, 30, "fives", 0.95, "above"),
        (0.0, 100, "percent", 0.0, None),
        (1.0, 1000, "percent", 1.0, None),
    ],
)
def test_a_share_is_told_as_precisely_as_its_people_allow(
    share: float, n: int, precision: str, said: float, bound: str | None
) -> None:
    found = told(share, n, reference=None, is_index=False)
    assert (found["precision"], found["share"], found["bound"], found["n"]) == (precision, said, bound, n)
    assert found["low"] <= (0.0 if bound == "below" else said) <= said <= found["high"] <= 1


@pytest.mark.parametrize(
    ("share", "n", "word"), [(0.9, 20, "higher"), (0.05, 29, "lower"), (0.5, 10, "about_the_same")]
)
def test_of_fewer_than_thirty_only_a_comparison_is_told(share: float, n: int, word: str) -> None:
    assert told(share, n, reference=0.45, is_index=False) == {
        "precision": "words",
        "state": "shown",
        "n": n,
        "word": word,
    }


def test_without_something_to_compare_with_nothing_is_told_of_few() -> None:
    assert told(0.4, 20, reference=None, is_index=False) == {"precision": "hidden", "state": "hidden"}


@pytest.mark.parametrize(
    ("part", "n", "index", "bound"),
    [
        (2.34 / 6, 100, 2.3, None),
        (2.34 / 6, 99, 2.5, None),
        (0.2 / 6, 40, 0.3, "below"),
        (5.9 / 6, 40, 5.7, "above"),
        (0.02 / 6, 200, 0.0, None),
    ],
)
def test_an_index_is_told_in_tenths_or_halves(part: float, n: int, index: float, bound: str | None) -> None:
    found = told(part, n, reference=None, is_index=True)
    assert (found["index"], found["bound"]) == (index, bound)
    assert "share" not in found
    assert found["low"] <= index <= found["high"] <= 6


def test_the_interval_is_wilsons_but_for_noise_and_rounding() -> None:
    low, high = interval(0.3, 10**6, 0.0)
    assert (low, high) == (pytest.approx(0.2991, abs=1e-4), pytest.approx(0.3009, abs=1e-4))
    assert interval(0.3, 50, 0.0)[0] < 0.191  # Wilson's own is 0.191 to 0.438
    assert interval(0.3, 50, 0.0)[1] > 0.438


@pytest.mark.parametrize("people", [30, 60, 99, 150])
def test_the_interval_holds_the_share_behind_noise_and_rounding(people: int) -> None:
    rng, draws = np.random.default_rng(people), 4000
    share = rng.uniform(0.02, 0.98, draws)
    yes = rng.binomial(people, share)
    e = noise(rng.integers(0, 2**63, (2, draws)).astype(np.uint64), SECRET)
    n = np.maximum(people + e[0], 10)
    amount = np.clip(yes + e[1], 0, n)
    held = []
    for true, one, all_of_them in zip(share.tolist(), amount.tolist(), n.tolist(), strict=True):
        found = told(one / all_of_them, all_of_them, reference=true, is_index=False)
        held.append(
            found["low"] <= true <= found["high"] if "low" in found else found["word"] == "about_the_same"
        )
    assert np.mean(held) >= 0.945
