"""The joint judgement: how high the risk is in each district, why, and which places come first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui import meeting_focus, seen, session, state
from dashboard.ui.choices import distinct
from dashboard.ui.plain import plain
from dashboard.ui.writing import written
from data_access.changes import rate_area, remove_rating
from data_access.meetings import read_rating_history
from data_access.models.meeting import RATING_LEVELS
from data_access.permissions import AreaKey, can_hold_meetings

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.meetings import MeetingRecord, RatingFact

COLOURS = {1: "gray", 2: "orange", 3: "red"}
"""Of the three levels; their words say the same."""


def draw(facts: Facts, record: MeetingRecord, texts: Texts, *, is_shown: bool) -> None:
    """Draw ratings on the left, the ranked places on the right."""
    may_write = record.status != "closed" and can_hold_meetings(session.viewer())
    left, right = st.columns(2)
    with left:
        _ratings(facts, record, texts, may_write=may_write)
    with right:
        meeting_focus.draw(facts, record, texts, may_write=may_write, is_shown=is_shown)


def _ratings(facts: Facts, record: MeetingRecord, texts: Texts, *, may_write: bool) -> None:
    st.subheader(texts("meetings.ratings"), anchor=False)
    names = distinct({area.code: area.name for area in facts.areas})
    for one in record.ratings:
        level = f":{COLOURS[one.level]}-badge[{texts(f'rating_level.{one.level}')}]"
        st.markdown(f"**{plain(names.get(one.area, one.area))}** {level} {plain(one.reason)}")
    if not record.ratings:
        st.caption(texts("meetings.ratings_none"))
    if may_write:
        _rate(record, names, texts)


def _rate(record: MeetingRecord, names: dict[str, str], texts: Texts) -> None:
    """Choose a district, and say how high its risk is or take back what was said."""
    first = next((place for place, code in enumerate(names) if code in state.selection().areas), 0)
    code = st.selectbox(
        texts("meetings.column_area"),
        list(names),
        first,
        format_func=names.__getitem__,
        key="rating-area",
    )
    _history(record, code, texts)
    rated = {one.area: one for one in record.ratings}.get(code)
    known, key = seen.held(f"rate-{record.id}-{code}", rated, rated.revision if rated else 0, texts)
    _rating(record, code, known, key, texts)
    if known:
        label = plain(texts("meetings.rating_take_back", name=names[code]))
        if st.button(label, icon=":material/undo:", type="tertiary", key=f"{key}-back"):
            back = partial(
                remove_rating, session.database(), session.viewer(), record.id, code, revision=known.revision
            )
            written(back, texts)


def _rating(record: MeetingRecord, code: str, known: RatingFact | None, key: str, texts: Texts) -> None:
    with st.form(key, border=False):
        level = st.segmented_control(
            texts("meetings.column_level"), RATING_LEVELS, default=known.level if known else None,
            format_func=lambda number: texts(f"rating_level.{number}"), key=f"{key}-level",
        )  # fmt: skip
        reason = st.text_input(
            texts("meetings.column_reason"), known.reason if known else "", max_chars=300, key=f"{key}-text"
        )
        if st.form_submit_button(texts("admin.store"), icon=":material/save:"):
            if not level:
                st.error(texts("meetings.level_missing"), icon=":material/block:")
                return
            write = partial(
                rate_area, session.database(), session.viewer(), record.id, code, level=level, reason=reason or "",
                revision=known.revision if known else 0,
            )  # fmt: skip
            written(write, texts)


def _history(record: MeetingRecord, code: str, texts: Texts) -> None:
    points = read_rating_history(session.database(), session.viewer(), AreaKey(record.area_set, code))
    earlier = [one for one in points if one.meeting_id != record.id]
    if earlier:
        said = ", ".join(
            f"{one.held_on.isoformat()}: {texts(f'rating_level.{one.level}')}" for one in earlier[-6:]
        )
        st.caption(texts("meetings.rated_before", history=said))
