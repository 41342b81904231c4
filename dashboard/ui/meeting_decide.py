"""What is decided: what, where, against which types, who, and until when."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.meetings import as_then
from dashboard.ui import contents, seen, session, state, wrapped
from dashboard.ui.choices import distinct
from dashboard.ui.meeting_sight import is_then
from dashboard.ui.meeting_words import decision_rows, status_now
from dashboard.ui.writing import is_sure, written
from data_access.changes import DecisionEntry, change_decision, record_decision, remove_decision
from data_access.permissions import Action, can, can_hold_meetings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.meetings import DecisionFact, MeetingRecord

_BELONG_TO = ("proposed", "decided", "ongoing")


def draw(facts: Facts, record: MeetingRecord, texts: Texts, *, is_shown: bool) -> None:
    """Draw what has been decided here, and the form for more."""
    st.subheader(texts("meetings.decisions"), anchor=False)
    if record.decisions:
        _decided(facts, record, texts, is_shown=is_shown)
    else:
        st.caption(texts("meetings.decisions_none"))
    if record.status == "open" and can_hold_meetings(session.viewer()):
        _decide(facts, record, texts, is_shown=is_shown)
        if record.decisions and not is_shown:  # the form names a person
            _correct(facts, record, texts)
        if record.decisions:
            _plan(record, texts)
    elif record.status == "prepared":
        st.caption(texts("meetings.begin_first"))


def _decided(facts: Facts, record: MeetingRecord, texts: Texts, *, is_shown: bool) -> None:
    """What has been decided; of a closed meeting as it stood then, with what has become of it since."""
    then = is_then(facts, record, texts)
    shown = as_then(record.decisions, record, facts.frame) if then else record.decisions
    now = {one.id: one for one in record.decisions}
    table = decision_rows(shown, facts.frame, texts)
    if then:
        table[texts("meetings.known_now")] = [status_now(one, now[one.id], texts) for one in shown]
    hidden = [texts("meetings.column_person")] if is_shown else []
    wrapped.table(table.drop(columns=hidden), alt=texts("meetings.decisions"))


def _decide(facts: Facts, record: MeetingRecord, texts: Texts, *, is_shown: bool) -> None:
    """The form for one more; it begins with the districts chosen on the map, or else the first place in focus."""
    known = {area.code for area in facts.areas}
    chosen = sorted(state.selection().areas & known)
    first = chosen or [one.area for one in record.focus if one.area in known][:1]
    name = f"decide-{record.id}"
    entry, key = seen.held(
        name,
        DecisionEntry("", "", tuple(first)),
        st.session_state.get(f"stored-{name}", 0),
        texts,
        basis="-".join(chosen),
    )
    with st.form(key, border=True):
        entry = _fields(facts, entry, key, texts, with_person=not is_shown)
        if st.form_submit_button(texts("meetings.decide"), type="primary", icon=":material/gavel:"):
            _stored(entry, partial(_record, name, record.id, entry), texts)


def _record(name: str, meeting: int, entry: DecisionEntry) -> None:
    """Store a decision; the form for the next one begins anew."""
    record_decision(session.database(), session.viewer(), meeting, entry)
    st.session_state[f"stored-{name}"] = st.session_state.get(f"stored-{name}", 0) + 1


def _stored(entry: DecisionEntry, write: Callable[[], object], texts: Texts) -> None:
    """Write a decision; one that nobody is to carry out is none."""
    if entry.what.strip() and not entry.organisation.strip():
        st.error(texts("meetings.organisation_missing"), icon=":material/block:")
    else:
        written(write, texts)


def _correct(facts: Facts, record: MeetingRecord, texts: Texts) -> None:
    """What was decided here can be corrected or taken back until the meeting is closed."""
    known = {one.id: one for one in record.decisions}
    with st.expander(texts("meetings.correct"), icon=":material/edit:"):
        number = st.selectbox(
            texts("meetings.correct_which"), list(known), index=None, format_func=lambda one: known[one].what,
            placeholder=texts("meetings.choose"), key=f"correct-{record.id}",
        )  # fmt: skip
        if number is None:
            return
        one, key = seen.held(f"correct-{number}", known[number], known[number].revision, texts)
        with st.form(key, border=False):
            entry = _fields(facts, _entry(one), key, texts)
            if st.form_submit_button(texts("admin.store"), icon=":material/save:"):
                change = partial(change_decision, entry=entry, revision=one.revision)
                _stored(entry, partial(change, session.database(), session.viewer(), number), texts)
        if is_sure(
            texts("meetings.decision_remove"),
            texts("meetings.decision_remove_sure"),
            texts,
            key=f"{key}-gone",
        ):
            away = partial(
                remove_decision, session.database(), session.viewer(), number, revision=one.revision
            )
            written(away, texts)


def _entry(one: DecisionFact) -> DecisionEntry:
    """A decision as a form begins with it."""
    return DecisionEntry(
        one.what,
        one.organisation,
        one.areas,
        one.place,
        one.categories,
        one.person,
        one.deadline,
        one.intervention_id,
    )


def _fields(
    facts: Facts, first: DecisionEntry, key: str, texts: Texts, *, with_person: bool = True
) -> DecisionEntry:
    """The fields of a decision, filled in with `first`, as what is in them now; on a shared screen without who takes it on."""
    what = st.text_input(texts("meetings.column_what"), first.what, max_chars=300, key=f"{key}-text")
    names = distinct({area.code: area.name for area in facts.areas})
    with st.container(horizontal=True):
        areas = _several(names, first.area_codes, "meetings.column_where", f"{key}-where", texts)
        place = st.text_input(texts("meetings.place"), first.place, max_chars=160, key=f"{key}-place")
    types = distinct({one.code: texts.name(one) for one in facts.categories if not one.is_hidden})
    with st.container(horizontal=True):
        against = _several(types, first.category_codes, "meetings.types", f"{key}-types", texts)
        intervention = _intervention(facts, first.intervention_id, key, texts)
    with st.container(horizontal=True):
        owner = _owner(facts, first.organisation, key, texts)
        person = first.person
        if with_person:
            person = st.text_input(
                texts("meetings.column_person"), first.person, max_chars=120, help=texts("meetings.person_help"),
                key=f"{key}-person",
            )  # fmt: skip
        deadline = st.date_input(
            texts("meetings.column_deadline"), first.deadline, format="YYYY-MM-DD", key=f"{key}-day"
        )
    return DecisionEntry(what, owner, areas, place, against, person or "", deadline, intervention)


def _intervention(facts: Facts, first: int | None, key: str, texts: Texts) -> int | None:
    """The intervention that a decision belongs to, of those that go on or are planned; one that it had stays."""
    known = {
        one.id: one.title for one in facts.frame.interventions if one.id == first or one.status in _BELONG_TO
    }
    if not known:
        return first
    names = distinct(known)
    return st.selectbox(
        texts("meetings.intervention"), list(names), list(names).index(first) if first in names else None,
        format_func=names.__getitem__, placeholder=texts("meetings.no_intervention"), key=f"{key}-intervention",
    )  # fmt: skip


def _several(
    names: dict[str, str], first: Sequence[str], label: str, key: str, texts: Texts
) -> tuple[str, ...]:
    """Codes of districts or types; those that are not offered (any more) stay as they were."""
    chosen = st.multiselect(
        texts(label), list(names), default=[code for code in first if code in names], format_func=names.__getitem__,
        placeholder=texts("meetings.choose"), key=key,
    )  # fmt: skip
    return (*chosen, *(code for code in first if code not in names))


def _owner(facts: Facts, first: str, key: str, texts: Texts) -> str:
    owners = list(dict.fromkeys((*(one.name for one in facts.frame.sources), first)))
    owners = [name for name in owners if name]
    owner = st.selectbox(
        texts("meetings.column_organisation"), owners, owners.index(first) if first else None,
        accept_new_options=True, placeholder=texts("meetings.choose"), key=f"{key}-owner",
    )  # fmt: skip
    return owner or ""


def _plan(record: MeetingRecord, texts: Texts) -> None:
    """On to the form of an intervention, begun with what was decided last; when it is stored, the decision belongs to it."""
    last = record.decisions[-1]
    if (
        last.intervention_id is None
        and can(session.viewer(), Action.WRITE_INTERVENTIONS)
        and st.button(
            texts("meetings.begin_intervention"), icon=":material/flag:", type="tertiary", key="decision-plan"
        )
    ):
        decided = texts("meetings.decided_in", day=texts.date(record.held_on))
        state.begin_intervention(
            areas=last.areas,
            title=last.what,
            decided_in=decided,
            decision=last.id,
            organisation=last.organisation,
            categories=last.categories,
        )
        st.switch_page(contents.page("interventions", texts), query_params={state.INTERVENTION: "ny"})
