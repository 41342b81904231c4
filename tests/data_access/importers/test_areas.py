from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import box

from data_access.importers.area_columns import AreaColumns
from data_access.importers.areas import ParsedAreas, read_areas
from data_access.importers.context import ImportContext
from data_access.importers.errors import ImportRefused

Context = Callable[..., ImportContext]
Polygons = Callable[..., bytes]
Keys = Callable[..., list[str]]
NEAR = (17.8, 59.2, 18.3, 59.45)


def square(x: float, y: float, side: float = 0.01) -> list[list[float]]:
    return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]


def town(crs: int | None = 3006) -> gpd.GeoDataFrame:
    shapes = [box(674_000 + 1000 * i, 6_580_000, 675_000 + 1000 * i, 6_581_000) for i in range(4)]
    frame = gpd.GeoDataFrame(
        {
            "KOD": ["0101", "0102", "0201", "0202"],
            "NAMN": ["GAMLA STAN", "ÅDALEN", "ÖSTRA-BY", "HAMNEN"],
            "OMR": [1, 2, 3, 4],
            "FOLKMANGD": [1000, 2000, 0, None],
            "OVERORDNAD": ["Centrum", "Centrum", "Kusten", "Kusten"],
        },
        geometry=shapes,
        crs=3006,
    )
    return frame.to_crs(crs) if crs and crs != 3006 else frame


def zipped_shapefile(
    frame: gpd.GeoDataFrame, folder: object, *, without: tuple[str, ...] = (), encoding: str = "utf-8"
) -> bytes:
    frame.to_file(f"{folder}/a.shp", encoding=encoding)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for suffix in {"shp", "shx", "dbf", "prj", "cpg"} - set(without):
            archive.write(f"{folder}/a.{suffix}", f"mapp/Områden.{suffix.upper()}")
    return out.getvalue()


def assert_town(parsed: ParsedAreas, atol_m: float = 0.05) -> None:
    districts = [row for row in parsed.rows if row.level == 1]
    assert [row.code for row in districts] == ["0101", "0102", "0201", "0202"]
    for row, shape in zip(districts, town().geometry, strict=True):
        assert shapely.hausdorff_distance(row.geometry, shape) < atol_m
    assert parsed.srid == 3006


@pytest.mark.parametrize("crs", [4326, 3006, 3011, 3021, 3857])
@pytest.mark.parametrize("kind", ["gpkg", "geojson"])
def test_every_system_and_format(tmp_path: object, context: Context, crs: int, kind: str) -> None:
    path = f"{tmp_path}/omraden.{kind}"
    options = {"COORDINATE_PRECISION": 9} if kind == "geojson" else {}
    town(crs).to_file(path, **options)
    parsed = read_areas(path, context=context(srid=None))
    assert_town(parsed)
    assert parsed.name == "omraden"


@pytest.mark.parametrize(
    ("without", "encoding"), [((), "utf-8"), (("cpg",), "utf-8"), (("cpg",), "cp1252"), (("prj",), "utf-8")]
)
def test_zipped_shapefiles(
    tmp_path: object, context: Context, without: tuple[str, ...], encoding: str
) -> None:
    content = zipped_shapefile(town(), tmp_path, without=without, encoding=encoding)
    parsed = read_areas((content, "a.zip"), context=context())
    assert_town(parsed)
    assert [row.name for row in parsed.rows if row.level == 1] == [
        "Gamla Stan",
        "Ådalen",
        "Östra-By",
        "Hamnen",
    ]


def test_parts_of_town_and_residents(tmp_path: object, context: Context, keys: Keys) -> None:
    path = f"{tmp_path}/a.gpkg"
    town().to_file(path)
    parsed = read_areas(path, context=context())
    parts = [row for row in parsed.rows if row.level == 0]
    assert [(row.code, row.name, row.population) for row in parts] == [
        ("Centrum", "Centrum", 3000),
        ("Kusten", "Kusten", None),
    ]
    assert parts[0].geometry.area == pytest.approx(2e6)
    assert [row.population for row in parsed.rows if row.level == 1] == [1000, 2000, 0, None]
    assert "population_missing" in keys(parsed.warnings)
    chosen = read_areas(path, columns=AreaColumns(code="OMR"), context=context())
    assert [row.code for row in chosen.rows if row.level == 1] == ["1", "2", "3", "4"]


def test_one_broken_ring_costs_one_area(context: Context, polygons: Polygons) -> None:
    content = polygons(
        ({"kod": "1", "namn": "Hel"}, square(18, 59.3)),
        ({"kod": "2", "namn": "Öppen"}, square(18.1, 59.3)[:-1]),
        ({"kod": "3", "namn": "Kort"}, square(18.1, 59.3)[:3]),
        ({"kod": "4", "namn": "Text"}, [["a", "b"]] * 4),
        ({"kod": "5", "namn": "Också hel"}, square(18.2, 59.3)),
    )
    parsed = read_areas((content, "a.geojson"), context=context())
    assert [row.code for row in parsed.rows] == ["1", "5"]
    assert [(error.row, error.value, error.reason) for error in parsed.refused] == [
        (2, "Öppen", "ring_broken"), (3, "Kort", "ring_broken"), (4, "Text", "ring_broken")
    ]  # fmt: skip
    assert parsed.features_read == 5


def test_repairs_are_said(context: Context, polygons: Polygons, keys: Keys) -> None:
    bow = [[18, 59.3], [18.01, 59.31], [18.01, 59.3], [18, 59.31], [18, 59.3]]
    high = [[*point, 12.5] for point in square(18.1, 59.3)]
    parsed = read_areas(
        (polygons(({"namn": "Fluga"}, bow), ({"namn": "Hög"}, high)), "a.geojson"), context=context()
    )
    assert {"ring_repaired", "z_dropped"} <= set(keys(parsed.warnings))
    assert all(row.geometry.is_valid and not row.geometry.has_z for row in parsed.rows)


def test_points_and_missing_geometries_are_refused(context: Context) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"namn": "Punkt"},
            "geometry": {"type": "Point", "coordinates": [18, 59.3]},
        },
        {"type": "Feature", "properties": {"namn": "Ingen"}, "geometry": None},
        {
            "type": "Feature",
            "properties": {"namn": "Yta"},
            "geometry": {"type": "Polygon", "coordinates": [square(18, 59.3)]},
        },
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    parsed = read_areas((content, "a.json"), context=context())
    assert [error.reason for error in parsed.refused] == ["geometry_not_area", "geometry_missing"]


def test_codes_that_repeat(context: Context, polygons: Polygons) -> None:
    content = polygons(
        *(({"kod": f"{i:02d}", "namn": f"Område {chr(65 + i)}"}, square(18 + i / 50, 59.3)) for i in range(18)),
        ({"kod": "00", "namn": "Område A"}, square(18, 59.4)),
        ({"kod": "00", "namn": "Annan"}, square(18.1, 59.4)),
    )  # fmt: skip
    parsed = read_areas((content, "a.geojson"), context=context())
    assert [(error.row, error.reason, error.value) for error in parsed.refused] == [
        (20, "code_repeated", "00")
    ]
    assert len(parsed.rows[0].geometry.geoms) == 2  # an island came as a feature of its own


def test_overlaps_and_areas_out_of_place_are_said(context: Context, polygons: Polygons, keys: Keys) -> None:
    rows = [({"namn": f"N{i} by"}, square(18 + i / 100, 59.3)) for i in range(6)]
    content = polygons(
        *rows, ({"namn": "Ovanpå"}, square(18.005, 59.3)), ({"namn": "Borta"}, square(0.0, 0.0))
    )
    parsed = read_areas((content, "a.geojson"), context=context())
    assert {"areas_overlap", "area_out_of_place"} <= set(keys(parsed.warnings))
    said = {remark.key: remark.parameters for remark in parsed.warnings}
    assert said["area_out_of_place"]["names"] == "Borta"
    assert said["areas_overlap"]["count"] == 2


def test_swapped_axes_are_turned(context: Context, polygons: Polygons, keys: Keys) -> None:
    ring = [[y, x] for x, y in square(18, 59.3)]
    parsed = read_areas((polygons(({"namn": "Vänd by"}, ring)), "a.geojson"), context=context())
    assert "axes_swapped" in keys(parsed.guesses)
    assert parsed.rows[0].geometry.centroid.x == pytest.approx(671_000, abs=3000)


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_metres_in_geojson_without_a_system(tmp_path: object, context: Context) -> None:
    path = f"{tmp_path}/a.geojson"
    town().set_crs(None, allow_override=True).to_file(path)
    assert_town(read_areas(path, context=context()))


def test_a_file_that_does_not_tell_its_system_is_refused_until_told(
    tmp_path: object, context: Context
) -> None:
    feet = town().to_crs(4326)
    feet.geometry = feet.geometry.translate(-105.7, -17.5)
    content = zipped_shapefile(feet.to_crs(3435), tmp_path, without=("prj",))
    with pytest.raises(ImportRefused) as caught:
        read_areas((content, "a.zip"), context=context(srid=None))
    assert caught.value.reason == "no_crs"
    told = read_areas((content, "a.zip"), crs=3435, context=context(srid=None))
    found = read_areas((content, "a.zip"), context=context(srid=None, near=(-88, 41.6, -87.4, 42.1)))
    assert told.srid == found.srid == 32616
    assert shapely.hausdorff_distance(told.rows[-1].geometry, found.rows[-1].geometry) < 2


def test_names_alone_are_codes_too(context: Context, polygons: Polygons, keys: Keys) -> None:
    content = polygons(({"name": "BAGARMOSSEN"}, square(18, 59.3)), ({"name": "VÅRBERG"}, square(18.1, 59.3)))
    parsed = read_areas((content, "a.geojson"), context=context())
    assert [(row.code, row.name) for row in parsed.rows] == [
        ("Bagarmossen", "Bagarmossen"),
        ("Vårberg", "Vårberg"),
    ]
    assert "code_from_name" in keys(parsed.guesses)


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"Datum;Typ\n", "a.csv", "not_areas"),
        (b'{"type": "Topology"}', "a.json", "not_areas"),
        (b'{"type": "FeatureCollection", "features": []}', "a.geojson", "not_areas"),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><kml></kml>', "a.kml", "entities_forbidden"),
        (b"SQLite format 3\x00 broken", "a.gpkg", "areas_unreadable"),
        (b"PK\x03\x04 broken", "a.zip", "archive_broken"),
    ],
)
def test_files_that_hold_no_areas(context: Context, content: bytes, name: str, reason: str) -> None:
    with pytest.raises(ImportRefused) as caught:
        read_areas((content, name), context=context())
    assert caught.value.reason == reason


def test_kml(context: Context) -> None:
    ring = " ".join(f"{x},{y},0" for x, y in square(18, 59.3))
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>Lager</name>'
        "<Placemark><name>Hamnen</name><Polygon><outerBoundaryIs><LinearRing><coordinates>"
        f"{ring}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Folder></Document></kml>"
    )
    parsed = read_areas((content.encode(), "a.kml"), context=context())
    assert [row.name for row in parsed.rows] == ["Hamnen"]


def test_a_layer_that_is_not_there_is_named(tmp_path: object, context: Context) -> None:
    path = f"{tmp_path}/a.gpkg"
    town().to_file(path, layer="omraden")
    with pytest.raises(ImportRefused) as caught:
        read_areas(path, layer="delar", context=context())
    assert caught.value.parameters["layers"] == "omraden"
