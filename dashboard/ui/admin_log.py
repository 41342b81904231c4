"""The audit log: who did what and when, and whether the log is as it was written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from dashboard.reports.audit import told
from dashboard.ui import session
from dashboard.ui.admin_people import DATES
from data_access.audit import AuditEntry, AuditQuestion, check_log, read_actions, read_log

if TYPE_CHECKING:
    from dashboard.texts import Texts

_EVERY = ""


def draw(texts: Texts) -> None:
    """Draw the filter, the newest rows that pass it, and the check."""
    database, viewer = session.database(), session.viewer()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(texts("admin.log_text"), key="log-text", max_chars=120)
        action = st.selectbox(
            texts("admin.log_action"),
            [_EVERY, *read_actions(database, viewer)],
            format_func=lambda name: _action(name, texts) if name else texts("admin.log_every"),
            key="log-action",
        )
        first = st.date_input(texts("admin.log_first"), value=None, format=DATES, key="log-first")
        last = st.date_input(texts("admin.log_last"), value=None, format=DATES, key="log-last")
    asked = AuditQuestion(text.strip(), action, _day(first), _day(last))
    entries, total = read_log(database, viewer, asked)
    st.caption(texts("admin.log_shown", shown=len(entries), total=total))
    st.dataframe(_table(entries, texts), hide_index=True, key="log-table")
    if st.button(texts("admin.log_check"), icon=":material/verified:", key="log-check"):
        found = check_log(database, viewer)
        if found.is_whole:
            st.success(texts("doctor.audit", count=found.rows, hash=found.newest_sha256[:12]))
        else:
            st.error(texts("doctor.audit_broken", row=str(found.broken_id)))


def _table(entries: list[AuditEntry], texts: Texts) -> pd.DataFrame:
    zone = ZoneInfo(session.current_frame().timezone)
    rows = [
        (
            entry.at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S"),
            entry.actor,
            _action(entry.action, texts),
            entry.subject,
            told(entry.details),
        )
        for entry in entries
    ]
    names = ("log_at", "log_actor", "log_action", "log_subject", "log_details")
    return pd.DataFrame(rows, columns=[texts(f"admin.{name}") for name in names])


def _action(name: str, texts: Texts) -> str:
    word = name.replace(".", "_")
    return texts(f"action.{word}") if texts.has(f"action.{word}") else name


def _day(chosen: object) -> date | None:
    return chosen if isinstance(chosen, date) else None
