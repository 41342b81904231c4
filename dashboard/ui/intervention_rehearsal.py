"""What a plan could show, told beside the form while it is filled in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import shapely
import streamlit as st

from dashboard.geometry import ground, neighbours
from dashboard.situation.effect_words import listed, problem_words
from dashboard.situation.plan import rehearse
from dashboard.ui import session
from dashboard.ui.plain import plain
from data_access.frame import InterventionFact

if TYPE_CHECKING:
    from dashboard.maps.drawn import Drawn
    from dashboard.situation.plan import Rehearsal
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.interventions import InterventionRecord

_SHOWN_AREAS = 8


def draw(
    facts: Facts,
    record: InterventionRecord | None,
    values: dict[str, Any],
    drawn: Drawn,
    texts: Texts,
    *,
    key: str,
) -> Rehearsal | None:
    """Say how small a decrease could be found; None while there is too little to say anything of.

    Under `key` the session keeps which districts are ring and comparison, for the map to be coloured in the next run.
    """
    plan = _plan(facts, record, values, drawn)
    area_set = facts.frame.area_set
    if plan is None or area_set is None:
        st.caption(texts("interventions.rehearsal_waits"))
        _paint(key, {})
        return None
    found = rehearse(facts, neighbours(session.database(), session.viewer(), area_set), plan)
    roles: dict[str, str] = dict.fromkeys(found.comparison, "comparison") | dict.fromkeys(found.ring, "ring")
    _paint(key, roles)
    _say(facts, found, values.get("goal_pct"), texts)
    return found


def _paint(key: str, roles: dict[str, str]) -> None:
    """The map stands above and was drawn already: where its colours are others now, the page is drawn once more."""
    if st.session_state.get(key, {}) != roles:
        st.session_state[key] = roles
        st.rerun()


def _plan(
    facts: Facts, record: InterventionRecord | None, values: dict[str, Any], drawn: Drawn
) -> InterventionFact | None:
    starts, ends = values["starts_on"], values["ends_on"]
    areas = _areas(facts, drawn)
    if not (areas and values["category_codes"] and isinstance(starts, date)) or drawn.problem:
        return None
    return InterventionFact(
        id=record.fact.id if record else 0,
        title="",
        kind=values["kind"],
        organisation="",
        starts_on=starts,
        ends_on=ends if isinstance(ends, date) and ends >= starts else None,
        status="decided",
        areas=areas,
        categories=values["category_codes"],
        comparison=values["comparison_codes"],
        polygon=shapely.to_wkb(drawn.polygon) if drawn.polygon is not None else None,
        ring_m=values.get("ring_m"),
    )


def _areas(facts: Facts, drawn: Drawn) -> tuple[str, ...]:
    """Districts that are chosen, or that a drawn surface lies in."""
    area_set = facts.frame.area_set
    if drawn.polygon is None or area_set is None:
        return tuple(sorted(drawn.areas))
    land = ground(session.database(), session.viewer(), area_set)
    meets = shapely.intersects(land.districts, drawn.polygon)
    return tuple(area.code for area, is_met in zip(facts.areas, meets.tolist(), strict=True) if is_met)


def _say(facts: Facts, found: Rehearsal, goal_pct: int | None, texts: Texts) -> None:
    if found.problem is not None:
        st.warning(plain(problem_words(found.problem, texts)), icon=":material/help:")
        return
    names = {area.code: area.name for area in facts.areas}
    areas = [names[code] for code in found.comparison if code in names]
    rest = len(areas) - _SHOWN_AREAS
    shown = (*areas[:_SHOWN_AREAS], texts("interventions.and_more", count=rest)) if rest > 0 else tuple(areas)
    smallest = found.detectable_pct
    lines = [
        texts(
            "interventions.rehearsal",
            weeks=texts("effect.weeks", count=found.weeks),
            count=round(found.expected),
        ),
        texts("interventions.rehearsal_nothing")
        if smallest is None
        else texts("interventions.rehearsal_smallest", pct=texts.percent(smallest / 100)),
    ]
    if not found.is_promising:
        lines.append(texts("interventions.rehearsal_too_few"))
    elif goal_pct is not None and smallest is not None:
        key = "goal_can_be_seen" if goal_pct >= smallest else "goal_cannot_be_seen"
        lines.append(texts(f"interventions.{key}", goal=texts.percent(goal_pct / 100)))
    lines.append(texts("interventions.proposed_comparison", count=len(areas), areas=listed(shown, texts)))
    (st.info if found.is_promising else st.warning)(plain(" ".join(lines)), icon=":material/query_stats:")
