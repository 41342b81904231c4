from __future__ import annotations

import random
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.personal_data import Finding, first_in_each, found_in, likely_names
from tests.data_access import personal_spellings as spelt

if TYPE_CHECKING:
    from collections.abc import Callable

CLEAN = (Path(__file__).parent / "clean_notes.txt").read_text("utf-8").splitlines()
PERSONS = ("personal_number", "coordination_number")
CASES = 2000  # of each of the five ways below
MAKERS = (spelt.a_personal_number, spelt.a_wrong_number, spelt.a_phone, spelt.an_email, spelt.a_plate)


def kinds(text: str) -> list[str]:
    return [finding.kind for finding in found_in(text)]


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_recall_in_every_spelling(make: Callable[[random.Random], tuple[str, str]]) -> None:
    chance = random.Random(4)  # noqa: S311 - made-up cases
    made = [(*make(chance), chance.choice(spelt.SENTENCES)) for _ in range(CASES)]
    missed = [
        sentence.format(text) for kind, text, sentence in made if kind not in kinds(sentence.format(text))
    ]
    assert len(missed) <= CASES // 100, missed


def test_clean_notes_are_let_through() -> None:
    refused = [(note, found_in(note)) for note in CLEAN if found_in(note)]
    assert len(CLEAN) >= 600
    assert len(set(CLEAN)) == len(CLEAN)
    assert len(refused) <= len(CLEAN) * 0.005, refused


def test_clean_notes_name_nobody() -> None:
    assert [note for note in CLEAN if likely_names(note)] == []


born = st.dates(min_value=spelt.date(1900, 1, 1), max_value=spelt.date(2026, 11, 1))


@settings(max_examples=300, deadline=None)
@given(
    born,
    st.integers(0, 999),
    st.sampled_from(PERSONS),
    st.sampled_from(spelt.TOLD + spelt.CHECKED + spelt.ONE_BY_ONE),
    st.sampled_from(spelt.SENTENCES),
)
def test_a_right_number_is_found_where_it_stands(
    day: spelt.date,
    serial: int,
    kind: str,
    spell: Callable[..., str],
    sentence: str,
) -> None:
    number = spelt.Number(day, serial, is_coordination=kind == PERSONS[1])
    text = spell(*number.parts, number.last)
    before = sentence.index("{}")
    assert Finding(number.kind, before + 1, before + len(text)) in found_in(sentence.format(text))


@settings(max_examples=200, deadline=None)
@given(
    born, st.integers(0, 999), st.integers(1, 9), st.sampled_from(spelt.TOLD), st.sampled_from(spelt.DASHES)
)
def test_a_wrong_check_digit_is_no_way_out(
    day: spelt.date, serial: int, wrong_by: int, spell: Callable[..., str], dash: str
) -> None:
    number = spelt.Number(day, serial, is_coordination=False, wrong_by=wrong_by)
    text = spell(*number.parts, number.last).replace("-", dash)
    assert "personal_number" in kinds(f"vid porten, {text}, sprang")


@settings(max_examples=200, deadline=None)
@given(born, st.integers(0, 999), st.integers(1, 9))
def test_ten_digits_without_a_separator_need_the_check_digit(
    day: spelt.date, serial: int, wrong_by: int
) -> None:
    number = spelt.Number(day, serial, is_coordination=False, wrong_by=wrong_by)
    text = "".join(number.parts[1:]) + number.last
    assert not set(kinds(f"kod {text}.")) & set(PERSONS)


PIECES = [
    *("19", "20", "85", "01", "12", "31", "61", "00", "02", "29", "1234", "9876", "2026", "2130", "1", "7"),
    *("850101", "19850101", "811218", "260503", "8112189876", "198112189876", "850161"),
    *("-", "-", " ", " ", "+", ".", "/", "--", " - ", ":", "_", "å", ", "),
]


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_the_slow_rule_says_the_same(text: str) -> None:
    assert any(kind in PERSONS for kind in kinds(text)) == spelt.says_person(text)


def test_the_slow_rule_says_the_same_of_clean_notes_and_made_numbers() -> None:
    chance = random.Random(7)  # noqa: S311 - made-up cases
    made = [spelt.a_number(chance) for _ in range(200)]
    spelled = [chance.choice(spelt.TOLD + spelt.CHECKED)(*number.parts, number.last) for number in made]
    for text in spelled + CLEAN:
        assert any(kind in PERSONS for kind in kinds(text)) == spelt.says_person(text), text


@pytest.mark.parametrize(
    "text",
    [
        "850101-T123",
        "850101-R12 sågs",
        "19850101-TF12",
        "20100314-K001",
        "850132-T123",
        "8501011-T123",
        "850101T123",
    ],
)
def test_reserve_numbers(text: str) -> None:
    assert bool(kinds(text)) == (text in ("850101-T123", "19850101-TF12", "20100314-K001"))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("8501\u200b01-12\u200d34", (1, 13)),
        ("år\u2060 8\u20635\ufe0f0101-1234.", (5, 17)),
        ("a\u0308a\u0308 850101-1234", (6, 16)),
        ("８５０１０１－１２３４", (1, 11)),  # noqa: RUF001
        ("①②③ 850101\u2011\u0661\u0662\u0663\u0664", (5, 15)),
        ("m² vid 850101-1234, 12 m²", (8, 18)),
        ("ﬃ 850101-1234", (3, 13)),
        ("x\x00 850101\u2800-\u28001234", (4, 16)),
    ],
)
def test_the_place_is_that_of_the_text_as_written(text: str, place: tuple[int, int]) -> None:
    assert found_in(text) == (Finding("personal_number", *place),)


def test_everything_in_a_text_is_found_in_order() -> None:
    text = "Ring 070-123 45 67 eller a@b.se, 850101-1234, bilen ABC123 och 850161-1234"
    assert kinds(text) == ["phone", "email", "personal_number", "plate", "coordination_number"]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120))
def test_any_text_can_be_looked_at(text: str) -> None:
    findings = found_in(text)
    assert all(1 <= finding.first <= finding.last <= len(text) for finding in findings)
    assert all(a.last < b.first for a, b in pairwise(findings))
    has_sign = any(
        unicodedata.digit(letter, None) is not None or unicodedata.decimal(letter, None) is not None
        for letter in text
    )
    if not has_sign and not any(
        sign in unicodedata.normalize("NFKC", text).casefold() for sign in ("@", "at", "snabel")
    ):
        assert findings == () or unicodedata.normalize("NFKC", text) != text


@given(
    st.lists(
        st.one_of(st.none(), st.sampled_from(CLEAN), st.just("850101-1234"), st.just("a@b.se")), max_size=30
    )
)
def test_a_column_is_looked_at_text_by_text(texts: list[str | None]) -> None:
    one_by_one = {place: found_in(text)[0] for place, text in enumerate(texts) if text and found_in(text)}
    assert first_in_each(texts) == one_by_one


@pytest.mark.parametrize(
    "text",
    [
        "tel 12 34 56",
        "Ring 123 45 67 om porten", "ring på 12 34 56", "nås på 070-1234567", "mobil 46701234567", "08-12 34 56",
        "(08) 123 456 78", "0812345678", "tel. 08123456", "010-456 70 00", "0701-23 45 67", "07 01 23 45 67", "+4670 1234567",
    ],
)  # fmt: skip
def test_phones(text: str) -> None:
    assert kinds(text) == ["phone"]


@pytest.mark.parametrize(
    "text",
    [
        "112",
        "114 14", "0771-14 14 00", "020-99 00 00", "08-12 13-17", "0730-1630 21 st", "5000-K123456-26", "2024-08-12 345 st",
        "0123456", "+10 000 000 kr", "040-12",
        "08123456", "mobil 2024-05-03 stulen", "0012345678", "0701234567890", "00.30-04.00 12",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_phone(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text", ["3 st @ 12.50 kr", "@lindhamn", "träff @ torget kl 18", "look at polisen.se", "a@b", "x (at) y"]
)
def test_what_only_looks_like_an_email(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    ["stolpe ABC123", "bil vid hus 123", "BMW 320 med bil", "mobil ABC123", "bil QIV123", "bil 2ABC1234"],
)
def test_what_only_looks_like_a_plate(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "65.9712 21.6663",
        "57.3604 14.0123",
        "60.004222 22.631637",
        "linje 82 00 34 91 61 52 82 62",
        "linje 69 08 61 52 71 23",
        "linje 66 07 74 84 77 90",
        "linje 46 76 76 22 4 10 27",
        "2026-01-05 - 2026-01-09",
        "556036-0793",
        "198513011234",
        "850230-1234",
    ],
)
def test_what_only_looks_like_a_number_of_a_person(text: str) -> None:
    assert kinds(text) == []


def test_a_plate_far_from_the_vehicle_is_none() -> None:
    assert kinds("ABC123" + " lampa" * 7 + " bil") == []
    assert kinds("ABC123" + " lampa" * 5 + " bil") == ["plate"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Pratade med Anna Karlsson vid porten.", ("Anna Karlsson",)),
        ("Sven-Erik Lund och herr Svensson", ("Sven-Erik Lund", "herr Svensson")),
        ("Familjen Bergström på plan 2", ("Familjen Bergström",)),
        ("Anna Lindbergs plats, Erik Dahlbergsgatan, Gustav Adolfs torg", ()),
        ("Vid Karl Johansson park och Maria Bergs skola", ()),
        ("Max Hamburgare, Stora Torget, Polisen Lund", ()),
        ("Johan sprang mot Storgatan", ()),
    ],
)
def test_likely_names(text: str, names: tuple[str, ...]) -> None:
    assert likely_names(text) == names


@pytest.mark.parametrize(
    "unit", ["1 ", "850101", "+46 ", "a.b-", "(at)", "0 7", "850101-", "ABC 12", "@", "Anna "]
)
def test_long_repetitions_are_looked_at_too(unit: str) -> None:
    text = unit * (20_000 // len(unit)) + " 850101-1234"
    assert found_in(text)[-1].kind == "personal_number"
