from __future__ import annotations

import csv
import hashlib
import json
from datetime import date, datetime, timedelta
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Transformer
from python_calamine import CalamineWorkbook

import sample_data
from sample_data.districts import DISTRICTS, TOWN_PARTS
from sample_data.formats import FORMATS
from sample_data.interventions import INTERVENTIONS
from sample_data.kinds import CODES, SENSITIVE_CODES
from sample_data.organisations import (
    BY_KEY,
    CODING_BREAK_WEEK,
    UNMAPPED,
    category_mapping,
    split_words,
)
from sample_data.town import town

TEXT_FILES = {
    "falt": ("cp1252", ";"),
    "polis": ("utf-8", ","),
    "skola": ("utf-16", "\t"),
    "vakt": ("utf-8-sig", ";"),
}
CLOCKS = {"falt": "%Y-%m-%d %H:%M", "polis": "%Y-%m-%d %H:%M", "vakt": "%Y%m%d %H%M"}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return sample_data.write(tmp_path_factory.mktemp("lindhamn"))


@pytest.fixture(scope="module")
def tables(files):
    """Rows of each incident file by canonical column name, all cells as text or numbers."""
    return {key: read(key, one.path) for key, one in zip(BY_KEY, files.incidents, strict=True)}


def read(key, path):
    canonical = {header: name for name, header in FORMATS[key].columns.items()}
    if key == "bostad":
        rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Ärenden").to_python(skip_empty_area=False)
        header, rows = rows[2], rows[3:]
    else:
        encoding, delimiter = TEXT_FILES[key]
        with path.open(encoding=encoding, newline="") as file:
            header, *rows = csv.reader(file, delimiter=delimiter)
    return [{canonical[name]: cell for name, cell in zip(header, row, strict=True)} for row in rows]


def number(cell):
    return float(str(cell).replace(",", "."))


def has_point(row):
    return row.get("x", "") != "" and row.get("y", "") != ""


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_same_seed_writes_the_same_files(files, tmp_path):
    again = sample_data.write(tmp_path)
    first = sorted(files.areas.parent.iterdir())
    second = sorted(again.areas.parent.iterdir())
    assert [path.name for path in first] == [path.name for path in second]
    same = [digest(a) == digest(b) for a, b in zip(first, second, strict=True) if a.suffix != ".gpkg"]
    assert all(same)
    for layer in ("ytor", "linjer", "platser"):
        left, right = (gpd.read_file(one.base, layer=layer) for one in (files, again))
        assert left.equals(right)


def test_another_seed_changes_the_incidents_but_not_the_truth(files, tmp_path):
    other = sample_data.write(tmp_path, seed=8)
    assert digest(other.truth) == digest(files.truth)
    assert digest(other.interventions) == digest(files.interventions)
    assert digest(other.incidents[0].path) != digest(files.incidents[0].path)


def test_the_committed_truth_is_what_is_written(files):
    committed = Path(sample_data.__file__).parent / "truth.json"
    assert committed.read_text(encoding="utf-8") == files.truth.read_text(encoding="utf-8")


def test_areas_come_in_a_local_zone_with_hierarchy_and_residents(files):
    areas = gpd.read_file(files.areas)
    assert areas.crs is not None
    assert areas.crs.to_epsg() == 3010
    assert list(areas["kod"]) == [district.code for district in DISTRICTS]
    assert dict(zip(areas["overordnad_kod"], areas["overordnad_namn"], strict=True)) == TOWN_PARTS
    assert (areas["folkmangd"] > 0).all()
    assert shapely.coverage_is_valid(areas.geometry.to_numpy())


def test_the_drawing_base_has_three_layers_in_sweref_99_tm(files):
    for layer, kind in (("ytor", "park"), ("linjer", "railway"), ("platser", "station")):
        features = gpd.read_file(files.base, layer=layer)
        assert features.crs is not None
        assert features.crs.to_epsg() == 3006
        assert kind in set(features["slag"])


def test_about_sixty_thousand_rows_with_unique_keys(tables):
    total = sum(len(rows) for rows in tables.values())
    assert 57_000 < total < 63_000
    for rows in tables.values():
        assert len({row["source_key"] for row in rows}) == len(rows) > 3000


@pytest.mark.parametrize("key", CLOCKS)
def test_times_are_written_in_the_organisations_own_way(tables, key):
    for row in tables[key]:
        start, end = row["occurred_from"], row["occurred_to"] or row["occurred_from"]
        if len(start) == 10:
            datetime.strptime(start, "%Y-%m-%d")  # noqa: DTZ007
            continue
        assert datetime.strptime(start, CLOCKS[key]) <= datetime.strptime(end, CLOCKS[key])  # noqa: DTZ007


def test_excel_has_a_cover_sheet_a_title_row_and_real_dates(files, tables):
    book = CalamineWorkbook.from_path(files.incidents[2].path)
    assert book.sheet_names == ["Information", "Ärenden"]
    moments = [(row["occurred_from"], row["occurred_to"]) for row in tables["bostad"]]
    assert all(isinstance(moment, date) for pair in moments for moment in pair)  # a date alone is midnight
    assert all(str(start) <= str(end) for start, end in moments)


def test_the_field_team_writes_decimal_commas_and_newest_first(tables):
    rows = tables["falt"]
    assert all("," in row["x"] and "," in row["y"] for row in rows if has_point(row))
    assert rows[0]["occurred_from"] > rows[-1]["occurred_from"]


def test_schools_leave_out_points_and_part_of_the_times_of_day(tables):
    rows = tables["skola"]
    without_time = np.mean([row["time"] == "" for row in rows])
    assert 0.25 < without_time < 0.55
    assert "x" not in rows[0]
    assert np.mean([row["area_code"] != "" for row in rows]) > 0.97


@pytest.mark.parametrize(("key", "epsg"), [("falt", 3006), ("polis", 3006), ("bostad", 4326), ("vakt", 3010)])
def test_points_lie_on_the_towns_land_in_the_named_coordinate_system(tables, key, epsg):
    with_point = [row for row in tables[key] if has_point(row)]
    x, y = (np.array([number(row[axis]) for row in with_point]) for axis in ("x", "y"))
    east, north = Transformer.from_crs(epsg, 3006, always_xy=True).transform(x, y)
    land = town().land.buffer(2)
    shapely.prepare(land)
    assert shapely.contains_xy(land, east, north).all()


@pytest.mark.parametrize("key", ["falt", "polis", "vakt"])
def test_three_to_six_per_cent_of_coordinates_are_missing(tables, key):
    missing = np.mean([not has_point(row) for row in tables[key]])
    assert 0.03 <= missing <= 0.065


def test_the_housing_company_gives_half_its_places_by_area_code(tables):
    rows = tables["bostad"]
    assert 0.4 < np.mean([has_point(row) for row in rows]) < 0.6
    assert np.mean([row["area_code"] != "" for row in rows if not has_point(row)]) > 0.95


def test_a_small_share_of_points_is_the_centre_of_a_district(tables):
    points = [(row["x"], row["y"]) for row in tables["falt"] if has_point(row)]
    _, counts = np.unique(points, axis=0, return_counts=True)
    stacked = counts[counts >= 4].sum() / len(points)
    assert 0.005 < stacked < 0.04


def test_sensitive_types_never_have_a_point(tables):
    for key, rows in tables.items():
        codes = category_mapping(key)
        assert not any(has_point(row) for row in rows if codes.get(row["category"]) in SENSITIVE_CODES)


def test_the_police_change_their_codes_and_begin_with_area_codes(tables):
    first = sample_data.window().day(CODING_BREAK_WEEK).isoformat()
    margin = sample_data.window().day(CODING_BREAK_WEEK - 4).isoformat()
    before = [row for row in tables["polis"] if row["occurred_from"] < margin]
    after = [row for row in tables["polis"] if row["occurred_from"] >= first]
    assert {row["area_code"] for row in before} == {""}
    assert np.mean([row["area_code"] != "" for row in after]) > 0.9
    assert "T410" in {row["category"] for row in before} - {row["category"] for row in after}
    assert "T415" in {row["category"] for row in after} - {row["category"] for row in before}


def test_mappings_explain_all_codes_but_the_few_left_out(files, tables):
    for (key, rows), one in zip(tables.items(), files.incidents, strict=True):
        mapping = json.loads(one.mapping.read_text(encoding="utf-8"))
        unmapped = {row["category"] for row in rows} - set(mapping["categories"])
        assert unmapped <= {split_words(key, words)[0] for words in UNMAPPED}
        assert set(mapping["categories"].values()) <= set(CODES)
        assert set(mapping["columns"]) == set(rows[0])
        rare = [row for row in rows if row["category"] in unmapped]
        assert len(rare) < 0.02 * len(rows)


def test_yes_no_and_unknown_all_occur(tables):
    for key, rows in tables.items():
        answers = {row["police_reported"] for row in rows}
        assert answers == ({"Ja"} if key == "polis" else {"Ja", "Nej", "Vet ej"})


def test_notes_are_few_and_short(tables):
    for rows in tables.values():
        notes = [row["note"] for row in rows if row.get("note")]
        assert len(notes) < 0.1 * len(rows)
        assert all(len(note) <= 280 for note in notes)


def test_plans_say_nothing_about_the_truth(files):
    plans = json.loads(files.interventions.read_text(encoding="utf-8"))
    assert [plan["title"] for plan in plans] == [one.title for one in INTERVENTIONS]
    assert not any({"rate_ratio", "trap"} & set(plan) for plan in plans)
    assert {plan["status"] for plan in plans} == {"ongoing", "ended"}
    codes = {district.code for district in DISTRICTS}
    assert all(set(plan["area_codes"]) <= codes and set(plan["categories"]) <= set(CODES) for plan in plans)


def test_findings_come_before_the_interventions_that_answer_them(files):
    found = json.loads(files.findings.read_text(encoding="utf-8"))
    begins = {
        plan["title"]: plan["starts_on"]
        for plan in json.loads(files.interventions.read_text(encoding="utf-8"))
    }
    answers = [(one["noted_on"], title) for one in found for title in one["answers"]]
    assert 4 <= sum(bool(one["answers"]) for one in found) <= 6
    assert len({title for _, title in answers}) == len(answers)
    assert all(noted_on < begins[title] for noted_on, title in answers)
    assert all(len(one["statement"]) <= 300 for one in found)
    codes = {district.code for district in DISTRICTS}
    assert all(set(one["area_codes"]) <= codes for one in found)


def test_what_was_delivered_falls_at_christmas_and_in_july_unless_it_stands_there(files):
    plans = json.loads(files.interventions.read_text(encoding="utf-8"))
    last_day = sample_data.window().last_day
    for plan in plans:
        weeks = {date.fromisoformat(week): amount for week, amount in plan["doses"].items()}
        first, end = (
            date.fromisoformat(plan["starts_on"]),
            date.fromisoformat(plan["ends_on"] or last_day.isoformat()),
        )
        assert list(weeks) == [first + timedelta(weeks=n) for n in range((end - first).days // 7 + 1)]
        assert min(weeks.values()) >= 0
        usual = np.median(list(weeks.values()))
        christmas, july = weeks[date(2025, 12, 22)], [weeks.get(date(2026, 7, day)) for day in (6, 13, 20)]
        if plan["dose_unit"] in ("ljuspunkter i drift", "kameror i drift", "anslutna hushåll"):
            assert sorted(weeks.values()) == list(weeks.values())
        elif plan["dose_unit"] != "ronder":
            assert christmas < usual
            assert all(amount is None or amount < usual for amount in july)


def test_the_module_can_be_run(tmp_path, capsys, monkeypatch):
    from sample_data.__main__ import main  # noqa: PLC0415 - parses the command line when called

    monkeypatch.setattr("sys.argv", ["sample_data", str(tmp_path / "out"), "--seed", "3"])
    assert main() == 0
    assert all(Path(line).exists() for line in capsys.readouterr().out.splitlines())
