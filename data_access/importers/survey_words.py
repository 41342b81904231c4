"""Words of answers, genders and stages as Swedish and English surveys write them; compared after `plain`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data_access.importers.header_words import plain
from data_access.importers.numbers import is_missing
from data_access.surveys.groups import FEMALE, MALE

if TYPE_CHECKING:
    from data_access.surveys.told import Measure


def _set(text: str) -> frozenset[str]:
    return frozenset(plain(word) for word in text.split(","))


YES = _set(
    "ja, j, yes, y, x, sant, true, ofta, ganska ofta, mycket ofta, alltid, varje dag, dagligen, often, very often, always, daily,"
    "every day, stämmer, stämmer helt, stämmer precis, stämmer mycket bra, stämmer bra, stämmer ganska bra, instämmer,"
    "instämmer helt, instämmer delvis, agree, strongly agree, i stor utsträckning, to a great extent, ganska otrygg,"
    "mycket otrygg, går inte ut, går inte ut på grund av otrygghet, rather unsafe, very unsafe, avoid going out, ganska stort,"
    "mycket stort, high, very high"
)
"""Answers that count as yes unless the sender says otherwise: often or more, agreeing more than not, rather or very."""
NO = _set(
    "nej, n, no, falskt, false, aldrig, sällan, ibland, någon gång, never, seldom, rarely, sometimes, stämmer inte,"
    "stämmer inte alls, stämmer dåligt, stämmer ganska dåligt, stämmer mycket dåligt, instämmer inte, instämmer inte alls,"
    "disagree, strongly disagree, inte alls, not at all, i liten utsträckning, i viss utsträckning, to a small extent,"
    "to some extent, mycket trygg, ganska trygg, very safe, rather safe, mycket litet, ganska litet, varken eller,"
    "varken stort eller litet, low, very low, neither"
)
MISSING = _set(
    "vill inte svara, vill ej svara, vet ej, vet inte, inget svar, ej svar, svarar inte, ej aktuellt, don't know, do not know,"
    "no answer, prefer not to say, refused, not applicable"
)

GENDER_WORDS = {
    FEMALE: _set("flicka, flickor, tjej, kvinna, kvinnor, girl, woman, female, f, k, hon"),
    MALE: _set("pojke, pojkar, kille, man, män, boy, male, m, p, han"),
}
GENDER_NAMES = {"girl": FEMALE, "woman": FEMALE, "boy": MALE, "man": MALE}
"""Other names of our two groups in a mapping."""

STAGE_WORDS = {
    "primary": _set("lågstadiet, lågstadium, primary"),
    "middle": _set("mellanstadiet, mellanstadium, middle"),
    "lower_secondary": _set("högstadiet, högstadium, lower secondary"),
    "upper_secondary": _set("gymnasiet, gymnasium, gymnasieskolan, gymnasieskola, gy, upper secondary"),
}
WHO_WORDS = {
    "area": _set(
        "område, områdeskod, områdesnamn, distrikt, distriktskod, stadsdel, bostadsområde, area, area code, district"
    ),
    "gender": _set("kön, könsidentitet, gender, sex"),
    "stage": _set(
        "stadium, skolstadium, årskurs, åk, klass, stage, grade, school year, ålder, åldersgrupp, age, age group"
    ),
}
FOLLOW_UP_WORDS: dict[Measure, frozenset[str]] = {
    "frequency": _set("frequency, how often, hur ofta, frekvens"),
    "distress": _set(
        "distress, does it cause anxiety, skapar det oro eller ångest, oro eller ångest, oro, ångest, causes distress"
    ),
    "help": _set("help, do you wish for help, önskar du hjälp, vill ha hjälp, hjälp, wish for help"),
}

TOTAL_WORDS = _set("alla, all, totalt, total, summa, sum, kommunen, hela kommunen, municipality")
"""What stands for all areas or groups together."""
MOST_PEOPLE = 10_000_000
"""No file of counts has more people in a row: a larger number is a mistake."""

_AGE_HEADING = re.compile(r"\b(?:ålder\w*|gammal|ages?|old)\b")
_SAID_GRADE = re.compile(r"^(?:åk|årskurs|klass|grade)\s*(\d{1,2})(?:\s?[a-f])?$")
_GRADE = re.compile(r"^(?:åk|årskurs|klass|år|grade|year)?\s*(\d{1,2})(?:\s?[a-f])?$")
_UPPER = re.compile(r"^(?:gy|gymnasiet)\s*(?:åk|år)?\s*[1-4]$")
_BAND = re.compile(r"^(\d{1,3})\s*(?:[-\u2013\u2014]|till|to)\s*(\d{1,3})(?:\s*(?:år|years))?$")
_OLDEST = re.compile(
    r"^(\d{1,3})(?:\s*(?:år|years))?\s*(?:\+|eller äldre|och äldre|och över|or older|and older|and over)$"
)
_GRADES = ((1, 3, "primary"), (4, 6, "middle"), (7, 9, "lower_secondary"), (10, 13, "upper_secondary"))
_AGES = ((16, 34, "age_16_34"), (35, 64, "age_35_64"), (65, 120, "age_65_"))


def says_nothing(cell: str) -> bool:
    """Whether a cell is empty or says that there is no answer."""
    return is_missing(cell) or plain(cell) in MISSING


def is_of_ages(heading: str) -> bool:
    """Whether a heading of stages says that they are ages."""
    return _AGE_HEADING.search(" ".join(heading.casefold().split())) is not None


def stage_of(cell: str, *, is_school: bool, is_age: bool = False) -> str | None:
    """The stage that a cell means: a stage or year of school, a band of ages, or an age; None when none.

    `is_age`: the column says that it holds ages, so that in a school no number alone is a year: who is 13 may be in year 6 or 7.
    """
    words = plain(cell)
    for code, known in STAGE_WORDS.items():
        if words in known:
            return code
    if is_school:
        found = (_SAID_GRADE if is_age else _GRADE).match(words)
        return "upper_secondary" if _UPPER.match(words) else _within(found, _GRADES)
    text = " ".join(cell.casefold().split())
    if (band := _BAND.match(text)) and int(band[1]) <= int(band[2]):
        return f"age_{int(band[1])}_{int(band[2])}"
    if oldest := _OLDEST.match(text):
        return f"age_{int(oldest[1])}_"
    return _within(re.match(r"^(\d{1,3})$", text), _AGES)


def _within(found: re.Match[str] | None, bands: tuple[tuple[int, int, str], ...]) -> str | None:
    number = int(found[1]) if found else -1
    return next((code for low, high, code in bands if low <= number <= high), None)
