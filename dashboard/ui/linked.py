"""The linked views of the explore page: one component that asks our own routes, and tells Python what was asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.linked.assets import bundle
from dashboard.linked.documents import mount_document
from dashboard.linked.routes import VIEWS_PATH
from dashboard.maps.explore import LAYERS, layers_for
from dashboard.ui import components, session, state
from data_access.permissions import Action, can

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.facts import Facts

NAME = "linked"
KEYS = {False: NAME, True: "linked-shown"}
"""On the shared screen it is another component, that never held what only the viewer is told."""


def draw(facts: Facts, texts: Texts, *, is_shown: bool = False) -> None:
    """Draw the component; what is chosen in it becomes the Selection, without a word back.

    `is_shown`: on the shared screen, larger; `facts` are then what a presenter is told.
    """
    key = KEYS[is_shown]
    components.component(NAME)(
        key=key,
        data=_told(facts, texts, is_shown=is_shown),
        on_asked_change=partial(_take, key),
        on_renew_change=partial(session.renew_ticket, is_shown=is_shown),
        on_exported_change=partial(_exported, key),
    )


def _told(facts: Facts, texts: Texts, *, is_shown: bool) -> dict[str, Any]:
    """The few values that the component is sent on every run; for all else it asks the routes."""
    mode, layer = session.mode(), state.layer()
    viewer = session.viewer().before_others() if is_shown else session.viewer()
    return {
        "script": bundle().path,
        "mount": mount_document(session.database(), viewer, facts, texts.language, mode).path,
        "views": VIEWS_PATH,
        "ticket": session.ticket(is_shown=is_shown),
        "lang": texts.language,
        "mode": mode,
        "query": state.selection().to_query(),
        "layer": layer if layer in layers_for(facts.sight) else LAYERS[0],
        "epoch": state.epoch(),
        "can_export": can(viewer, Action.EXPORT),
        "is_shown": is_shown,
        "words": {"loading": texts("linked.loading"), "server_away": texts("linked.server_away")},
    }


def _take(key: str) -> None:
    state.take(st.session_state[key].get("asked"))


def _exported(key: str) -> None:
    """Log a table or picture that was taken along in the browser."""
    session.log_export(st.session_state[key].get("exported"))
