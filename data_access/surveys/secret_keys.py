"""Keyed hashes: of rows, and from the sum of the rows that are in a cell the noise of that cell.

The same people give the same noise in every table and every build, so that asking again averages nothing away. Without the secret
nobody can compute it, and with it only who also has the rows.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

SHORTEST_SECRET = 32
LARGEST = 5
VARIANCE = 4.0
_BYTES = 8
_STEPS = 200
_ROWS, _NOISE, _FILE, _CHOICE = b"rows", b"noise", b"file", b"choice"


class SecretError(ValueError):
    """There is no secret, or it is too short."""


def check_secret(secret: str) -> None:
    """Raise `SecretError` unless the secret has at least `SHORTEST_SECRET` characters."""
    if len(secret) < SHORTEST_SECRET:
        message = f"a secret of at least {SHORTEST_SECRET} characters is needed"
        raise SecretError(message)


def row_keys(rows: Iterable[Sequence[str]], secret: str) -> NDArray[np.uint64]:
    """A keyed hash per row of cells; rows with the same cells get different ones, whichever comes first."""
    key, seen = _key(secret), Counter[bytes]()
    keys = []
    for row in rows:
        cells = "\x1f".join(row).encode("utf-8", "surrogatepass")
        seen[cells] += 1
        keys.append(_hash(key, _ROWS, seen[cells].to_bytes(4, "big") + cells))
    return np.array(keys, np.uint64)


def fingerprint(keys: NDArray[np.uint64], secret: str) -> str:
    """One keyed hash of all rows together, in whatever order they stood."""
    hashed = blake2b(np.sort(keys).tobytes(), key=_key(secret), person=_FILE, digest_size=32)
    return hashed.hexdigest()


def changed_rows(old: NDArray[np.uint64], new: NDArray[np.uint64]) -> int:
    """How many people are not in both: a row that was changed counts once, as one that was taken out or put in does."""
    gone = np.setdiff1d(old, new).size
    come = np.setdiff1d(new, old).size
    return max(gone, come)


def choices(keys: NDArray[np.uint64], secret: str) -> NDArray[np.uint64]:
    """Another keyed hash of each key, for deciding something that the noise must not follow from."""
    key = _key(secret)
    return np.array([_hash(key, _CHOICE, one) for one in _bytes_of(keys)], np.uint64)


def noise(sums: NDArray[np.uint64], secret: str) -> NDArray[np.int64]:
    """The noise of cells, from the sums of the keys in them: whole numbers, mean 0, variance 4, at most 5 either way."""
    key = _key(secret)
    different, places = np.unique(sums, return_inverse=True)
    hashed = np.array([_hash(key, _NOISE, one) for one in _bytes_of(different)], np.uint64)
    chance = hashed.astype(np.float64) / 2.0**64
    drawn = np.searchsorted(np.cumsum(_chances())[:-1], chance, side="right") - LARGEST
    return drawn[places].reshape(sums.shape)


@cache
def _chances() -> NDArray[np.float64]:
    """Of -5, ..., 5: the bell that has variance 4 once it is cut there (found by halving)."""
    values = np.arange(-LARGEST, LARGEST + 1, dtype=np.float64)
    narrow, wide = 0.5, 10.0 * LARGEST
    chances = np.ones(len(values))
    for _ in range(_STEPS):
        spread = (narrow + wide) / 2
        chances = np.exp(-(values**2) / (2 * spread**2))
        chances /= chances.sum()
        is_narrow = (chances * values**2).sum() < VARIANCE
        narrow, wide = (spread, wide) if is_narrow else (narrow, spread)
    return chances


def _key(secret: str) -> bytes:
    check_secret(secret)
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()


def _hash(key: bytes, what_for: bytes, content: bytes) -> int:
    return int.from_bytes(blake2b(content, key=key, person=what_for, digest_size=_BYTES).digest(), "big")


def _bytes_of(keys: NDArray[np.uint64]) -> list[bytes]:
    whole = keys.astype(">u8").tobytes()
    return [whole[at : at + _BYTES] for at in range(0, len(whole), _BYTES)]
