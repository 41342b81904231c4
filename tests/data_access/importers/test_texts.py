"""Every reason and every guess has its sentence in both languages, with the same braces."""

from __future__ import annotations

import string
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from data_access.importers.errors import Guess, Reason

TEXTS = Path(__file__).parents[3] / "dashboard" / "texts"
SV, EN = (tomllib.loads((TEXTS / f"{language}.toml").read_text("utf-8")) for language in ("sv", "en"))


def braces(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("table", ["reason", "reading"])
def test_both_languages_have_the_same_sentences(table: str) -> None:
    assert set(SV[table]) == set(EN[table])
    assert all(braces(SV[table][key]) == braces(EN[table][key]) for key in SV[table])


def test_no_reason_or_guess_lacks_a_sentence() -> None:
    assert set(get_args(Reason)) == set(SV["reason"])
    assert {f"guess_{key}" for key in get_args(Guess)} <= set(SV["reading"])
