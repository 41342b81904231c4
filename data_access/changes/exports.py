"""What was taken out of the system, by whom: nothing in the data changes, and the log says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data_access import audit
from data_access.permissions import Action, check

if TYPE_CHECKING:
    from data_access.database import Database
    from data_access.permissions import Viewer
    from data_access.selection import Selection


def record_export(database: Database, viewer: Viewer, kind: str, selection: Selection, rows: int) -> None:
    """Log a file before it is given out: its kind, the filter it was made under, and its rows.

    Raises `NotPermittedError` for whom nothing may be given out.
    """
    check(viewer, Action.EXPORT)
    details = {"filter": selection.to_query(), "rows": rows}
    audit.record(database, viewer, Action.EXPORT, kind, details)
