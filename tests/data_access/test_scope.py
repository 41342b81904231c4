"""Nobody is counted what lies outside their scope: every view against a naive filter and the plain loops."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.geometry import KINDS as DOCUMENTS
from dashboard.geometry import document, document_of
from data_access.batches import read_sources
from data_access.counts import BY, read_counts
from data_access.crossfilter import crossfilter, painted_places
from data_access.facts import Facts, build_facts, facts
from data_access.frame import AreaSetFact, Frame, InterventionFact, read_frame, read_shapes
from data_access.permissions import LOCAL_VIEWER, AreaKey, Role, Viewer
from data_access.places import SPOT_M
from data_access.selection import Selection
from data_access.tallies import Quality
from tests.data_access import oracle
from tests.data_access.strategies import QUESTIONS
from tests.data_access.test_crossfilter import filled, in_words
from tests.small_town import (
    DISTRICT_OF,
    HOUSING,
    HOUSING_ROWS,
    POLICE,
    POLICE_ROWS,
    SRID,
    incident,
    store_areas,
    store_incidents,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data_access.database import Database

SET, OTHER_SET = "Småstad", "Annan"
ORGANISATION: dict[str, int] = dict(zip(oracle.SOURCES, (31, 32, 33), strict=True))
TOWNS = ((0, 0), (30, 1), (60, 2), (110, 3))
PAIRS = 10_000
A_TOWN = 40
"""Questions asked of each viewer that is drawn."""

ROLES = tuple(role for role in Role if role is not Role.PRESENTER)
KEYS = tuple(AreaKey(*pair) for pair in product((SET, OTHER_SET), (*oracle.AREAS, "gone")))
VIEWERS = st.builds(
    Viewer,
    name=st.just("någon"),
    role=st.sampled_from(ROLES),
    organisation_id=st.sampled_from([None, *ORGANISATION.values(), 99]),
    areas=st.none() | st.frozensets(st.sampled_from(KEYS), max_size=4),
)


def in_scope(one: oracle.Plain, viewer: Viewer) -> bool:
    """The rule as it is written in words, for one incident at a time."""
    if viewer.role is Role.REPORTER and ORGANISATION[one.source] != viewer.organisation_id:
        return False
    if viewer.areas is None:
        return viewer.role is not Role.HOUSING
    return one.area in {key.code for key in viewer.areas if key.area_set == SET}


@cache
def town(count: int, seed: int) -> tuple[list[oracle.Plain], Frame, Any]:
    incidents = oracle.invent(count, seed)
    frame, records = oracle.coded(incidents)
    ours = AreaSetFact(1, SET, 1, SRID)
    works = tuple(
        InterventionFact(
            n,
            f"i{n}",
            "x",
            "Polisen",
            oracle.invent(1, n)[0].day,
            None,
            "running",
            codes,
            ("graffiti",),
            against,
        )
        for n, (codes, against) in enumerate(
            [(("01",), ("02", "04")), (("02", "03"), ()), (("04",), ("01", "02", "03"))]
        )
    )
    return incidents, replace(frame, area_set=ours, area_sets=(ours,), interventions=works), records


def agree(found: Facts, seen: list[oracle.Plain], selection: Selection, *, is_exact: bool) -> None:
    got = in_words(crossfilter(found, selection), found)
    expected = oracle.views(seen, selection, is_exact=is_exact)
    for view, counts in filled(expected, got).items():
        assert got[view] == pytest.approx(counts, abs=1e-9), view


@settings(max_examples=PAIRS // A_TOWN, deadline=None)
@given(
    VIEWERS,
    st.sampled_from(TOWNS),
    st.lists(QUESTIONS, min_size=4, max_size=4),
    st.randoms(use_true_random=False),
)
def test_views_count_what_a_naive_filter_leaves(
    viewer: Viewer, size: tuple[int, int], drawn: list[Selection], chance: Any
) -> None:
    """A_TOWN questions a viewer: those drawn, and their parts put together anew."""
    incidents, frame, records = town(*size)
    seen = [one for one in incidents if in_scope(one, viewer)]
    found = build_facts(frame, records, sight=viewer.sight)
    assert found.size == found.quality.records == len(seen)
    questions = [*drawn, *(mixed(drawn, chance) for _ in range(A_TOWN - len(drawn)))]
    for selection in questions:
        agree(found, seen, selection, is_exact=viewer.sees_exact_records)


def mixed(drawn: list[Selection], chance: Any) -> Selection:
    fields = ("period", "areas", "categories", "hours", "sources", "police_reported", "kinds")
    parts = {name: getattr(chance.choice(drawn), name) for name in fields}
    dropped = chance.sample(fields, chance.randrange(len(fields)))
    return Selection(**{name: value for name, value in parts.items() if name not in dropped})


@settings(max_examples=150, deadline=None)
@given(VIEWERS, st.sampled_from(TOWNS), QUESTIONS)
def test_places_cells_quality_and_coverage_are_those_of_what_is_seen(
    viewer: Viewer, size: tuple[int, int], selection: Selection
) -> None:
    incidents, frame, records = town(*size)
    seen = [one for one in incidents if in_scope(one, viewer)]
    found = build_facts(frame, records, sight=viewer.sight)
    alone = build_facts(
        found.frame, oracle.coded(seen)[1], sight=replace(viewer.sight, areas=None, organisations=None)
    )
    assert found.quality == alone.quality
    assert (found.period, found.weeks, found.cell_count) == (alone.period, alone.weeks, alone.cell_count)
    assert np.array_equal(found.coverage, alone.coverage)
    assert np.array_equal(crossfilter(found, selection).cells, crossfilter(alone, selection).cells)
    painted, spots = painted_places(found, Selection()), spots_of(seen, is_exact=viewer.sees_exact_records)
    assert {*zip(painted.x, painted.y, strict=True)} == spots
    codes = {one.code for one in found.areas}
    assert all(set(one.areas) <= codes and one.areas for one in found.frame.interventions)
    for one in found.frame.interventions:
        assert {*one.comparison} == codes & {*frame.interventions[one.id].comparison}
    assert len(found.frame.interventions) == sum(bool({*one.areas} & codes) for one in frame.interventions)


def spots_of(incidents: Iterable[oracle.Plain], *, is_exact: bool) -> set[tuple[float, float]]:
    points = [one.point for one in incidents if one.point and (is_exact or one.sensitivity == 0)]
    return {(x // SPOT_M * SPOT_M + SPOT_M / 2, y // SPOT_M * SPOT_M + SPOT_M / 2) for x, y in points}


@pytest.mark.parametrize("areas", [None, frozenset(), frozenset({AreaKey(OTHER_SET, "01")})])
def test_housing_without_districts_of_this_set_sees_nothing(areas: frozenset[AreaKey] | None) -> None:
    _, frame, records = town(110, 3)
    found = build_facts(frame, records, sight=Viewer("h", Role.HOUSING, areas=areas).sight)
    assert (found.size, found.areas, found.frame.interventions, found.period) == (0, (), (), None)
    assert found.quality == Quality()


def test_fresh_reports_are_narrowed_like_the_others() -> None:
    incidents, frame, records = town(110, 3)
    fresh = oracle.invent(30, 8)
    viewer = Viewer("h", Role.HOUSING, areas=frozenset({AreaKey(SET, "02")}))
    found = build_facts(frame, records, oracle.coded(fresh)[1], sight=viewer.sight)
    seen = [one for one in (*incidents, *fresh) if one.area == "02"]
    assert found.size == len(seen) > 0
    agree(found, seen, Selection(), is_exact=False)


# On a real database: the drawn municipality.

ROWS = {**{row["source_key"]: row for row in POLICE_ROWS}, **{row["source_key"]: row for row in HOUSING_ROWS}}


def organisations(database: Database) -> dict[str, int]:
    return {one.name: one.id for one in read_frame(database, LOCAL_VIEWER).sources}


def viewers(database: Database) -> list[tuple[Viewer, set[str]]]:
    """Viewers, and the keys of the incidents that they see."""
    number = organisations(database)
    only = frozenset({AreaKey(SET, "01"), AreaKey(SET, "03")})
    inside = {key for key, code in DISTRICT_OF.items() if code in ("01", "03")}
    police, housing = ({row["source_key"] for row in rows} for rows in (POLICE_ROWS, HOUSING_ROWS))
    return [
        (LOCAL_VIEWER, police | housing),
        (Viewer("h", Role.HOUSING, None, number[HOUSING], only), inside),
        (Viewer("p", Role.POLICE, None, number[POLICE], only), inside),
        (Viewer("a", Role.ANALYST, None, None, only), inside),
        (Viewer("r", Role.REPORTER, None, number[HOUSING]), housing),
        (Viewer("r", Role.REPORTER, None, number[HOUSING], only), housing & inside),
        (Viewer("r", Role.REPORTER, None, None), set()),
        (Viewer("h", Role.HOUSING, None, number[HOUSING]), set()),
        (Viewer("h", Role.HOUSING, None, number[HOUSING], frozenset({AreaKey(OTHER_SET, "01")})), set()),
    ]


def test_counts_from_the_database_are_of_what_is_seen(small: Database) -> None:
    for viewer, keys in viewers(small):
        for by in ([], ["area"], ["category"], ["source"], ["area", "source", "police_reported"], [*BY]):
            rows = read_counts(small, viewer, Selection(), by)
            assert sum(row["count"] for row in rows) == len(keys), (viewer, by)
        of_type = {
            row["category"]: row["count"] for row in read_counts(small, viewer, Selection(), ["category"])
        }
        expected = [ROWS[key]["category_code"] for key in keys]
        assert of_type == {code: expected.count(code) for code in set(expected)}
        assert facts(small, viewer).size == crossfilter(facts(small, viewer), Selection()).total == len(keys)


@pytest.mark.parametrize("chosen", ["01", "02", "04"])
def test_asking_for_a_district_outside_gives_nothing(small: Database, chosen: str) -> None:
    selection = Selection(areas=frozenset({chosen}))
    for viewer, keys in viewers(small):
        expected = sum(DISTRICT_OF.get(key) == chosen for key in keys)
        assert crossfilter(facts(small, viewer), selection).total == expected
        assert sum(row["count"] for row in read_counts(small, viewer, selection, [])) == expected


def test_sources_are_told_with_the_records_that_are_seen(small: Database) -> None:
    for viewer, keys in viewers(small):
        found = {one.name: one.records for one in read_sources(small, viewer)}
        counts = {
            name: sum(key in keys for key in {row["source_key"] for row in rows})
            for name, rows in ((POLICE, POLICE_ROWS), (HOUSING, HOUSING_ROWS))
        }
        assert found == {name: count for name, count in counts.items() if count}


def test_days_of_a_source_are_those_of_what_is_seen(small: Database) -> None:
    only = Viewer("h", Role.POLICE, areas=frozenset({AreaKey(SET, "02")}))
    (police,) = read_sources(small, only)
    assert (police.name, police.records) == (POLICE, 2)
    assert (police.first_date.isoformat(), police.last_date.isoformat()) == ("2026-01-09", "2026-01-10")


def test_frame_shapes_and_geometry_hold_the_seen_districts_only(small: Database) -> None:
    for viewer, _ in viewers(small):
        frame = read_frame(small, viewer)
        codes = {"01", "02", "03", "04"}
        if viewer.sight.areas is not None:
            codes = {key.code for key in viewer.sight.areas if key.area_set == SET}
        assert {area.code for area in frame.areas} == codes
        assert [one.name for one in frame.area_sets] == ([SET] if codes else [])
        whole = read_frame(small, LOCAL_VIEWER).area_set
        assert whole is not None
        assert len(read_shapes(small, viewer, whole).districts) == len(codes)
        owners = viewer.sight.organisations
        assert {one.id for one in frame.sources} == set(organisations(small).values()) & (
            owners if owners is not None else set(organisations(small).values())
        )


def test_documents_of_geometry_name_no_district_outside(small: Database) -> None:
    viewer = Viewer("h", Role.HOUSING, areas=frozenset({AreaKey(SET, "01"), AreaKey(SET, "03")}))
    for kind in DOCUMENTS:
        whole, own = (document_of(small, one, 1, kind) for one in (LOCAL_VIEWER, viewer))
        assert whole is not None
        assert own is not None
        assert (whole.path != own.path) == (whole.body != own.body)
    districts = document(small, viewer, facts(small, viewer), "districts")
    assert districts is not None
    assert [name for name in ("Hamnen", "Torget", "Parken", "Skogen") if name.encode() in districts.body] == [
        "Hamnen",
        "Parken",
    ]


def test_interventions_elsewhere_are_not_named(sample: Database) -> None:
    whole = read_frame(sample, LOCAL_VIEWER)
    assert whole.area_set is not None
    code = next(code for one in whole.interventions for code in one.areas)
    own = read_frame(sample, Viewer("h", Role.POLICE, areas=frozenset({AreaKey(whole.area_set.name, code)})))
    assert 0 < len(own.interventions) < len(whole.interventions)
    assert {areas for one in own.interventions for areas in one.areas} == {code}


def test_the_sample_through_a_housing_companys_eyes(sample: Database) -> None:
    whole = facts(sample, LOCAL_VIEWER)
    assert whole.frame.area_set is not None
    codes = [area.code for area in whole.areas[:5]]
    keys = frozenset(AreaKey(whole.frame.area_set.name, code) for code in codes)
    viewer = Viewer("h", Role.HOUSING, areas=keys)
    own, everything = crossfilter(facts(sample, viewer), Selection()), crossfilter(whole, Selection())
    assert own.areas.tolist() == everything.areas[:5].tolist()
    assert (own.outside, own.total) == (0, everything.areas[:5].sum())
    rows = read_counts(sample, viewer, Selection(), ["area"])
    assert {row["area"]: row["count"] for row in rows} == dict(zip(codes, own.areas.tolist(), strict=True))
    assert sum(one.records or 0 for one in read_sources(sample, viewer)) == own.total


def test_who_has_reported_is_known_of_all_districts_and_in_all_weeks(small: Database) -> None:
    (viewer, _), before = viewers(small)[1], facts(small, LOCAL_VIEWER)
    row = incident("ny", "noise", "2026-02-26T10:00", at=(1500, 1500))
    store_incidents(small, [row], HOUSING, name="ny.csv")
    own, whole = facts(small, viewer), facts(small, LOCAL_VIEWER)
    assert whole.coverage.sum() == before.coverage.sum() + 1
    wide = own.on_all_weeks
    assert np.array_equal(wide.deliveries.counts, whole.coverage)
    assert (wide.period, wide.size) == (whole.period, own.size)
    assert wide.coverage.sum() == own.coverage.sum()
    assert own.period != whole.period  # what the viewer counts has the days of what is seen
    assert whole.on_all_weeks is whole


def test_a_new_version_of_the_set_keeps_the_scope_and_another_set_does_not(small: Database) -> None:
    viewer = Viewer("h", Role.HOUSING, areas=frozenset({AreaKey(SET, "01")}))
    before = crossfilter(facts(small, viewer), Selection()).total
    store_areas(small, file_name="igen.gpkg")
    again = facts(small, viewer)
    assert again.frame.area_set is not None
    assert crossfilter(again, Selection()).total == before == 4
    store_areas(small, name=OTHER_SET, file_name="annan.gpkg")
    assert [one.name for one in read_frame(small, viewer).area_sets] == [SET, SET]
    foreign = read_frame(small, LOCAL_VIEWER).area_sets[-1]
    assert (foreign.name, read_shapes(small, viewer, foreign).districts) == (OTHER_SET, [])
    for asked in (None, again.frame.area_set.id, foreign.id):
        assert (facts(small, viewer, asked).size, len(facts(small, viewer, asked).areas)) == (before, 1)


def test_what_is_reported_anew_is_seen_by_whom_it_concerns_only(small: Database) -> None:
    sizes = [facts(small, viewer).size for viewer, _ in viewers(small)]
    row = incident("ny", "noise", "2026-02-10T10:00", at=(1500, 1500))  # in 04, which few of them see
    store_incidents(small, [row], HOUSING, name="ny.csv")
    more = [facts(small, viewer).size - size for (viewer, _), size in zip(viewers(small), sizes, strict=True)]
    assert more == [1, 0, 0, 0, 1, 0, 0, 0, 0]
