from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.importers.columns import complete_mapping
from data_access.importers.errors import ImportRefused
from data_access.importers.mapping import CANONICAL, Mapping, header_sha256, mapping_from_json
from data_access.importers.table import read_table

HEADERS = [
    ("Ärendenr;Typ av händelse;Från;Till;N;E;Områdeskod;Polisanmält;Allvarlighet;Säkerhet;Anteckning",
     "A1;Klotter;2024-03-05 21:40;2024-03-05 22:00;6580000,5;674000,1;0101;Ja;1;Sett;mörkt",
     {"source_key": "Ärendenr", "category": "Typ av händelse", "occurred_from": "Från", "occurred_to": "Till", "y": "N", "x": "E",
      "area_code": "Områdeskod", "police_reported": "Polisanmält", "severity": "Allvarlighet", "certainty": "Säkerhet",
      "note": "Anteckning"}),
    ("Diarienummer;Brottskod;Brottstext;Brottsdatum från;Brottsdatum till;SWEREF99 N;SWEREF99 E",
     "K-1;0801;Stöld ur fordon;2023-11-20 01:20;2023-11-20 01:30;6387860;597446",
     {"source_key": "Diarienummer", "category": "Brottskod", "category_text": "Brottstext", "occurred_from": "Brottsdatum från",
      "occurred_to": "Brottsdatum till", "y": "SWEREF99 N", "x": "SWEREF99 E"}),
    ("id;type;date;Latitude;Longitude", "7;THEFT;7/19/2017 13:45;41.76;-87.68",
     {"source_key": "id", "category": "type", "date": "date", "y": "Latitude", "x": "Longitude"}),
    ("Datum;Klockslag;Händelse;Stadsdel", "2024-03-05;21:40;Bråk;Rinkeby",
     {"date": "Datum", "time": "Klockslag", "category": "Händelse", "area_name": "Stadsdel"}),
    ("Foo;Vad;Position", "2024-03-05 10:00;Bråk;59.33, 18.06", {"date": "Foo", "category": "Vad", "gps": "Position"}),
    ("händelsetyp;datum;y (SWEREF 99 18 00);x (SWEREF 99 18 00)", "a;2024-01-01;6580000;153000",
     {"category": "händelsetyp", "date": "datum", "y": "y (SWEREF 99 18 00)", "x": "x (SWEREF 99 18 00)"}),
    ("Handelsetyp;Handelsedatum;Omradeskod", "a;2024-01-01;12",
     {"category": "Handelsetyp", "date": "Handelsedatum", "area_code": "Omradeskod"}),
]  # fmt: skip


@pytest.mark.parametrize(("header", "row", "columns"), HEADERS)
def test_headings_are_recognised(header: str, row: str, columns: dict[str, str]) -> None:
    table = read_table((f"{header}\n{row}\n".encode(), "x.csv"))
    assert complete_mapping(table, None, None).mapping.columns == columns


def test_what_is_given_goes_before_what_is_remembered_and_that_before_guesses() -> None:
    table = read_table((b"Datum;Typ;Kod;Anteckning\n2024-01-01;a;1;b\n", "x.csv"))
    given_ = Mapping(columns={"category": "Kod", "note": ""})
    remembered = Mapping(columns={"category": "Typ", "date": "Datum"}, crs=3011, categories={"a": "other"})
    result = complete_mapping(table, given_, remembered)
    assert result.mapping.columns == {"date": "Datum", "category": "Kod"}
    assert (result.why["category"], result.why["date"]) == ("given", "remembered")
    assert (result.mapping.crs, result.mapping.categories) == (3011, {"a": "other"})


def test_remembered_columns_of_another_layout_are_forgotten() -> None:
    table = read_table((b"Datum;Typ\n2024-01-01;a\n", "x.csv"))
    result = complete_mapping(table, None, Mapping(columns={"category": "Kod", "date": "Datum"}))
    assert result.mapping.columns == {"date": "Datum", "category": "Typ"}


def test_a_named_column_must_be_there() -> None:
    table = read_table((b"Datum;Typ\n2024-01-01;a\n", "x.csv"))
    with pytest.raises(ImportRefused) as caught:
        complete_mapping(table, Mapping(columns={"category": "Kod"}), None)
    assert caught.value.parameters == {"column": "Kod", "columns": "Datum, Typ"}


def test_a_guessed_key_must_tell_the_rows_apart() -> None:
    table = read_table((b"Id;Datum;Typ\n1;2024-01-01;a\n1;2024-01-02;b\n", "x.csv"))
    result = complete_mapping(table, None, None)
    assert "source_key" not in result.mapping.columns
    assert [remark.key for remark in result.remarks] == ["key_not_unique"]


TEXT = st.text(min_size=1, max_size=8)
MAPPINGS = st.builds(
    Mapping,
    columns=st.dictionaries(st.sampled_from(CANONICAL), TEXT, max_size=4),
    categories=st.dictionaries(TEXT, TEXT, max_size=4),
    crs=st.none() | st.integers(1, 99_999),
    timezone=st.none() | TEXT,
    decimal=st.sampled_from([None, ",", "."]),
    date_order=st.sampled_from([None, "ymd", "dmy", "mdy"]),
    delimiter=st.sampled_from([None, ";", "\t"]),
    sheet=st.none() | TEXT,
    header_row=st.none() | st.integers(1, 50),
)


@given(MAPPINGS)
def test_a_mapping_survives_json(mapping: Mapping) -> None:
    assert mapping_from_json(json.dumps(mapping.to_json())) == mapping


@pytest.mark.parametrize(
    "document",
    [
        "{",
        "[]",
        '{"columns": {"colour": "x"}}',
        '{"crs": "3006"}',
        '{"colour": 1}',
        '{"date_order": "ydm"}',
        '{"crs": true}',
    ],
)
def test_a_broken_mapping_is_named(document: str) -> None:
    with pytest.raises(ImportRefused) as caught:
        mapping_from_json(document)
    assert caught.value.reason == "mapping_broken"


def test_the_fingerprint_of_a_header_ignores_case_and_marks() -> None:
    assert header_sha256(("Ärende_Nr", "Typ")) == header_sha256(("ärende nr", "TYP"))
    assert header_sha256(("a", "b")) != header_sha256(("b", "a"))
