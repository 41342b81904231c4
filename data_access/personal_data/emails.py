"""E-mail addresses, also those written so that machines shall not see them: `namn (at) exempel.se`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data_access.personal_data.finding import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_AT = r"(?:@|[(\[{<] ?(?:@|at|snabel-?a) ?[)\]}>]|\bsnabel[- ]?a\b)"
_DOT = r"(?:\.| ?[(\[{<] ?(?:\.|dot|punkt) ?[)\]}>] ?| (?:dot|punkt) )"
_END = r"[^\W\d_]{2,24}(?![\w-])"
_ADDRESS = re.compile(
    rf"(?<![\w.+%-])[\w.+%-]{{1,64}} {{0,2}}{_AT} {{0,2}}(?:[\w-]{{1,63}}{_DOT}){{1,4}}{_END}", re.IGNORECASE
)
_SIGN = re.compile(r"@|[(\[{<] ?(?:at|snabel)|snabel", re.IGNORECASE)


def emails(text: str) -> Iterator[Span]:
    """Yield the addresses in a folded text."""
    if _SIGN.search(text):
        for found in _ADDRESS.finditer(text):
            yield Span("email", *found.span())
