"""What the weekly meeting is told, as values: who reported, key figures and flags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from data_access.selection import Period

ReporterState = Literal["reported", "elsewhere", "silent", "nothing", "not_started"]
Effort = Literal["usual", "more", "fewer", "unknown"]
Direction = Literal["more", "fewer"]
FlagKind = Literal["all", "group", "category"]
FigureWords = Literal["more", "fewer", "about_the_same", "too_few"]


@dataclass(frozen=True)
class Basis:
    """How many earlier weeks a period is compared with, around the same time of `years` (none: the weeks just before)."""

    weeks: int
    years: tuple[int, ...] = ()


@dataclass(frozen=True)
class Reporter:
    """A source in the period; a report that did not come is no zero.

    `state`: "reported"; "elsewhere": only from districts that the viewer does not see; "silent": in at least one of the weeks
    nothing came although something does every week, and in the others nothing either; "nothing": nothing came from one that
    rarely reports; "not_started": nothing has come until then. `reports` is None unless it reported from the districts seen, and
    where too few to be told; `usual`: reports from these in as long a time in the quarter before, None
    without enough weeks. `is_compared`: what it sends is in the figures and flags. `until`: day of its last report, where more
    was to come in these weeks.
    """

    name: str
    kind: str
    state: ReporterState
    reports: int | None
    usual: float | None
    effort: Effort
    is_compared: bool
    until: date | None = None

    @property
    def has_reported(self) -> bool:
        """Whether anything came, from wherever it is."""
        return self.state in ("reported", "elsewhere")


@dataclass(frozen=True)
class Figure:
    """A key figure of all districts: `name` is a text key under `weekly`, numbers that are not known or not told are None.

    `observed` counts the sources that are compared; `low` and `high` bound 95 % of what was to be expected. `more_than_usual`,
    `fewer_than_usual`: names of the sources by how much they sent in all.
    """

    name: str
    observed: int | None
    expected: float | None
    low: int | None
    high: int | None
    words: FigureWords
    more_than_usual: tuple[str, ...] = ()
    fewer_than_usual: tuple[str, ...] = ()


@dataclass(frozen=True)
class Flag:
    """More or fewer reports in a district than expected: of a group of types, of one type, or of all.

    `weeks`: how many of the last weeks are added up. `observed` is None where it may not be told, `expected`, `low` and `high`
    (95 % of what was to be expected) where what they rest on may not, or where they would say what `observed` is. `p_value`:
    adjusted for all tests of the meeting. `as_usual`, `more_than_usual`, `fewer_than_usual`: names of the sources by how much
    they sent from all other districts.
    """

    area: str
    area_name: str
    kind: FlagKind
    code: str
    name_sv: str
    name_en: str
    weeks: int
    observed: int | None
    expected: float | None
    low: int | None
    high: int | None
    direction: Direction
    p_value: float
    as_usual: tuple[str, ...]
    more_than_usual: tuple[str, ...]
    fewer_than_usual: tuple[str, ...]
    is_explained_by_effort: bool
    basis: Basis


@dataclass(frozen=True)
class Weekly:
    """The figures of a meeting over `period`, its last whole weeks (None while there is no whole week).

    `problem`: key under `weekly` of why nothing could be tested, "" when it was. `tests`: how many. `untested`: groups whose
    types are all told by month only, as (Swedish, English). `fewest`: smaller counts are told as "few"; 0: all are told.
    `nearest`: what has risen most without being a flag; there is such in every week. `seen_from`: expected reports a week below
    which even a doubling is often missed, 0 where nothing was tested.
    """

    period: Period | None
    weeks: int
    basis: Basis | None
    reporters: tuple[Reporter, ...]
    figures: tuple[Figure, ...]
    flags: tuple[Flag, ...]
    tests: int
    untested: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    fewest: int = 0
    nearest: tuple[Flag, ...] = ()
    seen_from: int = 0

    @property
    def is_quiet(self) -> bool:
        """Whether all was tested and nothing stood out."""
        return not self.flags and not self.problem
