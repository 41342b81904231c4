"""One way of writing for characters that look the same: digits, dashes, spaces and full-width signs; invisible ones go."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = "A-Za-zÀ-ÖØ-öø-ſ"  # noqa: RUF001 - the last letter of Latin Extended-A
_MARKS = r"\x20!\"#$%&'*+,\-./:;=?\\^_`|~)>\]}§°´’”…\t\n\r"  # noqa: RUF001 - quotation marks as people type them
_ALIKE = "\xa0–—"  # noqa: RUF001 - the dashes of ordinary prose

SUSPECT = re.compile(f"[^{_LETTERS}{_MARKS}{_ALIKE}]")
"""Finds the first character that could belong to personal data or hide it; most notes have none."""
_ODD = re.compile(f"[^{_LETTERS}{_MARKS}0-9@(<\\[{{]")

_INVISIBLE = {"Cf", "Mn", "Me", "Cc", "Cs", "Co", "Cn"}
_SPACES = {"Zs", "Zl", "Zp"}
_SPECIAL = {
    **dict.fromkeys("\t\n\r\u2800", " "),
    **dict.fromkeys("\u3164\u115f\u1160\uffa0", ""),  # letters without a shape
    **dict.fromkeys("−⁃˗➖⎯─", "-"),  # noqa: RUF001 - they look like a hyphen
    **dict.fromkeys("。｡․·∙⋅", "."),  # noqa: RUF001 - they look like a full stop
}
_KEPT_BELOW = 0x10000


class _Folds(dict[str, str]):
    """What each character becomes, worked out when it first comes."""

    def __missing__(self, letter: str) -> str:
        folded = _fold(letter)
        if ord(letter) < _KEPT_BELOW:
            self[letter] = folded
        return folded


def _fold(letter: str) -> str:
    if letter in _SPECIAL:
        return _SPECIAL[letter]
    category = unicodedata.category(letter)
    if category in _INVISIBLE:
        return ""
    if category in _SPACES:
        return " "
    if category == "Pd":
        return "-"
    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return str(digit)
    wide = unicodedata.normalize("NFKC", letter)
    return "".join(_FOLDS[part] for part in wide) if wide != letter else letter


_FOLDS = _Folds()


def folded(text: str) -> str:
    """Return the text with ASCII digits, hyphens and spaces, and without invisible characters; mostly the text itself."""
    return "".join([_FOLDS[letter] for letter in text]) if _ODD.search(text) else text


def places(text: str) -> list[int]:
    """Return for each character of the folded text the position in `text` of the character it comes from."""
    if not _ODD.search(text):
        return list(range(len(text)))
    return [position for position, letter in enumerate(text) for _ in _FOLDS[letter]]
