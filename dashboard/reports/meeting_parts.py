"""The parts of a meeting's report in the order of the agenda: PDF, mail and plain text all show these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.reports.typst import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.situation.meeting_words import MeetingWords
    from dashboard.texts import Texts

PICTURES_AFTER = "flags"
"""The part that the charts stand under: where and when."""

_TABLES = {
    "decided_before": {"what": 5, "where": 4, "who": 4, "deadline": 0, "outcome": 3, "reason": 4},
    "reporters": {"name": 3, "words": 7},
    "figures": {"label": 4, "value": 0, "comparison": 6},
    "interventions": {"title": 3, "sentence": 7, "caveats": 6},
    "ratings": {"area": 3, "level": 0, "reason": 7},
    "focus": {"rank": 0, "area": 3, "why": 7},
    "decisions": {"what": 5, "where": 4, "types": 4, "organisation": 3, "person": 3, "deadline": 0},
}
"""Columns of the parts that are tables, each with its share of the width; 0: as wide as its words."""
FIRM = ("what", "area", "value", "outcome", "level", "name", "title")
"""Columns that are read first."""
_WITHOUT_HEADS = ("reporters", "figures", "interventions", "focus")
"""Their columns say themselves what they are."""
_ORDER = (
    "correction", "participants", "decided_before", "reporters", "figures", "flags", "nearest", "remarks",
    "interventions", "ratings", "focus", "decisions", "notes",
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """Column of a table: its name, its head and its share of the width (0: as wide as its words)."""

    name: str
    head: str
    share: int


@dataclass(frozen=True)
class Part:
    """A heading with a table (`columns`, `rows`), or with `sentences`; a table without `has_heads` says itself what it holds.

    `listed_from`: the first sentence of those that are a list; their number where none is. `pictures`: the name of one for each
    row, of those that have any.
    """

    name: str
    head: str
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    sentences: tuple[str, ...] = ()
    has_heads: bool = False
    listed_from: int = 0
    pictures: tuple[str, ...] = ()

    @property
    def named_rows(self) -> list[dict[str, str]]:
        """Its rows by the names of the columns."""
        names = [one.name for one in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


def parts(words: MeetingWords, texts: Texts, *, has_pictures: bool = False) -> list[Part]:
    """Those that say anything; the one that pictures stand under also without a sentence when there are pictures."""
    made = [table(name, words, texts) if name in _TABLES else _said(name, words, texts) for name in _ORDER]
    return [one for one in made if one.rows or one.sentences or (has_pictures and one.name == PICTURES_AFTER)]


def table(name: str, words: MeetingWords, texts: Texts, *, is_whole: bool = False) -> Part:
    """A part that is a table, without columns that are empty in every row unless it shall be whole."""
    found = getattr(words, name)
    kept = [one for one in _TABLES[name] if is_whole or any(plain(getattr(row, one)) for row in found)]
    return Part(
        name,
        _head(name, texts),
        tuple(Column(one, texts(f"meeting_report.column_{one}"), _TABLES[name][one]) for one in kept),
        tuple(tuple(plain(getattr(row, one)) for one in kept) for row in found) if kept else (),
        has_heads=name not in _WITHOUT_HEADS,
        pictures=tuple(one.picture for one in found) if name == "interventions" else (),
    )


def _said(name: str, words: MeetingWords, texts: Texts) -> Part:
    said = {
        "correction": (words.correction,),
        "participants": (_beside_each_other(_filled(words.participants)),),
        "flags": (*words.flags, words.quiet),
        "nearest": words.nearest,
        "remarks": words.remarks,
        "notes": words.notes,
    }
    sentences = tuple(_filled(said[name]))
    return Part(name, _head(name, texts), sentences=sentences, listed_from=_listed_from(name, len(sentences)))


def _beside_each_other(names: Sequence[str]) -> str:
    """With a stronger sign between them where one of them names several itself."""
    return ("; " if any("," in one for one in names) else ", ").join(names)


def _listed_from(name: str, count: int) -> int:
    """What stands out is a list where it is more than one thing; what comes near it after the sentence of what that is worth."""
    if name == PICTURES_AFTER and count > 1:
        return 0
    return min(1, count) if name == "nearest" else count


def _head(name: str, texts: Texts) -> str:
    return texts(f"meeting_report.{name}")


def _filled(sentences: Sequence[Any]) -> list[str]:
    return [one for one in map(plain, sentences) if one]
