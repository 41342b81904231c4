"""What people enter by hand, and why it cannot be stored."""

from __future__ import annotations

from typing import Any

from data_access.one_line import one_line

LONGEST_NAME = 120


class EntryError(ValueError):
    """What was entered cannot be stored; `reason` is a text key under `entry`, `parameters` its values."""

    def __init__(self, reason: str, **parameters: Any) -> None:
        super().__init__(f"{reason}: {parameters}")
        self.reason = reason
        self.parameters = parameters


def clean_name(name: str) -> str:
    """One line without blanks around it. Raises `EntryError`: name_empty, name_long."""
    clean = one_line(name)
    if not clean:
        raise EntryError("name_empty")
    if len(clean) > LONGEST_NAME:
        raise EntryError("name_long", count=len(clean), limit=LONGEST_NAME)
    return clean
