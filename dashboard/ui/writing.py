"""Writing from a page: what the database refuses is said in words, and nothing of it is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui.plain import plain
from data_access.changes import EntryError
from data_access.database import DatabaseError
from data_access.importers.errors import ImportRefused
from data_access.permissions import NotPermittedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.texts import Texts


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
    except EntryError as error:
        return texts(f"entry.{error.reason}", **error.parameters)
    except ImportRefused as error:
        return texts(f"reason.{error.reason}", **error.parameters)
    except DatabaseError as error:
        return texts(f"database.{error.reason}", **error.parameters)
    except NotPermittedError:
        return texts("ui.not_permitted")
    return ""
