"""What somebody may import: districts and incidents, or incidents only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.ui import import_areas, import_incidents, session
from data_access.permissions import Action, can

if TYPE_CHECKING:
    from dashboard.texts import Texts


def draw(texts: Texts) -> list[tuple[Any, Any]]:
    """Each part that is open to the viewer, with the tab that it is drawn in."""
    parts = {"import.areas": import_areas, "import.incidents": import_incidents}
    if not can(session.viewer(), Action.IMPORT_AREAS):
        del parts["import.areas"]
    tabs = st.tabs([texts(key) for key in parts], key="import-what", on_change="rerun")
    return list(zip(parts.values(), tabs, strict=True))
