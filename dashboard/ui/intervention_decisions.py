"""Decisions of meetings that an intervention carries out: beside its card, and when it was begun from one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui import contents, session, state
from dashboard.ui.meeting_words import status_of
from dashboard.ui.plain import plain
from data_access.changes import link_decision
from data_access.meetings import read_decisions
from data_access.permissions import Action, can, can_hold_meetings

if TYPE_CHECKING:
    from dashboard.texts import Texts


def draw(number: int, texts: Texts) -> None:
    """Draw what meetings decided of an intervention, each with the way to its meeting; nothing where there is none."""
    if not can(session.viewer(), Action.READ_MEETINGS):
        return
    found = [
        one for one in read_decisions(session.database(), session.viewer()) if one.intervention_id == number
    ]
    if not found:
        return
    with st.container(border=True, key="card-decisions"):
        st.subheader(texts("interventions.decisions"), anchor=False)
        for one in found:
            due = (
                f" \u00b7 {texts('meetings.due', day=texts.short_date(one.deadline))}" if one.deadline else ""
            )
            st.markdown(plain(f"{one.what} ({one.organisation}{due}). {status_of(one, texts)}."))
            st.page_link(
                contents.page("meetings", texts), label=texts("meetings.held", day=texts.date(one.held_on)),
                icon=":material/groups:", query_params={state.MEETING: str(one.meeting_id), "lang": texts.language},
            )  # fmt: skip


def link(intervention: int) -> None:
    """Let the decision that somebody came from belong to the intervention that is stored now."""
    begun = state.begun_intervention().get("decision")
    if begun is None or not can_hold_meetings(session.viewer()):
        return
    for one in read_decisions(session.database(), session.viewer()):
        if one.id == begun:
            link_decision(session.database(), session.viewer(), one.id, intervention, revision=one.revision)
