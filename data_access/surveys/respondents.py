"""What people answered, in memory only and only while a release is built: no function writes it anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from data_access.surveys.questions import Question
    from data_access.surveys.told import Measure

NONE = -1
"""No answer, no area, or none of the groups."""


@dataclass(frozen=True, eq=False, repr=False)
class Answers:
    """Answers to one question, one per person: int8, `NONE` where there is none.

    `present`: 1 or 0. `follow_ups`: 1 or 0 of what was asked of those with the risk. `index`: 0-6, None for a question without.
    """

    question: Question
    present: NDArray[np.int8]
    follow_ups: dict[Measure, NDArray[np.int8]]
    index: NDArray[np.int8] | None = None


@dataclass(frozen=True, eq=False, repr=False)
class Respondents:
    """One row per person.

    `areas`: codes that the wave is released for; `area`: position in it, `NONE` for somebody of the municipality without
    district. `stages`: those that occur. `gender` (position in `GENDERS`), `stage`: `NONE` for another answer or none; None
    when the file has no such column. `row_keys`: uint64 keyed hash of each row, the same for the same row with the same secret.
    """

    areas: tuple[str, ...]
    area: NDArray[np.int64]
    stages: tuple[str, ...]
    gender: NDArray[np.int8] | None
    stage: NDArray[np.int8] | None
    answers: tuple[Answers, ...]
    row_keys: NDArray[np.uint64]

    @property
    def size(self) -> int:
        """How many people."""
        return len(self.area)
