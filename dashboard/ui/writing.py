"""Writing from a page: what the database refuses is said in words, and nothing of it is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.refusals import REFUSED, in_words
from dashboard.ui.plain import plain
from data_access.permissions import NotPermittedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.texts import Texts

_WRITES = "writes"


def is_written(write: Callable[[], object], texts: Texts) -> bool:
    """Write; False when it was refused, which is then shown where the page is."""
    problem = refusal(write, texts)
    if problem:
        st.error(plain(problem), icon=":material/block:")
    return not problem


def written(write: Callable[[], object], texts: Texts) -> None:
    """Write, say so, and draw the page anew with what is stored now."""
    if is_written(write, texts):
        st.toast(texts("admin.stored"), icon=":material/check:")
        st.rerun()


def refusal(write: Callable[[], object], texts: Texts) -> str:
    """Write; why it was refused, in words, or nothing."""
    try:
        write()
        st.session_state[_WRITES] = writes() + 1
    except REFUSED as error:
        return in_words(error, texts)
    except NotPermittedError:
        return texts("ui.not_permitted")
    return ""


def writes() -> int:
    """How often the person has written anything in this session."""
    return st.session_state.get(_WRITES, 0)


def is_sure(label: str, question: str, texts: Texts, *, key: str) -> bool:
    """A button that asks before something is removed; whether the answer was yes."""
    with st.popover(label, icon=":material/delete:"):
        st.markdown(question)
        return st.button(texts("admin.remove_yes"), key=key)
