"""An evaluation in words: one sentence in a fixed order for the meeting, the caveats, and how it was computed."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from dashboard.situation.comparisons import FEWEST_AREAS
from dashboard.situation.intervention import is_hidden, is_told
from dashboard.situation.overlaps import DEFAULT_RING_M
from dashboard.situation.trial import TRIGGER_WEEKS
from dashboard.statistics.detectable import POWER
from dashboard.statistics.effect import FEWEST_EXPECTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from dashboard.situation.evaluation import Evaluation, Said
    from dashboard.statistics.outcome import Effect, Interval, Outcome
    from dashboard.texts import Texts
    from data_access.frame import Frame


def verdict(of: Evaluation, texts: Texts) -> str:
    """The verdict in two to four words; what stands in its place where nothing can be computed."""
    if of.effect is None:
        return texts("effect.verdict_none")
    return texts(f"effect.verdict_{of.effect.verdict}")


def sentence(of: Evaluation, texts: Texts) -> str:
    """Since when, observed, expected and from how many areas, difference with range, verdict; or why there is no answer."""
    if of.effect is None:
        return problem(of, texts)
    parts = [_observed(of, of.effect, texts)]
    if is_told(of) and not is_hidden(of):
        parts += [_expected(of.effect, texts), _difference(of.effect.target.difference, texts)]
    if not is_told(of):
        parts.append(_too_few(of.effect, texts))
    parts.append(texts("effect.ends_with", verdict=verdict(of, texts)))
    if of.bundle:
        parts.append(texts("effect.bundle", titles=listed(of.bundle, texts)))
    return " ".join(parts)


def problem(of: Evaluation, texts: Texts) -> str:
    """Why there is no effect."""
    return problem_words(of.problem, texts) if of.problem else ""


def problem_words(said: Said, texts: Texts) -> str:
    """A reason why nothing can be computed, as a sentence."""
    return texts(f"no_effect.{said.key}", **_values(said, texts))


def caveat_sentences(of: Evaluation, texts: Texts) -> tuple[str, ...]:
    """Every caveat that is true."""
    return tuple(texts(f"caveat.{one.key}", **_values(one, texts)) for one in of.caveats)


def computed(of: Evaluation, frame: Frame, texts: Texts) -> tuple[str, ...]:
    """How it was computed, with the numbers behind it; without an estimate only what it was to rest on."""
    if of.effect is None:
        return ()
    effect = of.effect
    lines = [_model(effect, texts), _compared_with(of, frame, texts)]
    if of.led_weeks:
        lines.append(texts("effect.computed_trigger", weeks=TRIGGER_WEEKS))
    if is_told(of) and not is_hidden(of):
        lines += _numbers(effect, texts)
    lines.append(_detectable(of, effect, texts))
    return tuple(lines)


def ring_sentence(of: Evaluation, texts: Texts) -> str:
    """What happened around: whether it moved there; nothing where there is no ring or no estimate."""
    effect = of.effect
    if effect is None or effect.ring is None or not is_told(of) or is_hidden(of):
        return ""
    if 0 < effect.ring.observed < of.fewest or not isfinite(effect.ring.ratio.value):
        return ""
    key = (
        "ring_more"
        if effect.ring.ratio.low > 1
        else "ring_less"
        if effect.ring.ratio.high < 1
        else "ring_same"
    )
    if of.intervention.polygon is not None:
        where = texts("effect.around_metres", metres=of.intervention.ring_m or DEFAULT_RING_M)
    else:
        where = texts("effect.around_areas", count=len(of.ring))
    return texts(f"effect.{key}", where=where, **_change(effect.ring, texts))


def listed(names: tuple[str, ...], texts: Texts) -> str:
    """Names in a row, with "and" before the last."""
    if len(names) == 1:
        return names[0]
    return texts("effect.and", first=", ".join(names[:-1]), last=names[-1])


def percent_change(ratio: float, texts: Texts) -> str:
    """+12 %, \u221223 %."""
    share = round(ratio - 1, 2)
    return ("+" if share > 0 else "") + texts.percent(share)


def _values(said: Said, texts: Texts) -> dict[str, object]:
    values = {name: _value(name, value, texts) for name, value in said.values.items()}
    return {"count": values["weeks"], **values} if "weeks" in values else values


def _value(name: str, value: object, texts: Texts) -> object:
    """What a sentence names: days, shares and types as they are read."""
    if name in ("share", "low", "high") and isinstance(value, float):
        return texts.percent(value)
    if name == "ratio" and isinstance(value, float):
        return texts.number(value, 1)
    if name in ("first", "last") and hasattr(value, "isoformat"):
        return texts.date(value)  # pyright: ignore[reportArgumentType] - a day
    if name == "types" and isinstance(value, tuple):
        return ", ".join(texts.name(one) for one in value)
    return value


def _observed(of: Evaluation, effect: Effect, texts: Texts) -> str:
    one, observed = of.intervention, effect.target.observed
    told = texts("explore.few", count=of.fewest) if is_hidden(of) else observed
    first: date = of.weeks[of.weekly_after].astype("datetime64[D]").tolist()[0]
    days = {"first": texts.date(first), "last": texts.date(of.last_day) if of.last_day else ""}
    is_over = one.ends_on is not None and of.last_day is not None and of.last_day <= one.ends_on
    key = "effect.observed_between" if is_over else "effect.observed_since"
    return texts(key, count=0 if is_hidden(of) else observed, observed=told, **days)


def _expected(effect: Effect, texts: Texts) -> str:
    of = effect.target.expected
    ends = {
        name: round(value) for name, value in (("expected", of.value), ("low", of.low), ("high", of.high))
    }
    return texts("effect.expected", count=effect.comparison_count, **ends)


def _difference(of: Interval, texts: Texts) -> str:
    """Fewer or more, with the range in the same words."""
    value, low, high = round(of.value), round(of.low), round(of.high)
    if of.high < 0:
        return texts("effect.fewer", count=-value, low=-high, high=-low)
    if of.low > 0:
        return texts("effect.more", count=value, low=low, high=high)
    key = "effect.fewer_or_more" if value < 0 else "effect.more_or_fewer" if value > 0 else "effect.same"
    return texts(key, count=abs(value), fewer=max(-low, 0), more=max(high, 0))


def _too_few(effect: Effect, texts: Texts) -> str:
    if effect.target.expected.value < FEWEST_EXPECTED:
        return texts("effect.too_few_expected", fewest=FEWEST_EXPECTED)
    return texts(
        "effect.too_few_detectable" if effect.detectable_pct is not None else "effect.too_few_nothing"
    )


def _change(of: Outcome, texts: Texts) -> Mapping[str, str]:
    ratio = of.ratio
    return {name: percent_change(getattr(ratio, name), texts) for name in ("value", "low", "high")}


def _model(effect: Effect, texts: Texts) -> str:
    weeks = {"before": effect.baseline_weeks, "after": effect.after_weeks}
    said = {name: texts("effect.weeks", count=count) for name, count in weeks.items()}
    return texts("effect.computed_model", **said)


def _compared_with(of: Evaluation, frame: Frame, texts: Texts) -> str:
    names = {area.code: area.name for area in frame.areas}
    areas = listed(tuple(names.get(code, code) for code in of.comparison), texts)
    name = of.effect.comparison_name if of.effect is not None else "matched"
    said = texts(f"effect.computed_{name}", count=len(of.comparison), areas=areas, fewest=FEWEST_AREAS)
    return f"{said} {texts('effect.computed_partly', count=of.partly)}" if of.partly else said


def _numbers(effect: Effect, texts: Texts) -> Iterator[str]:
    weeks = texts("effect.weeks", count=effect.baseline_weeks)
    yield texts("effect.computed_before", count=effect.before, weeks=weeks)
    yield texts(
        "effect.computed_interval",
        level=texts.percent(effect.level),
        dispersion=texts.number(effect.dispersion, 1),
        drift=texts.percent(effect.drift),
        **_change(effect.target, texts),
    )
    if effect.wdd:
        ends = {name: texts.number(getattr(effect.wdd, name), 1) for name in ("total", "low", "high")}
        yield texts("effect.computed_wdd", **ends)
    if effect.alternatives:
        sets = (
            texts(
                "effect.alternative",
                name=texts(f"comparison.{one.name}"),
                count=one.areas,
                value=percent_change(one.ratio, texts),
            )
            for one in effect.alternatives
        )
        yield texts("effect.computed_alternatives", sets="; ".join(sets))
    if effect.placebo:
        yield texts("effect.computed_placebo", rank=effect.placebo.rank, of=effect.placebo.of)


def _detectable(of: Evaluation, effect: Effect, texts: Texts) -> str:
    smallest, power = effect.detectable_pct, texts.percent(POWER)
    if smallest is None:
        return texts("effect.computed_undetectable", power=power)
    said = texts("effect.computed_detectable", pct=texts.percent(smallest / 100), power=power)
    goal = of.intervention.goal_pct
    if goal is None:
        return said
    key = "goal_within" if goal >= smallest else "goal_below"
    return f"{said} {texts(f'effect.{key}', goal=texts.percent(goal / 100))}"
