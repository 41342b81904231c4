from __future__ import annotations

from dataclasses import asdict, fields, replace
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from dashboard.reports.meeting import BESIDE, html, pdf, pictures, text
from dashboard.reports.typst import plain
from dashboard.situation.meeting_words import MeetingWords
from dashboard.texts import texts
from tests.injections import INJECTIONS
from tests.meetings import meeting_charts, meeting_words

if TYPE_CHECKING:
    from collections.abc import Iterator

PRINTED = date(2026, 11, 24)
HEADS = (
    "correction", "participants", "decided_before", "reporters", "figures", "flags", "nearest", "remarks",
    "interventions", "ratings", "focus", "decisions", "notes",
)  # fmt: skip


class _Read(HTMLParser):
    """What a mail program would read: its words, tags and their attributes."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def whole(self) -> str:
        return " ".join(" ".join(self.words).split())


def _pages(words: MeetingWords, language: str = "sv", *, has_charts: bool = True) -> list[str]:
    say = texts(language)
    made = pdf(words, meeting_charts(say) if has_charts else {}, say, printed=PRINTED)
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(made)).pages]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def _squeezed(words: str) -> str:
    """Without blanks: where a line is broken is up to the page."""
    return "".join(words.split())


@pytest.mark.parametrize("language", ["sv", "en"])
def test_pdf_mail_and_text_say_the_same(language: str) -> None:
    words, say = meeting_words(language), texts(language)
    charts = meeting_charts(say)
    shown = (
        " ".join(_pages(words, language)),
        _Read(html(words, charts, say)).whole,
        text(words, say),
    )
    for whole in map(_squeezed, shown):
        for sentence in filter(None, _strings(asdict(words))):
            assert _squeezed(sentence) in whole, sentence


@pytest.mark.parametrize("language", ["sv", "en"])
def test_parts_stand_in_the_order_of_the_agenda(language: str) -> None:
    say = texts(language)
    lines = text(meeting_words(language), say).splitlines()
    heads = [before for before, line in pairwise(lines) if set(line) == {"-"}]
    assert heads == [say(f"meeting_report.{name}") for name in HEADS]
    source = html(meeting_words(language), {}, say)
    places = [source.index(f">{head}</h2>") for head in heads]
    assert places == sorted(places)


def test_the_pdf_is_tagged_named_and_numbered() -> None:
    words, say = meeting_words(), texts("sv")
    read = PdfReader(BytesIO(pdf(words, meeting_charts(say), say, printed=PRINTED)))
    assert read.metadata is not None
    assert read.metadata.title == words.title
    root: Any = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("sv")
    assert len(read.pages) == 3
    assert "sida 1 av 3" in " ".join(read.pages[0].extract_text().split())


def test_pictures_stand_in_the_mail_under_the_ids_they_are_attached_by() -> None:
    say = texts("sv")
    charts = meeting_charts(say)
    read = _Read(html(meeting_words(), charts, say))
    shown = [attributes for tag, attributes in read.tags if tag == "img"]
    assert [one["src"] for one in shown] == [f"cid:{name}" for name in pictures(charts)]
    assert [one["alt"] for one in shown] == [plain(chart.description) for chart in charts.values()]
    assert all(body.startswith(b"\x89PNG") for body in pictures(charts).values())


def test_a_mail_asks_for_nothing_from_elsewhere() -> None:
    say = texts("sv")
    source = html(meeting_words(), meeting_charts(say), say)
    assert "http" not in source
    assert "url(" not in source
    assert {tag for tag, _ in _Read(source).tags}.isdisjoint(
        {"script", "link", "style", "iframe", "form", "a"}
    )


def test_what_is_empty_leaves_no_heading() -> None:
    words, say = MeetingWords(title="Veckomöte", municipality="Lindhamn", source="Källor."), texts("sv")
    whole = " ".join(_pages(words, has_charts=False)) + html(words, {}, say) + text(words, say)
    assert [name for name in HEADS if say(f"meeting_report.{name}") in whole] == []


def test_a_column_without_words_is_left_out() -> None:
    words, say = meeting_words(), texts("sv")
    bare = replace(
        words, decided_before=tuple(replace(one, reason="") for one in words.decided_before), ratings=()
    )
    assert say("meeting_report.column_reason") in text(words, say)
    for whole in (text(bare, say), html(bare, {}, say), " ".join(_pages(bare, has_charts=False))):
        assert say("meeting_report.column_reason") not in whole


def test_what_comes_near_is_a_list_after_what_that_is_worth() -> None:
    say, (worth, near) = texts("sv"), ("Inga varningar, men värda en fråga:", "Lövskogen, stöld: 9 mot 5.")
    words = MeetingWords(title="Veckomöte", nearest=(worth, near))
    assert f"\n{worth}\n* {near}\n" in text(words, say)
    source = html(words, {}, say)
    assert f">{worth}</p>" in source
    assert f">{near}</li>" in source
    assert source.count("<li") == 1


def test_functions_of_one_party_are_told_from_the_next() -> None:
    say = texts("sv")
    present = ("Polisen: gruppchef, kommunpolis", "Kommunen: samordnare")
    assert "; ".join(present) in text(MeetingWords(title="Möte", participants=present), say)
    assert "Polisen, Kommunen" in text(MeetingWords(title="Möte", participants=("Polisen", "Kommunen")), say)


def test_pictures_need_no_sentence_above_them() -> None:
    say = texts("sv")
    words = replace(meeting_words(), flags=(), quiet="")
    assert say("chart.when_title") in " ".join(_pages(words))
    assert "cid:" in html(words, meeting_charts(say), say)


@pytest.mark.parametrize("times", [1, 12])
def test_an_intervention_takes_a_third_of_a_page_at_most_however_much_is_said_of_it(times: int) -> None:
    say, answer = texts("sv"), meeting_words().interventions[0]
    caveats = " ".join(["Källor som har ändrat hur de kodar: Polisen, Bostads AB Linden."] * times)
    three = tuple(replace(answer, number=str(number), caveats=caveats) for number in (1, 2, 3))
    drawn = meeting_charts(say)["intervention-1"]
    words = MeetingWords(language="sv", title="Veckomöte", interventions=three)
    sent = pdf(words, {one.picture: drawn for one in three}, say, printed=PRINTED)
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(sent)).pages]
    assert [page.count(answer.sentence) for page in pages] == [3]
    assert pages[0].count(caveats) == 3


def test_the_picture_of_an_intervention_stands_under_its_words() -> None:
    say, words = texts("sv"), meeting_words()
    source = html(words, meeting_charts(say), say)
    first, second = words.interventions
    places = [
        source.index(one)
        for one in (first.title, first.sentence, first.caveats, "cid:intervention-1", second.title)
    ]
    assert places == sorted(places)
    assert "cid:intervention-2" not in source
    alone = html(
        replace(words, flags=(), quiet=""), {"intervention-1": meeting_charts(say)["intervention-1"]}, say
    )
    assert f">{say('meeting_report.flags')}</h2>" not in alone  # there is no picture of the week


def test_one_of_a_pair_is_as_wide_as_the_page() -> None:
    say = texts("sv")
    charts = meeting_charts(say)
    alone = {BESIDE[1]: charts[BESIDE[1]]}
    assert pdf(meeting_words(), alone, say, printed=PRINTED).startswith(b"%PDF")


def _hostile(text_of: str) -> MeetingWords:
    def filled(value: Any) -> Any:
        if isinstance(value, str):
            return text_of
        if isinstance(value, tuple):
            return tuple(filled(one) for one in value[:1])
        return replace(value, **{one.name: text_of for one in fields(value)})

    words = meeting_words()
    return replace(words, **{one.name: filled(getattr(words, one.name)) for one in fields(words)})


@pytest.mark.parametrize("injection", INJECTIONS, ids=range(len(INJECTIONS)))
def test_hostile_words_are_words_in_mail_and_text(injection: str) -> None:
    say, words = texts("sv"), _hostile(injection[:2000])
    known = {tag for tag, _ in _Read(html(meeting_words(), {}, say)).tags}
    read = _Read(html(words, {}, say))
    assert {tag for tag, _ in read.tags} <= known
    assert all(
        set(attributes) <= {"style", "role", "scope", "lang", "charset", "name", "content"}
        for _, attributes in read.tags
    )
    assert plain(injection[:2000]) in read.whole
    text(words, say).encode("utf-8")


def test_hostile_words_are_words_on_paper() -> None:
    hostile = '#panic("x") "); = Rubrik *fet* $x$ <script>alert(1)</script>'
    whole = _squeezed(" ".join(_pages(_hostile(hostile), has_charts=False)))
    assert whole.count(_squeezed(hostile)) >= 20


def test_lines_of_the_text_are_no_longer_than_mail_takes() -> None:
    assert max(map(len, text(meeting_words(), texts("sv")).splitlines())) <= 76
