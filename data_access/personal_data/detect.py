"""The whole detector: nearly every note is let go after one look at its characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data_access.personal_data.emails import emails
from data_access.personal_data.finding import Finding
from data_access.personal_data.folding import SUSPECT, folded, places
from data_access.personal_data.personal_numbers import personal_numbers
from data_access.personal_data.phones import phones
from data_access.personal_data.plates import plates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data_access.personal_data.finding import Span

_DIGITS = re.compile(r"[0-9](?:[^0-9A-Za-zÅÄÖåäö]{0,3}[0-9]){5,}")
"""Six digits or more with at most three signs between each: shorter ones are no number of a person."""


def found_in(text: str) -> tuple[Finding, ...]:
    """Return the personal data in a text in the order in which it stands, each part of the text once.

    Places are those of the text as it was written, also where invisible signs were passed over.
    """
    if not _may_hold(text):
        return ()
    spans = _spans(folded(text))
    if not spans:
        return ()
    origin = places(text)
    return tuple(Finding(kind, origin[start] + 1, origin[end - 1] + 1) for kind, start, end in spans)


def first_in_each(texts: Sequence[str | None]) -> dict[int, Finding]:
    """Return by its position the first finding of every text that has one; None is no text."""
    looked_at = {text: found_in(text) for text in set(texts) if text and _may_hold(text)}
    first = {text: findings[0] for text, findings in looked_at.items() if findings}
    return {place: first[text] for place, text in enumerate(texts) if text in first} if first else {}


def _may_hold(text: str) -> bool:
    return SUSPECT.search(text) is not None or "nabel" in text


def _spans(text: str) -> list[Span]:
    """Sorted by place; of two that overlap the one that was looked for first."""
    taken: list[Span] = []
    for span in _candidates(text):
        if all(span.end <= other.start or span.start >= other.end for other in taken):
            taken.append(span)
    return sorted(taken, key=lambda span: span.start)


def _candidates(text: str) -> Iterator[Span]:
    """A personal number may look like a phone number, never the other way round."""
    yield from emails(text)
    for digits in _DIGITS.finditer(text):
        yield from personal_numbers(text, *digits.span())
        yield from phones(text, *digits.span())
    yield from plates(text)
