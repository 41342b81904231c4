"""The map of one indicator of a survey, with the choice of which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.maps.indicator import indicator_map
from dashboard.situation.finding_drafts import indicator_draft
from dashboard.ui import finding_keep, session, show
from dashboard.ui.choices import distinct
from dashboard.ui.survey_choice import whose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.texts import Texts
    from dashboard.ui.survey_choice import Choice
    from data_access.surveys.told import Indicator, Measure


def draw(
    chosen: Choice,
    items: Sequence[Indicator],
    measure: Measure,
    name: str,
    texts: Texts,
    *,
    key: str = "",
) -> Indicator:
    """Let choose one of `items` (at least one), draw it, and let keep it as a finding; return the one that is drawn.

    `name`: of the chart; `key`: of the choice, where it is another one than the chart's.
    """
    names = distinct({one.code: texts.name(one) for one in items})
    code = st.selectbox(
        texts("survey_chart.column_indicator"),
        list(names),
        format_func=names.__getitem__,
        key=key or f"survey-{name}-map",
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
    if finding_keep.may_keep():
        told = finding_keep.of_all(chosen.release)
        draft = indicator_draft(
            chosen.release, told, indicator, measure, chosen.among, whose(chosen, texts), texts
        )
        finding_keep.keep(draft, chosen, texts, key=f"keep-{name}")
    return indicator
