"""Keeping what a survey shows as a finding, beside where it is shown, and going on to an intervention that answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui import contents, session, state
from dashboard.ui.writing import is_written, written
from data_access.changes import FindingEntry, record_finding
from data_access.findings import read_findings
from data_access.models.finding import LONGEST_IN_FINDING
from data_access.permissions import Action, can
from data_access.surveys.door import read_release

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.situation.finding_drafts import Draft
    from dashboard.texts import Texts
    from dashboard.ui.survey_choice import Choice
    from data_access.findings import FindingFact
    from data_access.surveys.told import Release


def may_keep() -> bool:
    """Whether the viewer may write findings: whoever may write the interventions that answer them."""
    return can(session.viewer(), Action.WRITE_INTERVENTIONS)


def of_all(release: Release | None) -> Release | None:
    """The release as those are told it who are told least: numbers of a sentence that every role reads are taken from it."""
    if release is None:
        return None
    return read_release(session.database(), session.viewer().before_others(), release.wave.id)


def keep(draft: Draft, chosen: Choice, texts: Texts, *, key: str) -> None:
    """Draw the button that shows the ready sentence, to be edited and kept."""
    key = f"{key}-{draft.wave_id}-{draft.indicator.code}-{draft.area}"
    with st.popover(texts("findings.keep"), icon=":material/bookmark_add:", type="tertiary", key=key):
        if _known(draft) is not None:
            st.caption(texts("findings.kept_already"))
            return
        most = LONGEST_IN_FINDING["statement"]
        # Its key holds the ready sentence: another one (of another group, say) begins the field anew.
        said = st.text_area(
            texts("finding_field.statement"), draft.statement, max_chars=most, key=f"{key}-text-{hash(draft)}",
            help=texts("findings.statement_help"),
        )  # fmt: skip
        if st.button(texts("findings.store"), icon=":material/save:", type="primary", key=f"{key}-store"):
            written(lambda: _record(draft, said, chosen), texts)


def plan(draft: Draft, chosen: Choice, texts: Texts, *, key: str) -> None:
    """Draw the button that begins an intervention: the finding is kept, and it and the goal are filled in."""
    if not st.button(
        texts("surveys.plan"),
        icon=":material/flag:",
        type="tertiary",
        help=texts("findings.plan_help"),
        key=key,
    ):
        return
    known = _known(draft)
    stored: list[int] = [] if known is None else [known.id]
    if stored or is_written(lambda: stored.append(_record(draft, draft.statement, chosen)), texts):
        goal = texts("surveys.goal", name=texts.name(draft.indicator), wave=draft.wave)
        areas = draft.areas if state.shares_areas(chosen.facts.frame) else ()
        instrument, indicator = chosen.release.wave.instrument, draft.indicator.code
        begin(stored[0], areas, texts, goal=goal, goal_instrument=instrument, goal_indicator=indicator)


def begin(number: int, areas: Iterable[str], texts: Texts, **fields: str) -> None:
    """Go to the form for an intervention that answers a finding; `fields` of it that are known already."""
    state.begin_intervention(finding_id=number, areas=areas, **fields)
    asked = {state.INTERVENTION: "ny", "lang": texts.language}
    st.switch_page(contents.page("interventions", texts), query_params=asked)


def _record(draft: Draft, statement: str, chosen: Choice) -> int:
    entry = FindingEntry(statement, draft.source, draft.areas, draft.wave_id, draft.indicator.code)
    area_set = chosen.release.wave.area_set_id
    return record_finding(session.database(), session.viewer(), entry, area_set_id=area_set)


def _known(draft: Draft) -> FindingFact | None:
    """The finding that says the same already."""
    known = (
        one.fact for one in read_findings(session.database(), session.viewer()) if not one.fact.is_withdrawn
    )
    return next((one for one in known if one.statement == draft.statement), None)
