import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import Voronoi
from shapely.geometry import MultiPolygon, Point, Polygon, box

from geo.locate import Locator


def by_intersection(shapes, x, y):
    """The slow, obvious answer: the lowest index among all areas that touch the point."""
    points, areas = shapely.STRtree(shapes).query(shapely.points(x, y), predicate="intersects")
    out = np.full(len(x), -1)
    for point, area in zip(points, areas, strict=True):
        out[point] = area if out[point] < 0 else min(out[point], area)
    return out


def mosaic(count, seed, side=1000.0, offset=(660_000.0, 6_570_000.0)):
    """Voronoi cells of mirrored seeds: an exact coverage of a square."""
    seeds = np.random.default_rng(seed).uniform(0, side, (count, 2))
    mirrored = [seeds * m + o for m, o in (((-1, 1), (0, 0)), ((1, -1), (0, 0)))]
    mirrored += [seeds * m + o for m, o in (((-1, 1), (2 * side, 0)), ((1, -1), (0, 2 * side)))]
    cells = Voronoi(np.vstack([seeds, *mirrored]))
    corners = np.round(cells.vertices, 2) + offset
    return [Polygon(corners[cells.regions[cells.point_region[i]]]) for i in range(count)]


def telling_points(shapes, seed, count=300):
    """Vertices, points on edges, points a hair beside edges, and points anywhere around."""
    random = np.random.default_rng(seed)
    edges = np.concatenate([shapely.get_coordinates(shape) for shape in shapes])
    share = random.random((len(edges) - 1, 1))
    on_edge = edges[:-1] * share + edges[1:] * (1 - share)
    middles = (edges[:-1] + edges[1:]) / 2
    beside = np.nextafter(on_edge, np.inf)
    low, high = edges.min(axis=0), edges.max(axis=0)
    anywhere = random.uniform(low - 0.1 * (high - low) - 1, high + 0.1 * (high - low) + 1, (count, 2))
    grid_lines = np.column_stack([random.choice(edges[:, 0], count), random.choice(edges[:, 1], count)])
    return np.vstack([edges, on_edge, middles, beside, anywhere, grid_lines]).T


@settings(max_examples=25, deadline=None)
@given(st.integers(3, 60), st.integers(0, 10_000))
def test_agrees_with_an_exact_intersection_test_also_on_borders(count, seed):
    shapes = mosaic(count, seed)
    x, y = telling_points(shapes, seed)
    assert np.array_equal(Locator(shapes).locate(x, y), by_intersection(shapes, x, y))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=3, max_size=9),
        min_size=1,
        max_size=8,
    )
)
def test_overlapping_areas_holes_and_parts_agree_too(outlines):
    shapes = [
        shapely.make_valid(Polygon(outline), method="structure", keep_collapsed=False) for outline in outlines
    ]
    x, y = (axis.ravel() for axis in np.meshgrid(np.arange(-0.5, 13, 0.5), np.arange(-0.5, 13, 0.5)))
    assert np.array_equal(Locator(shapes).locate(x, y), by_intersection(shapes, x, y))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_every_point_of_a_coverage_lies_in_exactly_one_area(seed):
    shapes = mosaic(20, seed)
    x, y = telling_points(shapes, seed)
    located = Locator(shapes).locate(x, y)
    inside = shapely.intersects_xy(shapely.union_all(shapes), x, y)
    assert (located[inside] >= 0).all()


def test_a_point_on_a_border_belongs_to_the_lowest_index():
    left, right = box(0, 0, 1, 1), box(1, 0, 2, 1)
    assert Locator([left, right]).locate([1.0, 0.5, 1.5], [0.5, 0.5, 1.0]).tolist() == [0, 0, 1]
    assert Locator([right, left]).locate([1.0], [0.5]).tolist() == [0]


def test_holes_belong_to_no_one_or_to_whoever_fills_them():
    ring = Polygon(box(0, 0, 10, 10).exterior, [box(4, 4, 6, 6).exterior])
    assert Locator([ring]).locate([5.0, 4.0, 1.0], [5.0, 5.0, 1.0]).tolist() == [-1, 0, 0]
    assert Locator([ring, box(4, 4, 6, 6)]).locate([5.0, 4.0], [5.0, 5.0]).tolist() == [1, 0]


def test_all_parts_of_an_archipelago_count():
    islands = MultiPolygon([box(0, 0, 1, 1), box(100, 100, 101, 101)])
    assert Locator([islands]).locate([0.5, 100.5, 50.0], [0.5, 100.5, 50.0]).tolist() == [0, 0, -1]


def test_missing_points_and_missing_areas():
    locator = Locator([None, Polygon(), box(0, 0, 1, 1)])
    assert locator.locate([np.nan, 0.5, 0.5, np.inf], [0.5, np.nan, 0.5, 0.5]).tolist() == [-1, -1, 2, -1]
    assert Locator([]).locate([1.0], [1.0]).tolist() == [-1]
    assert Locator([None]).locate([1.0], [1.0]).tolist() == [-1]
    assert locator.locate([], []).size == 0


def test_the_answer_is_int32():
    assert Locator([box(0, 0, 1, 1)]).locate([0.5], [0.5]).dtype == np.int32


def test_a_coast_with_many_vertices():
    turn = np.linspace(0, 2 * np.pi, 100_001)[:-1]
    radius = 10_000 + 300 * np.sin(57 * turn) + 40 * np.sin(1999 * turn)
    coast = Polygon(np.column_stack([600_000 + radius * np.cos(turn), 6_500_000 + radius * np.sin(turn)]))
    x, y = np.random.default_rng(3).uniform([589_000, 6_489_000], [611_000, 6_511_000], (20_000, 2)).T
    located = Locator([coast, box(580_000, 6_480_000, 600_000, 6_520_000)]).locate(x, y)
    in_coast = shapely.contains_xy(coast, x, y)
    assert np.array_equal(located == 0, in_coast)
    assert np.array_equal(located == 1, ~in_coast & (x <= 600_000))


def test_one_area_out_of_place_does_not_spoil_the_others():
    shapes = [*mosaic(30, 5), box(0, 0, 1, 1)]
    x, y = telling_points(shapes[:-1], 5)
    assert np.array_equal(Locator(shapes).locate(x, y), by_intersection(shapes, x, y))


@pytest.mark.parametrize("scale", [1e-4, 1.0, 1e5])
def test_units_do_not_matter(scale):
    shapes = [
        shapely.affinity.scale(shape, scale, scale, origin=(0, 0))
        for shape in mosaic(12, 8, offset=(0.0, 0.0))
    ]
    x, y = telling_points(shapes, 8)
    assert np.array_equal(Locator(shapes).locate(x, y), by_intersection(shapes, x, y))


def test_flat_and_thin_areas():
    thin = [box(0, 0, 100_000, 1e-3), box(0, 1e-3, 100_000, 5)]
    assert Locator(thin).locate([50.0, 50.0, 50.0], [5e-4, 1e-3, 2.0]).tolist() == [0, 0, 1]
    assert Locator([Point(1, 1).buffer(1e-6)]).locate([1.0, 2.0], [1.0, 1.0]).tolist() == [0, -1]
