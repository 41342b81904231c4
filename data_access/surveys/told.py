"""What is told of a survey: its waves, and a release whose cells are as one viewer is told them.

A page draws these values and nothing else: they are already rounded, and what is hidden is not in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

Instrument = Literal["youth", "safety"]
Polarity = Literal["risk", "protective", "context"]
Breakdown = Literal["all", "gender", "stage"]
Measure = Literal["present", "frequency", "distress", "help", "unmet", "index"]
State = Literal["shown", "hidden", "suppressed_at_source"]
Precision = Literal["percent", "fives", "words", "hidden"]
Bound = Literal["below", "above"]
Word = Literal["lower", "about_the_same", "higher"]

CellKey = tuple[str, Measure, str | None, Breakdown, str]
"""Indicator, measure, area (None: the municipality), breakdown, group."""


@dataclass(frozen=True)
class Indicator:
    """A question of an instrument; names in both languages.

    `code`: unique in the instrument, its level first ("family.conflicts", "worry.burglary"). `level`: individual, family, school,
    community; in a safety survey the block: unsafe, worry, effect, problem, victim, trust; "total" for all of them. `polarity`:
    whether more of it is worse (risk), better (protective) or neither (context). `measures`: in the order they are shown,
    "present" always the first. `read_as`: how answers to it were read where the file's mapping made that another way than
    the usual one (cut-point, words, points); of the total, which questions it holds. Shares that were read in different ways
    are no change.
    """

    code: str
    level: str
    polarity: Polarity
    name_sv: str
    name_en: str
    measures: tuple[Measure, ...]
    read_as: str = ""


@dataclass(frozen=True)
class ReleaseArea:
    """A district of the wave's own set of districts."""

    code: str
    name: str


@dataclass(frozen=True)
class Wave:
    """One round of a survey, in its newest edition. `first_day`, `last_day`: of collection, both included.

    `area_set_id`, `area_set`: number and name of the version of districts that it is released for, for ever; None and "" for one
    that is released for the municipality only. `frame`: who was asked, in words. `purpose`, `retention`: why it is kept and for
    how long, in words.
    """

    id: int
    instrument: Instrument
    name: str
    edition: int
    year: int
    first_day: date
    last_day: date
    area_set_id: int | None
    area_set: str
    frame: str
    purpose: str
    retention: str


@dataclass(frozen=True)
class Response:
    """How many took part, as told. `area` None: the municipality. `rate`: 0-1, None when not known or not told.

    `invited`: how many were asked, None when not known. `responded`: None when hidden.
    """

    area: str | None
    invited: int | None
    responded: int | None
    rate: float | None


@dataclass(frozen=True)
class Cell:
    """One number of a release, as told.

    `area`: code, None for the municipality. `group`: of the breakdown: "" (all), female, male, or a stage
    (`data_access.surveys.groups.STAGES`). `measure`:

    - present: share with the risk or the protective factor (of safety: who answer beyond the cut-point), of all who answered
    - frequency, distress, help: of those with the risk, the share for whom it is often, causes distress, who wish for help
    - unmet: with the risk and distressed by it and wishing for help, as share of all who answered
    - index: mean 0-6 (0 hardly a problem, 6 alarming), in `index` and not in `share`; indicator "total" weighs all items equally

    `state` "shown": something is told. `precision`: "percent" (whole %; an index in tenths), "fives" (steps of 5 %; an index in
    halves), "words" (only `n` and `word`: compared with the municipality), "hidden" (nothing: all that follows is None). `n`:
    people the share is of; None also where it would tell another share exactly (follow-ups, and questions only asked of some,
    where fewer than 100 answered the question before).
    `share`: 0-1. `bound`: "below" or "above" when the share is only known to be less or more than what is told. `low`, `high`:
    95 % interval of the share (of the index 0-6 where there is an index).
    """

    indicator: str
    measure: Measure
    area: str | None
    breakdown: Breakdown
    group: str
    state: State
    precision: Precision
    n: int | None = None
    share: float | None = None
    index: float | None = None
    bound: Bound | None = None
    low: float | None = None
    high: float | None = None
    word: Word | None = None

    @property
    def key(self) -> CellKey:
        """Where it stands in the release."""
        return (self.indicator, self.measure, self.area, self.breakdown, self.group)


@dataclass(frozen=True)
class Release:
    """A wave as one viewer is told it. The grid is complete: every area x group x indicator x measure has its cell.

    `areas`: the districts that the viewer may see, by name. `groups`: the groups of each breakdown that the wave has, in order.
    `fewest`: smaller groups are hidden. `responses`: the municipality first, then as `areas`.
    """

    wave: Wave
    fewest: int
    areas: tuple[ReleaseArea, ...]
    groups: dict[Breakdown, tuple[str, ...]]
    indicators: tuple[Indicator, ...]
    responses: tuple[Response, ...]
    cells: tuple[Cell, ...]

    @cached_property
    def by_key(self) -> dict[CellKey, Cell]:
        """The cells by where they stand."""
        return {cell.key: cell for cell in self.cells}

    def cell(
        self,
        indicator: str,
        measure: Measure = "present",
        area: str | None = None,
        breakdown: Breakdown = "all",
        group: str = "",
    ) -> Cell | None:
        """One cell; None where the viewer's release has no such place."""
        return self.by_key.get((indicator, measure, area, breakdown, group))
