"""The fields of the form for an intervention: what, when, against what, who, and what is known of each already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import shapely
import streamlit as st

from dashboard.ui import finding_choice, session, state
from dashboard.ui.choices import distinct
from data_access.models.intervention import APPROACHES, HORIZONS, KINDS, LONGEST
from data_access.permissions import Action, can, can_act_for
from data_access.survey_goals import read_survey_goals

if TYPE_CHECKING:
    from shapely import Polygon

    from dashboard.maps.drawn import Drawn
    from dashboard.situation.plan import Rehearsal
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.interventions import InterventionRecord

DATES = "YYYY-MM-DD"
_LONG_TEXTS = ("problem", "cause", "hypothesis", "goal")
_REFERENCES = ("responsible", "decided_in", "plan", "dose_unit")
_RING_M = 200
_ROUNDED_M = 1.0


@dataclass(frozen=True)
class Form:
    """The form of one intervention: its record as it was opened (None: a new one), words, and how its fields' keys begin."""

    facts: Facts
    record: InterventionRecord | None
    texts: Texts
    key: str

    @property
    def has_begun(self) -> bool:
        """Whether the intervention is past its start."""
        return self.record is not None and self.record.fact.starts_on <= session.today(self.facts)

    def detectable_pct(
        self, values: dict[str, Any], drawn: Drawn, rehearsal: Rehearsal | None
    ) -> float | None:
        """The smallest detectable decrease, as planned before the start: what is stored stays as long as its plan does.

        None where the first day that was entered has been: the weeks of the rehearsal would be weeks of the intervention.
        """
        if self.record is not None and (self.has_begun or self.is_as_stored(values, drawn)):
            return self.record.detectable_pct
        starts_on = values["starts_on"]
        is_past = not isinstance(starts_on, date) or starts_on < session.today(self.facts)
        return None if is_past or rehearsal is None else rehearsal.planned_pct

    def is_as_stored(self, values: dict[str, Any], drawn: Drawn) -> bool:
        """Whether where, when, against what and compared with what are what is stored."""
        fact = self.record.fact if self.record else None
        same = ("starts_on", "ends_on")
        return (
            fact is not None
            and all(values[name] == getattr(fact, name) for name in same)
            and set(values["category_codes"]) == set(fact.categories)
            and set(values["comparison_codes"]) == set(fact.comparison)
            and (drawn.polygon is not None or set(drawn.areas) == set(fact.areas))
            and _is_same_surface(drawn.polygon, fact.polygon)
            and (drawn.polygon is None or values["ring_m"] == fact.ring_m)
        )

    def label(self, name: str) -> str:
        """Name of a field."""
        return self.texts(f"intervention_field.{name}")

    def held(self, name: str, otherwise: Any) -> Any:
        """What is stored of a field, of the record or its fact."""
        if self.record is None:
            return state.begun_intervention().get(name, otherwise)
        return (
            getattr(self.record, name, None)
            if hasattr(self.record, name)
            else getattr(self.record.fact, name)
        )


def what(form: Form) -> dict[str, Any]:
    """Title, kind, who, and why."""
    texts = form.texts
    values: dict[str, Any] = {"title": text(form, "title")}
    with st.container(horizontal=True):
        values["kind"] = st.selectbox(
            form.label("kind"), KINDS, index=_place(KINDS, form.held("kind", KINDS[0])),
            format_func=lambda kind: texts(f"intervention_kind.{kind}"), key=f"{form.key}-kind",
        )  # fmt: skip
        values["organisation"] = organisation(form)
    values |= {name: text(form, name, height_px=80) for name in _LONG_TEXTS}
    with st.container(horizontal=True):
        for name, words in (("approach", APPROACHES), ("horizon", HORIZONS)):
            values[name] = st.selectbox(
                form.label(name), words, index=_place(words, form.held(name, words[0])),
                format_func=partial(_choice, texts, name), key=f"{form.key}-{name}",
            )  # fmt: skip
        values["goal_pct"] = st.number_input(
            form.label("goal_pct"), min_value=1, max_value=100, value=form.held("goal_pct", None),
            key=f"{form.key}-goal_pct",
        )  # fmt: skip
    return values | _survey_goal(form)


def _survey_goal(form: Form) -> dict[str, Any]:
    """What is to change in a survey: a question of the catalogue, or nothing."""
    texts, none = form.texts, ("", "")
    names = {none: texts("interventions.no_survey_goal")} | {
        (one.instrument, one.code): f"{texts(f'surveys.instrument_{one.instrument}')}: {texts.name(one)}"
        for one in read_survey_goals(session.database(), session.viewer())
    }
    options = list(distinct(names))
    held = (form.held("goal_instrument", ""), form.held("goal_indicator", ""))
    chosen = st.selectbox(
        form.label("goal_indicator"), options, index=options.index(held) if held in options else 0,
        format_func=distinct(names).__getitem__, help=texts("interventions.help_survey_goal"),
        key=f"{form.key}-goal_indicator",
    )  # fmt: skip
    return dict(zip(("goal_instrument", "goal_indicator"), chosen, strict=True))


def _choice(texts: Texts, name: str, word: str) -> str:
    return texts(f"intervention_{name}.{word}")


def when(form: Form) -> dict[str, Any]:
    """First and last day."""
    with st.container(horizontal=True):
        starts = st.date_input(
            form.label("starts_on"),
            value=form.held("starts_on", session.today(form.facts)),
            format=DATES,
            key=f"{form.key}-starts_on",
        )
        ends = st.date_input(
            form.label("ends_on"), value=form.held("ends_on", None), format=DATES,
            help=form.texts("interventions.ends_help"), key=f"{form.key}-ends_on",
        )  # fmt: skip
    return {"starts_on": starts, "ends_on": ends}


def hint(form: Form) -> None:
    """What becomes of a new one."""
    if form.record is None:
        st.caption(form.texts("interventions.proposed_first"))


def against(form: Form) -> dict[str, Any]:
    """Types of incidents that it is aimed at; one that is hidden stays where it was chosen already."""
    texts, chosen = form.texts, list(form.held("categories", ()))
    shown = [one for one in form.facts.categories if not one.is_hidden or one.code in chosen]
    names = distinct({one.code: texts.name(one) for one in shown})
    found = st.multiselect(
        form.label("categories"), list(names), default=[code for code in chosen if code in names],
        format_func=names.__getitem__, placeholder=texts("interventions.choose_types"), key=f"{form.key}-categories",
    )  # fmt: skip
    return {"category_codes": tuple(found)}


def more(form: Form) -> dict[str, Any]:
    """Who is responsible, where it was decided, what it costs, and what is counted per week."""
    with st.expander(
        form.texts("interventions.more"), expanded=form.record is not None or bool(state.begun_intervention())
    ):
        values: dict[str, Any] = {"finding_id": finding_choice.draw(form)}
        values |= {name: text(form, name) for name in _REFERENCES}
        with st.container(horizontal=True):
            values["cost_sek"] = st.number_input(
                form.label("cost_sek"), min_value=0, value=form.held("cost_sek", None), step=1000,
                key=f"{form.key}-cost_sek",
            )  # fmt: skip
            values["ring_m"] = st.number_input(
                form.label("ring_m"), min_value=50, max_value=2000, value=form.held("ring_m", None) or _RING_M,
                step=50, key=f"{form.key}-ring_m",
            )  # fmt: skip
    return values


def text(form: Form, name: str, *, height_px: int = 0) -> str:
    """A text of the intervention; with a height, one of several lines and with help."""
    key, most = f"{form.key}-{name}", LONGEST[name]
    held = form.held(name, "")[:most]
    if height_px:
        help_text = form.texts(f"interventions.help_{name}")
        return (
            st.text_area(form.label(name), held, max_chars=most, height=height_px, help=help_text, key=key)
            or ""
        )
    return st.text_input(form.label(name), held, max_chars=most, key=key) or ""


def organisation(form: Form) -> str:
    """Organisations that the viewer may act for; whoever may act for all can name a new one."""
    viewer, held = session.viewer(), form.held("organisation", None)
    names = [one.name for one in form.facts.frame.sources if can_act_for(viewer, one.id)]
    return str(
        st.selectbox(
            form.label("organisation"), names, index=names.index(held) if held in names else 0 if names else None,
            accept_new_options=can(viewer, Action.ACT_FOR_OTHERS), key=f"{form.key}-organisation",
        ) or ""
    )  # fmt: skip


def _is_same_surface(drawn: Polygon | None, stored: bytes | None) -> bool:
    """A browser gives corners back a little rounded."""
    if drawn is None or stored is None:
        return drawn is None and stored is None
    return bool(shapely.hausdorff_distance(drawn, shapely.from_wkb(stored)) < _ROUNDED_M)


def _place(words: tuple[str, ...], held: str) -> int:
    return words.index(held) if held in words else len(words) - 1
