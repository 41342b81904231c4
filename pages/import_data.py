"""Import districts and incidents from files."""

import streamlit as st

from dashboard.ui import header, import_history, import_tabs, sample_notice, state

texts = header.begin("import_data")
st.title(texts("import.title"))
with st.container():
    sample_notice.draw(texts)
for part, tab in import_tabs.draw(texts):
    with tab:
        part.draw(texts)
import_history.draw(texts)
state.write_address(texts.language)
