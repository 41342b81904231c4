"""Finding what a finding rests on and where it is, and one that somebody may change or point to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, delete, select

from data_access.changes.entry import EntryError, UnknownCodesError
from data_access.models import Area, AreaSet, Finding, FindingArea, SurveyIndicator, SurveyWave
from data_access.permissions import check_act_for
from data_access.scope import finding_conditions
from data_access.surveys.stored import TOTAL

if TYPE_CHECKING:
    from sqlmodel import Session

    from data_access.changes.finding_entry import FindingEntry
    from data_access.changes.transaction import Change
    from data_access.permissions import Viewer

_DISTRICT = 1


def finding_to_point_to(
    session: Session, viewer: Viewer, number: int | None, before: int | None = None
) -> int | None:
    """The number of a finding that an intervention answers; `before`: of the one that it has answered until now.

    One that the person does not see could not be chosen, nor taken away; one that is withdrawn can only stay.

    Raises `EntryError`: unknown, finding_withdrawn.
    """
    if number == before:
        return before
    if number is None:
        return before if _seen(session, viewer, before) is None else None
    row = _seen(session, viewer, number)
    if row is None:
        raise EntryError("unknown", value=str(number))
    if row.withdrawn_at is not None:
        raise EntryError("finding_withdrawn")
    return number


def finding_to_change(change: Change, number: int, *, revision: int) -> Finding:
    """A finding that the viewer sees and whose organisation they may act for; the audit row will name it.

    Raises `EntryError`: unknown, changed_meanwhile, finding_withdrawn; `NotPermittedError`.
    """
    found = _seen(change.session, change.viewer, number)
    if found is None:
        raise EntryError("unknown", value=str(number))
    check_act_for(change.viewer, found.organisation_id)
    if revision != found.revision:
        raise EntryError("changed_meanwhile")
    if found.withdrawn_at is not None:
        raise EntryError("finding_withdrawn")
    change.subject = found.statement
    return found


def check_rests_on(session: Session, entry: FindingEntry) -> None:
    """Raise `EntryError` unknown for a wave that is not there, or a question that is none of its instrument."""
    if entry.wave_id is None:
        return
    wave = session.get(SurveyWave, entry.wave_id)
    if wave is None:
        raise EntryError("unknown", field="wave", value=str(entry.wave_id))
    known = select(SurveyIndicator.id).where(
        SurveyIndicator.instrument == wave.instrument, SurveyIndicator.code == entry.indicator_code
    )
    if entry.indicator_code not in ("", TOTAL.code) and session.exec(known).first() is None:
        raise EntryError("unknown", field="indicator", value=entry.indicator_code)


def store_areas(change: Change, row: Finding, codes: tuple[str, ...]) -> bool:
    """Write the districts of a finding in place of those it had; whether they are others. Those that are not seen stay.

    Raises `UnknownCodesError` for districts that are not there or not to be seen.
    """
    seen, hidden = _districts(change, row.area_set_id)
    missing = [code for code in codes if code not in seen]
    if missing:
        raise UnknownCodesError("areas", missing)
    held = set(change.session.exec(select(FindingArea.area_id).where(FindingArea.finding_id == row.id)).all())
    change.session.execute(delete(FindingArea).where(col(FindingArea.finding_id) == row.id))
    wanted = {seen[code] for code in codes} | (held & hidden)
    change.session.add_all(FindingArea(finding_id=row.id or 0, area_id=number) for number in sorted(wanted))
    change.session.flush()
    return wanted != held


def _districts(change: Change, area_set_id: int | None) -> tuple[dict[str, int], set[int]]:
    """Districts of a set: ids by code of those that the viewer sees, and the ids of all others."""
    if area_set_id is None:
        return {}, set()
    area_set = change.session.get(AreaSet, area_set_id)
    codes = change.viewer.sight.codes_in(area_set.name) if area_set else None
    query = select(Area.code, Area.id).where(Area.area_set_id == area_set_id, Area.level == _DISTRICT)
    ids: dict[str, int] = dict(change.session.execute(query).all())
    seen = {code: number for code, number in ids.items() if codes is None or code in codes}
    return seen, set(ids.values()) - set(seen.values())


def _seen(session: Session, viewer: Viewer, number: int | None) -> Finding | None:
    if number is None:
        return None
    return session.exec(select(Finding).where(*finding_conditions(viewer, number))).one_or_none()
