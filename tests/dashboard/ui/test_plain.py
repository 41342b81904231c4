from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from dashboard.ui.plain import plain


def test_a_picture_in_a_name_is_only_words() -> None:
    assert plain("![x](http://example.org/a.png)") == r"!\[x\](http://example.org/a.png)"


@given(st.text())
def test_nothing_is_lost_and_nothing_stays_unescaped(text: str) -> None:
    shown = plain(text)
    assert re.sub(r"\\([\\`*_\[\]<$~])", r"\1", shown) == text
    assert not re.search(r"(?<!\\)(?:\\\\)*[\[\]`*<$]", shown)
