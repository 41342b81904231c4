"""Interventions as the register had them at a time: what was entered later is left out, what was changed later is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from data_access.intervention_facts import intervention_facts
from data_access.models import Intervention, InterventionChange
from data_access.permissions import Action, check
from data_access.scope import intervention_within

if TYPE_CHECKING:
    from datetime import datetime

    from data_access.database import Database
    from data_access.frame import AreaSetFact
    from data_access.intervention_facts import InterventionFact
    from data_access.permissions import Viewer

_TEXTS = ("title", "kind", "organisation", "status", "approach", "horizon")
_DAYS = ("starts_on", "ends_on")
_NUMBERS = ("ring_m", "goal_pct")
_CODES = ("areas", "categories", "comparison")


def interventions_at(
    database: Database, viewer: Viewer, area_set: AreaSetFact, at: datetime
) -> tuple[InterventionFact, ...]:
    """Interventions in districts of a set that the viewer sees, as they were at a time (UTC); by their start as it is now.

    A surface stays as it is drawn now: of an older one only size and middle are kept. Those of the sample were always there.
    """
    check(viewer, Action.READ_INCIDENTS)
    here = Intervention.area_set_id == area_set.id
    there = (col(Intervention.created_at) <= at) | col(Intervention.is_sample)
    later = select(InterventionChange).where(col(InterventionChange.at) > at)
    with database.reading() as session:
        known = intervention_facts(session, here, there)
        before: dict[int, dict[str, Any]] = {}
        for change in session.exec(later.order_by(col(InterventionChange.id).desc())):
            # The oldest comes last, and says how it was.
            before.setdefault(change.intervention_id, {})[change.field] = change.before
    codes = viewer.sight.codes_in(area_set.name)
    found = (intervention_within(_as_before(one, before.get(one.id, {})), codes) for one in known)
    return tuple(one for one in found if one.areas or codes is None)


def _as_before(one: InterventionFact, told: dict[str, str]) -> InterventionFact:
    values: dict[str, Any] = {name: told[name] for name in _TEXTS if name in told}
    values |= {name: date.fromisoformat(told[name]) if told[name] else None for name in _DAYS if name in told}
    values |= {name: int(told[name]) if told[name] else None for name in _NUMBERS if name in told}
    values |= {name: tuple(filter(None, told[name].split(","))) for name in _CODES if name in told}
    return replace(one, **values)
