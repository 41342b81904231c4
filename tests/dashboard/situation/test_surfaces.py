"""Interventions on drawn surfaces: what lies on them, around them, and only in the same district."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
import shapely.ops

from dashboard.situation.intervention import evaluate
from data_access.crossfilter import Painted
from data_access.facts import facts
from data_access.frame import read_shapes
from data_access.permissions import LOCAL_VIEWER
from geo.neighbours import neighbourhood

if TYPE_CHECKING:
    from dashboard.situation.evaluation import Evaluation
    from data_access.database import Database
    from data_access.facts import Facts
    from data_access.intervention_facts import InterventionFact
    from geo.neighbours import Neighbourhood

DISTRICT = "0103"


@pytest.fixture(scope="module")
def known(sample: Database) -> Facts:
    return facts(sample, LOCAL_VIEWER)


@pytest.fixture(scope="module")
def around(sample: Database, known: Facts) -> Neighbourhood:
    return neighbourhood(read_shapes(sample, LOCAL_VIEWER, known.frame.area_set).districts)  # type: ignore[arg-type]


def square(at: shapely.Point, east_m: float = 0.0, half_m: float = 60.0) -> bytes:
    """A square around a point, moved to the east."""
    x, y = at.x + east_m, at.y
    return shapely.to_wkb(shapely.box(x - half_m, y - half_m, x + half_m, y + half_m))


def on_surface(known: Facts, polygon: bytes | None, **more: object) -> InterventionFact:
    plain = {"id": 901, "areas": (DISTRICT,), "ring_m": 100, "starts_on": date(2025, 6, 2), "ends_on": None}
    return replace(known.frame.interventions[0], polygon=polygon, **(plain | more))


def beside(known: Facts, around: Neighbourhood, one: InterventionFact, rival: InterventionFact) -> Evaluation:
    return evaluate(replace(known, frame=replace(known.frame, interventions=(one, rival))), around, one)


def keys(of: Evaluation) -> set[str]:
    return {said.key for said in of.caveats}


@pytest.fixture
def middle(known: Facts, around: Neighbourhood) -> shapely.Point:
    codes = [area.code for area in known.areas]
    return shapely.point_on_surface(around.shapes[codes.index(DISTRICT)])


@pytest.mark.parametrize(
    ("east_m", "is_one_place", "is_ring_touched"), [(40, 1, 1), (200, 1, 1), (300, 0, 0), (800, 0, 0)]
)
def test_surfaces_are_at_one_place_when_one_lies_on_the_other_or_around_it(
    known: Facts,
    around: Neighbourhood,
    middle: shapely.Point,
    east_m: float,
    is_one_place: int,
    is_ring_touched: int,
) -> None:
    one = on_surface(known, square(middle))
    rival = on_surface(known, square(middle, east_m), id=902, title="Annan yta", starts_on=date(2025, 9, 1))
    found = beside(known, around, one, rival)
    assert found.effect is not None
    assert bool(found.bundle) == bool(is_one_place)
    assert ("ring_touched" in keys(found)) == bool(is_ring_touched)
    assert (found.effect.ring is None) == bool(is_ring_touched)
    assert "other_measure" in keys(found)  # in the same area it is in any case


def test_a_surface_elsewhere_in_the_district_leaves_the_weeks_before_clean(
    known: Facts, around: Neighbourhood, middle: shapely.Point
) -> None:
    one = on_surface(known, square(middle))
    before = {"starts_on": date(2025, 1, 6), "ends_on": date(2025, 3, 30), "id": 902}
    far = beside(known, around, one, on_surface(known, square(middle, 800), **before)).effect
    alone = evaluate(replace(known, frame=replace(known.frame, interventions=())), around, one).effect
    assert far is not None
    assert alone is not None
    assert far.before == alone.before > 0
    assert far.target.expected.value == pytest.approx(alone.target.expected.value, rel=0.02)


def test_a_rival_in_the_next_district_that_meets_the_ring_touches_it(
    known: Facts, around: Neighbourhood
) -> None:
    codes = [area.code for area in known.areas]
    own = around.shapes[codes.index(DISTRICT)]
    neighbours = [
        code for code, is_in in zip(codes, around.is_beside[codes.index(DISTRICT)], strict=True) if is_in
    ]
    next_one = around.shapes[codes.index(neighbours[0])]
    at_border = shapely.ops.nearest_points(next_one.buffer(-5), own.buffer(-40))[1]
    for ring_m, times in ((100, 1), (50, 0)):
        one = on_surface(known, square(at_border, half_m=30), ring_m=ring_m)
        inside = one if times else replace(one, polygon=square(shapely.point_on_surface(own), half_m=30))
        rival = on_surface(known, None, id=902, areas=(neighbours[0],))
        found = beside(known, around, inside, rival)
        assert found.effect is not None
        assert not found.bundle
        assert len(keys(found) & {"ring_touched"}) == times


def shares(of: Evaluation) -> list[float]:
    """What single places hold, as caveats tell it."""
    return [said.values["share"] for said in of.caveats if said.key == "one_place"]


def test_one_place_is_measured_against_all_events_also_those_without_a_place(
    known: Facts, around: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = replace(known.frame.interventions[0], id=903)
    alone = replace(known, frame=replace(known.frame, interventions=()))
    plain = evaluate(alone, around, one).effect
    assert plain is not None
    observed = plain.target.observed
    for heaviest, told in ((0.1 * observed, []), (0.5 * observed, [0.5])):
        places = Painted(np.zeros(2), np.zeros(2), np.array([round(heaviest), 1.0]))
        monkeypatch.setattr("dashboard.situation.caveats.painted_places", lambda *_, found=places: found)
        found = evaluate(replace(alone), around, one)
        assert shares(found) == pytest.approx(told, abs=0.02)


def test_one_place_of_a_surface_lies_on_it(
    known: Facts, around: Neighbourhood, middle: shapely.Point, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = on_surface(known, square(middle, half_m=300), id=904)
    alone = replace(known, frame=replace(known.frame, interventions=()))
    plain = evaluate(alone, around, one).effect
    assert plain is not None
    observed = plain.target.observed
    assert observed > 10
    for east_m, count in ((1000, 0), (100, 1)):
        places = Painted(
            np.array([middle.x + east_m, middle.x]), np.full(2, middle.y), np.array([float(observed), 1.0])
        )
        monkeypatch.setattr("dashboard.situation.caveats.painted_places", lambda *_, found=places: found)
        assert len(shares(evaluate(replace(alone), around, one))) == count
