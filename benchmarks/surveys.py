"""Surveys: how long a release takes to build, and what attackers get out of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.harness import Row, ceiling
from data_access.surveys.build import build_release
from data_access.surveys.tallies import tallies
from tests.data_access.surveys import attacks
from tests.data_access.surveys.publishers import filters, naive, ours, truth_of
from tests.data_access.surveys.simulated import SECRET, Shape, survey

if TYPE_CHECKING:
    from data_access.surveys.build import Built
    from data_access.surveys.respondents import Respondents
    from tests.data_access.surveys.publishers import Told, Truth

SEEDS, PAIRS, ATOMS = 20, 10_000, 20
LARGE = Shape(people=20_000, areas=30, questions=67, with_follow_ups=67)
MOST_SECONDS, MOST_ADVANTAGE, MOST_ERROR_POINTS = 30.0, 0.05, 4.0
PRESENT = 1


def run() -> list[Row]:
    return [_speed(), *_attacks()]


def _speed() -> Row:
    table = survey(1, LARGE)
    start = time.perf_counter()
    built = build_release(table, SECRET)
    seconds = time.perf_counter() - start
    note = f"{table.size:,} respondents x {LARGE.questions} questions x 4 answers, {built.n.size:,} cells"
    return ceiling("a release of a survey", seconds, bar=MOST_SECONDS, unit="s", note=note)


def _attacks() -> list[Row]:
    known = {"coordinator": 0, "partner": 0, "naive": 0}
    asked, advantages, errors = 0, [], []
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        table = survey(seed, Shape(questions=2))
        built, truth = build_release(table, SECRET), truth_of(table, 0)
        pairs = attacks.pairs_of(filters(len(table.areas)), PAIRS, rng)
        publishers = {
            "coordinator": ours(built, PRESENT),
            "partner": ours(built, PRESENT, as_partner=True),
            "naive": naive(truth),
        }
        for name, told in publishers.items():
            targets, found = attacks.subtraction(told, truth, pairs)
            known[name] += found + attacks.leftovers(told, truth)[1] + attacks.row_space(told, truth)
            known[name] += attacks.integer_solutions(told, truth, ATOMS, rng)[1]
            asked += targets if name == "naive" else 0
        advantages.append(_advantage(publishers["coordinator"], truth))
        errors.append(_error(table, built))
    note = f"{SEEDS} seeds x {PAIRS:,} pairs of questions, {asked:,} of them about fewer than 10 people"
    return [
        *(
            ceiling(
                f"groups below 10 known exactly to a {name}", known[name], bar=0, unit="groups", note=note
            )
            for name in ("coordinator", "partner")
        ),
        ceiling(
            "the same of a naive publisher, sign turned: the attacks bite",
            -float(known["naive"]),
            bar=-1000,
            unit="groups",
        ),
        ceiling(
            "reconstruction against the rates of areas",
            float(np.mean(advantages)),
            bar=MOST_ADVANTAGE,
            unit="AUC",
        ),
        ceiling(
            "error of shares of 30 and more", float(np.mean(errors)), bar=MOST_ERROR_POINTS, unit="points"
        ),
    ]


def _advantage(told: Told, truth: Truth) -> float:
    """How much better a guess of everybody's answer is with gender and stage than with areas alone."""
    no = truth.n - truth.yes
    rates = attacks.guessed(attacks.of_areas_only(told), truth)
    return attacks.auc(attacks.guessed(told, truth), truth.yes, no) - attacks.auc(rates, truth.yes, no)


def _error(table: Respondents, built: Built) -> float:
    true = tallies(table, SECRET)
    is_large = built.is_shown & (built.n >= 30)
    is_large[..., 0] = False
    share = built.amount[is_large] / built.n[is_large]
    return float(100 * np.abs(share - true.amount[is_large] / np.maximum(true.n[is_large], 1)).mean())
