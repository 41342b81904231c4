"""How dates and times of day are written: the shapes of their text, and where in each shape the numbers stand.

A cell's shape is its text with every digit replaced by 9 (`2024-03-05 21:40` has the shape `9999-99-99 99:99`). A
column has few shapes however many rows, so each shape is understood once and its numbers are cut out for all its rows
together. A month by name has been written as `m3` before (`5-m3-2024`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Order = Literal["ymd", "dmy", "mdy"]
Span = tuple[int, int]

_TIME = (
    r"(?P<hour>9{1,2})(?:[:.](?P<minute>99))(?:[:.](?P<second>99)(?:[.,]9+)?)?(?: ?(?P<half>[ap]))?"
    r"|(?P<hour_half>9{1,2}) ?(?P<half_only>[ap])"
)
_TIME_COMPACT = r"(?P<hour_c>99)(?P<minute_c>99)(?P<second_c>99)?"
_ZONE = r"(?: ?(?:(?P<utc>z)|(?P<sign>[+-])(?P<zone_hour>99):?(?P<zone_minute>99)?))?"
_DATES = (
    r"(?P<year>9999)(?P<sep>[-/. ])(?P<month>9{1,2})(?P=sep)(?P<day>9{1,2})",
    r"(?P<year>9999)(?P<month>99)(?P<day>99)",
    r"(?P<first>9{1,2})(?P<sep>[-/. ])(?P<second_>9{1,2})[-/. ]{1,2}(?P<year>9999)",
    r"(?P<first>9{1,2})(?P<sep>[-/.])(?P<second_>9{1,2})[-/.](?P<third>99)",
    r"(?P<first>99)(?P<second_>99)(?P<third>99)",
    r"(?P<day>9{1,2})-m(?P<month>9{1,2})-(?P<year>9999)",
    r"(?P<day>9{1,2})-m(?P<month>9{1,2})-(?P<short_year>99)",
    r"(?P<year>9999)-m(?P<month>9{1,2})-(?P<day>9{1,2})",
)
_GAP = r"(?:[ t]| ?, ?| ?- ?)"
_MOMENTS = tuple(
    re.compile(pattern)
    for date in _DATES
    for pattern in (
        date + r"\.?",
        f"{date}{_GAP}(?:{_TIME}){_ZONE}",
        f"{date}{_GAP}?{_TIME_COMPACT}{_ZONE}",
    )
)
_SERIAL = re.compile(r"(?P<serial>99999)(?:[.,](?P<fraction>9+))?")
_EPOCH = re.compile(r"(?P<epoch>9999999999)999")
_TIMES = (
    re.compile(f"(?:{_TIME}){_ZONE}"),
    re.compile(r"(?P<hour>9{1,2})"),
    re.compile(r"(?P<hour>9)(?P<minute>99)"),
    re.compile(_TIME_COMPACT),
    re.compile(r"(?P<day_share>[90][.,]9+)"),
)


@dataclass(frozen=True)
class Shape:
    """Where the numbers of one shape stand (character spans), and the letters among them that matter."""

    spans: dict[str, Span]
    separator: str
    sign: Span | None
    half: Span | None
    is_utc: bool

    @property
    def is_ordered(self) -> bool:
        """True when the shape itself says which number is the year, the month and the day."""
        return "first" not in self.spans

    @property
    def has_time(self) -> bool:
        """True when a time of day is written."""
        return bool({"hour", "epoch", "fraction"} & set(self.spans))


@lru_cache(maxsize=4096)
def moment_shape(shape: str) -> Shape | None:
    """Understand the shape of a date with or without a time of day; None when it is no date."""
    return _first_match(shape, (*_MOMENTS, _SERIAL, _EPOCH))


@lru_cache(maxsize=4096)
def time_shape(shape: str) -> Shape | None:
    """Understand the shape of a time of day alone; None when it is none."""
    return _first_match(shape, _TIMES)


def _first_match(shape: str, patterns: tuple[re.Pattern[str], ...]) -> Shape | None:
    for pattern in patterns:
        found = pattern.fullmatch(shape)
        if found:
            return _shape(found)
    return None


def _shape(found: re.Match[str]) -> Shape:
    present = {name: found.span(name) for name, text in found.groupdict().items() if text}
    half = present.pop("half", None) or present.pop("half_only", None)
    sign, separator = present.pop("sign", None), found.groupdict().get("sep") or ""
    is_utc = present.pop("utc", None) is not None or "epoch" in present
    present.pop("sep", None)
    spans = {name.removesuffix("_c").removesuffix("_half"): span for name, span in present.items()}
    return Shape(spans, separator, sign, half, is_utc)
