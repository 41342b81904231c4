"""The page of interventions: all of them, one of them, or the form for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui import intervention_card, intervention_form, intervention_overview, session, state
from data_access.interventions import read_intervention
from data_access.permissions import Action, can, can_act_for

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.facts import Facts

NEW = "ny"
_EDITING = "intervention_edited"


def shown() -> str | None:
    """What the address asks for: the number of an intervention, NEW, or None for all."""
    return st.query_params.get(state.INTERVENTION)


def draw(facts: Facts, texts: Texts) -> None:
    """Draw what is asked for; a number that is not there leads back to all of them, and says so."""
    asked = shown()
    may_write = can(session.viewer(), Action.WRITE_INTERVENTIONS)
    if asked == NEW and may_write:
        intervention_form.draw(facts, None, texts, leave=_go)
        return
    number = state.number_asked(state.INTERVENTION)
    record = None if number is None else read_intervention(session.database(), session.viewer(), number)
    if record is None:
        if asked:
            st.warning(texts("interventions.not_there"), icon=":material/search_off:")
            _forget()
        intervention_overview.draw(facts, texts, go=_go, new=NEW if may_write else None)
        return
    of = session.current_facts(record.area_set_id)
    may_write = may_write and can_act_for(session.viewer(), record.organisation_id)
    if st.session_state.get(_EDITING) == record.fact.id and may_write:
        intervention_form.draw(of, record, texts, leave=_go)
    else:
        intervention_card.draw(of, record, texts, leave=_go, edit=_edit if may_write else None)


def _go(where: str | None) -> None:
    """Look at an intervention by its number, at the form for a new one, or at all of them."""
    st.session_state.pop(_EDITING, None)
    state.forget_begun()
    if where != NEW:
        state.next_form()
    if where is None:
        _forget()
    else:
        st.query_params[state.INTERVENTION] = where


def _forget() -> None:
    if state.INTERVENTION in st.query_params:
        del st.query_params[state.INTERVENTION]


def _edit(number: int) -> None:
    st.session_state[_EDITING] = number
