"""One of anything is told as one, and no sentence says more than the numbers do."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from dashboard.situation.cards import dose_sentence
from dashboard.situation.effect_words import caveat_sentences, computed, problem
from dashboard.situation.evaluation import Said
from dashboard.statistics.outcome import AFTER, BASELINE, LEFT_OUT
from dashboard.texts import Texts, texts
from tests.evaluations import evaluation, without_effect

BOTH = pytest.mark.parametrize("say", [texts("sv"), texts("en")], ids=["sv", "en"])
PLURAL_OF_ONE = re.compile(r"\b1 (veckor|områden|händelser|weeks|areas|incidents|districts)\b", re.IGNORECASE)


@BOTH
@pytest.mark.parametrize("count", [1, 2])
def test_a_single_week_is_no_weeks(say: Texts, count: int) -> None:
    told = tuple(Said(key, {"weeks": count, "ratio": 2.0}) for key in ("baseline_peak", "weeks_not_compared"))
    of = evaluation(caveats=told)
    none = without_effect(problem=Said("no_baseline", {"weeks": count, "fewest": 8}))
    for words in (*caveat_sentences(of, say), problem(none, say)):
        assert not PLURAL_OF_ONE.search(words), words
        assert bool(re.search(r"veckor|weeks", words)) == (count > 1), words


@BOTH
def test_how_it_was_computed_counts_one_week_as_one(say: Texts) -> None:
    of = evaluation(weeks=(1, 0, 1), ratio=0.5)
    assert of.effect is not None
    short = replace(of, effect=replace(of.effect, verdict="too_few", before=1))
    assert [int((short.effect.weekly.role == role).sum()) for role in (BASELINE, LEFT_OUT, AFTER)] == [
        1,
        0,
        1,
    ]
    frame: Any = SimpleNamespace(areas=())
    words = " ".join(computed(short, frame, say))
    assert not PLURAL_OF_ONE.search(words), words
    assert re.search(r"\b1 (vecka|week)\b", words)


@BOTH
@pytest.mark.parametrize("count", [1, 3])
def test_one_week_of_what_was_delivered_is_one(say: Texts, count: int) -> None:
    record: Any = SimpleNamespace(doses=tuple((None, 3.0) for _ in range(count)), dose_unit="timmar")
    words = dose_sentence(record, say)
    assert not PLURAL_OF_ONE.search(words), words
    assert "3" in words
    assert "timmar" in words


@BOTH
def test_a_rehearsal_of_one_tells_one(say: Texts) -> None:
    week = say("effect.weeks", count=1)
    for words in (
        say("interventions.rehearsal", weeks=week, count=1, pct="90 %"),
        say("interventions.proposed_comparison", count=1, areas="Haga"),
        say("effect.computed_before", count=1, weeks=week),
    ):
        assert not PLURAL_OF_ONE.search(words), words


@BOTH
def test_the_overview_claims_no_cause(say: Texts) -> None:
    assert not re.search(r"sänkt|lowered|caused", say("interventions.overview_help"))
