"""The page of surveys: what each role is told, what follows the explore page and what never does, and publishing a file."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.charts.survey_rows import ROW
from dashboard.settings import ROOT, settings
from dashboard.texts import texts
from dashboard.ui import session, show
from data_access.importers.survey_mapping import SurveyMapping
from data_access.permissions import OPERATOR, AreaKey, Role, Viewer
from data_access.selection import Period, Selection
from data_access.surveys.door import read_release, read_waves
from tests import small_town
from tests.data_access.surveys.files import HEADINGS, csv, release, rows_of
from tests.data_access.surveys.simulated import SECRET
from tests.pages.test_pages import chosen, opened, said, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_access.database import Database
    from data_access.surveys.told import Instrument

SV = texts("sv")
PARTS = ("risks", "help", "safety", "together")
OWN = ("0501", "0502", "0601", "0602", "0701")
AREA = "survey-area-1"
LANGUAGES = pytest.mark.parametrize("language", ["sv", "en"])
TOLD = (
    "share_pct", "low_pct", "high_pct", "index", "low", "high", "risk", "distress", "unmet", "x", "value", "n", "n_before",
)  # fmt: skip
"""Columns of charts that hold numbers of a survey."""
MUNICIPAL = (Role.ADMIN, Role.COORDINATOR, Role.ANALYST)
Shown = dict[tuple[str, ...], dict[str, Any]]


def viewer(role: Role) -> Viewer:
    mine = frozenset(AreaKey("Lindhamn", code) for code in OWN) if role is Role.HOUSING else None
    return Viewer("x", role, 1, 1, areas=mine)


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch) -> Callable[[Role], None]:
    """Look at pages as somebody with a role."""

    def as_(role: Role) -> None:
        for name in ("viewer", "viewer_now"):
            monkeypatch.setattr(session, name, lambda: viewer(role))

    return as_


def part(name: str, asked: Selection | None = None, **held: Any) -> AppTest:
    """A part of the page, with what the session holds already."""
    app = AppTest.from_file(str(ROOT / "pages" / "surveys.py"), default_timeout=120)
    app.query_params["lang"] = "sv"
    for key, value in ({"survey-part": name, "selection": asked or Selection()} | held).items():
        app.session_state[key] = value
    app.query_params.update((asked or Selection()).to_query())
    app.run()
    assert list(app.exception) == []
    assert list(app.error) == []
    return app


def charts(app: AppTest) -> list[pd.DataFrame]:
    """The rows that each chart of the page is sent."""
    return [pa.ipc.open_stream(one.proto.data.data).read_pandas() for one in app.get("vega_lite_chart")]


def numbers(app: AppTest) -> Shown:
    """Every number of a survey on the page: by chart (its columns), question or district, and column."""
    found: Shown = {}
    for table in charts(app):
        name = next(column for column in ("head", "code", "name") if column in table)
        for row in table.to_dict("records"):
            key = (*table.columns, str(row.get("level")), str(row[name]))
            if row.get("part", ROW) == ROW and "n" in row:
                found[key] = {column: row[column] for column in TOLD if pd.notna(row.get(column))}
    return {key: told for key, told in found.items() if "n" in told}


def people(n: Any) -> float:
    """How many, as a number or as it is written on a map."""
    return float(str(n).replace("\u00a0", ""))


def areas_of(app: AppTest) -> set[str]:
    """Codes of the districts on the page's maps."""
    return {code for table in charts(app) if "code" in table for code in table["code"]}


def of_few(database: Database, instrument: Instrument) -> tuple[str, tuple[str, str]]:
    """A district and a group of it that municipal roles are told a number of and partners are not."""
    wave = next(one for one in read_waves(database, OPERATOR) if one.instrument == instrument)
    found = [read_release(database, viewer(role), wave.id) for role in (Role.COORDINATOR, Role.PRESENTER)]
    whole, partner = (
        {cell.key for cell in release.cells if cell.n and cell.measure == "present"}
        for release in found
        if release
    )
    _, _, area, breakdown, group = next(key for key in sorted(whole - partner, key=str) if key[2])
    return area or "", (breakdown, group)


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("role", [*MUNICIPAL, Role.POLICE, Role.HOUSING, Role.PRESENTER, Role.REPORTER])
def test_every_part_is_drawn_for_every_role(
    sample: Database, use: Callable[[Database], None], look: Callable[[Role], None], role: Role, name: str
) -> None:
    use(sample)
    look(role)
    app = part(name)
    drawn = {"risks": 3, "help": 4, "safety": 5, "together": 2}
    if role is Role.REPORTER:
        drawn = {"risks": 2, "help": 3, "safety": 3, "together": 0}
    assert len(charts(app)) == drawn[name]
    assert numbers(app) or name == "together"
    assert (SV("surveys.no_areas_viewer") in said(app)) == (role is Role.REPORTER)
    fewest = 10 if role in MUNICIPAL else 20
    assert SV("surveys.fixed", fewest=fewest) in said(app)
    assert all(people(told["n"]) >= fewest for told in numbers(app).values())
    assert role is not Role.HOUSING or areas_of(app) <= set(OWN)
    names = [box.label for box in app.button]
    assert (SV("surveys.plan") in names) == (
        name == "risks" and role in (Role.ADMIN, Role.COORDINATOR, Role.POLICE, Role.HOUSING)
    )


def heads(app: AppTest) -> list[set[str]]:
    """Questions of each chart of bars or dots on the page."""
    return [set(table["head"][table["part"] == ROW]) for table in charts(app) if "head" in table]


def test_the_municipality_stands_beside_the_wave_before_and_a_district_beside_the_municipality(
    sample: Database, use: Callable[[Database], None]
) -> None:
    use(sample)
    for asked, key in ((Selection(), "2024"), (Selection(areas=frozenset({"0301"})), "kommunen")):
        for name in ("risks", "safety"):
            bars = next(table for table in charts(part(name, asked)) if "compared_pct" in table)
            assert bars["compared_pct"].notna().any()
            assert bars["head"].iloc[0] == SV("survey_chart.key_compared", place=key)
    index = charts(part("safety", Selection(areas=frozenset({"0301"}))))[0]
    assert index["compared"].notna().any()
    assert index["before"].notna().any()


def test_every_share_of_the_safety_survey_is_drawn_and_can_be_put_beside_crime(
    sample: Database, use: Callable[[Database], None]
) -> None:
    use(sample)
    wave = next(one for one in read_waves(sample, OPERATOR) if one.instrument == "safety")
    release = read_release(sample, viewer(Role.COORDINATOR), wave.id)
    assert release is not None
    shares = {one.name_sv for one in release.indicators if "index" not in one.measures}
    indexes = {one.name_sv for one in release.indicators if "index" in one.measures}
    assert {"Utsatt för hot", "Förtroende för polisen"} <= shares
    drawn = heads(part("safety"))
    assert drawn == [indexes, shares, shares]
    app = part("together", **{"survey-instrument": "safety"})
    assert set(app.selectbox(key="survey-together-safety").options) == shares | indexes
    app.selectbox(key="survey-together-safety").set_value("victim.threat").run()
    assert list(app.exception) == []
    spec = json.loads(app.get("vega_lite_chart")[0].proto.spec)
    assert "Utsatt för hot, % av dem som svarat" in json.dumps(spec, ensure_ascii=False)


@pytest.mark.parametrize("measure", ["frequency", "distress", "help"])
def test_what_follows_a_risk_is_drawn_of_those_who_have_it(
    sample: Database, use: Callable[[Database], None], measure: Any
) -> None:
    use(sample)
    app = part("help", **{"survey-follow-up": measure})
    assert SV(f"survey_chart.indicators_title_{measure}") in said(app)
    wave = next(one for one in read_waves(sample, OPERATOR) if one.instrument == "youth")
    release = read_release(sample, viewer(Role.COORDINATOR), wave.id)
    bars = next(table for table in charts(app) if "share_pct" in table)
    told = bars.set_index("head")["share_pct"]["Blir mobbad"]
    cell = release.cell("school.bullied", measure) if release else None
    assert cell is not None
    assert told == pytest.approx(100 * (cell.share or 0))


def test_who_was_asked_and_why_it_is_kept_stands_beside_the_wave(
    small: Database, use: Callable[[Database], None]
) -> None:
    mapping = SurveyMapping(
        frame="Alla i årskurs 8 *i kommunen*", purpose="Lägesbild", retention="till och med 2030",
        first_day="2026-03-02", last_day="2026-04-17",
    )  # fmt: skip
    release(small, mapping=mapping)
    use(small)
    words = said(part("risks"))
    for one in (
        "Alla i årskurs 8 *i kommunen*",
        "Lägesbild",
        "till och med 2030",
        "2026-03-02",
        "2026-04-17",
    ):
        assert one in words


def test_districts_and_groups_to_choose_are_those_of_the_role(
    sample: Database, use: Callable[[Database], None], look: Callable[[Role], None]
) -> None:
    use(sample)
    areas, groups, published = {}, {}, {}
    for role in (Role.COORDINATOR, Role.HOUSING, Role.REPORTER):
        look(role)
        app = part("risks")
        boxes = {box.key: len(box.options) for box in app.selectbox}
        areas[role], groups[role] = boxes.get(AREA), boxes["survey-group-youth"]
        published[role] = SV("surveys.part_publish") in str(app.get("button_group")[0].proto)
    assert areas == {Role.COORDINATOR: 34, Role.HOUSING: 1 + len(OWN), Role.REPORTER: None}
    assert groups == {Role.COORDINATOR: 5, Role.HOUSING: 5, Role.REPORTER: 1}
    assert published == {Role.COORDINATOR: True, Role.HOUSING: False, Role.REPORTER: False}


def looked_at(database: Database, role: Role, instrument: Instrument) -> list[tuple[str, tuple[str, str]]]:
    """Districts and groups that are looked at by a role."""
    everywhere = [("", ("all", ""))]
    if role in (Role.PRESENTER, Role.POLICE):
        return [*everywhere, (OWN[0], ("gender", "female")), of_few(database, instrument)]
    return everywhere if role is Role.REPORTER else [*everywhere, (OWN[0], ("all", ""))]


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("role", [Role.POLICE, Role.HOUSING, Role.PRESENTER, Role.REPORTER])
def test_a_partner_is_shown_some_of_the_coordinators_numbers_and_no_others(
    sample: Database, use: Callable[[Database], None], look: Callable[[Role], None], role: Role, name: str
) -> None:
    use(sample)
    instrument: Instrument = "safety" if name == "safety" else "youth"
    told, told_to_all = 0, 0
    for area, group in looked_at(sample, role, instrument):
        asked, held = Selection(areas=frozenset({area} - {""})), {f"survey-group-{instrument}": group}
        look(Role.COORDINATOR)
        whole = numbers(part(name, asked, **held))
        look(role)
        mine = numbers(part(name, asked, **held))
        assert all(row.items() <= whole[key].items() for key, row in mine.items())
        told, told_to_all = told + sum(map(len, mine.values())), told_to_all + sum(map(len, whole.values()))
    assert told < told_to_all


def test_a_district_chosen_here_is_chosen_on_the_explore_page_and_back(
    sample: Database, use: Callable[[Database], None]
) -> None:
    use(sample)
    app = opened("surveys", categories="assault")
    app.selectbox(key=AREA).set_value("0402").run()
    assert list(app.exception) == []
    assert (chosen(app).areas, chosen(app).categories) == ({"0402"}, {"assault"})
    assert app.query_params["areas"] in ("0402", ["0402"])
    app.switch_page("../pages/explore.py").run()
    assert chosen(app).areas == {"0402"}
    app.switch_page("../pages/surveys.py").run()
    assert app.selectbox(key=AREA).value == "0402"
    app.selectbox(key=AREA).set_value("").run()
    assert chosen(app).areas == set()


@pytest.mark.parametrize(
    ("codes", "here"), [({"0402"}, "0402"), ({"0402", "0501"}, ""), (set(), ""), ({"gone"}, "")]
)
def test_one_district_of_the_explore_page_is_the_district_here(
    sample: Database, use: Callable[[Database], None], codes: set[str], here: str
) -> None:
    use(sample)
    for name in ("risks", "help", "safety"):
        app = part(name, Selection(areas=frozenset(codes)))
        assert app.selectbox(key=AREA).value == here
        assert chosen(app).areas == codes  # looking changes nothing


def edged(app: AppTest) -> list[set[str]]:
    """Codes that are marked on each map and scatter of the page."""
    found = [table for table in charts(app) if "code" in table]
    return [
        set(table["code"][table["is_edged" if "is_edged" in table else "is_chosen"].astype(bool)])
        for table in found
    ]


@pytest.mark.parametrize("name", PARTS)
def test_several_districts_are_marked_and_said_and_change_no_number(
    sample: Database, use: Callable[[Database], None], name: str
) -> None:
    use(sample)
    codes = {"0402", "0501"}
    before, app = part(name), part(name, Selection(areas=frozenset(codes)))
    assert numbers(app) == numbers(before)
    assert edged(app)
    assert all(marked == codes for marked in edged(app))
    assert not any(edged(before))
    why = SV("surveys.several", names="Haga, Västerängen")
    assert why in said(app)
    assert why not in said(before)


@pytest.mark.parametrize(
    ("name", "view"), [("risks", "survey-map"), ("together", "survey-scatter"), ("safety", "survey-gap")]
)
def test_a_press_on_a_district_chooses_it_everywhere_and_a_second_press_no_longer(
    sample: Database, use: Callable[[Database], None], monkeypatch: pytest.MonkeyPatch, name: str, view: str
) -> None:
    use(sample)
    pressed: list[str] = []

    def drawn(*_: Any, key: str, on_select: Any = "ignore", **__: Any) -> None:
        if key.startswith(f"view-{view}") and pressed:
            found = {"selection": {"pressed": [{"code": code} for code in pressed]}}
            pressed.clear()
            st.session_state[key] = found
            on_select()

    monkeypatch.setattr(st, "vega_lite_chart", drawn)
    app = part(name, Selection(categories=frozenset({"assault"})))
    for codes, areas in ((["0402"], {"0402"}), (["0402", "0501"], {"0402", "0501"}), (["0501"], {"0501"})):
        pressed[:] = codes
        app.run()
        assert (chosen(app).areas, chosen(app).categories) == (areas, {"assault"})
    pressed[:] = ["0501", "gone", 'x"']
    app.run()
    assert chosen(app).areas == {"0501"}


@pytest.mark.parametrize(
    "said_by_browser",
    [
        None,
        5,
        {},
        {"selection": {}},
        {"selection": {"pressed": {}}},
        {"selection": {"pressed": [None, {"code": 5}, {}]}},
    ],
)
def test_what_a_browser_says_that_makes_no_sense_is_no_press(said_by_browser: Any) -> None:
    assert show.pressed_codes(said_by_browser) == frozenset()


def test_a_district_that_is_the_same_in_the_newest_set_is_chosen_in_an_older_wave_too(
    small: Database, use: Callable[[Database], None]
) -> None:
    release(small, wave="Då", year=2024)
    wider = replace(small_town.AREAS[-1], geometry=small_town.square(1, 1, side_m=1100.0))
    small_town.store_areas(small, [*small_town.AREAS[:-1], wider], file_sha256="0" * 64)
    use(small)
    app = part("risks", Selection(areas=frozenset({"02"})))
    assert app.selectbox(key=AREA).value == "02"
    assert SV("surveys.not_shared") not in said(app)
    app = part("risks", Selection(areas=frozenset({"04"})))
    assert app.selectbox(key=AREA).value == ""
    assert SV("surveys.not_shared") in said(app)
    app.selectbox(key=AREA).set_value("04").run()
    assert chosen(app).areas == {"04"}


def test_a_district_of_other_borders_is_not_taken_for_one_of_the_wave(
    sample: Database, use: Callable[[Database], None]
) -> None:
    use(sample)
    app = part("risks", Selection(areas=frozenset({"0402"}), area_set=99))
    assert app.selectbox(key=AREA).value == ""


def test_a_wave_before_the_districts_were_imported_again_is_still_compared(
    small: Database, use: Callable[[Database], None]
) -> None:
    release(small, wave="Då", year=2024)
    wider = replace(small_town.AREAS[-1], geometry=small_town.square(1, 1, side_m=1100.0))
    small_town.store_areas(small, [*small_town.AREAS[:-1], wider], file_sha256="0" * 64)
    release(small, rows_of(2), wave="Nu", year=2026)
    use(small)
    title, why = SV("survey_chart.change_title"), SV("surveys.not_compared", wave="Då")
    for area, is_compared in (("", True), ("01", True), ("04", False)):
        app = part("risks", **{"survey-area-2": area, "survey-area-2-seen": ""})
        assert (title in said(app)) == is_compared
        assert (why in said(app)) != is_compared


FREE = Selection(
    categories=frozenset({"assault", "vandalism"}),
    hours=frozenset({20, 21, 22, 100}),
    period=Period(date(2025, 3, 1), date(2025, 9, 30)),
    sources=frozenset({"Polisen"}),
    kinds=frozenset({"crime"}),
)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PRESENTER])
@pytest.mark.parametrize("name", PARTS)
def test_free_filters_never_change_a_number_of_a_survey(
    sample: Database, use: Callable[[Database], None], look: Callable[[Role], None], role: Role, name: str
) -> None:
    use(sample)
    look(role)
    before, after = part(name), part(name, FREE)
    told, now = numbers(before), numbers(after)
    assert told
    if role is Role.COORDINATOR:
        assert now == told
    else:  # where crime is too rare to be told, a dot has no place
        assert all(told[key] == value for key, value in now.items())
    if name in ("risks", "help"):
        assert [str(one) for one in charts(before)] == [str(one) for one in charts(after)]
        assert said(before) == said(after)


CANARY = "kanariefågel-52"


@pytest.fixture
def publishing(small: Database, use: Callable[[Database], None], monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The form for publishing, in the drawn municipality."""
    monkeypatch.setenv("SAMSYN_SURVEY_SECRET", SECRET)
    use(small)
    return part("publish")


def fill(app: AppTest, file: tuple[bytes, str], wave: str = "Våren", **more: tuple[bytes, str]) -> AppTest:
    app.text_input(key="survey-name-0").set_value(wave)
    for key, (content, name) in {"answers": file, **more}.items():
        app.file_uploader(key=f"survey-{key}-0").set_value((name, content, "text/csv"))
    return app.run()


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert list(app.exception) == []
    return app


@pytest.mark.parametrize(
    ("secret", "reason"), [("", "survey_secret_missing"), ("kort", "survey_secret_short")]
)
def test_without_a_secret_the_page_says_which_setting_is_missing(
    small: Database,
    use: Callable[[Database], None],
    monkeypatch: pytest.MonkeyPatch,
    secret: str,
    reason: str,
) -> None:
    monkeypatch.setenv("SAMSYN_SURVEY_SECRET", secret)
    use(small)
    app = part("publish")
    (warning,) = app.warning
    assert shown(warning.value) == SV(f"settings.{reason}", length="32")
    assert "SAMSYN_SURVEY_SECRET" in shown(warning.value)
    assert not app.file_uploader


def test_a_file_is_looked_at_and_then_published(publishing: AppTest, small: Database) -> None:
    app = publishing
    assert SV("surveys.publish_waits") in said(app)
    app = press(fill(app, csv(rows_of())), "survey-preview")
    assert SV("survey.dry_run", wave="Våren") in said(app)
    assert "264 svarande lästa, 3 frågor" in said(app)
    assert read_waves(small, OPERATOR) == ()
    app = press(app, "survey-publish")
    assert SV("survey.released", wave="Våren", edition="1", areas=4) in said(app)
    assert [wave.name for wave in read_waves(small, OPERATOR)] == ["Våren"]
    assert not [box for box in app.file_uploader if box.value]  # the file is let go of
    assert len(charts(part("risks"))) == 2


def test_a_bad_file_gives_a_sentence_with_column_and_row_and_never_a_value(
    publishing: AppTest, small: Database
) -> None:
    answers = rows_of()
    answers[5][3] = CANARY
    for key in ("survey-preview", "survey-publish"):
        app = press(fill(publishing, csv(answers)), key)
        (error,) = app.error
        assert shown(error.value) == SV(
            "reason.survey_answer_unreadable", column="family.conflicts", row=7, count=1
        )
        assert CANARY not in str(app)
    assert read_waves(small, OPERATOR) == ()


@pytest.mark.parametrize(
    ("more", "said_so"),
    [
        ({"mapping": (b"{", "m.json")}, "JSON"),
        ({"mapping": (b'{"gender": {"tree": "x"}}', "m.json")}, "gender"),
        ({"turnout": (b"a;b\n1;2\n", "svar.csv")}, "svar.csv"),
    ],
)
def test_a_bad_second_file_is_said_in_words(
    publishing: AppTest, more: dict[str, tuple[bytes, str]], said_so: str
) -> None:
    app = press(fill(publishing, csv(rows_of()), **more), "survey-publish")
    (error,) = app.error
    assert said_so in shown(error.value)


def test_a_correction_without_the_old_file_is_refused_and_with_it_published(
    publishing: AppTest, small: Database
) -> None:
    press(fill(publishing, csv(rows_of())), "survey-publish")
    newer = rows_of()
    for row in newer[:20]:
        row[3:7] = ["Nej", "", "", ""] if row[3] == "Ja" else ["Ja", "Ofta", "Ja", "Ja"]
    year = read_waves(small, OPERATOR)[0].year
    app = part("publish")
    app.number_input(key="survey-year-0").set_value(year)
    app = press(fill(app, csv(newer)), "survey-publish")
    (error,) = app.error
    assert SV("surveys.more") in shown(error.value)
    app = press(fill(app, csv(newer), previous=csv(rows_of())), "survey-publish")
    assert [wave.edition for wave in read_waves(small, OPERATOR)] == [2]


WITHOUT = (
    csv([row[1:] for row in rows_of()], HEADINGS[1:]),
    (json.dumps({"areas": "none"}).encode(), "m.json"),
)


@pytest.mark.parametrize("has_districts", [True, False])
def test_a_wave_without_districts_is_published_and_shown(
    request: pytest.FixtureRequest,
    use: Callable[[Database], None],
    monkeypatch: pytest.MonkeyPatch,
    *,
    has_districts: bool,
) -> None:
    monkeypatch.setenv("SAMSYN_SURVEY_SECRET", SECRET)
    database: Database = request.getfixturevalue("small" if has_districts else "empty")
    use(database)
    file, mapping = WITHOUT
    app = fill(part("publish"), file)
    if not has_districts:
        app = press(app, "survey-publish")
        assert '"areas": "none"' in said(app)
    app = press(fill(app, file, mapping=mapping), "survey-publish")
    assert SV("survey.released_without_areas", wave="Våren", edition="1") in said(app)
    for name, drawn in {"risks": 1, "help": 3, "together": 0}.items():
        app = part(name, Selection(areas=frozenset({"01"})))
        assert len(charts(app)) == drawn
        assert SV("surveys.no_areas_wave") in said(app)
        assert not [box for box in app.selectbox if str(box.key).startswith("survey-area")]


def test_an_intervention_is_begun_from_a_wave_without_districts(
    small: Database, use: Callable[[Database], None]
) -> None:
    rows = [
        [*row[1:], *("Ja" if number % share == 0 else "Nej" for share in (2, 3))]
        for number, row in enumerate(rows_of())
    ]
    headings = (*HEADINGS[1:], "school.truancy", "individual.anger")
    release(small, file=csv(rows, headings), mapping=SurveyMapping(areas="none"))
    use(small)
    app = opened("surveys")
    next(one for one in app.button if one.label == SV("surveys.plan")).click().run()
    assert list(app.exception) == []
    assert SV("interventions.new_title") in said(app)


def test_a_survey_without_districts_leads_to_no_form_in_a_municipality_without_any(
    empty: Database, use: Callable[[Database], None]
) -> None:
    release(empty, file=WITHOUT[0], mapping=SurveyMapping(areas="none"))
    use(empty)
    app = opened("surveys")
    assert list(app.exception) == []
    app = opened("interventions", insats="ny")
    assert list(app.exception) == []


@LANGUAGES
def test_waves_without_follow_ups_say_so(
    small: Database, use: Callable[[Database], None], language: str
) -> None:
    rows = [[*row[:4], *row[7:]] for row in rows_of()]
    release(small, file=csv(rows, (*HEADINGS[:4], *HEADINGS[7:])))
    use(small)
    app = part("help", language=language)
    assert texts(language)("surveys.help_not_asked") in said(app)
    assert charts(app) == []


@LANGUAGES
def test_an_instrument_without_waves_says_so(
    small: Database, use: Callable[[Database], None], language: str
) -> None:
    release(small)
    use(small)
    assert texts(language)("surveys.none_safety") in said(part("safety", language=language))
    assert settings().survey_secret == ""
