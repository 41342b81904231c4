"""The next step of an intervention: from one status to another, cancelled, or away with a plan that nothing is on record of."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui import seen, session
from dashboard.ui.writing import is_written, written
from data_access.changes import move_intervention, remove_intervention
from data_access.models.intervention import BEFORE_IT_BEGAN, LONGEST_REASON, TRANSITIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dashboard.texts import Texts
    from data_access.interventions import InterventionRecord


def draw(
    record: InterventionRecord,
    today: date,
    texts: Texts,
    *,
    may_write: bool,
    leave: Callable[[str | None], None],
) -> None:
    """Draw a button for each status that may follow, nothing for whom it is not; `leave` goes to all interventions."""
    status, number = record.fact.status, record.fact.id
    if not may_write:
        return
    database, viewer = session.database(), session.viewer()
    revision = seen.pressed(f"steps-{number}", record.revision)
    move = partial(move_intervention, database, viewer, number, revision=revision)
    following = _following(record, today)
    with st.container(border=True, key="card-steps"):
        st.markdown(f"**{texts('interventions.status')}** {texts(f'intervention_status.{status}')}")
        with st.container(horizontal=True, gap="small"):
            for after in following:
                label = texts("interventions.move_to", status=texts(f"intervention_status.{after}"))
                if after == "cancelled":
                    _cancel(move, number, texts)
                elif st.button(label, icon=":material/arrow_forward:", key=f"move-{number}-{after}"):
                    written(partial(move, after), texts)
            if status in BEFORE_IT_BEGAN and not record.is_on_record(today):
                with st.popover(texts("interventions.remove"), icon=":material/delete:"):
                    st.markdown(texts("interventions.remove_sure"))
                    if st.button(texts("interventions.remove_yes"), key=f"remove-{number}"):
                        _remove(partial(remove_intervention, database, viewer, number), texts, leave)


def _following(record: InterventionRecord, today: date) -> list[str]:
    """Statuses that may follow: nothing is ongoing before its start, and what is on record stays decided."""
    refused = {"ongoing"} if record.fact.starts_on > today else set()
    if record.is_on_record(today):
        refused.add("proposed")
    return [after for after in TRANSITIONS[record.fact.status] if after not in refused]


def _cancel(move: Callable[..., None], number: int, texts: Texts) -> None:
    """What is cancelled has a reason, and stays so."""
    key = f"cancel-{number}"
    with st.popover(texts("interventions.cancel_step"), icon=":material/block:"), st.form(key, border=False):
        st.markdown(texts("interventions.cancel_sure"))
        label = texts("intervention_field.cancelled_because")
        reason = st.text_input(label, max_chars=LONGEST_REASON, key=f"{key}-reason")
        if st.form_submit_button(texts("interventions.cancel_step"), icon=":material/block:"):
            written(partial(move, "cancelled", reason=reason or ""), texts)


def _remove(remove: Callable[[], None], texts: Texts, leave: Callable[[str | None], None]) -> None:
    if is_written(remove, texts):
        st.toast(texts("admin.stored"), icon=":material/check:")
        leave(None)
        st.rerun()
