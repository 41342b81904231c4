"""What the municipality decides for its installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui import session
from dashboard.ui.writing import written
from data_access.administration import SettingsRow, read_settings
from data_access.changes import Rules, describe_municipality, record_rules
from data_access.models.organisation import MEETING_CADENCES, RANGES

if TYPE_CHECKING:
    from dashboard.texts import Texts


def draw(texts: Texts) -> None:
    """Draw two forms: what the place is, and how people meet and sign in."""
    row = read_settings(session.database(), session.viewer())
    _place(row, texts)
    _rules(row, texts)


def _place(row: SettingsRow, texts: Texts) -> None:
    with st.form("place", border=True):
        st.markdown(f"**{texts('admin.place')}**")
        with st.container(horizontal=True):
            name = st.text_input(texts("admin.municipality"), value=row.name, max_chars=120)
            srid = st.number_input(
                texts("admin.crs"), min_value=0, value=row.srid or 0, step=1, help=texts("admin.crs_help")
            )
            timezone = st.text_input(
                texts("admin.timezone"),
                value=row.timezone or "",
                max_chars=64,
                help=texts("admin.timezone_help"),
            )
        if st.form_submit_button(texts("admin.store"), type="primary", icon=":material/save:"):
            database, viewer = session.database(), session.viewer()
            written(
                lambda: describe_municipality(
                    database, viewer, name=name, srid=int(srid) or None, timezone=timezone or None
                ),
                texts,
            )


def _rules(row: SettingsRow, texts: Texts) -> None:
    with st.form("rules", border=True):
        st.markdown(f"**{texts('admin.rules')}**")
        with st.container(horizontal=True):
            cadence = st.selectbox(
                texts("admin.cadence"),
                MEETING_CADENCES,
                index=MEETING_CADENCES.index(row.meeting_cadence),
                format_func=lambda key: texts(f"admin.cadence_{key}"),
            )
            contact = st.text_input(
                texts("admin.contact"), value=row.contact, max_chars=120, help=texts("admin.contact_help")
            )
        with st.container(horizontal=True):
            numbers = {
                name: st.number_input(
                    texts(f"admin.{name}"), low, high, getattr(row, name), help=texts(f"admin.{name}_help")
                )
                for name, (low, high) in RANGES.items()
            }
        if st.form_submit_button(texts("admin.store"), type="primary", icon=":material/save:"):
            rules = Rules(cadence, contact, **{name: int(value) for name, value in numbers.items()})
            written(lambda: record_rules(session.database(), session.viewer(), rules), texts)
