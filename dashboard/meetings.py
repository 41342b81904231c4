"""The report of a meeting for a viewer, from the database to its words and pictures: for the command, pages and mail alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from dashboard import geometry
from dashboard.effects import looked_at
from dashboard.meeting_interventions import in_force, intervention_charts, intervention_words
from dashboard.reports.decisions import Due
from dashboard.reports.export import file_stem
from dashboard.reports.meeting_charts import meeting_charts
from dashboard.situation.meeting_words import Figure, MeetingWords, ReporterWords
from dashboard.situation.meetings import meeting_words, where_words
from dashboard.situation.weekly import weekly_of_days
from dashboard.situation.weekly_words import (
    figure_comparison,
    figure_label,
    figure_value,
    flag_sentences,
    nearest_sentences,
    note_sentences,
    quiet_sentence,
    reporter_words,
)
from dashboard.texts import texts as texts_of
from data_access.facts import facts
from data_access.meetings import read_meeting, read_meetings, read_open_decisions
from data_access.selection import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from dashboard.charts.chart import Chart
    from dashboard.situation.weekly import Weekly
    from dashboard.texts import Texts
    from data_access.database import Database
    from data_access.facts import Facts
    from data_access.frame import Frame
    from data_access.meetings import DecisionFact, MeetingRecord
    from data_access.permissions import Viewer

_WEEK_DAYS = 7
_OF_THE_WEEK = ("source", "reporters", "figures", "flags", "quiet", "nearest", "remarks", "interventions")


@dataclass(frozen=True)
class MeetingReport:
    """What a report shows: its words, its pictures, and the language of both; `number`: the meeting, None where there is none."""

    words: MeetingWords
    charts: Mapping[str, Chart]
    texts: Texts
    number: int | None
    period: Period | None
    due: tuple[Due, ...] = ()


def report_of_day(database: Database, viewer: Viewer, day: date, texts: Texts) -> MeetingReport:
    """The report of the meeting held on a day; where there was none, of the last whole week that ended by then."""
    known = facts(database, viewer)
    found = [one for one in read_meetings(database, viewer) if one.held_on == day]
    newest = known.frame.area_set.id if known.frame.area_set else None
    found.sort(key=lambda one: one.area_set_id != newest)
    if not found:
        return _report(database, viewer, known, texts, Period(day - timedelta(days=_WEEK_DAYS - 1), day))
    return report_of_meeting(database, viewer, found[0].id, texts)


def report_of_meeting(database: Database, viewer: Viewer, number: int, texts: Texts) -> MeetingReport:
    """The report of a meeting; a closed one in the words (and the language) of its minutes, for whoever may read them.

    Its pictures, and words where minutes are not told, are of what was known when it was closed.

    Raises `LookupError` where there is none of that number.
    """
    record = read_meeting(database, viewer, number)
    if record is None:
        raise LookupError(number)
    known = facts(database, viewer, record.area_set_id, until=record.known_until)
    record = replace(record, decisions=as_then(record.decisions, record, known.frame))
    return _report(database, viewer, known, texts, Period(record.first_day, record.last_day), record)


def minutes_of(database: Database, viewer: Viewer, record: MeetingRecord, texts: Texts) -> MeetingWords:
    """The minutes of an open meeting as they are frozen when it is closed; of one opened again by what was known at first."""
    known = facts(database, viewer, record.area_set_id, until=record.known_until)
    period = Period(record.first_day, record.last_day)
    decisions = as_then(record.decisions, record, known.frame)
    record = replace(record, status="closed", decisions=decisions)
    return _words(database, viewer, known, texts, period, record)


def minuted(minutes: Mapping[str, Any], texts: Texts) -> tuple[MeetingWords, Texts]:
    """Minutes in words, and the texts of their language (`texts` where they do not say)."""
    words = MeetingWords.from_dict(minutes)
    return words, texts_of(words.language) if words.language else texts


def week_words(of: Weekly, texts: Texts) -> MeetingWords:
    """What the week brought, in words: reporters, figures, flags, quiet and remarks; all else is empty."""
    return MeetingWords(
        reporters=tuple(ReporterWords(one.name, reporter_words(one, texts)) for one in of.reporters),
        figures=tuple(
            Figure(
                figure_label(one, texts), figure_value(one, of.fewest, texts), figure_comparison(one, texts)
            )
            for one in of.figures
        ),
        flags=flag_sentences(of, texts),
        quiet=quiet_sentence(of, texts),
        nearest=nearest_sentences(of, texts),
        remarks=note_sentences(of, texts),
    )


def report_document(of: MeetingReport, file: Path | None = None) -> dict[str, Any]:
    """The report for a program."""
    period = of.period
    return {
        "meeting": of.number,
        "first_day": period.first.isoformat() if period else None,
        "last_day": period.last.isoformat() if period else None,
        "file": str(file) if file else None,
        **of.words.to_dict(),
    }


def due_of(
    record: MeetingRecord, followed: Iterable[DecisionFact], frame: Frame, texts: Texts
) -> tuple[Due, ...]:
    """Decisions with a deadline, as a calendar takes them: those of a meeting, and those that earlier ones left it.

    What has become of these since, at the meeting or before it, moves their days or takes them away.
    """
    found = (_due(one, frame, texts) for one in (*record.decisions, *followed))
    return tuple(due for due in found if due is not None)


def _due(one: DecisionFact, frame: Frame, texts: Texts) -> Due | None:
    if one.deadline is None:
        return None
    title = texts("meeting_report.title", municipality=frame.municipality)
    return Due(
        uid=f"decision-{one.id}@{file_stem(frame.municipality)}.samsyn",
        what=one.what,
        deadline=one.deadline,
        where=where_words(one, frame),
        organisation=one.organisation,
        person=one.person,
        meeting=f"{title}, {texts.date(one.held_on)}",
        revision=len(one.history),
        is_over=not one.is_unfinished,
    )


def as_then(
    decisions: Iterable[DecisionFact], record: MeetingRecord, frame: Frame
) -> tuple[DecisionFact, ...]:
    """As they stood when a meeting was closed first; as they stand of one that never was."""
    day = _closed_on(record, frame)
    if record.known_at is None or day is None:
        return tuple(decisions)
    known = (one.known_at(record.known_at, day, record.id) for one in decisions)
    return tuple(one for one in known if one)


def _report(
    database: Database,
    viewer: Viewer,
    known: Facts,
    texts: Texts,
    period: Period,
    record: MeetingRecord | None = None,
) -> MeetingReport:
    of = weekly_of_days(known, period)
    shown = period if record else of.period
    if record and record.minutes:
        words, texts = minuted(record.minutes, texts)
    else:
        words = _words(database, viewer, known, texts, period, record)
    if record and record.withdrawn_at:
        day = texts.date(record.withdrawn_at.astimezone(ZoneInfo(known.frame.timezone)).date())
        words = replace(words, remarks=(*words.remarks, texts("meeting_report.withdrawn", day=day)))
    districts = geometry.document(database, viewer, known, "districts") if shown else None
    charts = meeting_charts(known, shown, of, districts.body, texts) if shown and districts else {}
    if shown and words.interventions:
        evaluated = in_force(database, viewer, known, shown, closed_at=record and record.known_at)
        charts |= intervention_charts(evaluated, words.interventions, texts)
        looked_at(database, viewer, evaluated)
    due = ()
    if record:
        left = read_open_decisions(database, viewer, before=record.id)
        due = due_of(record, as_then(left, record, known.frame), known.frame, texts)
    return MeetingReport(words, charts, texts, record.id if record else None, shown, due)


def _words(
    database: Database,
    viewer: Viewer,
    known: Facts,
    texts: Texts,
    period: Period,
    record: MeetingRecord | None,
) -> MeetingWords:
    """What is said of the days, and of the meeting about them where there is one."""
    of = weekly_of_days(known, period)
    held_on = record.held_on if record else period.last
    left = read_open_decisions(database, viewer, before=record.id if record else None)
    before = [one for one in left if one.held_on <= held_on]
    last_day = known.period.last if known.period else None
    if record and last_day and (closed := _closed_on(record, known.frame)):
        last_day = min(last_day, closed)
    days = period if record else of.period
    closed_at = record and record.known_at
    evaluated = in_force(database, viewer, known, days, closed_at=closed_at) if days else ()
    said = meeting_words(
        replace(week_words(of, texts), interventions=intervention_words(evaluated, texts)),
        known.frame,
        days,
        texts,
        record=record,
        before=as_then(before, record, known.frame) if record else before,
        last_day=last_day,
    )
    return _as_frozen_first(said, record) if record else said


def _as_frozen_first(said: MeetingWords, record: MeetingRecord) -> MeetingWords:
    """With what the first minutes say of the week: opening again mends what was said at the meeting, not what was known.

    Words in another language are made anew, of the incidents that were known.
    """
    minutes = record.earlier[0].minutes if record.earlier else None
    first = MeetingWords.from_dict(minutes or {})
    if first.language != said.language:
        return said
    return replace(said, **{name: getattr(first, name) for name in _OF_THE_WEEK})


def _closed_on(record: MeetingRecord, frame: Frame) -> date | None:
    """The day on which a meeting was closed first, on the municipality's clock."""
    return record.known_at and record.known_at.astimezone(ZoneInfo(frame.timezone)).date()
