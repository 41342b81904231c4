"""The top line: period, set of districts, and every active filter as a chip that can be taken away."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.situation import filters, periods
from dashboard.ui import state
from dashboard.ui.plain import plain
from data_access.selection import Period

if TYPE_CHECKING:
    from dashboard.situation.explore import Situation
    from dashboard.texts import Texts

_PRESET, _DAYS = "period_preset", "period_days"


def draw(of: Situation, texts: Texts) -> None:
    """Draw the line above the views."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="filter-bar"):
        _presets(of, texts)
        _own_days(of, texts)
        _area_sets(of, texts)
        compared = of.before_period
        period = texts(
            "explore.period", first=texts.short_date(of.period.first), last=texts.short_date(of.period.last)
        )
        before = (
            texts(
                "explore.compared",
                first=texts.short_date(compared.first),
                last=texts.short_date(compared.last),
            )
            if compared
            else texts("explore.not_compared")
        )
        st.caption(f"{period} {before}", width="content")
        _chips(of, texts)


def _presets(of: Situation, texts: Texts) -> None:
    names = (*periods.PRESETS, "all")
    st.session_state[_PRESET] = periods.preset_of(of.period, of.known)

    def take() -> None:
        name = st.session_state[_PRESET]
        if name is not None:
            state.choose("period", periods.preset(name, of.known))

    st.segmented_control(
        texts("ui.period"),
        names,
        key=_PRESET,
        format_func=lambda name: texts(f"explore.preset_{name}"),
        label_visibility="collapsed",
        on_change=take,
    )


def _own_days(of: Situation, texts: Texts) -> None:
    with st.popover(
        texts("ui.own_period"), icon=":material/date_range:", on_change="rerun", key="own-period"
    ) as opened:
        if not opened.open:
            return
        st.session_state[_DAYS] = (of.period.first, of.period.last)
        known = of.known

        def take() -> None:
            days = st.session_state[_DAYS]
            if isinstance(days, tuple) and len(days) == 2 and all(isinstance(day, date) for day in days):  # noqa: PLR2004
                state.choose("period", Period(*days))

        st.date_input(
            texts("ui.first_and_last_day"),
            key=_DAYS,
            min_value=min(known.first, of.period.first),
            max_value=max(known.last, of.period.last),
            format="YYYY-MM-DD",
            on_change=take,
        )


def _area_sets(of: Situation, texts: Texts) -> None:
    sets = of.facts.frame.area_sets
    current = of.facts.frame.area_set
    if len(sets) < 2 or current is None:  # noqa: PLR2004
        return
    names = {
        found.id: texts("ui.area_set_name", name=found.name, version=str(found.version)) for found in sets
    }
    st.session_state["area_set"] = current.id
    st.selectbox(
        texts("ui.area_set"),
        list(names),
        key="area_set",
        format_func=names.__getitem__,
        label_visibility="collapsed",
        width=240,
        on_change=lambda: state.use_area_set(st.session_state["area_set"]),
    )


def _chips(of: Situation, texts: Texts) -> None:
    chips = filters.chips(of, texts)
    with st.container(
        horizontal=True, gap="xsmall", vertical_alignment="center", width="content", key="chips"
    ):
        if not chips:
            st.caption(texts("explore.no_filters"), width="content")
            return
        for chip in chips:
            value = (
                of.selection.without(chip.facet)
                if chip.value is None
                else of.selection.toggled(chip.facet, chip.value)
            )
            st.button(
                plain(chip.label),
                icon=":material/close:",
                key=f"chip-{chip.facet}-{chip.value}",
                help=texts("ui.remove_filter"),
                on_click=state.choose,
                args=(chip.facet, getattr(value, chip.facet)),
            )
        st.button(texts("ui.clear_all"), type="tertiary", key="clear-all", on_click=state.clear)
