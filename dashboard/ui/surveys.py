"""The page of surveys: which wave, where and of whom; and four ways to look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui import (
    session,
    survey_findings,
    survey_help,
    survey_publish,
    survey_risks,
    survey_safety,
    survey_together,
)
from data_access.permissions import Action, can
from data_access.surveys.door import read_waves

if TYPE_CHECKING:
    from dashboard.texts import Texts

PARTS = {
    "risks": survey_risks,
    "help": survey_help,
    "safety": survey_safety,
    "together": survey_together,
    "findings": survey_findings,
    "publish": survey_publish,
}
_PART = "survey-part"


def draw(texts: Texts) -> None:
    """Draw the part that is chosen; without any wave, what to do."""
    viewer = session.viewer()
    waves = read_waves(session.database(), viewer)
    may_publish = can(viewer, Action.WRITE_SURVEYS)
    st.title(texts("surveys.title"))
    names = [name for name in PARTS if name != "publish" or may_publish]
    shown = st.segmented_control(
        texts("surveys.title"), names, default="risks", required=True,
        format_func=lambda name: texts(f"surveys.part_{name}"), key=_PART, label_visibility="collapsed",
    )  # fmt: skip
    if not waves and shown not in ("publish", "findings"):
        with st.container(border=True, key="no-surveys"):
            st.subheader(texts("surveys.empty_title"))
            st.markdown(texts("surveys.empty_body" if may_publish else "surveys.empty_body_reader"))
        return
    PARTS[shown].draw(waves, texts)
