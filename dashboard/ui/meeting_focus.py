"""The places that come first: ranked, at most five, each added with one press from the map or from what stands out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.situation.weekly_words import flag_what
from dashboard.ui import seen, session, state
from dashboard.ui.choices import distinct
from dashboard.ui.meeting_sight import weekly_of
from dashboard.ui.plain import plain
from dashboard.ui.writing import writes, written
from data_access.changes import set_focus
from data_access.models.meeting import MOST_FOCUS

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.meetings import FocusFact, MeetingRecord

Place = tuple[str, str]
"""Code of a district, and why it comes first."""


@dataclass(frozen=True)
class _List:
    """The ranked places as the person saw them."""

    record: MeetingRecord
    names: dict[str, str]
    revision: int
    texts: Texts

    @property
    def places(self) -> list[Place]:
        return [(one.area, one.why) for one in self.record.focus]

    def name(self, code: str) -> str:
        return plain(self.names.get(code, code))

    def store(self, places: list[Place], revision: int | None = None) -> None:
        """Write them in this order, in place of what stood there when the button (or at `revision` the form) was drawn."""
        at = self.revision if revision is None else revision
        write = partial(set_focus, session.database(), session.viewer(), self.record.id, places, revision=at)
        written(write, self.texts)


def draw(facts: Facts, record: MeetingRecord, texts: Texts, *, may_write: bool, is_shown: bool) -> None:
    """Draw the list, and what may be added to it."""
    st.subheader(texts("meetings.focus"), anchor=False)
    revision = seen.pressed(f"focus-{record.id}", record.focus_revision)
    of = _List(record, distinct({area.code: area.name for area in facts.areas}), revision, texts)
    for place, one in enumerate(record.focus):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"focus-{one.area}"):
            st.markdown(f"{one.rank}. **{of.name(one.area)}** {plain(one.why)}", width="stretch")
            if may_write:
                _change(of, place, one)
    if not record.focus:
        st.caption(texts("meetings.focus_none"))
    if may_write and len(record.focus) < MOST_FOCUS:
        _add(of, _proposed(facts, record, texts, is_shown=is_shown))
    elif may_write:
        st.caption(texts("meetings.focus_full", most=MOST_FOCUS))


def _change(of: _List, place: int, one: FocusFact) -> None:
    """Say why, move up or down, take away."""
    texts, places = of.texts, of.places
    name = of.name(one.area)
    with st.popover("", icon=":material/edit:", type="tertiary", help=texts("meetings.focus_why", name=name)):
        _why(of, place, one)
    for to, icon, word in ((place - 1, "arrow_upward", "up"), (place + 1, "arrow_downward", "down")):
        if st.button(
            "", icon=f":material/{icon}:", type="tertiary", key=f"focus-{word}-{one.area}",
            disabled=not 0 <= to < len(places), help=texts(f"meetings.focus_{word}", name=name),
        ):  # fmt: skip
            places[place], places[to] = places[to], places[place]
            of.store(places)
    if st.button(
        "", icon=":material/close:", type="tertiary", key=f"focus-gone-{one.area}",
        help=texts("meetings.focus_take_back", name=name),
    ):  # fmt: skip
        of.store([*places[:place], *places[place + 1 :]])


def _why(of: _List, place: int, one: FocusFact) -> None:
    now = of.record.focus_revision
    name = f"focus-why-{of.record.id}-{one.area}"
    (places, revision), key = seen.held(name, (of.places, now), now, of.texts)
    with st.form(key, border=False):
        why = st.text_input(of.texts("meeting_report.column_why"), one.why, max_chars=300, key=f"{key}-text")
        if st.form_submit_button(of.texts("admin.store"), icon=":material/save:"):
            of.store([*places[:place], (one.area, why), *places[place + 1 :]], revision)


def _add(of: _List, proposed: dict[str, tuple[str, str]]) -> None:
    """A press for each proposal, and any other district by name."""
    texts, there = of.texts, {code for code, _ in of.places}
    st.caption(texts("meetings.focus_help", most=MOST_FOCUS))
    with st.container(horizontal=True, gap="small", key="focus-proposed"):
        for code, (source, why) in proposed.items():
            label = plain(texts("meetings.focus_add", name=of.names.get(code, code), source=source))
            if code not in there and st.button(label, icon=":material/add:", key=f"focus-add-{code}"):
                of.store([*of.places, (code, why)])
    other = st.selectbox(
        texts("meetings.focus_other"), [code for code in of.names if code not in there], index=None, width=380,
        format_func=of.names.__getitem__, placeholder=texts("meetings.focus_other"), label_visibility="collapsed",
        key=f"focus-other-{of.record.id}-{writes()}",
    )  # fmt: skip
    if other:
        of.store([*of.places, (other, "")])


def _proposed(
    facts: Facts, record: MeetingRecord, texts: Texts, *, is_shown: bool
) -> dict[str, tuple[str, str]]:
    """Districts that are chosen on the map, stand out, or have risen most: in few words, and why to be stored.

    Why is said without numbers: others read it who are not told small ones.
    """
    of = weekly_of(facts, record, is_shown=is_shown)
    more = [one for one in of.flags if one.direction == "more"]
    said: dict[str, tuple[str, str]] = {}
    for key, found in (("flag", more), ("near", of.nearest)):
        for one in found:
            what = flag_what(one, texts)
            said.setdefault(one.area, (what, texts(f"meetings.focus_why_{key}", what=what)))
    chosen = [area.code for area in facts.areas if area.code in state.selection().areas]
    from_map = (texts("meetings.focus_from_map"), "")
    return {code: said.get(code, from_map) for code in (*chosen, *said)}
