from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from data_access.importers.errors import ImportRefused, RowError, tellable
from data_access.importers.incidents import preview
from data_access.importers.mapping import Mapping
from data_access.importers.parsed import ParsedFile

if TYPE_CHECKING:
    from data_access.importers.context import ImportContext

Read = Callable[..., ParsedFile]
NUMBER = "850101-1234"
FILE = (
    "Datum;Typ;Anteckning\n2024-03-01;Klotter;vid porten\n"
    f"2024-03-02;Klotter;ring {NUMBER}\n2024-03-03;Stöld {NUMBER};lugnt\n2024-03-04;Älg;Anna Karlsson ringde\n"
)


def test_rows_with_personal_data_are_refused_with_kind_and_place(read: Read) -> None:
    parsed = read(FILE)
    assert parsed.rows["row"].tolist() == [2, 5]
    assert parsed.refused == [
        RowError(3, "note", "…", "personal_data_personal_number", {"first": 6, "last": 16}),
        RowError(4, "category", "…", "personal_data_personal_number", {"first": 7, "last": 17}),
    ]


def test_nothing_that_is_told_holds_the_number(read: Read) -> None:
    parsed = read(FILE)
    assert NUMBER not in repr((parsed.refused, parsed.guesses, parsed.warnings, parsed.unknown_codes))
    assert parsed.unknown_codes == {"Älg": 1}


def test_the_preview_tells_of_such_rows_before_anything_is_stored(
    context: Callable[..., ImportContext],
) -> None:
    seen = preview((FILE.encode(), "x.csv"), context=context())
    assert [(error.row, error.reason) for error in seen.refused] == [
        (3, "personal_data_personal_number"),
        (4, "personal_data_personal_number"),
    ]
    assert NUMBER not in repr((seen.shown.to_dict(), seen.guesses, seen.warnings, seen.unknown_codes))


def test_likely_names_are_counted_and_not_told(read: Read) -> None:
    lines = [f"2024-03-{day:02d};a;Anna Karlsson ringde igen {day}\n" for day in range(1, 8)]
    (remark,) = (
        one for one in read("Datum;Typ;Anteckning\n" + "".join(lines)).warnings if one.key == "likely_names"
    )
    assert remark.parameters == {"count": 7, "rows": "2, 3, 4, 5, 6, …"}


def test_a_refused_row_is_not_counted_among_the_names(read: Read) -> None:
    parsed = read(f"Datum;Typ;Anteckning\n2024-03-01;a;Anna Karlsson {NUMBER}\n2024-03-02;a;lugnt\n")
    assert "likely_names" not in [remark.key for remark in parsed.warnings]


def test_the_first_fault_of_a_row_stays_and_holds_no_number(read: Read) -> None:
    parsed = read(f"Datum;Typ;Anteckning\n{NUMBER};a;ring {NUMBER}\n2024-03-01;a;lugnt\n2024-03-02;a;lugnt\n")
    assert [(error.row, error.value) for error in parsed.refused] == [(2, "…")]


def test_a_note_that_is_left_out_for_its_length_refuses_nothing(read: Read) -> None:
    parsed = read(f"Datum;Typ;Anteckning\n2024-03-01;a;{NUMBER} {'x' * 280}\n")
    assert parsed.rows["note"].tolist() == [None]
    assert parsed.refused == []


def test_a_word_that_is_not_known_is_not_told_when_it_is_personal(read: Read) -> None:
    parsed = read("Datum;Typ;Polisanmäld\n2024-03-01;a;Ja\n2024-03-02;a;070-123 45 67\n2024-03-03;a;kanske\n")
    (remark,) = (one for one in parsed.warnings if one.key == "word_unknown")
    assert remark.parameters["values"] == "…"


def test_a_whole_file_is_refused_without_the_number() -> None:
    error = ImportRefused(reason="mapping_broken", field="categories", value=NUMBER)
    assert error.parameters == {"field": "categories", "value": "…"}
    assert NUMBER not in repr(error)


@pytest.mark.parametrize(
    ("value", "as_told"),
    [
        ("Storgatan 12", "Storgatan 12"),
        (f"vid {NUMBER}", "…"),
        ({"a": [NUMBER, 3], NUMBER: ("x", "a@b.se")}, {"a": ["…", 3], "…": ("x", "…")}),
        (850101, 850101),
        (None, None),
    ],
)
def test_what_may_be_told(value: object, as_told: object) -> None:
    assert tellable(value) == as_told


def test_a_mapping_of_a_personal_code_is_still_a_refused_row(read: Read) -> None:
    parsed = read(FILE, mapping=Mapping(categories={f"Stöld {NUMBER}": "theft_other"}))
    assert [error.row for error in parsed.refused] == [3, 4]
