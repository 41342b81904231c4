"""Who may ask the routes: a page gets a random ticket, the browser shows it with each of its requests.

Tickets live in memory, known by their hash only. Each names the signed-in session it was granted in, and whether it is for a
shared screen; what may be seen is read anew with every request.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TICKET_BYTES = 32
LONGEST_S = 12 * 3600.0
IDLE_S = 3600.0
MOST = 10_000


@dataclass(frozen=True)
class Holder:
    """For whom a ticket is: a signed-in session, and whether others see the screen, too."""

    session_id: int
    is_shown: bool = False


@dataclass
class _Grant:
    holder: Holder
    granted_at: float
    used_at: float


class Tickets:
    """Tickets in use; one beyond `most` takes the place of the one unused for longest. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, most: int = MOST) -> None:
        self._clock = clock
        self._most = most
        self._grants: OrderedDict[bytes, _Grant] = OrderedDict()  # the one unused for longest comes first
        self._lock = Lock()

    def grant(self, session_id: int, *, is_shown: bool = False, instead_of: str | None = None) -> str:
        """A new ticket for a session; the old one, if named, is worth nothing from now on."""
        ticket, now = secrets.token_urlsafe(TICKET_BYTES), self._clock()
        with self._lock:
            if instead_of is not None:
                self._grants.pop(_hash(instead_of), None)
            self._forget(now)
            self._grants[_hash(ticket)] = _Grant(Holder(session_id, is_shown), now, now)
        return ticket

    def session_of(self, ticket: str | None) -> int | None:
        """In which session it was granted; None as for `holder`."""
        found = self.holder(ticket)
        return found and found.session_id

    def holder(self, ticket: str | None) -> Holder | None:
        """For whom it was granted; None for one that is unknown, 12 hours old, or was not used for an hour."""
        if not ticket:
            return None
        key, now = _hash(ticket), self._clock()
        with self._lock:
            found = self._grants.get(key)
            if found is None:
                return None
            if now - found.granted_at >= LONGEST_S or now - found.used_at >= IDLE_S:
                del self._grants[key]
                return None
            found.used_at = now
            self._grants.move_to_end(key)
            return found.holder

    def _forget(self, now: float) -> None:
        """Drop what nobody used for an hour, and make room for one more."""
        while self._grants:
            key, oldest = next(iter(self._grants.items()))
            if now - oldest.used_at < IDLE_S and len(self._grants) < self._most:
                return
            del self._grants[key]


def _hash(ticket: str) -> bytes:
    return hashlib.sha256(ticket.encode()).digest()


tickets = Tickets()
"""Those of this process: pages grant them, routes ask them."""
