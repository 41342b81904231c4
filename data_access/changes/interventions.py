"""Writing interventions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from data_access.changes.municipality import organisation_id_of, organisation_named
from data_access.changes.transaction import changing
from data_access.importers.personal import personal_reason
from data_access.models import Area, AreaSet, Category, Intervention, InterventionArea, InterventionCategory
from data_access.permissions import Action, check_act_for
from data_access.personal_data import found_in

if TYPE_CHECKING:
    from datetime import date

    from data_access.database import Database
    from data_access.permissions import Sight, Viewer
    from data_access.personal_data import Finding


@dataclass(frozen=True)
class InterventionEntry:
    """An intervention as a person describes it: areas and types by their codes."""

    title: str
    kind: str
    organisation: str
    starts_on: date
    ends_on: date | None
    area_codes: tuple[str, ...]
    category_codes: tuple[str, ...]
    hypothesis: str = ""
    status: str = "ongoing"


class UnknownCodesError(Exception):
    """Codes that the database does not know; `parameters` names them."""

    def __init__(self, kind: str, codes: list[str]) -> None:
        super().__init__(f"unknown {kind}: {', '.join(codes)}")
        self.reason = f"unknown_{kind}"
        self.parameters = {"codes": ", ".join(codes)}


class PersonalDataError(Exception):
    """Personal data in a text that was to be stored.

    `field` names the text, `reason` the kind (a key under `reason` in the texts), `parameters` the place: first and last, in
    characters from 1. The text itself is in none of them.
    """

    def __init__(self, field: str, finding: Finding) -> None:
        super().__init__(f"{field}: {finding.kind}, characters {finding.first} to {finding.last}")
        self.field = field
        self.reason, self.parameters = personal_reason(finding)


def record_intervention(
    database: Database,
    viewer: Viewer,
    entry: InterventionEntry,
    *,
    area_set_id: int,
    is_sample: bool = False,
) -> int:
    """Store an intervention in areas of a set; its id.

    Raises `PersonalDataError` for personal data in title or hypothesis, `UnknownCodesError` for codes that are not there or
    not the viewer's to see, `NotPermittedError` for an organisation that is not theirs to act for, `EntryError` (name_empty,
    name_long) for the organisation's name.
    """
    with changing(database, viewer, Action.WRITE_INTERVENTIONS, subject=entry.title) as change:
        _refuse_personal_data(entry)
        session = change.session
        check_act_for(viewer, organisation_id_of(change, entry.organisation))
        area_ids = _area_ids(session, viewer.sight, area_set_id, entry.area_codes)
        category_ids = _category_ids(session, entry.category_codes)
        owner = organisation_named(change, entry.organisation, is_sample=is_sample)
        intervention = Intervention(
            area_set_id=area_set_id,
            organisation_id=owner.id or 0,
            title=entry.title,
            kind=entry.kind,
            hypothesis=entry.hypothesis,
            starts_on=entry.starts_on,
            ends_on=entry.ends_on,
            status=entry.status,
            is_sample=is_sample,
        )
        session.add(intervention)
        session.flush()
        number = intervention.id or 0
        session.add_all(InterventionArea(intervention_id=number, area_id=area_id) for area_id in area_ids)
        session.add_all(
            InterventionCategory(intervention_id=number, category_id=category_id)
            for category_id in category_ids
        )
        change.details = {"intervention": number, "areas": list(entry.area_codes)}
        return number


def _refuse_personal_data(entry: InterventionEntry) -> None:
    for field in ("title", "hypothesis"):
        for finding in found_in(getattr(entry, field)):
            raise PersonalDataError(field, finding)


def _area_ids(session: Session, sight: Sight, area_set_id: int, codes: tuple[str, ...]) -> list[int]:
    query = select(Area.code, Area.id).where(Area.area_set_id == area_set_id, col(Area.level) == 1)
    area_set = session.get(AreaSet, area_set_id)
    seen = sight.codes_in(area_set.name) if area_set else None
    ids = {code: number for code, number in session.execute(query).all() if seen is None or code in seen}
    return _all_of("areas", codes, ids)


def _category_ids(session: Session, codes: tuple[str, ...]) -> list[int]:
    return _all_of("categories", codes, dict(session.execute(select(Category.code, Category.id)).all()))


def _all_of(kind: str, codes: tuple[str, ...], ids: dict[str, int]) -> list[int]:
    missing = [code for code in codes if code not in ids]
    if missing:
        raise UnknownCodesError(kind, missing)
    return [ids[code] for code in codes]
