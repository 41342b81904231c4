"""Evaluations for a viewer, from the database to the answer: for the command and for pages alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.geometry import neighbours
from dashboard.situation.intervention import evaluate, evaluate_all
from data_access.facts import facts

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.situation.evaluation import Evaluation
    from data_access.database import Database
    from data_access.facts import Facts
    from data_access.intervention_facts import InterventionFact
    from data_access.permissions import Viewer


def evaluations(
    database: Database,
    viewer: Viewer,
    known: Facts | None = None,
    *,
    done: Callable[[int], None] = lambda _count: None,
) -> list[Evaluation]:
    """Every intervention that the viewer sees in the set of districts of the facts (None: the newest), the surest first."""
    of = facts(database, viewer) if known is None else known
    area_set = of.frame.area_set
    if area_set is None:
        return []
    around = neighbours(database, viewer, area_set)
    return evaluate_all(of, around, of.frame.interventions, done=done)


def evaluation(database: Database, viewer: Viewer, known: Facts, one: InterventionFact) -> Evaluation | None:
    """One intervention, as it stands or as it is planned; None where there are no districts."""
    area_set = known.frame.area_set
    return evaluate(known, neighbours(database, viewer, area_set), one) if area_set else None
