"""The way of a decision in words: what stood out where it works, and what was said of it since."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dashboard.situation.weekly import weekly_of_days
from dashboard.situation.weekly_words import flag_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dashboard.situation.weekly_values import Flag
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.frame import Frame
    from data_access.meetings import DecisionFact, DecisionStep
    from data_access.selection import Period


def flags_behind(one: DecisionFact, facts: Facts, period: Period, texts: Texts) -> tuple[str, ...]:
    """What stands out by `facts` in the districts and types of a decision in the days that its meeting looked at."""
    of = weekly_of_days(facts, period)
    codes = _codes(one, facts.frame)
    return tuple(
        flag_sentence(flag, of.fewest, texts)
        for flag in of.flags
        if flag.area in one.areas and (not codes or flag.kind == "all" or _kind(flag) in codes)
    )


def history_words(
    one: DecisionFact, meetings: Mapping[int, date], timezone: str, texts: Texts
) -> tuple[str, ...]:
    """One sentence for each thing that was said of a decision, from the day it was taken; `meetings`: their days, by number."""
    zone = ZoneInfo(timezone)
    before = (None, *one.history)
    return tuple(
        _when(step, meetings, zone, texts, said=_said(step, last, texts))
        for last, step in zip(before, one.history, strict=False)
    )


def _codes(one: DecisionFact, frame: Frame) -> set[tuple[str, str]]:
    """Its types, and the groups that they belong to."""
    own = [category for category in frame.categories if category.code in one.categories]
    return {("category", category.code) for category in own} | {("group", category.group) for category in own}


def _kind(flag: Flag) -> tuple[str, str]:
    return flag.kind, flag.code


def _when(
    step: DecisionStep, meetings: Mapping[int, date], zone: ZoneInfo, texts: Texts, *, said: str
) -> str:
    held_on = meetings.get(step.meeting_id or 0)
    if held_on:
        return texts("meetings.history_at", day=texts.date(held_on), said=said)
    day = texts.date(step.at.replace(tzinfo=UTC).astimezone(zone).date())
    if step.actor:
        return texts("meetings.history_between", day=day, actor=step.actor, said=said)
    return texts("meetings.history_unnamed", day=day, said=said)


def _said(step: DecisionStep, last: DecisionStep | None, texts: Texts) -> str:
    """What was said, until when it is to be done where that is new, and why."""
    is_new = last is None or step.deadline != last.deadline
    if last is None:
        status = texts("meetings.history_decided")
    elif step.status == last.status and not step.reason:
        status = texts("meetings.history_corrected")
    else:
        status = texts(f"decision_status.{step.status}")
    due = f", {texts('meetings.due', day=texts.date(step.deadline))}" if is_new and step.deadline else ""
    reason = f". {step.reason}" if step.reason else ""
    return f"{status}{due}{reason}"
