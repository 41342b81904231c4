"""Every hostile file at both doors: refused with a reason or read harmlessly, in bounded memory, and nothing left behind."""

from __future__ import annotations

import fcntl
import io
import json
import resource
import struct
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.importers import backdrop, workbooks
from data_access.importers.area_files import read_features
from data_access.importers.area_tangles import is_tangled, overlap_too_often
from data_access.importers.errors import ImportRefused, Reason
from data_access.importers.limits import Limits, SourceFile, open_file, safe_name
from data_access.importers.mapping import mapping_from_json
from data_access.importers.table import ReadOptions, read_table
from data_access.importers.wkb import read_wkb
from data_access.imports import import_incidents
from data_access.permissions import OPERATOR
from tests.data_access.importers import hostile_areas, hostile_run, hostile_tables
from tests.data_access.importers.hostile import FILES, READ, Hostile, zipped

if TYPE_CHECKING:
    from data_access.database import Database

MOST_MB = 300
ROOT = Path(__file__).parents[3]
DOORS = ("incidents", "areas")
assert hostile_run.MAKERS

Answers = dict[tuple[str, str], dict[str, Any]]


@pytest.fixture(scope="session")
def answers(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Answers:
    """What came of all files, brought to both doors in one process that watches itself; whichever worker comes first."""
    root = tmp_path_factory.getbasetemp()
    root = root if worker_id == "master" else root.parent
    path = root / "hostile.json"
    with (root / "hostile.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            path.write_bytes(_bring_all(tmp_path_factory.mktemp("hostile")))
    return {(row["name"], row["door"]): row for row in json.loads(path.read_bytes())}


def _bring_all(folder: Path) -> bytes:
    command = [sys.executable, "-m", hostile_run.__name__, str(folder)]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False, timeout=900)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done.stdout


@pytest.mark.parametrize("file", FILES.values(), ids=list(FILES))
def test_what_it_was_made_for_does_not_happen(answers: Answers, file: Hostile) -> None:
    assert answers[file.name, file.door]["look"] in file.answers


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", FILES)
def test_no_door_breaks_or_keeps_anything(answers: Answers, name: str, door: str) -> None:
    answer = answers[name, door]
    assert {answer["look"], answer["store"]} <= {READ, *get_args(Reason)}
    assert answer["look"] in (READ, answer["store"])  # a file that is refused at first sight stays refused
    assert answer["peak_mb"] < MOST_MB
    assert (answer["left"], answer["told"]) == ([], [])


def refusal(call: Any) -> ImportRefused:
    with pytest.raises(ImportRefused) as caught:
        call()
    return caught.value


# what a workbook may do to the process that reads it


def test_the_reader_of_workbooks_is_confined() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CONFINED], capture_output=True, cwd=ROOT, check=True, text=True
    )
    memory, files, written = json.loads(done.stdout)
    assert memory == [Limits().reader_bytes] * 2
    assert files == [0, 0]
    assert written == "OSError"
    assert Limits().reader_bytes < 1.5 * MOST_MB * 1024**2


_CONFINED = f"""
import json, resource, tempfile
from data_access.importers.workbook_reader import _confine
target = tempfile.TemporaryFile(buffering=0)
_confine({Limits().reader_bytes})
try:
    target.write(b"x")
    written = "yes"
except OSError as error:
    written = "OSError"
print(json.dumps([resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_FSIZE), written]))
"""


def test_a_reader_that_dies_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    content = hostile_tables.xlsx()
    assert read_table((content, "a.xlsx")).column("Typ") == ["Klotter"]
    for instead in ("json.no_such_module", "antigravity_that_is_not_there"):
        monkeypatch.setattr(workbooks, "_READER", instead)
        assert refusal(lambda: read_table((content, "a.xlsx"))).reason == "unpacked_too_large"
    soft, _hard = resource.getrlimit(resource.RLIMIT_AS)
    assert soft == resource.RLIM_INFINITY  # the limits hold in the reader alone


# what is read must still be what a plain reader reads


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_our_shapefiles_and_geopackages_are_those_of_gdal(tmp_path_factory: Any, data: st.DataObject) -> None:
    frame = data.draw(FRAMES)
    folder = tmp_path_factory.mktemp("oracle")
    frame.to_file(folder / "a.gpkg", layer="omraden")
    frame.to_file(folder / "a.shp", encoding="utf-8")
    archive = zipped(
        *((path.name, path.read_bytes()) for path in sorted(folder.glob("a.*")) if path.suffix != ".gpkg")
    )
    for content, path in (((folder / "a.gpkg").read_bytes(), "a.gpkg"), (archive, "a.shp")):
        ours, theirs = read_features(SourceFile("a", content)), gpd.read_file(folder / path)
        assert ours.crs is not None
        assert ours.crs.to_epsg() == 3006
        assert ours.columns == tuple(theirs.columns.drop("geometry"))
        assert ours.column("namn") == [("" if name is None else name).strip() for name in theirs["namn"]]
        assert ours.column("antal") == [str(number) for number in theirs["antal"]]
        for mine, other in zip(ours.geometries, theirs.geometry, strict=True):
            assert mine is not None
            assert mine.normalize().equals_exact(other.normalize(), 1e-9)


def _frame(rows: list[tuple[str, int, tuple[int, ...]]]) -> gpd.GeoDataFrame:
    shapes = []
    for _name, _number, (x, y, size, holes, pieces) in rows:
        squares = [
            shapely.box(x + 1000 * k, y, x + 1000 * k + size, y + size).difference(
                shapely.union_all(
                    [
                        shapely.box(x + 1000 * k + 5 + 10 * h, y + 5, x + 1000 * k + 9 + 10 * h, y + 9)
                        for h in range(holes)
                    ]
                )
            )
            for k in range(pieces)
        ]
        shapes.append(shapely.union_all(squares))
    names, numbers = [row[0] for row in rows], [row[1] for row in rows]
    return gpd.GeoDataFrame({"namn": names, "antal": numbers}, geometry=shapes, crs=3006)


FRAMES = st.lists(
    st.tuples(
        st.text("abcåäö -", min_size=1, max_size=12).filter(lambda text: text.strip() == text),
        st.integers(-9999, 99_999),
        st.tuples(
            st.integers(300_000, 900_000),
            st.integers(6_200_000, 7_000_000),
            st.integers(100, 900),
            st.integers(0, 3),
            st.integers(1, 3),
        ),
    ),
    min_size=1,
    max_size=5,
).map(_frame)


@given(st.integers(0, 3), st.floats(0, 5), st.lists(st.just(1.0), max_size=1))
def test_sound_geometries_pass_and_cut_ones_do_not(depth: int, size: float, heights: list[float]) -> None:
    shape = shapely.box(0, 0, size + 1, 1)
    for _ in range(depth):
        shape = shapely.GeometryCollection([shape, shapely.Point(1, 2), shapely.LineString([(0, 0), (1, 1)])])
    content = shapely.to_wkb(shapely.force_3d(shape) if heights else shape)
    assert read_wkb(content) == shapely.from_wkb(content)
    assert read_wkb(content[:-1]) is None
    assert read_wkb(struct.pack("<BII", 1, 7, 1) * 20 + content) is None


def test_kml_keeps_folders_attributes_and_islands() -> None:
    data = '<ExtendedData><Data name="kod"><value>01</value></Data></ExtendedData></Placemark>'
    island = hostile_areas.place("Ön", "19,60 19.01,60 19.01,60.01 19,60").replace("</Placemark>", data)
    folders = f"<Folder><name>Tomt</name></Folder><Folder><name>Delar</name>{island}</Folder>"
    content = hostile_areas.kml(folders + f"<Folder><name>Andra</name>{hostile_areas.place('Näs')}</Folder>")
    features = read_features(SourceFile("a.kml", content))
    assert features.columns == ("name", "kod")
    assert (features.column("name"), features.column("kod")) == (["Ön"], ["01"])
    assert read_features(SourceFile("a.kml", content), "Andra").column("name") == ["Näs"]
    missing = refusal(lambda: read_features(SourceFile("a.kml", content), "Ingen"))
    assert (missing.reason, missing.parameters["layers"]) == ("layer_missing", "Delar, Andra")


def test_tangles_are_told_from_broken_drawings() -> None:
    star = shapely.Polygon(shapely.Point(0, 0).buffer(1, quad_segs=1000).exterior.coords[::1])
    points = [star.exterior.coords[k * 1999 % 4000] for k in range(4001)]
    assert is_tangled(shapely.Polygon(points))
    assert not is_tangled(star)
    assert not is_tangled(shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]))
    assert not is_tangled(None)
    squares = [shapely.box(k, 0, k + 1, 1) for k in range(2000)]
    assert not overlap_too_often(squares)
    assert overlap_too_often(squares[:1] * 2000)


def test_large_and_honest_files_are_still_read() -> None:
    rows = "".join(
        f"F{k:06d};Klotter;2024-03-05 12:{k % 60:02d};590000,5;not {k % 7}\n" for k in range(199_000)
    )
    content = f"Ärendenr;Typ;Datum;E;Not\n{rows}".encode()
    assert 9_000_000 < len(content) < 10 * 1024**2
    assert len(read_table((content, "a.csv")).rows) == 199_000
    quoted = content.replace(b";Klotter;", b';"Klot;ter";', 1)
    assert read_table((quoted, "a.csv")).column("Typ")[0] == "Klot;ter"


# names, mappings, encodings


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\händelser 2024.csv", "händelser 2024.csv"),
        ("a\u202egpj.csv", "agpj.csv"),
        ("a\r\nb\tc.csv", "a b c.csv"),
        ("a\x00\x1b[31mb.csv", "a[31mb.csv"),
        ("</script><img src=x>.csv", "script__img src=x_.csv"),
        ("x" * 300 + ".geojson", "x" * 112 + ".geojson"),
        ("x" * 300 + "." + "y" * 300, "x" * 120),
        ("\u200b\u2066.csv", "csv"),
        ("\ud800a.csv", "a.csv"),
        ("/", "file"),
        ("", "file"),
    ],
)
def test_names_of_files_are_short_and_plain(name: str, safe: str) -> None:
    assert safe_name(name) == safe
    assert open_file((b"x", name)).name == safe


@given(st.text(max_size=400))
def test_no_name_controls_hides_or_leads_out(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe) <= 120
    assert not set(safe) & set('<>:"|?*\\/')
    assert all(sign == " " or unicodedata.category(sign)[0] not in "CZ" for sign in safe)
    assert not safe.startswith(".")
    assert safe_name(safe) == safe


@pytest.mark.parametrize(
    "document",
    [
        "[" * 100_000,
        '{"columns": ' + '{"a":' * 100_000,
        b"\xff\xfe\xff",
        b"\x00" * 50,
        '{"crs": ' + "9" * 5000 + "}",
        '{"header_row": 1e999}',
        '{"header_row": 99999999999999999999}',
        '{"delimiter": "\\""}',
        '{"delimiter": "\\n"}',
        '{"columns": {"__class__": "x"}}',
        '{"__class__": {}}',
        "NaN",
        '"' + "x" * 2_000_000 + '"',
    ],
)
def test_a_hostile_mapping_names_what_is_wrong(
    tmp_path: Path, empty: Database, document: str | bytes
) -> None:
    assert refusal(lambda: mapping_from_json(document)).reason == "mapping_broken"
    path = tmp_path / "mapping.json"
    path.write_bytes(document if isinstance(document, bytes) else document.encode())
    read = refusal(lambda: import_incidents(empty, OPERATOR, (b"Datum\n2024-01-01\n", "a.csv"), mapping=path))
    assert read.reason == "mapping_broken"


@pytest.mark.parametrize(
    "encoding",
    ["punycode", "idna", "unicode_escape", "zip", "rot13", "undefined", "utf-7", "a\0b", "å" * 9999],
)
def test_encodings_that_are_none_of_a_file(encoding: str) -> None:
    content = b"Datum;Typ\n2024-03-05;a\n"
    told = refusal(lambda: read_table((content, "a.csv"), overrides=ReadOptions(encoding=encoding)))
    assert told.reason == "encoding_unknown"
    assert len(str(told.parameters["encoding"])) <= 80


def test_a_backdrop_is_a_geopackage_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    path.write_text(hostile_areas.VRT.format(file="/etc/hostname"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.gpkg is no GeoPackage"):
        backdrop.read_backdrop(path)


def test_members_of_an_archive_are_named_plainly() -> None:
    info = zipfile.ZipInfo("../\u202eevil\n<b>.geojson")
    told = refusal(lambda: read_features(SourceFile("a.zip", zipped((info, b"{}")))))
    assert told.parameters == {"file": "a.zip", "member": "evil _b_.geojson"}
    assert io.BytesIO(zipped((info, b"{}"))).read(2) == b"PK"
