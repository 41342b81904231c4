"""First what was decided before: done, not done, moved, or dropped, with one press and a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.meetings import as_then
from dashboard.ui import meeting_decision, session
from dashboard.ui.meeting_sight import is_then
from dashboard.ui.plain import plain
from data_access.meetings import read_open_decisions
from data_access.permissions import can_hold_meetings

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.meetings import DecisionFact, MeetingRecord


def draw(facts: Facts, record: MeetingRecord, texts: Texts, *, is_shown: bool) -> None:
    """Draw every decision that earlier meetings left, the oldest deadline first.

    Whoever holds the meeting says there what became of it; an organisation says it of its own, as between meetings. Of a closed
    meeting they stand as they did when it was closed, with what has become of them since beside it.
    """
    found = read_open_decisions(session.database(), session.viewer(), before=record.id)
    st.subheader(texts("meetings.follow_title"), anchor=False)
    then = is_then(facts, record, texts)
    shown = as_then(found, record, facts.frame) if then else found
    if not shown:
        st.info(texts("meetings.follow_none"), icon=":material/task_alt:")
    meeting = record.id if can_hold_meetings(session.viewer()) else None
    now = {one.id: one for one in found}
    for one in shown:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"follow-{one.id}"):
            with st.container(gap="xxsmall"):
                meeting_decision.head(facts, one, texts, with_person=not is_shown, now=now[one.id])
                _reasons(one)
            if record.status != "closed":
                with st.container(width="content"):
                    meeting_decision.outcome(one, texts, meeting=meeting)


def _reasons(one: DecisionFact) -> None:
    reasons = [step.reason for step in one.history if step.reason]
    if reasons:
        st.caption(plain(" \u00b7 ".join(reasons)))
