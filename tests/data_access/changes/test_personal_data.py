from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.refusals import in_words
from dashboard.texts import texts
from data_access.changes import (
    InterventionEntry,
    PersonalDataError,
    UnknownCodesError,
    change_intervention,
    record_incidents,
    record_intervention,
)
from data_access.importers.errors import RowError
from data_access.models.intervention import LONGEST
from data_access.permissions import OPERATOR
from tests.data_access.changes.rows import dump, one, rows
from tests.data_access.changes.test_transaction import PLAN
from tests.small_town import POLICE, file_of, incident, store_incidents

if TYPE_CHECKING:
    from data_access.database import Database

NUMBER = "850101-1234"
SECRETS = (NUMBER, "070-123 45 67", "anna@exempel.se", "８５０１０１－１２３４")  # noqa: RUF001


def told(row: int, note: str, **given: object) -> dict:
    return incident(f"k{row}", "noise", f"2026-01-{row:02d}T10:00", note=note, row=row, **given)


def test_the_door_refuses_rows_that_an_importer_let_through(empty: Database) -> None:
    texts = ["vid porten", f"såg {NUMBER}", SECRETS[1], SECRETS[2], f"a\u200b{SECRETS[3]}"]
    outcome = store_incidents(empty, [told(row, note) for row, note in enumerate(texts, start=2)])
    assert (outcome.read, outcome.stored, outcome.known, outcome.refused) == (5, 1, 0, 4)
    kept = rows(empty, "select row, field, value, reason, parameters from import_error order by row")
    assert kept == [
        (3, "note", "…", "personal_data_personal_number", '{"first": 5, "last": 15}'),
        (4, "note", "…", "personal_data_phone", '{"first": 1, "last": 13}'),
        (5, "note", "…", "personal_data_email", '{"first": 1, "last": 15}'),
        (6, "note", "…", "personal_data_personal_number", '{"first": 3, "last": 13}'),
    ]
    assert rows(empty, "select note from incident") == [("vid porten",)]
    assert one(empty, "select rows_refused from import_batch") == 4


def test_nothing_that_is_kept_holds_the_number(empty: Database) -> None:
    mapping = {
        "columns": {"note": f"Om {NUMBER}", "category": "Typ"},
        "categories": {f"X {NUMBER}": "noise", "Y": "graffiti"},
    }
    refused = [
        RowError(9, "severity", f"3 {NUMBER}", "date_unreadable"),
        RowError(10, "#9", "x" * 195 + NUMBER, "too_many_cells", {"cells": 9, "columns": 8}),
    ]
    store_incidents(
        empty,
        [told(2, f"såg {NUMBER}"), told(3, "lugnt", own_code=f"X {NUMBER}"), told(4, "lugnt", own_code="Y")],
        refused=refused,
        mapping=mapping,
    )
    everything = repr(dump(empty))
    assert NUMBER not in everything
    assert NUMBER[:6] not in everything
    assert rows(empty, "select own_code from category_code") == [("Y",)]
    assert rows(empty, "select own_code from incident") == [("Y",)]
    fields = rows(empty, "select row, field, value from import_error order by row")
    assert fields == [(2, "note", "…"), (3, "category", "…"), (9, "severity", "…"), (10, "#9", "…")]


def test_a_refused_row_goes_in_when_it_is_mended(empty: Database) -> None:
    store_incidents(empty, [told(2, f"såg {NUMBER}"), told(3, "lugnt")], name="first.csv")
    again = store_incidents(empty, [told(2, "såg någon"), told(3, "lugnt")], name="second.csv")
    assert (again.stored, again.known, again.refused) == (1, 1, 0)


def test_the_same_file_again_tells_the_same(empty: Database) -> None:
    file = file_of([told(2, f"såg {NUMBER}"), told(3, "lugnt")])
    first = record_incidents(empty, OPERATOR, file, organisation=POLICE)
    again = record_incidents(empty, OPERATOR, file, organisation=POLICE)
    assert (first.stored, first.refused) == (1, 1)
    assert (again.stored, again.known, again.refused) == (0, 1, 1)
    assert one(empty, "select count(*) from import_error") == 1


@pytest.mark.parametrize("field", LONGEST)
@pytest.mark.parametrize("secret", SECRETS)
def test_an_intervention_with_personal_data_is_refused_whole(
    small: Database, field: str, secret: str
) -> None:
    before = dump(small)
    entry = InterventionEntry(**(vars(PLAN) | {field: f"Ring {secret}"}))
    with pytest.raises(PersonalDataError) as caught:
        record_intervention(small, OPERATOR, entry, area_set_id=1)
    error = caught.value
    assert (error.field, error.parameters) == (field, {"first": 6, "last": 5 + len(secret)})
    assert error.reason.startswith("personal_data_")
    assert secret not in repr(error)
    assert dump(small) == before


def test_so_is_a_change_that_would_bring_some_in(small: Database) -> None:
    number = record_intervention(small, OPERATOR, PLAN, area_set_id=1)
    before = dump(small)
    entry = InterventionEntry(**(vars(PLAN) | {"cause": f"Ring {NUMBER}"}))
    with pytest.raises(PersonalDataError) as caught:
        change_intervention(small, OPERATOR, number, entry, revision=1)
    assert dump(small) == before
    for language, said in (("sv", "Orsak: "), ("en", "Cause: ")):
        words = in_words(caught.value, texts(language))
        assert words.startswith(said)
        assert NUMBER not in words


def test_personal_data_is_told_before_unknown_codes(small: Database) -> None:
    wrong = vars(PLAN) | {"area_codes": ("99",)}
    with pytest.raises(UnknownCodesError):
        record_intervention(small, OPERATOR, InterventionEntry(**wrong), area_set_id=1)
    with pytest.raises(PersonalDataError):
        record_intervention(small, OPERATOR, InterventionEntry(**(wrong | {"title": NUMBER})), area_set_id=1)
