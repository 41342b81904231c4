"""The weekly meetings of Lindhamn: who was there, what was decided, and what became of it until the end of the sample."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sample_data.decisions import DECISIONS, Decision, Outcome
from sample_data.interventions import INTERVENTIONS
from sample_data.meeting_words import FACTS, circumstances
from sample_data.plans import PLANS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sample_data.weeks import Window

HELD = 8
"""Meetings that have been held; one more is prepared, about the last week of the sample."""

_TUESDAY = 1
_FRIDAY_BEFORE = timedelta(days=4)

_CIRCLE = {
    "Lindhamns kommun": "trygghetssamordnaren (håller i mötet), gruppledare fältgruppen, enhetschef gata och park",
    "Polisen": "områdespolisens gruppchef, kommunpolisen",
    "Bostads AB Linden": "trygghetssamordnaren, förvaltare Haga och Hagalund",
    "Skola och fritid": "enhetschef ung fritid, rektor för Lindgymnasiet",
    "Väktarbolaget Fyren": "platschef",
}


@dataclass(frozen=True)
class Meeting:
    """What differs from one meeting to the next: the note, and who of the circle was there by other functions or not at all."""

    note: str = ""
    others: tuple[tuple[str, str], ...] = ()


MEETINGS = (
    Meeting("Under hösten hålls mötet tisdagar klockan 9 på Stadshuset. Rapporterna lämnas senast måndag klockan 12."),
    Meeting(),
    Meeting("Fältgruppen arbetar från och med nu till klockan 23 fredag och lördag."),
    Meeting(others=(("Väktarbolaget Fyren", ""),)),
    Meeting("Höstlovet är vecka 44. Alla skickar sina tider för lovet till trygghetssamordnaren senast fredag."),
    Meeting(others=(("Skola och fritid", "enhetschef ung fritid"),)),
    Meeting("Nästa möte börjar med armaturen i gångtunneln Ågatan. Enhetschef gata och park tar med ett förslag."),
    Meeting(
        "Cykelmärkningen vid stationen kunde inte följas upp: områdespolisens gruppchef var inte med.",
        (("Polisen", "kommunpolisen"),),
    ),
    Meeting(),
)  # fmt: skip
"""In order; the last is the one that is prepared."""


def meetings(period: Window) -> dict[str, Any]:
    """Return the meetings of the last weeks, in order, and the words in which the group judges what it sees.

    Per meeting: held_on, first_day, last_day, is_held, participants, note, decisions and follow_ups, both with the key of the
    decision; a follow-up has said_on (null: at the meeting). The words: facts (sentences with numbers to be filled in) and
    circumstances (per district what the group knows of it). What stands out is not here: the tool finds that.
    """
    return {
        "meetings": [_meeting(number, period) for number in range(len(MEETINGS))],
        "facts": FACTS,
        "circumstances": circumstances(),
    }


def held_on(number: int, period: Window) -> date:
    """Return the day of a meeting: the Tuesday after the week that it looks at."""
    return period.day(_week(number, period) + 1, _TUESDAY)


def _week(number: int, period: Window) -> int:
    return period.weeks - len(MEETINGS) + number


def _meeting(number: int, period: Window) -> dict[str, Any]:
    one, week = MEETINGS[number], _week(number, period)
    return {
        "held_on": held_on(number, period).isoformat(),
        "first_day": period.day(week).isoformat(),
        "last_day": period.day(week, 6).isoformat(),
        "is_held": number < HELD,
        "participants": _participants(one),
        "note": one.note,
        "follow_ups": list(_follow_ups(number, period)),
        "decisions": [
            _decision(key, decision, period)
            for key, decision in DECISIONS.items()
            if decision.meeting == number
        ],
    }


def _participants(one: Meeting) -> str:
    there = _CIRCLE | dict(one.others)
    return "\n".join(f"{name}: {functions}" for name, functions in there.items() if functions)


def _decision(key: str, one: Decision, period: Window) -> dict[str, Any]:
    plan = PLANS[one.intervention] if one.intervention else None
    return {
        "key": key,
        "what": one.what,
        "organisation": one.organisation,
        "person": one.person,
        "area_codes": list(one.areas),
        "place": one.place,
        "categories": list(one.categories),
        "deadline": _after(one.meeting, one.days, period),
        "intervention": next((other.title for other in INTERVENTIONS if other.plan is plan), None),
    }


def _follow_ups(number: int, period: Window) -> Iterator[dict[str, Any]]:
    """What is said at a meeting, or was said since the one before it: that first."""
    said = [
        (key, one)
        for key, decision in DECISIONS.items()
        for one in decision.outcomes
        if one.meeting == number
    ]
    for key, one in sorted(said, key=lambda found: not found[1].is_between):
        yield {
            "decision": key,
            "status": one.status,
            "reason": one.reason,
            "new_deadline": None if one.days is None else _after(number, one.days, period),
            "said_on": _said_on(one, period),
        }


def _said_on(one: Outcome, period: Window) -> str | None:
    return (held_on(one.meeting, period) - _FRIDAY_BEFORE).isoformat() if one.is_between else None


def _after(number: int, days: int, period: Window) -> str:
    return (held_on(number, period) + timedelta(days=days)).isoformat()
