"""Where and when: the linked views of the explore page, on the days of the meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui import linked, state
from dashboard.ui.meeting_sight import facts_shown
from data_access.selection import Period, Selection

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.meetings import MeetingRecord


def draw(facts: Facts, record: MeetingRecord, texts: Texts, *, is_shown: bool) -> None:
    """Draw the linked views, the first time in a meeting set to its days; on the shared screen what a presenter sees of them."""
    seen = f"meeting-places-{record.id}"
    if not st.session_state.get(seen):
        st.session_state[seen] = True
        _ask(facts, record, state.selection())
    st.button(
        texts("meetings.reset"), icon=":material/filter_alt_off:", type="tertiary", shortcut="Alt+0", key="meeting-reset",
        on_click=_ask, args=(facts, record, Selection(area_set=state.selection().area_set)),
    )  # fmt: skip
    linked.draw(facts_shown(facts, record, is_shown=is_shown), texts, is_shown=is_shown)


def _ask(facts: Facts, record: MeetingRecord, asked: Selection) -> None:
    """Ask for the days of the meeting, in its districts."""
    asked = asked.with_("period", Period(record.first_day, record.last_day))
    if not state.shares_areas(facts.frame):
        asked = asked.with_("area_set", record.area_set_id)
    state.ask(asked)
