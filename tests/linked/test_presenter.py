"""What a presenter's browser is sent: no small count anywhere in it, and no places of single incidents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.geometry import ground
from dashboard.linked.answer import answer
from dashboard.linked.documents import compact, mount_document
from dashboard.linked.routes import VIEWS_PATH
from dashboard.linked.tickets import tickets
from dashboard.maps.explore import LAYERS, layers_for
from dashboard.situation import explore
from dashboard.texts import texts
from data_access.facts import facts
from data_access.permissions import LOCAL_VIEWER, AreaKey, Role, Viewer
from data_access.selection import Selection
from tests.linked.asking import ask
from tests.linked.test_answer import QUERIES
from tests.people import person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from data_access.database import Database

PRESENTER = Viewer("p", Role.PRESENTER)
SHOWN = layers_for(PRESENTER.sight)
NO_COUNTS = {
    ("version",),
    ("map", "fills"), ("map", "back"), ("map", "ink"), ("map", "border"), ("map", "hatched"), ("map", "selected"),
    ("map", "interventions"), ("map", "cells", "fills"), ("charts", "hours", "columns", "weekday"),
    ("charts", "hours", "columns", "hour"), ("charts", "hours", "columns", "state"), ("charts", "period", "columns", "part"),
    ("charts", "period", "columns", "lane"), ("marked", "hours"), ("map", "rows", "low"), ("map", "rows", "rate"),
    ("map", "rows", "high"),
}  # fmt: skip
"""Where numbers stand that count no incidents: colours, places, positions, rates."""
NARROW = st.sampled_from(
    [
        {"period": "2026-03-02..2026-03-08", "areas": "0501"},
        {"period": "2026-03-02..2026-03-08", "areas": "0102", "kinds": "crime"},
        {"period": "2026-03-02..2026-03-04"},
        {"hours": "112-114", "areas": "0403", "period": "2025-11-01..2026-01-31"},
        {"categories": "graffiti", "period": "2026-03-02..2026-03-08"},
        {"categories": "intimate_violence"},
        {"sources": "Polisen", "areas": "0602", "period": "2026-02-01..2026-02-28"},
        {},
    ]
)
ON_ONE_DATABASE = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def answered(
    database: Database, query: dict[str, str], layer: str, viewer: Viewer = PRESENTER
) -> dict[str, Any]:
    known = facts(database, viewer)
    of = explore.situation(known, Selection.from_query(query))
    assert of is not None
    assert known.frame.area_set is not None
    land = ground(database, viewer, known.frame.area_set)
    return json.loads(compact(answer(of, land, layer, texts("sv"), "light")))


def numbers(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], float]]:
    """Every number of an answer with the names that lead to it."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from numbers(part, (*path, name))
    elif isinstance(value, list):
        for part in value:
            yield from numbers(part, path)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield path, value


def no_small_count(found: dict[str, Any]) -> None:
    small = [
        (path, value)
        for path, value in numbers(found)
        if 0 < value < 5 and path not in NO_COUNTS and path[:2] != ("map", "titles")
    ]
    assert small == []
    written = [figure["value"] for figure in found["figures"][:1]]
    assert not {"1", "2", "3", "4"} & {*written}


@settings(ON_ONE_DATABASE, max_examples=60)
@given(QUERIES, st.sampled_from(SHOWN))
def test_no_small_count_is_in_an_answer_about_a_small_town(
    small: Database, query: dict[str, str], layer: str
) -> None:
    no_small_count(answered(small, query, layer))


@settings(ON_ONE_DATABASE, max_examples=32)
@given(NARROW, st.sampled_from(SHOWN))
def test_nor_in_one_about_a_narrow_part_of_a_large_one(
    sample: Database, query: dict[str, str], layer: str
) -> None:
    no_small_count(answered(sample, query, layer))


def test_the_walk_would_find_one(small: Database) -> None:
    with pytest.raises(AssertionError):
        no_small_count(answered(small, {}, "count", LOCAL_VIEWER))


def test_where_a_count_is_too_small_it_says_so(small: Database) -> None:
    found = answered(small, {}, "count")
    for name in ("areas", "sources", "kinds", "police_reported"):
        columns = found["charts"][name]["columns"]
        for count, words in zip(columns["count"], columns["count_words"], strict=True):
            assert (words is None) == (count is not None)
            assert words in (None, "<5")
    assert found["charts"]["areas"]["columns"]["count"] == [None] * 4
    hours = found["charts"]["hours"]
    assert set(hours["columns"]["weight_words"]) == {None, "<5"}
    assert "Grå rutor: <5." in hours["notes"][0]
    weeks = found["charts"]["period"]
    assert weeks["columns"]["count_words"][:6] == ["<5"] * 6
    assert weeks["notes"][0] == "Luckor i kurvan: veckor med <5 händelser."
    assert found["map"]["rows"]["count_words"] == ["<5"] * 4
    assert [row["text"] for row in found["map"]["legend"]["rows"]] == ["dolt (för få)"]
    assert set(found["map"]["digits"]) <= {str(digit) for digit in found["map"]["hatched"]}


def test_what_was_before_is_few_or_not_known(sample: Database) -> None:
    week = {"period": "2026-03-02..2026-03-08", "areas": "0501"}
    first = {"period": "2023-11-20..2023-11-26"}
    rows = answered(sample, week, "count")["map"]["rows"]
    assert {type(words) for words in rows["before_words"]} == {str, type(None)}
    assert [words is None for words in rows["before_words"]] == [
        count is not None for count in rows["before"]
    ]
    weeks = answered(sample, week, "count")["charts"]["period"]["columns"]
    assert weeks["before_words"][:52] == [None] * 52
    nothing = answered(sample, first, "count")
    assert nothing["map"]["rows"]["before_words"] == []
    assert set(nothing["charts"]["kinds"]["columns"]["before_words"]) == {None}


def test_a_summed_row_says_what_it_is_at_least(sample: Database) -> None:
    columns = answered(sample, {"period": "2026-03-02..2026-03-08", "areas": "0501"}, "count")["charts"]
    areas, types = columns["areas"]["columns"], columns["categories"]["columns"]
    assert (areas["code"][-1], areas["count"][-1], areas["count_words"][-1][:2]) == ("", None, "\u2265 ")
    assert (types["code"][-1], types["count"][-1], types["count_words"][-1]) == ("", None, "<5 var")


@pytest.mark.parametrize("layer", SHOWN)
def test_whoever_is_told_everything_gets_no_words_instead(sample: Database, layer: str) -> None:
    found = answered(sample, {"areas": "0501"}, layer, LOCAL_VIEWER)
    names = [name for chart in found["charts"].values() for name in chart["columns"]]
    assert not [
        name for name in (*names, *found["map"]["rows"]) if name.endswith("_words") and name[0] in "cbw"
    ]
    assert "<5" not in json.dumps(found)


def test_the_mount_offers_no_layer_of_points(small: Database) -> None:
    known = facts(small, PRESENTER)
    found = json.loads(mount_document(small, PRESENTER, known, "sv", "light").body)
    assert [layer["name"] for layer in found["layers"]] == [name for name in LAYERS if name != "heat"]
    assert found["map"]["fewest"] == 5
    instead = {
        column["field"]: column["instead"] for column in found["map"]["columns"] if "instead" in column
    }
    assert instead == {"count": "count_words", "before": "before_words"}
    whole = json.loads(mount_document(small, LOCAL_VIEWER, facts(small, LOCAL_VIEWER), "sv", "light").body)
    assert not any(
        "instead" in column for part in (*whole["charts"], whole["map"]) for column in part["columns"]
    )


def test_the_routes_answer_a_signed_in_presenter_without_small_counts(
    small: Database, use: Callable[[Database], None]
) -> None:
    use(small)
    ticket = tickets.grant(person(small, Role.PRESENTER))
    reply = ask(f"{VIEWS_PATH}?lang=sv", ticket=ticket)
    assert reply.status == 200
    no_small_count(reply.json)
    assert reply.json["figures"][0]["value"] == "11"
    refused = ask(f"{VIEWS_PATH}?lang=sv&layer=heat", ticket=ticket)
    assert refused.status == 400
    assert refused.json["reason"] == texts("sv")("ui.bad_address", parameter="layer", value="heat")
    assert ask(f"{VIEWS_PATH}?layer=heat").status == 200


def test_on_a_shared_screen_whoever_runs_it_is_told_what_a_presenter_is(
    small: Database, use: Callable[[Database], None]
) -> None:
    use(small)
    number = person(small, Role.COORDINATOR)
    shared, own = tickets.grant(number, is_shown=True), tickets.grant(number)
    reply = ask(f"{VIEWS_PATH}?lang=sv", ticket=shared)
    assert reply.status == 200
    no_small_count(reply.json)
    assert reply.json != ask(f"{VIEWS_PATH}?lang=sv", ticket=own).json
    assert ask(f"{VIEWS_PATH}?lang=sv&layer=heat", ticket=shared).status == 400
    assert ask(f"{VIEWS_PATH}?lang=sv&layer=heat", ticket=own).status == 200


def test_a_shared_screen_shows_nobody_more_than_they_see_themselves(
    small: Database, use: Callable[[Database], None]
) -> None:
    use(small)
    number = person(small, Role.HOUSING, "Bostadsbolaget", [AreaKey("Småstad", "03")])
    reply = ask(f"{VIEWS_PATH}?lang=sv", ticket=tickets.grant(number, is_shown=True))
    assert set(reply.json["charts"]["areas"]["columns"]["code"]) <= {"03"}


@pytest.mark.parametrize("role", list(Role))
def test_before_others_one_sees_a_part_of_ones_own_guarded(role: Role) -> None:
    viewer = Viewer("v", role, organisation_id=7, areas=None)
    own, shown = viewer.sight, viewer.before_others().sight
    assert shown.organisations == own.organisations
    assert shown.areas == own.areas
    assert not shown.is_exact
    assert shown.fewest >= 5 or role is Role.REPORTER


def test_the_routes_answer_housing_about_its_own_districts_only(
    small: Database, use: Callable[[Database], None]
) -> None:
    use(small)
    own = tickets.grant(person(small, Role.HOUSING, "Bostadsbolaget", [AreaKey("Småstad", "03")]))
    reply = ask(f"{VIEWS_PATH}?period=2026-01-01..2026-02-28", ticket=own).json
    assert (reply["figures"][0]["value"], reply["charts"]["areas"]["columns"]["code"]) == ("3", ["03"])
    assert len(reply["map"]["digits"]) == 1
    other = ask(f"{VIEWS_PATH}?areas=01", ticket=own).json
    assert other["figures"][0]["value"] == "0"
    shapes = mount_document(small, LOCAL_VIEWER, facts(small, LOCAL_VIEWER), "sv", "light")
    assert ask(shapes.path, ticket=own).status == 404
