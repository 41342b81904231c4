"""How the sample municipality's working group judges a week: from what the tool found in it, and what the group knows besides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data_access.crossfilter import crossfilter
from data_access.disclosure import AGGREGATE_ONLY
from data_access.models.meeting import MOST_FOCUS
from data_access.permissions import FEWEST_TOLD
from data_access.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dashboard.situation.weekly import Flag, Weekly
    from dashboard.texts import Texts
    from data_access.facts import Facts

_FEWEST_PLACES = 4
"""Where less than that stands out or has risen most, those with the most reports come next."""

_LONG = 3
"""Meetings in a row among the first, after which the risk is judged to be high."""

_CALM, _RAISED, _HIGH = 1, 2, 3


@dataclass(frozen=True)
class Judgement:
    """A district (code) as the group judges it; `why`: as a place in focus, "" for others; `in_a_row`: meetings in focus."""

    area: str
    level: int
    reason: str
    why: str = ""
    in_a_row: int = 0


@dataclass(frozen=True)
class Week:
    """What a meeting looks at (`of`), and the words in which it puts it: `facts` and `circumstances` as of the sample's file."""

    known: Facts
    of: Weekly
    words: Mapping[str, Any]
    texts: Texts
    number: int

    def judged(self, before: Mapping[str, Judgement]) -> tuple[Judgement, ...]:
        """The places in focus by rank, then those of the meeting `before` that have to be judged once more."""
        counts, standing, near = self._counts(), _first(self.of.flags), _first(self.of.nearest)
        found = list(dict.fromkeys((*standing, *near)))
        busiest = sorted(counts, key=lambda code: (-counts[code], code))
        size = min(max(len(found), _FEWEST_PLACES), MOST_FOCUS)
        focus = [*found, *(code for code in busiest if code not in found)][:size]
        first = [
            self._in_focus(code, code in standing, self._why(code, counts, standing, near), before)
            for code in focus
        ]
        left = [one for code, one in before.items() if code not in focus and one.level > _CALM]
        return (*first, *(self._calmer(one) for one in left))

    def _counts(self) -> dict[str, int]:
        views = crossfilter(self.known, Selection(period=self.of.period))
        return dict(zip((area.code for area in self.known.areas), map(int, views.areas), strict=True))

    def _in_focus(self, code: str, stands_out: bool, why: str, before: Mapping[str, Judgement]) -> Judgement:  # noqa: FBT001
        in_a_row = 1 + (before[code].in_a_row if code in before else 0)
        is_long = in_a_row >= _LONG
        said = [self._said("above")] if stands_out else []
        said += [self._said("in_a_row", count=in_a_row)] if is_long else []
        known = self.words["circumstances"][code]
        reason = " ".join((*said, known[self.number % len(known)]))
        return Judgement(code, _HIGH if stands_out or is_long else _RAISED, reason, why, in_a_row)

    def _why(
        self, code: str, counts: Mapping[str, int], standing: Mapping[str, Flag], near: Mapping[str, Flag]
    ) -> str:
        for fact, flags in (("stands_out", standing), ("near", near)):
            if code in flags:
                one = flags[code]
                name = self.texts.name(one) or self.texts("weekly.all_types")
                return self._said(fact, name=name)
        fact = "most" if counts[code] == max(counts.values()) else "many"
        return " ".join((self._said(fact), *self._mostly(code)))

    def _mostly(self, code: str) -> Iterator[str]:
        """The two commonest types, unless they are few, or of a kind whose weeks are not told by district."""
        views = crossfilter(self.known, Selection(period=self.of.period, areas=frozenset([code])))
        found = sorted(
            zip(views.categories.tolist(), self.known.categories, strict=True), key=lambda row: -row[0]
        )
        told = [
            _lowered(self.texts.name(one))
            for count, one in found
            if count >= FEWEST_TOLD and one.sensitivity < AGGREGATE_ONLY
        ]
        if told:
            yield self._said("mostly", names=" och ".join(told[:2]))

    def _calmer(self, one: Judgement) -> Judgement:
        """A step down, and in focus no longer."""
        level = one.level - 1
        said = [self._said("calmer"), *([self._said("watched")] if level > _CALM else [])]
        return Judgement(one.area, level, " ".join(said))

    def _said(self, fact: str, **values: Any) -> str:
        return self.words["facts"][fact].format(**values)


def _first(flags: Iterable[Flag]) -> dict[str, Flag]:
    """The surest of each district with more than expected, unless more reports from everywhere could be why."""
    found: dict[str, Flag] = {}
    for one in flags:
        if one.direction == "more" and not one.is_explained_by_effort:
            found.setdefault(one.area, one)
    return found


def remarks(week: Week) -> Iterator[str]:
    """A sentence for each source that sent clearly more or fewer reports than usual."""
    for one in week.of.reporters:
        if one.effort in ("more", "fewer") and one.reports is not None and one.usual is not None:
            said = week.words["facts"][one.effort]
            yield said.format(name=one.name, reports=one.reports, usual=week.texts.number(one.usual))


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]
