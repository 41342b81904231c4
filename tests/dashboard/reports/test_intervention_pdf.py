from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from dashboard.reports.intervention import pdf, section
from dashboard.reports.typst import document
from dashboard.texts import texts
from tests.evaluations import card_words, districts, evaluation, without_effect

TOWN = districts()
PRINTED = date(2026, 8, 24)


def pages(of, language="sv", **more):
    made = pdf(of, card_words(of, language, **more), TOWN, texts(language), printed=PRINTED)
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(made)).pages]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_card_holds_sentence_pictures_and_what_it_rests_on(language):
    of, say = evaluation(), texts(language)
    card, read = card_words(of, language), pages(of, language)
    whole = " ".join(read)
    assert len(read) <= 3
    for words in (card.title, card.status, card.verdict, card.sentence, card.dose, card.looks, card.source):
        assert words in whole
    for words in (*card.caveats, *card.computed, *(value for _, value in card.lines), *card.changes[0]):
        assert words in whole
    for key in ("expected_title", "running_title", "intervals_title"):
        assert say(f"effect_chart.{key}") in whole
    assert say("effect_map.roles_title") in whole
    assert say("effect_chart.expected") in whole  # a word within a picture is text, too
    assert f"{say('effect_report.page')} 1 {say('effect_report.of')} {len(read)}" in read[0]


def test_the_answer_comes_first():
    first = pages(evaluation())[0]
    assert first.index("Färre än väntat") < first.index("Områden") < first.index("Blev det färre")


def test_without_an_effect_the_card_says_why_and_shows_the_map():
    of = without_effect()
    read = pages(of, sentence="Ingen hel vecka har gått sedan starten.", caveats=(), computed=())
    assert len(read) == 1
    assert "Ingen hel vecka har gått sedan starten." in read[0]
    assert "Var, och jämfört med vad?" in read[0]
    assert "Blev det färre" not in read[0]
    assert "Så är det räknat" not in read[0]


def test_what_is_empty_leaves_no_heading():
    whole = " ".join(pages(evaluation(), caveats=(), computed=(), changes=(), dose="", looks=""))
    for key in ("caveats", "computed", "changes", "delivered"):
        assert texts("sv")(f"effect_report.{key}") not in whole


def test_many_words_still_fit_on_three_pages():
    sentence = "Områden utan insats varierar 1,4 gånger mer än slumpen, och spannet är vidgat för det."
    changes = tuple(("2026-06-02 09:14", "Eva Lind", f"Ändring {i}") for i in range(12))
    read = pages(evaluation(others=8), caveats=(sentence,) * 6, computed=(sentence,) * 10, changes=changes)
    assert len(read) <= 3


def test_hostile_words_are_words():
    hostile = '#panic("x") "); = Rubrik *fet* $x$ <script>alert(1)</script>'
    of = evaluation(title=hostile)
    assert hostile in " ".join(pages(of, sentence=hostile, lines=((hostile, hostile),)))


def test_a_report_takes_many_cards():
    one, other = evaluation(), evaluation(title="Kameror", seed=4)
    other = replace(other, intervention=replace(other.intervention, id=2))
    sections = [section(of, card_words(of), TOWN, texts("sv")) for of in (one, other)]
    assert not set(sections[0].files) & set(sections[1].files)
    made = document(
        sections, texts("sv"), title="Kvartalet", municipality="Lindhamn", source="Källor.", printed=PRINTED
    )
    whole = " ".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)
    assert "Ny belysning i Hamnen" in whole
    assert "Kameror" in whole


def test_with_too_few_events_only_the_weeks_are_drawn():
    of = evaluation(per_week=0.3, seed=3)
    whole = " ".join(pages(of))
    assert "Blev det färre än väntat?" in whole
    assert "Växer skillnaden?" not in whole
    assert "Hur säkert är det" not in whole
