from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.reports.imports import document
from dashboard.texts import texts
from data_access.importers.errors import ImportRefused
from data_access.importers.mapping import Mapping
from data_access.imports import import_context, import_incidents, preview_incidents
from data_access.permissions import OPERATOR
from tests.data_access.changes.rows import dump, one, rows

if TYPE_CHECKING:
    from data_access.database import Database

FILE = b"nr;kod;nar\n1;X9;2025-03-01 10:00\n2;X9;2025-03-02 11:00\n"
LATER = b"nr;kod;nar\n3;X9;2025-03-03 10:00\n"
MAPPING = Mapping(
    columns={"source_key": "nr", "category": "kod", "occurred_from": "nar"}, categories={"X9": "graffiti"}
)


def test_what_an_organisation_confirmed_is_used_the_next_time(empty: Database) -> None:
    import_incidents(empty, OPERATOR, (FILE, "a.csv"), organisation="Parken AB", mapping=MAPPING)
    report = import_incidents(empty, OPERATOR, (LATER, "b.csv"), organisation="Parken AB")
    assert (report.stored, report.unknown_codes) == (1, {})
    assert (
        one(
            empty,
            "select count(*) from incident join category on category.id = category_id where code = 'graffiti'",
        )
        == 3
    )


def test_another_organisation_begins_without_it(empty: Database) -> None:
    import_incidents(empty, OPERATOR, (FILE, "a.csv"), organisation="Parken AB", mapping=MAPPING)
    assert import_context(empty, OPERATOR, "Hamnen AB").remembered is None
    report = import_incidents(empty, OPERATOR, (LATER, "b.csv"), organisation="Hamnen AB")
    assert (report.stored, report.unknown_codes) == (1, {"X9": 1})


def test_a_preview_writes_nothing(small: Database) -> None:
    before = dump(small)
    seen = preview_incidents(small, OPERATOR, (FILE, "a.csv"), organisation="Parken AB", mapping=MAPPING)
    assert seen.rows_read == 2
    assert dump(small) == before


def test_a_file_that_is_refused_leaves_no_trace(small: Database) -> None:
    before = dump(small)
    with pytest.raises(ImportRefused):
        import_incidents(small, OPERATOR, (b"a;b\nx;y\n", "a.csv"), organisation="Parken AB")
    assert dump(small) == before


def test_without_an_organisation_the_file_gives_its_name(empty: Database) -> None:
    report = import_incidents(empty, OPERATOR, (FILE, "parken.2025.csv"), mapping=MAPPING)
    assert report.organisation == "parken"


def test_the_context_knows_the_municipality(small: Database) -> None:
    context = import_context(small, OPERATOR)
    assert (context.srid, context.timezone) == (3006, "Europe/Stockholm")
    assert context.area_codes == {"01", "02", "03", "04"}
    assert context.area_names["hamnen"] == "01"
    assert context.near is not None
    west, south, east, north = context.near
    assert 16 < west < east < 18
    assert 58 < south < north < 59
    assert context.centroids is not None
    assert len(context.centroids) >= 4


@pytest.mark.parametrize(
    ("zone", "kept"), [("America/Chicago", "America/Chicago"), ("UTC", "Europe/Stockholm")]
)
def test_the_first_time_zone_is_kept_unless_nobody_lives_by_it(empty: Database, zone: str, kept: str) -> None:
    import_incidents(empty, OPERATOR, (FILE, "a.csv"), mapping=MAPPING, timezone=zone)
    assert rows(empty, "select timezone from municipality") == [(kept,)]
    hours = {"America/Chicago": [10, 11], "UTC": [11, 12]}[zone]
    assert [hour for (hour,) in rows(empty, "select local_hour from incident order by source_key")] == hours


def test_a_report_in_json_counts_what_it_lists(empty: Database) -> None:
    content = FILE + b"3;X9;2025-13-13 10:00\n"
    report = import_incidents(empty, OPERATOR, (content, "a.csv"), mapping=MAPPING)
    told = document(report, texts("en"))
    assert told["refused_count"] == len(told["refused"]) == 1
    assert told["read"] == told["stored"] + told["known"] + told["refused_count"]
