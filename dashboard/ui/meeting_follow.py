"""First what was decided before: done, not done, moved, or dropped, with one press and a reason."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui import session
from dashboard.ui.meeting_words import status_of, where_of
from dashboard.ui.plain import plain
from dashboard.ui.writing import written
from data_access.changes import follow_up
from data_access.meetings import read_open_decisions
from data_access.permissions import Action, can

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.meetings import DecisionFact, MeetingRecord

WITH_REASON = ("not_done", "moved", "dropped")


def draw(facts: Facts, record: MeetingRecord, texts: Texts, *, is_shown: bool) -> None:
    """Draw every decision that earlier meetings left, the oldest deadline first."""
    found = read_open_decisions(session.database(), session.viewer(), before=record.id)
    st.subheader(texts("meetings.follow_title"), anchor=False)
    if not found:
        st.info(texts("meetings.follow_none"), icon=":material/task_alt:")
    may_write = record.status != "closed" and can(session.viewer(), Action.WRITE_MEETINGS)
    for one in found:
        with st.container(border=True, key=f"follow-{one.id}"):
            _decision(facts, one, texts, is_shown=is_shown)
            if may_write and one.is_unfinished:
                _outcome(record, one, texts)


def _decision(facts: Facts, one: DecisionFact, texts: Texts, *, is_shown: bool) -> None:
    who = one.organisation if is_shown or not one.person else f"{one.organisation}, {one.person}"
    due = texts("meetings.due", day=one.deadline.isoformat()) if one.deadline else ""
    colour = "orange" if one.is_overdue else "gray"
    st.markdown(f"**{plain(one.what)}** :{colour}-badge[{status_of(one, texts)}]")
    st.caption(plain(" \u00b7 ".join(part for part in (where_of(one, facts.frame), who, due) if part)))
    reasons = [step.reason for step in one.history if step.reason]
    if reasons:
        st.caption(plain("; ".join(reasons)))


def _outcome(record: MeetingRecord, one: DecisionFact, texts: Texts) -> None:
    keep = partial(
        follow_up, session.database(), session.viewer(), one.id, revision=one.revision, meeting=record.id
    )
    with st.container(horizontal=True, gap="small"):
        if st.button(
            texts("decision_status.done"), icon=":material/check:", type="primary", key=f"done-{one.id}"
        ):
            written(partial(keep, "done"), texts)
        with (
            st.popover(texts("meetings.otherwise"), icon=":material/more_horiz:"),
            st.form(f"follow-{one.id}-{one.revision}", border=False),
        ):
            status = st.radio(
                texts("meetings.outcome"),
                WITH_REASON,
                format_func=lambda name: texts(f"decision_status.{name}"),
            )
            reason = st.text_input(texts("meetings.reason"), max_chars=300)
            day = st.date_input(texts("meetings.new_deadline"), value=None, format="YYYY-MM-DD")
            if st.form_submit_button(texts("admin.store"), icon=":material/save:"):
                later = day if status == "moved" else None
                written(partial(keep, status, reason=reason or "", new_deadline=later), texts)
