"""The application: the frame around every page."""

from functools import partial

import streamlit as st

from dashboard.settings import ROOT
from dashboard.ui import account, contents, page_language, session, sign_in, style
from data_access.sessions import SignInError

texts = session.current_texts()
st.set_page_config(
    page_title="Samsyn", page_icon=str(ROOT / "dashboard" / "assets" / "samsyn.svg"), layout="wide"
)
with st.container(key="unseen"):
    style.apply(texts)
    page_language.draw(texts)
try:
    person = session.person()
except SignInError as problem:
    session.keep_question()
    page = st.navigation([st.Page(partial(sign_in.draw, problem, texts), title="Samsyn")], position="hidden")
else:
    session.take_up_question()
    page = st.navigation(contents.pages(session.viewer(), texts), position="top")
    with st.container(key="account"):
        account.draw(person, texts)
with st.container(key="language-switch"):
    session.language_switch()
page.run()
