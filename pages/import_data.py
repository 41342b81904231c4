"""Import districts and incidents from files."""

import streamlit as st

from dashboard.ui import header, import_areas, import_history, import_incidents, sample_notice, state

texts = header.begin("import_data")
st.title(texts("import.title"))
with st.container():
    sample_notice.draw(texts)
areas, incidents = st.tabs(
    [texts("import.areas"), texts("import.incidents")], key="import-what", on_change="rerun"
)
with areas:
    import_areas.draw(texts)
with incidents:
    import_incidents.draw(texts)
import_history.draw(texts)
state.write_address(texts.language)
