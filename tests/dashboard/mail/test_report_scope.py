"""What reaches each organisation of a meeting's report, in every form: nothing beyond its own sight."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from dashboard.charts.expected_marks import PERIOD
from dashboard.mail.delivery import send_report
from dashboard.mail.report import report_for
from dashboard.meetings import minutes_of, report_of_meeting
from dashboard.situation.weekly import weekly
from dashboard.situation.weekly_words import flag_sentences
from dashboard.texts import texts
from data_access.changes import (
    DecisionEntry,
    EntryError,
    InterventionEntry,
    MeetingEntry,
    change_intervention,
    change_meeting,
    close_meeting,
    follow_up,
    open_meeting,
    prepare_meeting,
    rate_area,
    record_decision,
    record_recipient,
    reopen_meeting,
    set_focus,
)
from data_access.facts import facts
from data_access.interventions import read_intervention
from data_access.meetings import read_meeting, read_open_decisions, read_recipients
from data_access.organisation_sight import organisation_viewer
from data_access.permissions import OPERATOR, AreaKey, Role, Viewer
from data_access.selection import Period
from tests.data_access.held import forget_meetings
from tests.mail_server import mail_server
from tests.people import person
from tests.small_town import incident, store_incidents

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import EmailMessage

    from dashboard.situation.meeting_words import MeetingWords
    from data_access.database import Database
    from data_access.meetings import MeetingRecord

SV = texts("sv")
WEEK = Period(date(2026, 11, 2), date(2026, 11, 8))
HELD = date(2026, 11, 10)
OWN, BESIDE, SMALL = ("0501", "0203"), "0301", "0201"
"""Haga, where the week stands out, and Åbacken; Norrby centrum is somebody else's, and Södra hamnen has two incidents."""
HOUSING, POLICE, SCHOOL, GUARDS = "Bostads AB Linden", "Polisen", "Skola och fritid", "Väktarbolaget Fyren"
ROUNDS = "Extra ronder mot skadegörelse i Söderstaden"
CLEARING = "Klottersanering och röjning inom två dygn i Haga och Hagalund"
ADDRESSES = {
    HOUSING: "karin@linden.example",
    POLICE: "omar@polisen.example",
    SCHOOL: "li@skolan.example",
    GUARDS: "bo@fyren.example",
}


@dataclass(frozen=True)
class Got:
    """A mail as it is read: every form in words."""

    mail: EmailMessage

    @property
    def forms(self) -> dict[str, str]:
        """Plain text, HTML without its tags, and every file."""
        found = {"text": self._body("plain"), "html": unescape(re.sub("<[^>]+>", " ", self._body("html")))}
        for part in self.mail.iter_attachments():
            body = part.get_payload(decode=True)
            assert isinstance(body, bytes)
            kind = (part.get_filename() or "").rsplit(".", 1)[-1]
            found[kind] = _pdf(body) if kind == "pdf" else body.decode("utf-8-sig").replace("\r\n ", "")
        return {name: " ".join(words.split()) for name, words in found.items()}

    def _body(self, kind: str) -> str:
        part = self.mail.get_body((kind,))
        assert part is not None
        return part.get_content()


def _pdf(body: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)


def decide(database: Database, number: int, what: str, codes: tuple[str, ...]) -> None:
    day = HELD + timedelta(days=7)
    entry = DecisionEntry(what, HOUSING, codes, "", (), "Fastighetsjouren", day)
    record_decision(database, OPERATOR, number, entry)


def record_of(database: Database, number: int) -> MeetingRecord:
    found = read_meeting(database, OPERATOR, number)
    assert found is not None
    return found


def close(database: Database, number: int) -> None:
    record = record_of(database, number)
    close_meeting(
        database, OPERATOR, number, minutes_of(database, OPERATOR, record, SV).to_dict(), edits=record.edits
    )


def begun(database: Database, day: date, period: Period) -> int:
    area_set = facts(database, OPERATOR).frame.area_set
    assert area_set is not None
    entry = MeetingEntry(day, period.first, period.last)
    number = prepare_meeting(database, OPERATOR, entry, area_set_id=area_set.id)
    open_meeting(database, OPERATOR, number, revision=1)
    return number


@pytest.fixture
def meeting(own_sample: Database) -> int:
    """A closed meeting, after another, with something in the housing company's districts and elsewhere in every part of it."""
    forget_meetings(own_sample)
    week = timedelta(days=7)
    before = begun(own_sample, HELD - week, Period(WEEK.first - week, WEEK.last - week))
    decide(own_sample, before, "Klipp häcken", (OWN[0],))
    decide(own_sample, before, "Laga staketet", (BESIDE,))
    close(own_sample, before)
    number = begun(own_sample, HELD, WEEK)
    for code, why in ((OWN[0], "Samling på gården"), (BESIDE, "Bråk vid kiosken")):
        rate_area(own_sample, OPERATOR, number, code, level=3, reason=why)
    set_focus(own_sample, OPERATOR, number, [(BESIDE, "Kiosken"), (OWN[0], "Gården")], revision=0)
    decide(own_sample, number, "Lampor på gården", (OWN[0], BESIDE))
    decide(own_sample, number, "Kameror vid kiosken", (BESIDE,))
    close(own_sample, number)
    frame = facts(own_sample, OPERATOR).frame
    assert frame.area_set is not None
    keys = [AreaKey(frame.area_set.name, code) for code in OWN]
    person(own_sample, Role.HOUSING, HOUSING, keys)
    person(own_sample, Role.POLICE, POLICE)
    person(own_sample, Role.PRESENTER, GUARDS, [AreaKey(frame.area_set.name, SMALL)])
    owners = {one.name: one.id for one in frame.sources}
    for name, email in ADDRESSES.items():
        record_recipient(own_sample, OPERATOR, organisation_id=owners[name], email=email)
    return number


def sent(database: Database, number: int) -> dict[str, Got]:
    """What was received, by organisation."""
    make = report_for(database, OPERATOR, number, texts("en"))
    with mail_server() as (server, received):
        found = send_report(database, OPERATOR, number, make, server)
    assert {one.status for one in found} <= {"sent", "unchanged", "not_ours"}, found
    names = {email: name for name, email in ADDRESSES.items()}
    return {names[to]: Got(mail) for _, (to,), mail in received.mails}


def others(database: Database, own: tuple[str, ...] = OWN) -> list[str]:
    """Names of the districts that are none of somebody's own."""
    return [one.name for one in facts(database, OPERATOR).areas if one.code not in own]


def viewer_of(database: Database, name: str) -> Viewer:
    owners = {one.name: one.id for one in facts(database, OPERATOR).frame.sources}
    return organisation_viewer(database, OPERATOR, owners[name])


def named(words: str, names: list[str]) -> list[str]:
    """Those that are named, but for titles of interventions that work in a district of the housing company's, too."""
    words = re.sub(r"\s+", " ", words).replace(CLEARING, "").replace(ROUNDS, "")
    return [one for one in names if re.search(rf"\b{re.escape(one)}\b", words)]


def all_weeks(columns: Mapping[str, list[Any]]) -> list[date]:
    """Mondays of the weeks that are drawn of an intervention."""
    rows = zip(columns["part"], columns["from_at"], strict=True)
    return [datetime.fromtimestamp(at / 1000, UTC).date() for part, at in rows if part == PERIOD]


def test_interventions_are_those_of_ones_districts_counted_there_up_to_the_last_day(
    own_sample: Database, meeting: int
) -> None:
    viewer = viewer_of(own_sample, HOUSING)
    mine, whole = (report_of_meeting(own_sample, one, meeting, SV) for one in (viewer, OPERATOR))
    titles = [one.title for one in mine.words.interventions]
    assert sorted(titles) == sorted((CLEARING, ROUNDS))
    assert len(whole.words.interventions) == 7  # two of nine had ended
    own, all_of_it = ({one.title: one for one in made.words.interventions} for made in (mine, whole))
    assert own[CLEARING].sentence == SV("no_effect.no_comparison")  # with two districts there is none
    assert all_of_it[CLEARING].sentence != own[CLEARING].sentence
    last = SV.date(WEEK.last)
    for one in whole.words.interventions:
        assert f"till den {last}: " in one.sentence, one
    assert {name for name in whole.charts if name.startswith("intervention")} == {
        one.picture for one in whole.words.interventions
    }
    assert not [name for name in mine.charts if name.startswith("intervention")]
    starts = all_weeks(whole.charts[all_of_it[CLEARING].picture].columns)
    assert max(starts) == WEEK.first
    forms = sent(own_sample, meeting)[HOUSING].forms
    for form in ("text", "html", "pdf"):
        for one in mine.words.interventions:
            assert one.sentence[:60] in forms[form], (form, one)
        assert "Trygghetskameror" not in forms[form]


def test_what_became_of_an_intervention_after_the_meeting_is_in_no_report_of_it(
    own_sample: Database, meeting: int
) -> None:
    viewers = [OPERATOR, Viewer("p", Role.PRESENTER), *(viewer_of(own_sample, name) for name in ADDRESSES)]

    def told() -> list[tuple[MeetingWords, dict[str, object]]]:
        made = [report_of_meeting(own_sample, viewer, meeting, SV) for viewer in viewers]
        return [(one.words, {name: chart.columns for name, chart in one.charts.items()}) for one in made]

    before = told()
    assert all(words.interventions for words, _ in before[:3])
    one = next(one for one in facts(own_sample, OPERATOR).frame.interventions if one.title == CLEARING)
    record = read_intervention(own_sample, OPERATOR, one.id)
    assert record is not None
    later = InterventionEntry(
        title="Något annat",
        kind=one.kind,
        organisation=one.organisation,
        starts_on=one.starts_on - timedelta(days=70),
        ends_on=None,
        area_codes=("0301",),
        category_codes=one.categories[:1],
    )
    change_intervention(own_sample, OPERATOR, one.id, later, revision=record.revision)
    assert told() == before
    reopen_meeting(
        own_sample, OPERATOR, meeting, "Fel plats", revision=record_of(own_sample, meeting).revision
    )
    assert "Något annat" not in str(told()[0])  # it mends what was said there, not what was known


def test_a_housing_company_gets_its_two_districts_in_every_form(own_sample: Database, meeting: int) -> None:
    got = sent(own_sample, meeting)
    mine, everything = got[HOUSING].forms, got[POLICE].forms
    assert set(mine) == set(everything) == {"text", "html", "pdf", "csv", "ics"}
    for form, words in mine.items():
        assert named(words, others(own_sample)) == [], form
        assert "kiosken" not in words.lower(), form
        assert "staketet" not in words, form
        assert "Lampor på gården" in words, form
    for form in ("text", "html", "pdf"):
        for words in ("Klipp häcken", "Samling på gården", "Gården", "Haga", "Fastighetsjouren"):
            assert words in mine[form], (form, words)
        for words in ("Laga staketet", "Bråk vid kiosken", "Norrby centrum"):
            assert words in everything[form], (form, words)
    assert "Kameror vid kiosken" in everything["csv"]
    assert everything["ics"].count("BEGIN:VEVENT") == 2 * mine["ics"].count("BEGIN:VEVENT") == 4


def test_its_figures_flags_and_pictures_are_of_its_districts(own_sample: Database, meeting: int) -> None:
    viewer = viewer_of(own_sample, HOUSING)
    made = report_of_meeting(own_sample, viewer, meeting, SV)
    own, whole = (weekly(facts(own_sample, one), WEEK) for one in (viewer, OPERATOR))
    assert {one.area for one in own.flags} == {OWN[0]}
    assert made.words.flags == flag_sentences(own, SV)
    assert [one.value for one in made.words.figures] == [SV.number(one.observed) for one in own.figures]
    assert (own.figures[0].observed or 0) < (whole.figures[0].observed or 0) / 5
    assert sorted(made.charts["map"].columns["code"]) == sorted(OWN)
    assert made.charts["weeks"].columns["count"][-1] == own.figures[0].observed
    assert {name for name in made.charts if not name.startswith("intervention")} == {
        "map",
        "hours",
        "flags",
        "weeks",
    }
    for chart in made.charts.values():
        assert named(f"{chart.columns} {' '.join(chart.notes)}", others(own_sample)) == []
    forms = sent(own_sample, meeting)[HOUSING].forms
    for form in ("text", "html", "pdf"):
        for figure in made.words.figures:
            told = re.escape(figure.label) + r"\W+" + re.escape(figure.value) + r"\b"
            assert re.search(told, forms[form]), (form, figure)
        for sentence in made.words.flags:
            assert sentence[:60] in forms[form], (form, sentence)


def test_whoever_may_take_nothing_along_gets_small_counts_untold_and_no_names(
    own_sample: Database, meeting: int
) -> None:
    got = sent(own_sample, meeting)
    few = SV("explore.few", count=5)
    exact = report_of_meeting(
        own_sample, replace(viewer_of(own_sample, GUARDS), role=Role.HOUSING), meeting, SV
    )
    told = report_of_meeting(own_sample, viewer_of(own_sample, GUARDS), meeting, SV)
    assert [one.value for one in exact.words.figures] == ["2", "1", "1", "0"]
    values = [one.value for one in told.words.figures]
    assert values[0] == few
    assert all(few in value for value in values[:3])
    assert values[3] == "0"
    assert told.charts["map"].columns["count"] == [few]
    assert named(str(told.charts["map"].columns), others(own_sample, (SMALL,))) == []
    for form, words in got[GUARDS].forms.items():
        assert named(words, others(own_sample, (SMALL,))) == [], form
        if form in ("text", "html", "pdf"):
            assert few in words, form
    for form, words in got[SCHOOL].forms.items():
        assert "Fastighetsjouren" not in words, form
        assert "Kameror vid kiosken" in words, form


# --- corrections -------------------------------------------------------------------------------------------------------------


def test_a_correction_says_so_first_and_goes_only_where_it_changes_something(
    own_sample: Database, meeting: int
) -> None:
    first = sent(own_sample, meeting)
    assert set(first) == set(ADDRESSES)
    assert all("Rättad" not in one.mail["Subject"] for one in first.values())
    assert sent(own_sample, meeting) == {}
    reopen_meeting(
        own_sample, OPERATOR, meeting, "Fel plats", revision=record_of(own_sample, meeting).revision
    )
    decide(own_sample, meeting, "Vakt vid kiosken", (BESIDE,))
    close(own_sample, meeting)
    again = sent(own_sample, meeting)
    assert set(again) == {POLICE, SCHOOL}  # to the others it says what it said before
    for one in again.values():
        title = SV("meeting_report.corrected", title=SV("meeting_report.title", municipality="Lindhamn"))
        assert one.mail["Subject"].startswith(title)
        for form in ("text", "html", "pdf"):
            words = one.forms[form]
            assert words.startswith(title), form
            assert SV("meeting_report.replaces") in words, form
            assert "Fel plats" in words, form
            assert "Vakt vid kiosken" in words, form
    assert sent(own_sample, meeting) == {}


def test_what_became_of_a_decision_after_the_meeting_is_in_no_report_of_it(
    own_sample: Database, meeting: int
) -> None:
    viewers = [OPERATOR, Viewer("p", Role.PRESENTER), *(viewer_of(own_sample, name) for name in ADDRESSES)]

    def told() -> list[tuple[MeetingWords, list[tuple[str, date]]]]:
        made = [report_of_meeting(own_sample, viewer, meeting, SV) for viewer in viewers]
        return [(one.words, [(due.what, due.deadline) for due in one.due]) for one in made]

    def digests() -> list[str]:
        make = report_for(own_sample, OPERATOR, meeting, SV)
        return [make(one).digest for one in read_recipients(own_sample, OPERATOR)]

    before, sums = told(), digests()
    for one in read_open_decisions(own_sample, OPERATOR):
        later = {"reason": "Ingen tid", "new_deadline": date(2100, 1, 1)}
        follow_up(own_sample, OPERATOR, one.id, "moved", revision=one.revision, **later)
    assert told() == before
    assert digests() == sums
    reopen_meeting(
        own_sample, OPERATOR, meeting, "Fel plats", revision=record_of(own_sample, meeting).revision
    )
    assert not any(
        "Ingen tid" in str(words) for words, _ in told()
    )  # nor when it is opened to mend something else


def test_opened_again_to_mend_a_word_it_says_what_was_known_the_first_time(
    own_sample: Database, meeting: int
) -> None:
    first, viewer = record_of(own_sample, meeting), viewer_of(own_sample, HOUSING)
    told = report_of_meeting(own_sample, viewer, meeting, SV)
    (left, *_) = read_open_decisions(own_sample, OPERATOR, before=meeting)
    follow_up(own_sample, OPERATOR, left.id, "done", revision=left.revision)
    day = f"{WEEK.last.isoformat()}T12"
    late = [incident(f"late{n}", "vandalism", f"{day}:{n}", area_code=OWN[0]) for n in range(10, 60)]
    store_incidents(own_sample, late, POLICE, name="late.csv")
    reopen_meeting(own_sample, OPERATOR, meeting, "Stavfel", revision=first.revision)
    again = record_of(own_sample, meeting)
    entry = MeetingEntry(HELD, WEEK.first, WEEK.last, note="Rätt stavat")
    change_meeting(own_sample, OPERATOR, meeting, entry, revision=again.revision)
    close(own_sample, meeting)
    mended = record_of(own_sample, meeting)
    assert mended.minutes == {**(first.minutes or {}), "notes": ["Rätt stavat"]}
    assert mended.last_incident_id == first.last_incident_id
    own = report_of_meeting(own_sample, viewer, meeting, SV)
    assert own.words == replace(told.words, notes=("Rätt stavat",))
    assert {name: one.columns for name, one in own.charts.items()} == {
        name: one.columns for name, one in told.charts.items()
    }


def test_a_meeting_that_is_closed_again_as_it_was_is_sent_to_nobody(
    own_sample: Database, meeting: int
) -> None:
    sent(own_sample, meeting)
    reopen_meeting(
        own_sample, OPERATOR, meeting, "Ingenting", revision=record_of(own_sample, meeting).revision
    )
    close(own_sample, meeting)
    assert record_of(own_sample, meeting).edition == 1
    assert sent(own_sample, meeting) == {}


def test_an_open_meeting_is_written_to_nobody(own_sample: Database, meeting: int) -> None:
    reopen_meeting(own_sample, OPERATOR, meeting, "Fel", revision=record_of(own_sample, meeting).revision)
    (first, *_) = read_recipients(own_sample, OPERATOR)
    with pytest.raises(EntryError, match="meeting_not_closed"):
        report_for(own_sample, OPERATOR, meeting, SV)(first)
