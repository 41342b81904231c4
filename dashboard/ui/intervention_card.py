"""The evaluation card: the sentence, its figures and map, its caveats, the plan, what was delivered and what was changed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.charts.expected import expected
from dashboard.charts.intervals import intervals
from dashboard.charts.running import running
from dashboard.effects import evaluation, looked_at
from dashboard.geometry import document
from dashboard.maps.roles import roles_map
from dashboard.reports import export
from dashboard.reports.intervention import pdf
from dashboard.situation.cards import card_words
from dashboard.situation.effect_words import ring_sentence, sentence
from dashboard.situation.intervention import is_hidden, is_told
from dashboard.situation.survey_beside import beside_words, survey_beside
from dashboard.ui import intervention_decisions, intervention_doses, intervention_steps, session, show
from dashboard.ui.plain import plain
from data_access.changes import record_export
from data_access.interventions import read_intervention
from data_access.permissions import Action, can
from data_access.selection import Period, Selection
from data_access.survey_goals import TOTAL_GOAL, read_survey_goals
from data_access.surveys.door import read_release, read_waves
from data_access.unchanged import unchanged_districts

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.situation.card_words import CardWords
    from dashboard.situation.evaluation import Evaluation
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.interventions import InterventionRecord
    from data_access.permissions import Viewer
    from data_access.survey_goals import SurveyGoal
    from data_access.surveys.told import Wave

_TONES = {"less": "violet", "more": "orange"}


def draw(
    facts: Facts,
    record: InterventionRecord,
    texts: Texts,
    *,
    leave: Callable[[str | None], None],
    edit: Callable[[int], None] | None,
) -> None:
    """Draw the card; `leave` goes to all interventions, `edit` to the form of this one (None: not for this viewer)."""
    with st.spinner(texts("interventions.working_one"), show_time=False):
        of = evaluation(session.database(), session.viewer(), facts, record.fact)
    if of is None:
        return
    of = replace(of, dose=record.doses, dose_unit=record.dose_unit)
    record = _looked(of, record)
    words = card_words(of, record, facts.frame, texts)
    _top(facts, of, words, texts, leave, edit)
    _answer(of, words, texts)
    if of.effect is not None:
        _figures(facts, of, texts)
    _surveys(facts, of, texts)
    left, right = st.columns(2)
    with left:
        _plan(words, texts)
        intervention_decisions.draw(of.intervention.id, texts)
        _changes(words, texts)
    with right:
        if of.effect is None:
            _map(facts, of, texts)
        _computed(words, texts)
        if edit is not None:
            intervention_doses.draw(record, session.today(facts), texts)
        intervention_steps.draw(record, session.today(facts), texts, may_write=edit is not None, leave=leave)


def _top(
    facts: Facts,
    of: Evaluation,
    words: CardWords,
    texts: Texts,
    leave: Callable[[str | None], None],
    edit: Callable[[int], None] | None,
) -> None:
    number = of.intervention.id
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="card-top"):
        st.button(
            texts("interventions.all"), icon=":material/arrow_back:", type="tertiary", on_click=leave, args=(None,),
            key="card-back",
        )  # fmt: skip
        st.space("stretch")
        if can(session.viewer(), Action.EXPORT):
            stem, viewer = export.file_stem(f"insats {of.intervention.title}"), session.viewer_later()
            st.download_button(
                texts("interventions.pdf"), lambda: _pdf(facts, of, words, texts, viewer()), f"{stem}.pdf", "application/pdf",
                icon=":material/picture_as_pdf:", type="tertiary", on_click="ignore", key=f"pdf-{number}",
            )  # fmt: skip
        if edit is not None:
            st.button(
                texts("interventions.edit"),
                icon=":material/edit:",
                on_click=edit,
                args=(number,),
                key="card-edit",
            )
    st.title(plain(words.title))
    st.caption(plain(words.status))


def _pdf(facts: Facts, of: Evaluation, words: CardWords, texts: Texts, viewer: Viewer) -> bytes:
    """The card on paper, logged when it is asked for."""
    districts = document(session.database(), viewer, facts, "districts")
    srid = facts.frame.area_set.srid if facts.frame.area_set else 0
    body = pdf(
        of, words, districts.body if districts else b"", texts, printed=session.today(facts), srid=srid
    )
    asked = Selection(areas=frozenset(of.target), categories=frozenset(of.intervention.categories))
    if of.last_day is not None:
        asked = replace(asked, period=Period(of.intervention.starts_on, of.last_day))
    record_export(session.database(), viewer, f"pdf: {words.title}", asked, len(of.weeks))
    return body


def _answer(of: Evaluation, words: CardWords, texts: Texts) -> None:
    tone = _TONES.get(of.effect.verdict, "gray") if of.effect else "gray"
    with st.container(border=True, key="card-answer"):
        st.badge(words.verdict, color=tone)  # pyright: ignore[reportArgumentType] - a colour of Streamlit's
        st.subheader(plain(sentence(of, texts)), anchor=False)
        if around := ring_sentence(of, texts):
            st.markdown(plain(around))
        if words.caveats:
            st.caption("\n".join(f"- {plain(one)}" for one in words.caveats))
        if words.looks:
            st.caption(plain(words.looks))


def _figures(facts: Facts, of: Evaluation, texts: Texts) -> None:
    """Figures only of what may be told; the map in any case."""
    mode, is_open = session.mode(), is_told(of) and not is_hidden(of)
    left, right = st.columns((3, 2))
    with left:
        show.chart(expected(of, texts, mode=mode), "expected", texts)
        if is_open:
            show.chart(running(of, texts, mode=mode), "running", texts)
    with right:
        if is_open:
            show.chart(intervals(of, texts, mode=mode), "intervals", texts)
        _map(facts, of, texts)


def _map(facts: Facts, of: Evaluation, texts: Texts) -> None:
    districts = document(session.database(), session.viewer(), facts, "districts")
    srid = facts.frame.area_set.srid if facts.frame.area_set else 0
    if districts is not None:
        show.chart(roles_map(of, districts.body, texts, srid=srid, mode=session.mode()), "roles", texts)


def _surveys(facts: Facts, of: Evaluation, texts: Texts) -> None:
    """What the intervention aims at in a survey, and perceived safety, in the same districts, in the waves before and after."""
    if facts.frame.area_set is None or not can(session.viewer(), Action.READ_SURVEYS):
        return
    asked = (of.intervention.goal_instrument, of.intervention.goal_indicator)
    known = {
        (one.instrument, one.code): one for one in read_survey_goals(session.database(), session.viewer())
    }
    goal = known.get(asked)
    if goal is not None:
        _beside(facts, of, goal, texts, is_goal=True)
    if goal != TOTAL_GOAL:
        _beside(facts, of, TOTAL_GOAL, texts, is_goal=False)


def _beside(facts: Facts, of: Evaluation, goal: SurveyGoal, texts: Texts, *, is_goal: bool) -> None:
    database, viewer, here = session.database(), session.viewer(), facts.frame.area_set

    def unchanged(wave: Wave) -> frozenset[str]:
        return unchanged_districts(database, viewer, wave.area_set_id, here.id if here else None)

    read = partial(read_release, database, viewer)
    found = survey_beside(read_waves(database, viewer), read, of.intervention, unchanged, goal)
    if found is None and not is_goal:
        return
    names = {area.code: area.name for area in facts.areas}
    name = texts(f"surveys.instrument_{goal.instrument}"), texts.name(goal)
    title = (
        texts("surveys.card_goal", instrument=name[0], name=name[1])
        if is_goal
        else texts("surveys.card_title")
    )
    with st.container(border=True, key="card-goal" if is_goal else "card-safety"):
        st.markdown(f"**{plain(title)}**")
        if found is None:
            st.caption(texts("surveys.card_no_waves"))
            return
        st.markdown("\n".join(f"- {plain(one)}" for one in beside_words(found, names, texts)))
        waves = {"before": plain(found.before.name), "after": plain(found.after.name)}
        kind = "total" if goal == TOTAL_GOAL else goal.measure
        st.caption(f"{texts(f'surveys.card_waves_{kind}', **waves)} {texts('surveys.card_help')}")


def _plan(words: CardWords, texts: Texts) -> None:
    with st.container(border=True, key="card-plan"):
        st.subheader(texts("interventions.plan"))
        st.markdown("\n\n".join(f"**{label}.** {plain(value)}" for label, value in words.lines))
        if words.dose:
            st.markdown(f"**{texts('intervention_field.dose')}.** {plain(words.dose)}")


def _computed(words: CardWords, texts: Texts) -> None:
    if words.computed:
        with st.expander(texts("interventions.computed"), icon=":material/calculate:", expanded=False):
            st.markdown("\n".join(f"- {plain(one)}" for one in words.computed))
            st.caption(plain(words.source))


def _changes(words: CardWords, texts: Texts) -> None:
    if words.changes:
        with st.expander(texts("interventions.history", count=len(words.changes)), icon=":material/history:"):
            names = [texts(f"interventions.history_{name}") for name in ("at", "actor", "what")]
            st.dataframe(pd.DataFrame(words.changes, columns=names), hide_index=True)


def _looked(of: Evaluation, record: InterventionRecord) -> InterventionRecord:
    """Count the look; the record with it, or as it was where somebody removed the intervention meanwhile."""
    if not is_told(of):
        return record
    looked_at(session.database(), session.viewer(), [of])
    return read_intervention(session.database(), session.viewer(), record.fact.id) or record
