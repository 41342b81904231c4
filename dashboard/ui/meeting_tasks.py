"""Decisions across meetings: what is to be done, by organisation, the overdue marked, and the way of each so far."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui import meeting_decision, session
from dashboard.ui.meeting_words import decision_rows
from data_access.meetings import read_decisions
from data_access.permissions import can_hold_meetings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.meetings import DecisionFact, MeetingSummary

_TABLE, _CHOSEN = "meeting-tasks", "meeting-task"
_ALL = 0  # no organisation has that number


def draw(facts: Facts, known: tuple[MeetingSummary, ...], texts: Texts) -> None:
    """Draw the list, and one decision of it whole."""
    st.subheader(texts("meetings.tasks"))
    found = read_decisions(session.database(), session.viewer())
    if not found:
        st.caption(texts("meetings.no_decisions"))
        return
    shown = sorted(_wanted(found, texts), key=_order)
    if shown:
        table = decision_rows(shown, facts.frame, texts, by_organisation=True)
        st.dataframe(
            table, hide_index=True, key=_TABLE, on_select=partial(_picked, [one.id for one in shown]),
            selection_mode="single-row", alt=texts("meetings.tasks"),
        )  # fmt: skip
    else:
        st.caption(texts("meetings.no_tasks"))
    _one(found, shown, known, texts)


def _wanted(found: Sequence[DecisionFact], texts: Texts) -> list[DecisionFact]:
    """Those of an organisation, or all; without the finished ones unless they are asked for."""
    names = {one.organisation_id: one.organisation for one in sorted(found, key=_order)}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="meeting-tasks-of"):
        owner = st.selectbox(
            texts("meetings.column_organisation"), [_ALL, *names], _own(list(names)), width=380, key="meeting-task-owner",
            format_func=lambda number: _label(number, names, found, texts),
        )  # fmt: skip
        is_all = st.toggle(texts("meetings.with_finished"), key="meeting-tasks-all")
    return [one for one in found if owner in (_ALL, one.organisation_id) and (is_all or one.is_unfinished)]


def _own(owners: list[int]) -> int:
    """Whoever holds the meetings begins with all, the others with their own organisation's."""
    viewer = session.viewer()
    is_own = not can_hold_meetings(viewer) and viewer.organisation_id in owners
    return owners.index(viewer.organisation_id) + 1 if is_own and viewer.organisation_id else 0


def _label(number: int, names: dict[int, str], found: Sequence[DecisionFact], texts: Texts) -> str:
    """Whose, and how many are left."""
    name = texts("meetings.all_organisations") if number == _ALL else names[number]
    left = [one for one in found if one.is_unfinished and number in (_ALL, one.organisation_id)]
    overdue = sum(one.is_overdue for one in left)
    key = "meetings.left_overdue" if overdue else "meetings.left"
    return texts(key, name=name, left=len(left), overdue=overdue)


def _order(one: DecisionFact) -> tuple[str, bool, date, int]:
    return one.organisation.casefold(), not one.is_unfinished, one.deadline or date.max, one.id


def _picked(numbers: list[int]) -> None:
    rows = st.session_state[_TABLE]["selection"]["rows"]
    if rows and rows[0] < len(numbers):
        st.session_state[_CHOSEN] = numbers[rows[0]]


def _one(
    found: Sequence[DecisionFact],
    shown: Sequence[DecisionFact],
    known: tuple[MeetingSummary, ...],
    texts: Texts,
) -> None:
    """The decision that is chosen; it stays when it is finished meanwhile."""
    every = {one.id: one for one in found}
    kept = st.session_state.get(_CHOSEN)
    numbers = list(dict.fromkeys((*(one.id for one in shown), *((kept,) if kept in every else ()))))
    if kept not in every:
        st.session_state[_CHOSEN] = None
    number = st.selectbox(
        texts("meetings.task_open"), numbers, index=None, key=_CHOSEN, width=560, placeholder=texts("meetings.task_open"),
        format_func=lambda one: f"{every[one].what} ({every[one].organisation})", label_visibility="collapsed",
    )  # fmt: skip
    if number is None:
        return
    one = every[number]
    facts = session.current_facts(one.area_set_id)
    with st.container(border=True, key="meeting-task-card"):
        meeting_decision.head(facts, one, texts)
        meeting_decision.outcome(one, texts, meeting=None)
        meeting_decision.history(facts, one, {meeting.id: meeting for meeting in known}, texts)
