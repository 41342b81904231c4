"""What somebody saw when they pressed: what others have written since is neither overwritten nor lost without a word.

A page is drawn anew at every press, from what is stored by then; whoever writes has to ask for the version that stood on the
screen before, and what was typed has to stay there when that is another one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from dashboard.ui.writing import writes

if TYPE_CHECKING:
    from collections.abc import Hashable

    from dashboard.texts import Texts

T = TypeVar("T")


def pressed(name: str, version: int) -> int:
    """The version that a button stood beside when it was pressed: the one of the last time that it was drawn."""
    before = st.session_state.get(f"seen-{name}", version)
    st.session_state[f"seen-{name}"] = version
    return before


@dataclass(frozen=True)
class _Held:
    """What a form was opened with: its version, what else it began with, and how often the person had written when last drawn."""

    found: Any
    version: Hashable
    basis: str
    writes: int
    key: str


def held(
    name: str, found: T, version: Hashable, texts: Texts, *, basis: str = "", field: str = "text"
) -> tuple[T, str]:
    """What a form was opened with, and its key; one of its fields is to have that key with a hyphen and `field` after it.

    Both stay as long as the form is on the screen, also when somebody else has written another version meanwhile: that is said
    above it, with a button to see it. Another version that the person wrote renews them, and so does another `basis`: what they
    chose elsewhere, and the form begins with.
    """
    place = f"held-{name}"
    kept: _Held | None = st.session_state.get(place)
    if kept is None or not _is_valid(kept, version, basis, field):
        kept = _Held(found, version, basis, writes(), "-".join(map(str, (name, version, writes(), basis))))
    elif kept.version == version:
        kept = replace(kept, writes=writes())
    else:
        changed(texts("seen.changed"), place, texts)
    st.session_state[place] = kept
    return kept.found, kept.key


def _is_valid(kept: _Held, version: Hashable, basis: str, field: str) -> bool:
    """Whether the form is still on the screen, and nothing that the person did asks for another one."""
    is_same = kept.basis == basis if kept.version == version else kept.writes == writes()
    return is_same and f"{kept.key}-{field}" in st.session_state


def changed(said: str, place: str, texts: Texts) -> None:
    """Say that what is on the screen is not what is stored, with a button to see that: it forgets what is kept at a place."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"changed-{place}"):
        st.warning(said, icon=":material/sync_problem:")
        st.button(
            texts("seen.renew"), help=texts("seen.renew_help"), icon=":material/sync:", key=f"renew-{place}",
            on_click=st.session_state.pop, args=(place, None),
        )  # fmt: skip
