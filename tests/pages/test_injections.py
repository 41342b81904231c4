"""Every text field full of texts that try to be something else: every page, answer and file shows them as words."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from google.protobuf.message import Message
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from dashboard.linked.routes import VIEWS_PATH
from dashboard.refusals import REFUSED, in_words
from dashboard.reports import export
from dashboard.reports.audit import told
from dashboard.reports.explore import about, tables
from dashboard.settings import ROOT
from dashboard.situation import explore
from dashboard.texts import LANGUAGES, texts
from dashboard.ui import import_history
from dashboard.ui.plain import plain
from data_access.administration import read_users
from data_access.audit import AuditQuestion, check_log, read_log
from data_access.changes import (
    AreaRow,
    CategoryEntry,
    FindingEntry,
    InterventionEntry,
    MembershipEntry,
    Rules,
    change_intervention,
    describe_municipality,
    grant_role,
    initialise,
    map_own_code,
    move_intervention,
    record_areas,
    record_category,
    record_finding,
    record_incidents,
    record_intervention,
    record_membership,
    record_organisation,
    record_rules,
    withdraw_finding,
)
from data_access.database import Database
from data_access.facts import facts
from data_access.importers.errors import RowError
from data_access.imports import import_incidents
from data_access.interventions import read_intervention
from data_access.models.intervention import LONGEST
from data_access.one_line import one_line
from data_access.permissions import LOCAL_VIEWER, OPERATOR, AreaKey, Role, Viewer
from data_access.selection import Period, Selection
from data_access.sessions import Hat, Identity, SignedIn, SignInError
from data_access.sessions import sign_in as begin_session
from tests.data_access.changes.rows import rows
from tests.injected_town import AREA_CODES, LONGEST_NAME, NAMES, STORABLE, build
from tests.injections import INJECTIONS
from tests.linked.asking import ask
from tests.pages.test_admin_page import PARTS, admin
from tests.pages.test_pages import linked, opened
from tests.small_town import SRID, file_of, incident, square

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from data_access.database import Database as Db

PAGES = ("explore", "meetings", "interventions", "surveys", "about", "import_data")
MARKDOWN_FIELDS = {"body", "label", "help", "caption", "text"}
"""Fields of Streamlit's messages that its page draws as Markdown; options, values and placeholders are words to it."""
ALWAYS = Period(date(2026, 1, 5), date(2026, 2, 28))
TYPED = (*REFUSED, SignInError)
SHORTEST = 4
"""A shorter text may stand in a sentence of our own."""
EN = texts("en")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Db]:
    made = Database(f"sqlite:///{tmp_path_factory.mktemp('injected') / 'town.db'}")
    initialise(made)
    build(made)
    yield made
    made.engine.dispose()


@pytest.fixture
def used(town: Db, use: Callable[[Db], None]) -> Db:
    use(town)
    return town


def drawn(app: AppTest) -> list[tuple[str, str]]:
    """Everything on the page that is drawn as Markdown: what it belongs to, and the text."""
    found: list[tuple[str, str]] = []
    waiting: list[Any] = list(app._tree.children.values())
    while waiting:
        node = waiting.pop()
        if isinstance(node, Block):
            waiting += node.children.values()
        if isinstance(proto := getattr(node, "proto", None), Message):
            _collect(proto, type(proto).__name__, found)
    return found


def _collect(message: Message, name: str, found: list[tuple[str, str]]) -> None:
    for field, value in message.ListFields():
        if isinstance(value, Message):
            _collect(value, f"{name}.{field.name}", found)
        elif isinstance(value, str) and field.name in MARKDOWN_FIELDS:
            found.append((f"{name}.{field.name}", value))
        assert field.name not in ("allow_html", "unsafe_allow_javascript") or not value


RAW = tuple(
    text for text in dict.fromkeys((*STORABLE, *NAMES)) if len(text) >= SHORTEST and plain(text) != text
)


def shown_as_words(app: AppTest) -> None:
    """No exception, no error, and no text stands on the page unescaped."""
    assert list(app.exception) == []
    assert list(app.error) == []
    for where, words in drawn(app):
        assert [text for text in RAW if text in words] == [], where
        assert where != "Html.body" or words.startswith("<style>")


def test_the_check_sees_what_is_not_escaped() -> None:
    def page() -> None:
        import streamlit as st  # noqa: PLC0415 - runs as a script of its own

        with st.popover("[x](javascript:alert(1))"):
            st.button("ok", help="<img src=x onerror=alert(1)>")

    found = dict(drawn(AppTest.from_function(page).run()))
    assert found["Block.popover.label"] in RAW
    assert found["Button.help"] in RAW


# --- writing -----------------------------------------------------------------------------------------------------------------

CATEGORY = CategoryEntry("Buller", "Noise", "disorder", "unsafe_event", 0)


def _plan(title: str, organisation: str, area: str, category: str) -> InterventionEntry:
    return InterventionEntry(
        title, "environment", organisation, date(2026, 1, 12), None, (area,), (category,), title
    )


def _revision(database: Db) -> int:
    found = read_intervention(database, OPERATOR, 1)
    return found.revision if found else 0


WRITES: dict[str, Callable[[Db, str, int], Any]] = {
    "municipality": lambda d, s, _: describe_municipality(d, OPERATOR, name=s),
    "timezone": lambda d, s, _: describe_municipality(d, OPERATOR, timezone=s),
    "contact": lambda d, s, _: record_rules(d, OPERATOR, Rules("weekly", s, 5, 12, 60)),
    "cadence": lambda d, s, _: record_rules(d, OPERATOR, Rules(s, "", 5, 12, 60)),
    "organisation": lambda d, s, _: record_organisation(d, OPERATOR, name=s, kind="other"),
    "kind": lambda d, s, n: record_organisation(d, OPERATOR, name=f"o{n}", kind=s),
    "type": lambda d, s, _: record_category(d, OPERATOR, "noise", CategoryEntry(s, s, "violence", "crime", 0)),
    "type's code": lambda d, s, _: record_category(d, OPERATOR, s, CategoryEntry("N", "N", "violence", "crime", 0)),
    "group": lambda d, s, _: record_category(d, OPERATOR, "noise", CategoryEntry("N", "N", s, s, 0)),
    "own code": lambda d, s, _: map_own_code(d, OPERATOR, organisation_id=1, own_code=s, code="noise"),
    "own code's type": lambda d, s, _: map_own_code(d, OPERATOR, organisation_id=1, own_code="x", code=s),
    "person": lambda d, s, n: begin_session(d, Identity("i", f"{n}", f"{n}", datetime.now(UTC), s, s)),
    "issuer": lambda d, s, n: begin_session(d, Identity(s, f"{n}", s, datetime.now(UTC), "N", "")),
    "subject": lambda d, s, _: begin_session(d, Identity("i", s, s, datetime.now(UTC), "N", "")),
    "granted": lambda d, s, _: grant_role(d, OPERATOR, s, role="police", organisation="Polisen"),
    "granted for": lambda d, s, _: grant_role(d, OPERATOR, "1", role="police", organisation=s),
    "granted as": lambda d, s, _: grant_role(d, OPERATOR, "1", role=s, organisation="Polisen"),
    "limited to": lambda d, s, _: record_membership(
        d, OPERATOR, MembershipEntry(1, 1, "police", date(2020, 1, 1), areas=frozenset({AreaKey(s, s)}))
    ),
    "set": lambda d, s, _: record_areas(d, OPERATOR, [AreaRow(1, "1", "A", square(0, 0))], name=s, srid=SRID),
    "district": lambda d, s, _: record_areas(
        d, OPERATOR, [AreaRow(0, s, s, square(0, 0)), AreaRow(1, s, s, square(0, 0), s)], name="A", srid=SRID, file_name=s
    ),
    "title": lambda d, s, _: record_intervention(d, OPERATOR, _plan(s, "Polisen", "01", "noise"), area_set_id=1),
    "carried out by": lambda d, s, _: record_intervention(d, OPERATOR, _plan("T", s, "01", "noise"), area_set_id=1),
    "carried out in": lambda d, s, _: record_intervention(d, OPERATOR, _plan("T", "Polisen", s, s), area_set_id=1),
    "written of it": lambda d, s, _: record_intervention(
        d, OPERATOR, replace(_plan("T", "Polisen", "01", "noise"), **dict.fromkeys([*LONGEST][1:], s)), area_set_id=1
    ),
    "compared with": lambda d, s, _: record_intervention(
        d, OPERATOR, replace(_plan("T", "Polisen", "01", "noise"), comparison_codes=(s,), comparison_reason=s), area_set_id=1
    ),
    "changed to": lambda d, s, n: change_intervention(
        d, OPERATOR, 1, replace(_plan(f"{s[:100]} {n}", "Polisen", "01", "noise"), problem=s), revision=_revision(d)
    ),
    "kind of it": lambda d, s, _: record_intervention(
        d, OPERATOR, replace(_plan("T", "Polisen", "01", "noise"), kind=s, approach=s, horizon=s), area_set_id=1
    ),
    "moved to": lambda d, s, _: move_intervention(d, OPERATOR, 1, s, revision=1),
    "found": lambda d, s, _: record_finding(d, OPERATOR, FindingEntry(s, s, (s,), None, s), area_set_id=1),
    "found to be": lambda d, s, _: record_finding(d, OPERATOR, FindingEntry(s), area_set_id=1),
    "withdrawn": lambda d, s, n: withdraw_finding(d, OPERATOR, n + 1, s, revision=1),
    "reported by": lambda d, s, n: record_incidents(
        d, OPERATOR, file_of([incident(f"k{n}", "noise", "2026-01-05T10:00")], name=f"{n}"), organisation=s
    ),
    "file": lambda d, s, n: record_incidents(
        d, OPERATOR, file_of([incident(f"f{n}", "noise", "2026-01-05T10:00")], name=s, sha256=f"f{n}"), organisation="Polisen"
    ),
    "imported for": lambda d, s, n: import_incidents(
        d, OPERATOR, (f"datum;typ\n2026-01-05;noise {n}\n".encode(), "x.csv"), organisation=s
    ),
    "refused row": lambda d, s, n: record_incidents(
        d, OPERATOR, file_of([incident(f"r{n}", "noise", "2026-01-05T10:00")], sha256=f"r{n}",
                             refused=[RowError(3, s, s, "date_unknown", {"value": s})]), organisation="Polisen"
    ),
}  # fmt: skip


@pytest.mark.parametrize("field", WRITES)
def test_a_text_is_stored_or_refused_with_a_reason_in_words(small: Db, field: str) -> None:
    begin_session(small, Identity("i", "first", "n", datetime.now(UTC), "Eva"))
    record_intervention(small, OPERATOR, _plan("T", "Polisen", "01", "noise"), area_set_id=1)
    for _ in INJECTIONS:
        record_finding(small, OPERATOR, FindingEntry("F"), area_set_id=1)
    for number, text in enumerate(INJECTIONS):
        before = traces(small)
        try:
            WRITES[field](small, text, number)
        except TYPED as error:
            assert traces(small) == before, text
            _says_why(error)
        else:
            assert traces(small) != before, text
    assert check_log(small, OPERATOR).is_whole


def _says_why(error: Any) -> None:
    """In both languages."""
    for say in map(texts, LANGUAGES):
        if isinstance(error, REFUSED):
            assert in_words(error, say)
        else:
            assert say(f"sign_in.{error.reason}", **error.parameters)


def traces(database: Db) -> list[tuple[Any, ...]]:
    """What every write leaves: the newest hash of the log, persons and sessions."""
    counts = (
        f'(select count(*) from "{name}")' for name in ("user", "user_session", "organisation", "incident")
    )
    return rows(database, f"select audit_sha256, data_version, {', '.join(counts)} from municipality")


# --- pages -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_words(used: Db, monkeypatch: pytest.MonkeyPatch, page: str, language: str) -> None:
    monkeypatch.setattr(import_history, "_SHOWN", 1000)
    app = opened(page, lang=language)
    shown_as_words(app)
    words = "\n".join(text for _, text in drawn(app))
    if page == "import_data":
        files = [text for text in STORABLE if text.strip() and len(text) <= LONGEST_NAME]
        assert [text for text in files if not _within(text.strip(), words)] == []
        assert len([text for where, text in drawn(app) if where.endswith("popover.label")]) >= len(STORABLE)
    if page == "about":
        names = app.dataframe[0].value[texts(language)("about.source")].tolist()
        assert sorted(names) == sorted(NAMES)
    assert used


def test_the_register_of_findings_shows_words(used: Db) -> None:
    app = AppTest.from_file(str(ROOT / "pages" / "surveys.py"), default_timeout=120)
    app.session_state["survey-part"] = "findings"
    app.run()
    shown_as_words(app)
    words = "\n".join(text for _, text in drawn(app))
    assert [name for name in NAMES if not _within(name, words)] == []
    assert len(app.get("page_link")) == len(STORABLE)
    assert used


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_the_administration_shows_words(used: Db, part: str, language: str) -> None:
    app = admin(part, language)
    shown_as_words(app)
    tables = [value for frame in app.dataframe for value in frame.value.to_numpy().ravel().tolist()]
    if part in ("organisations", "categories"):
        assert set(NAMES) <= set(tables)
        key = "organisation" if part == "organisations" else "category"
        for number in _keys(used, part):
            app.selectbox(key=key).set_value(number).run()
            shown_as_words(app)
    if part == "people":
        for user in read_users(used, OPERATOR)[:: 1 if language == "sv" else 8]:
            app.selectbox(key="person").set_value(user.id).run()
            shown_as_words(app)
            said = "\n".join(text for _, text in drawn(app))
            assert [one.organisation for one in user.memberships if not _within(one.organisation, said)] == []
    if part == "log":
        assert len({value for value in tables if value in NAMES}) > 30


def _keys(database: Db, part: str) -> list[Any]:
    if part == "organisations":
        known = rows(database, "select id from organisation order by id")
    else:
        known = rows(database, "select code from category order by id")
    return [key for (key,) in known]


def test_the_log_is_searched_for_every_text(used: Db) -> None:
    app = admin("log")
    for text in (*NAMES, "%", "_", "\\"):
        app.text_input(key="log-text").set_value(text).run()
        shown_as_words(app)
        asked, total = read_log(used, OPERATOR, AuditQuestion(text.strip()), limit=1)
        assert len(app.dataframe[0].value) == min(total, 200)
        assert text in ("%", "_") or asked, text


def test_a_name_of_the_place_is_words_everywhere(town: Db, tmp_path: Any, use: Callable[[Db], None]) -> None:
    own = _copy(town, tmp_path)
    use(own)
    pages = {page: opened(page, lang="sv") for page in ("explore", "about")}
    settings_part = admin("settings", "sv")
    for name in NAMES:
        describe_municipality(own, OPERATOR, name=name, is_sample=True)
        record_rules(own, OPERATOR, Rules("weekly", name, 5, 12, 60))
        shown_as_words(pages["about"].run())
        assert any(_within(name, text) for _, text in drawn(pages["about"])), name
        shown_as_words(settings_part.run())
    shown_as_words(pages["explore"].run())
    shown_as_words(opened("import_data"))


def _copy(database: Db, folder: Any) -> Db:
    """A copy of its own, for a test that writes."""
    with (
        sqlite3.connect(database.url.removeprefix("sqlite:///")) as source,
        sqlite3.connect(folder / "own.db") as copy,
    ):
        source.backup(copy)
    source.close()
    copy.close()
    return Database(f"sqlite:///{folder / 'own.db'}")


def _chip() -> None:
    """A script of its own: the chip of a person, and the card of somebody without access."""
    import streamlit as st  # noqa: PLC0415

    from dashboard.texts import texts as say  # noqa: PLC0415
    from dashboard.ui import account, sign_in  # noqa: PLC0415
    from data_access.sessions import SignInError as Problem  # noqa: PLC0415
    from tests.pages.test_injections import person_named  # noqa: PLC0415

    name = st.session_state["name"]
    if st.session_state["is_card"]:
        sign_in.draw(Problem("waiting", name=name, contact=name), say("sv"))
    else:
        account.draw(person_named(name), say("sv"))


def person_named(name: str) -> SignedIn:
    hats = tuple(Hat(number, Role.POLICE, name) for number in (1, 2))
    viewer = Viewer(name, Role.POLICE, areas=frozenset({AreaKey(name, name)}))
    return SignedIn(1, viewer, hats[0], hats)


def test_the_chip_and_the_card_show_words() -> None:
    for is_card, fewest in ((True, 2), (False, 4)):
        app = AppTest.from_function(_chip)
        app.session_state["is_card"] = is_card
        for name in NAMES:
            app.session_state["name"] = name
            shown_as_words(app.run())
            assert len([text for _, text in drawn(app) if _within(name, text)]) >= fewest, name


def _within(name: str, text: str) -> bool:
    """Whether escaped words hold a name; signs that nobody sees depend on what stands beside it."""
    return plain(name).replace("\u2060", "") in text.replace("\u2060", "")


def test_an_address_of_anything_is_no_fault(used: Db) -> None:
    app = opened("about")
    for text in STORABLE:
        for names in (
            ("areas", "categories", "sources", "layer"),
            ("hours",),
            ("period", "lang"),
            ("kinds", "area_set"),
        ):
            app.query_params.clear()
            for name in names:
                app.query_params[name] = text
            shown_as_words(app.run())
    assert used


def test_a_file_of_anything_is_read_in_words(used: Db) -> None:
    records = [
        {
            "id": f"r{n}",
            "datum": "2026-01-05 10:00",
            "typ": f"{text[:150]} q",
            "var": text[:60],
            text[:60]: text[:60],
        }
        for n, text in enumerate(STORABLE)
    ]
    records.append({"id": "bad", "datum": "<img src=x onerror=alert(1)>", "typ": "x"})
    app = opened("import_data", lang="en")
    app.selectbox(key="incidents-organisation").set_value(NAMES[0]).run()
    file = ("<svg onload=alert(1)>.json", json.dumps(records).encode(), "application/json")
    shown_as_words(app.file_uploader(key="incidents-file").set_value(file).run())
    refused = next(frame.value for frame in app.dataframe if EN("import.row") in frame.value.columns)
    assert "<img src=x onerror=alert(1)>" in refused.to_numpy().ravel().tolist()
    assert len([text for text in RAW if any(_within(text[:150], one.label) for one in app.selectbox)]) > 30
    assert used


# --- routes and files --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_routes_answer_with_the_texts_as_data(used: Db, language: str) -> None:
    told_to_views = linked(opened(lang=language))
    for address in (told_to_views["mount"], f"{VIEWS_PATH}?lang={language}&period={ALWAYS}"):
        reply = ask(address, ticket=told_to_views["ticket"])
        assert reply.status == 200
        assert reply.headers["content-type"] == "application/json"
        held = set(_texts_in(reply.json))
        if address == told_to_views["mount"]:
            assert reply.json["map"]["areas"] == {"code": sorted(AREA_CODES), "name": _names_by_code()}
        else:
            assert [name for name in NAMES if name not in held] == []
    assert used


def _names_by_code() -> list[str]:
    return [text for _, text in sorted(zip(AREA_CODES, STORABLE, strict=True))]


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, one in value.items():
            yield name
            yield from _texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts_in(one)


def test_routes_answer_any_question_in_json(used: Db) -> None:
    ticket = linked(opened())["ticket"]
    for text in STORABLE:
        for name in (
            "areas",
            "categories",
            "sources",
            "hours",
            "period",
            "kinds",
            "layer",
            "lang",
            "mode",
            "area_set",
        ):
            reply = ask(f"{VIEWS_PATH}?{urlencode({'lang': 'sv', name: text})}", ticket=ticket)
            assert reply.status in (200, 400), (name, text)
            assert reply.headers["content-type"] == "application/json"
            assert isinstance(reply.json, dict)
    assert used


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_open_again_with_the_texts_as_text(used: Db, language: str) -> None:
    say, known = texts(language), facts(used, LOCAL_VIEWER)
    of = explore.situation(
        known, Selection(period=ALWAYS, sources=frozenset(NAMES[:3]), areas=frozenset(AREA_CODES[:3]))
    )
    assert of is not None
    sheets = tables(of, say)
    book = export.workbook(sheets, about(of, say), say)
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        assert not any(
            re.search(rb"<f[ >]", parts.read(name)) for name in parts.namelist() if "sheets/" in name
        )
        assert not any(
            b"Target=" in parts.read(name) and b"External" in parts.read(name) for name in parts.namelist()
        )
    opened_again = CalamineWorkbook.from_filelike(io.BytesIO(book))
    in_book = {one_line(str(cell)) for name in opened_again.sheet_names
               for row in opened_again.get_sheet_by_name(name).to_python() for cell in row}  # fmt: skip
    in_csv: set[str] = set()
    for table in sheets.values():
        text = export.csv(table, say).decode("utf-8-sig")
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=";" if language == "sv" else ","):
            assert not any(export.safe_cell(cell) != cell for cell in row)
            in_csv |= {one_line(cell) for cell in row}
    for expected in (*NAMES, *STORABLE):
        safe = one_line(export.safe_cell(expected))
        assert safe in in_csv
        assert safe[:1000] in {cell[:1000] for cell in in_book}


def test_what_the_log_tells_is_one_text_per_row(used: Db) -> None:
    entries, _ = read_log(used, OPERATOR, AuditQuestion(action="members.write"), limit=1000)
    assert len(entries) >= len(STORABLE)
    for entry in entries:
        assert isinstance(told(entry.details), str)
        assert entry.subject.splitlines() in ([], [entry.subject])
