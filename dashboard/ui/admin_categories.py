"""The catalogue of types: names, groups, sensitivity, what is hidden, and what each organisation calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.ui import session
from dashboard.ui.choices import distinct
from dashboard.ui.writing import written
from data_access.administration import (
    CategoryRow,
    GroupRow,
    read_categories,
    read_groups,
    read_organisations,
    read_own_codes,
)
from data_access.changes import CategoryEntry, map_own_code, record_category
from data_access.models.category import CATEGORY_KINDS

if TYPE_CHECKING:
    from dashboard.texts import Texts

_NEW = ""
_SENSITIVITIES = (0, 1, 2)


def draw(texts: Texts) -> None:
    """Draw the catalogue, a form for one type, and the own codes."""
    database, viewer = session.database(), session.viewer()
    rows, groups = read_categories(database, viewer), read_groups(database, viewer)
    st.dataframe(_table(rows, groups, texts), hide_index=True, height=330, key="categories-table")
    by_code = {row.code: row for row in rows}
    names = {row.code: texts.name(row) for row in rows}
    choices = distinct({_NEW: texts("admin.new_category")} | names)
    chosen = st.selectbox(
        texts("admin.change_category"),
        list(choices),
        format_func=choices.__getitem__,
        key="category",
        width=420,
    )
    _form(by_code.get(chosen), groups, texts)
    st.subheader(texts("admin.own_codes"))
    _own_codes(names, texts)


def _table(rows: list[CategoryRow], groups: list[GroupRow], texts: Texts) -> pd.DataFrame:
    names = {group.code: texts.name(group) for group in groups}
    found = [
        (
            texts.name(row),
            names[row.group],
            texts(f"explore.kind_{row.kind}"),
            texts(f"admin.sensitivity_{row.sensitivity}"),
            texts("chart.yes" if row.is_hidden else "chart.no"),
            texts.number(row.incidents),
            row.code,
        )
        for row in rows
    ]
    headers = ("name", "group", "category_kind", "sensitivity", "hidden", "incidents", "code")
    return pd.DataFrame(found, columns=[texts(f"admin.{name}") for name in headers])


def _form(row: CategoryRow | None, groups: list[GroupRow], texts: Texts) -> None:
    names = distinct({group.code: texts.name(group) for group in groups})
    with st.form(f"category-{row.code if row else ''}", border=True):
        with st.container(horizontal=True):
            code = (
                row.code
                if row
                else st.text_input(texts("admin.code"), help=texts("admin.code_help"), max_chars=40)
            )
            swedish = st.text_input(texts("admin.name_sv"), value=row.name_sv if row else "", max_chars=120)
            english = st.text_input(texts("admin.name_en"), value=row.name_en if row else "", max_chars=120)
        with st.container(horizontal=True):
            group = st.selectbox(
                texts("admin.group"),
                list(names),
                index=list(names).index(row.group) if row else 0,
                format_func=names.__getitem__,
            )
            kind = st.selectbox(
                texts("admin.category_kind"), CATEGORY_KINDS, index=CATEGORY_KINDS.index(row.kind) if row else 0,
                format_func=lambda key: texts(f"explore.kind_{key}"),
            )  # fmt: skip
            sensitivity = st.selectbox(
                texts("admin.sensitivity"), _SENSITIVITIES, index=row.sensitivity if row else len(_SENSITIVITIES) - 1,
                format_func=lambda key: texts(f"admin.sensitivity_{key}"),
            )  # fmt: skip
        is_hidden = st.checkbox(
            texts("admin.hide"), value=row.is_hidden if row else False, help=texts("admin.hide_help")
        )
        if st.form_submit_button(texts("admin.store"), type="primary", icon=":material/save:"):
            entry = CategoryEntry(swedish, english, group, kind, sensitivity, is_hidden)
            written(lambda: record_category(session.database(), session.viewer(), code, entry), texts)


def _own_codes(names: dict[str, str], texts: Texts) -> None:
    database, viewer = session.database(), session.viewer()
    known = [
        (one.organisation, one.own_code, names.get(one.code or "", ""))
        for one in read_own_codes(database, viewer)
    ]
    headers = [texts("admin.organisation"), texts("admin.own_code"), texts("admin.means")]
    st.dataframe(pd.DataFrame(known, columns=headers), hide_index=True, height=260, key="own-codes-table")
    choices = distinct({_NEW: texts("admin.forget_code")} | names)
    owners = {one.id: one.name for one in read_organisations(database, viewer)}
    if not owners:
        return
    with st.form("own-code", border=True):
        with st.container(horizontal=True):
            owner = st.selectbox(texts("admin.organisation"), list(owners), format_func=owners.__getitem__)
            own = st.text_input(texts("admin.own_code"), max_chars=120)
            code = st.selectbox(texts("admin.means"), list(choices), format_func=choices.__getitem__)
        if st.form_submit_button(texts("admin.store"), icon=":material/save:"):
            written(
                lambda: map_own_code(
                    database, viewer, organisation_id=owner, own_code=own, code=code or None
                ),
                texts,
            )
