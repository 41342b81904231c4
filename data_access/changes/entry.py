"""What people enter by hand, and why it cannot be stored."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from data_access.one_line import one_line

if TYPE_CHECKING:
    from datetime import date

LONGEST_NAME = 120


class TextKey(str):
    """A text key among the parameters of an error: whoever reads it is told its text."""

    __slots__ = ()


class EntryError(ValueError):
    """What was entered cannot be stored; `reason` is a text key under `entry`, `parameters` its values.

    `field`: which one of several it is about, a key under `meeting_field`, `finding_field` or `intervention_field`; empty where
    there is no doubt.
    """

    def __init__(self, reason: str, *, field: str = "", **parameters: Any) -> None:
        super().__init__(f"{field} {reason}: {parameters}".lstrip())
        self.reason = reason
        self.field = field
        self.parameters = parameters


class UnknownCodesError(EntryError):
    """Codes that the database does not know, or that are not the viewer's to see; `parameters` names them."""

    def __init__(self, kind: str, codes: list[str]) -> None:
        super().__init__(f"unknown_{kind}", codes=", ".join(codes))


def clean_name(name: str) -> str:
    """One line without blanks around it. Raises `EntryError`: name_empty, name_long."""
    clean = one_line(name)
    if not clean:
        raise EntryError("name_empty")
    if len(clean) > LONGEST_NAME:
        raise EntryError("name_long", count=len(clean), limit=LONGEST_NAME)
    return clean


def check_within(field: str, value: float, low: float, high: float) -> None:
    """Raise `EntryError` out_of_range unless the value lies between them (included)."""
    if not low <= value <= high:
        raise EntryError("out_of_range", field=field, value=value, low=low, high=high)


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def check_week(week: date) -> None:
    """Raise `EntryError` not_monday for a day that does not stand for a week."""
    if week != monday_of(week):
        raise EntryError("not_monday", day=week.isoformat())
