from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.situation.filters import chips, hours_in_words
from dashboard.texts import texts
from data_access.facts import facts
from data_access.permissions import LOCAL_VIEWER
from tests.dashboard.situation.asking import asked
from tests.small_town import POLICE

if TYPE_CHECKING:
    from data_access.database import Database

SV, EN = texts("sv"), texts("en")


def test_filters_in_words(small: Database) -> None:
    of = asked(
        small,
        areas=frozenset({"02", "01", "gone"}),
        categories=frozenset({"noise"}),
        hours=frozenset({112, 113, 114}),
        police_reported=frozenset({"unknown"}),
        kinds=frozenset({"positive"}),
        sources=frozenset({POLICE}),
    )
    assert [chip.label for chip in chips(of, SV)] == [
        "Område: Hamnen",
        "Område: Torget",
        "Område: gone",
        f"Typ: {next(SV.name(c) for c in of.facts.categories if c.code == 'noise')}",
        "Tid: fre 16\u201319",
        "Källa: Polisen",
        "Polisanmält: Okänt",
        "Slag: Trygg plats",
    ]
    assert [chip.value for chip in chips(of, EN)][:3] == ["01", "02", "gone"]


def test_long_lists_become_one_chip(small: Database) -> None:
    codes = frozenset(category.code for category in facts(small, LOCAL_VIEWER).categories[:9])
    (chip,) = chips(asked(small, categories=codes), EN)
    assert (chip.value, chip.label) == (None, "Type: 9 chosen")


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ([0], "mån 00\u201301"),
        ([22, 23], "mån 22\u201324"),
        ([22, 23, 24, 25], "mån 22\u201324, tis 00\u201302"),
        (list(range(24)), "mån 00\u201324"),
        ([5, 29, 53, 77, 101, 125, 149], "7 timmar i veckan"),
        (list(range(168)), "168 timmar i veckan"),
    ],
)
def test_hours_in_words(hours: list[int], words: str) -> None:
    assert hours_in_words(hours, SV) == words
