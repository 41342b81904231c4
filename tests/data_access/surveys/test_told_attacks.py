"""The same attacks on every measure of every kind of question, as each role reads it through the door.

The index of all questions together is a mean of what is published of each, so that it tells nothing that these do not.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from data_access.changes import AreaRow, WaveEntry, record_release
from data_access.permissions import OPERATOR, AreaKey, Role, Viewer
from data_access.surveys import build, tiers
from data_access.surveys.build import build_release
from data_access.surveys.door import read_release
from data_access.surveys.questions import FOLLOW_UPS
from data_access.surveys.tallies import tallies
from tests.data_access.surveys import attacks
from tests.data_access.surveys.publishers import Truth, filters, naive, ours, row_of
from tests.data_access.surveys.simulated import SECRET
from tests.data_access.surveys.told_tables import AREAS, safety, told_of, told_people, truths, youth
from tests.small_town import square, store_areas

if TYPE_CHECKING:
    from data_access.database import Database
    from data_access.surveys.respondents import Respondents
    from data_access.surveys.told import Release
    from tests.data_access.surveys.publishers import Told
    from tests.data_access.surveys.told_tables import Name

SEEDS = 5
PAIRS = 2000
TOWN = "Storstad"
KINDS = {"youth": youth, "safety": safety}
INSTRUMENTS = pytest.mark.parametrize("kind", ["youth", "safety"])
SOME = {("family.conflicts", measure): ("family.conflicts", "present") for measure in FOLLOW_UPS} | {
    ("victim.reported", "present"): ("victim.theft", "present")
}
"""What only some are asked, and who these are: whoever answered so before."""


@cache
def table(kind: str, seed: int) -> Respondents:
    return KINDS[kind](seed)


@cache
def truth(kind: str, seed: int) -> dict[Name, Truth]:
    return truths(table(kind, seed))


@cache
def pairs() -> np.ndarray:
    return attacks.pairs_of(filters(AREAS), PAIRS, np.random.default_rng(1))


def viewer(role: Role) -> Viewer:
    home = frozenset({AreaKey(TOWN, "03"), AreaKey(TOWN, "04")}) if role is Role.HOUSING else None
    return Viewer("x", role, 1, 1, areas=home)


def published(database: Database, kind: str, seed: int) -> int:
    year = 2000 + seed
    days = date(year, 1, 1), date(year, 12, 31)
    entry = WaveEntry(kind, f"{kind} {seed}", year, *days, area_set_id=1)
    return record_release(database, OPERATOR, entry, build_release(table(kind, seed), SECRET)).wave_id


@pytest.fixture
def town(empty: Database) -> Database:
    """Twelve districts in a row."""
    districts = [AreaRow(1, f"{place:02}", f"Distrikt {place}", square(place, 0)) for place in range(AREAS)]
    store_areas(empty, districts, name=TOWN)
    return empty


def read(database: Database, role: Role, wave: int) -> Release:
    found = read_release(database, viewer(role), wave)
    assert found is not None
    return found


def tables_of(release: Release, true: dict[Name, Truth]) -> list[tuple[Told, Truth]]:
    """What is told of each measure; and the numbers of whoever was asked more, as a share of whoever was asked before."""
    found = [(told_of(release, name), of) for name, of in true.items()]
    for some, everybody in SOME.items():
        if some in true:
            found.append((told_people(release, some), Truth(true[everybody].n, true[some].n)))
    return [(told, of) for told, of in found if len(told.rows)]


@INSTRUMENTS
def test_no_role_has_a_small_group_from_what_it_is_told(town: Database, kind: str) -> None:
    answered = dict.fromkeys(Role, 0)
    for seed in range(SEEDS):
        wave = published(town, kind, seed)
        for role in Role:
            release = read(town, role, wave)
            for told, true in tables_of(release, truth(kind, seed)):
                assert attacks.subtraction(told, true, pairs())[1] == 0
                assert attacks.leftovers(told, true)[1] == 0
                answered[role] += attacks.answered(told, pairs())
    assert all(
        count > 0 for role, count in answered.items() if role is not Role.REPORTER
    )  # it is told totals only
    assert answered[Role.COORDINATOR] > 50


@INSTRUMENTS
@pytest.mark.parametrize("as_partner", [False, True], ids=["coordinator", "partner"])
def test_no_track_gives_a_small_group_away_before_it_is_rounded(kind: str, *, as_partner: bool) -> None:
    rng = np.random.default_rng(1)
    for seed in range(SEEDS):
        built = build_release(table(kind, seed), SECRET)
        for place, track in enumerate(built.tracks[1:], start=1):
            assert track.question is not None
            true = truth(kind, seed)[track.question.code, track.measure]
            told = ours(built, place, as_partner=as_partner)
            if len(told.rows):
                assert attacks.subtraction(told, true, pairs())[1] == 0
                assert attacks.leftovers(told, true)[1] == 0
            if len(told.rows) and seed == 0:
                assert attacks.integer_solutions(told, true, 3, rng)[1] == 0


@INSTRUMENTS
def test_the_truth_that_attackers_are_measured_by_is_what_the_build_counts(kind: str) -> None:
    counted = tallies(table(kind, 0), SECRET)
    assert counted.atoms is not None
    for place, track in enumerate(counted.tracks[1:], start=1):
        assert track.question is not None
        true = truth(kind, 0)[track.question.code, track.measure]
        assert (counted.atoms[:-1, ..., place].ravel() == true.n).all()
        assert counted.amount[:, :-1, place].tolist() == [
            [int(row_of(AREAS, group, area) @ true.yes) for area in range(AREAS)] for group in range(5)
        ]


@INSTRUMENTS
def test_a_naive_publisher_gives_small_groups_away_in_every_measure(kind: str) -> None:
    for true in truth(kind, 0).values():
        assert attacks.subtraction(naive(true), true, pairs())[1] > 5


@INSTRUMENTS
def test_our_own_tables_give_small_groups_away_without_noise_and_with_groups_of_three(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The attacks are answered by our tables, too: it is the thresholds that they fail at."""
    monkeypatch.setattr(build, "noise", lambda sums, _secret: np.zeros(sums.shape, np.int64))
    monkeypatch.setattr(build, "FEWEST", 3)
    monkeypatch.setattr(tiers, "FEWEST", 3)
    known: dict[str, int] = {}
    for seed in range(SEEDS):
        built = build_release(table(kind, seed), SECRET)
        for place, track in enumerate(built.tracks[1:], start=1):
            assert track.question is not None
            told, true = ours(built, place), truth(kind, seed)[track.question.code, track.measure]
            exact = replace(told, error=np.zeros_like(told.error))
            name = f"{track.question.code} {track.measure}"
            known[name] = known.get(name, 0) + attacks.subtraction(exact, true, pairs())[1]
    assert min(known.values()) > 0


@INSTRUMENTS
def test_how_many_gave_the_answer_before_is_told_as_precisely_as_their_share(
    town: Database, kind: str
) -> None:
    """Their number is the share of whoever was asked before: one told exactly beside a share in steps would undo these."""
    wave = published(town, kind, 0)
    counted = 0
    for role in Role:
        release = read(town, role, wave)
        for cell in release.cells:
            before = SOME.get((cell.indicator, cell.measure))
            if before is not None and cell.n is not None:
                share = release.cell(*before, cell.area, cell.breakdown, cell.group)
                assert share is not None
                assert share.precision == "percent"
                counted += 1
    assert counted > 0


@INSTRUMENTS
def test_two_waves_leave_no_small_group_over_in_any_measure(kind: str) -> None:
    later = replaced(table(kind, 0))
    true, true_later = truth(kind, 0), truths(later)
    first, second = build_release(table(kind, 0), SECRET), build_release(later, SECRET)
    known = 0
    for place, track in enumerate(first.tracks[1:], start=1):
        assert track.question is not None
        name = (track.question.code, track.measure)
        if not track.of_some and track.top == 1:
            people = true[name].n, true_later[name].n
            assert attacks.between_waves((ours(first, place), ours(second, place)), people)[1] == 0
            known += attacks.between_waves((naive(true[name]), naive(true_later[name])), people)[1]
    assert known > 20


def replaced(of: Respondents) -> Respondents:
    """The same people without the first nine."""
    return replace(
        of,
        area=of.area[9:],
        gender=None if of.gender is None else of.gender[9:],
        stage=None if of.stage is None else of.stage[9:],
        row_keys=of.row_keys[9:],
        answers=tuple(
            replace(
                one,
                present=one.present[9:],
                follow_ups={name: said[9:] for name, said in one.follow_ups.items()},
                index=None if one.index is None else one.index[9:],
            )
            for one in of.answers
        ),
    )
