"""What the records lack, as counts and shares of all records."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data_access.facts import Facts


@dataclass(frozen=True)
class Gap:
    """Something that is missing (a text key under `quality`): number of records and share 0-1 of all."""

    name: str
    count: int
    share: float


def gaps(facts: Facts) -> list[Gap]:
    """Gaps that exist, in the order of the quality's fields."""
    quality = facts.quality
    names = [field.name for field in fields(quality) if field.name != "records"]
    counts = {name: getattr(quality, name) for name in names}
    return [Gap(name, count, count / quality.records) for name, count in counts.items() if count]
