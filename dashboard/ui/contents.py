"""The pages: one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.settings import ROOT
from dashboard.ui import session
from data_access.permissions import Action, can

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.permissions import Viewer

PAGES = {
    "explore": ("", ":material/explore:"),
    "meetings": ("moten", ":material/groups:"),
    "interventions": ("insatser", ":material/flag:"),
    "surveys": ("enkater", ":material/poll:"),
    "import_data": ("importera", ":material/upload_file:"),
    "about": ("om-siffrorna", ":material/fact_check:"),
    "admin": ("administration", ":material/admin_panel_settings:"),
}
ACTIONS = {
    "explore": Action.READ_INCIDENTS,
    "meetings": Action.READ_MEETINGS,
    "interventions": Action.READ_INCIDENTS,
    "surveys": Action.READ_SURVEYS,
    "import_data": Action.IMPORT_INCIDENTS,
    "about": Action.READ_INCIDENTS,
    "admin": Action.WRITE_MEMBERS,
}
"""What somebody must be allowed to do for a page to be theirs."""


def is_open(name: str, viewer: Viewer) -> bool:
    """Whether a page is open to the viewer."""
    return can(viewer, ACTIONS[name])


def pages(viewer: Viewer, texts: Texts) -> list[Any]:
    """The pages that are open to a viewer."""
    return [page(name, texts) for name in PAGES if is_open(name, viewer)]


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
    """Link to a page, for whom it is open."""
    if is_open(name, session.viewer()):
        st.page_link(page(name, texts), label=label, icon=PAGES[name][1])
