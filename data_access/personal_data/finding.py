"""What was found, and where."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["personal_number", "coordination_number", "phone", "email", "plate"]


class Finding(NamedTuple):
    """Personal data in a text as it was written: `first` and `last` are its characters, counted from 1.

    The text itself is not kept: what names a finding must be able to go to a log.
    """

    kind: Kind
    first: int
    last: int


class Span(NamedTuple):
    """A finding in a folded text: `start` and `end` as Python slices it."""

    kind: Kind
    start: int
    end: int
