from __future__ import annotations

import ast
import re
import string
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.settings import ROOT
from dashboard.texts import LANGUAGES, Texts, texts
from data_access.changes.intervention_log import ENTERED
from data_access.importers.errors import Guess, Reason
from data_access.models.finding import FINDING_SOURCES, LONGEST_IN_FINDING
from data_access.models.intervention import APPROACHES, HORIZONS, KINDS, STATUSES
from data_access.models.meeting import (
    DECISION_STATUSES,
    DELIVERY_STATUSES,
    LONGEST_IN_MEETING,
    MEETING_STATUSES,
    RATING_LEVELS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SV, EN = texts("sv"), texts("en")
FOLDERS = ("dashboard", "pages", "data_access")
CALLERS = {"texts", "say", "self", "spoken_texts", "words_of", "words"}
CATALOGUES = {
    "finding_source": FINDING_SOURCES,
    "finding_field": (*LONGEST_IN_FINDING, "source", "wave", "indicator"),
    "intervention_kind": KINDS,
    "intervention_status": STATUSES,
    "intervention_approach": APPROACHES,
    "intervention_horizon": HORIZONS,
    "intervention_field": (
        *ENTERED,
        "status",
        "cancelled_because",
        "organisation",
        "areas",
        "comparison",
        "categories",
        "polygon",
        "dose",
    ),
    "meeting_status": MEETING_STATUSES,
    "meeting_field": (*LONGEST_IN_MEETING, "level"),
    "decision_status": DECISION_STATUSES,
    "delivery_status": DELIVERY_STATUSES,
    "rating_level": tuple(map(str, RATING_LEVELS)),
}
FRONTEND = ROOT / "dashboard" / "linked" / "frontend" / "src"


def everything(language: Texts) -> dict[str, str]:
    tables = {
        line[1:-1]
        for line in (ROOT / f"dashboard/texts/{language.language}.toml").read_text("utf-8").splitlines()
        if re.fullmatch(r"\[\w+\]", line)
    }
    return {f"{table}.{name}": text for table in tables for name, text in language.table(table).items()}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


ALL = everything(SV)


def test_both_languages_hold_the_same_keys() -> None:
    assert set(everything(EN)) == set(ALL)
    assert len(ALL) > 300


@pytest.mark.parametrize("key", sorted(ALL))
def test_both_languages_fill_the_same_places(key: str) -> None:
    assert placeholders(EN(key)) == placeholders(SV(key))
    assert EN(key).strip()
    assert SV(key).strip()


def test_english_has_no_swedish_letters() -> None:
    names = {"reason.bytes_repaired"}  # speaks of the letters themselves
    assert [
        key for key, text in everything(EN).items() if re.search("[åäöÅÄÖ]", text) and key not in names
    ] == []


def test_what_differs_between_languages_differs() -> None:
    same = {
        key
        for key, text in ALL.items()
        if EN(key) == text and re.search(r"[^\W\d]{4,}", re.sub(r"{\w+}", "", text))
    }
    internal = {key for key in same if key.split(".")[0] in ("reading", "doctor")}
    assert {key.split(".")[0] for key in same - internal} <= {
        "page",
        "chart",
        "explore",
        "import",
        "about",
        "ui",
        "export",
        "linked",
        "admin",
        "role",
        "survey_chart",
        "meetings",
    }
    assert len(same) < 24


def _python_files() -> Iterator[Path]:
    return chain.from_iterable((ROOT / folder).rglob("*.py") for folder in FOLDERS)


def _first_arguments() -> Iterator[tuple[str, ast.expr]]:
    """First argument of every call of texts, with the place of the call."""
    for path in _python_files():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                function = node.func
                if isinstance(function, ast.Call):  # _texts()("key")
                    function = function.func
                if isinstance(function, ast.Name) and function.id in CALLERS:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node.args[0]


def _keys() -> Iterator[tuple[str, str]]:
    """Place and key; what stands in braces of an f-string becomes a pattern."""
    for place, argument in _first_arguments():
        if place.startswith("dashboard/demo.py"):
            continue  # its `say` is told a step, which the command puts into words
        for found in [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]:
            if (
                isinstance(found, ast.Constant)
                and isinstance(found.value, str)
                and found.value not in LANGUAGES
            ):
                yield place, re.escape(found.value)
            elif isinstance(found, ast.JoinedStr):
                yield (
                    place,
                    "".join(
                        re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
                        for part in found.values
                    ),
                )


def test_every_key_that_the_code_asks_for_exists() -> None:
    asked = list(_keys())
    assert len(asked) > 150
    missing = [(place, key) for place, key in asked if not any(re.fullmatch(key, known) for known in ALL)]
    assert missing == []


def _said_in_browser() -> set[str]:
    """Keys of the table `linked` that the browser's program names."""
    sources = "\n".join(path.read_text("utf-8") for path in FRONTEND.glob("*.ts"))
    return {f"linked.{name}" for name in SV.table("linked") if f'"{name}"' in sources}


def test_every_text_is_asked_for() -> None:
    # A key that is a variable as a whole says nothing about which there are.
    patterns = [re.compile(key) for key in {key for _, key in _keys()} if re.match(r"\w", key)]
    literals = {
        node.value
        for path in _python_files()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    tables = ("glossary", "reason", "reading", *CATALOGUES)
    unused = [
        key
        for key in ALL
        if key.split(".")[0] not in tables
        and not {key, key.removesuffix("_one")} & (literals | _said_in_browser())
        and not any(one.fullmatch(key) for one in patterns)
    ]
    assert unused == []


def test_every_word_that_the_browser_asks_for_exists() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in FRONTEND.glob("*.ts"))
    asked = set(re.findall(r'\b(?:word|list)\(\s*"(\w+)"', sources))
    assert len(asked) > 20
    assert asked <= set(SV.table("linked"))


def test_every_reason_and_guess_of_the_importers_has_words() -> None:
    for reason in get_args(Reason):
        assert SV.has(f"reason.{reason}"), reason
    for guess in get_args(Guess):
        assert SV.has(f"reading.guess_{guess}"), guess


@pytest.mark.parametrize(("table", "words"), CATALOGUES.items())
def test_every_word_of_a_catalogue_has_a_text_and_no_text_is_left_over(
    table: str, words: Sequence[str]
) -> None:
    assert set(SV.table(table)) == set(words)


def test_a_glossary_entry_is_a_term_and_its_meaning() -> None:
    for language in (SV, EN):
        for key, entry in language.table("glossary").items():
            term, _, meaning = entry.partition(" | ")
            assert term
            assert meaning.endswith("."), key


@pytest.mark.parametrize(
    ("value", "decimals", "swedish", "english"),
    [
        (12345, 0, "12\u00a0345", "12,345"),
        (3.44, 1, "3,4", "3.4"),
        (-1234.5, 1, "\u22121\u00a0234,5", "\u22121,234.5"),
        (0, 0, "0", "0"),
        (-0.04, 1, "0,0", "0.0"),
        (1e6, 2, "1\u00a0000\u00a0000,00", "1,000,000.00"),
    ],
)
def test_numbers_are_written_as_their_readers_write_them(
    value: float, decimals: int, swedish: str, english: str
) -> None:
    assert SV.number(value, decimals) == swedish
    assert EN.number(value, decimals) == english


def test_signs_percents_and_dates() -> None:
    assert (SV.number(5, signed=True), SV.number(-5, signed=True), SV.number(0, signed=True)) == (
        "+5",
        "\u22125",
        "0",
    )
    assert (SV.percent(0.341), EN.percent(0.341)) == ("34\u00a0%", "34%")
    assert (SV.percent(0.0341, 1), EN.percent(-0.0341, 1)) == ("3,4\u00a0%", "\u22123.4%")
    day = date(2026, 3, 5)
    assert (SV.date(day), EN.date(day)) == ("5 mars 2026", "5 March 2026")
    assert SV.short_date(day) == EN.short_date(day) == "2026-03-05"
    assert (SV.week(date(2026, 11, 21)), EN.week(date(2026, 11, 21))) == ("v. 47 2026", "wk 47 2026")
    assert SV.week(date(2025, 12, 29)) == "v. 1 2026"


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_a_number_can_be_read_back(value: float, decimals: int) -> None:
    for language, comma in ((SV, ","), (EN, ".")):
        text = language.number(value, decimals).replace("\u2212", "-")
        plain = re.sub(r"[\u00a0\u202f]|,(?=\d{3}(\D|$))" if comma == "." else r"[\u00a0\u202f]", "", text)
        assert float(plain.replace(comma, ".")) == pytest.approx(
            round(value, decimals), abs=10**-decimals * 0.5001
        )


def test_numbers_within_sentences_are_written_in_the_language() -> None:
    assert SV("map.note_outside", count=12345) == "12\u00a0345 händelser ligger i inget område."
    assert EN("map.note_outside", count=12345) == "12,345 incidents lie in no district."


def test_an_unknown_language_gives_the_default() -> None:
    assert texts("xx") == SV
    assert LANGUAGES == ("sv", "en")
    with pytest.raises(KeyError, match="nonsense"):
        SV("nonsense.key")
