from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.settings import ROOT
from dashboard.texts import texts
from dashboard.ui.plain import plain
from data_access.changes import describe_municipality
from data_access.permissions import OPERATOR
from data_access.selection import Period, Selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_access.database import Database

LANGUAGES = pytest.mark.parametrize("language", ["sv", "en"])
TITLES = {
    "explore": "quality.title",
    "interventions": "interventions.overview_help",
    "surveys": "surveys.priorities_title",
    "import_data": "import.title",
    "about": "about.title",
}


def opened(page: str = "explore", **query: str) -> AppTest:
    """A page as somebody sees it who opens its address."""
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=120)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    if page != "explore":
        app.switch_page(f"../pages/{page}.py").run()
    return app


def said(app: AppTest) -> str:
    """Everything in words on the page."""
    kinds = (
        app.title,
        app.header,
        app.subheader,
        app.markdown,
        app.caption,
        app.warning,
        app.info,
        app.success,
        app.error,
    )
    return "\n".join(shown(element.value) for kind in kinds for element in kind)


def shown(text: object) -> str:
    """Markdown as it is read: what is escaped stands for itself."""
    return re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", str(text))


def chosen(app: AppTest) -> Selection:
    return app.session_state["selection"] if "selection" in app.session_state else Selection()


def linked(app: AppTest) -> dict[str, Any]:
    """What the linked views are told."""
    (views,) = [one for one in app.get("bidi_component") if one.proto.component_name == "samsyn.linked"]
    return json.loads(views.proto.json)


@LANGUAGES
@pytest.mark.parametrize("page", TITLES)
def test_every_page_is_shown_in_every_language(
    sample: Database, use: Callable[[Database], None], page: str, language: str
) -> None:
    use(sample)
    app = opened(page, lang=language)
    assert list(app.exception) == []
    assert list(app.error) == []
    assert texts(language)(TITLES[page]) in said(app)
    other = texts("en" if language == "sv" else "sv")
    assert other(TITLES[page]) == texts(language)(TITLES[page]) or other(TITLES[page]) not in said(app).split(
        "\n"
    )


@LANGUAGES
@pytest.mark.parametrize("page", TITLES)
def test_an_empty_installation_says_what_to_do(
    empty: Database, use: Callable[[Database], None], page: str, language: str
) -> None:
    use(empty)
    app = opened(page, lang=language)
    assert list(app.exception) == []
    key = {"import_data": "import.no_data", "surveys": "surveys.empty_title"}.get(page, "ui.empty_title")
    assert texts(language)(key) in said(app)


def test_the_language_of_the_settings_comes_first(
    small: Database, use: Callable[[Database], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMSYN_LANGUAGE", "en")
    use(small)
    app = opened()
    assert linked(app)["lang"] == "en"
    assert texts("en")("quality.title") in said(app)
    assert app.query_params["lang"] in ("en", ["en"])


def test_the_language_is_switched_on_the_page(small: Database, use: Callable[[Database], None]) -> None:
    use(small)
    app = opened(areas="01")
    before = linked(app)
    assert before["lang"] == "sv"
    app.session_state["language"] = "en"
    app.run()
    after = linked(app)
    assert after["lang"] == "en"
    assert after["mount"] != before["mount"]
    assert chosen(app).areas == {"01"}


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(areas=frozenset({"01", "03"})),
        Selection(period=Period(date(2026, 1, 5), date(2026, 1, 18)), hours=frozenset({10, 11})),
        Selection(
            categories=frozenset({"noise"}),
            sources=frozenset({"Bostadsbolaget"}),
            police_reported=frozenset({"no"}),
        ),
        Selection(kinds=frozenset({"crime", "positive"}), area_set=1),
    ],
    ids=lambda selection: " ".join(selection.active) or "all",
)
def test_a_link_opens_the_same_selection(
    small: Database, use: Callable[[Database], None], selection: Selection
) -> None:
    use(small)
    app = opened(**selection.to_query())
    assert list(app.exception) == []
    assert list(app.warning) == []
    assert chosen(app) == selection
    written = {
        name: value[0] if isinstance(value, list) else value for name, value in app.query_params.items()
    }
    assert Selection.from_query(written) == selection


@pytest.mark.parametrize("layer", ["count", "rate", "change", "heat", "cells"])
def test_a_link_opens_the_same_layer(sample: Database, use: Callable[[Database], None], layer: str) -> None:
    use(sample)
    app = opened(layer=layer)
    assert list(app.exception) == []
    assert linked(app)["layer"] == layer


@LANGUAGES
@pytest.mark.parametrize(
    ("name", "value"), [("hours", "999"), ("period", "last week"), ("kinds", "bad"), ("areas", "a~~b")]
)
def test_a_malformed_link_is_said_and_shows_everything(
    small: Database, use: Callable[[Database], None], name: str, value: str, language: str
) -> None:
    use(small)
    app = opened(lang=language, **{name: value})
    assert list(app.exception) == []
    (warning,) = app.warning
    assert warning.value == plain(texts(language)("ui.bad_address", parameter=name, value=value))
    assert chosen(app) == Selection()


@pytest.mark.parametrize(
    "query",
    [
        {"period": "0001-01-01..9999-12-31"},
        {"period": "0001-01-01..0001-01-02"},
        {"period": "1990-01-01..1990-12-31"},
        {"areas": "gone"},
        {"area_set": "999999999"},
        {"hours": "0-167"},
        {"hours": "3", "kinds": "positive", "areas": "04"},
        {"sources": "<script>alert(1)</script>"},
        {"layer": "nonsense"},
        {"layer": "heat", "areas": "gone"},
    ],
    ids=str,
)
def test_a_link_that_finds_little_is_no_fault(
    small: Database, use: Callable[[Database], None], query: dict[str, str]
) -> None:
    use(small)
    app = opened(**query)
    assert list(app.exception) == []
    assert list(app.error) == []


def test_the_selection_outlives_a_change_of_page(small: Database, use: Callable[[Database], None]) -> None:
    use(small)
    app = opened("about", areas="01")
    assert chosen(app).areas == {"01"}
    app.switch_page("../pages/explore.py").run()
    assert chosen(app).areas == {"01"}


def test_new_data_are_seen_at_the_next_run(small: Database, use: Callable[[Database], None]) -> None:
    use(small)
    app = opened("about", lang="en")
    assert "Nystad" not in said(app)
    describe_municipality(small, OPERATOR, name="Nystad")
    app.run()
    assert "Nystad: 13 incidents" in said(app)


def test_the_sample_is_offered_to_be_removed(own_sample: Database, use: Callable[[Database], None]) -> None:
    use(own_sample)
    app = opened("import_data", lang="en")
    assert "Lindhamn" in said(app)
    app.button(key="remove-sample").click().run()
    assert list(app.exception) == []
    assert texts("en")("import.no_data") in said(app)
    assert app.button(key="open-sample").label == texts("en")("import.open_sample")


def test_the_layer_outlives_other_pages(sample: Database, use: Callable[[Database], None]) -> None:
    use(sample)
    app = opened(layer="rate")
    app.switch_page("../pages/about.py").run()
    app.run()
    assert app.query_params["layer"] in ("rate", ["rate"])
    app.switch_page("../pages/explore.py").run()
    assert linked(app)["layer"] == "rate"
