"""Which people a file has, and how two files of one wave differ: by what was read and nothing else of the file.

A column that is not read, a row number or another way to write a number changes nobody; were it otherwise, one person could be
taken out behind it, and all noise be drawn anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data_access.surveys.respondents import NONE, Respondents
from data_access.surveys.secret_keys import changed_rows, fingerprint, row_keys
from data_access.surveys.tallies import Tallies

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

Read = Respondents | Tallies
"""What was read of a file: people, or counts."""

_WHO = ("area", "gender", "stage")
_FEWEST_NUMBERS = 3
"""Two rounds may have one or two numbers of the municipality in common by chance."""


def keys_of(table: Respondents, secret: str) -> NDArray[np.uint64]:
    """A keyed hash per person of all that was read but the area; people of whom the same was read get different ones.

    Without the area, so that the noise of the municipality is the same with and without districts. Which of the same people gets
    which key goes by area, so that their order in the file says nothing.
    """
    parts = _parts(table)
    order = np.argsort(parts["area"].astype(str), kind="stable")
    ordered = {name: values[order] for name, values in parts.items()}
    keys = np.zeros(table.size, np.uint64)
    keys[order] = _keys(ordered, [name for name in parts if name != "area"], secret)
    return keys


def fingerprint_of(read: Read, secret: str) -> str:
    """One keyed hash of what was read of a file, people or counts, in whatever order they stood."""
    if isinstance(read, Tallies):
        rows = [(*where, *map(str, numbers)) for where, numbers in _numbers(read).items()]
        return fingerprint(row_keys(rows, secret), secret)
    pairs = zip(map(str, read.row_keys.tolist()), _parts(read)["area"].tolist(), strict=True)
    return fingerprint(row_keys(pairs, secret), secret)


def people_fingerprint_of(read: Read, secret: str) -> str:
    """The same without districts: a file in which only the districts are others has the same.

    Of counts what they tell of the municipality, or all of it where that is too little to know them by.
    """
    if isinstance(read, Respondents):
        return fingerprint(read.row_keys, secret)
    here = [(*where, *map(str, numbers)) for where, numbers in _numbers(read).items() if not where[-1]]
    return (
        fingerprint(row_keys(here, secret), secret)
        if len(here) >= _FEWEST_NUMBERS
        else fingerprint_of(read, secret)
    )


def people_of(read: Read) -> dict[str, int]:
    """How many people a file tells of, by area code ("": all of them); of counts as many as answered the question with most."""
    areas = (*read.areas, "")
    if isinstance(read, Tallies):
        return dict(zip(areas, read.n[0, :, 0].tolist(), strict=True))
    counts = np.bincount(read.area[read.area != NONE], minlength=len(read.areas))
    return dict(zip(areas, [*counts.tolist(), read.size], strict=True))


def changed(old: Read, new: Read, secret: str) -> int:
    """How far apart two files are: in people, or in the number of counts that changed least; 0 where they are of two kinds."""
    if isinstance(old, Tallies) and isinstance(new, Tallies):
        return _changed_counts(old, new)
    if isinstance(old, Respondents) and isinstance(new, Respondents):
        return _changed_people(old, new, secret)
    return 0


def _changed_people(old: Respondents, new: Respondents, secret: str) -> int:
    """How many people are not in both, as far as both files tell of them; a question that only one of them asks changes nobody.

    Where area, gender and stage alone tell of fewer, it is these few: one who left is not hidden by a question that changed.
    """
    before, after = _parts(old), _parts(new)
    both = [name for name in after if name in before]
    found = [
        changed_rows(_keys(before, names, secret), _keys(after, names, secret))
        for names in (both, [name for name in both if name in _WHO])
    ]
    return min((count for count in found if count), default=0)


def _changed_counts(old: Tallies, new: Tallies) -> int:
    """The smallest change of a number that both files tell: no number may differ by a few people."""
    before, after = _numbers(old), _numbers(new)
    changes = [
        max(abs(one - other) for one, other in zip(before[where], after[where], strict=True))
        for where in before.keys() & after.keys()
    ]
    return min((change for change in changes if change), default=0)


def _parts(table: Respondents) -> dict[str, NDArray]:
    """What was read of people, by name: words for area and stage, whose positions mean something in one file only."""
    parts: dict[str, NDArray] = {"area": np.array([*table.areas, ""], object)[table.area]}
    if table.gender is not None:
        parts["gender"] = table.gender
    if table.stage is not None:
        parts["stage"] = np.array([*table.stages, ""], object)[table.stage]
    for answers in table.answers:
        code = answers.question.code
        parts[code] = answers.present
        parts |= {f"{code}:{measure}": said for measure, said in answers.follow_ups.items()}
        if answers.index is not None:
            parts[f"{code}:index"] = answers.index
    return parts


def _keys(parts: dict[str, NDArray], names: Iterable[str], secret: str) -> NDArray[np.uint64]:
    """Keys of rows of some of the parts."""
    chosen = sorted(names)
    words = [parts[name] for name in chosen if parts[name].dtype == object]
    numbers = [parts[name] - NONE for name in chosen if parts[name].dtype != object]  # from 0 on
    size = len(parts["area"])
    codes = np.column_stack(numbers).astype(np.uint8) if numbers else np.zeros((size, 0), np.uint8)
    heading = ",".join(chosen)
    said = zip(*words, strict=True) if words else [()] * size
    return row_keys(
        ((heading, *one, code.tobytes().hex()) for one, code in zip(said, codes, strict=True)), secret
    )


def _numbers(counted: Tallies) -> dict[tuple[str, ...], tuple[int, int]]:
    """People and amount of each cell that the file tells, by what it is of."""
    found: dict[tuple[str, ...], tuple[int, int]] = {}
    for group, place, track in np.argwhere(~counted.is_suppressed & (counted.n > 0)).tolist():
        one = counted.tracks[track]
        if one.question is not None:
            where = (one.question.code, one.measure, *counted.groups[group], (*counted.areas, "")[place])
            found[where] = (int(counted.n[group, place, track]), int(counted.amount[group, place, track]))
    return found
