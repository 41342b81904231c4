"""Who one is here, in the top line: name and role, other roles to look as, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui import session, state
from dashboard.ui.plain import plain

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.sessions import Hat, SignedIn


def draw(person: SignedIn | None, texts: Texts) -> None:
    """Draw the chip; in a trial it says that nobody signs in here."""
    if person is None:
        with st.popover(texts("account.local"), icon=":material/lock_open:", key="account-local"):
            st.markdown(texts("account.local_help"))
        return
    with st.popover(plain(person.viewer.name), icon=":material/person:", key="account-person"):
        st.markdown(plain(_said(person.hat, texts)))
        if person.viewer.areas is not None:
            codes = sorted(area.code for area in person.viewer.areas)
            st.caption(plain(texts("account.areas", areas=", ".join(codes))))
        for hat in person.hats:
            if hat != person.hat:
                _other(hat, texts)
        st.button(texts("account.sign_out"), icon=":material/logout:", on_click=session.leave, key="sign-out")


def _other(hat: Hat, texts: Texts) -> None:
    label = plain(texts("account.look_as", role=_said(hat, texts)))
    if st.button(label, icon=":material/swap_horiz:", key=f"look-as-{hat.membership_id}"):
        session.look_as(hat.membership_id)
        state.forget()
        st.rerun()


def _said(hat: Hat, texts: Texts) -> str:
    return texts("account.role_in", role=texts(f"role.{hat.role}"), organisation=hat.organisation)
