"""All interventions: on the map, as lanes over time, as intervals, and as a table to choose from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts.intervals import overview_intervals
from dashboard.charts.measures import measures
from dashboard.effects import evaluations, looked_at
from dashboard.geometry import document
from dashboard.maps.roles import overview_map
from dashboard.situation.intervention_rows import overview_table
from dashboard.ui import session, show
from dashboard.ui.choices import distinct

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.situation.evaluation import Evaluation
    from dashboard.texts import Texts
    from data_access.facts import Facts

_TABLE, _OPEN = "interventions-table", "intervention-open"


def draw(facts: Facts, texts: Texts, *, go: Callable[[str | None], None], new: str | None) -> None:
    """Draw the overview; `go` is told the number that is chosen, `new` asks for the form (None: not for this viewer)."""
    with st.container(horizontal=True, vertical_alignment="center", key="interventions-top"):
        st.title(texts("interventions.title"), width="stretch")
        opener = st.container(width=360)
        if new:
            st.button(
                texts("interventions.new"), icon=":material/add:", type="primary", on_click=go, args=(new,),
                key="intervention-new",
            )  # fmt: skip
    found = _evaluated(facts, texts)
    with opener:
        _open(found, texts, go)
    if not found:
        with st.container(border=True, key="no-interventions"):
            st.subheader(texts("interventions.empty_title"))
            st.markdown(texts("interventions.empty_body" if new else "interventions.empty_body_reader"))
        return
    st.markdown(texts("interventions.overview_help"))
    _table(found, facts, texts, go)
    _pictures([of for of in found if not of.intervention.is_cancelled], facts, texts)


def _open(found: list[Evaluation], texts: Texts, go: Callable[[str | None], None]) -> None:
    """Choose one by its title: a table's rows are hard to reach with a keyboard."""
    names = distinct({str(of.intervention.id): of.intervention.title for of in found})
    if names:
        st.selectbox(
            texts("interventions.open"), list(names), index=None, format_func=names.__getitem__, key=_OPEN,
            placeholder=texts("interventions.open"), label_visibility="collapsed", width=360,
            on_change=lambda: go(st.session_state[_OPEN]),
        )  # fmt: skip


def _evaluated(facts: Facts, texts: Texts) -> list[Evaluation]:
    """All of them, with progress while they are worked out for the first time."""
    place, count = st.empty(), max(len(facts.frame.interventions), 1)

    def done(ready: int) -> None:
        if ready < count:
            place.progress(ready / count, texts("interventions.working", ready=ready, count=count))

    found = evaluations(session.database(), session.viewer(), facts, done=done)
    looked_at(session.database(), session.viewer(), found)
    place.empty()
    return found


def _table(found: list[Evaluation], facts: Facts, texts: Texts, go: Callable[[str | None], None]) -> None:
    numbers = [str(of.intervention.id) for of in found]
    st.dataframe(
        overview_table(found, facts.frame, texts),
        hide_index=True,
        key=_TABLE,
        on_select=partial(_chosen, numbers, go),
        selection_mode="single-row",
        alt=texts("interventions.title"),
    )
    st.caption(texts("interventions.holds_help"))


def _chosen(numbers: list[str], go: Callable[[str | None], None]) -> None:
    rows = st.session_state[_TABLE]["selection"]["rows"]
    if rows and rows[0] < len(numbers):
        go(numbers[rows[0]])


def _pictures(found: list[Evaluation], facts: Facts, texts: Texts) -> None:
    mode, known = session.mode(), facts.period
    left, right = st.columns(2)
    with left:
        show.chart(overview_intervals(found, texts, mode=mode), "effects", texts)
    with right:
        districts = document(session.database(), session.viewer(), facts, "districts")
        if districts is not None:
            here = {one.id for one in facts.frame.interventions}
            drawn = [of for of in found if of.intervention.id in here]
            show.chart(overview_map(drawn, districts.body, texts, mode=mode), "effects-map", texts)
    if known is not None:
        show.chart(measures(found, known.first, known.last, texts, mode=mode), "measures", texts)
