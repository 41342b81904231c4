"""What a page needs to know of the person before it: database, viewer, language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.linked.tickets import tickets
from dashboard.settings import settings
from dashboard.texts import LANGUAGES, Texts, texts
from data_access.batches import SourceSummary, read_sources
from data_access.database import Database, opened
from data_access.facts import Facts, facts
from data_access.frame import Frame, read_frame
from data_access.permissions import DEMO_VIEWER, Viewer

if TYPE_CHECKING:
    from dashboard.look import Mode

_LANGUAGE, _TICKET = "language", "ticket"


def database() -> Database:
    """The one database of this installation."""
    return opened(settings().database)


def viewer() -> Viewer:
    """Until accounts exist everybody is the same coordinator."""
    return DEMO_VIEWER


def ticket() -> str:
    """What the browser shows our routes; a new one when the last has run out."""
    held = st.session_state.get(_TICKET)
    if tickets.viewer_of(held) is None:
        st.session_state[_TICKET] = tickets.grant(viewer(), instead_of=held)
    return st.session_state[_TICKET]


def renew_ticket() -> None:
    """Grant a new ticket: the browser was refused with the one it has."""
    st.session_state[_TICKET] = tickets.grant(viewer(), instead_of=st.session_state.get(_TICKET))


def current_facts(area_set: int | None) -> Facts:
    """Facts for this viewer at the newest data version."""
    return facts(database(), viewer(), area_set)


def current_frame() -> Frame:
    """Districts, types and sources at the newest data version."""
    return read_frame(database(), viewer())


def sources() -> list[SourceSummary]:
    """What each source has delivered."""
    return read_sources(database(), viewer())


def current_texts() -> Texts:
    """Texts of the chosen language: the switch, else the address, else the setting."""
    asked = st.query_params.get("lang", "")
    first = asked if asked in LANGUAGES else settings().language
    return texts(st.session_state.setdefault(_LANGUAGE, first))


def mode() -> Mode:
    """Light or dark, as the browser shows the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def language_switch() -> None:
    """Two words, the current one marked; writes the choice before the page is drawn again."""
    current_texts()
    st.segmented_control(
        "Språk / Language",
        LANGUAGES,
        key=_LANGUAGE,
        format_func={"sv": "Svenska", "en": "English"}.__getitem__,
        label_visibility="collapsed",
        required=True,
    )
