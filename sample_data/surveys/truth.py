"""What was planted in the surveys, as shares that an honest reading should come near; the same for every seed."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import expit

from sample_data.districts import DISTRICTS
from sample_data.surveys import residents
from sample_data.surveys.expected import GENDERS, STAGES, odds, people, shares
from sample_data.surveys.indicators import KEYS, RISKS
from sample_data.surveys.planted import (
    HEAVIER,
    IMPROVED,
    PERCEIVED_BETTER,
    PERCEIVED_WORSE,
    RISING,
    STATION_REACH_KM,
    UNMET_AREA,
    WAVES,
    position,
    station_km,
)
from sample_data.surveys.safety_items import ITEM_KEYS
from sample_data.surveys.turnout import Turnout, adults, pupils


def survey_truth() -> dict[str, Any]:
    """Return what was planted, with expected shares (0-1) and indexes (0-6).

    `youth`: `heavier` districts, the `rising` indicator, and `unmet_help`: the shares of distressed among those at any risk and
    of wishing help among the distressed. `safety`: `station` against the districts far from it, the two `gaps` and what
    `improved`. Shares `in_town` are of all who answer.
    """
    return {
        "waves": list(WAVES),
        "youth": {
            "turnout": {str(year): _sums(pupils(year)) for year in WAVES},
            "heavier": [_heavier(area, key, ratio) for (area, key), ratio in HEAVIER.items()],
            "rising": {"indicator": RISING[0], "in_town": {str(y): _in_town(y)[KEYS.index(RISING[0])] for y in WAVES}},
            "unmet_help": {
                "area": UNMET_AREA,
                "in_area": _unmet(position(UNMET_AREA)),
                "in_town": _unmet(None),
            },
        },
        "safety": {
            "turnout": {str(year): _sums(adults(year)) for year in WAVES},
            "station": _station(),
            "gaps": [_gap("worse", *PERCEIVED_WORSE), _gap("better", *PERCEIVED_BETTER)],
            "improved": [_improved(area, key) for area, key in IMPROVED],
        },
    }  # fmt: skip


def area_shares(year: int) -> np.ndarray:
    """Expected share of yes per district and indicator."""
    found = shares(odds().answer[WAVES.index(year)])
    return np.einsum("g,s,dgsi->di", list(GENDERS.values()), list(STAGES.values()), found)


def _in_town(year: int) -> list[float]:
    part = people(year).sum(axis=(1, 2))
    return _rounded(part @ area_shares(year))


def _heavier(area: str, key: str, ratio: float) -> dict[str, Any]:
    place = KEYS.index(key)
    return {
        "area": area,
        "indicator": key,
        "odds_ratio": ratio,
        "in_area": {str(year): _rounded(area_shares(year)[position(area), place]) for year in WAVES},
        "in_town": {str(year): _in_town(year)[place] for year in WAVES},
    }


def _unmet(area: int | None) -> dict[str, float]:
    """Over all risks of the last wave, each answer of yes counted once."""
    part = people(WAVES[-1])
    part = part if area is None else np.where(np.arange(len(part)) == area, part.T, 0).T
    model = odds()
    at_risk = np.einsum("dgs,dgsr->dgr", part, shares(model.answer[-1])[..., list(RISKS)])
    distressed = at_risk * expit(model.distress)
    wishing = distressed * expit(model.wish)
    return {
        "distressed_of_at_risk": _rounded(distressed.sum() / at_risk.sum()),
        "wishing_of_distressed": _rounded(wishing.sum() / distressed.sum()),
    }


def _station() -> dict[str, Any]:
    expected, is_near = residents.expected(WAVES[-1]), station_km() < STATION_REACH_KM
    items = {key: expected[:, ITEM_KEYS.index(key)] for key in ("unsafe.out_late", "problem.intoxicated")}
    return {
        "near": [one.code for one, near in zip(DISTRICTS, is_near, strict=True) if near],
        **{
            key: {"near": _rounded(of[is_near].mean()), "elsewhere": _rounded(of[~is_near].mean())}
            for key, of in items.items()
        },
    }


def _gap(way: str, area: str, steps: float) -> dict[str, Any]:
    expected = residents.expected(WAVES[-1])[:, ITEM_KEYS.index("unsafe.out_late")]
    place = position(area)
    return {
        "area": area,
        "perceived": way,
        "steps": steps,
        "unsafe.out_late": _rounded(expected[place]),
        "rank_of_districts": int((expected > expected[place]).sum()) + 1,
    }


def _improved(area: str, key: str) -> dict[str, Any]:
    place = ITEM_KEYS.index(key)
    index = {str(year): _rounded(residents.expected(year)[position(area), place]) for year in WAVES}
    return {"area": area, "item": key, "index": index}


def _sums(of: Turnout) -> dict[str, int]:
    return {"invited": int(of.invited.sum()), "responded": int(of.responded.sum())}


def _rounded(values: Any) -> Any:
    return np.round(values, 4).tolist()
