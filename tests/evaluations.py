"""Evaluations as they might come out, made of seeded chance: for tests of whatever draws or says them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.situation.card_words import CardWords
from dashboard.situation.evaluation import Evaluation, Said
from dashboard.statistics.outcome import (
    AFTER,
    BASELINE,
    LEFT_OUT,
    Alternative,
    Effect,
    Interval,
    Outcome,
    Placebo,
    Running,
    Weekly,
)
from data_access.frame import InterventionFact

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboard.statistics.outcome import Verdict

FIRST_MONDAY = date(2025, 1, 6)
COLUMNS, ROWS = 6, 5


def planned(title: str, starts_on: date, ends_on: date | None = None, **more: Any) -> InterventionFact:
    """An intervention with nothing but what is drawn of it."""
    known = {"areas": ("A01", "A02"), "categories": ("bicycle_theft",), "kind": "lighting"} | more
    return InterventionFact(1, title, known.pop("kind"), "Kommunen", starts_on, ends_on, "running", **known)


def evaluation(
    *,
    title: str = "Ny belysning i Hamnen",
    per_week: float = 9.0,
    ratio: float = 0.66,
    weeks: tuple[int, int, int] = (52, 6, 26),
    has_ring: bool = True,
    others: int = 2,
    dose: float = 12.0,
    fewest: int = 0,
    seed: int = 1,
    **more: Any,
) -> Evaluation:
    """An evaluation with an effect; `weeks`: before, left out and after the start; `ratio`: observed to expected after it."""
    mondays = np.datetime64(FIRST_MONDAY, "D") + 7 * np.arange(sum(weeks))
    start = FIRST_MONDAY + timedelta(weeks=weeks[0] + weeks[1], days=2)
    intervention = planned(title, start, start + timedelta(weeks=20))
    found: dict[str, Any] = {
        "intervention": intervention,
        "last_day": FIRST_MONDAY + timedelta(weeks=sum(weeks), days=-1),
        "effect": effect(per_week, ratio, weeks, has_ring=has_ring, fewest=fewest, seed=seed),
        "problem": None,
        "caveats": (),
        "bundle": (),
        "target": ("A01", "A02"),
        "ring": ("A03", "A07", "A08", "A09") if has_ring else (),
        "comparison": ("A12", "A17", "A18", "A23", "A24", "A29"),
        "weeks": mondays,
        "others": _others(others, start),
        "dose": _dose(dose, start, weeks[2], seed),
        "dose_unit": "timmar fotpatrull" if dose else "",
        "fewest": fewest,
    }
    return Evaluation(**found | more)


def without_effect(key: str = "no_comparison", **more: Any) -> Evaluation:
    """An evaluation that cannot be made, and why."""
    return evaluation(**{"effect": None, "problem": Said(key)} | more)


def effect(
    per_week: float,
    ratio: float,
    weeks: tuple[int, int, int],
    *,
    has_ring: bool = True,
    fewest: int = 0,
    seed: int = 1,
) -> Effect:
    """An effect whose parts agree with each other; counts under `fewest` are not told."""
    random = np.random.default_rng(seed)
    role = np.repeat([BASELINE, LEFT_OUT, AFTER], weeks).astype(np.int8)
    expected = (
        per_week
        * (1 + 0.25 * np.sin(np.arange(len(role)) / 52 * 2 * np.pi))
        * random.uniform(0.9, 1.1, len(role))
    )
    true = expected * np.where(role == AFTER, ratio, np.where(role == LEFT_OUT, 1.35, 1.0))
    observed = random.poisson(true).astype(np.float64)
    low, high = _band(expected, 1.25)
    target = outcome(int(observed[role == AFTER].sum()), float(expected[role == AFTER].sum()))
    ring = (
        outcome(round(1.02 * 1.6 * target.expected.value), 1.6 * target.expected.value) if has_ring else None
    )
    after = np.cumsum((observed - expected)[role == AFTER])
    spread = 1.96 * np.sqrt(1.4 * np.cumsum(expected[role == AFTER]))
    told = np.where((observed > 0) & (observed < fewest), np.nan, observed)
    return Effect(
        target=target,
        ring=ring,
        net=_together(target, ring) if ring else None,
        verdict=verdict(target),
        p_value=0.012,
        level=0.95,
        dispersion=1.4,
        drift=0.08,
        detectable_pct=28.0,
        wdd=None,
        alternatives=tuple(
            Alternative(name, target.ratio.value * factor, areas)
            for name, factor, areas in (("all", 1.07, 24), ("nearest", 0.93, 5), ("elsewhere", 1.16, 4))
        ),
        placebo=Placebo(2, 25),
        comparison_name="matched",
        comparison_count=6,
        before=400,
        weekly=Weekly(told, expected, low, high, role),
        running=Running(after, after - spread, after + spread),
    )


def outcome(observed: int, expected: float, dispersion: float = 1.4) -> Outcome:
    """So many events against so many expected, with an interval of a plausible width."""
    half = 1.96 * np.sqrt(dispersion * (1 / max(expected, 1) + 1 / max(observed, 1)))
    return Outcome(
        observed, Interval(expected, float(expected * np.exp(-half)), float(expected * np.exp(half)))
    )


def verdict(of: Outcome) -> Verdict:
    """What an outcome says."""
    if of.expected.value < 10:
        return "too_few"
    if not of.ratio.excludes(1):
        return "no_clear_difference"
    return "less" if of.ratio.value < 1 else "more"


def _together(target: Outcome, ring: Outcome) -> Outcome:
    return outcome(target.observed + ring.observed, target.expected.value + ring.expected.value)


def _band(
    expected: NDArray[np.float64], dispersion: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    half = 1.96 * np.sqrt(dispersion * expected + 0.01 * expected**2)
    return np.maximum(0, np.floor(expected - half)), np.ceil(expected + half)


def _others(count: int, start: date) -> tuple[InterventionFact, ...]:
    titles = (
        "Klottersanering",
        "Trygghetsvandring med hyresgästerna",
        "Kameror vid torget",
        "Fältare på kvällar",
    )
    return tuple(
        planned(
            titles[i % len(titles)], start + timedelta(weeks=9 * i - 20), start + timedelta(weeks=9 * i + 6)
        )
        for i in range(count)
    )


def _dose(dose: float, start: date, weeks: int, seed: int) -> tuple[tuple[date, float], ...]:
    if not dose:
        return ()
    random = np.random.default_rng(seed)
    monday = start - timedelta(days=start.weekday())
    return tuple(
        (monday + timedelta(weeks=i), float(round(dose * random.uniform(0.3, 1.2))))
        for i in range(min(weeks, 20))
        if i % 7 != 4
    )


def card_words(of: Evaluation, language: str = "sv", **more: Any) -> CardWords:
    """A card that says what a reader would expect of the evaluation."""
    said = _SWEDISH if language == "sv" else _ENGLISH
    verdict = of.effect.verdict if of.effect else "none"
    found: dict[str, Any] = {"title": of.intervention.title, **said, "verdict": said["verdict"][verdict]}
    return CardWords(**found | more)


_SWEDISH: dict[str, Any] = {
    "status": "Pågår sedan 18 februari 2026 · Kommunen · Belysning",
    "verdict": {
        "less": "Färre än väntat",
        "no_clear_difference": "Ingen tydlig skillnad",
        "more": "Fler än väntat",
        "too_few": "För få händelser",
        "none": "",
    },
    "sentence": "Sedan 18 februari 2026 har 186 händelser rapporterats i insatsens två områden, mot väntade 263 enligt sex "
    "jämförelseområden: 77 färre, med ett spann från 33 till 137 färre.",
    "lines": (
        ("Områden", "Stationsstaden, Norra hamnen"),
        ("Händelsetyper", "Cykelstöld, Skadegörelse på fordon, Inbrott i källare eller vind"),
        (
            "Varför",
            "Med bättre ljus på parkeringen och gångvägen syns den som stjäl, och fler går där på kvällen.",
        ),
        ("Mål", "30 % färre på ett halvår"),
        ("Jämförs med", "Kvarnbacken, Åbacken, Lasarettsområdet, Tallbacken, Norrby gård, Ekudden"),
    ),
    "caveats": (
        "Veckorna före starten var ovanligt höga, och sådana veckor brukar följas av lägre också utan insats.",
        "Trygghetsvandring med hyresgästerna pågick under 62 % av veckorna efter starten.",
    ),
    "computed": (
        "Väntat antal följer de sex jämförelseområdena vecka för vecka, i samma nivå som målområdena hade under 52 veckor före.",
        "De 6 veckorna strax före starten räknas inte, eftersom beslutet kan ha fattats på grund av dem.",
        "Spannet täcker 95 %. Områden utan insats varierar 1,4 gånger mer än slumpen, och spannet är vidgat för det.",
        "Med så här många händelser skulle en minskning på 28 % ha upptäckts i fyra fall av fem.",
        "Om varje jämförelseområde hade varit det behandlade hade målområdena haft det 2:a lägsta värdet av 25.",
    ),
    "dose": "Under 17 av 26 veckor levererades i medeltal 9,4 timmar fotpatrull.",
    "looks": "Resultatet har lästs av 3 gånger, senast 12 augusti 2026.",
    "changes": (
        ("2026-06-02 09:14", "Eva Lind", "Jämförs med: Åbacken tillagt"),
        ("2026-02-03 13:40", "Eva Lind", "Mål: 25 % blev 30 %"),
        ("2026-01-28 10:02", "Omar Haddad", "Insatsen skapad"),
    ),
    "municipality": "Lindhamns kommun",
    "source": "Källor: Polisen, Fältgruppen, Bostads AB Linden. Uppgifter till och med 23 augusti 2026. Samsyn.",
}
_ENGLISH: dict[str, Any] = _SWEDISH | {
    "status": "Running since 18 February 2026 · The municipality · Lighting",
    "verdict": {
        "less": "Fewer than expected",
        "no_clear_difference": "No clear difference",
        "more": "More than expected",
        "too_few": "Too few incidents",
        "none": "",
    },
    "sentence": "Since 18 February 2026, 186 incidents have been reported in the two districts of the intervention, against 263 "
    "expected from six comparison districts: 77 fewer, with a range from 33 to 137 fewer.",
    "caveats": ("The weeks before the start were unusually high.",),
}


def districts(columns: int = COLUMNS, rows: int = ROWS) -> bytes:
    """GeoJSON of a made-up town of about square districts "A01" and on, in lon/lat, as `dashboard.maps.shapes` writes it."""
    random = np.random.default_rng(7)
    lon = (
        12.8 + 0.02 * np.arange(columns + 1)[None, :] + random.uniform(-0.004, 0.004, (rows + 1, columns + 1))
    )
    lat = 55.9 + 0.012 * np.arange(rows + 1)[:, None] + random.uniform(-0.002, 0.002, (rows + 1, columns + 1))
    corners = [
        [(y, x), (y, x + 1), (y + 1, x + 1), (y + 1, x), (y, x)] for y in range(rows) for x in range(columns)
    ]
    features = [
        {
            "type": "Feature",
            "properties": {"i": i, "code": f"A{i + 1:02}", "name": f"Område {i + 1}"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[round(lon[at], 5), round(lat[at], 5)] for at in ring]],
            },
        }
        for i, ring in enumerate(corners)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()
