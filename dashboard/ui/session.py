"""What a page needs to know of the person before it: database, viewer, language."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard.entrance import LOCAL_SESSION
from dashboard.linked.tickets import tickets
from dashboard.settings import settings
from dashboard.texts import LANGUAGES, Texts, texts
from dashboard.wanted import BROWSER, wanted
from data_access import sessions
from data_access.batches import SourceSummary, read_sources
from data_access.changes import record_export
from data_access.database import Database, opened
from data_access.facts import Facts, facts
from data_access.frame import Frame, read_frame
from data_access.permissions import LOCAL_VIEWER, NotPermittedError, Viewer
from data_access.selection import Selection, SelectionError
from data_access.sessions import Identity, SignedIn, SignInError, signed_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.look import Mode

_LANGUAGE, _SESSION, _TAKEN = "language", "session", "question_taken"
_TICKETS = {False: "ticket", True: "ticket-shown"}


def database() -> Database:
    """The one database of this installation."""
    return opened(settings().database)


def person() -> SignedIn | None:
    """Who has signed in, as the tables say now; None in a trial without sign-in.

    Raises `SignInError`: out (nobody has), ended, waiting, blocked.
    """
    if not settings().has_sign_in:
        return None
    return signed_in(database(), _session_id())


def viewer() -> Viewer:
    """Who looks; whoever may not any more sees nothing further of the page."""
    try:
        return viewer_now()
    except SignInError:
        st.stop()


def viewer_now() -> Viewer:
    """Who looks, for what runs beside the page; raises `SignInError`."""
    found = person()
    return found.viewer if found else LOCAL_VIEWER


def viewer_later() -> Callable[[], Viewer]:
    """Who looks, for what is written when a file is asked for: outside of a run of the page nobody has signed in.

    Asked then, the tables say what the person is then; raises `SignInError`.
    """
    if not settings().has_sign_in:
        return viewer_now
    number = _session_id()
    return lambda: signed_in(database(), number).viewer


def ticket(*, is_shown: bool = False) -> str:
    """What the browser shows our routes, on the shared screen another; a new one when the last has run out."""
    held = st.session_state.get(_TICKETS[is_shown])
    if tickets.session_of(held) != _session_id():
        renew_ticket(is_shown=is_shown)
    return st.session_state[_TICKETS[is_shown]]


def renew_ticket(*, is_shown: bool = False) -> None:
    """Grant a new ticket: the browser was refused with the one it has. Who has no session gets none; the page then says why."""
    key = _TICKETS[is_shown]
    with suppress(SignInError):
        held = st.session_state.get(key)
        st.session_state[key] = tickets.grant(_session_id(), is_shown=is_shown, instead_of=held)


def look_as(membership_id: int) -> None:
    """Look as another of the things that the person is."""
    sessions.look_as(database(), _session_id(), membership_id)


def leave() -> None:
    """End the session here and in the browser: what was captured of it is worth nothing from now on."""
    found = _identity()
    if found is not None:
        sessions.sign_out(database(), found)
    st.logout()


def log_export(taken: Any) -> None:
    """Log what a view in the browser says was taken along of it; what makes no sense, or was not allowed, is left alone."""
    if not isinstance(taken, dict) or taken.get("kind") not in ("csv", "png"):
        return
    query = {str(name): str(value) for name, value in dict(taken.get("query") or {}).items()}
    rows = taken.get("rows")
    with suppress(SelectionError, SignInError, NotPermittedError):
        record_export(
            database(),
            viewer_now(),
            f"{taken['kind']}: {taken.get('title')}",
            Selection.from_query(query),
            rows if isinstance(rows, int) else 0,
        )


def keep_question() -> None:
    """Remember what the link asks that somebody opened who has to sign in first."""
    wanted.keep(_browser(), {name: value for name, value in st.query_params.items() if name != "lang"})


def take_up_question() -> None:
    """Ask, in the first run after signing in, what was asked before."""
    if st.session_state.get(_TAKEN) or not settings().has_sign_in:
        return
    st.session_state[_TAKEN] = True
    if found := wanted.take(_browser()):
        st.query_params.update(found)


def _browser() -> str:
    """A cookie that stays the same on the way to the identity provider and back."""
    return str(st.context.cookies.get(BROWSER) or "")


def _session_id() -> int:
    """The session of whoever has signed in; raises `SignInError`: out, ended."""
    if not settings().has_sign_in:
        return LOCAL_SESSION
    found = _identity()
    if found is None:
        raise SignInError("out")
    known = st.session_state.get(_SESSION)
    if known is None or known[0] != found.key_sha256:
        known = st.session_state[_SESSION] = (found.key_sha256, sessions.sign_in(database(), found))
    return known[1]


def _identity() -> Identity | None:
    """What the identity provider said, as Streamlit's signed cookie keeps it; nothing in it decides what may be seen."""
    claims: dict[str, Any] = st.user.to_dict()
    if not claims.get("is_logged_in"):
        return None
    name = claims.get("name") or claims.get("preferred_username") or claims.get("email") or ""
    return Identity(
        issuer=str(claims["iss"]),
        subject=str(claims["sub"]),
        nonce=str(claims.get("nonce") or claims.get("sid") or ""),
        issued_at=datetime.fromtimestamp(int(claims["iat"]), UTC),
        name=str(name),
        email=str(claims.get("email") or ""),
    )


def current_facts(area_set: int | None) -> Facts:
    """Facts for this viewer at the newest data version."""
    return facts(database(), viewer(), area_set)


def current_frame() -> Frame:
    """Districts, types and sources at the newest data version."""
    return read_frame(database(), viewer())


def today(known: Facts) -> date:
    """The day on the municipality's clock."""
    return datetime.now(ZoneInfo(known.frame.timezone)).date()


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
