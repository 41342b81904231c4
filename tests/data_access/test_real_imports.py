"""Real open data through the whole way from a file to counts; skipped where SAMSYN_REAL_DATA names no folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pytest

from dashboard.geometry import ground
from dashboard.maps.explore import paint
from dashboard.situation import explore
from dashboard.situation.map_values import area_values
from dashboard.texts import texts
from data_access.changes.placement import SLIVER_M
from data_access.counts import read_counts
from data_access.crossfilter import crossfilter, painted_places
from data_access.facts import facts
from data_access.frame import read_frame, read_shapes
from data_access.imports import import_areas, import_incidents
from data_access.permissions import LOCAL_VIEWER, OPERATOR
from data_access.selection import Selection

if TYPE_CHECKING:
    from pathlib import Path

    from data_access.database import Database

CHICAGO = "us_chicago_brott_25k_2017-2019.csv.gz"
COMMUNITIES = "us_chicago_community_areas_77_4326.geojson"


@pytest.fixture
def chicago(empty: Database, real_folder: Path) -> Database:
    areas = import_areas(empty, OPERATOR, real_folder / COMMUNITIES)
    assert (areas.districts, areas.refused) == (77, ())
    report = import_incidents(
        empty, OPERATOR, real_folder / CHICAGO, organisation="Chicago Police", timezone="America/Chicago"
    )
    assert (report.read, report.stored, report.known, report.refused) == (25_000, 25_000, 0, ())
    assert report.without_area <= 59
    return empty


def by(database: Database, name: str) -> dict[object, int]:
    return {row[name]: row["count"] for row in read_counts(database, OPERATOR, Selection(), [name])}


def column(table: pd.DataFrame, name: str) -> pd.Series:
    return table[next(heading for heading in table.columns if heading.lower().replace(" ", "_") == name)]


def test_chicago_per_area_equals_an_independent_join(chicago: Database, real_folder: Path) -> None:
    frame = read_frame(chicago, OPERATOR)
    assert frame.area_set is not None
    assert frame.srid == 32616
    table = pd.read_csv(real_folder / CHICAGO)
    points = gpd.GeoDataFrame(
        geometry=gpd.points_from_xy(column(table, "longitude"), column(table, "latitude")), crs=4326
    ).to_crs(32616)
    areas = gpd.read_file(real_folder / COMMUNITIES).to_crs(32616)
    shapes = read_shapes(chicago, OPERATOR, frame.area_set).districts
    code_of = {}
    for area, shape in zip(frame.areas, shapes, strict=True):  # the file's area that covers the stored one
        (code_of[int(areas.geometry.intersection(shape).area.argmax())],) = (area.code,)
    assert len(code_of) == 77
    within = gpd.sjoin(points, areas[["geometry"]], predicate="intersects")
    nearest = gpd.sjoin_nearest(
        points, areas[["geometry"]], max_distance=SLIVER_M
    )  # outlines drawn apart leave slivers
    counted = by(chicago, "area")
    outside = counted.pop(None)
    codes = nearest["index_right"].map(code_of).groupby(level=0).min()
    assert counted == codes.value_counts().to_dict()
    assert outside == 25_000 - len(codes)
    assert within.index.nunique() <= len(codes) <= within.index.nunique() + 4


def test_chicago_hours_are_those_in_the_file(chicago: Database, real_folder: Path) -> None:
    at = pd.to_datetime(column(pd.read_csv(real_folder / CHICAGO), "date"), format="mixed")
    assert by(chicago, "hour") == at.dt.hour.value_counts().to_dict()
    assert by(chicago, "weekday") == at.dt.day_of_week.value_counts().to_dict()
    assert by(chicago, "date") == at.dt.date.value_counts().to_dict()
    hours = crossfilter(facts(chicago, OPERATOR), Selection()).hours
    assert hours.reshape(7, 24).sum(axis=0).tolist() == at.dt.hour.value_counts().sort_index().tolist()


def test_chicago_a_second_time_changes_nothing(chicago: Database, real_folder: Path) -> None:
    before = by(chicago, "area")
    areas = import_areas(chicago, OPERATOR, real_folder / COMMUNITIES)
    report = import_incidents(chicago, OPERATOR, real_folder / CHICAGO, organisation="Chicago Police")
    assert areas.is_known
    assert (report.read, report.stored, report.known) == (25_000, 0, 25_000)
    assert by(chicago, "area") == before


def test_chicago_is_painted(chicago: Database) -> None:
    found = facts(chicago, OPERATOR)
    assert crossfilter(found, Selection()).painted > 0.99 * found.size
    assert found.places.cells is not None


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("se_malmo_delomraden_3008.gpkg", "se_malmo_delomraden_4326.geojson", 136),
        ("se_stockholm_stadsdelar_3011_shp.zip", "se_stockholm_stadsdelar_4326.geojson", 117),
        ("se_stockholm_stadsdelar_4326.geojson", "se_stockholm_stadsdelar_utan_vatten_4326.geojson", 117),
    ],
)
def test_swedish_districts_come_in_from_every_format(
    empty: Database, real_folder: Path, first: str, second: str, count: int
) -> None:
    for number, name in enumerate((first, second), start=1):
        report = import_areas(empty, OPERATOR, real_folder / name, name="Områden")
        assert (report.districts, report.version, report.srid, report.refused) == (count, number, 3006, ())
    one, other = (read_frame(empty, OPERATOR, number) for number in (1, 2))
    assert [area.code for area in one.areas] == [area.code for area in other.areas]


def test_no_police_event_is_painted(empty: Database, real_folder: Path) -> None:
    import_areas(empty, OPERATOR, real_folder / "se_kommuner_290_4326.geojson", name="Kommuner")
    path = real_folder / "se_polisen_handelser_2023-04_utan_fritext.json"
    report = import_incidents(empty, OPERATOR, path, organisation="Polisen")
    assert (report.read, report.stored, report.refused) == (913, 913, ())
    for viewer in (OPERATOR, LOCAL_VIEWER):
        found = facts(empty, viewer)
        assert found.quality.stand_in_points == 913
        assert crossfilter(found, Selection()).painted == 0
        assert painted_places(found, Selection()).weight.size == 0
        assert found.places.cells is None
    found = facts(empty, LOCAL_VIEWER)
    of = explore.situation(found, Selection(period=found.period))
    assert of is not None
    assert found.frame.area_set is not None
    land = ground(empty, LOCAL_VIEWER, found.frame.area_set)
    drawn = paint(of, area_values(of), land, "heat", texts("sv"), "light")
    words = " ".join(drawn.notes)
    assert "Kartan visar 0 av " in words
    assert "913 bara en mittpunkt" in words
    lying = sum(count for code, count in by(empty, "area").items() if code is not None)
    assert lying + report.without_area == 913
    assert lying > 600  # most events name a municipality, the rest a whole county
