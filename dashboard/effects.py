"""Evaluations for a viewer, from the database to the answer: for the command and for pages alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.geometry import neighbours
from dashboard.situation.intervention import evaluate, evaluate_all
from data_access.facts import facts
from data_access.frame import read_frame

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
    """Every intervention that the viewer sees, the surest first; each with the districts that it was planned in.

    `known`: facts at hand, of any set of districts.
    """
    now = facts(database, viewer) if known is None else known
    planned = [
        (facts(database, viewer, area_set.id), area_set)
        for area_set in now.frame.area_sets
        if read_frame(database, viewer, area_set.id).interventions
    ]
    asked = [
        (of, neighbours(database, viewer, area_set), one)
        for of, area_set in planned
        for one in of.frame.interventions
    ]
    return evaluate_all(asked, done=done)


def evaluation(database: Database, viewer: Viewer, known: Facts, one: InterventionFact) -> Evaluation | None:
    """One intervention, as it stands or as it is planned; None where there are no districts."""
    area_set = known.frame.area_set
    return evaluate(known, neighbours(database, viewer, area_set), one) if area_set else None
