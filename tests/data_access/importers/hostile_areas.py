"""Files of polygons."""

from __future__ import annotations

import json
import math
import sqlite3
import struct
from contextlib import closing

from tests.data_access.importers.hostile import READ, hostile, zipped

SQUARE = ((18.0, 59.3), (18.01, 59.3), (18.01, 59.31), (18.0, 59.31), (18.0, 59.3))
CLOCKWISE = SQUARE[::-1]
RING = " ".join(f"{x},{y}" for x, y in SQUARE)
VRT = (
    '<OGRVRTDataSource><!-- <kml --><OGRVRTLayer name="secret"><SrcDataSource>{file}</SrcDataSource>'
    "</OGRVRTLayer></OGRVRTDataSource>"
)
PLACE = (
    "<Placemark><name>{name}</name><Polygon><outerBoundaryIs><LinearRing><coordinates>{ring}</coordinates></LinearRing>"
    "</outerBoundaryIs></Polygon></Placemark>"
)
LAYER = """
    CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
        organization_coordsys_id INTEGER, definition TEXT, description TEXT);
    CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, srs_id INTEGER);
    CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER,
        z INTEGER, m INTEGER);
    INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, '', '');
    INSERT INTO gpkg_contents VALUES ('a', 'features', 'a', 4326);
    INSERT INTO gpkg_geometry_columns VALUES ('a', 'geom', 'POLYGON', 4326, 0, 0);
"""
TABLE = "CREATE TABLE a (fid INTEGER PRIMARY KEY, geom BLOB, kod TEXT, namn TEXT);"


def kml(inside: str, before: str = "", encoding: str = "UTF-8") -> bytes:
    head = f'<?xml version="1.0" encoding="{encoding}"?>{before}'
    text = f'{head}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{inside}</Document></kml>'
    return text.encode(encoding)


def place(name: str = "Hamnen", ring: str = RING) -> str:
    return PLACE.format(name=name, ring=ring)


def geojson(*geometries: object) -> bytes:
    features = [
        {"type": "Feature", "properties": {"kod": str(k), "namn": f"Område {k}"}, "geometry": geometry}
        for k, geometry in enumerate(geometries)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def polygon(points: object) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": [points]}


def wkb(points: tuple[tuple[float, float], ...] = SQUARE, stated: int | None = None) -> bytes:
    numbers = [number for point in points for number in point]
    return struct.pack("<BIII", 1, 3, 1, stated or len(points)) + struct.pack(f"<{len(numbers)}d", *numbers)


def blob(shape: bytes) -> bytes:
    return b"GP\0\1" + struct.pack("<i", 4326) + shape


def gpkg(*statements: str, shape: bytes | None = None, table: str = TABLE) -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(LAYER + table)
        if table == TABLE:
            database.execute("INSERT INTO a VALUES (1, ?, '01', 'Hamnen')", (blob(shape or wkb()),))
        for statement in statements:
            database.executescript(statement)
        database.commit()
        return database.serialize()


def shapefile(*records: bytes, dbf: bytes | None = None, shx: bytes = b"", prj: bytes = b"") -> bytes:
    body = b"".join(struct.pack(">ii", k + 1, len(record) // 2) + record for k, record in enumerate(records))
    head = struct.pack(">7i", 9994, 0, 0, 0, 0, 0, (100 + len(body)) // 2) + struct.pack(
        "<ii8d", 1000, 5, *[0.0] * 8
    )
    table = dbf if dbf is not None else table_of(len(records))
    return zipped(("a.shp", head + body), ("a.dbf", table), ("a.shx", shx), ("a.prj", prj))


def shape(
    points: tuple[tuple[float, float], ...] = CLOCKWISE, count: int | None = None, parts: int = 1
) -> bytes:
    numbers = [number for point in points for number in point]
    head = struct.pack("<i4dii", 5, 18.0, 59.3, 18.01, 59.31, parts, len(points) if count is None else count)
    return head + struct.pack("<i", 0) + struct.pack(f"<{len(numbers)}d", *numbers)


def table_of(records: int, stated: int | None = None, width: int = 10) -> bytes:
    header = struct.pack("<BBBBIHH20x", 3, 124, 1, 1, records if stated is None else stated, 65, width + 1)
    field = b"KOD".ljust(11, b"\0") + b"C" + b"\0" * 4 + bytes([width]) + b"\0" * 15
    return header + field + b"\r" + b"".join(b" " + b"%10d" % k for k in range(records))


@hostile("areas", "a.kml", "entities_forbidden")
def laughs_in_kml() -> bytes:
    levels = "".join(f'<!ENTITY l{k} "{f"&l{k - 1};" * 10}">' for k in range(1, 10))
    return kml(place("&l9;"), f'<!DOCTYPE kml [<!ENTITY l0 "ha">{levels}]>')


@hostile("areas", "a.kml", "entities_forbidden")
def another_file_in_kml() -> bytes:
    return kml(place("&x;"), '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/hostname">]>')


@hostile("areas", "a.kml", "entities_forbidden")
def a_parameter_entity_in_kml() -> bytes:
    return kml(place(), '<!DOCTYPE kml [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>')


@hostile("areas", "a.kml", "entities_forbidden")
def entities_of_kml_in_utf_16() -> bytes:
    return kml(place("&x;"), '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/hostname">]>', "UTF-16")


@hostile("areas", "a.kml", "entities_forbidden")
def a_link_to_the_network() -> bytes:
    return kml(place() + "<NetworkLink><Link><href>http://127.0.0.1:9/x.kml</href></Link></NetworkLink>")


@hostile("areas", "a.kml", "areas_unreadable", "not_areas")
def a_virtual_source_that_says_kml() -> bytes:
    return VRT.format(file="/etc/hostname").encode()


@hostile("areas", "a.kml", "areas_unreadable", "not_areas")
def a_virtual_source_on_the_network() -> bytes:
    return VRT.format(file="/vsicurl/http://127.0.0.1:9/x.csv").encode()


@hostile("areas", "a.zip", "not_areas", "areas_unreadable")
def a_virtual_source_in_a_zip() -> bytes:
    return zipped(
        ("a.vrt", VRT.format(file="/etc/hostname").encode()), ("a.shp", VRT.format(file="a.vrt").encode())
    )


@hostile("areas", "a.gpkg", "not_areas")
def a_virtual_source_named_gpkg() -> bytes:
    return VRT.replace("<!-- <kml -->", "").format(file="/etc/hostname").encode()


@hostile("areas", "a.gml", "not_areas")
def gml_with_another_file() -> bytes:
    return b'<?xml version="1.0"?><gml:FeatureCollection xmlns:xlink="x" xlink:href="file:///etc/hostname"/>'


@hostile("areas", "a.gpx", "not_areas")
def gpx_with_entities() -> bytes:
    return b'<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/hostname">]><gpx>&x;</gpx>'


@hostile("areas", "a.kml", "areas_unreadable")
def folders_100_000_deep() -> bytes:
    return kml("<Folder>" * 100_000)


@hostile("areas", "a.kmz", "unpacked_too_large")
def ten_million_points_in_kml() -> bytes:
    rings = [
        " ".join(f"{k % 170},{k % 80}" for k in range(start, start + 500_000))
        for start in range(0, 4_000_000, 500_000)
    ]
    return zipped(("doc.kml", kml("".join(place(ring=ring) for ring in rings))))


@hostile("areas", "a.kml", READ)
def a_name_of_nine_megabytes() -> bytes:
    return kml(place("x" * 9_000_000))


@hostile("areas", "a.geojson", READ)
def half_a_million_points_in_one_polygon() -> bytes:
    count = 500_000
    ring = [
        (round(18 + math.cos(6.283 * k / count), 4), round(59 + math.sin(6.283 * k / count), 4))
        for k in range(count)
    ]
    return json.dumps(polygon([*ring, ring[0]]), separators=(",", ":")).encode()


@hostile("areas", "a.geojson", "no_areas")
def lines_that_all_cross() -> bytes:
    count, step = 50_001, 24_999
    points = [
        (18 + math.cos(6.2832 * k * step / count), 59 + math.sin(6.2832 * k * step / count))
        for k in range(count)
    ]
    return geojson(polygon([*points, points[0]]))


@hostile("areas", "a.geojson", "areas_unreadable")
def twenty_thousand_times_the_same_square() -> bytes:
    return geojson(*[polygon(SQUARE)] * 20_000)


@hostile("areas", "a.geojson", READ)
def one_area_in_ten_thousand_pieces() -> bytes:
    pieces = [
        [(18 + (x - 18) / 100 + k % 100 * 1e-3, 59.3 + (y - 59.3) / 100 + k // 100 * 1e-3) for x, y in SQUARE]
        for k in range(10_000)
    ]
    features = [
        {"type": "Feature", "properties": {"kod": "1", "namn": "Hamnen"}, "geometry": polygon(piece)}
        for piece in pieces
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@hostile("areas", "a.geojson", "too_many_areas")
def an_area_too_many() -> bytes:
    return geojson(*[None] * 20_001)


def _collections(depth: int) -> bytes:
    return b'{"type":"GeometryCollection","geometries":[' * depth + b"]}" * depth


@hostile("areas", "a.geojson", "not_areas", "no_areas")
def collections_1_000_deep() -> bytes:
    return _collections(1_000)


@hostile("areas", "a.geojson", "not_areas", "no_areas")
def collections_400_deep() -> bytes:
    return _collections(400)


@hostile("areas", "a.geojson", "not_areas")
def brackets_100_000_deep_in_geojson() -> bytes:
    return b'{"type":"Polygon","coordinates":' + b"[" * 100_000 + b"]" * 100_000 + b"}"


@hostile("areas", "a.geojson", READ)
def coordinates_that_are_no_numbers() -> bytes:
    bad = (
        b"[[[18,59.3],[NaN,59.3],[18.01,59.31],[18,59.3]]]",
        b"[[[18,59.3],[1e999,59.3],[18.01,59.31],[18,59.3]]]",
    )
    digits = b"[[[" + b"9" * 4000 + b",1],[1,2],[2,3],[" + b"9" * 4000 + b",1]]]"
    odd = (
        b'[[["a",1],[1,2],[2,3],["a",1]]]',
        b'{"a":1}',
        b"7",
        b"[[7,7,7,7]]",
        b"[[[18,59.3],[null,1],[2,3],[18,59.3]]]",
    )
    features = [
        b'{"type":"Feature","properties":7,"geometry":{"type":"Polygon","coordinates":%s}}' % ring
        for ring in (*bad, digits, *odd)
    ]
    good = json.dumps(
        {"type": "Feature", "properties": {"namn": "a\ud800\0b"}, "geometry": polygon(SQUARE)}
    ).encode()
    return b'{"type":"FeatureCollection","features":[' + b",".join([*features, good]) + b"]}"


@hostile("areas", "a.geojson", READ)
def a_reference_system_that_is_something_else() -> bytes:
    return geojson(polygon(SQUARE)).replace(b'"features"', b'"crs":{"properties":["x"]},"features"')


@hostile("areas", "a.geojson", "unpacked_too_large")
def four_million_empty_lists() -> bytes:
    return b'{"type":"Polygon","coordinates":[' + b"[]," * 3_000_000 + b"[]]}"


@hostile("areas", "a.gpkg", READ)
def triggers_and_views() -> bytes:
    return gpkg(
        "CREATE VIEW b AS SELECT load_extension('x') AS kod, geom FROM a;",
        "CREATE TRIGGER c INSTEAD OF INSERT ON b BEGIN DELETE FROM a; END;",
        "INSERT INTO gpkg_contents VALUES ('b', 'features', 'b', 4326);",
        "INSERT INTO gpkg_geometry_columns VALUES ('b', 'geom', 'POLYGON', 4326, 0, 0);",
    )


@hostile("areas", "a.gpkg", "no_areas")
def a_view_without_end() -> bytes:
    endless = "WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n) SELECT k AS fid, zeroblob(1000000) AS geom FROM n"
    return gpkg(table=f"CREATE VIEW a AS {endless};")


@hostile("areas", "a.gpkg", "areas_unreadable", "no_areas")
def a_view_in_place_of_the_table_of_contents() -> bytes:
    endless = "WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n)"
    rows = f"{endless} SELECT 'a' AS table_name, 'features' AS data_type, k AS rowid FROM n"
    return gpkg("DROP TABLE gpkg_contents;", f"CREATE VIEW gpkg_contents AS {rows};")


@hostile("areas", "a.gpkg", READ, "areas_unreadable")
def a_column_that_is_computed() -> bytes:
    table = TABLE.replace("namn TEXT", "namn TEXT, x BLOB GENERATED ALWAYS AS (zeroblob(900000000)) VIRTUAL")
    rows = "".join(
        f"INSERT INTO a (geom, kod, namn) VALUES (x'{blob(wkb()).hex()}', '{k}', 'Område {k}');"
        for k in range(9)
    )
    return gpkg(rows, table=table)


@hostile("areas", "a.gpkg", "no_areas", "areas_unreadable")
def a_virtual_table_of_another_file() -> bytes:
    content = gpkg(
        table="CREATE TABLE a (fid INTEGER PRIMARY KEY, geom BLOB, filler TEXT, more_filler TEXT, x TEXT);"
    )
    old = b"CREATE TABLE a (fid INTEGER PRIMARY KEY, geom BLOB, filler TEXT, more_filler TEXT, x TEXT)"
    assert old in content
    return content.replace(old, b"CREATE VIRTUAL TABLE a USING VirtualOGR('/etc/hostname')".ljust(len(old)))


@hostile("areas", "a.gpkg", READ, "areas_unreadable")
def a_table_named_to_break_out() -> bytes:
    name = 'a" UNION SELECT 1; ATTACH "/tmp/x" AS "y'
    quoted = name.replace('"', '""')
    return gpkg(
        f'ALTER TABLE a RENAME TO "{quoted}";',
        f"UPDATE gpkg_contents SET table_name = '{name}';",
        f"UPDATE gpkg_geometry_columns SET table_name = '{name}';",
    )


@hostile("areas", "a.gpkg", "no_areas")
def counts_beyond_the_end() -> bytes:
    return gpkg(shape=wkb(stated=0xFFFFFFFF))


@hostile("areas", "a.gpkg", "no_areas")
def geometries_a_million_deep() -> bytes:
    return gpkg(shape=struct.pack("<BII", 1, 7, 1) * 1_000_000)


@hostile("areas", "a.gpkg", "areas_unreadable", READ, "no_areas")
def pages_that_lie() -> bytes:
    content = bytearray(
        gpkg(*(f"INSERT INTO a VALUES ({k}, NULL, '{k}', hex(zeroblob(3000)));" for k in range(2, 200)))
    )
    for start in range(4096, len(content), 4096):
        content[start + 3 : start + 5] = b"\xff\xff"
        content[start + 8 : start + 12] = struct.pack(">I", 2)
    return bytes(content)


@hostile("areas", "a.gpkg", "areas_unreadable")
def only_the_start_of_a_database() -> bytes:
    return b"SQLite format 3\0" + b"\xff" * 5000


@hostile("areas", "a.zip", "no_areas")
def a_count_of_points_that_lies() -> bytes:
    return shapefile(shape(count=0x7FFFFFFF), shape(count=-5), shape(parts=0x7FFFFFFF), shape(parts=0))


@hostile("areas", "a.zip", "areas_unreadable", "no_areas", "no_crs")
def headers_that_lie() -> bytes:
    table = bytearray(table_of(1, stated=0xFFFFFFFF))
    table[8:12] = struct.pack("<HH", 0xFFFF, 0)
    return shapefile(shape(), dbf=bytes(table), shx=b"\xff" * 1000)


@hostile("areas", "a.zip", READ)
def an_index_that_says_one_place_again() -> bytes:
    entry = struct.pack(">ii", 50, len(shape()) // 2)
    return shapefile(shape(), shx=b"\0" * 100 + entry * 100_000, prj=b"")


@hostile("areas", "a.zip", READ)
def a_reference_system_that_names_files() -> bytes:
    return shapefile(shape(), prj=b"+init=/etc/hostname:x +nadgrids=@http://127.0.0.1:9/x")


@hostile("areas", "a.zip", READ)
def a_reference_system_100_000_deep() -> bytes:
    return shapefile(shape(), prj=b"GEOGCS[" * 100_000)


@hostile("areas", "a.zip", "too_many_areas")
def records_of_nothing() -> bytes:
    return shapefile(*[struct.pack("<i", 0)] * 100_000, dbf=table_of(1))
