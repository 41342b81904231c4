"""Words from files and forms, as the words they are: no picture, link or formatting of them is drawn."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"([\\`*_\[\]<$~])")


def plain(text: str) -> str:
    """Text with every sign escaped that begins a link, picture, formula, code, emphasis or tag."""
    return _SIGNS.sub(r"\\\1", text)
