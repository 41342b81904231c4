"""The joint judgement: how high the risk is in each district, why, and which places come first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from dashboard.ui import seen, session, state
from dashboard.ui.choices import distinct
from dashboard.ui.meeting_sight import weekly_of
from dashboard.ui.plain import plain
from dashboard.ui.writing import written
from data_access.changes import rate_area, remove_rating, set_focus
from data_access.meetings import read_rating_history
from data_access.models.meeting import MOST_FOCUS, RATING_LEVELS
from data_access.permissions import AreaKey, can_hold_meetings

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.meetings import MeetingRecord, RatingFact


def draw(facts: Facts, record: MeetingRecord, texts: Texts, *, is_shown: bool) -> None:
    """Draw ratings on the left, the ranked places on the right."""
    may_write = record.status != "closed" and can_hold_meetings(session.viewer())
    left, right = st.columns(2)
    with left:
        _ratings(facts, record, texts, may_write=may_write)
    with right:
        _focus(facts, record, texts, may_write=may_write, is_shown=is_shown)


def _ratings(facts: Facts, record: MeetingRecord, texts: Texts, *, may_write: bool) -> None:
    st.subheader(texts("meetings.ratings"), anchor=False)
    names = distinct({area.code: area.name for area in facts.areas})
    if record.ratings:
        rows = [
            (names.get(one.area, one.area), texts(f"rating_level.{one.level}"), one.reason)
            for one in record.ratings
        ]
        columns = [texts(f"meetings.column_{name}") for name in ("area", "level", "reason")]
        st.dataframe(pd.DataFrame(rows, columns=columns), hide_index=True, key="meeting-ratings")
    else:
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


def _focus(facts: Facts, record: MeetingRecord, texts: Texts, *, may_write: bool, is_shown: bool) -> None:
    st.subheader(texts("meetings.focus"), anchor=False)
    names = {area.code: area.name for area in facts.areas}
    revision = seen.pressed(f"focus-{record.id}", record.focus_revision)
    for one in record.focus:
        name = names.get(one.area, one.area)
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"focus-{one.area}"):
            st.markdown(f"{one.rank}. **{plain(name)}** {plain(one.why)}", width="stretch")
            if may_write and st.button(
                "", icon=":material/close:", type="tertiary", key=f"focus-gone-{one.area}",
                help=plain(texts("meetings.focus_take_back", name=name)),
            ):  # fmt: skip
                left = [(place.area, place.why) for place in record.focus if place.area != one.area]
                written(partial(_store_focus, record.id, left, revision), texts)
    if not record.focus:
        st.caption(texts("meetings.focus_none"))
    if may_write:
        chosen = [code for code in names if code in state.selection().areas]
        missing = [code for code in chosen if code not in {one.area for one in record.focus}]
        if record.focus and missing:
            _add_chosen(record, missing, names, revision, texts)
        _choose_focus(record, _proposed(facts, record, chosen, is_shown=is_shown), names, texts)


def _add_chosen(
    record: MeetingRecord, codes: list[str], names: dict[str, str], revision: int, texts: Texts
) -> None:
    """One press for what was chosen on the map since places were stored."""
    label = texts("meetings.focus_add", names=", ".join(names[code] for code in codes))
    if st.button(plain(label), icon=":material/add_location:", key="focus-add"):
        places = [*((one.area, one.why) for one in record.focus), *((code, "") for code in codes)]
        written(partial(_store_focus, record.id, places, revision), texts)


def _store_focus(number: int, places: list[tuple[str, str]], revision: int) -> None:
    set_focus(session.database(), session.viewer(), number, places, revision=revision)


def _choose_focus(record: MeetingRecord, proposed: pd.DataFrame, names: dict[str, str], texts: Texts) -> None:
    """The table of places; what is chosen on the map meanwhile is proposed anew as long as nothing is stored."""
    st.caption(texts("meetings.focus_help"))
    revision, name = record.focus_revision, f"focus-table-{record.id}"
    basis = "" if record.focus else "-".join(proposed["area"])
    (first, revision), key = seen.held(name, (proposed, revision), revision, texts, basis=basis)
    table = st.data_editor(
        first,
        num_rows="dynamic",
        hide_index=True,
        column_config={
            "area": st.column_config.SelectboxColumn(
                texts("meetings.column_area"),
                options=list(names),
                format_func=lambda code: names.get(str(code), str(code)),
                required=True,
            ),
            "why": st.column_config.TextColumn(texts("meetings.column_reason"), max_chars=300),
        },
        key=f"{key}-text",
    )
    if st.button(texts("meetings.store_focus", most=MOST_FOCUS), icon=":material/save:", key="focus-store"):
        places = [
            (str(row["area"]), str(row["why"] or "")) for row in table.to_dict("records") if row["area"]
        ]
        written(partial(_store_focus, record.id, places, revision), texts)


def _proposed(facts: Facts, record: MeetingRecord, chosen: list[str], *, is_shown: bool) -> pd.DataFrame:
    """What is stored, or to begin with the districts chosen on the map and those that stand out."""
    if record.focus:
        rows: list[dict[str, Any]] = [{"area": one.area, "why": one.why} for one in record.focus]
    else:
        found = weekly_of(facts, record, is_shown=is_shown).flags
        more = (one.area for one in found if one.direction == "more")
        codes = list(dict.fromkeys((*chosen, *more)))[:MOST_FOCUS]
        rows = [{"area": code, "why": ""} for code in codes]
    return pd.DataFrame(rows, columns=["area", "why"]).astype(object)
