"""The form for an intervention: the plan on the left, the map and what the plan could show on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely
import streamlit as st

from dashboard.ui import intervention_decisions, intervention_rehearsal, seen, session, state
from dashboard.ui import intervention_fields as fields
from dashboard.ui.area_map import area_map
from dashboard.ui.choices import distinct
from dashboard.ui.intervention_fields import Form
from dashboard.ui.plain import plain
from dashboard.ui.writing import is_written
from data_access.changes import InterventionEntry, change_intervention, record_intervention

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.maps.drawn import Drawn
    from dashboard.situation.plan import Rehearsal
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.interventions import InterventionRecord

_MAP_PX = 430


def draw(
    facts: Facts, record: InterventionRecord | None, texts: Texts, *, leave: Callable[[str | None], None]
) -> None:
    """Draw the form; `leave` goes to the intervention when it is stored, or back to where the person came from."""
    form = _opened(facts, record, texts)
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
        values = fields.what(form) | fields.when(form)
        fields.hint(form)
    with right:
        place = st.container()
        values |= fields.against(form)
    with place:
        drawn, rehearsal = _where(form, values | _compared_before(form))
    with right:
        values |= _compared(form, rehearsal)
    with left:
        values |= fields.more(form)
    if st.button(texts("admin.store"), type="primary", icon=":material/save:", key=f"{form.key}-store"):
        _store(form, _entry(form, values, drawn, rehearsal), drawn, leave)


def _opened(facts: Facts, record: InterventionRecord | None, texts: Texts) -> Form:
    """The form as it was opened: when somebody else has written meanwhile that is said, and what was typed stays."""
    if record is None:
        return Form(facts, None, texts, f"plan-new{state.form_round()}")
    record, key = seen.held(f"plan-{record.fact.id}", record, record.revision, texts, field="title")
    return Form(facts, record, texts, key)


def _where(form: Form, values: dict[str, Any]) -> tuple[Drawn, Rehearsal | None]:
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


def _compared_before(form: Form) -> dict[str, Any]:
    """The comparison areas and the ring as the fields below the map say, before they are drawn in this run."""
    held, stored = st.session_state, form.held("comparison", ())
    by_hand = held.get(f"{form.key}-by_hand", bool(stored))
    codes = held.get(f"{form.key}-comparison", stored) if by_hand else ()
    ring_m = held.get(f"{form.key}-ring_m", form.held("ring_m", None))
    return {"comparison_codes": tuple(codes), "ring_m": ring_m}


def _compared(form: Form, rehearsal: Rehearsal | None) -> dict[str, Any]:
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
    return {"comparison_codes": tuple(codes), "comparison_reason": fields.text(form, "comparison_reason")}


def _entry(
    form: Form, values: dict[str, Any], drawn: Drawn, rehearsal: Rehearsal | None
) -> InterventionEntry:
    """What is on the form."""
    return InterventionEntry(
        **{name: value for name, value in values.items() if name != "ring_m"},
        area_codes=tuple(sorted(drawn.areas)),
        polygon=drawn.polygon,
        ring_m=values["ring_m"] if drawn.polygon is not None else None,
        status="proposed",
        detectable_pct=form.detectable_pct(values, drawn, rehearsal),
    )


def _store(form: Form, entry: InterventionEntry, drawn: Drawn, leave: Callable[[str | None], None]) -> None:
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
            intervention_decisions.link(stored[0])

    if is_written(write, form.texts) and stored:
        st.toast(form.texts("admin.stored"), icon=":material/check:")
        leave(str(stored[0]))
        st.rerun()
