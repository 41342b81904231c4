"""The report by mail to everybody on the list, once; what became of each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.mail.delivery import send_report
from dashboard.mail.report import report_for
from dashboard.mail.smtp import mail_server
from dashboard.settings import SettingsError, settings
from dashboard.ui import session
from dashboard.ui.plain import plain
from dashboard.ui.writing import is_written, written
from data_access.changes import finish_delivery
from data_access.meetings import read_deliveries, read_recipients, read_waiting

if TYPE_CHECKING:
    from dashboard.mail.delivery import Sending
    from dashboard.texts import Texts
    from data_access.meetings import DeliveryFact, MeetingRecord


def draw(record: MeetingRecord, texts: Texts) -> None:
    """Draw what has been sent, and the button for the rest."""
    st.markdown(f"**{texts('meetings.send_title')}**")
    listed = [one for one in read_recipients(session.database(), session.viewer()) if one.is_active]
    waiting = read_waiting(session.database(), session.viewer(), record.id)
    sent = read_deliveries(session.database(), session.viewer(), record.id)
    went_before = any(one.edition < record.edition and one.status != "failed" for one in sent)
    if sent:
        rows = [
            (
                one.recipient or texts("meetings.address_forgotten"),
                one.organisation,
                one.edition,
                texts(f"delivery_status.{one.status}"),
            )
            for one in sent
        ]
        names = ("email", "organisation", "edition", "status")
        columns = [texts(f"meetings.column_{name}") for name in names]
        st.dataframe(pd.DataFrame(rows, columns=columns), hide_index=True, key="meeting-deliveries")
    for one in sent:
        if one.is_stuck:
            _stuck(one, texts)
    if not listed:
        st.caption(texts("meetings.send_nobody"))
    elif not settings().smtp_host:
        st.caption(texts("meetings.send_no_server"))
    elif waiting and st.button(
        texts("meetings.send_corrected" if went_before else "meetings.send", count=len(waiting)),
        icon=":material/send:",
        key="meeting-send",
    ):
        _send(record, texts)


def _stuck(one: DeliveryFact, texts: Texts) -> None:
    """Whoever knows what became of a mail that was broken off says so: a second one is worse than a question."""
    told = {
        "sent": ("meetings.stuck_sent", ":material/check:"),
        "failed": ("meetings.stuck_failed", ":material/replay:"),
    }
    with st.container(border=True, key=f"stuck-{one.id}"):
        st.markdown(plain(texts("meetings.stuck", email=one.recipient or one.organisation)))
        with st.container(horizontal=True):
            for status, (label, icon) in told.items():
                if st.button(texts(label), icon=icon, key=f"stuck-{one.id}-{status}"):
                    finish = partial(finish_delivery, session.database(), session.viewer(), one.id)
                    written(partial(finish, status), texts)  # pyright: ignore[reportArgumentType] - one of two


def _send(record: MeetingRecord, texts: Texts) -> None:
    done: list[Sending] = []

    def write() -> None:
        server = mail_server(settings())
        make = report_for(session.database(), session.viewer(), record.id, texts)
        done.extend(send_report(session.database(), session.viewer(), record.id, make, server))

    try:
        with st.spinner(texts("meetings.sending"), show_time=True):
            is_done = is_written(write, texts)
    except SettingsError as error:
        st.error(plain(texts(f"settings.{error.reason}", **error.parameters)), icon=":material/block:")
        return
    if is_done:
        for one in done:
            if one.status != "not_ours":
                said = texts(f"meetings.mail_{one.status}", email=one.recipient.email, error=one.error)
                st.markdown(plain(said))
