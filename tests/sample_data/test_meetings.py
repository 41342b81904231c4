"""The plan of the sample's meetings: days, decisions and outcomes that fit together."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

import sample_data
from sample_data.districts import DISTRICTS
from sample_data.interventions import INTERVENTIONS
from sample_data.kinds import CODES
from sample_data.meetings import HELD, meetings
from sample_data.organisations import BY_KEY

PERIOD = sample_data.window()
PLAN = meetings(PERIOD)
MEETINGS: list[dict[str, Any]] = PLAN["meetings"]
DECISIONS = {one["key"]: one for meeting in MEETINGS for one in meeting["decisions"]}
TAKEN_ON = {
    one["key"]: date.fromisoformat(meeting["held_on"]) for meeting in MEETINGS for one in meeting["decisions"]
}


def said_of(key: str) -> list[tuple[date, dict[str, Any]]]:
    """What was said of a decision, with its day, in order."""
    return [
        (date.fromisoformat(said["said_on"] or meeting["held_on"]), said)
        for meeting in MEETINGS
        for said in meeting["follow_ups"]
        if said["decision"] == key
    ]


def test_the_meetings_are_the_last_weeks_one_by_one_and_the_last_is_to_come() -> None:
    assert [one["is_held"] for one in MEETINGS] == [True] * HELD + [False]
    assert date.fromisoformat(MEETINGS[-1]["last_day"]) == PERIOD.last_day
    for one, following in pairwise(MEETINGS):
        first, last, held_on = (
            date.fromisoformat(one[name]) for name in ("first_day", "last_day", "held_on")
        )
        assert (first.isoweekday(), last - first) == (1, timedelta(days=6))
        assert last < held_on < last + timedelta(days=7)
        assert date.fromisoformat(following["held_on"]) == held_on + timedelta(days=7)
    coming = MEETINGS[-1]
    assert not coming["decisions"]
    assert not coming["follow_ups"]


@pytest.mark.parametrize("key", DECISIONS)
def test_a_decision_says_what_where_who_and_until_when(key: str) -> None:
    one = DECISIONS[key]
    assert one["organisation"] in {other.name for other in BY_KEY.values()}
    assert one["what"]
    assert one["person"]
    assert one["area_codes"]
    assert set(one["area_codes"]) <= {district.code for district in DISTRICTS}
    assert one["categories"]
    assert set(one["categories"]) <= set(CODES)
    assert date.fromisoformat(one["deadline"]) > TAKEN_ON[key]


@pytest.mark.parametrize("key", DECISIONS)
def test_what_became_of_it_comes_after_it_and_ends_with_its_end(key: str) -> None:
    days = [TAKEN_ON[key], *(day for day, _ in said_of(key))]
    assert sorted(set(days)) == days
    statuses = [said["status"] for _, said in said_of(key)]
    assert not {"done", "dropped"} & set(statuses[:-1])
    for day, said in said_of(key):
        assert said["reason"]
        assert (said["new_deadline"] is not None) == (said["status"] == "moved")
        assert said["new_deadline"] is None or date.fromisoformat(said["new_deadline"]) > day


@pytest.mark.parametrize("key", [key for key, one in DECISIONS.items() if one["intervention"]])
def test_an_intervention_that_a_decision_points_to_is_there_and_about_the_same(key: str) -> None:
    (found,) = [one for one in INTERVENTIONS if one.title == DECISIONS[key]["intervention"]]
    assert found.starts_on(PERIOD) < TAKEN_ON[key]
    assert set(found.areas) & set(DECISIONS[key]["area_codes"])


def test_things_go_as_they_do() -> None:
    """Something is done, done late, moved, dropped, reported between meetings, and one is overdue when the next meeting comes."""
    statuses = {said["status"] for meeting in MEETINGS for said in meeting["follow_ups"]}
    assert statuses == {"done", "not_done", "moved", "dropped"}
    assert any(said["said_on"] for meeting in MEETINGS for said in meeting["follow_ups"])
    coming = date.fromisoformat(MEETINGS[-1]["held_on"])
    overdue = []
    for key, one in DECISIONS.items():
        said = [found for _, found in said_of(key)]
        deadline = next(
            (found["new_deadline"] for found in reversed(said) if found["new_deadline"]), one["deadline"]
        )
        is_over = bool(said) and said[-1]["status"] in ("done", "dropped")
        overdue += [key] if not is_over and date.fromisoformat(deadline) < coming else []
    assert len(overdue) == 1


def test_every_district_has_something_to_say_of_it() -> None:
    assert list(PLAN["circumstances"]) == [district.code for district in DISTRICTS]
    assert all(len(set(said)) >= 2 for said in PLAN["circumstances"].values())


def test_the_plan_is_the_same_every_time_and_plain_json() -> None:
    assert json.loads(json.dumps(PLAN)) == meetings(sample_data.window())
