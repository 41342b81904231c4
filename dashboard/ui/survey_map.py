"""The map of one indicator of a survey, with the choice of which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.maps.indicator import indicator_map
from dashboard.ui import session, show
from dashboard.ui.choices import distinct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.texts import Texts
    from dashboard.ui.survey_choice import Choice
    from data_access.surveys.told import Indicator, Measure


def draw(chosen: Choice, items: Sequence[Indicator], measure: Measure, name: str, texts: Texts) -> Indicator:
    """Let choose one of `items` (at least one) and draw it; return the one that is drawn. `name`: of choice and chart."""
    names = distinct({one.code: texts.name(one) for one in items})
    code = st.selectbox(
        texts("survey_chart.column_indicator"),
        list(names),
        format_func=names.__getitem__,
        key=f"survey-{name}-map",
    )
    indicator = next(one for one in items if one.code == code)
    drawn = indicator_map(
        chosen.release,
        indicator,
        chosen.districts,
        texts,
        measure=measure,
        group=chosen.among,
        chosen=chosen.chosen,
        mode=session.mode(),
    )
    show.chart(drawn, f"survey-{name}", texts, pick=chosen.pick)
    return indicator
