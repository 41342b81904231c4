"""What was delivered week by week, to be written in and corrected."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from dashboard.ui import session
from dashboard.ui.writing import written
from data_access.changes import record_doses

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.interventions import InterventionRecord

_WEEK, _AMOUNT = "week", "amount"


def draw(record: InterventionRecord, today: date, texts: Texts) -> None:
    """Draw the weeks from the start until now, the newest first; a cell that is emptied is no longer known."""
    weeks = weeks_of(record, today)
    if not weeks:
        return
    unit = record.dose_unit or texts("intervention_field.dose")
    with st.expander(texts("interventions.doses"), icon=":material/bar_chart:"):
        st.caption(texts("interventions.doses_help"))
        known = dict(record.doses)
        table = pd.DataFrame(
            {
                "number": [texts.week(monday) for monday in weeks],
                _WEEK: weeks,
                _AMOUNT: [known.get(monday) for monday in weeks],
            }
        ).astype({_AMOUNT: "float64"})
        with st.form(f"doses-{record.fact.id}", border=False):
            edited = st.data_editor(
                table,
                hide_index=True,
                disabled=["number", _WEEK],
                column_config={
                    "number": texts("chart.column_week"),
                    _WEEK: st.column_config.DateColumn(texts("interventions.monday"), format="YYYY-MM-DD"),
                    _AMOUNT: st.column_config.NumberColumn(unit, min_value=0),
                },
                height=300,
                key=f"doses-table-{record.fact.id}-{record.revision}",
            )
            if st.form_submit_button(texts("admin.store"), icon=":material/save:"):
                changed = changed_doses(weeks, known, edited[_AMOUNT].tolist())
                write = partial(record_doses, session.database(), session.viewer(), record.fact.id, changed)
                written(write, texts)


def weeks_of(record: InterventionRecord, today: date) -> list[date]:
    """Mondays from the start to the end or today, the newest first."""
    first = record.fact.starts_on - timedelta(days=record.fact.starts_on.weekday())
    last = min(record.fact.ends_on or today, today)
    count = (last - first).days // 7 + 1 if last >= record.fact.starts_on else 0
    return [first + timedelta(weeks=number) for number in reversed(range(count))]


def changed_doses(
    weeks: list[date], known: dict[date, float], amounts: list[Any]
) -> dict[date, float | None]:
    """The weeks whose amount is another now; None where it was emptied."""
    now = {
        monday: None if pd.isna(amount) else float(amount)
        for monday, amount in zip(weeks, amounts, strict=True)
    }
    return {monday: amount for monday, amount in now.items() if amount != known.get(monday)}
