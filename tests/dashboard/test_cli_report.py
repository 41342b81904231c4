"""`samsyn report weekly`: the report of a meeting, or of a week without one."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.meetings import report_of_day, week_words
from dashboard.situation.meeting_words import MeetingWords
from dashboard.situation.weekly import weekly_of_days
from dashboard.texts import texts
from data_access.changes import (
    DecisionEntry,
    MeetingEntry,
    close_meeting,
    open_meeting,
    prepare_meeting,
    rate_area,
    record_decision,
    set_focus,
)
from data_access.facts import facts
from data_access.meetings import read_meeting, read_open_decisions
from data_access.permissions import OPERATOR, Role, Viewer
from data_access.selection import Period
from tests.dashboard.command import answer, refused
from tests.small_town import incident, store_incidents

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from data_access.database import Database


COORDINATOR = Viewer("k", Role.COORDINATOR)


def called(database: Database, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["report", "weekly", *arguments, "--database", database.url])


def last_day(database: Database) -> date:
    period = facts(database, OPERATOR).period
    assert period is not None
    return period.last


def held(database: Database) -> tuple[int, MeetingEntry]:
    """A meeting about the last days of the data, with everything in it."""
    known = facts(database, OPERATOR)
    area_set, day = known.frame.area_set, last_day(database)
    assert area_set is not None
    first, second = (area.code for area in known.areas[:2])
    entry = MeetingEntry(
        day, date.fromordinal(day.toordinal() - 6), day, "Polisen\nKommunen", "Nästa möte om en vecka."
    )
    number = prepare_meeting(database, OPERATOR, entry, area_set_id=area_set.id)
    open_meeting(database, OPERATOR, number, revision=1)
    rate_area(database, OPERATOR, number, first, level=3, reason="Många händelser", revision=0)
    set_focus(database, OPERATOR, number, [(second, "Mörkt på kvällen")], revision=0)
    deadline = date.fromordinal(day.toordinal() + 7)
    decided = DecisionEntry(
        "Rondering vid stationen", "Polisen", (first,), "cykelgaraget", (), "Omar", deadline
    )
    record_decision(database, OPERATOR, number, decided)
    return number, entry


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_week_without_a_meeting_is_reported(sample: Database, tmp_path: Path, language: str) -> None:
    file = tmp_path / "week.pdf"
    day = last_day(sample).isoformat()
    made = answer(called(sample, "--date", day, "--pdf", str(file), "--language", language, "--json"))
    assert made["meeting"] is None
    assert made["language"] == language
    assert made["file"] == str(file)
    assert made["first_day"] < made["last_day"] <= day
    assert made["reporters"]
    assert made["figures"]
    read = PdfReader(BytesIO(file.read_bytes()))
    whole = " ".join(" ".join(page.extract_text() for page in read.pages).split())
    assert texts(language)("chart.when_title") in whole
    assert texts(language)("map.title") in whole
    assert all(one["name"] in whole for one in made["reporters"])


def test_it_says_what_the_page_says_and_nothing_of_types_told_by_month(sample: Database) -> None:
    known = facts(sample, COORDINATOR)
    assert known.period is not None
    day = last_day(sample)
    page = week_words(weekly_of_days(known, Period(day - timedelta(days=6), day)), texts("sv"))
    made = MeetingWords.from_dict(answer(called(sample, "--date", day.isoformat(), "--json")))
    for part in ("reporters", "figures", "flags", "quiet", "nearest", "remarks"):
        assert getattr(made, part) == getattr(page, part), part
    assert any("Visas aldrig per vecka" in one for one in made.remarks)


def test_without_a_file_it_is_printed(sample: Database) -> None:
    result = called(sample, "--date", last_day(sample).isoformat())
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Veckan i Lindhamn\n=====")


def test_a_meeting_is_reported_with_what_it_decided(own_sample: Database, tmp_path: Path) -> None:
    number, entry = held(own_sample)
    file = tmp_path / "meeting.pdf"
    made = answer(called(own_sample, "--date", entry.held_on.isoformat(), "--pdf", str(file), "--json"))
    assert made["meeting"] == number
    assert made["participants"] == ["Polisen", "Kommunen"]
    assert made["ratings"][0]["level"] == "Hög risk"
    assert made["focus"][0]["why"] == "Mörkt på kvällen"
    assert made["decisions"][0]["what"] == "Rondering vid stationen"
    whole = " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())
    assert "Rondering vid stationen" in whole
    due = report_of_day(own_sample, OPERATOR, entry.held_on, texts("sv")).due
    new, *left = due
    assert new.what == "Rondering vid stationen"
    uids = [one.uid for one in due]
    assert len(set(uids)) == len(uids)
    open_before = [one for one in read_open_decisions(own_sample, OPERATOR, before=number) if one.deadline]
    assert [one.what for one in left] == [one.what for one in open_before]
    assert [one.is_over for one in left] == [not one.is_unfinished for one in open_before]


def test_minutes_stay_as_they_were_and_in_their_language(own_sample: Database) -> None:
    number, entry = held(own_sample)
    frozen = report_of_day(own_sample, OPERATOR, entry.held_on, texts("en")).words
    record = read_meeting(own_sample, OPERATOR, number)
    assert record is not None
    close_meeting(own_sample, OPERATOR, number, frozen.to_dict(), edits=record.edits)
    made = report_of_day(own_sample, OPERATOR, entry.held_on, texts("sv"))
    assert made.words == frozen
    assert made.texts.language == "en"
    assert made.charts
    before = {name: chart.columns for name, chart in made.charts.items()}
    day = record.last_day.isoformat()
    late = [
        incident(f"late{hour}", "vandalism", f"{day}T{hour}:10", area_code="0501") for hour in range(10, 22)
    ]
    store_incidents(own_sample, late, "Polisen", name="late.csv")
    again = report_of_day(own_sample, OPERATOR, entry.held_on, texts("sv"))
    assert again.words == frozen
    assert {name: chart.columns for name, chart in again.charts.items()} == before
    shown = json.loads(called(own_sample, "--date", entry.held_on.isoformat(), "--json").stdout)
    assert MeetingWords.from_dict(shown) == frozen


def test_an_empty_database_has_an_empty_report(empty: Database, tmp_path: Path) -> None:
    file = tmp_path / "week.pdf"
    made = answer(called(empty, "--date", "2026-11-24", "--pdf", str(file), "--json"))
    assert (made["first_day"], made["figures"]) == (None, [])
    assert file.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--language", "xx"), "--language = xx"),
        (("--pdf", "/nowhere/x.pdf"), "/nowhere/x.pdf"),
        (("--date", "0001-01-01"), "--date = 0001-01-01"),
        (("--date", "9999-12-31"), "--date = 9999-12-31"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    small: Database, arguments: tuple[str, ...], told: str
) -> None:
    assert told in refused(called(small, "--date", "2026-01-11", *arguments))
