"""What somebody who was not signed in had asked for: the question of a link outlives the way through the identity provider.

Kept in memory for a quarter of an hour under the hash of a cookie that the browser has before and after; given back once.
"""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BROWSER = "samsyn_browser"
"""The cookie. It says nothing of the person, only that whoever comes back from signing in is the one who left for it."""

KEPT_S = 900.0
MOST, LONGEST = 1000, 4000


class Wanted:
    """Questions by browser; the oldest makes room for the newest. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[bytes, tuple[float, dict[str, str]]] = OrderedDict()
        self._lock = Lock()

    def keep(self, browser: str, query: Mapping[str, str]) -> None:
        """Remember what was asked; nothing of a browser without a cookie, of no question, or of one beyond all measure."""
        if not browser or not query or sum(map(len, (*query, *query.values()))) > LONGEST:
            return
        with self._lock:
            self._kept.pop(_key(browser), None)
            self._kept[_key(browser)] = (self._clock(), dict(query))
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)

    def take(self, browser: str) -> dict[str, str]:
        """What was asked, once; nothing when it is too long ago."""
        with self._lock:
            at, query = self._kept.pop(_key(browser), (float("-inf"), {}))
        return query if self._clock() - at < KEPT_S else {}


def _key(browser: str) -> bytes:
    return hashlib.sha256(browser.encode()).digest()


wanted = Wanted()
"""That of this process."""
