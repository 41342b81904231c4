"""The application: the frame around every page."""

import streamlit as st

from dashboard.settings import ROOT
from dashboard.ui import contents, session, style

texts = session.current_texts()
st.set_page_config(
    page_title="Samsyn", page_icon=str(ROOT / "dashboard" / "assets" / "samsyn.svg"), layout="wide"
)
with st.container(key="unseen"):
    style.apply(texts)
page = st.navigation([contents.page(name, texts) for name in contents.PAGES], position="top")
with st.container(key="language-switch"):
    session.language_switch()
page.run()
