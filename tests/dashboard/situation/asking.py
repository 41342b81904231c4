"""Asking the drawn municipality."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dashboard.situation import explore
from data_access.facts import facts
from data_access.permissions import LOCAL_VIEWER
from data_access.selection import Period, Selection

if TYPE_CHECKING:
    from data_access.database import Database

ALWAYS = Period(date(2026, 1, 1), date(2026, 2, 28))


def asked(database: Database, **given: object) -> explore.Situation:
    found = explore.situation(facts(database, LOCAL_VIEWER), Selection(**({"period": ALWAYS} | given)))  # type: ignore[arg-type]
    assert found is not None
    return found
