"""With whose eyes a meeting is shown: on the shared screen with a presenter's, whoever runs it."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard.situation.weekly import weekly_of_days
from dashboard.ui import session
from data_access.facts import facts as facts_of
from data_access.selection import Period

if TYPE_CHECKING:
    from datetime import datetime

    from dashboard.situation.weekly import Weekly
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.meetings import MeetingRecord
    from data_access.permissions import Viewer


def shown_to(viewer: Viewer, *, is_shown: bool) -> Viewer:
    """The viewer, or on the shared screen the same person as a presenter: small counts stay untold."""
    return viewer.before_others() if is_shown else viewer


def facts_shown(of: Facts, record: MeetingRecord, *, is_shown: bool, is_then: bool = False) -> Facts:
    """Facts as they may be seen where the meeting is shown; `is_then`: as they were known when it was closed."""
    if not is_shown and not is_then:
        return of
    viewer = shown_to(session.viewer(), is_shown=is_shown)
    until = record.known_until if is_then else None
    return facts_of(session.database(), viewer, record.area_set_id, until=until)


def weekly_of(of: Facts, record: MeetingRecord, *, is_shown: bool, is_then: bool = False) -> Weekly:
    """The figures of the days that the meeting looks at."""
    period = Period(record.first_day, record.last_day)
    return weekly_of_days(facts_shown(of, record, is_shown=is_shown, is_then=is_then), period)


def is_then(facts: Facts, record: MeetingRecord, texts: Texts) -> bool:
    """Whether a closed meeting is looked at with what was known then; whoever looks chooses, and begins with that."""
    if record.closed_at is None or record.known_at is None:
        return False
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="meeting-known"):
        chosen = st.segmented_control(
            texts("meetings.known"), ("then", "now"), default="then", required=True,
            format_func=lambda name: texts(f"meetings.known_{name}"), key=f"meeting-known-{record.id}",
            label_visibility="collapsed",
        )  # fmt: skip
        if chosen != "now":
            st.caption(texts("meetings.known_help", day=_day(record.known_at, facts, texts)))
    if chosen != "now" and record.withdrawn_at:
        st.caption(texts("meetings.withdrawn", day=_day(record.withdrawn_at, facts, texts)))
    return chosen != "now"


def _day(at: datetime, facts: Facts, texts: Texts) -> str:
    """The day of a time (UTC) on the municipality's clock."""
    return texts.date(at.replace(tzinfo=UTC).astimezone(ZoneInfo(facts.frame.timezone)).date())
