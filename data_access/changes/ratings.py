"""Writing how a meeting judges the districts, and which of them come first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, delete

from data_access.changes.entry import EntryError, check_within
from data_access.changes.meeting_entry import clean_text
from data_access.changes.meeting_rows import area_ids, check_unchanged, edited, open_meeting_of
from data_access.changes.transaction import changing
from data_access.models import Focus, Rating
from data_access.models.meeting import MOST_FOCUS, RATING_LEVELS
from data_access.permissions import Action

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data_access.database import Database
    from data_access.permissions import Viewer


def rate_area(
    database: Database,
    viewer: Viewer,
    meeting: int,
    area_code: str,
    *,
    level: int,
    reason: str,
    revision: int = 0,
) -> None:
    """Write how high the risk in a district is (1-3), and why, in place of what the meeting had said of it.

    `revision`: that of the rating the person saw, 0 where there was none: others may rate other districts meanwhile. Raises
    `PersonalDataError`, `UnknownCodesError`, `EntryError`: unknown, meeting_closed, changed_meanwhile, out_of_range,
    text_empty, text_long.
    """
    with changing(database, viewer, Action.WRITE_MEETINGS, is_shown=False) as change:
        row = open_meeting_of(change, meeting)
        check_within("level", level, RATING_LEVELS[0], RATING_LEVELS[-1])
        reason = clean_text("reason", reason, is_needed=True)
        (area,) = area_ids(change, row.area_set_id, [area_code])
        found = change.session.get(Rating, (meeting, area))
        check_unchanged(found.revision if found else 0, revision)
        edited(change, row, rated=area_code, level=level)
        rating = found or Rating(meeting_id=meeting, area_id=area, level=level, revision=row.edits)
        rating.level, rating.reason, rating.revision = level, reason, row.edits
        change.session.add(rating)


def remove_rating(database: Database, viewer: Viewer, meeting: int, area_code: str, *, revision: int) -> None:
    """Take back what the meeting said of the risk in a district; `revision`: that of the rating the person saw.

    Raises `UnknownCodesError`, `EntryError`: unknown, meeting_closed, changed_meanwhile.
    """
    with changing(database, viewer, Action.WRITE_MEETINGS, is_shown=False) as change:
        row = open_meeting_of(change, meeting)
        (area,) = area_ids(change, row.area_set_id, [area_code])
        found = change.session.get(Rating, (meeting, area))
        check_unchanged(found.revision if found else 0, revision)
        if found is None:
            raise EntryError("unknown", value=area_code)
        change.session.delete(found)
        edited(change, row, rated=area_code, level=None)


def set_focus(
    database: Database, viewer: Viewer, meeting: int, places: Sequence[tuple[str, str]], *, revision: int
) -> None:
    """Write the districts (code, and why) that come first, in this order, in place of those there were.

    `revision`: the meeting's `focus_revision` that the person saw. Raises `PersonalDataError`, `UnknownCodesError`, `EntryError`:
    unknown, meeting_closed, changed_meanwhile, focus_many, focus_twice, text_long.
    """
    with changing(database, viewer, Action.WRITE_MEETINGS, is_shown=False) as change:
        row = open_meeting_of(change, meeting)
        check_unchanged(row.focus_revision, revision)
        codes = [code for code, _ in places]
        if len(codes) > MOST_FOCUS:
            raise EntryError("focus_many", count=len(codes), limit=MOST_FOCUS)
        if len(set(codes)) < len(codes):
            raise EntryError("focus_twice")
        reasons = [clean_text("why", why) for _, why in places]
        areas = area_ids(change, row.area_set_id, codes)
        change.session.execute(delete(Focus).where(col(Focus.meeting_id) == meeting))
        change.session.add_all(
            Focus(meeting_id=meeting, rank=rank, area_id=area, why=why)
            for rank, (area, why) in enumerate(zip(areas, reasons, strict=True), start=1)
        )
        row.focus_revision += 1
        edited(change, row, focus=codes)
