from __future__ import annotations

import gc
import weakref
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from dashboard.situation import explore, rows
from dashboard.situation.once import once_per_facts
from dashboard.situation.words import (
    NONE,
    compared_in_words,
    comparison_in_words,
    period_in_words,
    value_in_words,
)
from dashboard.texts import texts
from data_access.changes import InterventionEntry, record_intervention
from data_access.facts import Facts, facts
from data_access.permissions import LOCAL_VIEWER, OPERATOR
from data_access.selection import Period, Selection
from tests.dashboard.situation.asking import asked
from tests.small_town import POLICE, incident, store_incidents

if TYPE_CHECKING:
    from dashboard.situation.explore import Situation
    from data_access.database import Database

SV, EN = texts("sv"), texts("en")


def situation(database: Database, **query: str) -> Situation:
    found = explore.situation(facts(database, LOCAL_VIEWER), Selection.from_query(query))
    assert found is not None
    return found


def by_code(columns: dict[str, list[object]]) -> dict[object, object]:
    return dict(zip(columns["code"], columns["count"], strict=True))


def test_every_incident_is_in_one_bar_of_each_view(small: Database) -> None:
    of = situation(small)
    bars = rows.bar_rows(of, SV)
    for facet in ("categories", "sources", "police_reported", "kinds"):
        assert sum(by_code(bars[facet]).values()) == of.now.total > 0
    assert sum(by_code(bars["areas"]).values()) + of.now.outside == of.now.total


def test_types_without_incidents_now_and_before_have_no_row(small: Database) -> None:
    counts = by_code(rows.categories(situation(small), SV))
    assert 0 < len(counts) < 60
    assert all(counts.values())


def test_a_source_that_has_ever_reported_keeps_its_row(small: Database) -> None:
    only_housing = situation(small, categories="noise")
    assert by_code(rows.sources(only_housing, SV)) == {"Polisen": 0, "Bostadsbolaget": 2}


def test_earlier_counts_are_shown_at_the_length_of_the_period(small: Database) -> None:
    of = situation(small, period="2026-01-19..2026-02-01")
    assert of.before is not None
    before = rows.areas(of, SV)["before"]
    assert list(before) == list(of.before.areas)
    none = situation(small)
    assert none.before is None
    assert np.isnan(rows.areas(none, SV)["before"]).all()


def test_weeks_carry_the_year_before_only_where_there_is_one(small: Database, sample: Database) -> None:
    short, long = rows.weeks(situation(small)), rows.weeks(situation(sample))
    assert "before" not in short
    assert list(long["before"][52:60]) == list(long["count"][:8])
    assert np.isnan(long["before"][:52]).all()
    assert not short["is_complete"][-1]
    assert all(short["is_complete"][:-1])


@pytest.mark.parametrize("query", [{}, {"areas": "0501"}, {"areas": "gone"}])
def test_interventions_are_those_of_the_chosen_districts(sample: Database, query: dict[str, str]) -> None:
    of = situation(sample, **query)
    every = of.facts.frame.interventions
    expected = [one for one in every if not query or query["areas"] in one.areas]
    assert rows.interventions(of) == expected


def test_figures_are_written_as_they_are_read(sample: Database) -> None:
    of = situation(sample)
    figures = {figure.name: figure for figure in explore.key_figures(of)}
    assert value_in_words(figures["incidents"], NONE, SV) == SV.number(of.now.total)
    assert value_in_words(figures["rate"], NONE, EN).count(".") == 1
    assert value_in_words(figures["night"], NONE, SV).endswith("\u00a0%")
    assert comparison_in_words(figures["incidents"], NONE, SV).startswith("Tidigare ")


def test_where_there_is_nothing_to_compare_with_it_says_so(small: Database) -> None:
    of = situation(small)
    figure = explore.key_figures(of)[0]
    assert comparison_in_words(figure, NONE, EN) == "No comparison."
    assert compared_in_words(of, EN) == "No earlier period to compare with."
    assert period_in_words(of, EN) == "2026-01-05 \u2013 2026-02-12."


def test_a_share_of_nothing_is_a_dash(small: Database) -> None:
    nothing = situation(small, areas="gone")
    assert [value_in_words(figure, NONE, SV) for figure in explore.key_figures(nothing)][2:] == [
        "\u2013",
        "\u2013",
    ]


def test_what_follows_from_the_facts_is_made_once_and_goes_with_them(small: Database) -> None:
    made: list[int] = []

    @once_per_facts
    def size(known: Facts, factor: int) -> int:
        made.append(factor)
        return known.size * factor

    shared = facts(small, LOCAL_VIEWER)
    own = Facts(shared.frame, shared.stocks, shared.sight)
    assert [size(own, 2), size(own, 2), size(own, 3), size(shared, 2)] == [26, 26, 39, 26]
    assert made == [2, 3, 2]
    there = weakref.ref(own)
    del own
    gc.collect()
    assert there() is None


def test_bars_by_hand(small: Database) -> None:
    bars = rows.bar_rows(asked(small), SV)
    assert by_code(bars["categories"]) == {
        "bicycle_theft": 2,
        "assault": 1,
        "intimate_violence": 1,
        "vandalism": 2,
        "graffiti": 1,
        "noise": 2,
        "littering": 2,
        "bullying": 1,
        "safe_place": 1,
    }
    assert bars["areas"]["name"] == ["Hamnen", "Torget", "Parken", "Skogen"]
    assert by_code(bars["areas"]) == {"01": 4, "02": 2, "03": 3, "04": 2}
    assert by_code(bars["police_reported"]) == {"yes": 4, "no": 3, "unknown": 6}
    assert bars["police_reported"]["name"] == ["Ja", "Nej", "Okänt"]
    assert bars["sources"]["code"] == ["Bostadsbolaget", "Polisen"]


def test_a_source_of_only_the_most_sensitive_types_keeps_its_bar(empty: Database) -> None:
    store_incidents(empty, [incident("k", "bullying", "2026-01-05T10:00")], "Skolan")
    store_incidents(empty, [incident("k", "noise", "2026-01-05T10:00")], POLICE)
    of = asked(empty)
    assert rows.sources(of, SV)["code"] == ["Polisen", "Skolan"]
    assert of.facts.coverage.tolist() == [[1], [0]]


def test_the_trend_shows_every_week_and_the_one_a_year_before(empty: Database) -> None:
    old = [incident("old", "noise", "2025-01-08T10:00"), incident("new", "noise", "2026-01-07T10:00")]
    store_incidents(empty, [*old, incident("last", "noise", "2026-01-13T10:00")])
    weeks = rows.weeks(asked(empty, period=Period(date(2026, 1, 5), date(2026, 1, 11))))
    starts = weeks["week_start"].tolist()
    assert (len(starts), sum(weeks["count"])) == (54, 3)
    assert (
        weeks["before"][starts.index(date(2026, 1, 5))] == weeks["count"][starts.index(date(2025, 1, 6))] == 1
    )
    assert np.isnan(weeks["before"]).sum() == 52
    assert weeks["is_complete"].tolist() == [True] * 53 + [False]


def test_hours_tell_how_many_have_no_time_of_day(small: Database) -> None:
    found = rows.hours(asked(small))
    assert (found.unknown, found.total) == (3, 11)
    assert found.weights.sum() == 8


def test_interventions_of_the_chosen_districts(small: Database) -> None:
    plan = {
        "kind": "other",
        "organisation": "Kommunen",
        "starts_on": date(2026, 1, 5),
        "ends_on": None,
        "category_codes": ("noise",),
    }
    for title, codes in (("A", ("01",)), ("B", ("02", "03"))):
        record_intervention(
            small, OPERATOR, InterventionEntry(title=title, area_codes=codes, **plan), area_set_id=1
        )
    assert [one.title for one in rows.interventions(asked(small))] == ["A", "B"]
    assert [one.title for one in rows.interventions(asked(small, areas=frozenset({"03"})))] == ["B"]
    assert rows.interventions(asked(small, areas=frozenset({"04"}))) == []
