"""Who has reported, and what stands out against what was to be expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts.flags import flags
from dashboard.meetings import minuted, week_words
from dashboard.reports.meeting_charts import weeks_chart
from dashboard.ui import session, show
from dashboard.ui.meeting_sight import facts_shown, is_then, weekly_of
from dashboard.ui.plain import plain
from data_access.selection import Period

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from dashboard.situation.meeting_words import Figure, MeetingWords
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.meetings import MeetingRecord


def draw(facts: Facts, record: MeetingRecord, texts: Texts, *, is_shown: bool) -> None:
    """Draw sources, key figures and flags, and the weeks before; a quiet week says so."""
    then = is_then(facts, record, texts)
    of = weekly_of(facts, record, is_shown=is_shown, is_then=then)
    said, say = week_words(of, texts), texts
    if then and record.minutes and not is_shown:
        said, say = _minuted(said, record.minutes, texts)
    now = week_words(weekly_of(facts, record, is_shown=is_shown), say) if then else said
    left, right = st.columns((2, 3), gap="large")
    with left:
        st.subheader(texts("meeting_report.figures"), anchor=False)
        _figures(said.figures, now.figures, texts)
        st.subheader(texts("meeting_report.reporters"), anchor=False)
        st.markdown("\n".join(f"- **{plain(one.name)}**: {plain(one.words)}" for one in said.reporters))
    with right:
        st.subheader(texts("meeting_report.flags"), anchor=False)
        if said.flags:
            st.markdown("\n".join(f"- {plain(sentence)}" for sentence in said.flags))
        if said.quiet:
            st.info(plain(said.quiet), icon=":material/info:")
        if of.flags:
            show.chart(flags(of, texts, mode=session.mode()), "meeting-flags", texts)
        _nearest(said.nearest, texts)
        for remark in said.remarks:
            st.caption(plain(remark))
    seen = facts_shown(facts, record, is_shown=is_shown, is_then=then)
    weeks = weeks_chart(seen, Period(record.first_day, record.last_day), texts, mode=session.mode())
    if weeks:
        show.chart(weeks, "meeting-weeks", texts)


def _minuted(said: MeetingWords, minutes: Mapping[str, Any], texts: Texts) -> tuple[MeetingWords, Texts]:
    """What the minutes say, in their language: they stay although incidents are taken out; `said` where they hold no words."""
    words, say = minuted(minutes, texts)
    return (words, say) if words.language else (said, texts)


def _figures(figures: tuple[Figure, ...], now: tuple[Figure, ...], texts: Texts) -> None:
    """Two beside each other, with what is known now where that is another number; one not told is said in words below a dash."""
    today = {one.label: one.value for one in now}
    for first in range(0, len(figures), 2):
        for column, one in zip(st.columns(2), figures[first : first + 2], strict=False):
            is_told = one.value[:1].isdigit()
            said = [one.comparison] if is_told else [one.value, one.comparison]
            if today.get(one.label, one.value) != one.value:
                said.append(texts("meetings.today", value=today[one.label]))
            with column, st.container(border=True, gap="xxsmall"):
                st.markdown(f"**{plain(one.label)}**")
                st.metric(one.label, one.value if is_told else "\u2013", label_visibility="collapsed")
                st.caption(plain(". ".join(part for part in said if part)))


def _nearest(sentences: tuple[str, ...], texts: Texts) -> None:
    if sentences:
        worth, *each = sentences
        st.markdown(f"**{texts('meeting_report.nearest')}**")
        st.caption(plain(worth))
        st.markdown("\n".join(f"- {plain(one)}" for one in each))
