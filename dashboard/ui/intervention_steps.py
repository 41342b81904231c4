"""The next step of an intervention: from one status to another, or away with a plan that never began."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui import seen, session
from dashboard.ui.writing import is_written, written
from data_access.changes import move_intervention, remove_intervention
from data_access.models.intervention import BEFORE_IT_BEGAN, TRANSITIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.texts import Texts
    from data_access.interventions import InterventionRecord


def draw(
    record: InterventionRecord, texts: Texts, *, may_write: bool, leave: Callable[[str | None], None]
) -> None:
    """Draw a button for each status that may follow, nothing for whom it is not; `leave` goes to all interventions."""
    status, number = record.fact.status, record.fact.id
    if not may_write:
        return
    database, viewer = session.database(), session.viewer()
    revision = seen.pressed(f"steps-{number}", record.revision)
    with st.container(border=True, key="card-steps"):
        st.markdown(f"**{texts('interventions.status')}** {texts(f'intervention_status.{status}')}")
        with st.container(horizontal=True, gap="small"):
            for following in TRANSITIONS[status]:
                label = texts("interventions.move_to", status=texts(f"intervention_status.{following}"))
                if st.button(label, icon=":material/arrow_forward:", key=f"move-{number}-{following}"):
                    move = partial(move_intervention, database, viewer, number, following, revision=revision)
                    written(move, texts)
            if status in BEFORE_IT_BEGAN:
                with st.popover(texts("interventions.remove"), icon=":material/delete:"):
                    st.markdown(texts("interventions.remove_sure"))
                    if st.button(texts("interventions.remove_yes"), key=f"remove-{number}"):
                        _remove(partial(remove_intervention, database, viewer, number), texts, leave)


def _remove(remove: Callable[[], None], texts: Texts, leave: Callable[[str | None], None]) -> None:
    if is_written(remove, texts):
        st.toast(texts("admin.stored"), icon=":material/check:")
        leave(None)
        st.rerun()
