"""From a table of respondents to the cells that are published, once: hide, add noise, audit, forget."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from data_access.surveys.hiding import Ban, Outside, Why, hidden, outside_of
from data_access.surveys.secret_keys import LARGEST, check_secret, fingerprint, noise
from data_access.surveys.selfcheck import Published, findings, nested_pairs
from data_access.surveys.tallies import PEOPLE, tallies

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data_access.surveys.respondents import Respondents
    from data_access.surveys.tallies import Group, Tallies, Track

    Counts = NDArray[np.int64]

FEWEST = 10
"""Municipal roles are told of no smaller group."""
FEWEST_FOR_PARTNERS = 20
"""Nor are partners and presenters of one smaller than this."""

_BREAKDOWNS = ("all", "gender", "stage")
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
    """What the build found when it attacked its own tables; `is_clean`: it gave no measure up as a whole."""

    measures: int
    dropped: tuple[Dropped, ...]
    is_clean: bool


@dataclass(frozen=True, eq=False)
class Built:
    """The tables of a wave as they are published; no true count is in it.

    Arrays by group, place (the last: the municipality) and track. `n`, `amount`: with noise, 0 where hidden. `why`: reason
    (`Why`) of what is hidden from municipal roles. `is_partner`: shown to partners, too. `fingerprint`: of the file it was made
    of.
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

    @property
    def is_shown(self) -> NDArray[np.bool_]:
        """Cells that municipal roles are told."""
        return self.why == Why.SHOWN


def build_release(table: Respondents, secret: str) -> Built:
    """Publish what people answered; nothing of the table is kept. Raises `SecretError`."""
    check_secret(secret)
    return published(tallies(table, secret), secret, fingerprint(table.row_keys, secret))


def published(counted: Tallies, secret: str, file: str) -> Built:
    """Publish counts: those of respondents, or those of a file that came as counts."""
    noisy, n, amount = _with_noise(counted, secret)
    why = np.full(n.shape, Why.SMALL, np.int8)
    is_partner = np.zeros(n.shape, bool)
    dropped: list[Dropped] = []
    known: dict[bytes, tuple[frozenset[Ban], bool]] = {}
    is_clean = True
    for position, track in enumerate(counted.tracks):
        base = position if not track.of_some else _base_of(counted.tracks, position)
        bans, found_clean = _bans(counted, noisy, base, known)
        is_clean &= found_clean
        if track.question is not PEOPLE and not track.of_some:
            dropped += [
                _dropped(counted, track, ban)
                for ban in sorted(bans, key=lambda ban: (ban.breakdown, ban.area))
            ]
        why[..., position], is_partner[..., position] = _shown(counted, noisy, position, base, bans)
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


def _base_of(tracks: tuple[Track, ...], position: int) -> int:
    """The track whose groups decide where a follow-up may be shown: its question's, or everybody's."""
    own = tracks[position].question
    found = [place for place, one in enumerate(tracks) if one.question is own and not one.of_some]
    return found[0] if found else 0


def _breakdowns(counted: Tallies) -> list[list[int]]:
    return [counted.of(name) for name in _BREAKDOWNS]


def _shown(
    counted: Tallies, noisy: Counts, position: int, base: int, bans: frozenset[Ban]
) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """Why cells of a track are hidden, and which are shown to partners.

    Who has the risk is an answer: where follow-ups are shown is decided by the number of those with it as it is published, so
    much larger that the true one is large enough, and so says nothing that is not published.
    """
    breakdowns, suppressed = _breakdowns(counted), counted.is_suppressed[..., position]
    why, partner = _tiers(counted, noisy, base, bans)
    if counted.tracks[position].of_some:
        told, all_of_them = noisy[..., position], outside_of(counted.n[..., base])
        outside = Outside(np.zeros_like(all_of_them.people), all_of_them.is_there)
        why = hidden(told, breakdowns, FEWEST + LARGEST, outside=outside, within=why == Why.SHOWN)
        within = (partner == Why.SHOWN) & (why == Why.SHOWN)
        partner = hidden(told, breakdowns, FEWEST_FOR_PARTNERS + LARGEST, outside=outside, within=within)
    return np.where(suppressed, Why.SOURCE, why).astype(np.int8), partner == Why.SHOWN


def _tiers(
    counted: Tallies, noisy: Counts, position: int, bans: frozenset[Ban]
) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Why cells are hidden from municipal roles, and from partners: these are also told no number below theirs."""
    n, breakdowns = counted.n[..., position], _breakdowns(counted)
    why = hidden(n, breakdowns, FEWEST, bans=bans, within=~counted.is_suppressed[..., position])
    return why, hidden(
        n,
        breakdowns,
        FEWEST_FOR_PARTNERS,
        told=noisy[..., position],
        bans=bans,
        within=why == Why.SHOWN,
    )


def _bans(
    counted: Tallies, noisy: Counts, position: int, known: dict[bytes, tuple[frozenset[Ban], bool]]
) -> tuple[frozenset[Ban], bool]:
    """What the self-audit forbids of a track, and whether nothing is left to find; the same people, the same answer."""
    if counted.atoms is None:
        return frozenset(), True
    name = counted.atoms[..., position].tobytes()
    if name not in known:
        known[name] = _audited(counted, noisy, position)
    return known[name]


def _audited(counted: Tallies, noisy: Counts, position: int) -> tuple[frozenset[Ban], bool]:
    """Forbid what is found until nothing is; where that does not come to an end, the whole measure."""
    assert counted.atoms is not None  # noqa: S101 - asked by the caller
    atoms, bans = counted.atoms[..., position], frozenset[Ban]()
    members = _members(counted, atoms.shape[1:])
    breakdown_of = [_BREAKDOWNS.index(name) for name, _ in counted.groups]
    for _ in range(len(_BREAKDOWNS) * (len(counted.areas) + 1)):
        found: frozenset[Ban] = frozenset()
        is_clean = True
        tiers = _tiers(counted, noisy, position, bans)
        for why, fewest in zip(tiers, (FEWEST, FEWEST_FOR_PARTNERS), strict=True):
            tables = Published(why == Why.SHOWN, members, breakdown_of, atoms)
            found |= findings(tables, fewest)
            is_clean &= not nested_pairs(tables, fewest)
        if not found and is_clean:
            return bans, True
        if not found:
            break
        bans |= found
    return frozenset({Ban(0, len(counted.areas))}), False


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
    return Dropped(code, track.measure, _BREAKDOWNS[ban.breakdown], (*counted.areas, "")[ban.area])
