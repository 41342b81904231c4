"""The report of a meeting as a mail: text and HTML to read, the PDF to print, decisions for spreadsheets and calendars."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dashboard.mail.message import Letter, Written, written
from dashboard.meetings import report_of_meeting
from dashboard.reports.decisions import decisions_csv, decisions_ics
from dashboard.reports.export import file_stem
from dashboard.reports.meeting import html, pdf, pictures, text
from dashboard.reports.typst import plain
from dashboard.texts import texts as texts_of
from data_access.changes import EntryError
from data_access.facts import facts
from data_access.meetings import read_meeting
from data_access.organisation_sight import organisation_viewer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from email.message import EmailMessage

    from dashboard.charts.chart import Chart
    from dashboard.meetings import MeetingReport
    from dashboard.reports.decisions import Due
    from dashboard.situation.meeting_words import MeetingWords
    from dashboard.texts import Texts
    from data_access.database import Database
    from data_access.meetings import EarlierFact, RecipientFact
    from data_access.permissions import Viewer


def report_for(
    database: Database, viewer: Viewer, meeting: int, texts: Texts
) -> Callable[[RecipientFact], Letter]:
    """What writes the mail for a recipient of a meeting's report, with what the recipient's organisation may see.

    It is in the language of the minutes, and in that of `texts` where they have none. Raises `EntryError` meeting_not_closed.
    """

    def make(recipient: RecipientFact) -> Letter:
        theirs = organisation_viewer(database, viewer, recipient.organisation_id)
        say = texts_of(_language(database, viewer, meeting) or texts.language)
        made = report_of_meeting(database, theirs, meeting, say)
        now = datetime.now(ZoneInfo(facts(database, theirs).frame.timezone))
        write = partial(report_mail, charts=made.charts, texts=made.texts, due=made.due, now=now)

        def as_correction() -> EmailMessage:
            record = read_meeting(database, theirs, meeting)
            return write(corrected_words(made.words, record.earlier if record else (), made.texts, now))

        return Letter(_digest(made), partial(write, made.words), as_correction)

    return make


def corrected_words(
    words: MeetingWords, earlier: Sequence[EarlierFact], texts: Texts, now: datetime
) -> MeetingWords:
    """The words of a report that replaces an earlier one: its title and its first part say so, and why."""
    said = [texts("meeting_report.replaces")]
    if earlier:
        day = texts.date(earlier[-1].reopened_at.replace(tzinfo=UTC).astimezone(now.tzinfo).date())
        said.append(texts("meeting_report.reopened", day=day, reason=earlier[-1].reason))
    title = texts("meeting_report.corrected", title=words.title)
    return replace(words, title=title, correction=" ".join(said))


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


def _language(database: Database, viewer: Viewer, meeting: int) -> str:
    """The language of the minutes, so that everybody gets the same whoever sends it; "" where they do not say."""
    record = read_meeting(database, viewer, meeting)
    if record is None or record.status != "closed":
        raise EntryError("meeting_not_closed")
    return str((record.minutes or {}).get("language") or "")


def _digest(made: MeetingReport) -> str:
    """Of all that is read in a report; pictures are drawn anew of the same, and nobody reads how often a decision was written."""
    due = [asdict(replace(one, revision=0)) for one in made.due]
    content = {"words": made.words.to_dict(), "due": due}
    return sha256(json.dumps(content, default=str, sort_keys=True).encode()).hexdigest()
