"""The rows of a file of counts in their places: what belongs together, and whether it can be of the same people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data_access.importers.errors import ImportRefused
from data_access.surveys.groups import GENDERS, in_order, overlapping
from data_access.surveys.hiding import exceeded_total
from data_access.surveys.questions import FOLLOW_UPS, HIGHEST_INDEX, MEASURES, Question
from data_access.surveys.secret_keys import row_keys
from data_access.surveys.tallies import PEOPLE, Tallies, Track

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_access.importers.surveys import Survey
    from data_access.importers.table import RawTable
    from data_access.surveys.tallies import Group

    At = tuple[int, int, int]


@dataclass(frozen=True)
class CountRow:
    """A cell of the file: where it belongs, and its numbers (None: hidden by the source)."""

    track: tuple[str, str]
    area: str
    group: Group
    n: int | None
    share: float | None


def counted(raw: RawTable, rows: list[CountRow], survey: Survey) -> Tallies:
    """The rows in their places; a place without a row has nobody. Raises `ImportRefused`, naming the row."""
    numbers = [int(number) for number in raw.rows.tolist()]
    areas, groups, tracks = (
        tuple(sorted(survey.context.area_codes)),
        _groups(numbers, rows),
        _tracks(rows, survey),
    )
    n, amount = (np.zeros((len(groups), len(areas) + 1, len(tracks)), np.int64) for _ in range(2))
    is_suppressed, is_told = np.zeros(n.shape, bool), np.zeros(n.shape, bool)
    number_of: dict[At, int] = {}
    place_of = _places(areas, groups, tracks)
    for number, row in zip(numbers, rows, strict=True):
        at = place_of(row)
        if at in number_of:
            raise ImportRefused(reason="survey_count_repeated", row=number)
        number_of[at] = number
        is_suppressed[at] = row.n is None or row.share is None
        if row.n is not None and row.share is not None:
            is_told[at], n[at], amount[at] = True, row.n, round(row.share * row.n)
    _check(n, is_told, groups, tracks, number_of)
    everybody = [place for place, one in enumerate(tracks) if one.question and not one.of_some]
    n[..., 0] = n[..., everybody or list(range(1, len(tracks)))].max(axis=2)
    return Tallies(
        areas=areas,
        groups=groups,
        tracks=tracks,
        n=n,
        amount=amount,
        n_keys=_keys("n", n, survey.secret),
        amount_keys=_keys("amount", amount, survey.secret),
        atoms=None,
        is_suppressed=is_suppressed,
    )


def _check(
    n: np.ndarray,
    is_told: np.ndarray,
    groups: tuple[Group, ...],
    tracks: tuple[Track, ...],
    number_of: dict[At, int],
) -> None:
    for place, track in enumerate(tracks):
        if track.question is not None and not n[0, -1, place]:
            raise ImportRefused(reason="survey_no_total", question=track.question.code)
    exceeded = exceeded_total(n, is_told, groups)
    if exceeded is not None:
        raise ImportRefused(reason="survey_parts_exceed", row=number_of[exceeded])


def _places(
    areas: tuple[str, ...], groups: tuple[Group, ...], tracks: tuple[Track, ...]
) -> Callable[[CountRow], At]:
    of_track = {
        (one.question.code, str(one.measure)): place for place, one in enumerate(tracks) if one.question
    }
    of_area = {code: place for place, code in enumerate((*areas, ""))}
    return lambda row: (groups.index(row.group), of_area[row.area], of_track[row.track])


def _groups(numbers: list[int], rows: list[CountRow]) -> tuple[Group, ...]:
    """The groups of the file, in order. Raises `ImportRefused`: survey_groups_overlap."""
    first = {row.group[1]: number for number, row in zip(numbers[::-1], rows[::-1], strict=True)}
    stages = {row.group[1] for row in rows if row.group[0] == "stage"}
    both = overlapping(stages)
    if both is not None:
        row, other = sorted(first[stage] for stage in both)
        raise ImportRefused(reason="survey_groups_overlap", row=row, other=other)
    genders = GENDERS if any(row.group[0] == "gender" for row in rows) else ()
    return (
        ("all", ""),
        *(("gender", name) for name in genders),
        *(("stage", name) for name in in_order(stages)),
    )


def _tracks(rows: list[CountRow], survey: Survey) -> tuple[Track, ...]:
    known = {question.code: question for question in survey.questions}
    order = sorted(
        {row.track for row in rows}, key=lambda one: (list(known).index(one[0]), MEASURES.index(one[1]))
    )
    return (Track(PEOPLE, "present"), *(_track(known[code], measure) for code, measure in order))


def _track(question: Question, measure: str) -> Track:
    top = HIGHEST_INDEX if measure == "index" else 1
    of_some = measure in FOLLOW_UPS or question.is_of_some
    return Track(question, measure, top, of_some=of_some)  # pyright: ignore[reportArgumentType] - checked when it was read


def _keys(name: str, counts: np.ndarray, secret: str) -> np.ndarray:
    """Keys of cells that no row keys are known of: by place and count."""
    cells = [(name, str(place), str(count)) for place, count in enumerate(counts.ravel().tolist())]
    return row_keys(cells, secret).reshape(counts.shape)
