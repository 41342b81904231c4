"""Importing incidents: who sends, which file, how it is read, what is refused; then store it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.situation import remarks
from dashboard.ui import contents, import_mapping, import_refused, session
from dashboard.ui.plain import plain
from data_access.changes import EntryError
from data_access.import_reports import IncidentsReport, said
from data_access.importers.errors import ImportRefused
from data_access.imports import import_incidents, preview_incidents
from data_access.permissions import Action, can, can_import_for

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.importers.incidents import Preview
    from data_access.importers.mapping import Mapping

_TYPES = ["csv", "tsv", "txt", "gz", "xlsx", "xls", "ods", "json"]
_REPORT = "import_report"


def draw(texts: Texts) -> None:
    """Draw the form."""
    st.markdown(texts("import.incidents_help"))
    organisation = _organisation(texts)
    file = st.file_uploader(texts("import.incidents_file"), type=_TYPES, key="incidents-file")
    if file is None or not organisation:
        return
    source = (file.getvalue(), file.name)
    mark = hashlib.sha256(source[0] + organisation.encode()).hexdigest()[:12]
    try:
        preview, mapping = _read(source, organisation, mark, texts)
    except ImportRefused as refused:
        st.error(plain(texts(f"reason.{refused.reason}", **refused.parameters)), icon=":material/block:")
        return
    except EntryError as refused:
        st.error(plain(texts(f"entry.{refused.reason}", **refused.parameters)), icon=":material/block:")
        return
    if preview.parsed is not None:
        _store(source, organisation, mapping, preview, texts, mark)


def _organisation(texts: Texts) -> str | None:
    """Who sends: any organisation, or a new one, for whom it may be; else one's own."""
    viewer = session.viewer()
    is_free = can(viewer, Action.ACT_FOR_OTHERS)
    names = [source.name for source in session.current_frame().sources if can_import_for(viewer, source.id)]
    return st.selectbox(
        texts("import.organisation"),
        names,
        index=None if is_free else 0,
        accept_new_options=is_free,
        placeholder=texts("import.organisation_hint"),
        key="incidents-organisation",
        width=420,
    )


def _read(source: tuple[bytes, str], organisation: str, mark: str, texts: Texts) -> tuple[Preview, Mapping]:
    """Preview, corrected by what the person has chosen below it."""
    database, viewer = session.database(), session.viewer()
    with st.spinner(texts("reading.step_reading")):
        first = preview_incidents(database, viewer, source, organisation=organisation)
    mapping = import_mapping.draw(first, texts, mark)
    with st.spinner(texts("reading.step_checking")):
        preview = preview_incidents(database, viewer, source, organisation=organisation, mapping=mapping)
    mapping = import_mapping.codes(preview, mapping, session.current_frame().categories, texts, mark)
    _show(preview, texts)
    return preview, mapping


def _show(preview: Preview, texts: Texts) -> None:
    if preview.problem is not None:
        st.error(
            plain(texts(f"reason.{preview.problem.reason}", **preview.problem.parameters)),
            icon=":material/block:",
        )
    with st.expander(texts("import.how_read"), expanded=True, icon=":material/visibility:"):
        for remark in said(preview.guesses, preview.warnings):
            icon = ":material/info:" if remark.table == "reading" else ":material/warning:"
            st.markdown(f"{icon} {plain(remarks.sentence(remark, texts))}")
    if preview.parsed is None:
        return
    shown = preview.shown.rename(columns=_headers(preview, texts))
    st.caption(texts("import.first_rows", shown=len(shown), total=preview.rows_read))
    st.dataframe(shown, hide_index=True)


def _headers(preview: Preview, texts: Texts) -> dict[str, str]:
    return {
        name: texts(f"reading.column_{name}")
        for name in preview.shown.columns
        if texts.has(f"reading.column_{name}")
    }


def _store(
    source: tuple[bytes, str], organisation: str, mapping: Mapping, preview: Preview, texts: Texts, mark: str
) -> None:
    good = preview.rows_read - len(preview.refused)
    import_refused.draw(preview.refused, texts)
    if st.button(
        texts("import.store_incidents", count=good),
        type="primary",
        icon=":material/save:",
        key=f"store-{mark}",
        disabled=not good,
    ):
        bar = st.progress(0.0, texts("reading.step_reading"))

        def show(share: float, step: str) -> None:
            bar.progress(min(share, 1.0), texts(f"reading.step_{step}"))

        report = import_incidents(
            session.database(),
            session.viewer(),
            source,
            organisation=organisation,
            mapping=mapping,
            progress=show,
        )
        bar.empty()
        st.session_state[_REPORT] = (mark, report)
    known = st.session_state.get(_REPORT)
    if known and known[0] == mark:
        _result(known[1], texts)


def _result(report: IncidentsReport, texts: Texts) -> None:
    st.success(plain(texts("cli.incidents_imported", **report.numbers())), icon=":material/check:")
    contents.link("explore", texts("import.see"), texts)
