from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from data_access.changes import WaveEntry, initialise, record_release, remove_sample
from data_access.importers.survey_mapping import SurveyMapping
from data_access.permissions import OPERATOR, NotPermittedError, Role, Viewer
from data_access.surveys.build import build_release
from data_access.surveys.door import read_release, read_waves
from tests.data_access.changes.rows import dump, one, rows
from tests.data_access.changes.test_members import last_change, refused
from tests.data_access.surveys.files import csv, release, rows_of
from tests.data_access.surveys.simulated import SECRET, Shape, survey
from tests.small_town import store_areas

if TYPE_CHECKING:
    from data_access.database import Database

ENTRY = WaveEntry("youth", "Våren", 2026, date(2026, 3, 1), date(2026, 4, 30), area_set_id=1)


def test_the_catalogue_is_there_from_the_start_and_made_once(empty: Database) -> None:
    assert one(empty, "select count(*) from survey_indicator where instrument = 'youth'") == 66
    assert one(empty, "select count(*) from survey_indicator where instrument = 'safety'") == 34
    initialise(empty)
    assert one(empty, "select count(*) from survey_indicator") == 100
    assert one(empty, "select count(*) from survey_indicator where scale = 'index'") == 11


def test_a_wave_is_written_once_and_the_same_file_changes_nothing(either: Database) -> None:
    first = release(either)
    cells = rows(either, "select * from survey_release order by 1, 2, 3, 4, 5, 6")
    again = release(either)
    assert (again.is_known, again.wave_id, again.edition) == (True, first.wave_id, 1)
    assert rows(either, "select * from survey_release order by 1, 2, 3, 4, 5, 6") == cells
    assert len(cells) == 5 * 5 * 7
    assert len(read_waves(either, OPERATOR)) == 1


def test_the_log_says_how_many_cells_and_nothing_of_answers(small: Database) -> None:
    report = release(small)
    said = last_change(small)
    assert set(said) == {"instrument", "edition", "cells", "shown"}
    assert said["cells"] == report.cells + 25  # and everybody who took part


def changed(count: int) -> list[list[str]]:
    """The usual answers, where so many pupils say something else."""
    found = rows_of()
    for row in found[:count]:
        row[7] = "Nej" if row[7] == "Ja" else "Ja"
    return found


def test_a_corrected_edition_needs_the_old_file_and_ten_changed_respondents(small: Database) -> None:
    release(small)
    before = dump(small)
    old = csv(rows_of())
    assert refused(lambda: release(small, changed(12)))[0] == "edition_needs_file"
    assert refused(lambda: release(small, changed(12), previous=csv(changed(1))))[0] == "edition_other_file"
    for few in (1, 9):
        assert refused(lambda few=few: release(small, changed(few), previous=old))[0] == "edition_small"
    one_less = rows_of()[1:]
    assert refused(lambda: release(small, one_less, previous=old))[0] == "edition_small"
    assert dump(small) == before
    report = release(small, changed(10), previous=old)
    assert (report.edition, report.wave_id) == (2, 2)
    assert [(wave.id, wave.edition) for wave in read_waves(small, OPERATOR)] == [(2, 2)]
    assert read_release(small, OPERATOR, 1) is None
    unchanged = "select * from survey_release where wave_id = 1"
    assert sorted(rows(small, unchanged), key=repr) == before["survey_release"]


def test_the_same_people_cannot_be_published_under_another_name(small: Database) -> None:
    release(small)
    for rows_given in (rows_of(), rows_of()[1:]):
        assert refused(lambda given=rows_given: release(small, given, wave="En till"))[0] == "wave_overlaps"
    mapping = SurveyMapping(first_day="2026-12-31", last_day="2027-02-01")
    assert (
        refused(lambda: release(small, rows_of()[1:], wave="En till", mapping=mapping))[0] == "wave_overlaps"
    )
    assert refused(lambda: release(small, wave="Nästa år", year=2027))[0] == "wave_same_file"
    assert release(small, rows_of(2), wave="Nästa år", year=2027).edition == 1


@pytest.mark.parametrize("is_dry", [True, False])
def test_what_cannot_be_published_is_refused_when_it_is_only_looked_at(
    small: Database, *, is_dry: bool
) -> None:
    release(small)
    before = dump(small)
    asked: dict[str, dict[str, Any]] = {
        "wave_overlaps": {"rows": rows_of(2), "wave": "En till"},
        "wave_same_file": {"wave": "I fjol", "year": 2025},
        "edition_needs_file": {"rows": changed(12)},
        "edition_small": {"rows": changed(3), "previous": csv(rows_of())},
        "edition_other_file": {"rows": changed(12), "previous": csv(changed(1))},
        "edition_other_areas": {
            "mapping": SurveyMapping(areas="none"),
            "previous": csv(rows_of()),
            "rows": changed(12),
        },
        "period": {"mapping": SurveyMapping(first_day="2025-12-31", last_day="2025-01-01"), "wave": "I fjol"},
        "name_long": {"wave": "x" * 121},
    }
    for reason, given in asked.items():
        assert refused(lambda given=given: release(small, is_dry=is_dry, **given))[0] == reason
    assert dump(small) == before


def test_a_look_says_that_a_file_is_published_already_and_writes_nothing(small: Database) -> None:
    looked = release(small, is_dry=True)
    assert (looked.wave_id, looked.edition, looked.is_known) == (None, 0, False)
    release(small)
    before = dump(small)
    assert release(small, is_dry=True).is_known
    report = release(small, changed(12), previous=csv(rows_of()), is_dry=True)
    assert (report.wave_id, report.is_known) == (None, False)
    assert dump(small) == before


@pytest.mark.parametrize("role", [Role.ANALYST, Role.POLICE])
def test_only_who_publishes_may_look(small: Database, role: Role) -> None:
    with pytest.raises(NotPermittedError):
        release(small, viewer=Viewer("x", role, 1, 1), is_dry=True)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": " "}, "name_empty"),
        ({"name": "x" * 121}, "name_long"),
        ({"instrument": "poll"}, "unknown"),
        ({"last_day": date(2026, 2, 1)}, "period"),
        ({"area_set_id": 9}, "unknown_areas"),
        ({"purpose": "x" * 201}, "text_long"),
    ],
)
def test_a_wave_that_makes_no_sense_is_refused(
    small: Database, change: dict[str, object], reason: str
) -> None:
    built = build_release(replace(survey(1, Shape(areas=4)), areas=("01", "02", "03", "04")), SECRET)
    before = dump(small)
    assert refused(lambda: record_release(small, OPERATOR, replace(ENTRY, **change), built))[0] == reason
    assert dump(small) == before


def test_districts_and_questions_must_be_known(small: Database) -> None:
    built = build_release(survey(1, Shape(areas=4)), SECRET)  # districts 00-03
    assert refused(lambda: record_release(small, OPERATOR, ENTRY, built))[0] == "unknown_areas"
    known = build_release(replace(survey(1, Shape(areas=4)), areas=("01", "02", "03", "04")), SECRET)
    assert refused(lambda: record_release(small, OPERATOR, ENTRY, known))[0] == "unknown"


@pytest.mark.parametrize("role", [Role.ANALYST, Role.REPORTER, Role.POLICE, Role.HOUSING, Role.PRESENTER])
def test_only_who_steers_may_publish(small: Database, role: Role) -> None:
    before = dump(small)
    with pytest.raises(NotPermittedError):
        release(small, viewer=Viewer("x", role, 1, 1))
    assert dump(small) == before


def test_the_database_takes_no_number_of_a_hidden_cell(small: Database) -> None:
    release(small)
    for change in (
        "n = 9, amount = 1",
        "n = 20, amount = null",
        "n = 20, amount = 121",
        "n = null, amount = null",
    ):
        with pytest.raises(IntegrityError), small.writing() as session:
            session.execute(text(f"update survey_release set {change} where state = 'shown'"))
    with pytest.raises(IntegrityError), small.writing() as session:
        session.execute(text("update survey_release set n = 12, amount = 1 where state = 'hidden'"))


def test_waves_of_the_sample_go_with_its_districts(small: Database) -> None:
    store_areas(small, name="Exempel", is_sample=True, file_sha256="e")
    release(small, areas="Exempel", wave="Exempel", year=2024)
    release(small, rows_of(2), areas="Småstad")
    remove_sample(small, OPERATOR)
    assert [wave.name for wave in read_waves(small, OPERATOR)] == ["Våren 2026"]
    assert one(small, "select count(distinct wave_id) from survey_release") == 1
