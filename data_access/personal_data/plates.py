"""Number plates of vehicles, where a word nearby says that it is one: `ABC123` alone may be anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data_access.personal_data.finding import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEAR = 40  # characters to either side
_LETTER = "A-HJ-PR-UW-Z"  # I, Q and V are not used
_TOGETHER = re.compile(rf"\d\d[\d{_LETTER}](?![\w-])(?<=[{_LETTER}]{{3}}...)", re.IGNORECASE)
_APART = re.compile(rf"\d\d[\d{_LETTER}](?![\w-])(?<=[{_LETTER}]{{3}}[ -]...)")
_BEFORE = re.compile(r"[^\w-]|\Z")
_NO_PLATES = {
    "BMW",
    "KTM",
    "MAN",
    "DAF",
    "EPA",
    "CAR",
    "BUS",
    "SOS",
    "LED",
    "GPS",
    "HUS",
    "RUM",
    "LGH",
    "TEL",
    "SEK",
    "NRO",
}
_VEHICLE = re.compile(
    r"\b(?:(?!mobil)\w{0,16}(?<!mo)bil(?:en|ens|ar|arna|s)?|\w{0,10}moped(?:en|er|erna|bil)?|mc|motorcykel\w{0,3}|epa\w{0,8}"
    r"|a-?traktor\w{0,3}|reg|reg[. ]{0,2}(?:nr|nummer|no|plåt|skylt)|registrerings?\w{0,10}|nummerplåt\w{0,4}|nummerskylt\w{0,3}"
    r"|fordon\w{0,4}|släp(?:et|vagn|vagnen|kärra)?|husvagn\w{0,3}|skoter\w{0,3}|taxi\w{0,3}|fyrhjuling\w{0,3}"
    r"|volvo|saab|audi|bmw|mercedes|toyota|volkswagen|vw|golf|passat|skoda|škoda|kia|ford|opel|peugeot|renault|tesla|nissan"
    r"|cars?|vehicles?|vans?|trucks?|motorbikes?|motorcycles?|scooters?|number plates?|licen[cs]e plates?|plates?)\b",
    re.IGNORECASE,
)


def plates(text: str) -> Iterator[Span]:
    """Yield the plates in a folded text that stand within 40 characters of a word for a vehicle."""
    for pattern, length in ((_TOGETHER, 6), (_APART, 7)):
        for found in pattern.finditer(text):
            start, end = found.end() - length, found.end()
            if _BEFORE.match(text[start - 1 : start]) and _is_plate(text, start, end):
                yield Span("plate", start, end)


def _is_plate(text: str, start: int, end: int) -> bool:
    around = f"{text[max(start - _NEAR, 0) : start]} | {text[end : end + _NEAR]}"
    return text[start : start + 3].upper() not in _NO_PLATES and bool(_VEHICLE.search(around))
