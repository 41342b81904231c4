"""Unmet help: who has a risk, is distressed by it, and wishes for help."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts.unmet_help import unmet_help, unmet_help_by_level
from dashboard.maps.indicator import indicator_map
from dashboard.ui import session, show
from dashboard.ui.choices import distinct
from dashboard.ui.survey_choice import beside, choose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.texts import Texts
    from dashboard.ui.survey_choice import Choice
    from data_access.surveys.told import Indicator, Wave


def draw(waves: Iterable[Wave], texts: Texts) -> None:
    """Draw the steps from risk to wish for help per risk, and where it is most on the map."""
    chosen = choose(waves, "youth", texts)
    if chosen is None:
        return
    st.markdown(texts("surveys.help_about"))
    mode, release = session.mode(), chosen.release
    asked = [one for one in release.indicators if "unmet" in one.measures]
    if not asked:
        st.info(texts("surveys.help_not_asked"), icon=":material/inbox:")
        return
    left, right = beside(chosen, is_map_only=True)
    with left:
        levels = unmet_help_by_level(release, texts, among=chosen.among, mode=mode)
        show.chart(levels, "survey-help-levels", texts)
        show.chart(unmet_help(release, texts, among=chosen.among, mode=mode), "survey-help", texts)
    if chosen.has_areas:
        with right, st.container(key="survey-aside"):
            _map(chosen, asked, texts)


def _map(chosen: Choice, asked: list[Indicator], texts: Texts) -> None:
    names = distinct({one.code: texts.name(one) for one in asked})
    code = st.selectbox(
        texts("survey_chart.column_indicator"),
        list(names),
        format_func=names.__getitem__,
        key="survey-help-map",
    )
    indicator = next(one for one in asked if one.code == code)
    drawn = indicator_map(
        chosen.release,
        indicator,
        chosen.districts,
        texts,
        measure="unmet",
        group=chosen.among,
        mode=session.mode(),
    )
    show.chart(drawn, "survey-help-map", texts)
