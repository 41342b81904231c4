"""Texts that somebody else wrote, as one line of signs that can be seen."""

from __future__ import annotations


def one_line(text: str) -> str:
    """The text without line breaks, blanks around it, control signs, half signs and signs that nobody sees."""
    return " ".join("".join(sign for sign in text if sign.isprintable() or sign.isspace()).split())
