"""Decisions of a meeting for other programs: a table for spreadsheets, and deadlines for calendars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pandas as pd

from dashboard.reports.export import csv
from dashboard.reports.meeting_parts import table
from dashboard.reports.typst import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dashboard.situation.meeting_words import MeetingWords
    from dashboard.texts import Texts

_PRODUCT = "-//Samsyn//Samsyn//EN"
_LONGEST_LINE = 75  # octets, without the line's end (RFC 5545, 3.1)
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,"})


@dataclass(frozen=True)
class Due:
    """A decision with its last day; `uid` is the same in every calendar file of it, `revision` grows with what is said of it.

    `is_over`: it is done or dropped, and calendars take its day away.
    """

    uid: str
    what: str
    deadline: date
    where: str = ""
    organisation: str = ""
    person: str = ""
    meeting: str = ""
    revision: int = 0
    is_over: bool = False


def decisions_csv(words: MeetingWords, texts: Texts) -> bytes:
    """One row per new decision, under all heads of the report; no cell is a formula."""
    part = table("decisions", words, texts, is_whole=True)
    return csv(pd.DataFrame(list(part.rows), columns=[one.head for one in part.columns]), texts)


def decisions_ics(decisions: Iterable[Due], texts: Texts, *, now: datetime) -> bytes:
    """Calendar (RFC 5545) with one event of a whole day per decision, on its last day; `now` is aware.

    Events, not tasks: the calendars that offices use leave tasks of a file out.
    """
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "METHOD:PUBLISH"]
    for one in decisions:
        lines += _event(one, stamp, texts)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line)).encode()


def _event(one: Due, stamp: str, texts: Texts) -> list[str]:
    who = ", ".join(filter(None, map(plain, (one.organisation, one.person))))
    told = [(texts("meeting_report.column_who"), who), (texts("meeting_report.decided"), plain(one.meeting))]
    described = "\\n".join(_escaped(f"{label}: {value}") for label, value in told if value)
    values = {
        "UID": _escaped(one.uid),
        "DTSTAMP": stamp,
        "SEQUENCE": str(one.revision),
        "DTSTART;VALUE=DATE": f"{one.deadline:%Y%m%d}",
        "DTEND;VALUE=DATE": f"{_day_after(one.deadline):%Y%m%d}",
        "SUMMARY": _escaped(texts("meeting_report.due", what=plain(one.what))),
        "LOCATION": _escaped(one.where),
        "DESCRIPTION": described,
        "STATUS": "CANCELLED" if one.is_over else "CONFIRMED",
        "TRANSP": "TRANSPARENT",
    }
    return ["BEGIN:VEVENT", *(f"{name}:{value}" for name, value in values.items() if value), "END:VEVENT"]


def _day_after(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def _escaped(words: str) -> str:
    return plain(words).translate(_ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """Parts of at most 75 octets, those after the first with a blank before them; no sign is cut in two."""
    part, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > _LONGEST_LINE:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + octets
    yield part
