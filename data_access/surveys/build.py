"""From a table of respondents to the cells that are published, once: hide, add noise, audit, forget."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from data_access.surveys.editions import fingerprint_of, people_fingerprint_of
from data_access.surveys.hiding import Ban, Why
from data_access.surveys.secret_keys import check_secret, noise
from data_access.surveys.selfcheck import Published, findings, nested_pairs
from data_access.surveys.tallies import PEOPLE, Tallies, tallies
from data_access.surveys.tiers import BREAKDOWNS, FEWEST, FEWEST_FOR_PARTNERS, base_of, shown, tiers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data_access.surveys.editions import Read
    from data_access.surveys.tallies import Group, Track
    from data_access.surveys.tiers import Bans

    Counts = NDArray[np.int64]

_SALT = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Dropped:
    """A breakdown that the self-audit took out of an area, for one measure: it would have given a small group away."""

    indicator: str
    measure: str
    breakdown: str
    area: str


@dataclass(frozen=True)
class SelfAudit:
    """What the build found when it attacked its own tables; `is_clean`: it gave no measure up as a whole.

    `dropped`: for everybody; what only partners are not told is not listed. A file of counts cannot be attacked so: nobody
    knows then (None).
    """

    measures: int
    dropped: tuple[Dropped, ...]
    is_clean: bool | None


@dataclass(frozen=True, eq=False)
class Built:
    """The tables of a wave as they are published; no true count is in it.

    Arrays by group, place (the last: the municipality) and track. `n`, `amount`: with noise, 0 where hidden. `why`: reason
    (`Why`) of what is hidden from municipal roles. `is_partner`: shown to partners, too. `fingerprint`: of the file it was made
    of; `people_fingerprint`: of the people in it, whatever districts they are in.
    """

    areas: tuple[str, ...]
    groups: tuple[Group, ...]
    tracks: tuple[Track, ...]
    n: NDArray[np.int64]
    amount: NDArray[np.int64]
    why: NDArray[np.int8]
    is_partner: NDArray[np.bool_]
    audit: SelfAudit
    fingerprint: str = field(repr=False)
    people_fingerprint: str = field(repr=False)

    @property
    def is_shown(self) -> NDArray[np.bool_]:
        """Cells that municipal roles are told."""
        return self.why == Why.SHOWN


def build_release(read: Read, secret: str) -> Built:
    """Publish what people answered, or counts that a file came with; nothing of it is kept. Raises `SecretError`."""
    check_secret(secret)
    counted = read if isinstance(read, Tallies) else tallies(read, secret)
    built = _published(counted, secret, fingerprint_of(read, secret), people_fingerprint_of(read, secret))
    return replace(built, audit=replace(built.audit, is_clean=None)) if counted is read else built


def _published(counted: Tallies, secret: str, file: str, people: str) -> Built:
    noisy, n, amount = _with_noise(counted, secret)
    why = np.full(n.shape, Why.SMALL, np.int8)
    is_partner = np.zeros(n.shape, bool)
    dropped: list[Dropped] = []
    known: dict[bytes, tuple[Bans, bool]] = {}
    is_clean = True
    for position, track in enumerate(counted.tracks):
        base = position if not track.of_some else base_of(counted.tracks, position)
        bans, found_clean = _bans(counted, noisy, base, known)
        is_clean &= found_clean
        if track.question is not PEOPLE and not track.of_some:
            dropped += [
                _dropped(counted, track, ban)
                for ban in sorted(bans[0], key=lambda ban: (ban.breakdown, ban.area))
            ]
        why[..., position], is_partner[..., position] = shown(counted, noisy, position, base, bans)
    is_shown = why == Why.SHOWN
    return Built(
        areas=counted.areas,
        groups=counted.groups,
        tracks=counted.tracks,
        n=np.where(is_shown, n, 0),
        amount=np.where(is_shown, amount, 0),
        why=why,
        is_partner=is_partner,
        audit=SelfAudit(len(counted.tracks), tuple(dropped), is_clean),
        fingerprint=file,
        people_fingerprint=people,
    )


def _with_noise(counted: Tallies, secret: str) -> tuple[Counts, Counts, Counts]:
    """Numbers of people with noise, and numbers and amounts as they are published.

    It follows from whoever is counted and from whoever is in the cell at all: somebody who comes or goes changes every number
    of the cell, whatever they answered. Nobody and everybody get noise of their own: else all cells without anybody would be
    known by their one noise, and those with everybody by being 100 %.
    """
    people = counted.n_keys[..., :1] * _SALT
    noisy = counted.n + noise(counted.n_keys ^ people, secret)
    n = np.maximum(noisy, FEWEST)
    top = np.array([track.top for track in counted.tracks])
    cell = np.arange(counted.n.size, dtype=np.uint64).reshape(counted.n.shape) * _SALT
    is_none, is_all = counted.amount == 0, counted.amount == counted.n * top
    keys = np.where(is_none | is_all, counted.n_keys ^ cell, counted.amount_keys)
    changed = noise(keys ^ people, secret) * top
    amount = np.where(is_all, n * top - np.abs(changed), counted.amount + changed)
    return noisy, n, np.clip(amount, 0, n * top)


def _bans(
    counted: Tallies, noisy: Counts, position: int, known: dict[bytes, tuple[Bans, bool]]
) -> tuple[Bans, bool]:
    """What the self-audit forbids of a track, and whether nothing is left to find; the same counts, the same answer."""
    if counted.atoms is None:
        return (frozenset(), frozenset()), True
    name = counted.atoms[..., position].tobytes() + noisy[..., position].tobytes()
    if name not in known:
        known[name] = _audited(counted, noisy, position)
    return known[name]


def _audited(counted: Tallies, noisy: Counts, position: int) -> tuple[Bans, bool]:
    """Forbid what is found until nothing is; where that does not come to an end, the whole measure."""
    assert counted.atoms is not None  # noqa: S101 - asked by the caller
    atoms = counted.atoms[..., position]
    members = _members(counted, atoms.shape[1:])
    breakdown_of = [BREAKDOWNS.index(name) for name, _ in counted.groups]
    bans: list[frozenset[Ban]] = [frozenset(), frozenset()]
    for _ in range(2 * len(BREAKDOWNS) * (len(counted.areas) + 1)):
        shown_to = tiers(counted, noisy, position, (bans[0], bans[1]))
        is_clean, is_found = True, False
        for tier, fewest in enumerate((FEWEST, FEWEST_FOR_PARTNERS)):
            tables = Published(shown_to[tier] == Why.SHOWN, members, breakdown_of, atoms)
            found = findings(tables, fewest)
            bans[tier] |= found
            is_found |= bool(found)
            is_clean &= not nested_pairs(tables, fewest)
        if not is_found:
            break
    else:
        is_clean = False
    everything = frozenset({Ban(0, len(counted.areas))})
    return ((bans[0], bans[1]), True) if is_clean else ((everything, everything), False)


def _members(counted: Tallies, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Which atoms (gender x stage) of an area are in each group."""
    members = np.ones((len(counted.groups), *shape), bool)
    for position, group in enumerate(counted.of("gender")):
        members[group] = (np.arange(shape[0]) == position)[:, None]
    for position, group in enumerate(counted.of("stage")):
        members[group] = (np.arange(shape[1]) == position)[None, :]
    return members


def _dropped(counted: Tallies, track: Track, ban: Ban) -> Dropped:
    code = track.question.code if track.question else ""
    return Dropped(code, track.measure, BREAKDOWNS[ban.breakdown], (*counted.areas, "")[ban.area])
