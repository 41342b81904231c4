"""The page of interventions: what each role sees of it, and what cannot be stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.settings import ROOT
from dashboard.situation.words import NONE
from dashboard.texts import texts
from dashboard.ui import session
from dashboard.ui.intervention_doses import changed_doses, weeks_of
from data_access.changes import InterventionEntry, change_intervention, remove_intervention
from data_access.frame import read_frame
from data_access.interventions import read_intervention
from data_access.permissions import OPERATOR, AreaKey, Role, Viewer
from tests.pages.test_pages import opened, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_access.database import Database

SV = texts("sv")


def seen_as(monkeypatch: pytest.MonkeyPatch, viewer: Viewer) -> None:
    monkeypatch.setattr(session, "viewer", lambda: viewer)
    monkeypatch.setattr(session, "viewer_now", lambda: viewer)


def card(number: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "pages" / "interventions.py"), default_timeout=120)
    app.query_params["insats"] = number
    return app.run()


def labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_card_says_the_sentence_and_its_caveats(
    sample: Database, use: Callable[[Database], None], language: str
) -> None:
    use(sample)
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=120)
    app.query_params["lang"] = language
    app.run()
    app.query_params["insats"] = "5"
    app.switch_page("../pages/interventions.py").run()
    assert list(app.exception) == []
    words = said(app)
    say = texts(language)
    assert "286" in words
    assert say("effect.verdict_no_clear_difference") in words
    assert say("caveat.recording_break", names="Polisen") in words
    assert "Riktade polispass" in words


def test_a_card_shows_the_waves_of_the_goal_and_of_perceived_safety(
    own_sample: Database, use: Callable[[Database], None]
) -> None:
    with own_sample.writing() as writing:
        for number, instrument, code in ((4, "youth", "school.bullied"), (6, "safety", "total")):
            writing.connection().exec_driver_sql(
                "update intervention set goal_instrument = ?, goal_indicator = ? where id = ?",
                (instrument, code, number),
            )
    use(own_sample)
    words = said(card("4"))
    assert SV("surveys.card_goal", name="Blir mobbad", instrument="Ungdomsenkät") in words
    assert SV("surveys.card_waves_present", before="Ungdomsenkät 2024", after="Ungdomsenkät 2026") in words
    assert SV("surveys.card_title") in words
    assert "procentenheter" in words
    words = said(card("6"))
    assert SV("surveys.card_goal", name="Alla frågor tillsammans", instrument="Trygghetsmätning") in words
    assert SV("surveys.card_title") not in words
    assert SV("surveys.card_goal", name="", instrument="")[:8] not in said(card("5"))


def test_a_goal_without_two_waves_says_that_it_is_followed_later(
    own_sample: Database, use: Callable[[Database], None]
) -> None:
    with own_sample.writing() as writing:
        writing.connection().exec_driver_sql(
            "update intervention set goal_instrument = 'youth', goal_indicator = 'school.bullied', "
            "starts_on = '2026-02-02' where id = 4"
        )
    use(own_sample)
    assert SV("surveys.card_no_waves") in said(card("4"))


def test_a_presenter_looks_and_neither_writes_nor_takes_along(
    sample: Database, use: Callable[[Database], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    use(sample)
    seen_as(monkeypatch, Viewer("p", Role.PRESENTER))
    app = card("5")
    assert list(app.exception) == []
    assert "286" in said(app)
    assert labels(app) == {SV("interventions.all")}
    assert not app.get("download_button")
    few = card("9")  # 26 incidents in 82 weeks: nearly every week has fewer than five
    assert list(few.exception) == []
    assert SV("effect.verdict_too_few") in said(few)


def test_a_housing_company_sees_the_interventions_of_its_districts(
    sample: Database, use: Callable[[Database], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    use(sample)
    mine = frozenset(AreaKey("Lindhamn", code) for code in ("0501", "0502", "0601", "0602", "0701"))
    seen_as(monkeypatch, Viewer("h", Role.HOUSING, organisation_id=1, areas=mine))
    app = card("")
    assert list(app.exception) == []
    table = app.dataframe[0].value
    assert list(table[SV("interventions.column_title")]) == [
        "Klottersanering och röjning inom två dygn i Haga och Hagalund"
    ]
    assert SV("caveat.limited_sight") in said(card("6"))
    assert SV("interventions.not_there") in said(card("5"))


def test_a_plan_cannot_be_made_by_whom_it_is_not(
    sample: Database, use: Callable[[Database], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    use(sample)
    seen_as(monkeypatch, Viewer("a", Role.ANALYST))
    app = card("ny")
    assert list(app.exception) == []
    assert not app.text_input
    assert SV("interventions.not_there") in said(app)


def test_without_interventions_the_page_says_what_to_do(
    own_sample: Database, use: Callable[[Database], None]
) -> None:
    for one in read_frame(own_sample, OPERATOR).interventions:
        with own_sample.writing() as writing:
            writing.connection().exec_driver_sql(
                "update intervention set status = 'proposed', starts_on = '2999-01-07', ends_on = null where id = ?",
                (one.id,),
            )
        remove_intervention(own_sample, OPERATOR, one.id)
    use(own_sample)
    app = opened("interventions")
    assert list(app.exception) == []
    assert SV("interventions.empty_title") in said(app)


def test_the_overview_lists_the_surest_first(sample: Database, use: Callable[[Database], None]) -> None:
    use(sample)
    app = opened("interventions")
    table = app.dataframe[0].value
    assert len(table) == 9
    verdicts = list(table[SV("interventions.column_verdict")])
    assert verdicts == sorted(
        verdicts,
        key=[
            SV("effect.verdict_less"),
            SV("effect.verdict_no_clear_difference"),
            SV("effect.verdict_too_few"),
        ].index,
    )
    assert table.iloc[-1][SV("interventions.column_expected")] == NONE


def test_weeks_to_fill_in_run_from_the_start_to_today(sample: Database) -> None:
    record = read_intervention(sample, OPERATOR, 5)
    assert record is not None
    weeks = weeks_of(record, date(2025, 7, 16))
    assert weeks == [date(2025, 7, 14), date(2025, 7, 7), date(2025, 6, 30)]
    assert weeks_of(record, date(2030, 1, 1))[0] == date(2026, 6, 22)
    assert weeks_of(record, date(2025, 6, 1)) == []
    midweek = replace(record, fact=replace(record.fact, starts_on=date(2025, 7, 2), ends_on=None))
    assert weeks_of(midweek, date(2025, 7, 2)) == [date(2025, 6, 30)]


def test_only_weeks_that_were_changed_are_written() -> None:
    weeks = [date(2025, 7, 14), date(2025, 7, 7), date(2025, 6, 30)]
    known = {weeks[0]: 8.0, weeks[1]: 4.0}
    assert changed_doses(weeks, known, [8.0, float("nan"), 2]) == {weeks[1]: None, weeks[2]: 2.0}
    assert changed_doses(weeks, known, [8, 4.0, None]) == {}


def test_of_two_who_edit_at_once_the_second_is_told_and_keeps_what_they_typed(
    own_sample: Database, use: Callable[[Database], None]
) -> None:
    use(own_sample)
    app = card("4")
    next(one for one in app.button if one.label == SV("interventions.edit")).click().run()
    field = next(one for one in app.text_area if one.label == SV("intervention_field.problem"))
    before = read_intervention(own_sample, OPERATOR, 4)
    assert before is not None
    fact = before.fact
    other = InterventionEntry(
        title=fact.title,
        kind=fact.kind,
        starts_on=fact.starts_on,
        ends_on=fact.ends_on,
        organisation=before.organisation,
        area_codes=fact.areas,
        category_codes=fact.categories,
        problem="Från den ena",
    )
    change_intervention(own_sample, OPERATOR, 4, other, revision=before.revision)
    field.set_value("Från den andra").run()
    assert SV("seen.changed") in said(app)
    next(one for one in app.button if one.label == SV("admin.store")).click().run()
    assert SV("entry.changed_meanwhile") in said(app)
    stored = read_intervention(own_sample, OPERATOR, 4)
    assert stored is not None
    assert stored.problem == "Från den ena"
    again = next(one for one in app.text_area if one.label == SV("intervention_field.problem"))
    assert again.value == "Från den andra"
