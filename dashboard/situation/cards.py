"""The evaluation card in words: plan, sentence, caveats, how it was computed, and what was changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dashboard.situation.card_words import CardWords
from dashboard.situation.effect_words import (
    caveat_sentences,
    computed,
    listed,
    ring_sentence,
    sentence,
    verdict,
)
from dashboard.situation.finding_words import finding_line
from dashboard.situation.intervention import is_told

if TYPE_CHECKING:
    from dashboard.situation.evaluation import Evaluation
    from dashboard.texts import Texts
    from data_access.frame import Frame
    from data_access.intervention_facts import InterventionFact
    from data_access.interventions import ChangedField, InterventionRecord

MANY_LOOKS = 6
_TEXTS = ("problem", "cause", "hypothesis", "goal", "responsible", "decided_in", "plan")


def card_words(of: Evaluation, record: InterventionRecord, frame: Frame, texts: Texts) -> CardWords:
    """The card of an intervention, in one language."""
    said = " ".join(part for part in (sentence(of, texts), ring_sentence(of, texts)) if part)
    return CardWords(
        title=record.fact.title,
        status=status_line(record.fact, texts),
        verdict=verdict(of, texts),
        sentence=said,
        lines=plan_lines(record, frame, texts),
        caveats=(*caveat_sentences(of, texts), *_edited(record, texts)),
        computed=computed(of, frame, texts),
        dose=dose_sentence(record, texts),
        looks=_looks(of, record, texts),
        changes=tuple(_change(one, frame, texts) for one in record.changes if one.actor),
        municipality=frame.municipality,
        source=_source(of, frame, texts),
    )


def status_line(one: InterventionFact, texts: Texts) -> str:
    """Status, kind, who and from when to when."""
    parts = (
        texts(f"intervention_status.{one.status}"),
        kind_name(one.kind, texts),
        one.organisation,
        days_in_words(one, texts),
    )
    return " \u00b7 ".join(parts)


def kind_name(kind: str, texts: Texts) -> str:
    """Name of a kind; one that has left the catalogue is shown as it was stored."""
    key = f"intervention_kind.{kind}"
    return texts(key) if texts.has(key) else kind


def days_in_words(one: InterventionFact, texts: Texts) -> str:
    """From when to when."""
    start = texts.short_date(one.starts_on)
    if one.ends_on is None:
        return texts("chart.lane_since", start=start)
    return texts("chart.lane_between", start=start, end=texts.short_date(one.ends_on))


def plan_lines(record: InterventionRecord, frame: Frame, texts: Texts) -> tuple[tuple[str, str], ...]:
    """The plan as label and value, without what nobody filled in."""
    fact = record.fact
    values = {
        "areas": listed(area_names(fact.areas, frame), texts) if fact.areas else "",
        "categories": listed(category_names(fact, frame, texts), texts) if fact.categories else "",
        **{name: getattr(record, name) for name in _TEXTS},
        "finding_id": finding_line(record.finding, texts),
        "goal_pct": texts.percent(fact.goal_pct / 100) if fact.goal_pct is not None else "",
        "approach": texts(f"intervention_approach.{fact.approach}"),
        "horizon": texts(f"intervention_horizon.{fact.horizon}"),
        "cost_sek": texts.number(record.cost_sek) if record.cost_sek is not None else "",
        "detectable_pct": texts.percent(record.detectable_pct / 100) if record.detectable_pct else "",
        "comparison_reason": record.comparison_reason,
        "cancelled_because": record.cancelled_because,
    }
    return tuple((texts(f"intervention_field.{name}"), value) for name, value in values.items() if value)


def area_names(codes: tuple[str, ...], frame: Frame) -> tuple[str, ...]:
    """Names of districts; a code that is not there any more is shown as it is."""
    names = {area.code: area.name for area in frame.areas}
    return tuple(names.get(code, code) for code in codes)


def category_names(one: InterventionFact, frame: Frame, texts: Texts) -> tuple[str, ...]:
    """Names of the types that an intervention is aimed at."""
    names = {category.code: texts.name(category) for category in frame.categories}
    return tuple(names.get(code, code) for code in one.categories)


def dose_sentence(record: InterventionRecord, texts: Texts) -> str:
    """What was delivered per week on average; nothing where nobody said."""
    if not record.doses:
        return ""
    amounts = [amount for _, amount in record.doses]
    return texts(
        "interventions.dose_said",
        mean=texts.number(sum(amounts) / len(amounts), 1),
        unit=record.dose_unit or texts("intervention_field.dose"),
        count=len(amounts),
        without=sum(amount == 0 for amount in amounts),
    )


def _edited(record: InterventionRecord, texts: Texts) -> tuple[str, ...]:
    """Whatever was changed once it had begun could have been chosen with the result in sight."""
    late = sorted({one.field for one in record.changes if one.is_after_start and one.field != "status"})
    if not late:
        return ()
    names = listed(tuple(texts(f"intervention_field.{name}") for name in late), texts)
    return (texts("interventions.edited_after_start", fields=names),)


def _looks(of: Evaluation, record: InterventionRecord, texts: Texts) -> str:
    if not is_told(of) or not record.looks:
        return ""
    said = texts("interventions.looks", count=record.looks)
    return f"{said} {texts('interventions.many_looks')}" if record.looks >= MANY_LOOKS else said


def _change(one: ChangedField, frame: Frame, texts: Texts) -> tuple[str, str, str]:
    at = one.at.astimezone(ZoneInfo(frame.timezone)).strftime("%Y-%m-%d %H:%M")
    what = texts(
        "interventions.changed",
        field=texts(f"intervention_field.{one.field}"),
        before=_told(one.field, one.before, texts) or "\u2013",
        after=_told(one.field, one.after, texts) or "\u2013",
    )
    return at, one.actor, what


def _told(field: str, value: str, texts: Texts) -> str:
    """A value of a catalogue by its name, any other as it was written."""
    key = f"intervention_{field}.{value}"
    return texts(key) if texts.has(key) else value


def _source(of: Evaluation, frame: Frame, texts: Texts) -> str:
    if of.last_day is None:
        return texts("interventions.source", municipality=frame.municipality)
    return texts("interventions.source_until", municipality=frame.municipality, last=texts.date(of.last_day))
