from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shapely

from dashboard.demo import load_sample
from data_access.changes import AreaRow, record_areas
from data_access.database import DatabaseError
from data_access.frame import read_frame
from data_access.permissions import OPERATOR
from tests.data_access.changes.rows import one, rows
from tests.small_town import EAST, NORTH, SRID

if TYPE_CHECKING:
    from data_access.database import Database


def _refused(database: Database) -> None:
    """Nothing is said to be begun, and nothing is written."""
    before = (
        one(database, "select data_version from municipality"),
        one(database, "select count(*) from audit_log"),
    )
    steps: list[str] = []
    with pytest.raises(DatabaseError) as caught:
        load_sample(database, OPERATOR, say=steps.append)
    assert (caught.value.reason, caught.value.parameters) == ("has_own_data", {"url": database.url})
    assert steps == []
    assert (
        one(database, "select data_version from municipality"),
        one(database, "select count(*) from audit_log"),
    ) == before
    assert one(database, "select count(*) from organisation where is_sample") == 0


def test_a_municipality_with_its_own_data_is_left_alone(small: Database) -> None:
    names = rows(small, "select name from municipality")
    _refused(small)
    assert rows(small, "select name from municipality") == names


def test_own_areas_are_enough(empty: Database) -> None:
    square = shapely.MultiPolygon([shapely.box(EAST, NORTH, EAST + 1000, NORTH + 1000)])
    record_areas(empty, OPERATOR, [AreaRow(1, "01", "Norr", square)], name="Egna", srid=SRID)
    _refused(empty)


def test_the_sample_where_it_is_already_changes_nothing(own_sample: Database) -> None:
    version = one(own_sample, "select data_version from municipality")
    load_sample(own_sample, OPERATOR)
    assert one(own_sample, "select data_version from municipality") == version
    assert one(own_sample, "select count(*) from organisation where not is_sample") == 0


def test_an_interrupted_attempt_is_made_anew(empty: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("dashboard.demo._interventions", _stop)
        with pytest.raises(KeyboardInterrupt):
            load_sample(empty, OPERATOR)
    assert not read_frame(empty, OPERATOR).is_sample
    load_sample(empty, OPERATOR)
    assert read_frame(empty, OPERATOR).is_sample
    assert len(read_frame(empty, OPERATOR).area_sets) == 1
    assert one(empty, "select count(*) from intervention") > 0


def _stop(*_given: object) -> None:
    raise KeyboardInterrupt
