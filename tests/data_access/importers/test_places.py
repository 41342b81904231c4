from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from data_access.importers.errors import ImportRefused
from data_access.importers.mapping import Mapping
from geo.crs import transform

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_access.importers.parsed import ParsedFile

LON, LAT = np.array([18.06, 18.10, 18.02]), np.array([59.33, 59.30, 59.36])
NEAR = (17.8, 59.2, 18.3, 59.45)


def file_in(epsg: int, *, swapped: bool = False, write: Callable[[float], str] = lambda v: f"{v:.6f}") -> str:
    x, y = transform(LON, LAT, 4326, epsg)
    first, second = (y, x) if swapped else (x, y)
    rows = [
        f"2024-03-0{i + 1};Klotter;{write(a)};{write(b)}"
        for i, (a, b) in enumerate(zip(first, second, strict=True))
    ]
    return "Datum;Typ;X;Y\n" + "\n".join(rows) + "\n"


def assert_in_place(parsed: ParsedFile) -> None:
    x, y = transform(LON, LAT, 4326, parsed.srid or 0)
    np.testing.assert_allclose(parsed.rows["x"], x, atol=1)
    np.testing.assert_allclose(parsed.rows["y"], y, atol=1)


@pytest.mark.parametrize("epsg", [4326, 3006, 3011, 3021])
@pytest.mark.parametrize("swapped", [False, True], ids=["east first", "north first"])
def test_every_usual_system_with_and_without_swapped_axes(
    read: Callable[..., ParsedFile], *, epsg: int, swapped: bool
) -> None:
    parsed = read(file_in(epsg, swapped=swapped), near=NEAR)
    assert_in_place(parsed)
    assert not parsed.refused


def test_another_towns_zone_is_believed_when_it_is_named(read: Callable[..., ParsedFile]) -> None:
    assert_in_place(read(file_in(3008), mapping=Mapping(crs=3008)))


@pytest.mark.parametrize(
    "write",
    [
        lambda v: f"{v:.4f}".replace(".", ","),
        lambda v: f"{v:,.3f}".replace(",", " ").replace(".", ","),
        lambda v: f"{v:,.3f}".replace(",", "\u00a0"),
        lambda v: f"{v:,.3f}",
    ],
)
def test_writings_of_metres(read: Callable[..., ParsedFile], write: Callable[[float], str]) -> None:
    assert_in_place(read(file_in(3006, write=write), near=NEAR))


@pytest.mark.parametrize(
    "write",
    [lambda v: f"{v:.6f}°", lambda v: f"{int(v)}° {v % 1 * 60:.4f}'", lambda v: f"{v:.6f}".replace(".", ",")],
)
def test_writings_of_degrees(read: Callable[..., ParsedFile], write: Callable[[float], str]) -> None:
    assert_in_place(read(file_in(4326, write=write)))


@pytest.mark.parametrize(
    "cell", ["59.33,18.06", "59,33; 18,06", "(59.33, 18.06)", "POINT (18.06 59.33)", "59,33 18,06"]
)
def test_both_in_one_cell(read: Callable[..., ParsedFile], cell: str) -> None:
    parsed = read(f"Datum|Typ|GPS\n2024-03-01|a|{cell}\n")
    assert np.hypot(parsed.rows["x"][0] - 674_000, parsed.rows["y"][0] - 6_580_600) < 1500


def test_four_systems_in_one_column(read: Callable[..., ParsedFile], keys: Callable[..., list[str]]) -> None:
    lines = [
        file_in(epsg).splitlines()[1 + i % 3] for i, epsg in enumerate([4326, 3006, 3011, 3021, 4326, 3006])
    ]
    parsed = read("Datum;Typ;X;Y\n" + "\n".join(lines), near=NEAR)
    x, y = transform(LON, LAT, 4326, 3006)
    np.testing.assert_allclose(parsed.rows["x"], np.tile(x, 2), atol=1)
    np.testing.assert_allclose(parsed.rows["y"], np.tile(y, 2), atol=1)
    assert "systems_mixed" in keys(parsed.warnings)


def test_every_tenth_row_swapped(read: Callable[..., ParsedFile], keys: Callable[..., list[str]]) -> None:
    rng = np.random.default_rng(1)
    lon, lat = rng.uniform(17.9, 18.2, 50), rng.uniform(59.25, 59.4, 50)
    pairs = [(b, a) if i % 10 == 3 else (a, b) for i, (a, b) in enumerate(zip(lon, lat, strict=True))]
    parsed = read("Datum;Typ;Lon;Lat\n" + "\n".join(f"2024-03-01;a;{a};{b}" for a, b in pairs))
    x, y = transform(lon, lat, 4326, 3006)
    np.testing.assert_allclose(parsed.rows["x"], x, atol=0.01)
    np.testing.assert_allclose(parsed.rows["y"], y, atol=0.01)
    assert "axes_mixed" in keys(parsed.warnings)


def test_missing_zero_half_and_unreadable_coordinates(read: Callable[..., ParsedFile]) -> None:
    cells = ["18.06;59.33", ";", "0;0", "saknas;-", "18.06;", "nära torget;59.33", "999;999"]
    parsed = read(
        "Datum;Typ;Lon;Lat\n" + "\n".join(f"2024-03-01;typ {i};{cell}" for i, cell in enumerate(cells))
    )
    assert parsed.rows["place_precision"].tolist() == ["point", "none", "none", "none"]
    reasons = [(error.row, error.reason) for error in parsed.refused]
    assert reasons == [(6, "coordinate_half"), (7, "coordinate_unreadable"), (8, "coordinate_nowhere")]
    assert parsed.refused[1].value == "nära torget"


def test_coordinates_of_no_known_system_ask_for_one(read: Callable[..., ParsedFile]) -> None:
    text = "Datum;Typ;X;Y\n2024-03-01;a;1161120;1858829\n"
    with pytest.raises(ImportRefused) as caught:
        read(text)
    assert caught.value.reason == "crs_unknown"
    parsed = read(text, mapping=Mapping(crs=3435), srid=None)
    assert parsed.srid == 32616
    lon, lat = transform(parsed.rows["x"], parsed.rows["y"], 32616, 4326)
    assert (round(lon[0], 2), round(lat[0], 2)) == (-87.68, 41.77)


def test_local_zone_by_its_heading_when_the_numbers_do_not_tell(read: Callable[..., ParsedFile]) -> None:
    x, y = transform(LON, LAT, 4326, 3011)
    rows = "\n".join(f"2024-03-01;a;{a:.3f};{b:.3f}" for a, b in zip(x, y, strict=True))
    assert_in_place(read(f"Datum;Typ;X (SWEREF 99 18 00);Y (SWEREF 99 18 00)\n{rows}\n"))


def test_points_on_the_middle_of_an_area_are_marked(
    read: Callable[..., ParsedFile], keys: Callable[..., list[str]]
) -> None:
    x, y = transform(LON, LAT, 4326, 3006)
    parsed = read(file_in(3006), near=NEAR, centroids=np.array([[x[1], y[1]]]))
    assert parsed.rows["place_precision"].tolist() == ["point", "stand_in", "point"]
    assert "points_are_stand_ins" in keys(parsed.warnings)


AREAS = {
    "area_codes": frozenset({"0101", "0102", "1280"}),
    "area_names": {"rinkeby": "0101", "tensta": "0102"},
}


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("0101", "0101"),
        ("101", "0101"),
        ("101.0", "0101"),
        ("1280.0", "1280"),
        ("Rinkeby", "0101"),
        (" TENSTA ", "0102"),
        ("9999", None),
        ("", None),
    ],
)
def test_codes_of_areas(read: Callable[..., ParsedFile], cell: str, code: str | None) -> None:
    parsed = read(f"Datum;Typ;Områdeskod\n2024-03-01;a;{cell}\n2024-03-02;b;1280\n", **AREAS)
    assert parsed.rows["area_code"].tolist() == [code, "1280"]
    assert parsed.rows["place_precision"][0] == ("area" if code else "none")


def test_unknown_areas_are_counted_and_kept_without(read: Callable[..., ParsedFile]) -> None:
    parsed = read("Datum;Typ;Områdeskod\n2024-03-01;a;77\n2024-03-02;b;77\n", **AREAS)
    said = {remark.key: remark.parameters for remark in parsed.warnings}
    assert said["area_unknown"] == {"count": 2, "values": "77 (2)"}
    assert len(parsed.rows) == 2
