"""What a meeting reads of interventions in force: up to the last of its days, as the register was when it was closed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.charts.expected import expected
from dashboard.geometry import neighbours
from dashboard.situation.effect_words import caveat_sentences, sentence
from dashboard.situation.intervention import evaluate_all
from dashboard.situation.meeting_words import InterventionWords
from dashboard.situation.once import once_per_facts
from dashboard.situation.overlaps import is_done
from data_access.intervention_history import interventions_at

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from dashboard.charts.chart import Chart
    from dashboard.situation.evaluation import Evaluation
    from dashboard.texts import Texts
    from data_access.database import Database
    from data_access.facts import Facts
    from data_access.intervention_facts import InterventionFact
    from data_access.permissions import Viewer
    from data_access.selection import Period


def in_force(
    database: Database, viewer: Viewer, known: Facts, period: Period, *, closed_at: datetime | None = None
) -> list[Evaluation]:
    """Interventions that the viewer sees and that were on in the period, the surest first; nothing after its last day counts.

    `closed_at` (UTC): as the register had them then.
    """
    area_set = known.frame.area_set
    if area_set is None:
        return []
    if closed_at is not None:
        then = interventions_at(database, viewer, area_set, closed_at)
        known = known if then == known.frame.interventions else _registered(known, then)
    near = neighbours(database, viewer, area_set)
    on = (one for one in known.frame.interventions if _is_on(one, period))
    return evaluate_all((known, near, _until(one, period.last, known)) for one in on)


@once_per_facts
def _registered(known: Facts, interventions: tuple[InterventionFact, ...]) -> Facts:
    """The same incidents beside another register; made once, so that what is worked out from them is kept with them."""
    return replace(known, frame=replace(known.frame, interventions=interventions))


def _is_on(one: InterventionFact, period: Period) -> bool:
    is_over = one.ends_on is not None and one.ends_on < period.first
    return is_done(one) and one.starts_on <= period.last and not is_over


def _until(one: InterventionFact, last: date, known: Facts) -> InterventionFact:
    """As if it had ended on the last day, where the data go on: the answer is that of the meeting, whenever it is read."""
    if known.period is None or known.period.last <= last:
        return one
    return replace(one, ends_on=min(one.ends_on or last, last))


def intervention_words(evaluations: Iterable[Evaluation], texts: Texts) -> tuple[InterventionWords, ...]:
    """Title, sentence and caveats of each."""
    return tuple(
        InterventionWords(
            number=str(of.intervention.id),
            title=of.intervention.title,
            sentence=sentence(of, texts),
            caveats=" ".join(caveat_sentences(of, texts)),
        )
        for of in evaluations
    )


def intervention_charts(
    evaluations: Iterable[Evaluation], words: Iterable[InterventionWords], texts: Texts
) -> dict[str, Chart]:
    """Observed against expected, of those that the words are about; by the names under which the report shows them."""
    found = {str(of.intervention.id): of for of in evaluations if of.effect is not None}
    return {one.picture: expected(found[one.number], texts) for one in words if one.number in found}
