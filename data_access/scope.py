"""Which incidents somebody sees: the one rule, for columns in memory and for questions in SQL."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import false, or_, tuple_
from sqlmodel import col, select

from data_access.models import (
    Area,
    AreaSet,
    Decision,
    DecisionArea,
    Finding,
    FindingArea,
    Incident,
    Intervention,
    InterventionArea,
)

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from data_access.frame import Frame
    from data_access.intervention_facts import InterventionFact
    from data_access.permissions import Sight, Viewer
    from data_access.records import Records

_LARGEST_ID = 2**63 - 1


def narrowed(frame: Frame, sight: Sight) -> Frame:
    """The frame with nothing in it but what is seen: districts, sources, and interventions in those districts."""
    codes = sight.codes_in(frame.area_set.name) if frame.area_set else frozenset()
    sources, owners = frame.sources, sight.organisations
    if owners is not None:
        sources = tuple(one for one in sources if one.id in owners)
    if sight.areas is None or codes is None:
        return replace(frame, sources=sources)
    near = (intervention_within(one, codes) for one in frame.interventions)
    return replace(
        frame,
        sources=sources,
        areas=tuple(area for area in frame.areas if area.code in codes),
        interventions=tuple(one for one in near if one.areas),
    )


def intervention_within(one: InterventionFact, codes: frozenset[str] | None) -> InterventionFact:
    """The intervention with no other districts than those that are seen; None: all."""
    if codes is None:
        return one
    areas, comparison = (
        tuple(code for code in found if code in codes) for found in (one.areas, one.comparison)
    )
    return replace(one, areas=areas, comparison=comparison)


def seen(records: Records, frame: Frame, sight: Sight) -> Records:
    """The records that are seen; `frame` is already narrowed to the sight."""
    if sight.is_whole:
        return records
    is_seen = np.ones(records.size, bool)
    if sight.areas is not None:
        is_seen &= np.isin(records.area_id, [area.id for area in frame.areas])
    if sight.organisations is not None:
        is_seen &= np.isin(records.organisation_id, list(sight.organisations))
    columns: dict[str, Any] = {one.name: getattr(records, one.name)[is_seen] for one in fields(records)}
    return type(records)(**columns)


def conditions(sight: Sight, area_set: str | None) -> list[ColumnElement[bool]]:
    """The same for statements over incidents joined to the districts of a set, by its name."""
    found: list[ColumnElement[bool]] = []
    if sight.areas is not None:
        codes = sight.codes_in(area_set) if area_set is not None else None
        found.append(col(Area.code).in_(sorted(codes)) if codes else false())
    if sight.organisations is not None:
        found.append(col(Incident.organisation_id).in_(sorted(sight.organisations)))
    return found


def intervention_conditions(sight: Sight, number: int | None = None) -> list[ColumnElement[bool]]:
    """The same for statements over interventions: one of their districts is seen. `number`: that one only."""
    found: list[ColumnElement[bool]] = []
    if number is not None:
        found.append(col(Intervention.id) == number if 0 < number <= _LARGEST_ID else false())
    if sight.areas is None:
        return found
    keys = sorted((area.area_set, area.code) for area in sight.areas)
    near = (
        select(InterventionArea.intervention_id)
        .join(Area, col(Area.id) == col(InterventionArea.area_id))
        .join(AreaSet, col(AreaSet.id) == col(Area.area_set_id))
        .where(tuple_(col(AreaSet.name), col(Area.code)).in_(keys))
    )
    return [*found, col(Intervention.id).in_(near) if keys else false()]


def decision_conditions(viewer: Viewer) -> list[ColumnElement[bool]]:
    """The same for statements over decisions: one of their districts is seen, or they have none and are theirs to do."""
    if viewer.sight.areas is None:
        return []
    keys = sorted((area.area_set, area.code) for area in viewer.sight.areas)
    near = (
        select(DecisionArea.decision_id)
        .join(Area, col(Area.id) == col(DecisionArea.area_id))
        .join(AreaSet, col(AreaSet.id) == col(Area.area_set_id))
        .where(tuple_(col(AreaSet.name), col(Area.code)).in_(keys))
    )
    is_near = col(Decision.id).in_(near) if keys else false()
    has_areas = col(Decision.id).in_(select(DecisionArea.decision_id))
    return [or_(is_near, ~has_areas & (col(Decision.organisation_id) == viewer.organisation_id))]


def finding_conditions(viewer: Viewer, number: int | None = None) -> list[ColumnElement[bool]]:
    """The same for statements over findings: one of their districts is seen, or they are of the whole municipality.

    Whoever is told only totals of a survey reads only those of the whole municipality. `number`: that one only.
    """
    found: list[ColumnElement[bool]] = []
    if number is not None:
        found.append(col(Finding.id) == number if 0 < number <= _LARGEST_ID else false())
    is_whole = col(Finding.id).not_in(select(FindingArea.finding_id))
    if viewer.survey_sight.is_total_only:
        return [*found, is_whole]
    if viewer.sight.areas is None:
        return found
    keys = sorted((area.area_set, area.code) for area in viewer.sight.areas)
    near = (
        select(FindingArea.finding_id)
        .join(Area, col(Area.id) == col(FindingArea.area_id))
        .join(AreaSet, col(AreaSet.id) == col(Area.area_set_id))
        .where(tuple_(col(AreaSet.name), col(Area.code)).in_(keys))
    )
    return [*found, or_(is_whole, col(Finding.id).in_(near)) if keys else is_whole]
