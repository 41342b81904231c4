"""The sample's meetings as they are held: from what the tool found, each as it was known on its day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.demo import load_sample
from dashboard.meetings import week_words
from dashboard.sample_meetings import COORDINATOR
from dashboard.situation.weekly import weekly
from dashboard.texts import texts
from data_access.changes import EntryError, date_sample_meetings
from data_access.facts import facts
from data_access.meetings import read_meeting, read_meetings, read_open_decisions, read_rating_history
from data_access.models.meeting import MOST_FOCUS
from data_access.permissions import LOCAL_VIEWER, OPERATOR, AreaKey
from data_access.selection import Period
from tests.data_access.changes.rows import one, rows
from tests.data_access.held import opened

if TYPE_CHECKING:
    from dashboard.situation.weekly import Weekly
    from data_access.database import Database
    from data_access.meetings import DecisionFact, MeetingRecord

SV = texts("sv")


def records(database: Database) -> list[MeetingRecord]:
    """All meetings, the oldest first."""
    found = [
        read_meeting(database, COORDINATOR, one.id) for one in reversed(read_meetings(database, COORDINATOR))
    ]
    return [record for record in found if record is not None]


def held(database: Database) -> list[MeetingRecord]:
    return [record for record in records(database) if record.status == "closed"]


def week_of(database: Database, record: MeetingRecord) -> Weekly:
    return weekly(facts(database, COORDINATOR), Period(record.first_day, record.last_day))


def test_all_but_the_last_are_closed_and_the_last_is_prepared(sample: Database) -> None:
    *before, coming = records(sample)
    assert len(before) >= 8
    assert {record.status for record in before} == {"closed"}
    assert (coming.status, coming.minutes, coming.decisions, coming.ratings) == ("prepared", None, (), ())


def test_what_stands_out_comes_first_and_no_more_than_may_be(sample: Database) -> None:
    flagged = 0
    for record in held(sample):
        of = week_of(sample, record)
        found = dict.fromkeys(
            one.area
            for one in (*of.flags, *of.nearest)
            if one.direction == "more" and not one.is_explained_by_effort
        )
        flagged += len(of.flags)
        first = [one.area for one in record.focus]
        assert first[: len(found)] == list(found)[:MOST_FOCUS]
        assert 0 < len(first) <= MOST_FOCUS
        assert all(one.why for one in record.focus)
    assert flagged, "the sample should have a week with something that stands out"


def test_a_reason_holds_no_number_that_a_presenter_may_not_be_told(sample: Database) -> None:
    for record in held(sample):
        assert not [one.why for one in record.focus if any(letter.isdigit() for letter in one.why)]
        counts = _counts(sample, record)
        busiest = [one.area for one in record.focus if one.why.startswith("Flest händelser")]
        assert all(counts[code] == max(counts.values()) for code in busiest)


def _counts(database: Database, record: MeetingRecord) -> dict[str, int]:
    """Without the types of which no week is told by district."""
    query = (
        "select a.code, count(*) from incident i join incident_area l on l.incident_id = i.id"
        " join area a on a.id = l.area_id join category c on c.id = i.category_id"
        " where c.sensitivity < 2 and i.local_date between '{}' and '{}' group by a.code"
    )
    return dict(rows(database, query.format(record.first_day, record.last_day)))  # type: ignore[arg-type]


def test_every_place_in_focus_is_judged_and_its_history_is_told(sample: Database) -> None:
    for record in held(sample):
        levels = {one.area: one.level for one in record.ratings}
        assert all(levels[one.area] >= 2 for one in record.focus)
        assert all(one.reason for one in record.ratings)
    longest = max(
        len(read_rating_history(sample, COORDINATOR, AreaKey("Lindhamn", area)))
        for area in {one.area for record in held(sample) for one in record.ratings}
    )
    assert longest >= 4


def test_a_risk_goes_down_step_by_step(sample: Database) -> None:
    for earlier, later in pairwise(held(sample)):
        now = {one.area: one.level for one in later.ratings}
        for before in earlier.ratings:
            assert before.level == 1 or now[before.area] >= before.level - 1


def test_what_is_not_finished_comes_back_at_the_next_meeting(sample: Database) -> None:
    carried: dict[int, DecisionFact] = {}
    for earlier, later in pairwise(records(sample)):
        carried = {one.id: one for one in read_open_decisions(sample, COORDINATOR, before=later.id)}
        for decision in earlier.decisions:
            assert decision.id in carried or decision.history[1].at < _end_of(earlier)
        for decision in carried.values():
            assert decision.held_on < later.held_on
            before = [step for step in decision.history if step.at <= _end_of(earlier)]
            assert before[-1].status in ("open", "not_done", "moved")
    assert carried


def _end_of(record: MeetingRecord) -> datetime:
    assert record.closed_at is not None
    return record.closed_at


def test_everything_bears_the_day_on_which_it_would_have_been_written(sample: Database) -> None:
    for record in held(sample):
        assert _end_of(record).date() == record.held_on
        for decision in record.decisions:
            assert [step.at for step in decision.history] == sorted(step.at for step in decision.history)
            assert decision.history[0].at == record.closed_at
            assert decision.deadline is not None
            assert decision.deadline > record.held_on
    last = held(sample)[-1].held_on
    assert one(sample, "select max(date(at)) from decision_event") == last.isoformat()
    assert one(sample, "select count(*) from audit_log where action = 'meetings.write'") > 0
    newest: Any = one(sample, "select min(at) from audit_log where action = 'meetings.write'")
    assert datetime.fromisoformat(newest).date() > last or datetime.now(UTC).date() <= last


def test_minutes_tell_what_was_known_on_the_day(sample: Database) -> None:
    for record in held(sample):
        assert record.minutes is not None
        said = week_words(week_of(sample, record), SV)
        assert record.minutes["language"] == "sv"
        assert record.minutes["flags"] == list(said.flags)
        assert [one["value"] for one in record.minutes["figures"]] == [one.value for one in said.figures]
        assert SV.date(record.last_day) in record.minutes["source"]
        assert SV("meeting_status.closed") in record.minutes["status"]
        assert len(record.minutes["decisions"]) == len(record.decisions)
        assert [one["rank"] for one in record.minutes["focus"]] == [str(one.rank) for one in record.focus]


def test_minutes_call_overdue_what_was_so_then(sample: Database) -> None:
    late = SV("meeting_report.overdue", outcome="")
    for record in held(sample):
        assert record.minutes is not None
        before = record.minutes["decided_before"]
        carried = read_open_decisions(sample, COORDINATOR, before=record.id)
        assert sorted(one["what"] for one in before) == sorted(one.what for one in carried)
        for told in before:
            (decision,) = [one for one in carried if one.what == told["what"]]
            known = [step for step in decision.history if step.at <= _end_of(record)][-1]
            assert known.deadline is not None
            is_late = known.status in ("open", "not_done", "moved") and known.deadline < record.held_on
            assert told["outcome"] == SV(f"decision_status.{known.status}") + (late if is_late else "")


def test_the_seed_decides(sample: Database, empty: Database) -> None:
    """Another seed has other weeks, hence other places in focus; the same decisions are taken."""
    load_sample(empty, OPERATOR, seed=3)
    told = [
        [(one.area, one.why) for record in held(each) for one in record.focus] for each in (sample, empty)
    ]
    assert told[0] != told[1]
    taken = [[one.what for record in held(each) for one in record.decisions] for each in (sample, empty)]
    assert taken[0] == taken[1]


def test_the_same_seed_gives_the_same_meetings(sample: Database, empty: Database) -> None:
    load_sample(empty, OPERATOR)
    assert [one.minutes for one in held(empty)] == [one.minutes for one in held(sample)]
    assert [_end_of(one) for one in held(empty)] == [_end_of(one) for one in held(sample)]


def test_only_the_meetings_of_the_sample_are_dated(small: Database) -> None:
    number = opened(small, date(2026, 1, 27))
    before = one(small, "select created_at from meeting")
    with pytest.raises(EntryError, match="unknown"):
        date_sample_meetings(small, LOCAL_VIEWER, {number: datetime(2026, 1, 20, tzinfo=UTC)}, {})
    assert one(small, "select created_at from meeting") == before
