from __future__ import annotations

import json
from pathlib import Path

import pytest

from sample_data.kinds import CODES, KINDS, SENSITIVE_CODES
from sample_data.organisations import WORDS


def test_every_reported_type_has_words():
    assert {code for words in WORDS.values() for code in words} == set(CODES)


def test_types_and_sensitivity_agree_with_the_catalogue():
    path = Path(__file__).parents[2] / "data_access" / "catalogue.json"
    catalogue = {row["code"]: row for row in json.loads(path.read_text(encoding="utf-8"))["types"]}
    assert set(CODES) == set(catalogue)
    assert {code for code, row in catalogue.items() if row["sensitivity"] == 2} == set(SENSITIVE_CODES)


def test_every_reporter_has_words_for_what_it_reports():
    for kind in KINDS:
        assert sum(kind.reporters.values()) == pytest.approx(1.0)
        assert all(kind.code in WORDS[reporter] for reporter in kind.reporters)
