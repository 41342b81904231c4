"""Where things stand on the explore page: map left, views right, time below; one column in reading order on a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


@dataclass(frozen=True)
class Places:
    """A container per view."""

    figures: DeltaGenerator
    map: DeltaGenerator
    trend: DeltaGenerator
    hours: DeltaGenerator
    categories: DeltaGenerator
    areas: DeltaGenerator
    sources: DeltaGenerator
    police_reported: DeltaGenerator
    kinds: DeltaGenerator


def explore(*, is_narrow: bool) -> Places:
    """Make the containers."""
    return _stacked() if is_narrow else _wide()


def _stacked() -> Places:
    return Places(*(st.container(gap="small") for _ in range(9)))


def _wide() -> Places:
    left, right = st.columns([54, 46], gap="small")
    with right:
        figures, hours = st.container(), st.container()
        categories, areas = st.columns(2, gap="small")
    trend = st.container()
    sources, police_reported, kinds = st.columns(3, gap="small")
    return Places(figures, left, trend, hours, categories, areas, sources, police_reported, kinds)
