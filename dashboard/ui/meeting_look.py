"""Who has reported, and what stands out against what was to be expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts.flags import flags
from dashboard.meetings import week_words
from dashboard.ui import session, show
from dashboard.ui.meeting_sight import weekly_of
from dashboard.ui.plain import plain

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.meetings import MeetingRecord


def draw(facts: Facts, record: MeetingRecord, texts: Texts, *, is_shown: bool) -> None:
    """Draw sources, key figures and flags; a quiet week says so."""
    of = weekly_of(facts, record, is_shown=is_shown)
    said = week_words(of, texts)
    left, right = st.columns((2, 3), gap="large")
    with left:
        st.subheader(texts("meeting_report.reporters"), anchor=False)
        for one in said.reporters:
            st.markdown(f"**{plain(one.name)}**: {plain(one.words)}")
        st.subheader(texts("meeting_report.figures"), anchor=False)
        for one in said.figures:
            st.markdown(f"**{plain(one.label)}**: {plain(one.value)}. {plain(one.comparison)}")
    with right:
        st.subheader(texts("meeting_report.flags"), anchor=False)
        for sentence in said.flags:
            st.markdown(f"- {plain(sentence)}")
        if said.quiet:
            st.info(plain(said.quiet), icon=":material/info:")
        if of.flags:
            show.chart(flags(of, texts, mode=session.mode()), "meeting-flags", texts)
        _nearest(said.nearest, texts)
        for remark in said.remarks:
            st.caption(plain(remark))


def _nearest(sentences: tuple[str, ...], texts: Texts) -> None:
    if sentences:
        worth, *each = sentences
        st.markdown(f"**{texts('meeting_report.nearest')}**")
        st.caption(plain(worth))
        st.markdown("\n".join(f"- {plain(one)}" for one in each))
