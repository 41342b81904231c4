"""The line under the views that says what the records lack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.situation.quality import gaps

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.facts import Facts


def draw(facts: Facts, texts: Texts) -> None:
    """Draw one line of gaps; nothing where nothing is missing."""
    sentences = [
        texts(f"quality.{gap.name}", count=gap.count, share=texts.percent(gap.share, 1))
        for gap in gaps(facts)
    ]
    if sentences:
        st.caption(f"**{texts('quality.title')}** " + " \u00b7 ".join(sentences))
