"""One decision: what it is, what has become of it so far, and what whoever looks may say of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.situation.decision_history import flags_behind, history_words
from dashboard.ui import seen, session
from dashboard.ui.meeting_words import status_now, status_of, where_of
from dashboard.ui.plain import plain
from dashboard.ui.writing import written
from data_access.changes import follow_up
from data_access.facts import facts as facts_of
from data_access.follow_ups import follow_ups
from data_access.selection import Period

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.meetings import DecisionFact, MeetingSummary


def head(
    facts: Facts,
    one: DecisionFact,
    texts: Texts,
    *,
    with_person: bool = True,
    now: DecisionFact | None = None,
) -> None:
    """Draw what is to be done, by whom, until when, and how it stands; how it stands `now` where that is something else."""
    who = f"{one.organisation}, {one.person}" if with_person and one.person else one.organisation
    due = texts("meetings.due", day=one.deadline.isoformat()) if one.deadline else ""
    colour = "orange" if one.is_overdue else "gray"
    st.markdown(f"**{plain(one.what)}** :{colour}-badge[{status_of(one, texts)}]")
    today = status_now(one, now, texts)
    parts = (where_of(one, facts.frame), who, due, today and texts("meetings.today", value=today))
    st.caption(plain(" \u00b7 ".join(part for part in parts if part)))


def history(facts: Facts, one: DecisionFact, meetings: Mapping[int, MeetingSummary], texts: Texts) -> None:
    """Draw its way from what stood out in its districts to what became of it; `facts` are of its set of districts."""
    taken = meetings.get(one.meeting_id)
    if taken and one.areas:
        until = taken.last_incident_id
        known = facts if until is None else _facts_until(one, until)
        flags = flags_behind(one, known, Period(taken.first_day, taken.last_day), texts)
        st.markdown(f"**{texts('meetings.history_flags')}**")
        st.markdown("\n".join(f"- {plain(said)}" for said in flags or (texts("meetings.history_quiet"),)))
        st.caption(texts("meetings.history_now" if until is None else "meetings.history_then"))
    days = {number: meeting.held_on for number, meeting in meetings.items()}
    st.markdown(f"**{texts('meetings.history')}**")
    lines = history_words(one, days, facts.frame.timezone, texts)
    st.markdown("\n".join(f"- {plain(said)}" for said in lines))


def _facts_until(one: DecisionFact, until: int) -> Facts:
    """What was known of its districts when the meeting that took it was closed."""
    return facts_of(session.database(), session.viewer(), one.area_set_id, until=until)


def outcome(one: DecisionFact, texts: Texts, *, meeting: int | None) -> None:
    """Draw what the viewer may say became of it, nothing for whom it is not; `meeting`: at which, None between meetings."""
    one, key = seen.held(f"follow-{one.id}", one, one.revision, texts)
    allowed = follow_ups(session.viewer(), one.status, one.organisation_id)
    if not allowed:
        return
    keep = partial(
        follow_up, session.database(), session.viewer(), one.id, revision=one.revision, meeting=meeting
    )
    with st.container(horizontal=True, gap="small"):
        if "done" in allowed and st.button(
            texts("decision_status.done"), icon=":material/check:", type="primary", key=f"done-{one.id}"
        ):
            written(partial(keep, "done"), texts)
        with_reason = tuple(status for status in allowed if status != "done")
        label = texts("meetings.take_back" if with_reason == ("open",) else "meetings.otherwise")
        with st.popover(label, icon=":material/more_horiz:"), st.form(key, border=False):
            _with_reason(key, with_reason, keep, texts)


def _with_reason(key: str, allowed: tuple[str, ...], keep: Callable[..., None], texts: Texts) -> None:
    """The fields of whatever needs a reason; of one that is finished there is only one way, and no new day."""
    status, day = allowed[0], None
    if len(allowed) > 1:
        status = st.radio(
            texts("meetings.outcome"), allowed, format_func=lambda name: texts(f"decision_status.{name}"),
            key=f"{key}-status",
        )  # fmt: skip
    reason = st.text_input(texts("meetings.reason"), max_chars=300, key=f"{key}-text")
    if "moved" in allowed:
        day = st.date_input(texts("meetings.new_deadline"), value=None, format="YYYY-MM-DD", key=f"{key}-day")
    if st.form_submit_button(texts("admin.store"), icon=":material/save:"):
        later = day if status == "moved" else None
        written(partial(keep, status, reason=reason or "", new_deadline=later), texts)
