"""One meeting, in its order: follow up, who has reported, what stands out, where and when, judge, decide, close."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.situation.meetings import period_words
from dashboard.ui import (
    components,
    meeting_close,
    meeting_decide,
    meeting_follow,
    meeting_judge,
    meeting_look,
    meeting_places,
    seen,
    session,
    state,
    style,
)
from dashboard.ui.plain import plain
from dashboard.ui.writing import is_sure, is_written, writes, written
from data_access.changes import MeetingEntry, change_meeting, open_meeting, remove_meeting
from data_access.permissions import can_hold_meetings
from data_access.selection import Period

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.meetings import MeetingRecord

STEPS = {
    "follow": meeting_follow,
    "look": meeting_look,
    "places": meeting_places,
    "judge": meeting_judge,
    "decide": meeting_decide,
    "close": meeting_close,
}
WRITTEN = ("follow", "judge", "decide")
"""Steps that have forms while the meeting is not closed."""


def draw(facts: Facts, record: MeetingRecord, texts: Texts, *, leave: Callable[[], None]) -> None:
    """Draw the step that the meeting stands at; on the shared screen larger, and with what a presenter is told."""
    is_shown = st.query_params.get(state.SHOWN) == "1"
    if is_shown:
        style.present()
    top = st.container(horizontal=True, vertical_alignment="center", gap="small", key="meeting-top")
    with top:
        _which(record, texts, leave, is_shown=is_shown)
    begun = st.container()
    with top if is_shown else st.container():
        step = _step(record, texts)
    with top:
        _whole(record, texts, leave, is_shown=is_shown)
    components.component("top")(key="meeting-begin-of-step", data={"at": f"{record.id} {step}"})
    opened = _as_opened(record, step, texts)
    if not is_shown:
        with begun:
            _about(opened, texts)
    STEPS[step].draw(facts, opened if step in WRITTEN else record, texts, is_shown=is_shown)
    if opened.status == "closed" and step in WRITTEN and can_hold_meetings(session.viewer()):
        st.caption(texts("meetings.is_closed"))
    _walk(record, step, texts)


def _as_opened(record: MeetingRecord, step: str, texts: Texts) -> MeetingRecord:
    """The meeting as its forms were opened: when somebody else closes it meanwhile, what was typed into them stays there."""
    place, now = "meeting-forms", (record.id, step, writes())
    if record.status != "closed" and can_hold_meetings(session.viewer()):
        st.session_state[place] = now
    elif st.session_state.get(place) == now:
        seen.changed(texts("meetings.closed_meanwhile"), place, texts)
        return replace(record, status="open")
    else:
        st.session_state.pop(place, None)
    return record


def _which(record: MeetingRecord, texts: Texts, leave: Callable[[], None], *, is_shown: bool) -> None:
    """Which meeting it is, on the shared screen in few words, and the way back to all."""
    st.button(
        "" if is_shown else texts("meetings.all"), icon=":material/arrow_back:", type="tertiary", on_click=leave,
        key="meeting-back", help=texts("meetings.all") if is_shown else None,
    )  # fmt: skip
    days = {"first": texts.short_date(record.first_day), "last": texts.short_date(record.last_day)}
    period = period_words(Period(record.first_day, record.last_day), texts)
    about = period if is_shown else texts("meetings.about", **days)
    st.markdown(
        f"# **{texts('meetings.held', day=texts.date(record.held_on))}** {about} "
        f":gray-badge[{texts(f'meeting_status.{record.status}')}]",
        width="content" if is_shown else "stretch",
    )


def _whole(record: MeetingRecord, texts: Texts, leave: Callable[[], None], *, is_shown: bool) -> None:
    """What can be done with the meeting as a whole."""
    if record.status == "prepared" and can_hold_meetings(session.viewer()):
        _begin(record, texts)
        if not is_shown:
            _remove(record, texts, leave)
    label = texts("meetings.leave_screen" if is_shown else "meetings.to_screen")
    st.button(
        "" if is_shown else label, icon=":material/cancel_presentation:" if is_shown else ":material/present_to_all:",
        help=label if is_shown else None, on_click=_turn, args=(not is_shown,), key="meeting-screen",
    )  # fmt: skip


def _begin(record: MeetingRecord, texts: Texts) -> None:
    revision = seen.pressed(f"begin-{record.id}", record.revision)
    if st.button(texts("meetings.begin"), type="primary", icon=":material/play_arrow:", key="meeting-begin"):
        begin = partial(open_meeting, session.database(), session.viewer(), record.id, revision=revision)
        written(begin, texts)


def _remove(record: MeetingRecord, texts: Texts, leave: Callable[[], None]) -> None:
    """Away with a meeting that never began, once somebody is sure."""
    edits = seen.pressed(f"remove-{record.id}", record.edits)
    question = texts("meetings.remove_sure", day=texts.date(record.held_on))
    if is_sure(texts("meetings.remove_meeting"), question, texts, key="meeting-remove"):
        away = partial(remove_meeting, session.database(), session.viewer(), record.id, edits=edits)
        if is_written(away, texts):
            st.toast(texts("admin.stored"), icon=":material/check:")
            leave()
            st.rerun()


def _turn(is_shown: bool) -> None:  # noqa: FBT001 - a callback's argument
    if is_shown:
        st.query_params[state.SHOWN] = "1"
    elif state.SHOWN in st.query_params:
        del st.query_params[state.SHOWN]


def _about(record: MeetingRecord, texts: Texts) -> None:
    """Who is present and what else is said, to write as long as the meeting is not closed."""
    if record.status != "closed" and can_hold_meetings(session.viewer()):
        key = f"describe-{record.id}-{record.revision}-open"
        with st.expander(texts("meetings.describe"), icon=":material/edit_note:", key=key):
            _describe(record, texts)
    elif record.participants:
        names = "; ".join(record.participants.splitlines())
        st.caption(plain(texts("meetings.with", participants=names)))


def _describe(record: MeetingRecord, texts: Texts) -> None:
    record, key = seen.held(f"describe-{record.id}", record, record.revision, texts)
    with st.form(key, border=False):
        days = _days(record, key, texts)
        participants = st.text_area(
            texts("meetings.participants"), record.participants, max_chars=600, height=80, key=f"{key}-text"
        )
        note = st.text_area(texts("meetings.note"), record.note, max_chars=600, height=80, key=f"{key}-note")
        if st.form_submit_button(texts("admin.store"), icon=":material/save:"):
            entry = MeetingEntry(*days, participants or "", note or "")
            write = partial(change_meeting, entry=entry, revision=record.revision)
            written(partial(write, session.database(), session.viewer(), record.id), texts)


def _days(record: MeetingRecord, key: str, texts: Texts) -> tuple[date, date, date]:
    """On which day it is held, and which it looks at; to be changed until it begins."""
    days = {name: getattr(record, name) for name in ("held_on", "first_day", "last_day")}
    if record.status == "prepared":
        with st.container(horizontal=True):
            for name, day in days.items():
                days[name] = st.date_input(
                    texts(f"meetings.{name}"), day, format="YYYY-MM-DD", key=f"{key}-{name}", width=180
                )
    return days["held_on"], days["first_day"], days["last_day"]


def step_written(number: str) -> str | None:
    """The step of a meeting, as it is about to stand in the address."""
    step = st.session_state.get(f"meeting-step-{number}-kept")
    st.session_state[f"meeting-step-{number}-written"] = step
    return step


def _key(record: MeetingRecord) -> str:
    return f"meeting-step-{record.id}"


def _step(record: MeetingRecord, texts: Texts) -> str:
    """The step stays where the meeting was, however often somebody leaves and comes back; another address asks for another."""
    kept = st.session_state.get(f"{_key(record)}-kept", next(iter(STEPS)))
    asked = st.query_params.get(state.STEP)
    if asked in STEPS and asked != st.session_state.get(f"{_key(record)}-written"):
        st.session_state[_key(record)] = asked
    if st.session_state.get(_key(record)) not in STEPS:
        st.session_state[_key(record)] = kept
    chosen = st.segmented_control(
        texts("meetings.steps"), list(STEPS), required=True, format_func=lambda name: texts(f"meetings.step_{name}"),
        key=_key(record), label_visibility="collapsed",
    )  # fmt: skip
    st.session_state[f"{_key(record)}-kept"] = chosen or kept
    return chosen or kept


def _walk(record: MeetingRecord, step: str, texts: Texts) -> None:
    """Back and on, also with the arrow keys."""
    names = list(STEPS)
    at = names.index(step)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="meeting-walk"):
        for label, to, icon, key in (
            ("meetings.previous", at - 1, ":material/chevron_left:", "left"),
            ("meetings.next", at + 1, ":material/chevron_right:", "right"),
        ):
            if 0 <= to < len(names):
                st.button(
                    texts(label, step=texts(f"meetings.step_{names[to]}")), icon=icon, shortcut=f"Alt+{key}",
                    on_click=_walk_to, args=(record, names[to]), key=f"meeting-walk-{key}",
                )  # fmt: skip


def _walk_to(record: MeetingRecord, step: str) -> None:
    st.session_state[_key(record)] = step
