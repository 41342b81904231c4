"""Findings as they are read, with what they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from data_access.models import Area, AreaSet, Finding, FindingArea, Organisation, SurveyIndicator, SurveyWave
from data_access.surveys.stored import TOTAL

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from data_access.permissions import Sight


@dataclass(frozen=True)
class FindingFact:
    """A finding: `source` of `FINDING_SOURCES`, `areas` (codes) and their names as far as the viewer sees them.

    `is_of_all`: of the whole municipality. `wave`, `year`: name and year of the wave that it rests on, "" and None for none.
    `indicator`: code of its question, "" for none, and its names; `is_risk`: fewer should have it. `organisation` "": recorded
    by the municipality. `withdrawn_at`, `created_at`: UTC. `revision` is what `change_finding` and `withdraw_finding` ask for.
    """

    id: int
    area_set_id: int | None
    organisation_id: int | None
    organisation: str
    statement: str
    source: str
    wave_id: int | None
    wave: str
    year: int | None
    indicator: str
    name_sv: str
    name_en: str
    is_risk: bool
    areas: tuple[str, ...]
    area_names: tuple[str, ...]
    is_of_all: bool
    withdrawn_at: datetime | None
    withdrawn_reason: str
    revision: int
    created_at: datetime

    @property
    def is_withdrawn(self) -> bool:
        """Whether it holds no more."""
        return self.withdrawn_at is not None


def finding_facts(session: Session, sight: Sight, *conditions: Any) -> tuple[FindingFact, ...]:
    """Findings for which the conditions hold, the newest first."""
    query = (
        select(Finding, Organisation.name, SurveyWave, SurveyIndicator)
        .join(Organisation, col(Organisation.id) == col(Finding.organisation_id), isouter=True)
        .join(SurveyWave, col(SurveyWave.id) == col(Finding.wave_id), isouter=True)
        .join(
            SurveyIndicator,
            (col(SurveyIndicator.instrument) == col(SurveyWave.instrument))
            & (col(SurveyIndicator.code) == col(Finding.indicator_code)),
            isouter=True,
        )
        .where(*conditions)
        .order_by(col(Finding.created_at).desc(), col(Finding.id).desc())
    )
    rows = session.execute(query).all()
    areas = _areas(session, [row.id for row, *_ in rows])
    return tuple(
        _fact(row, owner or "", wave, asked, areas.get(row.id, ()), sight) for row, owner, wave, asked in rows
    )


def _fact(
    row: Finding,
    owner: str,
    wave: SurveyWave | None,
    asked: SurveyIndicator | None,
    areas: tuple[tuple[str, str, str], ...],
    sight: Sight,
) -> FindingFact:
    near = [one for one in areas if (seen := sight.codes_in(one[0])) is None or one[1] in seen]
    named = TOTAL if row.indicator_code == TOTAL.code else asked
    return FindingFact(
        id=row.id or 0,
        area_set_id=row.area_set_id,
        organisation_id=row.organisation_id,
        organisation=owner,
        statement=row.statement,
        source=row.source,
        wave_id=row.wave_id,
        wave=wave.name if wave else "",
        year=wave.year if wave else None,
        indicator=row.indicator_code,
        name_sv=named.name_sv if named else "",
        name_en=named.name_en if named else "",
        is_risk=asked is not None and (asked.polarity, asked.scale) == ("risk", "share"),
        areas=tuple(code for _, code, _ in near),
        area_names=tuple(name for _, _, name in near),
        is_of_all=not areas,
        withdrawn_at=row.withdrawn_at,
        withdrawn_reason=row.withdrawn_reason,
        revision=row.revision,
        created_at=row.created_at,
    )


def _areas(session: Session, numbers: list[int | None]) -> dict[int | None, tuple[tuple[str, str, str], ...]]:
    """Name of the set, code and name of the districts of each, in the order of their codes."""
    query = (
        select(FindingArea.finding_id, AreaSet.name, Area.code, Area.name)
        .join(Area, col(Area.id) == col(FindingArea.area_id))
        .join(AreaSet, col(AreaSet.id) == col(Area.area_set_id))
        .where(col(FindingArea.finding_id).in_(numbers))
        .order_by(col(Area.code))
    )
    found: dict[int | None, tuple[tuple[str, str, str], ...]] = {}
    for number, area_set, code, name in session.execute(query).all():
        found[number] = (*found.get(number, ()), (area_set, code, name))
    return found
