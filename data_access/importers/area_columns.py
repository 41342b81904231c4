"""Which attribute of a file of polygons is the code, the name, the part of town, the number of residents."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from data_access.importers.errors import ImportRefused
from data_access.importers.header_words import folded

if TYPE_CHECKING:
    from data_access.importers.features import Features

_WORDS: dict[str, tuple[str, ...]] = {
    "code": tuple(
        """områdeskod|omradeskod|område kod|omr kod|deso|desokod|deso kod|regso|regsokod|delområdeskod|do kod|dokod|stadsdelskod
        |distriktskod|distriktkod|kommunkod|kommun kod|kom kod|kod|code|area code|district code|area numbe|area number|area num
        |area no|areano|nyko|nyckelkod|områdesid|area id|nr|nummer|number|polyid|id|objectid|fid|gid""".replace("\n", "")
        .replace("        ", "")
        .split("|")
    ),
    "name": tuple(
        """områdesnamn|omradesnamn|område namn|delområde|delomrade|delområdesnamn|stadsdel|stadsdelsnamn|distriktsnamn|distrikt
        |regsonamn|regso namn|kommunnamn|kom namn|kommun namn|kommun|namn|name|area name|district name|community|neighbourhood
        |neighborhood|benämning|område|omrade|area|district|title""".replace("\n", "")
        .replace("        ", "")
        .split("|")
    ),
    "parent_code": ("parent code", "parentcode", "överordnad kod", "stadsområdeskod", "stadsdelsområdeskod", "kommundelskod",
                    "parent id", "huvudområdeskod", "stadsområde kod", "förälder kod", "parent"),
    "parent_name": ("parent name", "parentname", "överordnad namn", "överordnad", "stadsområde", "stadsdelsområde", "kommundel",
                    "stadsområdesnamn", "huvudområde", "del av staden", "part of town", "stadsdelsnämndsområde"),
    "population": ("folkmängd", "folkmangd", "befolkning", "invånare", "invanare", "antal invånare", "population", "residents",
                   "pop", "totalpop", "total population", "boende", "antal boende"),
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{2}")
_CODE_LENGTH = 40
_UNIQUE = 0.9


@dataclass(frozen=True)
class AreaColumns:
    """Attribute of the file for each part, None where there is none; what is None is guessed."""

    code: str | None = None
    name: str | None = None
    parent_code: str | None = None
    parent_name: str | None = None
    population: str | None = None


def choose_columns(features: Features, given: AreaColumns | None = None) -> AreaColumns:
    """Return the columns to use: as given, else by their headings, else by what stands in them.

    Raises `ImportRefused`: column_missing.
    """
    chosen = {
        name: heading for name, heading in asdict(given or AreaColumns()).items() if heading is not None
    }
    for heading in chosen.values():
        if heading not in features.columns:
            raise ImportRefused(
                reason="column_missing", column=heading, columns=", ".join(features.columns)[:300]
            )
    for name, words in _WORDS.items():
        if name not in chosen:
            found = _by_words(features, name, words, set(chosen.values()))
            found = found or _by_content(features, name, set(chosen.values()))
            chosen |= {name: found} if found else {}
    return AreaColumns(**chosen)


def _by_words(features: Features, name: str, words: tuple[str, ...], taken: set[str]) -> str | None:
    headings = {folded(heading): heading for heading in reversed(features.columns) if heading not in taken}
    return next(
        (
            headings[word]
            for word in map(folded, words)
            if word in headings and _fits(features, name, headings[word])
        ),
        None,
    )


def _by_content(features: Features, name: str, taken: set[str]) -> str | None:
    """A column of different words can be the name; nothing else is guessed from content."""
    if name != "name":
        return None
    return next(
        (each for each in features.columns if each not in taken and _fits(features, name, each)), None
    )


def _fits(features: Features, name: str, heading: str) -> bool:
    cells = [cell for cell in features.column(heading) if cell]
    if not cells:
        return False
    different = len(set(cells)) / len(features.numbers)
    if name == "code":
        return different >= _UNIQUE and max(map(len, cells)) <= _CODE_LENGTH
    if name == "name":
        has_words = sum(1 for cell in cells if _WORD.search(cell)) >= _UNIQUE * len(cells)
        return (
            has_words and different >= _UNIQUE / 2 and not any(cell.startswith(("[", "{")) for cell in cells)
        )
    return True
