"""Which districts are the same after a file of districts was imported again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from data_access.permissions import LOCAL_VIEWER, AreaKey, Role, Viewer
from data_access.unchanged import unchanged_districts
from tests import small_town

if TYPE_CHECKING:
    from data_access.changes import AreaRow
    from data_access.database import Database


CODES = {"01", "02", "03", "04"}


def again(database: Database, *changed: AreaRow, **given: Any) -> int:
    """Import the districts once more, some of them changed; number of the new set."""
    codes = {(one.level, one.code) for one in changed}
    kept = [one for one in small_town.AREAS if (one.level, one.code) not in codes]
    return small_town.store_areas(
        database, [*kept, *changed], **({"file_sha256": "0" * 64} | given)
    ).area_set_id


def row(code: str) -> AreaRow:
    return next(one for one in small_town.AREAS if one.level == 1 and one.code == code)


def moved(code: str, by_m: float) -> AreaRow:
    """A district whose eastern edge lies elsewhere."""
    shape = shapely.transform(row(code).geometry, lambda at: at + np.where(at == at.max(0), [by_m, 0], 0))
    return replace(row(code), geometry=shape)


def test_the_same_file_again_has_the_same_districts(small: Database) -> None:
    turned = replace(row("02"), geometry=shapely.normalize(row("02").geometry))
    number = again(small, turned, moved("04", 0.2))
    assert number > 1
    assert unchanged_districts(small, LOCAL_VIEWER, 1, number) == CODES
    assert unchanged_districts(small, LOCAL_VIEWER, number, 1) == CODES
    assert unchanged_districts(small, LOCAL_VIEWER, 1, 1) == CODES


def test_another_name_outline_or_code_is_another_district(small: Database) -> None:
    number = again(small, replace(row("01"), name="Gamla hamnen"), moved("04", 50.0))
    assert unchanged_districts(small, LOCAL_VIEWER, 1, number) == {"02", "03"}
    split = again(small, replace(row("02"), code="20"), file_sha256="1" * 64)
    assert "20" not in unchanged_districts(small, LOCAL_VIEWER, 1, split)


def test_without_a_set_nothing_is_the_same(small: Database) -> None:
    assert unchanged_districts(small, LOCAL_VIEWER, None, 1) == set()
    assert unchanged_districts(small, LOCAL_VIEWER, 1, 99) == set()


def test_only_districts_in_sight_are_named(small: Database) -> None:
    number = again(small)
    of = Viewer("x", Role.HOUSING, 1, 1, areas=frozenset({AreaKey("Småstad", "02")}))
    assert unchanged_districts(small, of, 1, number) == {"02"}
