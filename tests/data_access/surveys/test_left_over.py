"""What follow-ups, and files of counts, leave over: districts with nobody told, other genders, groups that are empty."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from dashboard.reports.surveys import lines
from dashboard.texts import texts
from data_access.permissions import OPERATOR, Role, Viewer
from data_access.surveys.build import Built, build_release
from data_access.surveys.door import read_release
from data_access.surveys.questions import Question
from data_access.surveys.respondents import NONE, Answers, Respondents
from data_access.surveys.stored import Stored, cells_of, with_secrets
from tests.data_access.surveys.files import csv, release
from tests.data_access.surveys.simulated import SECRET, drawn
from tests.data_access.surveys.test_build import ALL, FEMALE, LOWER, MALE, PRESENT, UPPER
from tests.data_access.surveys.test_counts import ROWS

if TYPE_CHECKING:
    from data_access.database import Database

DISTRESS = 2
COUNTS = ("Område", "Kön", "Fråga", "Mått", "Antal svar", "Andel", "Dold")
Atoms = dict[tuple[int, int, int], int]


def with_risk(people: Atoms, risk: Atoms, areas: int, seed: int = 0) -> Respondents:
    """People by atom, so many of whom have the risk; half of those are distressed. `seed`: of their keys."""
    present = np.concatenate([np.arange(count) < risk.get(where, 0) for where, count in people.items()])
    table = drawn(people, areas=areas)
    distress = np.where(present, np.arange(len(present)) % 2, NONE).astype(np.int8)
    question = Question("family.conflicts", "family", "risk", "x", "x", has_follow_ups=True)
    keys = np.random.default_rng(seed).integers(0, 2**63, table.size).astype(np.uint64)
    answers = (Answers(question, present.astype(np.int8), {"distress": distress}),)
    return replace(table, answers=answers, row_keys=keys)


def told(built: Built) -> np.ndarray:
    return built.is_shown[..., DISTRESS]


def test_a_district_with_few_at_risk_is_never_the_only_hidden_one() -> None:
    people = {(area, gender, stage): 25 for area in range(4) for gender in (0, 1) for stage in (0, 1)}
    risk = people | {(0, gender, stage): 0 for gender in (0, 1) for stage in (0, 1)} | {(0, 0, 0): 3}
    for seed in range(60):
        is_told = told(build_release(with_risk(people, risk, 4, seed), SECRET))
        assert is_told[ALL, -1]
        assert not is_told[ALL, 0]
        assert (~is_told[ALL, :-1]).sum() > 1


@pytest.mark.parametrize("secret", [f"{number:032}" for number in range(12)])
def test_a_follow_up_that_its_source_hid_is_never_the_only_hidden_one(small: Database, secret: str) -> None:
    rows = [["", "", "family.conflicts", "present", "400", "50 %", ""]]
    rows += [[f"0{area}", "", "family.conflicts", "present", "100", "50 %", ""] for area in range(1, 5)]
    rows += [["", "", "family.conflicts", "distress", "154", "50 %", ""]]
    rows += [[f"0{area}", "", "family.conflicts", "distress", "50", "50 %", ""] for area in range(1, 4)]
    rows += [["04", "", "family.conflicts", "distress", "..", "..", ""]]
    release(small, file=csv(rows, COUNTS), secret=secret)
    found = read_release(small, OPERATOR, 1)
    assert found is not None
    states = [
        found.by_key["family.conflicts", "distress", f"0{area}", "all", ""].state for area in range(1, 5)
    ]
    assert states[-1] == "suppressed_at_source"
    assert "hidden" in states


def others(rest: dict[str, int]) -> list[list[str]]:
    """Counts of 100 girls and 100 boys in each of four districts; `rest`: how many more there are in all."""
    rows = []
    for area in ("01", "02", "03", "04", ""):
        girls = 100 if area else 400
        more = rest.get(area, 0) if area else sum(rest.values())
        for gender, n in (("", 2 * girls + more), ("Kvinna", girls), ("Man", girls)):
            rows.append([area, gender, "worry.burglary", "present", str(n), "20 %", ""])
    return rows


@pytest.mark.parametrize(
    ("rest", "municipal", "partners"),
    [
        ({}, "1234-", "1234-"),
        ({"01": 3}, "", ""),
        ({"01": 12, "02": 12}, "1234-", "34-"),  # 24 of them together, but 12 in each
        ({"01": 30, "02": 30, "03": 3}, "", ""),  # 63 in all, without the 60 that are told: 3
        ({"01": 25, "02": 25}, "1234-", "1234-"),
        ({"01": 6, "02": 6}, "34-", ""),
    ],
)
def test_whoever_is_in_no_group_is_not_left_over(
    small: Database, rest: dict[str, int], municipal: str, partners: str
) -> None:
    release(small, file=csv(others(rest), COUNTS), instrument="safety")
    for viewer, expected in ((OPERATOR, municipal), (Viewer("x", Role.POLICE), partners)):
        found = read_release(small, viewer, 1)
        assert found is not None
        is_told = {cell.area: cell.state == "shown" for cell in found.cells if cell.breakdown == "gender"}
        assert (
            "".join(code[1:] if code else "-" for code in ("01", "02", "03", "04", None) if is_told[code])
            == expected
        )
        assert found.by_key["worry.burglary", "present", None, "all", ""].state == "shown"


@pytest.mark.parametrize(("language", "said"), [("en", "could not be made"), ("sv", "kunde inte göras")])
def test_the_report_says_that_counts_cannot_be_audited(small: Database, language: str, said: str) -> None:
    rows = [[*row[:3], "present", *row[3:]] for row in ROWS]
    report = release(small, file=csv(rows, COUNTS), instrument="safety")
    told_lines = lines(report, texts(language))
    assert any(said in line for line in told_lines)
    assert not any("below 10" in line or "under 10" in line for line in told_lines)


def test_follow_ups_have_one_breakdown_where_gender_and_stage_leave_a_group_empty() -> None:
    """Boys with the risk in the lower stage (3) would be boys with the risk less all of the upper one."""
    people = {(0, 0, 0): 60, (0, 1, 0): 25, (0, 1, 1): 60}
    risk = {(0, 0, 0): 24, (0, 1, 0): 3, (0, 1, 1): 24}
    people |= {(area, gender, stage): 60 for area in (1, 2) for gender in (0, 1) for stage in (0, 1)}
    risk |= {where: 24 for where in people if where[0]}
    built = build_release(with_risk(people, risk, 3), SECRET)
    assert built.is_shown[[FEMALE, MALE, LOWER, UPPER], 0, PRESENT].all()
    assert told(built)[[FEMALE, MALE], 0].all()
    assert not told(built)[[LOWER, UPPER], 0].any()
    assert told(built)[[LOWER, UPPER], -1].all()


def test_the_number_with_the_risk_is_not_told_where_its_share_is_not() -> None:
    def of(n: int, at_risk: int) -> list[Stored]:
        here = ("01", "all", "", "shown")
        everywhere = (None, "all", "", "shown")
        return [
            Stored("family.conflicts", "present", *here, n, 0.5),
            Stored("family.conflicts", "distress", *here, at_risk, 0.5),
            Stored("family.conflicts", "present", *everywhere, 900, 0.4),
            Stored("family.conflicts", "distress", *everywhere, 300, 0.4),
        ]

    for n, at_risk, precision, number in (
        (26, 17, "words", None),
        (90, 60, "fives", None),
        (200, 60, "fives", 60),
    ):
        present, distress = cells_of(with_secrets(of(n, at_risk)))[:2]
        assert (distress.state, distress.precision, distress.n) == ("shown", precision, number)
        assert present.n == n
    narrow, wide = (cells_of(with_secrets(of(90, at_risk)))[1] for at_risk in (60, 35))
    assert (narrow.low, narrow.high) == (wide.low, wide.high)  # nor does its interval tell


def test_what_is_told_of_a_question_does_not_depend_on_which_others_are_asked() -> None:
    """Questions that as many people answered in each group, but not the same ones, have other noise and an audit of their own.

    Partners are told by stage where the upper one has 20 with its noise; then boys without it would be twelve.
    """
    atoms = {(-1, 0, 0): 61, (-1, 1, 0): 13, (-1, 1, 1): 22}
    first = np.concatenate([np.arange(count) == 0 for count in atoms.values()])
    last = np.concatenate([np.arange(count) == count - 1 for count in atoms.values()])
    for seed in range(40):
        table = replace(with_risk(atoms, {}, 0, seed), areas=())
        answers = tuple(
            Answers(Question(code, "family", "risk", code, code), np.where(out, NONE, 1).astype(np.int8), {})
            for code, out in (("a", first), ("b", last))
        )
        built = build_release(replace(table, answers=answers), SECRET)
        assert built.is_shown[[LOWER, UPPER], -1].all()
        assert not built.is_partner[[LOWER, UPPER], -1, 1:].any()
