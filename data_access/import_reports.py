"""What became of a file that was imported, as the command line and the pages tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data_access.importers.errors import Remark, RowError


@dataclass(frozen=True)
class Said:
    """Something an importer says aloud: the text table (reading: a guess, reason: a warning), the key and its values."""

    table: str
    key: str
    parameters: dict[str, Any]


@dataclass(frozen=True)
class IncidentsReport:
    """What became of a file of incidents. read = stored + known + refused."""

    file_name: str
    organisation: str
    read: int
    stored: int
    known: int
    without_area: int
    refused: tuple[RowError, ...]
    remarks: tuple[Said, ...]
    unknown_codes: dict[str, int]
    batch_id: int | None = None

    def numbers(self) -> dict[str, Any]:
        """Values for a sentence."""
        return {
            "file": self.file_name,
            "organisation": self.organisation,
            "read": self.read,
            "stored": self.stored,
            "known": self.known,
            "refused": len(self.refused),
            "without_area": self.without_area,
        }


@dataclass(frozen=True)
class AreasReport:
    """What became of a file of areas."""

    file_name: str
    name: str
    version: int
    srid: int
    districts: int
    parts_of_town: int
    is_known: bool
    incidents_placed: int
    incidents_without_area: int
    refused: tuple[RowError, ...]
    remarks: tuple[Said, ...]

    def numbers(self) -> dict[str, Any]:
        """Values for a sentence."""
        return {
            "file": self.file_name,
            "name": self.name,
            "version": str(self.version),
            "srid": str(self.srid),
            "districts": self.districts,
            "parts_of_town": self.parts_of_town,
            "refused": len(self.refused),
            "incidents_without_area": self.incidents_without_area,
        }


def said(guesses: Iterable[Remark], warnings: Iterable[Remark]) -> tuple[Said, ...]:
    """Guesses and warnings of an importer, in this order, with their text tables."""
    spoken = [Said("reading", f"guess_{remark.key}", remark.parameters) for remark in guesses]
    return (*spoken, *(Said("reason", remark.key, remark.parameters) for remark in warnings))
