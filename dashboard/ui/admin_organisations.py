"""Organisations that report or carry something out: which there are, a new one, another name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.ui import session
from dashboard.ui.choices import distinct
from dashboard.ui.writing import written
from data_access.administration import OrganisationRow, read_organisations
from data_access.changes import record_organisation
from data_access.models.organisation import ORGANISATION_KINDS

if TYPE_CHECKING:
    from dashboard.texts import Texts

_NEW = 0


def draw(texts: Texts) -> None:
    """Draw the list and a form for one of them, or a new one."""
    rows = read_organisations(session.database(), session.viewer())
    table = [(row.name, texts(f"organisation.{row.kind}"), texts.number(row.incidents)) for row in rows]
    columns = [texts("admin.organisation"), texts("admin.kind"), texts("admin.incidents")]
    st.dataframe(pd.DataFrame(table, columns=columns), hide_index=True, key="organisations-table")
    by_id = {row.id: row for row in rows}
    names = distinct({_NEW: texts("admin.new_organisation")} | {row.id: row.name for row in rows})
    chosen = st.selectbox(
        texts("admin.change_organisation"),
        list(names),
        format_func=names.__getitem__,
        key="organisation",
        width=420,
    )
    _form(by_id.get(chosen), texts)


def _form(row: OrganisationRow | None, texts: Texts) -> None:
    number = row.id if row else None
    with st.form(f"organisation-{number}", border=True):
        name = st.text_input(texts("admin.name"), value=row.name if row else "", max_chars=120)
        kind = st.selectbox(
            texts("admin.kind"),
            ORGANISATION_KINDS,
            index=ORGANISATION_KINDS.index(row.kind if row else "other"),
            format_func=lambda key: texts(f"organisation.{key}"),
        )
        if st.form_submit_button(texts("admin.store"), type="primary", icon=":material/save:"):
            database, viewer = session.database(), session.viewer()
            written(
                lambda: record_organisation(database, viewer, name=name, kind=kind, organisation_id=number),
                texts,
            )
