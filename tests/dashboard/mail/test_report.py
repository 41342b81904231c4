"""The report of a meeting as it reaches each organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.mail.delivery import send_report
from dashboard.mail.report import report_for
from dashboard.meetings import report_of_meeting
from dashboard.texts import texts
from data_access.changes import close_meeting, record_recipient
from data_access.facts import facts
from data_access.meetings import read_meeting
from data_access.permissions import OPERATOR, AreaKey, Role
from tests.dashboard.test_cli_report import held
from tests.mail_server import mail_server
from tests.people import person

if TYPE_CHECKING:
    from email.message import EmailMessage

    from data_access.database import Database

SV = texts("sv")


def _body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return part.get_content()


def test_each_organisation_gets_what_its_people_may_see(own_sample: Database) -> None:
    number, _ = held(own_sample)
    frozen = report_of_meeting(own_sample, OPERATOR, number, SV).words
    record = read_meeting(own_sample, OPERATOR, number)
    assert record is not None
    close_meeting(own_sample, OPERATOR, number, frozen.to_dict(), edits=record.edits)
    frame = facts(own_sample, OPERATOR).frame
    assert frame.area_set is not None
    owners = {one.name: one.id for one in frame.sources}
    person(own_sample, Role.POLICE, "Polisen")
    person(own_sample, Role.HOUSING, "Bostads AB Linden", [AreaKey(frame.area_set.name, frame.areas[5].code)])
    addresses = {
        "Polisen": "omar@polisen.example",
        "Bostads AB Linden": "karin@linden.example",
        "Skola och fritid": "li@skolan.example",
    }
    for name, email in addresses.items():
        record_recipient(own_sample, OPERATOR, organisation_id=owners[name], email=email)
    with mail_server() as (server, received):
        found = send_report(
            own_sample, OPERATOR, number, report_for(own_sample, OPERATOR, number, SV), server
        )
    assert {one.status for one in found} == {"sent"}, found
    mails = {to: mail for _, (to,), mail in received.mails}
    police, housing, school = (mails[email] for email in addresses.values())
    assert frozen.title in police["Subject"]
    assert "Rondering vid stationen" in _body(police, "plain")
    assert "Rondering vid stationen" not in _body(housing, "plain")  # in a district of others
    assert "Gamla staden" not in _body(housing, "html")
    assert "Rondering vid stationen" in _body(school, "plain")
    assert "Omar" not in _body(school, "plain")
    assert _body(police, "html").count("cid:") == sum(
        part.get_content_type() == "image/png" for part in police.walk()
    )
    names = [part.get_filename() or "" for part in police.iter_attachments()]
    assert [name.rsplit(".", 1)[-1] for name in names] == ["pdf", "csv", "ics"]
    assert all(name.startswith("veckomote-i-lindhamn-") for name in names)
