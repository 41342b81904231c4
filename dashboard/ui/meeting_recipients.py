"""To whom reports of meetings are sent."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui import session
from dashboard.ui.choices import distinct
from dashboard.ui.plain import plain
from dashboard.ui.writing import written
from data_access.administration import read_organisations
from data_access.changes import record_recipient, remove_recipient
from data_access.meetings import read_recipients

if TYPE_CHECKING:
    from dashboard.texts import Texts


def draw(texts: Texts) -> None:
    """Draw the list, and a line to add somebody."""
    database, viewer = session.database(), session.viewer()
    listed = read_recipients(database, viewer)
    label = texts("meetings.recipients", count=len(listed))
    with st.expander(label, icon=":material/mail:"):
        st.caption(texts("meetings.recipients_help"))
        for one in listed:
            with st.container(
                horizontal=True, vertical_alignment="center", gap="small", key=f"recipient-{one.id}"
            ):
                st.markdown(plain(f"{one.email}, {one.organisation}"), width="stretch")
                if st.button(
                    texts("meetings.remove"), icon=":material/close:", type="tertiary", key=f"gone-{one.id}"
                ):
                    written(partial(remove_recipient, database, viewer, one.id), texts)
        names = distinct({row.id: row.name for row in read_organisations(database, viewer)})
        with st.form(f"recipient-new-{len(listed)}", border=False):
            with st.container(horizontal=True, vertical_alignment="bottom"):
                email = st.text_input(texts("meetings.column_email"), max_chars=200)
                organisation = st.selectbox(
                    texts("meetings.column_organisation"), list(names), format_func=names.__getitem__
                )
            if st.form_submit_button(texts("meetings.add"), icon=":material/add:") and organisation:
                add = partial(
                    record_recipient, database, viewer, organisation_id=organisation, email=email or ""
                )
                written(add, texts)
