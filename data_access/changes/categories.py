"""Writing the catalogue: renaming, hiding and adding types, and what an organisation calls them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlmodel import col, func, select

from data_access.changes.entry import EntryError, clean_name
from data_access.changes.transaction import Change, changing
from data_access.models import Category, CategoryCode, CategoryGroup, Organisation
from data_access.models.category import CATEGORY_KINDS
from data_access.permissions import Action

if TYPE_CHECKING:
    from data_access.database import Database
    from data_access.permissions import Viewer

_CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
_SENSITIVITIES = (0, 1, 2)
_LONGEST_OWN_CODE = 200


@dataclass(frozen=True)
class CategoryEntry:
    """A type as a person describes it; `group` is the code of its group."""

    name_sv: str
    name_en: str
    group: str
    kind: str
    sensitivity: int
    is_hidden: bool = False


def record_category(database: Database, viewer: Viewer, code: str, entry: CategoryEntry) -> None:
    """Change a type, or add one with a new code (small letters, digits, underscores).

    A type is never removed: its incidents keep it. Hidden, it is not offered for new reports. What becomes more sensitive
    is so in everything that was reported before, too. Raises `EntryError`: code, unknown, name_empty, name_long.
    """
    if not _CODE.fullmatch(code):
        raise EntryError("code", code=code[:60])
    with changing(database, viewer, Action.WRITE_CATEGORIES, subject=code) as change:
        session = change.session
        group = session.exec(select(CategoryGroup).where(CategoryGroup.code == entry.group)).one_or_none()
        if group is None or entry.kind not in CATEGORY_KINDS or entry.sensitivity not in _SENSITIVITIES:
            raise EntryError("unknown", value=f"{entry.group}, {entry.kind}, {entry.sensitivity}")
        found = session.exec(select(Category).where(Category.code == code)).one_or_none()
        before = _as_told(found) if found else None
        row = found or _new(change, code)
        if found is not None and (row.sensitivity, row.kind) != (entry.sensitivity, entry.kind):
            change.rewrites()  # what is in memory was coded under the old sensitivity
        row.group_id, row.kind, row.sensitivity = group.id or 0, entry.kind, entry.sensitivity
        row.name_sv, row.name_en = clean_name(entry.name_sv), clean_name(entry.name_en)
        row.is_hidden = entry.is_hidden
        session.add(row)
        change.details = {"before": before, "after": _as_told(row)}


def map_own_code(
    database: Database, viewer: Viewer, *, organisation_id: int, own_code: str, code: str | None
) -> None:
    """Say which type an organisation means with its own code or word, from the next file on; None forgets it.

    Raises `EntryError`: unknown, name_empty, name_long.
    """
    own = clean_name(own_code)
    with changing(database, viewer, Action.WRITE_CATEGORIES, subject=own) as change:
        session = change.session
        if session.get(Organisation, organisation_id) is None:
            raise EntryError("unknown", value=str(organisation_id))
        query = select(CategoryCode).where(
            CategoryCode.organisation_id == organisation_id, CategoryCode.own_code == own
        )
        found = session.exec(query).one_or_none()
        before = _code_of(change, found.category_id) if found else None
        if code is None:
            if found is not None:
                session.delete(found)
        else:
            category = session.exec(select(Category).where(Category.code == code)).one_or_none()
            if category is None:
                raise EntryError("unknown", value=code)
            row = found or CategoryCode(organisation_id=organisation_id, own_code=own)
            row.category_id = category.id
            session.add(row)
        change.details = {"organisation": organisation_id, "before": before, "after": code}


def _new(change: Change, code: str) -> Category:
    rank = change.session.exec(select(func.max(Category.rank))).one() or 0
    return Category(group_id=0, code=code, kind="crime", sensitivity=0, name_sv="", name_en="", rank=rank + 1)


def _as_told(row: Category) -> dict[str, Any]:
    names = ("group_id", "kind", "sensitivity", "name_sv", "name_en", "is_hidden")
    return {name: getattr(row, name) for name in names}


def _code_of(change: Change, category_id: int | None) -> str | None:
    return change.session.exec(select(Category.code).where(col(Category.id) == category_id)).one_or_none()
