from __future__ import annotations

import gzip
import json
from dataclasses import fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.effects import evaluation
from dashboard.entrance import LOCAL_SESSION
from dashboard.geometry import ground
from dashboard.linked.answer import answer
from dashboard.linked.charts import PICKS
from dashboard.linked.documents import compact, mount_document
from dashboard.linked.interventions import intervention_asked, questions
from dashboard.linked.routes import VIEWS_PATH
from dashboard.linked.tickets import tickets
from dashboard.maps.explore import LAYERS
from dashboard.situation import explore
from dashboard.situation.effect_words import sentence
from dashboard.situation.rows import interventions as explored
from dashboard.texts import texts
from data_access.crossfilter import Views
from data_access.facts import facts
from data_access.permissions import LOCAL_VIEWER
from data_access.selection import KINDS, POLICE_REPORTED, Period, Selection
from tests.linked.asking import ask
from tests.small_town import POLICE, build, incident, store_incidents

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.look import Mode
    from data_access.database import Database

QUERIES = st.fixed_dictionaries(
    {},
    optional={
        "period": st.sampled_from(["2026-01-05..2026-01-18", "2026-02-02..2026-02-15", "2000-01-01..2000-01-02"]),
        "areas": st.sampled_from(["01", "02~03", "gone"]),
        "categories": st.sampled_from(["noise", "vandalism~graffiti", "intimate_violence"]),
        "hours": st.sampled_from(["10", "112-120", "0-167"]),
        "sources": st.sampled_from(["Polisen", "Bostadsbolaget"]),
        "police_reported": st.sampled_from([*POLICE_REPORTED, "yes~no"]),
        "kinds": st.sampled_from([*KINDS]),
    },
)  # fmt: skip
ON_ONE_DATABASE = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def answered(
    database: Database,
    query: dict[str, str],
    layer: str = "count",
    language: str = "sv",
    mode: Mode = "light",
) -> dict[str, Any]:
    """The answer as the browser reads it."""
    known = facts(database, LOCAL_VIEWER)
    of = explore.situation(known, Selection.from_query(query))
    assert of is not None
    area_set = known.frame.area_set
    land = ground(database, LOCAL_VIEWER, area_set) if area_set else None
    return json.loads(compact(answer(of, land, layer, texts(language), mode)))


def mounted(database: Database) -> dict[str, Any]:
    known = facts(database, LOCAL_VIEWER)
    return json.loads(mount_document(database, LOCAL_VIEWER, known, "sv", "light").body)


@ON_ONE_DATABASE
@given(QUERIES, st.sampled_from(LAYERS))
def test_equal_questions_get_equal_answers_that_fit_the_mount(
    small: Database, query: dict[str, str], layer: str
) -> None:
    found = answered(small, query, layer)
    assert found == answered(small, query, layer)
    once = mounted(small)
    assert list(found["charts"]) == [chart["name"] for chart in once["charts"]] == list(PICKS)
    assert len(found["figures"]) == len(once["figures"])
    for chart in once["charts"]:
        columns = found["charts"][chart["name"]]["columns"]
        assert len({len(values) for values in columns.values()}) == 1
        assert {column["field"] for column in chart["columns"]} | set(chart["where"]) <= set(columns)


@ON_ONE_DATABASE
@given(QUERIES, st.sampled_from(LAYERS))
def test_the_map_has_a_colour_for_every_district_and_cell(
    small: Database, query: dict[str, str], layer: str
) -> None:
    found, areas = answered(small, query, layer)["map"], mounted(small)["map"]["areas"]["code"]
    assert found["layer"] == layer
    assert len(found["digits"]) == len(areas)
    assert max(map(int, found["digits"])) < len(found["fills"]) == len(found["back"])
    assert found["selected"] == [
        i for i, code in enumerate(areas) if code in query.get("areas", "").split("~")
    ]
    assert (found["heat"] is not None) == (layer == "heat")
    assert (found["cells"] is not None) == (layer == "cells")
    assert {"title", "unit", "label"} <= set(found["legend"])
    rows = [values for name, values in found["rows"].items() if name != "running" and values is not None]
    assert {len(values) for values in rows} == {len(areas)}


@ON_ONE_DATABASE
@given(QUERIES, st.sampled_from(LAYERS))
def test_it_says_nothing_that_the_counted_views_do_not(
    small: Database, query: dict[str, str], layer: str
) -> None:
    """Every number in bars, hours and weeks is one of the views, or a sum of them: nothing about a single incident."""
    of = explore.situation(facts(small, LOCAL_VIEWER), Selection.from_query(query))
    assert of is not None
    counted = {
        name: [round(float(value), 2) for value in getattr(of.now, name)]
        for name in (field.name for field in fields(Views))
        if hasattr(getattr(of.now, name), "__len__")
    }
    charts = answered(small, query, layer)["charts"]
    assert charts["hours"]["columns"]["weight"] == counted["hours"]
    part = charts["period"]["columns"]["part"]
    assert charts["period"]["columns"]["count"][: part.count(0)] == counted["weeks"]
    for facet in ("categories", "areas", "sources", "police_reported", "kinds"):
        shown = charts[facet]["columns"]
        own = [count for code, count in zip(shown["code"], shown["count"], strict=True) if code]
        assert set(own) <= set(counted[facet])
        assert sum(shown["count"]) == pytest.approx(sum(counted[facet]), abs=0.1)


def test_a_sensitive_incident_shows_in_nothing_but_its_month_and_district(
    small: Database, empty: Database
) -> None:
    """Two towns that differ in the day, hour and place of one aggregate-only incident answer alike."""
    queries: list[dict[str, str]] = [
        {},
        {"hours": "20-30"},
        {"areas": "03"},
        {"period": "2026-01-01..2026-01-31"},
        {"categories": "intimate_violence"},
    ]
    build(empty)
    said = []
    for database, start, at in (
        (small, "2026-01-07T21:00", (300, 1700)),
        (empty, "2026-01-22T03:00", (900, 1100)),
    ):
        row = incident("s", "intimate_violence", start, at=at, reported="yes")
        stored = store_incidents(database, [row], POLICE, name="ny.csv")
        assert stored.stored == 1
        said.append([answered(database, query, layer) for query in queries for layer in LAYERS])
    assert said[0] == said[1]


def test_selected_values_are_marked_and_named_in_chips(small: Database) -> None:
    found = answered(
        small,
        {"areas": "02~01", "hours": "112-114", "police_reported": "yes", "period": "2026-01-05..2026-01-11"},
    )
    assert found["marked"] == {
        "areas": ["01", "02"],
        "categories": [],
        "hours": [112, 113, 114],
        "sources": [],
        "police_reported": ["yes"],
        "kinds": [],
    }
    assert [(chip["facet"], chip["value"], chip["label"]) for chip in found["chips"]] == [
        ("areas", "01", "Område: Hamnen"),
        ("areas", "02", "Område: Torget"),
        ("hours", None, "Tid: fre 16\u201319"),
        ("police_reported", "yes", "Polisanmält: Ja"),
    ]


def test_the_period_is_said_in_days_and_words(small: Database) -> None:
    found = answered(small, {"period": "2026-02-02..2026-02-08"}, language="en")["period"]
    assert (found["first"], found["last"]) == ("2026-02-02", "2026-02-08")
    assert (found["known_first"], found["known_last"], found["preset"]) == (
        "2026-01-05",
        "2026-02-12",
        "week",
    )
    assert found["text"] == "2026-02-02 \u2013 2026-02-08."
    assert "2026-01-26 \u2013 2026-02-01" in found["compared"]
    assert answered(small, {})["period"]["preset"] == "all"


def test_only_the_five_largest_types_and_districts_have_bars_and_the_rest_is_summed(sample: Database) -> None:
    found = answered(sample, {})["charts"]["areas"]["columns"]
    assert len(found["code"]) == 6
    assert found["code"][-1] == ""
    chosen = answered(sample, {"areas": "0105"})["charts"]["areas"]["columns"]
    assert "0105" in chosen["code"]
    assert chosen["is_full"] == [code == "0105" for code in chosen["code"]]


def test_lanes_stay_where_they_are_while_districts_are_chosen(sample: Database) -> None:
    def lanes(query: dict[str, str]) -> dict[str, tuple[int, bool]]:
        columns = answered(sample, query)["charts"]["period"]["columns"]
        names = ("part", "label", "lane", "is_near")
        rows = zip(*(columns[name] for name in names), strict=True)
        return {label: (lane, is_near) for part, label, lane, is_near in rows if part == 1}

    every, some = lanes({}), lanes({"areas": "0501"})
    assert {label: lane for label, (lane, _) in some.items()} == {
        label: lane for label, (lane, _) in every.items()
    }
    assert all(is_near for _, is_near in every.values())
    assert {is_near for _, is_near in some.values()} == {True, False}


def lane_queries(found: dict[str, Any]) -> dict[str, tuple[Selection, bool]]:
    """What a click on each lane asks for, and whether it is asked, by title."""
    columns = found["charts"]["period"]["columns"]
    rows = zip(*(columns[name] for name in ("label", "query", "is_chosen")), strict=True)
    return {
        title: (Selection.from_query(dict(parse_qsl(query))), is_chosen)
        for title, query, is_chosen in rows
        if query
    }


def test_a_lane_asks_for_its_districts_types_and_days_so_far(sample: Database) -> None:
    lanes, known = lane_queries(answered(sample, {})), facts(sample, LOCAL_VIEWER)
    assert known.period is not None
    assert len(lanes) == len(known.frame.interventions)
    for one in known.frame.interventions:
        asked, is_chosen = lanes[one.title]
        last = min(one.ends_on or known.period.last, known.period.last)
        assert asked == Selection(
            period=Period(one.starts_on, last),
            areas=frozenset(one.areas),
            categories=frozenset(one.categories),
        )
        assert not is_chosen


def test_the_lane_that_is_asked_for_stands_out_whatever_else_is_asked(sample: Database) -> None:
    title, (asked, _) = next(iter(lane_queries(answered(sample, {})).items()))
    for more in ({}, {"police_reported": "yes"}):
        lanes = lane_queries(answered(sample, asked.to_query() | more))
        assert [name for name, (_, is_chosen) in lanes.items() if is_chosen] == [title]
    longer = asked.with_("period", Period(asked.period.first, asked.period.first)) if asked.period else asked
    assert not any(is_chosen for _, is_chosen in lane_queries(answered(sample, longer.to_query())).values())


def test_whoever_looks_at_the_place_of_an_intervention_is_led_to_it(sample: Database) -> None:
    for one in facts(sample, LOCAL_VIEWER).frame.interventions:
        place = Selection(areas=frozenset(one.areas), categories=frozenset(one.categories))
        found = answered(sample, place.to_query(), language="en")["intervention"]
        named = {"id": one.id, "title": one.title, "href": f"insatser?insats={one.id}&lang=en"}
        assert found == named | {"sentence": ""}  # nobody was asked to evaluate
        assert answered(sample, place.without("categories").to_query())["intervention"] is None
    assert answered(sample, {})["intervention"] is None


def test_the_curve_of_an_intervention_stands_against_what_was_expected(
    sample: Database, use: Callable[[Database], None]
) -> None:
    use(sample)
    ticket = tickets.grant(LOCAL_SESSION)
    known = facts(sample, LOCAL_VIEWER)
    one = known.frame.interventions[0]
    of = evaluation(sample, LOCAL_VIEWER, known, one)
    assert of is not None
    assert of.effect is not None
    query = urlencode(questions(known)[one.id].to_query() | {"lang": "sv"})
    found = ask(f"{VIEWS_PATH}?{query}", ticket=ticket).json
    assert found["intervention"]["sentence"] == sentence(of, texts("sv"))
    curve, first = found["charts"]["period"], (of.weeks[0] - known.first_week).astype(int) // 7
    shown = curve["columns"]["before"][first : first + len(of.weeks)]
    assert [value for value in shown if value is not None] == pytest.approx(
        of.effect.weekly.expected[: len(shown)], abs=0.01
    )
    assert f"{len(of.comparison)} jämförelseområden" in curve["notes"][0]
    plain = ask(f"{VIEWS_PATH}?{urlencode({'areas': one.areas[0], 'lang': 'sv'})}", ticket=ticket).json
    assert plain["intervention"] is None
    assert "jämförelseområden" not in " ".join(plain["charts"]["period"]["notes"])


def test_of_two_interventions_in_one_place_the_days_tell_which(sample: Database) -> None:
    of = explore.situation(facts(sample, LOCAL_VIEWER), Selection())
    assert of is not None
    first = of.facts.frame.interventions[0]
    again = replace(first, id=1000, title="En gång till", starts_on=first.starts_on + timedelta(days=70))
    frame = replace(of.facts.frame, interventions=(*of.facts.frame.interventions, again))
    both = replace(of.facts, frame=frame)

    def led_to(asked: Selection) -> int | None:
        found = intervention_asked(replace(of, facts=both, selection=asked))
        return found.id if found else None

    assert led_to(questions(both)[1000]) == 1000
    assert led_to(questions(both)[first.id]) == first.id
    assert led_to(questions(both)[1000].without("period")) is None


def test_what_was_cancelled_is_in_no_lane_on_no_map_and_led_to_by_nothing(
    own_sample: Database,
) -> None:
    gone, *rest = facts(own_sample, LOCAL_VIEWER).frame.interventions
    with own_sample.writing() as writing:
        cancel = "update intervention set status = 'cancelled', cancelled_because = 'x' where id = ?"
        writing.connection().exec_driver_sql(cancel, (gone.id,))
        writing.connection().exec_driver_sql("update municipality set data_version = data_version + 1")
    found = answered(own_sample, {})
    assert set(lane_queries(found)) == {one.title for one in rest}
    assert gone.title not in {one["text"] for one in found["map"]["titles"]}
    place = Selection(areas=frozenset(gone.areas), categories=frozenset(gone.categories))
    assert answered(own_sample, place.to_query())["intervention"] is None
    of = explore.situation(facts(own_sample, LOCAL_VIEWER), place)
    assert of is not None
    assert gone.id not in {one.id for one in explored(of)}


def test_running_interventions_are_outlined_and_named(sample: Database) -> None:
    found = answered(sample, {})["map"]
    assert found["interventions"] == sorted(map(int, found["rows"]["running"]))
    named = {title for titles in found["rows"]["running"].values() for title in titles}
    assert {title["text"] for title in found["titles"]} == named
    long_ago = answered(sample, {"period": "2024-01-01..2024-01-07"})["map"]
    assert (long_ago["interventions"], long_ago["titles"], long_ago["rows"]["running"]) == ([], [], {})


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_it_is_small_and_in_one_language(sample: Database, layer: str, language: str) -> None:
    found = answered(sample, {}, layer, language)
    assert len(gzip.compress(compact(found), 4)) < 12_000
    other = {"sv": "Comparable", "en": "Jämför"}[language]
    assert other not in json.dumps(found, ensure_ascii=False)


def test_dark_and_light_differ_in_colours_only(sample: Database) -> None:
    light, dark = (answered(sample, {}, mode=mode) for mode in ("light", "dark"))
    assert light["map"].pop("fills") != dark["map"].pop("fills")
    for found in (light, dark):
        for name in ("back", "ink", "border"):
            del found["map"][name]
        for row in found["map"]["legend"]["rows"]:
            del row["colour"]
    assert light == dark


def test_without_districts_there_is_no_map(empty: Database) -> None:
    store_incidents(empty, [incident("a", "noise", "2026-01-05T10:00")], POLICE)
    assert answered(empty, {})["map"] is None
