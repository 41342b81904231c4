"""The last step: what the report says, closing and opening again, files to take along, and sending."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.meetings import minuted, minutes_of, report_of_meeting
from dashboard.reports.meeting_parts import parts
from dashboard.ui import meeting_files, meeting_send, seen, session, wrapped
from dashboard.ui.meeting_sight import shown_to
from dashboard.ui.plain import plain
from dashboard.ui.writing import written
from data_access.changes import close_meeting, reopen_meeting
from data_access.meetings import read_recipients
from data_access.organisation_sight import organisation_viewer
from data_access.permissions import Action, can, can_hold_meetings

if TYPE_CHECKING:
    from dashboard.meetings import MeetingReport
    from dashboard.reports.meeting_parts import Part
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.meetings import MeetingRecord


def draw(facts: Facts, record: MeetingRecord, texts: Texts, *, is_shown: bool) -> None:
    """Draw the report as it stands, or as it was frozen, and what can be done with it."""
    viewer = shown_to(session.viewer(), is_shown=is_shown)
    made = report_of_meeting(session.database(), viewer, record.id, texts)
    left, right = st.columns((3, 2), gap="large")
    with left:
        _earlier(record, texts, is_shown=is_shown)
        shown = made if is_shown else _as_seen_by(record, made, texts)
        for part in parts(shown.words, shown.texts):
            _part(part)
    with right:
        if can_hold_meetings(session.viewer()):
            _steps(record, texts)
        if not is_shown and can(session.viewer(), Action.EXPORT):
            meeting_files.draw(facts, record, made, texts)
        if not is_shown and record.status == "closed" and can_hold_meetings(session.viewer()):
            meeting_send.draw(record, texts)


def _as_seen_by(record: MeetingRecord, made: MeetingReport, texts: Texts) -> MeetingReport:
    """The report as an organisation on the list is sent it, for whoever sends it and wants to see it first."""
    database, viewer = session.database(), session.viewer()
    if not can_hold_meetings(viewer):
        return made
    listed = {
        one.organisation_id: one.organisation for one in read_recipients(database, viewer) if one.is_active
    }
    if not listed:
        return made
    chosen = st.selectbox(
        texts("meetings.preview"), list(listed), None, placeholder=texts("meetings.preview_own"),
        format_func=lambda number: texts("meetings.preview_of", organisation=listed[number]),
        key=f"meeting-preview-{record.id}",
    )  # fmt: skip
    if chosen is None:
        return made
    theirs = organisation_viewer(database, viewer, chosen)
    return report_of_meeting(database, theirs, record.id, made.texts)


def _part(part: Part) -> None:
    st.markdown(f"**{plain(part.head)}**")
    for sentence in part.sentences[: part.listed_from]:
        st.markdown(plain(sentence))
    if listed := part.sentences[part.listed_from :]:
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in listed))
    if part.rows and part.has_heads:
        table = pd.DataFrame(list(part.rows), columns=[column.head for column in part.columns])
        wrapped.table(table, alt=part.head)
    elif part.rows:
        st.markdown("\n".join(f"- {_line(part, row)}" for row in part.rows))


def _line(part: Part, row: tuple[str, ...]) -> str:
    """What a row is about, then its words: numbers beside each other would be read as one."""
    head, *rest = row
    colon = "." if part.name == "focus" else ":"
    between = " " if part.pictures else ". "  # whole sentences have their own
    return f"**{plain(head)}**{colon} {between.join(plain(one) for one in rest if one)}"


def _earlier(record: MeetingRecord, texts: Texts, *, is_shown: bool) -> None:
    """When and why it was opened again, with the minutes as they were until then; they name people, so not on the screen."""
    for number, one in enumerate(record.earlier):
        when = {"closed": texts.date(one.closed_at.date()), "reopened": texts.date(one.reopened_at.date())}
        st.info(plain(texts("meetings.reopened", reason=one.reason, **when)), icon=":material/history:")
        if one.minutes and not is_shown:
            label = texts("meetings.earlier_minutes", day=when["closed"])
            with st.expander(label, icon=":material/lock:", key=f"meeting-earlier-{record.id}-{number}"):
                for part in parts(*minuted(one.minutes, texts)):
                    _part(part)


def _steps(record: MeetingRecord, texts: Texts) -> None:
    if record.status == "open":
        st.caption(texts("meetings.close_help"))
        edits = seen.pressed(f"close-{record.id}", record.edits)
        if st.button(texts("meetings.close"), type="primary", icon=":material/lock:", key="meeting-close"):
            written(partial(_close, record, texts, edits), texts)
    elif record.status == "prepared":
        st.caption(texts("meetings.begin_first"))
    else:
        _reopen(record, texts)


def _close(record: MeetingRecord, texts: Texts, edits: int) -> None:
    """Minutes hold what the one who closes may read, also when the shared screen shows less, and nothing they have not seen."""
    database, viewer = session.database(), session.viewer()
    minutes = minutes_of(database, viewer, record, texts)
    close_meeting(database, viewer, record.id, minutes.to_dict(), edits=edits)


def _reopen(record: MeetingRecord, texts: Texts) -> None:
    record, key = seen.held(f"reopen-{record.id}", record, record.revision, texts)
    with st.popover(texts("meetings.reopen"), icon=":material/lock_open:"), st.form(key, border=False):
        reason = st.text_input(texts("meeting_field.reason"), max_chars=300, key=f"{key}-text")
        if st.form_submit_button(texts("meetings.reopen")):
            again = partial(
                reopen_meeting,
                session.database(),
                session.viewer(),
                record.id,
                reason or "",
                revision=record.revision,
            )
            written(again, texts)
