"""A finding of the register in words: what it rests on, where, since when."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dashboard.situation.effect_words import listed

if TYPE_CHECKING:
    from datetime import datetime

    from dashboard.texts import Texts
    from data_access.findings import FindingFact


def rests_on(one: FindingFact, texts: Texts) -> str:
    """Its source, and of a survey the question and the wave."""
    of = ", ".join(part for part in (texts.name(one), one.wave) if part)
    source = texts(f"finding_source.{one.source}")
    return f"{source}: {of}" if of else source


def where(one: FindingFact, texts: Texts) -> str:
    """Its districts, as far as they are seen; or the whole municipality."""
    return texts("findings.whole") if one.is_of_all else listed(one.area_names, texts)


def finding_head(one: FindingFact, timezone: str, texts: Texts) -> str:
    """What it rests on, where, since when, and for whom it was recorded."""
    since = texts("findings.since", day=_day(one.created_at, timezone, texts))
    parts = (rests_on(one, texts), where(one, texts), since, one.organisation)
    return " \u00b7 ".join(part for part in parts if part)


def withdrawn(one: FindingFact, timezone: str, texts: Texts) -> str:
    """Since when it holds no more, and why; nothing for one that holds."""
    if one.withdrawn_at is None:
        return ""
    day = _day(one.withdrawn_at, timezone, texts)
    return texts("findings.withdrawn", day=day, reason=one.withdrawn_reason)


def finding_line(one: FindingFact | None, texts: Texts) -> str:
    """The sentence with what it rests on, as an intervention shows it; nothing without a finding."""
    if one is None:
        return ""
    mark = f", {texts('findings.is_withdrawn')}" if one.is_withdrawn else ""
    return f"{one.statement} ({rests_on(one, texts)}{mark})"


def _day(at: datetime, timezone: str, texts: Texts) -> str:
    return texts.date(at.astimezone(ZoneInfo(timezone)).date())
