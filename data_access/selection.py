"""The question a view asks: an immutable `Selection` that round-trips through the URL.

Cross-filtering is one rule: a view is filtered by every facet but its own, `selection.without(facet)`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

HOURS_A_WEEK = 168
POLICE_REPORTED = ("yes", "no", "unknown")
KINDS = ("crime", "unsafe_event", "unsafe_place", "positive")
_CODE = re.compile(r"[^\x00-\x1f\x7f]{1,120}")
_ESCAPES = {"%": "%25", "~": "%7E"}
_SEPARATOR = "~"  # survives in a query string as it is, and is rare in codes


class SelectionError(ValueError):
    """A part of a selection cannot be understood; `parameter` and `value` say which."""

    def __init__(self, parameter: str, value: str) -> None:
        super().__init__(f"{parameter}={value}")
        self.parameter = parameter
        self.value = value


@dataclass(frozen=True, order=True)
class Period:
    """Whole local days, first and last included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins."""
        if self.last < self.first:
            raise SelectionError("period", f"{self.first}..{self.last}")

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.last - self.first).days + 1

    def shifted(self, days: int) -> Period:
        """The same length, moved by a number of days."""
        return Period(self.first + timedelta(days=days), self.last + timedelta(days=days))

    def covers(self, other: Period) -> bool:
        """Whether the other lies wholly inside."""
        return self.first <= other.first and other.last <= self.last

    def __str__(self) -> str:
        """2026-01-05..2026-01-11."""
        return f"{self.first.isoformat()}..{self.last.isoformat()}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str` wrote; raises `SelectionError`."""
        try:
            first, last = text.split("..")
            return cls(date.fromisoformat(first), date.fromisoformat(last))
        except ValueError:
            raise SelectionError("period", text) from None


@dataclass(frozen=True)
class Selection:
    """What is asked for. An empty facet means "all".

    `areas`, `categories`, `sources`: codes (a source is an organisation's name); `hours`: hours of the week, 0 = Monday
    00-01; `police_reported`, `kinds`: the words of the data model; `area_set`: id, None = the newest.
    """

    period: Period | None = None
    areas: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    hours: frozenset[int] = frozenset()
    sources: frozenset[str] = frozenset()
    police_reported: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    area_set: int | None = None

    def without(self, facet: str) -> Selection:
        """The same question with one facet open."""
        return replace(self, **{facet: _EMPTY[facet]})

    def with_(self, facet: str, value: Any) -> Selection:
        """The same question with one facet set; sets may be given as any iterable."""
        return replace(self, **{facet: frozenset(value) if isinstance(_EMPTY[facet], frozenset) else value})

    def toggled(self, facet: str, value: Any) -> Selection:
        """One value of a facet put in, or taken out if it was there."""
        return self.with_(facet, getattr(self, facet) ^ {value})

    @property
    def active(self) -> tuple[str, ...]:
        """Facets that filter anything, in the order they are shown."""
        return tuple(facet for facet in FACETS if getattr(self, facet) != _EMPTY[facet])

    def to_query(self) -> dict[str, str]:
        """Parameters for a URL; empty facets are left out, values sorted so that equal questions look equal."""
        query = {facet: _WRITERS[facet](getattr(self, facet)) for facet in self.active}
        return query | ({"area_set": str(self.area_set)} if self.area_set is not None else {})

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """Read a URL's parameters; unknown names are left alone, a malformed value raises `SelectionError`."""
        values: dict[str, Any] = {name: _READERS[name](query[name]) for name in _READERS if query.get(name)}
        return cls(**values)


FACETS = ("period", "areas", "categories", "hours", "sources", "police_reported", "kinds")
_EMPTY: dict[str, Any] = {field.name: field.default for field in fields(Selection)}


def _write_codes(codes: frozenset[str]) -> str:
    return _SEPARATOR.join("".join(_ESCAPES.get(sign, sign) for sign in code) for code in sorted(codes))


def _read_codes(parameter: str, text: str) -> frozenset[str]:
    codes = [part.replace("%7E", "~").replace("%25", "%") for part in text.split(_SEPARATOR)]
    if not all(_CODE.fullmatch(code) for code in codes):
        raise SelectionError(parameter, text[:120])
    return frozenset(codes)


def _write_hours(hours: frozenset[int]) -> str:
    """Runs of hours: 112-115.118."""
    runs: list[list[int]] = []
    for hour in sorted(hours):
        if runs and hour == runs[-1][1] + 1:
            runs[-1][1] = hour
        else:
            runs.append([hour, hour])
    return ".".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _read_hours(text: str) -> frozenset[int]:
    hours: set[int] = set()
    for run in text.split("."):
        match = re.fullmatch(r"(\d{1,3})(?:-(\d{1,3}))?", run, re.ASCII)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if not first <= last < HOURS_A_WEEK:
            raise SelectionError("hours", text[:120])
        hours.update(range(first, last + 1))
    return frozenset(hours)


def _read_words(parameter: str, allowed: tuple[str, ...], text: str) -> frozenset[str]:
    words = frozenset(text.split(_SEPARATOR))
    if not words <= frozenset(allowed):
        raise SelectionError(parameter, text[:120])
    return words


def _read_number(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise SelectionError("area_set", text[:120])
    return int(text)


_WRITERS: dict[str, Any] = {
    "period": str,
    "areas": _write_codes,
    "categories": _write_codes,
    "hours": _write_hours,
    "sources": _write_codes,
    "police_reported": _write_codes,
    "kinds": _write_codes,
}
_READERS: dict[str, Any] = {
    "period": Period.parse,
    "areas": partial(_read_codes, "areas"),
    "categories": partial(_read_codes, "categories"),
    "hours": _read_hours,
    "sources": partial(_read_codes, "sources"),
    "police_reported": partial(_read_words, "police_reported", POLICE_REPORTED),
    "kinds": partial(_read_words, "kinds", KINDS),
    "area_set": _read_number,
}
