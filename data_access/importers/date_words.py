"""Dates as people write them, with words, brought to figures: `tis 5 mars 2024, kl 21.40` -> `5-m3-2024 21.40`."""

from __future__ import annotations

import re

WIDTH = 34
"""The longest text that is tried as a date."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb",
            "mars march mar",
            "april apr",
            "maj may",
            "juni june jun",
            "juli july jul",
            "augusti august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAY = re.compile(
    r"^(?:mån|tis|ons|tors|tor|fre|lör|sön|mon|tues|tue|wednes|wed|thurs|thu|fri|satur|sat|sun)(?:dag|day)?(?:en)?\.?,? +"
)
_MONTH = re.compile(r"[ .\-/]*\b(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?,?[ \-/]*")
_LEADING_DAY = re.compile(r"^(?:den )?(\d{1,2})(?::?[ea]|st|nd|rd|th)?(?=[ .\-/]*[a-zåäö])")
_TRAILING_DAY = re.compile(r"^-(m\d{1,2})-(\d{1,2}),? (\d{4})")
_CLOCK = re.compile(r"[ ,]*\b(?:klockan|kl)\.? *")
_LETTERS = re.compile(r"[^\x00-\x7f]|[A-SU-Ya-su-y]")


def in_figures(cells: list[str]) -> list[str]:
    """Return the cells in small letters, months by number, without weekdays; what is too long for a date is unreadable."""
    joined = "".join(cells)
    if len(joined) and (_LETTERS.search(joined) or not joined.isascii()):
        cells = [_without_words(cell) if _LETTERS.search(cell) else cell for cell in cells]
    if max(map(len, cells), default=0) > WIDTH:
        cells = [cell if len(cell) <= WIDTH else "?" for cell in cells]
    return cells if joined == joined.lower() else list(map(str.lower, cells))


def _without_words(cell: str) -> str:
    text = " ".join(cell.casefold().replace("\u2212", "-").replace("\u2013", "-").split())
    text = text.replace("a.m.", "a").replace("p.m.", "p").replace("utc", "z").replace("gmt", "z")
    text = re.sub(r"(?<=\d) ?(a|p)\.?m\b", r"\1", text)
    text = _CLOCK.sub(" ", _WEEKDAY.sub("", text)).strip()
    text = _LEADING_DAY.sub(r"\1", text)
    text = _MONTH.sub(lambda found: f"-m{_MONTHS[found.group(1)]}-", text, count=1)
    text = _TRAILING_DAY.sub(r"\2-\1-\3", text)
    return text.encode("ascii", "replace").decode("ascii")
