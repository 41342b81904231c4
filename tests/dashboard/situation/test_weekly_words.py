import re
from dataclasses import replace
from datetime import date

import pytest

from dashboard.situation.weekly_values import Basis
from dashboard.situation.weekly_words import (
    figure_comparison,
    figure_label,
    figure_value,
    flag_sentence,
    flag_sentences,
    nearest_sentences,
    note_sentences,
    quiet_sentence,
    reporter_words,
    silent_sentence,
)
from dashboard.texts import texts
from tests.weeks import BASIS, FIGURE, flag, reporter, week

SV, EN = texts("sv"), texts("en")


def test_a_flag_is_a_sentence() -> None:
    (said,) = flag_sentences(week(flag()), SV)
    assert said == (
        "Gamla staden, skadegörelse och klotter: 14 rapporterade, 6 väntade (2\u201310) från samma veckor "
        "2024 och 2025; 4 organisationer rapporterade som vanligt."
    )
    (said,) = flag_sentences(week(flag()), EN)
    assert said == (
        "Gamla staden, vandalism and graffiti: 14 reported, 6 expected (2\u201310) from the same weeks of "
        "2024 and 2025; 4 organisations reported as usual."
    )


def test_it_says_how_many_weeks_it_adds_up_and_which_it_is_compared_with() -> None:
    said = flag_sentence(flag(weeks=2, expected=1.25, basis=Basis(13), as_usual=("Polisen",)), 0, SV)
    assert "14 rapporterade på 2 veckor, 1,2 väntade (2\u201310) från de 13 veckorna före;" in said
    assert said.endswith("1 organisation rapporterade som vanligt.")


def test_what_comes_near_is_told_after_what_it_is_worth() -> None:
    assert nearest_sentences(week(), SV) == ()
    worth, *told = nearest_sentences(week(nearest=(flag(), flag(area_name="Haga"))), SV)
    assert "inga varningar" in worth
    assert [one.split(",")[0] for one in told] == ["Gamla staden", "Haga"]
    assert "no warning" in nearest_sentences(week(nearest=(flag(),)), EN)[0]


def test_all_types_together_have_a_name() -> None:
    said = flag_sentence(flag(kind="all", name_sv="", name_en=""), 0, EN)
    assert said.startswith("Gamla staden, all incidents: 14 reported")


def test_who_sends_more_or_less_is_named_and_said_to_matter_only_where_it_could() -> None:
    changed = {"as_usual": (), "more_than_usual": ("Polisen", "Skolan"), "fewer_than_usual": ("Väktarna",)}
    plain = flag_sentence(flag(**changed), 0, SV)
    assert "rapporterade Polisen och Skolan klart mer än vanligt" in plain
    assert "rapporterade Väktarna klart mindre än vanligt" in plain
    assert "som vanligt" not in plain
    explained = flag_sentence(flag(**changed, is_explained_by_effort=True), 0, SV)
    assert explained == f"{plain} Det kan bero på hur mycket som rapporteras, och inte på vad som har hänt."


@pytest.mark.parametrize("language", [SV, EN])
@pytest.mark.parametrize("direction", ["more", "fewer"])
def test_a_hidden_count_is_told_without_a_number(language, direction) -> None:
    hidden = flag(observed=None, direction=direction, area_name="Haga", as_usual=())
    said = flag_sentence(hidden, 5, language)
    assert re.findall(r"\d+", said) == ["6", "2", "10", "2024", "2025"]
    rare = flag_sentence(flag(expected=None, low=None, high=None, as_usual=()), 5, language)
    assert re.findall(r"\d+", rare) == ["14", "5", "2024", "2025"]


def test_a_hidden_count_whose_range_is_hidden_is_told_in_words_only() -> None:
    hidden = flag(observed=None, expected=None, low=None, high=None, area_name="Haga", as_usual=())
    said = flag_sentence(hidden, 5, SV)
    assert said == (
        "Haga, skadegörelse och klotter: fler rapporterade än väntat från samma veckor 2024 och 2025."
    )


def test_a_quiet_week_says_so_and_what_it_could_not_have_seen() -> None:
    said = quiet_sentence(week(), SV)
    assert said.startswith("Inget sticker ut: av 1\u00a0048 jämförelser från samma veckor 2024 och 2025")
    assert "fewer than about 35 a week" in quiet_sentence(week(seen_from=32), EN)
    assert quiet_sentence(week(flag()), SV) == ""


@pytest.mark.parametrize("problem", ["no_week", "nobody_reported", "no_comparison", "part_only"])
def test_where_nothing_is_compared_the_reason_stands_in_its_place(problem) -> None:
    for language in (SV, EN):
        said = quiet_sentence(week(problem=problem, basis=None), language)
        assert said == language(f"weekly.{problem}", fewest=8)


def test_silence_is_no_zero() -> None:
    silent = reporter(name="Skolan", state="silent", reports=None, is_compared=False)
    of = week(reporters=(reporter(), silent))
    assert silent_sentence(of, SV).startswith("Ingen rapport från Skolan: det är inte noll händelser")
    assert silent_sentence(week(), SV) == ""
    for state in ("silent", "nothing", "not_started"):
        for language in (SV, EN):
            assert not re.search(r"\d", reporter_words(reporter(state=state, reports=None), language))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "105 rapporter, som vanligt (omkring 98)"),
        ({"effort": "more"}, "105 rapporter, klart fler än vanligt (omkring 98)"),
        ({"effort": "fewer", "reports": 1}, "1 rapport, klart färre än vanligt (omkring 98)"),
        ({"effort": "unknown"}, "105 rapporter, men inte i alla veckor (vanligt: omkring 98)"),
        ({"effort": "unknown", "usual": None}, "105 rapporter, för ny för att jämföra"),
        ({"reports": None}, "har rapporterat, antalet visas inte, som vanligt (omkring 98)"),
        (
            {"until": date(2026, 11, 11), "effort": "unknown"},
            "105 rapporter, men inga efter 11 november 2026",
        ),
        ({"state": "silent"}, "har inte rapporterat"),
        ({"state": "elsewhere", "reports": None}, "har rapporterat, inget i era områden"),
    ],
)
def test_what_came_from_a_source(changes, said) -> None:
    assert reporter_words(reporter(**changes), SV) == said


def test_who_is_left_out_and_what_is_never_told_is_noted() -> None:
    new = reporter(name="Skolan", is_compared=False)
    notes = note_sentences(week(reporters=(reporter(), new), untested=(("Våld", "Violence"),)), EN)
    assert notes == (
        "Not part of the comparison because weeks are missing: Skolan.",
        "Never shown by the week: violence.",
    )
    assert note_sentences(week(), SV) == ()
    part = reporter(is_compared=False, until=date(2026, 11, 11))
    (note,) = note_sentences(week(reporters=(part,)), SV)
    assert note == "Bara en del av perioden har kommit från Polisen: de är inte med i jämförelsen."


def test_a_figure_has_its_range_and_a_word() -> None:
    assert figure_label(FIGURE, SV) == "Alla händelser"
    assert figure_value(FIGURE, 0, SV) == "387"
    assert figure_comparison(FIGURE, SV) == "356 väntade (289\u2013428): ungefär som väntat"
    few = replace(FIGURE, words="fewer", more_than_usual=("Skolan",), fewer_than_usual=("Polisen",))
    assert figure_comparison(few, SV).endswith(": klart färre; Polisen rapporterade klart mindre än vanligt")
    hidden = type(FIGURE)("positive", None, None, None, None, "too_few")
    assert figure_value(hidden, 5, EN) == "hidden (<5, or a number that gives such a one away)"
    assert figure_comparison(hidden, EN) == ""
    assert figure_value(type(FIGURE)("incidents", None, None, None, None, "too_few"), 5, EN) == "<5"
    large = type(FIGURE)("crimes", None, 172.0, 136, 210, "too_few")  # hidden for the sake of another
    assert figure_value(large, 5, SV) == "döljs (<5, eller ett tal som röjer ett sådant)"
    assert figure_comparison(large, SV) == "172 väntade (136\u2013210)"
    assert week(basis=BASIS).basis == BASIS
