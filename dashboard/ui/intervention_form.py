"""The form for an intervention: the plan on the left, the map and what the plan could show on the right."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import shapely
import streamlit as st

from dashboard.ui import intervention_rehearsal, session, state
from dashboard.ui.area_map import area_map
from dashboard.ui.choices import distinct
from dashboard.ui.plain import plain
from dashboard.ui.writing import is_written
from data_access.changes import InterventionEntry, change_intervention, record_intervention
from data_access.models.intervention import APPROACHES, HORIZONS, KINDS, LONGEST
from data_access.permissions import Action, can, can_act_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.maps.drawn import Drawn
    from dashboard.situation.plan import Rehearsal
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.interventions import InterventionRecord

DATES = "YYYY-MM-DD"
_LONG_TEXTS = ("problem", "cause", "hypothesis", "goal")
_REFERENCES = ("responsible", "decided_in", "finding", "plan", "dose_unit")
_RING_M = 200
_MAP_PX = 430


@dataclass(frozen=True)
class _Form:
    """The form of one intervention: its record (None: a new one), words, and the key that its fields begin with."""

    facts: Facts
    record: InterventionRecord | None
    texts: Texts

    @property
    def key(self) -> str:
        """A form that is opened anew after an edit begins with what is stored then."""
        return f"plan-{self.record.fact.id}-{self.record.revision}" if self.record else "plan-new"

    @property
    def has_begun(self) -> bool:
        """Whether the intervention is past its start."""
        return self.record is not None and self.record.fact.starts_on <= session.today(self.facts)

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
            and (drawn.polygon is None) == (fact.polygon is None)
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


def draw(
    facts: Facts, record: InterventionRecord | None, texts: Texts, *, leave: Callable[[str | None], None]
) -> None:
    """Draw the form; `leave` goes to the intervention when it is stored, or back to where the person came from."""
    form = _Form(facts, record, texts)
    back = str(record.fact.id) if record else None
    st.button(
        texts("interventions.cancel"), icon=":material/arrow_back:", type="tertiary", on_click=leave, args=(back,),
        key=f"{form.key}-cancel",
    )  # fmt: skip
    st.title(texts("interventions.edit_title" if record else "interventions.new_title"))
    if form.has_begun:
        st.info(texts("interventions.edit_after_start"), icon=":material/history:")
    left, right = st.columns((1, 1), gap="medium")
    with left:
        values = _what(form) | _when(form)
        _hint(form)
    with right:
        place = st.container()
        values |= _against(form)
    with place:
        drawn, rehearsal = _where(form, values | _compared_before(form))
    with right:
        values |= _compared(form, rehearsal)
    with left:
        values |= _more(form)
    if st.button(texts("admin.store"), type="primary", icon=":material/save:", key=f"{form.key}-store"):
        _store(form, _entry(form, values, drawn, rehearsal), drawn, leave)


def _what(form: _Form) -> dict[str, Any]:
    """Title, kind, who, and why."""
    texts = form.texts
    values: dict[str, Any] = {"title": _text(form, "title")}
    with st.container(horizontal=True):
        values["kind"] = st.selectbox(
            form.label("kind"), KINDS, index=_place(KINDS, form.held("kind", KINDS[0])),
            format_func=lambda kind: texts(f"intervention_kind.{kind}"), key=f"{form.key}-kind",
        )  # fmt: skip
        values["organisation"] = _organisation(form)
    values |= {name: _text(form, name, height_px=80) for name in _LONG_TEXTS}
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
    return values


def _choice(texts: Texts, name: str, word: str) -> str:
    return texts(f"intervention_{name}.{word}")


def _when(form: _Form) -> dict[str, Any]:
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


def _hint(form: _Form) -> None:
    if form.record is None:
        st.caption(form.texts("interventions.proposed_first"))


def _against(form: _Form) -> dict[str, Any]:
    """Types of incidents that it is aimed at; one that is hidden stays where it was chosen already."""
    texts, chosen = form.texts, list(form.held("categories", ()))
    shown = [one for one in form.facts.categories if not one.is_hidden or one.code in chosen]
    names = distinct({one.code: texts.name(one) for one in shown})
    found = st.multiselect(
        form.label("categories"), list(names), default=[code for code in chosen if code in names],
        format_func=names.__getitem__, placeholder=texts("interventions.choose_types"), key=f"{form.key}-categories",
    )  # fmt: skip
    return {"category_codes": tuple(found)}


def _where(form: _Form, values: dict[str, Any]) -> tuple[Drawn, Rehearsal | None]:
    """The map, coloured by what the plan is compared with, and what the plan could show."""
    held, record = st.session_state.get(f"{form.key}-roles", {}), form.record
    drawn = area_map(
        form.facts,
        form.texts,
        key=f"{form.key}-map",
        chosen=form.held("areas", ()) if record is None or record.fact.polygon is None else (),
        polygon=shapely.from_wkb(record.fact.polygon) if record and record.fact.polygon else None,  # pyright: ignore[reportArgumentType] - a Polygon is stored
        roles=held,
        height_px=_MAP_PX,
    )
    return drawn, intervention_rehearsal.draw(
        form.facts, form.record, values, drawn, form.texts, key=f"{form.key}-roles"
    )


def _compared_before(form: _Form) -> dict[str, Any]:
    """The comparison areas as the fields below the map say, before they are drawn in this run."""
    held, stored = st.session_state, form.held("comparison", ())
    by_hand = held.get(f"{form.key}-by_hand", bool(stored))
    codes = held.get(f"{form.key}-comparison", stored) if by_hand else ()
    return {"comparison_codes": tuple(codes)}


def _compared(form: _Form, rehearsal: Rehearsal | None) -> dict[str, Any]:
    """The proposed comparison areas, or others with a reason."""
    texts, chosen = form.texts, form.held("comparison", ())
    by_hand = st.toggle(texts("interventions.by_hand"), value=bool(chosen), key=f"{form.key}-by_hand")
    if not by_hand:
        return {"comparison_codes": (), "comparison_reason": ""}
    names = distinct({area.code: area.name for area in form.facts.areas})
    proposed = chosen or (rehearsal.comparison if rehearsal else ())
    codes = st.multiselect(
        form.label("comparison"), list(names), default=[code for code in proposed if code in names],
        format_func=names.__getitem__, key=f"{form.key}-comparison",
    )  # fmt: skip
    return {"comparison_codes": tuple(codes), "comparison_reason": _text(form, "comparison_reason")}


def _more(form: _Form) -> dict[str, Any]:
    """Who is responsible, where it was decided, what it costs, and what is counted per week."""
    with st.expander(
        form.texts("interventions.more"), expanded=form.record is not None or bool(state.begun_intervention())
    ):
        values: dict[str, Any] = {name: _text(form, name) for name in _REFERENCES}
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


def _text(form: _Form, name: str, *, height_px: int = 0) -> str:
    key, most = f"{form.key}-{name}", LONGEST[name]
    held = form.held(name, "")[:most]
    if height_px:
        help_text = form.texts(f"interventions.help_{name}")
        return (
            st.text_area(form.label(name), held, max_chars=most, height=height_px, help=help_text, key=key)
            or ""
        )
    return st.text_input(form.label(name), held, max_chars=most, key=key) or ""


def _organisation(form: _Form) -> str:
    """Organisations that the viewer may act for; whoever may act for all can name a new one."""
    viewer, held = session.viewer(), form.held("organisation", None)
    names = [one.name for one in form.facts.frame.sources if can_act_for(viewer, one.id)]
    return str(
        st.selectbox(
            form.label("organisation"), names, index=names.index(held) if held in names else 0 if names else None,
            accept_new_options=can(viewer, Action.ACT_FOR_OTHERS), key=f"{form.key}-organisation",
        ) or ""
    )  # fmt: skip


def _place(words: tuple[str, ...], held: str) -> int:
    return words.index(held) if held in words else len(words) - 1


def _entry(
    form: _Form, values: dict[str, Any], drawn: Drawn, rehearsal: Rehearsal | None
) -> InterventionEntry:
    """What is on the form; the smallest detectable decrease is kept as it was planned before the start."""
    detectable = round(rehearsal.detectable_pct, 1) if rehearsal and rehearsal.problem is None else None
    if form.record is not None and (form.has_begun or form.is_as_stored(values, drawn)):
        detectable = form.record.detectable_pct
    return InterventionEntry(
        **{name: value for name, value in values.items() if name != "ring_m"},
        area_codes=tuple(sorted(drawn.areas)),
        polygon=drawn.polygon,
        ring_m=values["ring_m"] if drawn.polygon is not None else None,
        status="proposed",
        detectable_pct=detectable,
    )


def _store(form: _Form, entry: InterventionEntry, drawn: Drawn, leave: Callable[[str | None], None]) -> None:
    """Store, and go to the card; what is refused is said here and the form stays as it is."""
    if drawn.problem:
        st.error(plain(drawn.problem), icon=":material/block:")
        return
    database, viewer, record = session.database(), session.viewer(), form.record
    stored: list[int] = []

    def write() -> None:
        if record is not None:
            change_intervention(database, viewer, record.fact.id, entry, revision=record.revision)
            stored.append(record.fact.id)
        elif form.facts.frame.area_set is not None:
            stored.append(
                record_intervention(database, viewer, entry, area_set_id=form.facts.frame.area_set.id)
            )

    if is_written(write, form.texts) and stored:
        st.toast(form.texts("admin.stored"), icon=":material/check:")
        leave(str(stored[0]))
        st.rerun()
