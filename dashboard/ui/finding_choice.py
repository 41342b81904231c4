"""Which finding an intervention answers, chosen from the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui import session, state
from dashboard.ui.choices import distinct
from data_access.findings import read_findings

if TYPE_CHECKING:
    from dashboard.ui.intervention_fields import Form


def draw(form: Form) -> int | None:
    """A list of those that hold, the newest first; one that is withdrawn only where it was chosen already."""
    texts, record = form.texts, form.record
    answered = record.finding if record else None
    held = answered.id if answered else None if record else state.begun_intervention().get("finding_id")
    known = [one.fact for one in read_findings(session.database(), session.viewer())]
    names = distinct({one.id: one.statement for one in known if not one.is_withdrawn or one.id == held})
    numbers: list[int | None] = [None, *names]
    return st.selectbox(
        form.label("finding_id"), numbers, numbers.index(held) if held in names else 0,
        format_func=lambda one: texts("findings.none") if one is None else names[one],
        help=texts("findings.choice_help"), key=f"{form.key}-finding_id",
    )  # fmt: skip
