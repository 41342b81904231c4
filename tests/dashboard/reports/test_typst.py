import json
from datetime import date
from io import BytesIO

import pytest
import typst
from pypdf import PdfReader

from dashboard.reports.typst import Section, compiled, data, document, plain, template
from dashboard.texts import texts
from tests.injections import INJECTIONS

SV = texts("sv")
TYPST = (
    '#panic("x")',
    '"); #panic("x")',
    '#read("/etc/passwd")',
    '#eval("1 + 1")',
    '#import "@preview/cetz:0.3.0"',
    "= Rubrik",
    "*fet* _kursiv_ `kod` $x^2$",
    "@ref <label> // kommentar /* kommentar */",
    "\\u{41} \\ ~ -- --- ... #sym.arrow",
    "#",
)


def shown(strings):
    """What a reader sees of strings that a template is given, without blanks."""
    section = Section('#for one in json("said.json") { par(one) }', {"said.json": data(list(strings))})
    pdf = document([section], SV, title="T", municipality="M", source="S", printed=date(2026, 8, 24))
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@pytest.mark.parametrize("text", TYPST)
def test_what_looks_like_markup_is_read_as_it_was_written(text):
    assert "".join(text.split()) in shown([text])


def test_plain_injections_are_read_as_they_were_written():
    ordinary = [text for text in INJECTIONS if text.isascii() and len(text) < 80 and plain(text)]
    seen = shown(ordinary)
    assert len(ordinary) > 60
    assert [text for text in ordinary if "".join(plain(text).split()) not in seen] == []


def test_every_injection_gives_a_document():
    assert shown(INJECTIONS)


@pytest.mark.parametrize("text", INJECTIONS)
def test_plain_text_is_one_line_without_signs_that_turn_it(text):
    made = plain(text)
    assert not set(made) & set("\n\r\t\x00\x0b\u2028\u202e\u2066\ud800")
    assert json.loads(data({"a": [text, 1, None]})) == {"a": [made, 1, None]}


def test_a_document_is_tagged_and_says_its_title_and_language():
    pdf = document(
        [Section("= En\ntext"), Section("= Två\ntext")],
        texts("en"),
        title="Card",
        municipality="Lindhamn",
        source="Sources: police.",
        printed=date(2026, 8, 24),
    )
    reader = PdfReader(BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert (reader.metadata.title, reader.metadata.author, root["/Lang"]) == ("Card", "Lindhamn", "en")
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    first = reader.pages[0].extract_text()
    assert len(reader.pages) == 2
    for words in ("Lindhamn", "printed 24 August 2026", "page 1 of 2", "Sources: police."):
        assert words in first


def test_the_same_words_give_the_same_bytes():
    one, other = (
        document([Section("text")], SV, title="T", municipality="M", source="S", printed=date(2026, 8, 24))
        for _ in range(2)
    )
    assert one == other


def test_a_file_outside_is_not_read():
    with pytest.raises(typst.TypstError):
        compiled('#read("/etc/passwd")', {})
    with pytest.raises(typst.TypstError):
        compiled('#read("../../etc/passwd")', {})


def test_a_template_is_called_with_its_file():
    assert template("intervention", "card.json") == (
        '#import "intervention.typ": intervention\n#intervention(json("card.json"))\n'
    )
