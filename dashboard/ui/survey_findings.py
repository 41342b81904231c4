"""The register of findings: what was found, what it rests on, and which interventions answer it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.situation.finding_words import finding_head, withdrawn
from dashboard.ui import contents, finding_fields, finding_keep, seen, session, state
from dashboard.ui.choices import distinct
from dashboard.ui.plain import plain
from dashboard.ui.writing import written
from data_access.changes import FindingEntry, change_finding, record_finding, withdraw_finding
from data_access.findings import read_findings
from data_access.frame import read_frame
from data_access.models.finding import LONGEST_IN_FINDING
from data_access.permissions import can_act_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.texts import Texts
    from data_access.findings import FindingFact, FindingRecord
    from data_access.frame import Frame
    from data_access.surveys.told import Wave

_NEW, _STORED = "finding-new", "finding-stored"


def draw(waves: Iterable[Wave], texts: Texts) -> None:
    """Draw those that hold, the newest first, and those that are withdrawn; below them the forms for one more, and to correct."""
    waves, frame, may_write = tuple(waves), session.current_frame(), finding_keep.may_keep()
    found = read_findings(session.database(), session.viewer())
    hold = [one for one in found if not one.fact.is_withdrawn]
    st.markdown(texts("findings.about"))
    if not hold:
        with st.container(border=True, key="no-findings"):
            st.subheader(texts("findings.empty_title"), anchor=False)
            st.markdown(texts("findings.empty_body" if may_write else "findings.empty_reader"))
    for one in hold:
        _row(one, frame, texts, may_write=may_write)
    if gone := [one for one in found if one.fact.is_withdrawn]:
        with st.expander(texts("findings.gone", count=len(gone)), icon=":material/history:"):
            for one in gone:
                _told(one, frame, texts)
    if may_write:
        _by_hand(waves, frame, texts)
        _correct([one.fact for one in hold], waves, texts)


def _row(one: FindingRecord, frame: Frame, texts: Texts, *, may_write: bool) -> None:
    """A finding that holds, with the way to an intervention that answers it."""
    number = one.fact.id
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"finding-{number}"):
        with st.container(gap="xxsmall", key=f"finding-told-{number}"):
            _told(one, frame, texts)
        if may_write and st.button(
            texts("surveys.plan"), icon=":material/flag:", type="tertiary", key=f"finding-plan-{number}"
        ):
            is_newest = frame.area_set is not None and frame.area_set.id == one.fact.area_set_id
            areas = one.fact.areas if is_newest and state.shares_areas(frame) else ()
            risk = {"name": texts.name(one.fact), "wave": one.fact.wave}
            goal = texts("surveys.goal", **risk) if one.fact.is_risk else ""
            finding_keep.begin(number, areas, texts, goal=goal)


def _told(one: FindingRecord, frame: Frame, texts: Texts) -> None:
    """Sentence, what it rests on, which interventions answer it, and why it holds no more."""
    fact = one.fact
    st.markdown(f"**{plain(fact.statement)}**")
    st.caption(plain(finding_head(fact, frame.timezone, texts)))
    if fact.is_withdrawn:
        st.caption(plain(withdrawn(fact, frame.timezone, texts)))
    elif not one.answers:
        st.caption(texts("findings.unanswered"))
    for answer in one.answers:
        label = f"{plain(answer.title)} ({texts(f'intervention_status.{answer.status}').lower()})"
        asked = {state.INTERVENTION: str(answer.id), "lang": texts.language}
        page = contents.page("interventions", texts)
        st.page_link(page, label=label, icon=":material/arrow_forward:", query_params=asked)


def _by_hand(waves: tuple[Wave, ...], frame: Frame, texts: Texts) -> None:
    """The form for one more; it begins anew when one is stored."""
    with st.expander(texts("findings.by_hand"), icon=":material/add:"):
        entry, key = seen.held(_NEW, FindingEntry(""), st.session_state.get(_STORED, 0), texts)
        names = {area.code: area.name for area in frame.areas}
        entry = finding_fields.draw(entry, waves, names, texts, key=key)
        if st.button(texts("findings.store"), type="primary", icon=":material/save:", key=f"{key}-store"):
            written(partial(_record, entry, frame.area_set.id if frame.area_set else None), texts)


def _record(entry: FindingEntry, area_set_id: int | None) -> None:
    record_finding(session.database(), session.viewer(), entry, area_set_id=area_set_id)
    st.session_state[_STORED] = st.session_state.get(_STORED, 0) + 1


def _correct(known: list[FindingFact], waves: tuple[Wave, ...], texts: Texts) -> None:
    """Correct one of those that the viewer may act for, or withdraw it with a reason."""
    mine = {one.id: one for one in known if can_act_for(session.viewer(), one.organisation_id)}
    if not mine:
        return
    names = distinct({number: one.statement for number, one in mine.items()})
    with st.expander(texts("findings.correct"), icon=":material/edit:"):
        number = st.selectbox(
            texts("findings.correct_which"), list(names), index=None, format_func=names.__getitem__,
            placeholder=texts("meetings.choose"), key="finding-correct",
        )  # fmt: skip
        if number is not None:
            _change(mine[number], waves, texts)
            _withdraw(mine[number], texts)


def _change(one: FindingFact, waves: tuple[Wave, ...], texts: Texts) -> None:
    database, viewer = session.database(), session.viewer()
    one, key = seen.held(f"finding-{one.id}", one, one.revision, texts)
    first = FindingEntry(one.statement, one.source, one.areas, one.wave_id, one.indicator)
    names = {}
    if one.area_set_id is not None:
        names = {area.code: area.name for area in read_frame(database, viewer, one.area_set_id).areas}
    entry = finding_fields.draw(first, waves, names, texts, key=key)
    if st.button(texts("findings.store"), icon=":material/save:", key=f"{key}-store"):
        written(partial(change_finding, database, viewer, one.id, entry, revision=one.revision), texts)


def _withdraw(one: FindingFact, texts: Texts) -> None:
    revision = seen.pressed(f"finding-withdraw-{one.id}", one.revision)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        reason = st.text_input(
            texts("finding_field.withdrawn_reason"), max_chars=LONGEST_IN_FINDING["withdrawn_reason"],
            help=texts("findings.withdraw_help"), key=f"finding-reason-{one.id}",
        )  # fmt: skip
        if st.button(texts("findings.withdraw"), icon=":material/undo:", key=f"finding-withdraw-{one.id}"):
            away = partial(withdraw_finding, session.database(), session.viewer(), one.id, reason)
            written(partial(away, revision=revision), texts)
