"""Where things stand on the page: map left, views right, time below; stacked on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def map_and_views() -> list[DeltaGenerator]:
    """Two columns: the map and the views beside it."""
    return st.columns([53, 47], gap="small")


def halves() -> list[DeltaGenerator]:
    """Two equal columns."""
    return st.columns(2, gap="small")


def wide_and_narrow() -> list[DeltaGenerator]:
    """Two columns: time, and who reported."""
    return st.columns([70, 30], gap="small")
