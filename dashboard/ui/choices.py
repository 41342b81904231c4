"""Choices in a list: the browser answers with the words of one, so no two may read the same."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

_K = TypeVar("_K")


def distinct(names: Mapping[_K, str]) -> dict[_K, str]:
    """The names by their keys, with the key after a name that another one has too."""
    often = Counter(names.values())
    found: dict[_K, str] = {}
    taken: set[str] = set()
    for key, name in names.items():
        label = name if often[name] == 1 else f"{name} ({key})"
        while label in taken:
            label = f"{label} ({key})"
        taken.add(label)
        found[key] = label
    return found
