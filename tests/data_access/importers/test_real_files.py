"""Real open data, where a folder of it is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from data_access.importers.areas import ParsedAreas, read_areas
from data_access.importers.context import ImportContext
from data_access.importers.errors import ImportRefused
from data_access.importers.incidents import parse

if TYPE_CHECKING:
    from pathlib import Path

Context = Callable[..., ImportContext]
CHICAGO = (-87.95, 41.63, -87.5, 42.03)


def districts(parsed: ParsedAreas) -> dict[str, shapely.MultiPolygon]:
    return {row.code: row.geometry for row in parsed.rows if row.level == 1}


@pytest.mark.parametrize(
    ("name", "outside"),
    [
        ("us_chicago_community_areas_77_4326.geojson", 60),
        ("us_chicago_community_areas_77_shp_utan_prj.zip", 59),
    ],
)
def test_chicago(real_data: Path, context: Context, name: str, outside: int) -> None:
    areas = read_areas(real_data / name, context=context(srid=None, near=CHICAGO))
    shapes = districts(areas)
    assert len(shapes) == 77
    surroundings = context(
        srid=areas.srid, timezone="America/Chicago", near=CHICAGO, area_codes=frozenset(shapes)
    )
    parsed = parse(real_data / "us_chicago_brott_25k_2017-2019.csv.gz", context=surroundings)
    assert (len(parsed.rows), parsed.refused) == (25_000, [])
    assert str(parsed.rows["occurred_from"][0]) == "2017-07-19 18:45:00"
    assert parsed.rows["time_precision"].eq("exact").all()
    points = shapely.points(parsed.rows["x"], parsed.rows["y"])
    codes, tree = np.array(list(shapes)), shapely.STRtree(list(shapes.values()))
    point, area = tree.query(points, predicate="intersects")
    assert 25_000 - len(np.unique(point)) == outside  # a plain join in each file's own system says the same
    agrees = parsed.rows["area_code"].to_numpy()[point] == codes[area]
    assert agrees.mean() == pytest.approx(0.974, abs=0.005)


def test_chicago_without_a_stated_system(real_data: Path, context: Context) -> None:
    path = real_data / "us_chicago_community_areas_77_shp_utan_prj.zip"
    with pytest.raises(ImportRefused) as caught:
        read_areas(path, context=context(srid=None))
    assert caught.value.reason == "no_crs"
    truth = districts(
        read_areas(real_data / "us_chicago_community_areas_77_4326.geojson", context=context(srid=None))
    )
    for options in (
        {"crs": 3435, "context": context(srid=None)},
        {"context": context(srid=None, near=CHICAGO)},
    ):
        shapes = districts(read_areas(path, **options))  # type: ignore[arg-type]
        assert max(shapely.hausdorff_distance(shapes[code], truth[code]) for code in truth) < 3


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("se_malmo_delomraden_3008.gpkg", "se_malmo_delomraden_4326.geojson", 136),
        ("se_stockholm_stadsdelar_3011_shp.zip", "se_stockholm_stadsdelar_4326.geojson", 117),
    ],
)
def test_swedish_districts_are_the_same_from_every_format(
    real_data: Path, context: Context, first: str, second: str, count: int
) -> None:
    one, other = (
        districts(read_areas(real_data / name, context=context(srid=None))) for name in (first, second)
    )
    assert set(one) == set(other)
    assert len(one) == count
    assert (
        max(shapely.hausdorff_distance(one[code], other[code]) for code in one) < 3.5
    )  # the degrees are rounded


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("se_kommuner_290_4326.geojson", 290),
        ("se_kommuner_290_okfse_grovt_4326.geojson", 290),
        ("se_stockholm_stadsdelar_utan_vatten_4326.geojson", 117),
    ],
)
def test_other_swedish_areas(real_data: Path, context: Context, name: str, count: int) -> None:
    parsed = read_areas(real_data / name, context=context(srid=None))
    assert len(parsed.rows) == count
    assert parsed.srid == 3006
    if count == 290:
        assert {row.code: row.name for row in parsed.rows}["0180"] == "Stockholm"


def test_columbus_says_nothing_about_its_system(real_data: Path, context: Context) -> None:
    with pytest.raises(ImportRefused) as caught:
        read_areas(real_data / "us_columbus_49_brott_inkomst_utan_crs.gpkg", context=context(srid=None))
    assert caught.value.reason == "no_crs"


def test_police_events_are_stand_ins(real_data: Path, context: Context) -> None:
    path = real_data / "se_polisen_handelser_2023-04_utan_fritext.json"
    parsed = parse(path, context=context(srid=None))
    assert (len(parsed.rows), parsed.refused) == (913, [])
    assert parsed.rows["place_precision"].eq("stand_in").all()
    assert str(parsed.rows["occurred_from"][0]) == "2023-04-20 11:19:17"


@pytest.mark.parametrize(
    "name", ["us_yrbss_ungdomsenkat_13583.csv", "us_seattle_dmi_intervention_panel.csv.gz"]
)
def test_tables_that_are_no_incidents_are_refused(real_data: Path, context: Context, name: str) -> None:
    with pytest.raises(ImportRefused) as caught:
        parse(real_data / name, context=context(srid=None))
    assert caught.value.reason == "no_date_column"
