"""Perceived safety: the index and its parts, where it is worst, what has changed, and where it is felt but not reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts.indicator_change import indicator_change
from dashboard.charts.indicators import indicators
from dashboard.charts.safety import safety
from dashboard.maps.gap import gap_map
from dashboard.situation.finding_drafts import gap_draft
from dashboard.situation.survey import rates
from dashboard.situation.survey_gap import SOURCES, gaps
from dashboard.ui import finding_keep, session, show, state, survey_map
from dashboard.ui.survey_choice import beside, choose
from dashboard.ui.survey_together import of_what

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.situation.survey_gap import Gaps, Pair
    from dashboard.texts import Texts
    from dashboard.ui.survey_choice import Choice
    from data_access.surveys.told import Indicator, Wave

PAIRS: tuple[Pair, ...] = (
    (SOURCES[0], SOURCES[1]),
    (SOURCES[0], SOURCES[2]),
    (SOURCES[1], SOURCES[2]),
)

SHARES = ("unsafe", "worry", "effect", "victim", "trust")
"""Blocks of the survey that have questions told as shares."""


def draw(waves: Iterable[Wave], texts: Texts) -> None:
    """Draw index and shares, the map of one item, and the gap map."""
    chosen = choose(waves, "safety", texts)
    if chosen is None:
        return
    mode, release = session.mode(), chosen.release
    left, right = beside(chosen, is_map_only=True)
    with left:
        index = safety(release, texts, among=chosen.among, earlier=chosen.earlier, mode=mode)
        show.chart(index, "survey-safety", texts)
        _shares(chosen, texts)
    if chosen.has_areas:
        with right:
            _maps(chosen, texts)


def _shares(chosen: Choice, texts: Texts) -> None:
    """Questions told as shares, and what has changed in them."""
    shares = indicators(
        chosen.release,
        texts,
        among=chosen.among,
        earlier=chosen.earlier if chosen.among.area is None else None,
        polarity=None,
        levels=SHARES,
        mode=session.mode(),
    )
    show.chart(shares, "survey-safety-shares", texts)
    if chosen.earlier is not None:
        change = indicator_change(
            chosen.release,
            chosen.earlier,
            texts,
            among=chosen.among,
            polarity=None,
            levels=SHARES,
            mode=session.mode(),
        )
        show.chart(change, "survey-safety-change", texts)


def _maps(chosen: Choice, texts: Texts) -> None:
    items = [one for one in chosen.release.indicators if "index" in one.measures]
    if items:
        _gap(chosen, survey_map.draw(chosen, items, "index", "index", texts), texts)


def _gap(chosen: Choice, indicator: Indicator, texts: Texts) -> None:
    pair = st.selectbox(
        texts("surveys.gap"),
        PAIRS,
        format_func=lambda one: texts(f"surveys.gap_{one[0]}_{one[1]}"),
        key="survey-gap",
    )
    st.caption(of_what(chosen.facts, texts))
    of = rates(chosen.facts, state.selection())
    found = gaps(
        chosen.release, indicator, of.reported, of.police_reported, between=pair, group=chosen.among,
        limits={"reported": of.reported_limits, "police_reported": of.police_reported_limits},
    )  # fmt: skip
    drawn = gap_map(
        chosen.release, indicator, found, chosen.districts, texts, chosen=chosen.chosen, mode=session.mode()
    )
    show.chart(drawn, "survey-gap", texts, pick=chosen.pick)
    if finding_keep.may_keep() and found.standing_out():
        _keep(chosen, indicator, found, texts)


def _keep(chosen: Choice, indicator: Indicator, found: Gaps, texts: Texts) -> None:
    """Choose one of the districts that stand out, and keep it as a finding."""
    names = {area.code: area.name for area in chosen.release.areas}
    with st.container(horizontal=True, vertical_alignment="bottom", key="gap-keep"):
        code = st.selectbox(
            texts("findings.stands_out"), found.standing_out(), format_func=names.__getitem__,
            key=f"gap-keep-{'-'.join(found.between)}", width=260,
        )  # fmt: skip
        if code is not None:
            draft = gap_draft(chosen.release, found, indicator, code, texts)
            finding_keep.keep(draft, chosen, texts, key="keep-gap")
