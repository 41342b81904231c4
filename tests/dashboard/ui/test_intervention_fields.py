"""What the form for an intervention keeps of how small a decrease its plan could show."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from dashboard.maps.drawn import Drawn
from dashboard.situation.evaluation import Said
from dashboard.situation.plan import Rehearsal
from dashboard.texts import texts
from dashboard.ui.intervention_fields import Form
from data_access.changes import record_intervention
from data_access.facts import facts
from data_access.interventions import read_intervention
from data_access.permissions import LOCAL_VIEWER, OPERATOR
from tests.data_access.changes.test_interventions import WHOLE, box, today_there

if TYPE_CHECKING:
    from data_access.changes import InterventionEntry
    from data_access.database import Database

FOUND = Rehearsal(26, 60.0, 41.26)
DRAWN = box(100, 100, 300, 300)
LATER = replace(
    WHOLE, starts_on=today_there() + timedelta(days=30), ends_on=None, comparison_codes=(), polygon=DRAWN
)


def opened(small: Database, entry: InterventionEntry | None) -> Form:
    """The form of an intervention as it is stored, or of a new one."""
    record = None
    if entry is not None:
        number = record_intervention(small, OPERATOR, entry, area_set_id=1)
        record = read_intervention(small, OPERATOR, number)
    return Form(facts(small, LOCAL_VIEWER), record, texts("sv"), "plan")


def values_of(entry: InterventionEntry, **more: Any) -> dict[str, Any]:
    names = ("starts_on", "ends_on", "category_codes", "comparison_codes", "ring_m")
    return {name: getattr(entry, name) for name in names} | more


def kept(form: Form, entry: InterventionEntry, polygon: Any = DRAWN, **more: Any) -> float | None:
    return form.detectable_pct(values_of(entry, **more), Drawn(frozenset({"01"}), polygon), FOUND)


def test_a_plan_that_is_as_it_was_keeps_its_number(small: Database) -> None:
    form = opened(small, LATER)
    assert kept(form, LATER) == WHOLE.detectable_pct
    rounded = shapely.transform(DRAWN, lambda corners: corners + 0.05)
    assert kept(form, LATER, rounded) == WHOLE.detectable_pct


@pytest.mark.parametrize(
    ("polygon", "more"),
    [
        (box(500, 500, 700, 700), {}),  # as large, elsewhere
        (box(100, 100, 300, 310), {}),
        (None, {}),
        (DRAWN, {"ring_m": 2000}),
        (DRAWN, {"starts_on": LATER.starts_on + timedelta(days=1)}),
        (DRAWN, {"category_codes": ("noise",)}),
    ],
)
def test_another_plan_gets_the_number_that_was_found_for_it(
    small: Database, polygon: Any, more: dict[str, Any]
) -> None:
    assert kept(opened(small, LATER), LATER, polygon, **more) == 41.3


@pytest.mark.parametrize(("days", "number"), [(-1, None), (0, 41.3), (1, 41.3)])
def test_what_is_entered_after_its_start_was_never_rehearsed(
    small: Database, days: int, number: float | None
) -> None:
    starts_on = today_there() + timedelta(days=days)
    assert kept(opened(small, None), LATER, starts_on=starts_on) == number
    if days < 0:
        assert kept(opened(small, LATER), LATER, starts_on=starts_on) is None


def test_what_has_begun_keeps_what_was_planned(small: Database) -> None:
    form = opened(small, replace(LATER, starts_on=today_there() - timedelta(days=1)))
    assert kept(form, LATER, box(500, 500, 700, 700), ring_m=2000) == WHOLE.detectable_pct


def test_nothing_is_kept_where_nothing_was_found(small: Database) -> None:
    drawn = Drawn(frozenset({"01"}), None)
    for rehearsal in (None, Rehearsal(26, problem=Said("no_comparison"))):
        assert opened(small, None).detectable_pct(values_of(LATER), drawn, rehearsal) is None
