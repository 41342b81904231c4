"""`samsyn effect`: what a program and what a person reads of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.settings import ROOT

if TYPE_CHECKING:
    from click.testing import Result

    from data_access.database import Database

NUMBERS = ("expected", "low", "high", "rate_ratio", "rate_ratio_low", "rate_ratio_high", "p_value")
TRUTH = json.loads((ROOT / "sample_data" / "truth.json").read_text("utf-8"))["interventions"]


def called(database: Database, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["effect", *arguments, "--database", database.url])


def test_all_of_them_as_json_with_what_was_planted_mostly_inside(sample: Database) -> None:
    rows = json.loads(called(sample, "all", "--json").stdout)
    assert {row["title"] for row in rows} == {one["title"] for one in TRUTH}
    planted = {one["title"]: one["net_rate_ratio"] for one in TRUTH}
    told = [row for row in rows if row["rate_ratio"] is not None]
    inside = [row["rate_ratio_low"] <= planted[row["title"]] <= row["rate_ratio_high"] for row in told]
    assert len(told) == 8
    assert sum(inside) >= 6
    for row in told:
        assert row["low"] < row["expected"] < row["high"]
        assert row["rate_ratio"] == pytest.approx(row["observed"] / row["expected"], abs=1e-3)
        assert row["verdict"] in ("less", "no_clear_difference", "more")
        assert str(row["observed"])[-3:] in row["sentence"]


def test_too_few_events_give_a_sentence_and_no_estimate(sample: Database) -> None:
    rows = json.loads(called(sample, "--json").stdout)
    (few,) = [row for row in rows if row["verdict"] == "too_few"]
    assert few["title"] == "Grannsamverkan i Rosenlund"
    assert [few[name] for name in NUMBERS] == [None] * len(NUMBERS)
    assert few["ring"] is few["net"] is None
    assert "För få händelser" in few["sentence"]


def test_one_of_them_by_its_number(sample: Database) -> None:
    one = json.loads(called(sample, "5", "--json").stdout)
    assert one["title"].startswith("Riktade polispass")
    assert one["ring"]["rate_ratio_low"] > 1
    line = called(sample, "5").stdout
    assert line.startswith("5\tRiktade polispass")
    assert one["sentence"] in line


def test_a_bundle_and_a_peak_are_named(sample: Database) -> None:
    rows = {row["title"]: row for row in json.loads(called(sample, "all", "--json").stdout)}
    pair = [one["title"] for one in TRUTH if one["trap"] == "overlap"]
    assert all(set(rows[title]["bundle"]) == set(pair) for title in pair)
    (peak,) = [one["title"] for one in TRUTH if one["trap"] == "peak_start"]
    assert "baseline_peak" in rows[peak]["caveats"]


def test_a_number_that_is_not_there_is_one_line_and_code_2(sample: Database, empty: Database) -> None:
    for wrong in ("999", "x"):
        result = called(sample, wrong)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.strip().count("\n") == 0
        assert wrong in result.stderr
        assert ("ingen insats" in result.stderr) == (wrong == "999")  # a number can be understood
    nothing = called(empty)
    assert nothing.exit_code == 0
    assert "inga insatser" in nothing.stdout
