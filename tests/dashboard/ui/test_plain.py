from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from dashboard.ui.plain import plain

PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"


def test_a_picture_in_a_name_is_only_words() -> None:
    assert plain("![x](a.png)") == r"\!\[x\]\(a\.png\)"


def test_the_name_of_an_icon_stays_words() -> None:
    assert plain(":material/home: :smile: 12:30") == ("\\:\u2060material\\/home\\: \\:\u2060smile\\: 12\\:30")


def test_a_web_address_stays_words() -> None:
    assert plain("http://a.se HTTPS://b") == ("http\\:\u2060\\/\\/a\\.se HTTPS\\:\u2060\\/\\/b")
    assert plain("www.a.se wwwa") == ("www\u2060\\.a\\.se wwwa")


def test_it_is_one_line() -> None:
    assert plain("    a\r\n\r\n    b\tc\u2028d\x85 e\u00a0f") == "a b c d e\u00a0f"


@given(st.text())
def test_no_word_is_lost_and_no_sign_stays_unescaped(text: str) -> None:
    shown = plain(text)
    read = re.sub(r"\\(.)", r"\1", shown, flags=re.DOTALL)
    assert read.replace("\u2060", "").split() == text.replace("\u2060", "").split()
    unescaped = re.sub(r"\\.", "", shown, flags=re.DOTALL)
    assert not set(unescaped) & set(PUNCTUATION)
    assert len(shown.splitlines()) <= 1
