"""A meeting of the register in words: what was left from earlier ones, what it saw, judged and decided."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.situation.effect_words import listed
from dashboard.situation.meeting_words import EarlierDecision, FocusWords, NewDecision, RatingWords

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from dashboard.situation.meeting_words import MeetingWords
    from dashboard.texts import Texts
    from data_access.frame import Frame
    from data_access.meetings import DecisionFact, MeetingRecord
    from data_access.selection import Period

_WEEK_DAYS, _SUNDAY = 7, 6


def meeting_words(
    week: MeetingWords,
    frame: Frame,
    period: Period | None,
    texts: Texts,
    *,
    record: MeetingRecord | None = None,
    before: Sequence[DecisionFact] = (),
    last_day: date | None = None,
) -> MeetingWords:
    """All words of a meeting; of the week alone where there is none.

    `week`: reporters, figures, flags and quiet as the situation has them; `period`: the days it is about. `before`: what earlier
    meetings left open. `last_day`: of the data.
    """
    title = "meeting_report.title" if record else "meeting_report.report_title"
    said = replace(
        week,
        language=texts.language,
        title=texts(title, municipality=frame.municipality),
        status=_status(period, record, texts),
        municipality=frame.municipality,
        source=texts("meeting_report.source", municipality=frame.municipality, last=texts.date(last_day))
        if last_day
        else "",
        decided_before=tuple(_earlier(one, frame, texts) for one in before),
    )
    return _held(said, record, frame, texts) if record else said


def period_words(period: Period, texts: Texts) -> str:
    """A whole week by its number, other days by the first and the last."""
    is_week = period.days == _WEEK_DAYS and period.last.weekday() == _SUNDAY
    if is_week:
        return texts.week(period.first)
    return texts("meeting_report.days", first=texts.date(period.first), last=texts.date(period.last))


def where_words(one: DecisionFact, frame: Frame) -> str:
    """Its districts, and the place within them."""
    return ", ".join((*_names(one.areas, frame), *filter(None, (one.place,))))


def _status(period: Period | None, record: MeetingRecord | None, texts: Texts) -> str:
    parts = [texts("meeting_report.about", period=period_words(period, texts))] if period else []
    if record:
        held_on = texts("meeting_report.held_on", day=texts.date(record.held_on))
        parts += [held_on, texts(f"meeting_status.{record.status}")]
    return " \u00b7 ".join(parts)


def _held(said: MeetingWords, record: MeetingRecord, frame: Frame, texts: Texts) -> MeetingWords:
    names = {area.code: area.name for area in frame.areas}
    return replace(
        said,
        participants=_lines(record.participants),
        ratings=tuple(
            RatingWords(names.get(one.area, one.area), texts(f"rating_level.{one.level}"), one.reason)
            for one in sorted(record.ratings, key=lambda one: -one.level)
        ),
        focus=tuple(
            FocusWords(str(one.rank), names.get(one.area, one.area), one.why) for one in record.focus
        ),
        decisions=tuple(_decided(one, frame, texts) for one in record.decisions),
        notes=_lines(record.note),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _earlier(one: DecisionFact, frame: Frame, texts: Texts) -> EarlierDecision:
    return EarlierDecision(
        what=one.what,
        where=where_words(one, frame),
        who=", ".join(filter(None, (one.organisation, one.person))),
        deadline=_day(one.deadline, texts),
        outcome=_outcome(one, texts),
        reason=_reason(one, texts),
    )


def _outcome(one: DecisionFact, texts: Texts) -> str:
    outcome = texts(f"decision_status.{one.status}")
    return texts("meeting_report.overdue", outcome=outcome) if one.is_overdue else outcome


def _reason(one: DecisionFact, texts: Texts) -> str:
    """Why it stands as it does, and how often it was moved."""
    reason = one.history[-1].reason if one.history else ""
    moved = texts("meeting_report.moved", count=one.times_moved) if one.times_moved else ""
    if reason and not reason.endswith((".", "!", "?")):
        reason = f"{reason}."
    return " ".join(filter(None, (reason, moved)))


def _decided(one: DecisionFact, frame: Frame, texts: Texts) -> NewDecision:
    known = {category.code: texts.name(category) for category in frame.categories}
    names = [known.get(code, code) for code in one.categories]
    return NewDecision(
        what=one.what,
        where=where_words(one, frame),
        types=_types(names, texts),
        organisation=one.organisation,
        person=one.person,
        deadline=_day(one.deadline, texts),
    )


def _types(names: list[str], texts: Texts) -> str:
    """In a row; with a stronger sign between them where one of them names several itself."""
    if any("," in name for name in names):
        return "; ".join(names)
    return listed((*names[:1], *(name[:1].lower() + name[1:] for name in names[1:])), texts) if names else ""


def _names(codes: Iterable[str], frame: Frame) -> list[str]:
    """Names of districts; one of an older set that is gone by its code."""
    names = {area.code: area.name for area in frame.areas}
    return [names.get(code, code) for code in codes]


def _day(day: date | None, texts: Texts) -> str:
    return texts.date(day) if day else ""
