from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from data_access.changes import (
    EntryError,
    FindingEntry,
    PersonalDataError,
    UnknownCodesError,
    change_finding,
    change_intervention,
    date_sample_findings,
    record_finding,
    record_intervention,
    withdraw_finding,
)
from data_access.changes.surveys import remove_waves
from data_access.findings import FindingFact, read_findings
from data_access.interventions import read_intervention
from data_access.models import SurveyWave
from data_access.models.finding import LONGEST_IN_FINDING
from data_access.permissions import OPERATOR, NotPermittedError, Role, Viewer
from tests.data_access.changes.refusals import everything, refused
from tests.data_access.changes.rows import logged, one, rows
from tests.data_access.changes.test_interventions import HOUSING_ID, PLAN, POLICE_ID, member
from tests.data_access.surveys.files import release
from tests.small_town import POLICE

if TYPE_CHECKING:
    from data_access.database import Database

DARK = FindingEntry("Mörkt vid kajen", "incidents", ("01",))
EVERYWHERE = FindingEntry("Fler är oroliga i hela kommunen")


def record(database: Database, entry: FindingEntry = DARK, viewer: Viewer = OPERATOR) -> int:
    return record_finding(database, viewer, entry, area_set_id=1)


def read(database: Database, number: int, viewer: Viewer = OPERATOR) -> FindingFact:
    return next(one.fact for one in read_findings(database, viewer) if one.fact.id == number)


def statements(database: Database, viewer: Viewer) -> list[str]:
    return [one.fact.statement for one in read_findings(database, viewer)]


# --- recording ---------------------------------------------------------------------------------------------------------------


def test_everything_that_was_entered_is_read_back(either: Database) -> None:
    wave = release(either).wave_id
    entry = FindingEntry("Konflikter är vanliga", "indicator", ("02", "01"), wave, "family.conflicts")
    number = record(either, entry, member(Role.POLICE, POLICE_ID))
    found = read(either, number)
    assert (found.statement, found.source, found.areas) == (
        "Konflikter är vanliga",
        "indicator",
        ("01", "02"),
    )
    assert (found.area_names, found.is_of_all) == (("Hamnen", "Torget"), False)
    assert (found.wave_id, found.wave, found.year) == (wave, "Våren 2026", 2026)
    assert (found.indicator, found.name_en) == ("family.conflicts", "Conflicts")
    assert (found.organisation_id, found.organisation) == (POLICE_ID, POLICE)
    assert (found.is_withdrawn, found.withdrawn_reason, found.revision) == (False, "", 1)
    assert logged(either)[0] == {"finding": number, "source": "indicator", "areas": ["02", "01"]}


def test_one_without_districts_is_of_the_whole_municipality(either: Database) -> None:
    found = read(either, record(either, EVERYWHERE))
    assert (found.areas, found.is_of_all, found.organisation, found.wave) == ((), True, "", "")


def test_a_municipality_without_districts_has_findings_too(empty: Database) -> None:
    number = record_finding(empty, OPERATOR, EVERYWHERE, area_set_id=None)
    assert read(empty, number).is_of_all
    with pytest.raises(UnknownCodesError):
        record_finding(empty, OPERATOR, DARK, area_set_id=None)


def test_the_sentence_is_one_line_without_what_nobody_sees(small: Database) -> None:
    number = record(small, replace(DARK, statement="  Mörkt\nvid\u200b kajen "))
    assert read(small, number).statement == "Mörkt vid kajen"


@pytest.mark.parametrize(
    ("entry", "reason", "field"),
    [
        (replace(DARK, statement=" \n"), "text_empty", "statement"),
        (replace(DARK, statement="x" * 301), "text_long", "statement"),
        (replace(DARK, source="rumour"), "unknown", "source"),
        (replace(DARK, wave_id=1), "finding_rests_on", ""),
        (replace(DARK, source="gap", indicator_code="total"), "finding_rests_on", ""),
        (replace(DARK, source="gap", wave_id=99), "unknown", "wave"),
        (replace(DARK, source="gap", wave_id=1, indicator_code="family.nothing"), "unknown", "indicator"),
        (replace(DARK, area_codes=("99",)), "unknown_areas", ""),
    ],
)
def test_what_cannot_be_stored_is_refused_whole(
    small: Database, entry: FindingEntry, reason: str, field: str
) -> None:
    assert release(small).wave_id == 1
    number = record(small)
    for write in (
        lambda: record(small, entry),
        lambda: change_finding(small, OPERATOR, number, entry, revision=1),
    ):
        error = refused(small, write)
        assert (error.reason, error.field) == (reason, field)


@pytest.mark.parametrize("field", LONGEST_IN_FINDING)
def test_personal_data_is_refused_and_not_repeated(small: Database, field: str) -> None:
    number, secret = record(small), "850101-1234"
    before = everything(small)
    writes = {
        "statement": lambda: record(small, replace(DARK, statement=f"Ring {secret}")),
        "withdrawn_reason": lambda: withdraw_finding(small, OPERATOR, number, f"Ring {secret}", revision=1),
    }
    with pytest.raises(PersonalDataError) as caught:
        writes[field]()
    assert (caught.value.field, caught.value.parameters) == (field, {"first": 6, "last": 16})
    assert secret not in repr(caught.value)
    assert everything(small) == before


# --- correcting and withdrawing ----------------------------------------------------------------------------------------------


def test_an_edit_counts_and_one_that_changes_nothing_does_not(either: Database) -> None:
    number = record(either)
    change_finding(either, OPERATOR, number, DARK, revision=1)
    assert read(either, number).revision == 1
    change_finding(either, OPERATOR, number, replace(DARK, area_codes=("02", "03")), revision=1)
    found = read(either, number)
    assert (found.revision, found.areas, found.statement) == (2, ("02", "03"), DARK.statement)
    assert logged(either)[0]["changed"] == ["areas"]


def test_whoever_saw_another_version_is_told(small: Database) -> None:
    number = record(small)
    change_finding(small, OPERATOR, number, replace(DARK, statement="Mörkt"), revision=1)
    for write in (
        lambda: change_finding(small, OPERATOR, number, DARK, revision=1),
        lambda: withdraw_finding(small, OPERATOR, number, "Nytt ljus", revision=1),
    ):
        assert refused(small, write).reason == "changed_meanwhile"


def test_one_that_is_withdrawn_stays_with_its_reason_and_changes_no_more(either: Database) -> None:
    number = record(either)
    withdraw_finding(either, OPERATOR, number, " Nytt ljus\n", revision=1)
    found = read(either, number)
    assert (found.is_withdrawn, found.withdrawn_reason, found.revision) == (True, "Nytt ljus", 2)
    for write in (
        lambda: change_finding(either, OPERATOR, number, DARK, revision=2),
        lambda: withdraw_finding(either, OPERATOR, number, "Igen", revision=2),
    ):
        assert refused(either, write).reason == "finding_withdrawn"


def test_no_reason_no_withdrawal_and_nothing_is_nowhere(small: Database) -> None:
    number = record(small)
    error = refused(small, lambda: withdraw_finding(small, OPERATOR, number, " ", revision=1))
    assert (error.reason, error.field) == ("text_empty", "withdrawn_reason")
    for missing in (99, 0, -1, 2**70):
        error = refused(small, lambda n=missing: withdraw_finding(small, OPERATOR, n, "Fel", revision=1))
        assert error.reason == "unknown"


@pytest.mark.parametrize("role", [Role.POLICE, Role.HOUSING])
def test_an_organisation_changes_its_own_only(small: Database, role: Role) -> None:
    others = record(small, viewer=member(Role.POLICE, HOUSING_ID if role is Role.POLICE else POLICE_ID))
    mine = member(role, POLICE_ID if role is Role.POLICE else HOUSING_ID, "01")
    for number in (others, record(small)):
        with pytest.raises(NotPermittedError):
            withdraw_finding(small, mine, number, "Fel", revision=1)
    own = record(small, viewer=mine)
    withdraw_finding(small, mine, own, "Fel", revision=1)
    assert read(small, own).is_withdrawn


def test_districts_that_somebody_does_not_see_are_neither_chosen_nor_lost(small: Database) -> None:
    housing = member(Role.HOUSING, HOUSING_ID, "01", "02")
    with pytest.raises(UnknownCodesError):
        record(small, replace(DARK, area_codes=("01", "03")), housing)
    number = record(small, DARK, housing)
    change_finding(small, OPERATOR, number, replace(DARK, area_codes=("01", "03")), revision=1)
    change_finding(small, housing, number, replace(DARK, area_codes=("02",)), revision=2)
    assert read(small, number).areas == ("02", "03")
    seen = read(small, number, housing)
    assert (seen.areas, seen.area_names, seen.is_of_all) == (("02",), ("Torget",), False)


# --- who reads ---------------------------------------------------------------------------------------------------------------


def test_each_role_reads_findings_of_its_districts_and_of_all(either: Database) -> None:
    record(either, EVERYWHERE)
    record(either, replace(DARK, statement="Ett", area_codes=("01",)))
    record(either, replace(DARK, statement="Två", area_codes=("02", "03")))
    told = {role: set(statements(either, member(role, POLICE_ID))) for role in Role}
    everything_said = {EVERYWHERE.statement, "Ett", "Två"}
    whole = {EVERYWHERE.statement}
    assert told == dict.fromkeys(Role, everything_said) | {Role.REPORTER: whole, Role.HOUSING: whole}
    assert set(statements(either, member(Role.HOUSING, HOUSING_ID, "03"))) == whole | {"Två"}
    assert set(statements(either, member(Role.PRESENTER, POLICE_ID, "01"))) == whole | {"Ett"}


def test_the_newest_comes_first_with_the_interventions_that_the_viewer_sees(small: Database) -> None:
    first = record(small)
    second = record(small, EVERYWHERE)
    for area in ("01", "02"):
        plan = replace(PLAN, area_codes=(area,), finding_id=second, title=f"Ljus {area}")
        record_intervention(small, OPERATOR, plan, area_set_id=1)
    assert [one.fact.id for one in read_findings(small, OPERATOR)] == [second, first]
    housing = member(Role.HOUSING, HOUSING_ID, "02")
    for viewer, titles in ((OPERATOR, ["Ljus 01", "Ljus 02"]), (housing, ["Ljus 02"])):
        answers = read_findings(small, viewer)[0].answers
        assert [answer.title for answer in answers] == titles


# --- what interventions answer -----------------------------------------------------------------------------------------------


def answered(database: Database, number: int | None, viewer: Viewer = OPERATOR) -> int:
    return record_intervention(database, viewer, replace(PLAN, finding_id=number), area_set_id=1)


def test_an_intervention_answers_a_finding_and_tells_when_that_is_changed(either: Database) -> None:
    first, second = record(either), record(either, EVERYWHERE)
    plan = answered(either, first)
    found = read_intervention(either, OPERATOR, plan)
    assert found is not None
    assert found.finding == read(either, first)
    change_intervention(either, OPERATOR, plan, replace(PLAN, finding_id=second), revision=1)
    found = read_intervention(either, OPERATOR, plan)
    assert found is not None
    assert found.finding == read(either, second)
    (change,) = found.changes
    assert (change.field, change.before, change.after) == ("finding_id", DARK.statement, EVERYWHERE.statement)


def test_one_that_is_withdrawn_stays_where_it_was_chosen_and_is_chosen_no_more(small: Database) -> None:
    number = record(small)
    plan = answered(small, number)
    withdraw_finding(small, OPERATOR, number, "Nytt ljus", revision=1)
    same = replace(PLAN, title="Ljus", finding_id=number)
    change_intervention(small, OPERATOR, plan, same, revision=1)
    found = read_intervention(small, OPERATOR, plan)
    assert found is not None
    assert found.finding is not None
    assert found.finding.is_withdrawn
    assert refused(small, lambda: answered(small, number)).reason == "finding_withdrawn"
    assert refused(small, lambda: answered(small, 99)).reason == "unknown"
    change_intervention(small, OPERATOR, plan, replace(same, finding_id=None), revision=2)
    again = refused(small, lambda: change_intervention(small, OPERATOR, plan, same, revision=3))
    assert again.reason == "finding_withdrawn"


def test_what_somebody_does_not_see_of_it_is_not_told_and_not_taken_away(small: Database) -> None:
    far, near = record(small, replace(DARK, area_codes=("03",))), record(small, EVERYWHERE)
    housing = member(Role.HOUSING, HOUSING_ID, "01")
    of_theirs = replace(PLAN, organisation="Bostadsbolaget")
    plan = record_intervention(small, OPERATOR, replace(of_theirs, finding_id=near), area_set_id=1)
    change_intervention(small, OPERATOR, plan, replace(of_theirs, finding_id=far), revision=1)
    found = read_intervention(small, housing, plan)
    assert found is not None
    assert found.finding is None
    (change,) = found.changes
    assert (change.before, change.after) == (EVERYWHERE.statement, "")
    change_intervention(small, housing, plan, replace(of_theirs, title="Ljus"), revision=2)
    assert one(small, "select finding_id from intervention") == far
    with pytest.raises(EntryError):
        record_intervention(small, housing, replace(of_theirs, finding_id=far), area_set_id=1)


def test_a_wave_that_goes_leaves_its_findings(small: Database) -> None:
    wave = release(small).wave_id
    number = record(small, FindingEntry("Konflikter", "indicator", ("01",), wave, "family.conflicts"))
    with small.writing() as session:
        remove_waves(session, SurveyWave.__table__.select().with_only_columns(SurveyWave.__table__.c.id))
    found = read(small, number)
    assert (found.statement, found.source, found.wave_id, found.indicator) == (
        "Konflikter",
        "indicator",
        None,
        "",
    )


def test_only_the_samples_findings_are_dated(small: Database) -> None:
    number, at = record(small), datetime(2024, 10, 1, tzinfo=UTC)
    error = refused(small, lambda: date_sample_findings(small, OPERATOR, {number: at}))
    assert error.reason == "unknown"
    assert rows(small, "select count(*) from finding where created_at < '2025-01-01'") == [(0,)]
