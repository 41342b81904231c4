"""What is decided: what, where, against which types, who, and until when."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui import contents, session, state
from dashboard.ui.choices import distinct
from dashboard.ui.meeting_words import decision_rows
from dashboard.ui.writing import written
from data_access.changes import DecisionEntry, record_decision
from data_access.permissions import Action, can

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.meetings import MeetingRecord


def draw(facts: Facts, record: MeetingRecord, texts: Texts, *, is_shown: bool) -> None:
    """Draw what has been decided here, and the form for more."""
    st.subheader(texts("meetings.decisions"), anchor=False)
    if record.decisions:
        table = decision_rows(record.decisions, facts.frame, texts)
        hidden = [texts("meetings.column_person")] if is_shown else []
        st.dataframe(table.drop(columns=hidden), hide_index=True, key="meeting-decisions")
    else:
        st.caption(texts("meetings.decisions_none"))
    if record.status == "open" and can(session.viewer(), Action.WRITE_MEETINGS):
        _form(facts, record, texts)
    elif record.status == "prepared":
        st.caption(texts("meetings.begin_first"))


def _form(facts: Facts, record: MeetingRecord, texts: Texts) -> None:
    areas = distinct({area.code: area.name for area in facts.areas})
    types = distinct({one.code: texts.name(one) for one in facts.categories if not one.is_hidden})
    chosen = sorted(state.selection().areas & set(areas))
    first = [one.area for one in record.focus if one.area in areas][:1]
    with st.form(f"decide-{record.id}-{len(record.decisions)}", border=True):
        what = st.text_input(texts("meetings.column_what"), max_chars=300)
        where = st.multiselect(
            texts("meetings.column_where"),
            list(areas),
            default=chosen or first,
            format_func=areas.__getitem__,
            placeholder=texts("meetings.choose"),
        )
        place = st.text_input(texts("meetings.place"), max_chars=160)
        against = st.multiselect(
            texts("meetings.types"),
            list(types),
            format_func=types.__getitem__,
            placeholder=texts("meetings.choose"),
        )
        with st.container(horizontal=True):
            names = [one.name for one in facts.frame.sources]
            organisation = st.selectbox(
                texts("meetings.column_organisation"), names, index=None, accept_new_options=True,
                placeholder=texts("meetings.choose"),
            )  # fmt: skip
            person = st.text_input(
                texts("meetings.column_person"), max_chars=120, help=texts("meetings.person_help")
            )
            deadline = st.date_input(texts("meetings.column_deadline"), value=None, format="YYYY-MM-DD")
        if st.form_submit_button(texts("meetings.decide"), type="primary", icon=":material/gavel:"):
            entry = DecisionEntry(
                what or "",
                organisation or "",
                tuple(where),
                place or "",
                tuple(against),
                person or "",
                deadline,
            )
            if entry.what.strip() and not entry.organisation.strip():
                st.error(texts("meetings.organisation_missing"), icon=":material/block:")
            else:
                decide = partial(record_decision, session.database(), session.viewer(), record.id, entry)
                written(decide, texts)
    if can(session.viewer(), Action.WRITE_INTERVENTIONS) and record.decisions:
        _plan(record, texts)


def _plan(record: MeetingRecord, texts: Texts) -> None:
    """On to the form of an intervention, begun with what was decided last."""
    if record.decisions:
        last = record.decisions[-1]
        if st.button(
            texts("meetings.begin_intervention"), icon=":material/flag:", type="tertiary", key="decision-plan"
        ):
            decided = texts("meetings.decided_in", day=texts.date(record.held_on))
            state.begin_intervention(finding=decided, goal=last.what, areas=set(last.areas))
            st.switch_page(contents.page("interventions", texts), query_params={state.INTERVENTION: "ny"})
