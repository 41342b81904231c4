"""The report of a meeting as a mail: text and HTML to read, the PDF to print, decisions for spreadsheets and calendars."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dashboard.mail.message import Written, written
from dashboard.meetings import report_of_meeting
from dashboard.reports.decisions import decisions_csv, decisions_ics
from dashboard.reports.export import file_stem
from dashboard.reports.meeting import html, pdf, pictures, text
from dashboard.reports.typst import plain
from data_access.facts import facts
from data_access.organisation_sight import organisation_viewer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from email.message import EmailMessage

    from dashboard.charts.chart import Chart
    from dashboard.reports.decisions import Due
    from dashboard.situation.meeting_words import MeetingWords
    from dashboard.texts import Texts
    from data_access.database import Database
    from data_access.meetings import RecipientFact
    from data_access.permissions import Viewer


def report_for(
    database: Database, viewer: Viewer, meeting: int, texts: Texts
) -> Callable[[RecipientFact], EmailMessage]:
    """What writes the mail for a recipient of a meeting's report, with what the recipient's organisation may see."""

    def make(recipient: RecipientFact) -> EmailMessage:
        theirs = organisation_viewer(database, viewer, recipient.organisation_id)
        made = report_of_meeting(database, theirs, meeting, texts)
        zone = ZoneInfo(facts(database, theirs).frame.timezone)
        return report_mail(made.words, made.charts, made.texts, due=made.due, now=datetime.now(zone))

    return make


def report_mail(
    words: MeetingWords, charts: Mapping[str, Chart], texts: Texts, *, due: Iterable[Due], now: datetime
) -> EmailMessage:
    """The mail without an address; `now` on the municipality's clock. `due`: decisions with a deadline."""
    stem, deadlines = file_stem(f"{words.title} {now:%Y-%m-%d}"), list(due)
    files = {f"{stem}.pdf": pdf(words, charts, texts, printed=now.date())}
    if words.decisions:
        files[f"{stem}.csv"] = decisions_csv(words, texts)
    if deadlines:
        files[f"{stem}.ics"] = decisions_ics(deadlines, texts, now=now)
    return written(
        Written(
            subject=plain(" \u00b7 ".join(filter(None, (words.title, words.status)))),
            text=text(words, texts),
            html=html(words, charts, texts),
            pictures=pictures(charts),
            files=files,
        )
    )
