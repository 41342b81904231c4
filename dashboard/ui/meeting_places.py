"""Where and when: the linked views of the explore page, on the days of the meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.geometry import document
from dashboard.reports.meeting_charts import meeting_charts
from dashboard.situation.weekly import weekly_of_days
from dashboard.ui import linked, session, show, state
from dashboard.ui.meeting_sight import facts_shown, is_then, shown_to
from data_access.selection import Period, Selection

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.meetings import MeetingRecord


def draw(facts: Facts, record: MeetingRecord, texts: Texts, *, is_shown: bool) -> None:
    """Draw the linked views, the first time in a meeting set to its days; on the shared screen what a presenter sees of them.

    Of a closed meeting first the pictures of what was known then.
    """
    if is_then(facts, record, texts):
        _pictures(facts, record, texts, is_shown=is_shown)
        return
    seen = f"meeting-places-{record.id}"
    if not st.session_state.get(seen):
        st.session_state[seen] = True
        _ask(facts, record, state.selection())
    st.button(
        texts("meetings.reset"), icon=":material/filter_alt_off:", type="tertiary", shortcut="Alt+0", key="meeting-reset",
        on_click=_ask, args=(facts, record, Selection(area_set=state.selection().area_set)),
    )  # fmt: skip
    linked.draw(facts_shown(facts, record, is_shown=is_shown), texts, is_shown=is_shown)


def _pictures(facts: Facts, record: MeetingRecord, texts: Texts, *, is_shown: bool) -> None:
    """What was known then can be looked at, not filtered: the views ask for what is known now."""
    viewer = shown_to(session.viewer(), is_shown=is_shown)
    seen = facts_shown(facts, record, is_shown=is_shown, is_then=True)
    districts = document(session.database(), viewer, seen, "districts")
    if districts is None:
        return
    period = Period(record.first_day, record.last_day)
    drawn = meeting_charts(
        seen, period, weekly_of_days(seen, period), districts.body, texts, mode=session.mode()
    )
    left, right = st.columns(2)
    for name, one in drawn.items():
        with left if name == "map" else right:
            show.chart(one, f"meeting-{name}", texts)


def _ask(facts: Facts, record: MeetingRecord, asked: Selection) -> None:
    """Ask for the days of the meeting, in its districts."""
    asked = asked.with_("period", Period(record.first_day, record.last_day))
    if not state.shares_areas(facts.frame):
        asked = asked.with_("area_set", record.area_set_id)
    state.ask(asked)
