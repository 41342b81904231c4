"""Personal numbers and coordination numbers in every way in which people write them.

The parts are year, month, day and four last digits, with signs between them or without. Skatteverket's rules: a
coordination number has 60 added to its day; the last digit is a check digit (Luhn) over the nine before it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from typing import TYPE_CHECKING

from data_access.personal_data.finding import Kind, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_DATE = r"(?:(?P<century>18|19|20)(?P<a>[ ./_-]?))?(?P<year>\d\d)(?P<b>[ ./_-]?)(?P<month>\d\d)(?P<c>[ ./_-]?)(?P<day>\d\d)"
_WHOLE = re.compile(rf"(?<!\d){_DATE}(?P<between> ?[-+]{{1,2}} ?| {{0,3}}|[./:_*=~|])(?P<last>\d{{4}})(?!\d)")
_ONE_BY_ONE = re.compile(r"(?<!\d)\d(?:[ ._-]{1,3}\d){9}(?:(?:[ ._-]{1,3}\d){2})?(?!\d)")
_RESERVE = re.compile(rf"(?<!\d){_DATE} ?[-+] ?(?:[A-Za-z]\d{{3}}|[A-Za-z]{{2}}\d\d)(?!\w)")
_A_DATE_FOLLOWS = re.compile(r"-(?:0\d|1[0-2])-[0-3]\d(?!\d)")

_FEWEST = 10
_BEFORE_LETTERS = (" ", "-", "+")
_LETTERS = 8  # what may stand after the date of a reserve number, and the sign after it
_COORDINATION = 60
_LAST_DAY, _LAST_MONTH, _LEAP_MONTH = 31, 12, 2
_YEARS_OF_EVENTS = range(
    2010, 2036
)  # notes tell of these; persons born in them, or a hundred years before, are few


def personal_numbers(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the numbers of persons among the digits from `start` to `end` of a folded text; some may overlap."""
    if end - start >= _FEWEST:
        yield from _each(_WHOLE, _kind_of_whole, text, start, end)
        if not text[start + 1].isdigit() or not text[end - 2].isdigit():
            yield from _each(_ONE_BY_ONE, _kind_of_digits, text, start, end)
    if text[end : end + 1] in _BEFORE_LETTERS:
        yield from _each(_RESERVE, _kind_of_reserve, text, start, end + _LETTERS)


def _each(
    pattern: re.Pattern[str], kind_of: Callable[[re.Match[str]], Kind | None], text: str, start: int, end: int
) -> Iterator[Span]:
    while found := pattern.search(text, start, end):
        kind = kind_of(found)
        if kind:
            yield Span(kind, *found.span())
        start = found.end() if kind else found.start() + 1


def _kind_of_whole(found: re.Match[str]) -> Kind | None:
    kind = _kind_of_day(*found.group("century", "year", "month", "day"))
    if kind is None or _is_range(found):
        return None
    is_even = found["b"] == found["c"] or not found["between"].strip(
        " -+"
    )  # `57.3604 14.0123` is a coordinate
    is_right = is_even and passes_luhn("".join(found.group("year", "month", "day", "last")))
    return kind if is_right or _is_told(found) else None


def _is_told(found: re.Match[str]) -> bool:
    """Whether the writing alone says that this is a number of a person: then a wrong check digit is a slip of the pen."""
    between, inside = found["between"], found["b"]
    if inside != found["c"] or (found["a"] or "") not in ("", " ", inside):
        return False
    if between in ("-", "+", "--"):
        return inside != " " or bool(found["century"])
    is_apart = bool(between) and not between.strip(" -+")
    return is_apart and (not inside or bool(found["century"])) and not _is_recent(found)


def _is_recent(found: re.Match[str]) -> bool:
    """`260503 2130` is a day and an hour, `2026-05-03 4500` a day and an amount, unless the check digit says otherwise."""
    return int((found["century"] or "20") + found["year"]) in _YEARS_OF_EVENTS


def _is_range(found: re.Match[str]) -> bool:
    """`2026-01-05-2026-01-09` is two days."""
    return (
        "-" in found["between"]
        and found["last"][:2] in ("19", "20")
        and bool(_A_DATE_FOLLOWS.match(found.string, found.end()))
    )


def _kind_of_reserve(found: re.Match[str]) -> Kind | None:
    """Reserve numbers of health care and schools: a day of birth, then letters where digits would be."""
    is_real = _kind_of_day(*found.group("century", "year", "month", "day"))
    return "personal_number" if is_real else None


def _kind_of_digits(found: re.Match[str]) -> Kind | None:
    """Digits spelled out one by one."""
    digits = re.sub(r"\D", "", found[0])
    century = digits[:-10]
    if century not in ("", "18", "19", "20") or not passes_luhn(digits[-10:]):
        return None
    return _kind_of_day(century, digits[-10:-8], digits[-8:-6], digits[-6:-4])


def _kind_of_day(century: str | None, year: str, month: str, day: str) -> Kind | None:
    """What a date of birth belongs to; None for a day that no calendar has. Coordination numbers may leave day or month open."""
    number, of_year = int(day), int(month)
    is_coordination = number >= _COORDINATION
    if is_coordination:
        number -= _COORDINATION
    longest = _days_in(century, int(year), of_year)
    if not is_coordination:
        return "personal_number" if 1 <= number <= longest else None
    return "coordination_number" if number <= (longest or _LAST_DAY * (of_year == 0)) else None


def _days_in(century: str | None, year: int, month: int) -> int:
    """Days of a month; where the century is unsaid, of its longest."""
    if not 1 <= month <= _LAST_MONTH:
        return 0
    whole = int(century) * 100 + year if century else 2000 + year
    return monthrange(whole, month)[1]


def passes_luhn(digits: str) -> bool:
    """Whether the last of ten digits is the right one."""
    doubled = sum(_DOUBLED[int(digit)] for digit in digits[::2])
    return (doubled + sum(map(int, digits[1::2]))) % 10 == 0


_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
