"""The register of findings: what was found, what it rests on, and which interventions answer it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.situation.finding_words import finding_head, withdrawn
from dashboard.ui import contents, finding_fields, finding_keep, seen, session, state
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

_NEW = "finding-new"


def draw(waves: Iterable[Wave], texts: Texts) -> None:
    """Draw those that hold, the newest first, the form for one more, and those that are withdrawn."""
    waves, frame = tuple(waves), session.current_frame()
    found = read_findings(session.database(), session.viewer())
    hold = [one for one in found if not one.fact.is_withdrawn]
    st.markdown(texts("findings.about"))
    if finding_keep.may_keep():
        _by_hand(waves, frame, texts)
    if not hold:
        with st.container(border=True, key="no-findings"):
            st.subheader(texts("findings.empty_title"), anchor=False)
            st.markdown(texts("findings.empty_body" if finding_keep.may_keep() else "findings.empty_reader"))
    for one in hold:
        _row(one, waves, frame, texts)
    if gone := [one for one in found if one.fact.is_withdrawn]:
        with st.expander(texts("findings.gone", count=len(gone)), icon=":material/history:"):
            for one in gone:
                _told(one, frame, texts)


def _row(one: FindingRecord, waves: tuple[Wave, ...], frame: Frame, texts: Texts) -> None:
    """A finding that holds, and what may be done about it."""
    number = one.fact.id
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"finding-{number}"):
        with st.container(gap="xxsmall"):
            _told(one, frame, texts)
        if not finding_keep.may_keep():
            return
        with st.container(width="content", horizontal=True):
            if st.button(texts("surveys.plan"), icon=":material/flag:", key=f"finding-plan-{number}"):
                of_frame = frame.area_set is not None and frame.area_set.id == one.fact.area_set_id
                finding_keep.begin(number, one.fact.areas if of_frame else (), texts)
            if can_act_for(session.viewer(), one.fact.organisation_id):
                with st.popover(
                    texts("findings.change"), icon=":material/edit:", key=f"finding-change-{number}"
                ):
                    _change(one.fact, waves, texts)


def _told(one: FindingRecord, frame: Frame, texts: Texts) -> None:
    """Sentence, what it rests on, which interventions answer it, and why it holds no more."""
    fact = one.fact
    st.markdown(f"**{plain(fact.statement)}**")
    st.caption(plain(finding_head(fact, frame.timezone, texts)))
    if fact.is_withdrawn:
        st.caption(plain(withdrawn(fact, frame.timezone, texts)))
    if not one.answers and not fact.is_withdrawn:
        st.caption(texts("findings.unanswered"))
    for answer in one.answers:
        label = f"{plain(answer.title)} ({texts(f'intervention_status.{answer.status}').lower()})"
        asked = {state.INTERVENTION: str(answer.id), "lang": texts.language}
        page, icon = contents.page("interventions", texts), ":material/flag:"
        st.page_link(page, label=label, icon=icon, query_params=asked)


def _by_hand(waves: tuple[Wave, ...], frame: Frame, texts: Texts) -> None:
    with st.expander(texts("findings.by_hand"), icon=":material/add:", key=_NEW):
        entry, key = seen.held(_NEW, FindingEntry(""), 0, texts)
        names = {area.code: area.name for area in frame.areas}
        entry = finding_fields.draw(entry, waves, names, texts, key=key)
        if st.button(texts("findings.store"), type="primary", icon=":material/save:", key=f"{key}-store"):
            area_set = frame.area_set.id if frame.area_set else None
            record = partial(record_finding, session.database(), session.viewer(), entry)
            written(partial(record, area_set_id=area_set), texts)


def _change(one: FindingFact, waves: tuple[Wave, ...], texts: Texts) -> None:
    """Correct it, or withdraw it with a reason."""
    database, viewer = session.database(), session.viewer()
    one, key = seen.held(f"finding-{one.id}", one, one.revision, texts)
    of = read_frame(database, viewer, one.area_set_id)
    names = {area.code: area.name for area in of.areas} if one.area_set_id is not None else {}
    first = FindingEntry(one.statement, one.source, one.areas, one.wave_id, one.indicator)
    entry = finding_fields.draw(first, waves, names, texts, key=key)
    if st.button(texts("findings.store"), icon=":material/save:", key=f"{key}-store"):
        change = partial(change_finding, database, viewer, one.id, entry, revision=one.revision)
        written(change, texts)
    st.divider()
    reason = st.text_input(
        texts("finding_field.withdrawn_reason"), max_chars=LONGEST_IN_FINDING["withdrawn_reason"],
        help=texts("findings.withdraw_help"), key=f"{key}-reason",
    )  # fmt: skip
    if st.button(texts("findings.withdraw"), icon=":material/undo:", key=f"{key}-withdraw"):
        away = partial(withdraw_finding, database, viewer, one.id, reason, revision=one.revision)
        written(away, texts)
