"""First what was decided before: done, not done, moved, or dropped, with one press and a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui import meeting_decision, session
from dashboard.ui.plain import plain
from data_access.meetings import read_open_decisions
from data_access.permissions import can_hold_meetings

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.meetings import DecisionFact, MeetingRecord


def draw(facts: Facts, record: MeetingRecord, texts: Texts, *, is_shown: bool) -> None:
    """Draw every decision that earlier meetings left, the oldest deadline first.

    Whoever holds the meeting says there what became of it; an organisation says it of its own, as between meetings.
    """
    found = read_open_decisions(session.database(), session.viewer(), before=record.id)
    st.subheader(texts("meetings.follow_title"), anchor=False)
    if not found:
        st.info(texts("meetings.follow_none"), icon=":material/task_alt:")
    meeting = record.id if can_hold_meetings(session.viewer()) else None
    for one in found:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"follow-{one.id}"):
            with st.container(gap="xxsmall"):
                meeting_decision.head(facts, one, texts, with_person=not is_shown)
                _reasons(one)
            if record.status != "closed":
                with st.container(width="content"):
                    meeting_decision.outcome(one, texts, meeting=meeting)


def _reasons(one: DecisionFact) -> None:
    reasons = [step.reason for step in one.history if step.reason]
    if reasons:
        st.caption(plain(" \u00b7 ".join(reasons)))
