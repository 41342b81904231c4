"""The report of a meeting to take along: as PDF, its decisions as a table, its deadlines as a calendar; logged when asked for."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard.reports.decisions import decisions_csv, decisions_ics
from dashboard.reports.export import file_stem
from dashboard.reports.meeting import pdf
from dashboard.ui import session
from data_access.changes import record_export
from data_access.selection import Period, Selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.meetings import MeetingReport
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.meetings import MeetingRecord
    from data_access.permissions import Viewer


def draw(facts: Facts, record: MeetingRecord, made: MeetingReport, texts: Texts) -> None:
    """Draw a button for each file that there is something in."""
    viewer = session.viewer_later()
    stem = file_stem(f"{made.words.title} {record.held_on}")
    now = partial(datetime.now, ZoneInfo(facts.frame.timezone))
    offered: list[tuple[str, str, Callable[[], bytes]]] = [
        ("pdf", "application/pdf", lambda: pdf(made.words, made.charts, made.texts, printed=now().date()))
    ]
    if made.words.decisions:
        offered.append(("csv", "text/csv", lambda: decisions_csv(made.words, made.texts)))
    if made.due:
        offered.append(("ics", "text/calendar", lambda: decisions_ics(made.due, made.texts, now=now())))
    with st.container(horizontal=True, gap="small", key="meeting-files"):
        for kind, media, write in offered:
            st.download_button(
                texts(f"meetings.file_{kind}"), partial(_logged, viewer, record, made, kind, write), f"{stem}.{kind}", media,
                icon=":material/download:", on_click="ignore", key=f"meeting-{kind}",
            )  # fmt: skip


def _logged(
    viewer: Callable[[], Viewer],
    record: MeetingRecord,
    made: MeetingReport,
    kind: str,
    write: Callable[[], bytes],
) -> bytes:
    body = write()
    asked = Selection(period=Period(record.first_day, record.last_day))
    rows = len(made.words.decisions) + len(made.words.figures)
    record_export(session.database(), viewer(), f"{kind}: {made.words.title}", asked, rows)
    return body
