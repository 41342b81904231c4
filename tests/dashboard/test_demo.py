from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shapely

from dashboard.demo import load_sample
from dashboard.situation.survey import rates
from dashboard.situation.survey_gap import gaps
from dashboard.situation.survey_told import change_of, word_of
from data_access.changes import AreaRow, FindingEntry, record_areas, record_finding, remove_sample
from data_access.database import DatabaseError
from data_access.facts import facts
from data_access.findings import read_findings
from data_access.frame import read_frame
from data_access.permissions import OPERATOR
from data_access.selection import Selection
from data_access.surveys.door import read_release, read_waves
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


def test_what_the_findings_say_of_the_surveys_is_what_these_tell(sample: Database) -> None:
    """A district above the municipality, the gap of a district, and what has risen."""
    found = read_findings(sample, OPERATOR)
    releases = {wave.id: read_release(sample, OPERATOR, wave.id) for wave in read_waves(sample, OPERATOR)}
    assert sum(bool(record.answers) for record in found) == 5
    for fact in (record.fact for record in found):
        release = releases.get(fact.wave_id or 0)
        if fact.source != "indicator" or release is None:
            continue
        assert fact.wave in fact.statement
        assert fact.name_sv in fact.statement
        here = release.cell(fact.indicator, "present", *fact.areas)
        if fact.areas:
            elsewhere = release.cell(fact.indicator)
        else:
            earlier = next(of for of in releases.values() if of and of.wave.name == "Ungdomsenkät 2024")
            elsewhere = earlier.cell(fact.indicator)
        assert word_of(change_of(here, elsewhere)) == "higher"
    (gap,) = (record.fact for record in found if record.fact.source == "gap")
    release, of = releases[gap.wave_id or 0], rates(facts(sample, OPERATOR), Selection())
    assert release is not None
    total = next(asked for asked in release.indicators if asked.code == gap.indicator)
    limits = {"reported": of.reported_limits, "police_reported": of.police_reported_limits}
    ranked = gaps(release, total, of.reported, of.police_reported, limits=limits)
    assert ranked.side(gap.areas[0]) == 3


def test_the_samples_findings_go_with_it(own_sample: Database) -> None:
    number = record_finding(own_sample, OPERATOR, FindingEntry("Vår egen"), area_set_id=None)
    remove_sample(own_sample, OPERATOR)
    assert rows(own_sample, "select id from finding") == [(number,)]
    for name in ("finding_area", "intervention", "organisation"):
        assert one(own_sample, f"select count(*) from {name}") == 0


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
