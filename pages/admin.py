"""Administration: persons, organisations, types, settings, log."""

import streamlit as st

from dashboard.ui import (
    admin_categories,
    admin_log,
    admin_organisations,
    admin_people,
    admin_settings,
    header,
    state,
)

PARTS = {
    "people": admin_people,
    "organisations": admin_organisations,
    "categories": admin_categories,
    "settings": admin_settings,
    "log": admin_log,
}

texts = header.begin("admin")
st.title(texts("admin.title"))
shown = st.segmented_control(
    texts("admin.title"),
    list(PARTS),
    default="people",
    required=True,
    format_func=lambda name: texts(f"admin.part_{name}"),
    key="admin-part",
    label_visibility="collapsed",
)
PARTS[shown].draw(texts)
state.write_address(texts.language)
