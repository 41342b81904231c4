from __future__ import annotations

import csv as plain_csv
import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.reports.decisions import Due, decisions_csv, decisions_ics
from dashboard.reports.export import safe_cell
from dashboard.reports.typst import plain
from dashboard.situation.meeting_words import MeetingWords, NewDecision
from dashboard.texts import texts
from tests.injections import INJECTIONS
from tests.meetings import meeting_words

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=timezone(timedelta(hours=1)))
DUE = Due(
    uid="decision-17@samsyn.lindhamn.se",
    what="Rondering vid cykelgaraget; två gånger, varje eftermiddag \\ kväll",
    deadline=date(2026, 12, 31),
    where="Stationsstaden",
    organisation="Polisen",
    person="Omar Haddad",
    meeting="Veckomöte 24 november 2026",
    revision=2,
)


def read(calendar: bytes) -> list[dict[str, str]]:
    """Events of a calendar by the letter of RFC 5545, sign by sign: property (with its parameters) to value."""
    assert calendar.endswith(b"\r\n")
    rows = calendar[:-2].split(b"\r\n")
    assert all(len(row) <= 75 for row in rows)
    assert not any(b"\r" in row or b"\n" in row for row in rows)
    lines: list[bytes] = []
    for row in rows:
        row.decode("utf-8")  # no sign is cut in two
        if row.startswith(b" "):
            lines[-1] += row[1:]
        else:
            lines.append(row)
    assert (lines[0], lines[-1]) == (b"BEGIN:VCALENDAR", b"END:VCALENDAR")
    events: list[dict[str, str]] = []
    is_within = False
    for line in lines[1:-1]:
        name, _, value = line.decode("utf-8").partition(":")
        assert re.fullmatch(r"[A-Z-]+(;VALUE=DATE)?", name)
        if (name, value) == ("BEGIN", "VEVENT"):
            events.append({})
            is_within = True
        elif (name, value) == ("END", "VEVENT"):
            is_within = False
        elif is_within:
            assert name not in events[-1]
            events[-1][name] = _unescaped(value)
    return events


def _unescaped(value: str) -> str:
    found, signs = "", iter(value)
    for sign in signs:
        if sign == "\\":
            following = next(signs)
            assert following in "\\;,nN"
            found += "\n" if following in "nN" else following
        else:
            assert sign not in ";,"
            found += sign
    return found


def test_a_decision_is_a_day_in_the_calendar() -> None:
    (event,) = read(decisions_ics([DUE], texts("sv"), now=NOW))
    assert event == {
        "UID": DUE.uid,
        "DTSTAMP": "20261124T093000Z",
        "SEQUENCE": "2",
        "DTSTART;VALUE=DATE": "20261231",
        "DTEND;VALUE=DATE": "20270101",
        "SUMMARY": f"Senast i dag: {DUE.what}",
        "LOCATION": "Stationsstaden",
        "DESCRIPTION": "Vem: Polisen, Omar Haddad\nBeslutat: Veckomöte 24 november 2026",
        "STATUS": "CONFIRMED",
        "TRANSP": "TRANSPARENT",
    }


def test_what_is_over_is_taken_out_of_calendars() -> None:
    (event,) = read(decisions_ics([replace(DUE, revision=3, is_over=True)], texts("sv"), now=NOW))
    assert (event["UID"], event["STATUS"], event["SEQUENCE"]) == (DUE.uid, "CANCELLED", "3")


def test_what_is_not_known_is_left_out() -> None:
    (event,) = read(decisions_ics([Due("x@y", "Städa", date.max)], texts("en"), now=NOW))
    assert set(event) == {
        "UID", "DTSTAMP", "SEQUENCE", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SUMMARY", "STATUS", "TRANSP",
    }  # fmt: skip


def test_without_decisions_the_calendar_is_empty() -> None:
    assert read(decisions_ics([], texts("sv"), now=NOW)) == []


@given(
    st.lists(
        st.builds(
            Due,
            uid=st.from_regex(r"[a-z0-9-]{1,90}@[a-z.]{1,9}", fullmatch=True),
            what=st.text(min_size=1, max_size=200),
            deadline=st.dates(date(1000, 1, 1), date(9999, 1, 1)),
            where=st.text(max_size=80),
            organisation=st.text(max_size=80),
            person=st.text(max_size=80),
            meeting=st.text(max_size=80),
            revision=st.integers(0, 10**6),
        ),
        max_size=3,
    )
)
def test_any_decision_can_be_read_back(decisions: list[Due]) -> None:
    events = read(decisions_ics(decisions, texts("en"), now=datetime(2026, 1, 1, tzinfo=UTC)))
    assert len(events) == len(decisions)
    for event, one in zip(events, decisions, strict=True):
        assert event["UID"] == one.uid
        assert event["SUMMARY"] == plain(f"Due today: {one.what}")
        assert event.get("LOCATION", "") == plain(one.where)
        assert event["DTSTART;VALUE=DATE"] == f"{one.deadline:%Y%m%d}"


@pytest.mark.parametrize("injection", INJECTIONS, ids=range(len(INJECTIONS)))
def test_hostile_words_stay_within_their_property_and_cell(injection: str) -> None:
    due = Due("x@y", injection, date(2026, 12, 1), injection, injection, injection, injection)
    (event,) = read(decisions_ics([due], texts("sv"), now=NOW))
    assert plain(injection) in event["SUMMARY"]
    words = MeetingWords(decisions=(NewDecision("x", injection, injection, injection, injection, injection),))
    head, *rows = plain_csv.reader(
        io.StringIO(decisions_csv(words, texts("sv")).decode("utf-8-sig")), delimiter=";"
    )
    assert len(rows) == 1
    assert all(cell in ("x", safe_cell(plain(injection))) for cell in rows[0])
    assert len(rows[0]) == len(head)


def test_the_table_has_the_heads_of_the_report() -> None:
    made = decisions_csv(meeting_words(), texts("sv")).decode("utf-8-sig").splitlines()
    assert made[0] == "Vad;Var;Händelsetyper;Vem;Ansvarig;Senast"
    assert len(made) == 3
    assert made[2].endswith(";Kommunen;Per Ås;27 november 2026")


def test_the_columns_are_the_same_whatever_is_known() -> None:
    heads = "Vad;Var;Händelsetyper;Vem;Ansvarig;Senast"
    assert decisions_csv(MeetingWords(), texts("sv")).decode("utf-8-sig").splitlines() == [heads]
    bare = MeetingWords(decisions=(NewDecision("Städa"),))
    assert decisions_csv(bare, texts("sv")).decode("utf-8-sig").splitlines() == [heads, "Städa;;;;;"]
