"""Table of contents: one line per page."""

import streamlit as st

from dashboard.settings import ROOT
from dashboard.ui import session, style

texts = session.current_texts()
st.set_page_config(page_title="Samsyn", page_icon=str(ROOT / "dashboard" / "assets" / "samsyn.svg"), layout="wide")
style.apply()

PAGES = [
    ("explore", "", ":material/explore:"),
    ("import_data", "importera", ":material/upload_file:"),
    ("about", "om-siffrorna", ":material/fact_check:"),
]
page = st.navigation(
    [
        st.Page(
            ROOT / "pages" / f"{name}.py",
            title=texts(f"page.{name}"),
            url_path=path or None,
            icon=icon,
            default=not path,
        )
        for name, path, icon in PAGES
    ],
    position="top",
)
with st.container(key="language-switch"):
    session.language_switch()
page.run()
