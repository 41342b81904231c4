"""Everything somebody could try with what a role can see; a naive publisher under the same attacks shows that they bite."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from data_access.surveys.build import Built, build_release
from data_access.surveys.tallies import tallies
from tests.data_access.surveys import attacks
from tests.data_access.surveys.publishers import Told, Truth, filters, naive, ours, truth_of
from tests.data_access.surveys.simulated import SECRET, Shape, survey

if TYPE_CHECKING:
    from data_access.surveys.respondents import Respondents

SEEDS = 20
PAIRS = 10_000
AREAS = 30
ROLES = pytest.mark.parametrize("as_partner", [False, True], ids=["coordinator", "partner"])
PRESENT = 1


@dataclass(frozen=True)
class Case:
    """A survey, its release, and what is true of its first question."""

    table: Respondents
    built: Built
    truth: Truth


@cache
def case(seed: int) -> Case:
    table = survey(seed, Shape(questions=2, areas=AREAS))
    return Case(table, build_release(table, SECRET), truth_of(table, 0))


def told_by_us(seed: int, *, as_partner: bool) -> Told:
    return ours(case(seed).built, PRESENT, as_partner=as_partner)


@cache
def pairs(seed: int) -> np.ndarray:
    return attacks.pairs_of(filters(AREAS), PAIRS, np.random.default_rng(seed))


@ROLES
def test_no_pair_of_questions_gives_a_small_group_away(*, as_partner: bool) -> None:
    tried = [
        attacks.subtraction(told_by_us(seed, as_partner=as_partner), case(seed).truth, pairs(seed))
        for seed in range(SEEDS)
    ]
    assert sum(targets for targets, _ in tried) > 5000
    assert sum(known for _, known in tried) == 0
    assert attacks.answered(told_by_us(0, as_partner=as_partner), pairs(0)) > 20


def test_a_naive_publisher_gives_small_groups_away() -> None:
    tried = [attacks.subtraction(naive(case(seed).truth), case(seed).truth, pairs(seed)) for seed in range(3)]
    assert sum(known for _, known in tried) > 100


@ROLES
def test_totals_leave_no_small_group_over(*, as_partner: bool) -> None:
    tried = [
        attacks.leftovers(told_by_us(seed, as_partner=as_partner), case(seed).truth) for seed in range(SEEDS)
    ]
    assert sum(targets for targets, _ in tried) == 0


def test_totals_of_a_naive_publisher_leave_a_hidden_district_over() -> None:
    people = np.array([[20, 20, 20, 20], [30, 30, 30, 30], [2, 2, 2, 2]]).ravel()
    truth = Truth(people, people // 2)
    tried, known = attacks.leftovers(naive(truth), truth)
    assert tried > 0
    assert known == tried


@ROLES
def test_no_small_group_is_in_the_row_space_of_the_tables(*, as_partner: bool) -> None:
    for seed in range(SEEDS):
        assert attacks.row_space(told_by_us(seed, as_partner=as_partner), case(seed).truth) == 0
    assert sum(attacks.row_space(naive(case(seed).truth), case(seed).truth) for seed in range(3)) > 10


@ROLES
def test_no_whole_numbers_but_one_fit_the_tables(*, as_partner: bool) -> None:
    rng = np.random.default_rng(1)
    for seed in range(4):
        told = told_by_us(seed, as_partner=as_partner)
        tried, known = attacks.integer_solutions(told, case(seed).truth, 10, rng)
        assert (tried, known) == (10, 0)
    known = attacks.integer_solutions(naive(case(0).truth), case(0).truth, 10, rng)[1]
    assert known > 3


def test_asking_again_averages_nothing_away() -> None:
    """The same people under another name, in another order or another year have the same noise: there is one number to be had."""
    table, built = case(0).table, case(0).built
    true = tallies(table, SECRET).amount
    for _ in range(5):
        again = build_release(table, SECRET)
        assert (again.amount == built.amount).all()
    assert off(built.amount, true, built.is_shown) > 1.0
    anew = np.mean([build_release(table, f"{SECRET} {number}").amount for number in range(15)], axis=0)
    assert off(anew, true, built.is_shown) < 0.8  # who draws its noise anew is averaged


def off(amount: np.ndarray, true: np.ndarray, is_shown: np.ndarray) -> float:
    """Mean distance from the truth of what is told of the first question."""
    return float(np.abs(amount - true)[..., PRESENT][is_shown[..., PRESENT]].mean())


def test_all_and_its_parts_average_no_noise_away() -> None:
    """Girls and boys, and the stages, are two more measures of the total: the best mean of the three is still uncertain."""
    errors: dict[str, list[float]] = {"ours": [], "naive": []}
    for seed in range(SEEDS):
        built, true = case(seed).built, tallies(case(seed).table, SECRET).amount[..., PRESENT]
        is_whole = built.is_shown[..., PRESENT].all(axis=0)
        for name, amount in (("ours", built.amount[..., PRESENT]), ("naive", true)):
            best = (6 * amount[0] + 3 * (amount[1] + amount[2]) + 2 * (amount[3] + amount[4])) / 11
            errors[name] += (best - true[0])[is_whole].tolist()
    assert np.std(errors["ours"]) > 1.2
    assert np.mean(np.round(errors["ours"]) == 0) < 0.4
    assert np.mean(np.round(errors["naive"]) == 0) == 1.0


def test_a_release_without_one_respondent_does_not_tell_what_the_person_said() -> None:
    """Such an edition is refused (test_surveys); were it published, it would be noise against noise in every cell of the person.

    Noise that followed from those who say yes alone would be a trap: only they would change the number when they leave.
    """
    table, rng = case(1).table, np.random.default_rng(1)
    said = table.answers[0].present
    differ: dict[int, list[float]] = {0: [], 1: []}
    guesses: dict[int, list[int]] = {0: [], 1: []}
    for person in rng.permutation(np.flatnonzero(said >= 0))[:60].tolist():
        other = build_release(without(table, person), SECRET)
        both = case(1).built.is_shown[..., PRESENT] & other.is_shown[..., PRESENT]
        is_own = both & (case(1).built.n[..., 0] != other.n[..., 0])
        change = (case(1).built.amount - other.amount)[..., PRESENT][is_own]
        differ[int(said[person])].append(float((change != 0).mean()))
        guesses[int(said[person])].append(int(change.sum()))
    exact = tallies(table, SECRET).amount[0, -1, PRESENT]
    for person in np.flatnonzero(said >= 0)[:10].tolist():  # exact numbers tell it
        assert exact - tallies(without(table, person), SECRET).amount[0, -1, PRESENT] == said[person]
    assert abs(np.mean(differ[0]) - np.mean(differ[1])) < 0.15
    assert np.mean(differ[0]) > 0.6
    middle = np.median(guesses[0] + guesses[1])
    right = np.mean([*(np.array(guesses[1]) > middle), *(np.array(guesses[0]) < middle)])
    assert right < 0.75


def without(table: Respondents, person: int) -> Respondents:
    keep = np.arange(table.size) != person
    return replace(
        table,
        area=table.area[keep],
        gender=None if table.gender is None else table.gender[keep],
        stage=None if table.stage is None else table.stage[keep],
        row_keys=table.row_keys[keep],
        answers=tuple(
            replace(
                one,
                present=one.present[keep],
                follow_ups={name: said[keep] for name, said in one.follow_ups.items()},
            )
            for one in table.answers
        ),
    )


@cache
def nine_less(seed: int) -> Respondents:
    """The same people but nine."""
    table = case(seed).table
    for _ in range(9):
        table = without(table, 0)
    return table


@ROLES
def test_two_waves_leave_no_small_group_over(*, as_partner: bool) -> None:
    """The next wave asks the same people but nine: what changed between the two tables is not the nine."""
    tried = []
    for seed in range(4):
        built = build_release(nine_less(seed), SECRET)
        told = told_by_us(seed, as_partner=as_partner), ours(built, PRESENT, as_partner=as_partner)
        tried.append(attacks.between_waves(told, (case(seed).truth.n, truth_of(nine_less(seed), 0).n)))
    assert sum(targets for targets, _ in tried) > 20
    assert sum(known for _, known in tried) == 0


def test_two_waves_of_a_naive_publisher_give_those_who_left_away() -> None:
    first, second = case(0).truth, truth_of(nine_less(0), 0)
    tried, known = attacks.between_waves((naive(first), naive(second)), (first.n, second.n))
    assert known == tried > 20


def test_reconstruction_is_hardly_better_than_the_rates_of_areas() -> None:
    ours_better, naive_better = [], []
    for seed in range(SEEDS):
        truth = case(seed).truth
        told = told_by_us(seed, as_partner=False)
        for better, one in ((ours_better, told), (naive_better, naive(truth))):
            rates = attacks.guessed(attacks.of_areas_only(one), truth)
            best = attacks.guessed(one, truth)
            no = truth.n - truth.yes
            better.append(attacks.auc(best, truth.yes, no) - attacks.auc(rates, truth.yes, no))
    assert np.mean(ours_better) <= 0.05
    assert np.mean(ours_better) < np.mean(naive_better) - 0.01


def test_shares_of_thirty_people_and_more_are_near_the_truth() -> None:
    errors = []
    for seed in range(SEEDS):
        built, true = case(seed).built, tallies(case(seed).table, SECRET)
        is_large = built.is_shown & (built.n >= 30)
        is_large[..., 0] = False  # everybody: not a share
        share = built.amount[is_large] / built.n[is_large]
        errors += np.abs(share - true.amount[is_large] / np.maximum(true.n[is_large], 1)).tolist()
    assert 100 * np.mean(errors) <= 4.0
