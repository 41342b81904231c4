"""The linked views of the explore page: one component that asks our own routes, and tells Python what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.linked.assets import bundle
from dashboard.linked.documents import mount_document
from dashboard.linked.routes import VIEWS_PATH
from dashboard.ui import components, session, state
from data_access.permissions import Action, can

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.facts import Facts

KEY = "linked"


def draw(facts: Facts, texts: Texts) -> None:
    """Draw the component; what is chosen in it becomes the Selection, without a word back."""
    mode = session.mode()
    mount = mount_document(session.database(), session.viewer(), facts, texts.language, mode)
    data: dict[str, Any] = {
        "script": bundle().path,
        "mount": mount.path,
        "views": VIEWS_PATH,
        "ticket": session.ticket(),
        "lang": texts.language,
        "mode": mode,
        "query": state.selection().to_query(),
        "layer": state.layer(),
        "epoch": state.epoch(),
        "can_export": can(session.viewer(), Action.EXPORT),
        "words": {"loading": texts("linked.loading"), "server_away": texts("linked.server_away")},
    }
    views = components.component(KEY)
    views(
        key=KEY,
        data=data,
        on_asked_change=_take,
        on_renew_change=session.renew_ticket,
        on_exported_change=_exported,
    )


def _take() -> None:
    state.take(st.session_state[KEY].get("asked"))


def _exported() -> None:
    """Log a table or picture that was taken along in the browser."""
    session.log_export(st.session_state[KEY].get("exported"))
