"""Looks at what came of interventions are counted wherever an answer is shown, once per state of the data."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.effects import evaluations
from dashboard.entrance import LOCAL_SESSION
from dashboard.linked.interventions import questions
from dashboard.linked.routes import VIEWS_PATH
from dashboard.linked.tickets import tickets
from dashboard.meetings import report_of_day
from dashboard.situation.cards import card_words
from dashboard.texts import texts
from data_access.facts import facts
from data_access.interventions import read_intervention
from data_access.permissions import LOCAL_VIEWER, OPERATOR
from tests.linked.asking import ask
from tests.pages.test_pages import opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_access.database import Database

SHOWN = {1, 2, 3, 4, 5, 6, 7, 8}
"""All of the sample but the one with too few events, of which nothing is told."""


def looks(database: Database) -> dict[int, int]:
    """How often each was looked at, of those that were."""
    records = [read_intervention(database, OPERATOR, number) for number in range(1, 10)]
    return {one.fact.id: one.looks for one in records if one is not None and one.looks}


def test_the_overview_shows_and_counts_all(own_sample: Database, use: Callable[[Database], None]) -> None:
    use(own_sample)
    for _ in range(2):
        assert list(opened("interventions").exception) == []
        assert looks(own_sample) == dict.fromkeys(SHOWN, 1)


def test_the_command_counts_what_it_prints(own_sample: Database) -> None:
    def called(which: str) -> None:
        assert CliRunner().invoke(app, ["effect", which, "--database", own_sample.url]).exit_code == 0

    called("5")
    assert looks(own_sample) == {5: 1}
    called("all")
    assert looks(own_sample) == dict.fromkeys(SHOWN, 1)


def test_the_explore_page_counts_the_one_that_it_leads_to(
    own_sample: Database, use: Callable[[Database], None]
) -> None:
    use(own_sample)
    ticket = tickets.grant(LOCAL_SESSION)
    asked = questions(facts(own_sample, LOCAL_VIEWER))[5]
    for query in ({}, asked.to_query()):
        assert ask(f"{VIEWS_PATH}?{urlencode({**query, 'lang': 'sv'})}", ticket=ticket).status == 200
    assert looks(own_sample) == {5: 1}


def test_the_report_of_a_week_counts_what_was_in_force_in_it(own_sample: Database) -> None:
    period = facts(own_sample, OPERATOR).period
    assert period is not None
    for days in (0, 0, 7):
        made = report_of_day(own_sample, OPERATOR, period.last - timedelta(days=days), texts("sv"))
        assert len(made.words.interventions) == 7
    assert set(looks(own_sample).values()) == {2}  # an earlier week is another state


@pytest.mark.parametrize(("count", "key"), [(1, "looks_one"), (2, "looks")])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_card_never_says_that_it_is_seen_for_the_first_time(
    sample: Database, count: int, key: str, language: str
) -> None:
    record, say = read_intervention(sample, OPERATOR, 5), texts(language)
    assert record is not None
    of = next(one for one in evaluations(sample, OPERATOR) if one.intervention.id == 5)
    said = card_words(of, replace(record, looks=count), facts(sample, OPERATOR).frame, say).looks
    assert said == say(f"interventions.{key}", count=count)
    assert not {"första", "first", "gången", "time"} & set(said.split())
