"""The page of meetings: the list with what is still to be done, or one meeting."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.ui import meeting_page, meeting_recipients, meeting_tasks, session, state
from dashboard.ui.plain import plain
from dashboard.ui.writing import is_written
from data_access.changes import MeetingEntry, prepare_meeting
from data_access.meeting_days import days_looked_at, next_meeting_day
from data_access.meetings import read_cadence, read_meeting, read_meetings
from data_access.permissions import Action, can

if TYPE_CHECKING:
    from datetime import date

    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.meetings import MeetingSummary

_LIST, _OPEN = "meetings-list", "meeting-chosen"
_FRESH_DAYS = 7
"""Where nothing was reported for longer, the data end there: a week without any report is not waited for."""


def address() -> dict[str, str | None]:
    """What of the page stands in the address."""
    number = st.query_params.get(state.MEETING)
    return {
        state.MEETING: number,
        state.SHOWN: st.query_params.get(state.SHOWN),
        state.STEP: meeting_page.step_written(number) if number else None,
    }


def draw(facts: Facts, texts: Texts) -> None:
    """Draw the meeting that the address names, or all of them."""
    asked = st.query_params.get(state.MEETING)
    number = state.number_asked(state.MEETING)
    record = None if number is None else read_meeting(session.database(), session.viewer(), number)
    if record is not None:
        meeting_page.draw(session.current_facts(record.area_set_id), record, texts, leave=leave)
        return
    if asked:
        st.warning(texts("meetings.not_there"), icon=":material/search_off:")
        leave()
    _overview(facts, texts)


def leave() -> None:
    """Back to all meetings."""
    for name in (state.MEETING, state.SHOWN, state.STEP):
        if name in st.query_params:
            del st.query_params[name]


def _overview(facts: Facts, texts: Texts) -> None:
    known = read_meetings(session.database(), session.viewer())
    st.title(texts("meetings.title"))
    if can(session.viewer(), Action.WRITE_MEETINGS):
        _prepare(facts, known, texts)
    if not known:
        may_prepare = can(session.viewer(), Action.WRITE_MEETINGS)
        said = texts("meetings.none" if may_prepare else "meetings.none_to_read")
        st.info(said, icon=":material/groups:")
        return
    st.dataframe(
        _table(known, texts), hide_index=True, key=_LIST, on_select=partial(_chosen, known),
        selection_mode="single-row", alt=texts("meetings.title"),
    )  # fmt: skip
    names = {str(one.id): _name(one, texts) for one in known}
    st.selectbox(
        texts("meetings.open"), list(names), index=None, format_func=names.__getitem__, key=_OPEN, width=380,
        placeholder=texts("meetings.open"), label_visibility="collapsed",
        on_change=lambda: _go(st.session_state[_OPEN]),
    )  # fmt: skip
    meeting_tasks.draw(facts, known, texts)
    if can(session.viewer(), Action.WRITE_MEETINGS):
        meeting_recipients.draw(texts)


def _prepare(facts: Facts, known: tuple[MeetingSummary, ...], texts: Texts) -> None:
    area_set, period = facts.frame.area_set, facts.period
    if area_set is None or period is None:
        return
    cadence = read_cadence(session.database(), session.viewer())
    today = session.today(facts)
    suggested = next_meeting_day(known[0].held_on if known else None, cadence, today)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="meeting-new"):
        held = st.date_input(
            texts("meetings.held_on"), suggested, format="YYYY-MM-DD", key="meeting-day", width=180
        )
        is_pressed = st.button(
            texts("meetings.prepare"), type="primary", icon=":material/add:", key="meeting-prepare"
        )
    before = max((one.last_day for one in known if one.held_on < held), default=None)
    known_until = period.last if (today - period.last).days > _FRESH_DAYS else None
    first, last = days_looked_at(held, cadence, before, known_until=known_until)
    _say_days(first, last, before, texts)
    if is_pressed:
        _store(MeetingEntry(held, first, last, participants=_participants(known)), area_set.id, texts)


def _say_days(first: date, last: date, before: date | None, texts: Texts) -> None:
    """Which days the meeting is about to look at, and which it leaves out since the one before."""
    said = [texts("meetings.will_look_at", first=texts.date(first), last=texts.date(last))]
    day = timedelta(days=1)
    if before is not None and before + day < first:
        said.append(texts("meetings.left_out", first=texts.date(before + day), last=texts.date(first - day)))
    st.caption(plain(" ".join(said)))


def _store(entry: MeetingEntry, area_set: int, texts: Texts) -> None:
    """Store a meeting and go to it."""
    made: list[int] = []

    def write() -> None:
        made.append(prepare_meeting(session.database(), session.viewer(), entry, area_set_id=area_set))

    if is_written(write, texts):
        _go(str(made[0]))
        st.rerun()


def _participants(known: tuple[MeetingSummary, ...]) -> str:
    """Those of the meeting before: it is the same circle."""
    if not known:
        return ""
    before = read_meeting(session.database(), session.viewer(), known[0].id)
    return before.participants if before else ""


def _table(known: tuple[MeetingSummary, ...], texts: Texts) -> pd.DataFrame:
    rows = [
        (
            _day(one.held_on),
            texts(f"meeting_status.{one.status}"),
            f"{one.first_day} \u2013 {one.last_day}",
            one.decisions,
            one.unfinished,
        )
        for one in known
    ]
    names = ("held_on", "status", "period", "decisions", "unfinished")
    return pd.DataFrame(rows, columns=[texts(f"meetings.column_{name}") for name in names])


def _name(one: MeetingSummary, texts: Texts) -> str:
    return f"{_day(one.held_on)} ({texts(f'meeting_status.{one.status}')})"


def _day(day: date) -> str:
    return day.isoformat()


def _chosen(known: tuple[MeetingSummary, ...]) -> None:
    rows = st.session_state[_LIST]["selection"]["rows"]
    if rows and rows[0] < len(known):
        _go(str(known[rows[0]].id))


def _go(number: str | None) -> None:
    if number:
        st.query_params[state.MEETING] = number
