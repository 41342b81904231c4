from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Polygon, box

from dashboard.maps.drawn import corners_of
from dashboard.maps.shapes import ground_of
from dashboard.texts import texts
from dashboard.ui.area_map import _given, _heard
from data_access.frame import AreaFact, AreaSetFact, AreaShapes
from tests.small_town import EAST, NORTH, SRID, square

if TYPE_CHECKING:
    from dashboard.maps.drawn import Drawn

SET = AreaSetFact(1, "Småstad", 1, SRID)
AREAS = tuple(AreaFact(i, code, code, None, None) for i, code in enumerate(("01", "02")))
GROUND = ground_of(AreaShapes(SRID, [square(0, 0), square(1, 0)], None))
BLOCK = corners_of(box(EAST + 100, NORTH + 100, EAST + 600, NORTH + 600), SRID)
SAID = st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.lists(st.floats()))


def heard(**said: Any) -> tuple[Drawn, dict[str, Any]]:
    understood = _heard(said, AREAS, SET, GROUND, texts("sv"))
    assert understood is not None
    return understood


def test_before_anything_is_said_there_is_what_was_given() -> None:
    assert _heard(None, AREAS, SET, GROUND, texts("sv")) is None
    surface = Polygon([(EAST, NORTH), (EAST + 500, NORTH), (EAST + 500, NORTH + 500)])
    drawn, now = _given(["02", "01"], surface, SET)
    assert (drawn.areas, drawn.polygon, drawn.problem) == ({"01", "02"}, surface, "")
    assert now == {"n": 0, "areas": ["01", "02"], "corners": corners_of(surface, SRID)}


def test_what_was_said_is_understood_and_goes_back_as_it_came() -> None:
    drawn, now = heard(n=3, areas=["02"], corners=BLOCK)
    assert drawn.areas == {"02"}
    assert drawn.polygon is not None
    assert drawn.polygon.area == pytest.approx(250_000, rel=0.001)
    assert (drawn.problem, now) == ("", {"n": 3, "areas": ["02"], "corners": BLOCK})


def test_a_surface_that_cannot_be_taken_goes_back_with_the_reason() -> None:
    crossed = [BLOCK[0], BLOCK[2], BLOCK[1], BLOCK[3]]
    drawn, now = heard(n=1, areas=[], corners=crossed)
    assert drawn.polygon is None
    assert drawn.problem.startswith("Ytans sidor korsar varandra.")
    assert now["corners"] == crossed


def test_without_a_surface_there_is_no_problem() -> None:
    drawn, now = heard(n=1, areas=["01", "99"], corners=None)
    assert (drawn.areas, drawn.polygon, drawn.problem) == ({"01"}, None, "")
    assert now["corners"] == []


@given(st.dictionaries(st.sampled_from(["n", "areas", "corners"]), SAID))
def test_nonsense_is_harmless(said: dict[str, Any]) -> None:
    drawn, now = heard(**said)
    assert drawn.areas <= {"01", "02"}
    assert 0 <= now["n"] < 2**31
