"""What whoever has no access sees: the way in, or whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui import session
from dashboard.ui.plain import plain

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.sessions import SignInError


def draw(problem: SignInError, texts: Texts) -> None:
    """Draw the card; `problem` says why there is no access."""
    reason = problem.reason
    with st.container(border=True, key="sign-in", width=560):
        st.title("Samsyn")
        st.markdown(texts("sign_in.about"))
        if reason in ("waiting", "blocked"):
            st.warning(
                plain(texts(f"sign_in.{reason}", **problem.parameters)), icon=":material/hourglass_top:"
            )
            contact = problem.parameters["contact"]
            st.markdown(
                plain(texts("sign_in.ask", contact=contact) if contact else texts("sign_in.ask_anybody"))
            )
            st.button(
                texts("account.sign_out"), icon=":material/logout:", on_click=session.leave, key="sign-out"
            )
            return
        if reason == "ended":
            st.info(texts("sign_in.ended"), icon=":material/schedule:")
        st.button(
            texts("sign_in.go"), type="primary", icon=":material/login:", on_click=st.login, key="sign-in-go"
        )
