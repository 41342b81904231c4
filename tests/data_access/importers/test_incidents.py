from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from data_access.importers.errors import ImportRefused
from data_access.importers.incidents import parse, preview
from data_access.importers.mapping import Mapping
from data_access.importers.parsed import COLUMNS, ParsedFile

if TYPE_CHECKING:
    from data_access.importers.context import ImportContext

Read = Callable[..., ParsedFile]
Keys = Callable[..., list[str]]
Local = Callable[..., list[str]]


def test_columns_and_types_of_the_answer(read: Read) -> None:
    parsed = read("Datum;Typ\n2024-03-05 21:40;Klotter\n")
    assert tuple(parsed.rows.columns) == COLUMNS
    assert parsed.rows.dtypes[["row", "occurred_from", "x"]].astype(str).tolist() == [
        "int64",
        "datetime64[s]",
        "float64",
    ]
    row = parsed.rows.iloc[0]
    assert (row["row"], row["category_code"], row["own_code"]) == (2, "graffiti", "Klotter")
    assert (row["area_code"], row["note"], row["severity"]) == (None, None, None)
    assert (row["certainty"], row["police_reported"]) == ("unknown", "unknown")


def test_local_times_become_utc(read: Read) -> None:
    parsed = read("Datum;Typ\n2024-01-05 21:40;a\n2024-07-05 21:40;a\n2024-07-05T21:40:00Z;a\n")
    assert [str(t)[:16] for t in parsed.rows["occurred_from"]] == [
        "2024-01-05 20:40",
        "2024-07-05 19:40",
        "2024-07-05 21:40",
    ]
    assert set(parsed.rows["time_precision"]) == {"exact"}


def test_a_heading_that_says_utc_is_believed(read: Read) -> None:
    parsed = read("Datum (UTC);Typ\n2024-07-05 23:40;a\n")
    assert str(parsed.rows["occurred_from"][0])[:16] == "2024-07-05 23:40"
    assert parsed.timezone == "UTC"


def test_a_date_without_time_of_day_stays_without(read: Read, local: Local) -> None:
    parsed = read("Datum;Klockslag;Typ\n2024-03-31;;a\n2024-03-31;21:40;a\n")
    assert parsed.rows["time_precision"].tolist() == ["date", "exact"]
    assert local(parsed)[0] == "2024-03-31 00:00"
    assert local(parsed, "occurred_to")[0] == "2024-03-31 23:59"
    day = parsed.rows["occurred_to"][0] - parsed.rows["occurred_from"][0]
    assert day.total_seconds() == 23 * 3600 - 1  # summer time begins


def test_a_column_of_midnights_is_a_column_of_dates(read: Read, keys: Keys) -> None:
    parsed = read("Datum;Typ\n2024-03-05 00:00;a\n2024-03-06 00:00;a\n")
    assert parsed.rows["time_precision"].tolist() == ["date", "date"]
    assert "midnight_means_date" in keys(parsed.guesses)


def test_intervals(read: Read, local: Local) -> None:
    parsed = read(
        "Från;Till;Typ\n2024-03-01 18:00;2024-03-04 07:30;a\n2024-03-01 18:00;;b\n2024-03-01 18:05;2024-03-01 18:50;c\n"
        "2024-03-01;2024-03-04;d\n2024-03-01 18:00;2024-03-02;e\n2024-03-04 07:30;2024-03-01 18:00;f\n"
    )
    assert parsed.rows["time_precision"].tolist() == ["interval", "exact", "exact", "date", "interval"]
    assert local(parsed, "occurred_to") == [
        "2024-03-04 07:30", "2024-03-01 18:00", "2024-03-01 18:50", "2024-03-04 23:59", "2024-03-02 23:59"
    ]  # fmt: skip
    assert [(error.row, error.reason) for error in parsed.refused] == [(7, "ends_before_start")]
    assert parsed.refused[0].value == "2024-03-04 07:30 – 2024-03-01 18:00"  # noqa: RUF001 - a range


def test_two_times_of_day_across_midnight(read: Read, keys: Keys, local: Local) -> None:
    parsed = read(
        "Datum;Tid från;Tid till;Typ\n2024-03-01;22:00;01:30;a\n2024-03-01;20:00;20:30;b\n2024-03-01;20:00;;b\n"
    )
    assert local(parsed, "occurred_to") == ["2024-03-02 01:30", "2024-03-01 20:30", "2024-03-01 20:00"]
    assert "crossed_midnight" in keys(parsed.warnings)


def test_the_odd_hours_of_the_year(read: Read, keys: Keys, local: Local) -> None:
    parsed = read("Datum;Typ\n2024-03-31 02:30;a\n2024-10-27 02:30;b\n")
    assert [str(t)[:16] for t in parsed.rows["occurred_from"]] == ["2024-03-31 01:30", "2024-10-27 00:30"]
    assert local(parsed)[0] == "2024-03-31 03:30"
    assert {"time_in_spring_gap", "time_in_repeated_hour"} <= set(keys(parsed.warnings))


def test_impossible_times_are_refused_row_by_row(read: Read) -> None:
    parsed = read("Datum;Typ\n2027-01-01;a\n1949-12-31;b\n2024-02-30;c\n;d\n2026-01-01;e\n")
    reasons = [(error.row, error.reason) for error in parsed.refused]
    assert reasons == [(2, "in_the_future"), (3, "too_long_ago"), (4, "date_unreadable"), (5, "date_missing")]
    assert parsed.rows["row"].tolist() == [6]
    assert parsed.rows_read == 5


def test_own_codes_and_words(read: Read) -> None:
    text = "Datum;Typ\n" + "".join(
        f"2024-03-01;{t}\n"
        for t in ("X1", "graffiti", "Fight or brawl", "Stöld, försök", "Älgjakt", "Älgjakt", "")
    )
    parsed = read(text, mapping=Mapping(categories={"X1": "assault"}))
    assert parsed.rows["category_code"].tolist() == [
        "assault",
        "graffiti",
        "fight",
        "theft_other",
        "other",
        "other",
        "other",
    ]
    assert parsed.rows["own_code"].tolist()[3:] == ["Stöld, försök", "Älgjakt", "Älgjakt", None]
    assert parsed.unknown_codes == {"Älgjakt": 2}


def test_code_with_text_beside_it(read: Read) -> None:
    parsed = read("Datum;Brottskod;Brottstext\n2024-03-01;0801;Cykelstöld\n2024-03-02;0802;Okänt brott\n")
    assert parsed.rows["category_code"].tolist() == ["bicycle_theft", "other"]
    assert parsed.rows["own_code"].tolist() == ["0801", "0802"]


def test_a_mapping_to_a_type_that_is_not_there_is_refused(read: Read) -> None:
    with pytest.raises(ImportRefused) as caught:
        read("Datum;Typ\n2024-03-01;a\n", mapping=Mapping(categories={"a": "flying"}))
    assert caught.value.reason == "mapping_broken"


def test_smaller_columns(read: Read, keys: Keys) -> None:
    parsed = read(
        "Datum;Typ;Polisanmäld;Allvarlighet;Säkerhet;Anteckning\n"
        "2024-03-01;a;Ja;3;Sett;kort\n2024-03-01;b;nej;9;Hört;"
        + "x" * 281
        + "\n2024-03-01;c;;;;\n2024-03-01;d;kanske;5;vet ej;=1+1\n"
    )
    assert parsed.rows["police_reported"].tolist() == ["yes", "no", "unknown", "unknown"]
    assert parsed.rows["severity"].tolist() == [3, None, None, 5]
    assert parsed.rows["certainty"].tolist() == ["seen", "told", "unknown", "unknown"]
    assert parsed.rows["note"].tolist() == ["kort", None, None, "=1+1"]
    assert {"note_too_long", "severity_unknown", "word_unknown"} <= set(keys(parsed.warnings))


def test_the_same_row_twice_counts_once_and_a_different_one_is_refused(read: Read, keys: Keys) -> None:
    rows = [f"A{i};2024-03-01 10:0{i % 10};Klotter" for i in range(4)]
    text = "\n".join(["Ärendenr;Datum;Typ", *rows, rows[1], "A2;2024-05-05 10:00;Klotter"])
    parsed = read(text, mapping=Mapping(columns={"source_key": "Ärendenr"}))
    assert parsed.rows["source_key"].tolist() == ["A0", "A1", "A2", "A3"]
    assert [(error.row, error.reason, error.value) for error in parsed.refused] == [(7, "key_repeated", "A2")]
    assert "rows_repeated" in keys(parsed.warnings)
    assert parsed.rows_read == 6


def test_rows_without_keys_get_keys_from_their_content(read: Read) -> None:
    text = "Datum;Typ\n2024-03-01;a\n2024-03-01;a\n2024-03-01;b\n"
    first, again = read(text), read(text + "2024-03-02;c\n")
    assert len(set(first.rows["source_key"])) == 3
    assert again.rows["source_key"].tolist()[:3] == first.rows["source_key"].tolist()


def test_keys_that_a_spreadsheet_rounded_are_not_used(read: Read, keys: Keys) -> None:
    parsed = read("Ärendenr;Datum;Typ\n5,30330E+14;2024-03-01;a\n5,30331E+14;2024-03-01;b\n")
    assert "keys_rounded" in keys(parsed.warnings)
    assert len(parsed.rows["source_key"][0]) == 40


def test_no_date_column_refuses_the_file_but_not_the_preview(context: Callable[..., ImportContext]) -> None:
    content = (b"Kod;Vad\n7;Klotter\n", "x.csv")
    with pytest.raises(ImportRefused) as caught:
        parse(content, context=context())
    assert caught.value.reason == "no_date_column"
    seen = preview(content, context=context())
    assert seen.problem is not None
    assert seen.headings == ("Kod", "Vad")
    assert seen.first_cells == [("7", "Klotter")]


def test_the_preview_shows_local_times_and_what_was_guessed(
    context: Callable[..., ImportContext], keys: Keys
) -> None:
    content = ("Datum;Typ\n" + "2024-07-05 21:40;Klotter\n2024-07-06 21:40;Älg\n" * 20).encode()
    seen = preview((content, "x.csv"), context=context(), overrides=Mapping(categories={"Älg": "other"}))
    assert len(seen.shown) == 20
    assert str(seen.shown["occurred_from"][0]) == "2024-07-05 21:40:00"
    assert seen.why == {"date": "heading", "category": "heading"}
    assert {"table", "timezone"} <= set(keys(seen.guesses))


def test_progress_rises_to_one(context: Callable[..., ImportContext]) -> None:
    steps: list[tuple[float, str]] = []
    parse(
        (b"Datum;Typ\n2024-03-01;a\n", "x.csv"),
        context=context(),
        progress=lambda share, step: steps.append((share, step)),
    )
    assert [share for share, _ in steps] == sorted(share for share, _ in steps)
    assert (steps[0], steps[-1]) == ((0.0, "reading"), (1.0, "done"))


def test_an_unknown_time_zone_is_named(read: Read) -> None:
    with pytest.raises(ImportRefused) as caught:
        read("Datum;Typ\n2024-03-01;a\n", mapping=Mapping(timezone="Europe/Stokholm"))
    assert caught.value.parameters == {"timezone": "Europe/Stokholm"}


def test_months_first_where_americans_write(read: Read) -> None:
    parsed = read("Date;Type\n03/04/2024 10:00;a\n", timezone="America/Chicago")
    assert str(parsed.rows["occurred_from"][0])[:10] == "2024-03-04"


def test_html_and_formulas_in_texts_stay_texts(read: Read) -> None:
    parsed = read('Datum;Typ;Anteckning\n2024-03-01;=HYPERLINK("x");<script>alert(1)</script>\n')
    assert parsed.rows["own_code"][0].startswith("=HYPERLINK")
    assert parsed.rows["note"][0] == "<script>alert(1)</script>"
