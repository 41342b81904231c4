"""Words from files and forms, as the words they are: no picture, link or formatting of them is drawn."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")
_SHORTCODE = re.compile(r":(?=[\w+/-]+:)")
_ADDRESS = re.compile(r"(https?:(?=//)|www(?=\.))", re.IGNORECASE)
_LINES = re.compile(r"[\t-\r\x1c-\x1e\x85\u2028\u2029][\s\x85]*")
_JOINER = "\u2060"


def plain(text: str) -> str:
    """Text with every sign escaped that could begin a link, picture, formula, code, emphasis or tag.

    Names of icons and emojis between colons are replaced, and web addresses linked, even where they are escaped: an unseen sign
    breaks them. It becomes one line, or an indented line would be drawn as code.
    """
    line = _LINES.sub(" ", text).lstrip(" ")
    words = _ADDRESS.sub(rf"\1{_JOINER}", _SHORTCODE.sub(f":{_JOINER}", line))
    return _SIGNS.sub(r"\\\1", words)
