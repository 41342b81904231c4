"""The weekly meeting in words: what page, PDF and mail say of it, and what is frozen as its minutes."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


INTERVENTION = "intervention-"
"""How the names of pictures of interventions begin."""


@dataclass(frozen=True)
class EarlierDecision:
    """What was decided before, and what became of it: `outcome` in a word (done, not done, moved), `reason` for that."""

    what: str = ""
    where: str = ""
    who: str = ""
    deadline: str = ""
    outcome: str = ""
    reason: str = ""


@dataclass(frozen=True)
class ReporterWords:
    """Who reports, and what the week brought from there: "no report" is never a number."""

    name: str = ""
    words: str = ""


@dataclass(frozen=True)
class Figure:
    """A number of the week and what it is compared with."""

    label: str = ""
    value: str = ""
    comparison: str = ""


@dataclass(frozen=True)
class InterventionWords:
    """An intervention in force: what is known of its effect, and what must be known to read that; `number`: its id."""

    number: str = ""
    title: str = ""
    sentence: str = ""
    caveats: str = ""

    @property
    def picture(self) -> str:
        """The name under which a report shows its picture."""
        return f"{INTERVENTION}{self.number}"


@dataclass(frozen=True)
class RatingWords:
    """The joint rating of an area: `level` in a word, and why."""

    area: str = ""
    level: str = ""
    reason: str = ""


@dataclass(frozen=True)
class FocusWords:
    """A place in the ranked list."""

    rank: str = ""
    area: str = ""
    why: str = ""


@dataclass(frozen=True)
class NewDecision:
    """What was decided: what, where, against which types, who, by when (as it is read)."""

    what: str = ""
    where: str = ""
    types: str = ""
    organisation: str = ""
    person: str = ""
    deadline: str = ""


@dataclass(frozen=True)
class MeetingWords:
    """Everything said of a meeting but its pictures, in one language; "" and () are left out.

    `language`: the one that all this is in. `status`: week and date, one line under the title. `correction`: that this replaces
    an earlier report, and why. `source`: where the numbers come from, until which day. `decided_before`: the open decisions of
    earlier meetings. `flags`: a sentence for each thing that stands out, `quiet`: the sentence when nothing does. `nearest`: what
    has risen most without standing out, after a sentence of what that is worth. `remarks`: what to keep in mind about both (who
    is silent, what is never looked at). `interventions`: those in force, each up to the last day that is looked at. `notes`: what
    else was said, one paragraph each.
    """

    language: str = ""
    title: str = ""
    status: str = ""
    correction: str = ""
    municipality: str = ""
    source: str = ""
    participants: tuple[str, ...] = ()
    decided_before: tuple[EarlierDecision, ...] = ()
    reporters: tuple[ReporterWords, ...] = ()
    figures: tuple[Figure, ...] = ()
    flags: tuple[str, ...] = ()
    quiet: str = ""
    nearest: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    interventions: tuple[InterventionWords, ...] = ()
    ratings: tuple[RatingWords, ...] = ()
    focus: tuple[FocusWords, ...] = ()
    decisions: tuple[NewDecision, ...] = ()
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain values, as JSON holds them."""
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()
        }

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> MeetingWords:
        """From what `to_dict` gave, also years ago: what was not known then is empty, what is no longer known is left out."""
        known = {one.name: document[one.name] for one in fields(cls) if one.name in document}
        return cls(**{name: _told(name, value) for name, value in known.items()})


_ROWS = {
    "decided_before": EarlierDecision,
    "reporters": ReporterWords,
    "figures": Figure,
    "interventions": InterventionWords,
    "ratings": RatingWords,
    "focus": FocusWords,
    "decisions": NewDecision,
}


def _told(name: str, value: Any) -> Any:
    if name in _ROWS:
        return tuple(_row(_ROWS[name], row) for row in value)
    return value if isinstance(value, str) else tuple(value)


def _row(kind: type, row: Mapping[str, str]) -> Any:
    return kind(**{one.name: row[one.name] for one in fields(kind) if one.name in row})
