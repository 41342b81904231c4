from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from alembic import command
from sqlalchemy import CheckConstraint, UniqueConstraint, inspect, text
from sqlmodel import SQLModel

from data_access.changes import (
    FindingEntry,
    change_intervention,
    claim_delivery,
    finish_delivery,
    initialise,
    move_intervention,
    rate_area,
    record_doses,
    record_finding,
    record_intervention,
    record_look,
    reopen_meeting,
)
from data_access.database import DatabaseError, _alembic_config
from data_access.findings import read_findings
from data_access.importers.survey_mapping import SurveyMapping
from data_access.interventions import read_intervention
from data_access.meetings import read_deliveries
from data_access.migrations import triggers
from data_access.permissions import OPERATOR
from data_access.surveys.door import read_release
from tests.data_access.changes.refusals import everything
from tests.data_access.changes.rows import dump, one, rows
from tests.data_access.changes.test_interventions import PLAN, WHOLE
from tests.data_access.held import close, closed, decide, listed, opened, prepared, read
from tests.data_access.snapshots import add
from tests.data_access.surveys.files import release

if TYPE_CHECKING:
    from data_access.database import Database


def go_back(database: Database, revision: str) -> None:
    with database._opened(samsyn_write=True, samsyn_upgrade=True) as connection:
        config = _alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def contents(database: Database) -> dict[str, Any]:
    kept = {name: found for name, found in dump(database).items() if name != "sqlite_sequence"}
    columns = [name for (name,) in rows(database, "select name from pragma_table_info('municipality')")]
    return kept | {"municipality": dict(zip(columns, *kept["municipality"], strict=True))}


def made(database: Database, name: str) -> str:
    return one(database, f"select sql from sqlite_master where name = '{name}'")


def test_a_database_with_data_is_brought_up_to_date_and_keeps_every_row(small: Database) -> None:
    before, references = contents(small), made(small, "incident_area")
    go_back(small, "0002")
    assert "AUTOINCREMENT" not in made(small, "incident")
    assert "facts_epoch" not in made(small, "municipality")
    initialise(small)
    assert contents(small) == before | {"municipality": before["municipality"] | {"facts_epoch": 0}}
    assert "AUTOINCREMENT" in made(small, "incident")
    assert made(small, "incident_area") == references
    assert one(small, "pragma foreign_keys") == 1
    assert rows(small, "pragma foreign_key_check") == []
    add(small, 1)
    assert one(small, "select max(id) from incident") == 14


def lines_of(database: Database, name: str) -> list[str]:
    """Columns and rules of a table, in no order."""
    return sorted(line.strip(", \t") for line in made(database, name).splitlines())


PLAN_OF_BEFORE = replace(PLAN, hypothesis="Ljus hjälper", status="ended")


def test_interventions_of_before_the_register_keep_what_they_had(either: Database) -> None:
    """Down and up: the new columns are as if nobody had filled them in, and the rows that refer to it stay."""
    for entry in (PLAN_OF_BEFORE, replace(WHOLE, hypothesis="Ljus hjälper", status="ended")):
        number = record_intervention(either, OPERATOR, entry, area_set_id=1)
        record_doses(either, OPERATOR, number, {entry.starts_on: 1})
        record_look(either, OPERATOR, number, entry.starts_on)
    go_back(either, "0004")
    assert len(rows(either, "select * from intervention")[0]) == 11
    either.upgrade()
    either.require_current()
    first, second = (read_intervention(either, OPERATOR, number) for number in (1, 2))
    assert first is not None
    assert second is not None
    assert replace(second.fact, id=1) == replace(first.fact, title=second.fact.title)
    assert (first.fact.title, first.fact.areas, first.fact.categories) == (
        PLAN.title,
        ("01",),
        ("noise", "vandalism"),
    )
    assert (first.fact.approach, first.fact.horizon, first.fact.goal_pct) == ("situational", "short", None)
    for found in (first, second):
        assert (found.hypothesis, found.fact.status, found.revision) == ("Ljus hjälper", "ended", 1)
        assert (found.problem, found.cost_sek, found.doses, found.looks) == ("", None, (), 0)
    assert record_intervention(either, OPERATOR, WHOLE, area_set_id=1) == 3
    with either.engine.connect() as connection:
        assert triggers.installed(connection)


def test_a_goal_in_a_survey_goes_down_and_an_intervention_of_before_has_none(either: Database) -> None:
    number = record_intervention(either, OPERATOR, WHOLE, area_set_id=1)
    go_back(either, "0011")
    either.upgrade()
    either.require_current()
    found = read_intervention(either, OPERATOR, number)
    assert found is not None
    assert (found.fact.goal_instrument, found.fact.goal_indicator, found.goal) == ("", "", WHOLE.goal)
    assert record_intervention(either, OPERATOR, WHOLE, area_set_id=1) == number + 1
    with either.engine.connect() as connection:
        assert triggers.installed(connection)


def test_meetings_go_down_and_up_and_leave_the_rest_alone(either: Database) -> None:
    before = everything(either)
    with either.engine.connect() as connection:
        made_by_models = inspect(connection).get_table_names()
    assert set(before) <= set(made_by_models)
    number = opened(either)
    decide(either, number, area_codes=("01",), category_codes=("noise",))
    rate_area(either, OPERATOR, number, "01", level=1, reason="x")
    go_back(either, "0006")
    with either.engine.connect() as connection:
        gone = set(made_by_models) - set(inspect(connection).get_table_names())
        assert triggers.installed(connection)
    assert gone == MEETING_TABLES | FINDING_TABLES
    either.upgrade()
    either.require_current()
    changing = {"audit_log", "municipality"}
    after = everything(either)
    assert {name: after[name] for name in set(before) - changing} == {
        name: before[name] for name in set(before) - changing
    }
    assert opened(either) == number
    with either.engine.connect() as connection:
        assert triggers.installed(connection)


def test_waves_go_down_and_up_and_are_told_as_before(either: Database) -> None:
    release(either, mapping=SurveyMapping(cut_points={"school.bullying": 3}))
    before = read_release(either, OPERATOR, 1)
    go_back(either, "0008")
    either.upgrade()
    either.require_current()
    assert read_release(either, OPERATOR, 1) == before
    assert release(either, mapping=SurveyMapping(cut_points={"school.bullying": 3})).is_known
    with either.engine.connect() as connection:
        assert triggers.installed(connection)


def test_minutes_and_sendings_of_before_editions_are_the_first(either: Database) -> None:
    """Down and up: what went out as the second edition or to a forgotten address has no place in the older tables."""
    for email in ("a@b.example", "c@d.example"):
        listed(either, email)
    held, begun = closed(either), opened(either, date(2026, 1, 27))
    for _ in range(2):
        mine = claim_delivery(either, OPERATOR, held, "a@b.example")
        assert mine is not None
        finish_delivery(either, OPERATOR, mine.delivery, "sent", digest="x" * 64)
        reopen_meeting(either, OPERATOR, held, "Fel", revision=read(either, held).revision)
        close(either, held, {"edition": 2})
    assert read(either, held).edition == 2
    go_back(either, "0007")
    either.upgrade()
    either.require_current()
    assert (read(either, held).edition, read(either, begun).edition) == (1, 0)
    (sent,) = read_deliveries(either, OPERATOR, held)
    assert (sent.edition, sent.recipient, sent.status) == (1, "a@b.example", "sent")
    assert prepared(either, date(2026, 2, 3)) == begun + 1
    with either.engine.connect() as connection:
        assert triggers.installed(connection)


def test_a_line_of_text_of_an_intervention_becomes_a_finding_that_it_points_to(either: Database) -> None:
    """Down and up: the same text twice in a set is one finding, in the districts of both; what was changed of it stays told."""
    wave = release(either, wave="Våren").wave_id
    said = (
        ("Mörkt vid kajen", ("01",)),
        ("Mörkt vid kajen", ("02",)),
        ("Våren: Skolk: 23 %.", ("03",)),
        ("", ("04",)),
    )
    for number, (text_of, areas) in enumerate(said, start=1):
        of = text_of or "x"
        finding = record_finding(either, OPERATOR, FindingEntry(of), area_set_id=1)
        entry = replace(PLAN, area_codes=areas, finding_id=finding if text_of else None)
        assert record_intervention(either, OPERATOR, entry, area_set_id=1) == number
    changed = replace(PLAN, area_codes=("01",), finding_id=2)
    change_intervention(either, OPERATOR, 1, changed, revision=1)
    go_back(either, "0008")
    texts = rows(either, "select finding from intervention order by id")
    assert texts == [(text_of,) for text_of, _ in said]
    either.upgrade()
    either.require_current()
    found = {one.fact.statement: one for one in read_findings(either, OPERATOR)}
    dark, told = found["Mörkt vid kajen"], found["Våren: Skolk: 23 %."]
    assert len(found) == 2
    assert (dark.fact.source, dark.fact.wave_id, dark.fact.areas) == ("other", None, ("01", "02"))
    assert (told.fact.source, told.fact.wave_id, told.fact.areas) == ("indicator", wave, ("03",))
    assert [answer.id for answer in dark.answers] == [1, 2]
    assert dark.fact.organisation == PLAN.organisation
    fourth, first = (read_intervention(either, OPERATOR, number) for number in (4, 1))
    assert fourth is not None
    assert first is not None
    assert fourth.finding is None
    assert first.finding == dark.fact
    assert first.fact.starts_on == PLAN.starts_on
    assert [one.field for one in first.changes] == ["finding_id"]
    assert record_finding(either, OPERATOR, FindingEntry("Ny"), area_set_id=1) > told.fact.id


def test_what_was_cancelled_goes_down_and_what_ended_without_a_last_day_gets_one(either: Database) -> None:
    """Down and up: before there was a status for it, what never was had only been proposed."""
    gone, ended, unknown = (
        record_intervention(either, OPERATOR, replace(PLAN, status=status), area_set_id=1)
        for status in ("decided", "ongoing", "ended")
    )
    move_intervention(either, OPERATOR, gone, "cancelled", revision=1, reason="Inga pengar")
    move_intervention(either, OPERATOR, ended, "ended", revision=1)
    go_back(either, "0009")
    with either.writing() as session:
        session.execute(text("update intervention set ends_on = null"))
        at = session.execute(
            text("select max(at) from intervention_change where after = 'ended'")
        ).scalar_one()
    either.upgrade()
    either.require_current()
    found = [read_intervention(either, OPERATOR, number) for number in (gone, ended, unknown)]
    statuses = [(one.fact.status, one.cancelled_because) for one in found if one]
    assert statuses == [("proposed", ""), ("ended", ""), ("ended", "")]
    days = [one.fact.ends_on for one in found if one]
    assert days == [None, date.fromisoformat(str(at)[:10]), None]
    assert record_intervention(either, OPERATOR, PLAN, area_set_id=1) == unknown + 1
    with either.engine.connect() as connection:
        assert triggers.installed(connection)


FINDING_TABLES = {"finding", "finding_area"}
MEETING_TABLES = {
    "meeting",
    "earlier_minutes",
    "rating",
    "focus",
    "decision",
    "decision_area",
    "decision_category",
    "decision_event",
    "meeting_recipient",
    "report_delivery",
}


def test_the_migrations_make_the_meetings_of_the_models(small: Database) -> None:
    with small.engine.connect() as connection:
        found = inspect(connection)
        for name in MEETING_TABLES | FINDING_TABLES:
            table = SQLModel.metadata.tables[name]
            assert {column["name"]: column["nullable"] for column in found.get_columns(name)} == {
                column.name: column.nullable for column in table.columns
            }, name
            keys = {str(one.name) for one in table.constraints if isinstance(one, UniqueConstraint)}
            assert {one["name"] for one in found.get_unique_constraints(name)} == keys, name
            rules = {str(one.name) for one in table.constraints if isinstance(one, CheckConstraint)}
            assert {one["name"] for one in found.get_check_constraints(name)} == rules, name
            assert {one["name"] for one in found.get_indexes(name)} == {one.name for one in table.indexes}, (
                name
            )


def test_sqlite_keeps_the_rules_of_the_table_that_is_made_anew(small: Database) -> None:
    before = lines_of(small, "intervention")
    go_back(small, "0004")
    small.upgrade()
    assert lines_of(small, "intervention") == before
    assert "id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT" in before
    assert len([line for line in before if "CHECK" in line]) == 9
    indexes = (
        "select name from sqlite_master where type = 'index' and tbl_name = 'intervention' order by name"
    )
    assert rows(small, indexes) == [
        ("ix_intervention_area_set_id",),
        ("ix_intervention_finding_id",),
        ("ix_intervention_organisation_id",),
    ]


def test_an_upgrade_that_would_leave_rows_without_what_they_refer_to_is_refused(small: Database) -> None:
    go_back(small, "0002")
    with small._opened(samsyn_upgrade=True) as connection:
        connection.execute(text("delete from incident where id = 1"))
    before = dump(small)
    with pytest.raises(DatabaseError) as caught:
        small.upgrade()
    assert (caught.value.reason, caught.value.parameters) == (
        "broken_references",
        {"tables": "incident_area", "count": 1},
    )
    assert small.revision() == "0002"
    assert dump(small) == before
