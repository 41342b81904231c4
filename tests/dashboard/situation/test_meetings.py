from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.situation.meeting_words import (
    EarlierDecision,
    FocusWords,
    MeetingWords,
    NewDecision,
    RatingWords,
)
from dashboard.situation.meetings import meeting_words, period_words
from dashboard.texts import texts
from data_access.frame import read_frame
from data_access.meetings import DecisionFact, DecisionStep, FocusFact, MeetingRecord, RatingFact
from data_access.permissions import OPERATOR
from data_access.selection import Period

if TYPE_CHECKING:
    from data_access.database import Database

SV = texts("sv")
WEEK = Period(date(2026, 11, 16), date(2026, 11, 22))
HELD = date(2026, 11, 24)


def step(status: str, reason: str = "", deadline: date | None = None) -> DecisionStep:
    return DecisionStep(datetime(2026, 11, 17, tzinfo=UTC), "Eva", 1, status, reason, deadline)


def decision(**more: Any) -> DecisionFact:
    known: dict[str, Any] = {
        "id": 7,
        "meeting_id": 1,
        "held_on": HELD,
        "area_set_id": 1,
        "area_set": "små",
        "what": "Beskär buskarna",
        "areas": ("01", "99"),
        "place": "gångvägen",
        "categories": ("graffiti",),
        "organisation_id": 1,
        "organisation": "Kommunen",
        "person": "Per Ås",
        "deadline": date(2026, 12, 1),
        "intervention_id": None,
        "status": "open",
        "revision": 1,
        "is_overdue": False,
        "history": (step("open"),),
    }
    return DecisionFact(**known | more)


def record(**more: Any) -> MeetingRecord:
    known: dict[str, Any] = {
        "id": 2,
        "area_set_id": 1,
        "area_set": "små",
        "held_on": HELD,
        "first_day": WEEK.first,
        "last_day": WEEK.last,
        "status": "open",
        "participants": "Polisen\n\n Kommunen ",
        "note": "Första raden.\nAndra raden.",
        "minutes": None,
        "closed_at": None,
        "last_incident_id": None,
        "revision": 1,
        "focus_revision": 1,
        "edits": 1,
        "ratings": (RatingFact("01", 1, "Lugnt.", 1), RatingFact("02", 3, "Oro.", 1)),
        "focus": (FocusFact(1, "02", "Mörkt."),),
        "decisions": (decision(),),
        "edition": 0,
        "earlier": (),
    }
    return MeetingRecord(**known | more)


def said(small: Database, **more: Any) -> MeetingWords:
    frame = read_frame(small, OPERATOR)
    return meeting_words(MeetingWords(flags=("Torget.",)), frame, WEEK, SV, **more)


def test_a_meeting_is_told_whole(small: Database) -> None:
    words = said(small, record=record(), last_day=date(2026, 11, 23))
    name = read_frame(small, OPERATOR).municipality
    assert words.title == SV("meeting_report.title", municipality=name)
    assert words.status == "Uppgifter om v. 47 2026 · möte 24 november 2026 · Pågår"
    assert words.participants == ("Polisen", "Kommunen")
    assert words.notes == ("Första raden.", "Andra raden.")
    assert words.flags == ("Torget.",)
    assert words.ratings == (
        RatingWords("Torget", "Hög risk", "Oro."),
        RatingWords("Hamnen", "Låg risk", "Lugnt."),
    )
    assert words.focus == (FocusWords("1", "Torget", "Mörkt."),)
    (decided,) = words.decisions
    assert decided == NewDecision(
        "Beskär buskarna", "Hamnen, 99, gångvägen", decided.types, "Kommunen", "Per Ås", "1 december 2026"
    )
    assert decided.types not in ("", "graffiti")
    assert words.source.endswith("till och med 23 november 2026. Samsyn.")
    assert words.language == "sv"


def test_types_are_written_as_within_a_sentence(small: Database) -> None:
    names = {one.code: SV.name(one) for one in read_frame(small, OPERATOR).categories}
    (decided,) = said(
        small, record=record(decisions=(decision(categories=("graffiti", "vandalism")),))
    ).decisions
    assert decided.types == f"{names['graffiti']} och {names['vandalism'].lower()}"


def test_types_that_name_several_things_are_told_apart(small: Database) -> None:
    frame = read_frame(small, OPERATOR)
    renamed = [
        replace(one, name_sv="Källare, vind") if one.code == "graffiti" else one for one in frame.categories
    ]
    record_of = record(decisions=(decision(categories=("graffiti", "vandalism")),))
    (decided,) = meeting_words(
        MeetingWords(), replace(frame, categories=tuple(renamed)), None, SV, record=record_of
    ).decisions
    assert decided.types.startswith("Källare, vind; ")


@pytest.mark.parametrize(
    ("more", "outcome", "reason"),
    [
        ({}, "Öppet", ""),
        ({"is_overdue": True}, "Öppet, försenat", ""),
        ({"status": "done", "history": (step("open"), step("done"))}, "Klart", ""),
        (
            {"status": "moved", "history": (step("open"), step("moved", "Tjäle"))},
            "Flyttat",
            "Tjäle. Flyttat en gång.",
        ),
        (
            {"status": "not_done", "history": (step("moved"), step("moved"), step("not_done", "Ingen tid!"))},
            "Inte gjort",
            "Ingen tid! Flyttat 2 gånger.",
        ),
        ({"status": "dropped", "history": ()}, "Struket", ""),
    ],
)
def test_what_became_of_a_decision(small: Database, more: dict[str, Any], outcome: str, reason: str) -> None:
    words = said(small, before=[decision(**more)])
    assert words.decided_before == (
        EarlierDecision(
            "Beskär buskarna",
            "Hamnen, 99, gångvägen",
            "Kommunen, Per Ås",
            "1 december 2026",
            outcome,
            reason,
        ),
    )


def test_a_week_without_a_meeting_is_the_week_alone(small: Database) -> None:
    words = said(small)
    assert words.status == "Uppgifter om v. 47 2026"
    assert words.title.startswith("Veckan i ")
    assert (words.participants, words.decisions, words.notes, words.source) == ((), (), (), "")


def test_little_is_known_of_a_decision(small: Database) -> None:
    bare = decision(areas=(), place="", categories=(), person="", deadline=None)
    words = said(small, record=record(decisions=(bare,)))
    assert words.decisions == (NewDecision("Beskär buskarna", organisation="Kommunen"),)


def test_days_that_are_no_week_are_named() -> None:
    assert period_words(WEEK, SV) == "v. 47 2026"
    assert period_words(WEEK.shifted(1), SV) == "17 november 2026 till 23 november 2026"
    assert period_words(Period(WEEK.first.replace(day=9), WEEK.last), SV).startswith("9 november")
