"""The groups that a survey is broken down by, one at a time."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FEMALE, MALE = "female", "male"
GENDERS = (FEMALE, MALE)
"""Whoever answers something else, or nothing, is counted in one of these by secret key (`folding`)."""

STAGES = ("primary", "middle", "lower_secondary", "upper_secondary")
"""School years F-3, 4-6, 7-9 and upper secondary school, in order."""

_AGES = re.compile(r"age_(\d{1,3})_(\d{1,3})?")


def is_stage(code: str) -> bool:
    """Whether a code is a stage: one of `STAGES`, or a band of ages: "age_16_34", "age_65_" (65 and older)."""
    return code in STAGES or _AGES.fullmatch(code) is not None


def age_band(code: str) -> tuple[int, int | None] | None:
    """Youngest and oldest age of a band (oldest None: no limit); None for a stage of school."""
    found = _AGES.fullmatch(code)
    return (int(found[1]), int(found[2]) if found[2] else None) if found else None


def overlapping(stages: Iterable[str]) -> tuple[str, str] | None:
    """Two stages that the same person may be in: bands of ages that share a year, or a stage of school beside ages."""
    ordered = in_order(set(stages))
    bands = [(code, *band) for code in ordered if (band := age_band(code))]
    if bands and len(bands) < len(ordered):
        return ordered[0], bands[0][0]
    for (one, _, oldest), (other, youngest, _) in pairwise(bands):
        if oldest is None or oldest >= youngest:
            return one, other
    return None


def in_order(stages: set[str]) -> tuple[str, ...]:
    """Stages as they are shown: school first, then ages from the youngest."""
    school = [code for code in STAGES if code in stages]
    ages = sorted(stages.difference(STAGES), key=lambda code: (age_band(code) or (0, 0))[0])
    return (*school, *ages)
