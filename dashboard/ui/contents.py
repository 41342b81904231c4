"""The pages: one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.settings import ROOT

if TYPE_CHECKING:
    from dashboard.texts import Texts

PAGES = {
    "explore": ("", ":material/explore:"),
    "import_data": ("importera", ":material/upload_file:"),
    "about": ("om-siffrorna", ":material/fact_check:"),
}


def page(name: str, texts: Texts) -> Any:
    """A page of the navigation; the one without a path of its own is where one arrives."""
    path, icon = PAGES[name]
    return st.Page(
        ROOT / "pages" / f"{name}.py",
        title=texts(f"page.{name}"),
        url_path=path or None,
        icon=icon,
        default=not path,
    )


def link(name: str, label: str, texts: Texts) -> None:
    """Link to a page."""
    st.page_link(page(name, texts), label=label, icon=PAGES[name][1])
