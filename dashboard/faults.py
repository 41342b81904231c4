"""A failure nobody foresaw: a number for the person, and the same number with the place in the code for the log."""

from __future__ import annotations

import logging
import secrets
import traceback
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_BYTES = 4
_log = logging.getLogger(__name__)


def report(error: BaseException, what: str) -> str:
    """Log where it happened under a new reference number, and return the number.

    The message of an exception is left out: it may hold what a person typed or what a file held.
    """
    reference = secrets.token_hex(_BYTES).upper()
    places = "".join(_told(one) for one in _chain(error))
    _log.error("reference %s: %s\n%s", reference, what, places.rstrip())
    return reference


def _chain(error: BaseException) -> Iterator[BaseException]:
    """What caused it first, as Python would tell."""
    seen: list[BaseException] = []
    found: BaseException | None = error
    while found is not None and found not in seen:
        seen.append(found)
        found = found.__cause__ or found.__context__
    yield from reversed(seen)


def _told(error: BaseException) -> str:
    places = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    return f"{places}{type(error).__module__}.{type(error).__qualname__}\n"
