"""Evaluations for a viewer, from the database to the answer: for the command and for pages alike."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from dashboard.geometry import neighbours
from dashboard.situation.intervention import evaluate, evaluate_all, is_told
from data_access.changes import EntryError, record_look
from data_access.facts import facts
from data_access.frame import read_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

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


def looked_at(database: Database, viewer: Viewer, shown: Iterable[Evaluation]) -> None:
    """Count a look at each estimate that is shown, wherever it is: on its card, among all, in a report, in a terminal.

    A state of the data counts once. It is no reason to fail that an intervention was removed meanwhile.
    """
    for of in shown:
        if is_told(of):
            last: date = of.weeks[of.weekly_after].astype("datetime64[D]").tolist()[-1]
            with suppress(EntryError):
                record_look(database, viewer, of.intervention.id, last)


def evaluation_shown(
    database: Database, viewer: Viewer, known: Facts, one: InterventionFact
) -> Evaluation | None:
    """The same as `evaluation`, counted as looked at."""
    found = evaluation(database, viewer, known, one)
    looked_at(database, viewer, [found] if found else ())
    return found
