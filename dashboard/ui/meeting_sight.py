"""With whose eyes a meeting is shown: on the shared screen with a presenter's, whoever runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.situation.weekly import weekly_of_days
from dashboard.ui import session
from data_access.facts import facts
from data_access.selection import Period

if TYPE_CHECKING:
    from dashboard.situation.weekly import Weekly
    from data_access.facts import Facts
    from data_access.meetings import MeetingRecord
    from data_access.permissions import Viewer


def shown_to(viewer: Viewer, *, is_shown: bool) -> Viewer:
    """The viewer, or on the shared screen the same person as a presenter: small counts stay untold."""
    return viewer.before_others() if is_shown else viewer


def facts_shown(of: Facts, record: MeetingRecord, *, is_shown: bool) -> Facts:
    """Facts as they may be seen where the meeting is shown."""
    if not is_shown:
        return of
    return facts(session.database(), shown_to(session.viewer(), is_shown=True), record.area_set_id)


def weekly_of(of: Facts, record: MeetingRecord, *, is_shown: bool) -> Weekly:
    """The figures of the days that the meeting looks at."""
    period = Period(record.first_day, record.last_day)
    seen = facts_shown(of, record, is_shown=is_shown)
    return weekly_of_days(seen, period)
