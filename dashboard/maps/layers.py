"""The pieces that map layers are written with: pydeck layers over geometry documents that the browser fetches by itself.

A layer names its document ("districts", "backdrop", "cells"); each feature's properties carry `i`, its place in the answers.
What changes with an answer (fills, what is drawn at all) the browser puts in.
"""

from __future__ import annotations

import json
from typing import Any, Literal

import pydeck
from pydeck.types import String

Document = Literal["districts", "backdrop", "cells"]
CLEAR = [0, 0, 0, 0]
_EXPRESSION = "@@="


def layer(kind: str, name: str, data: Any = None, **options: Any) -> pydeck.Layer:
    """A layer of deck.gl's class `kind`; words among the options are words unless they are an `expression`."""
    said = {key: _said(value) for key, value in options.items()}
    return pydeck.Layer(kind, data, id=name, **said)


def expression(text: str) -> str:
    """An accessor that the browser works out for each feature; pure comparisons and properties only."""
    return f"{_EXPRESSION}{text}"


def compact(value: Any) -> str:
    """JSON without spaces."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def hidden(*names: str) -> dict[str, Any]:
    """Sub-layers of a GeoJSON layer that are not drawn."""
    return {name: {"visible": False} for name in names}


def _said(value: Any) -> Any:
    """Since pydeck takes a plain word for an expression, words are marked as words here."""
    if not isinstance(value, str):
        return value
    return value.removeprefix(_EXPRESSION) if value.startswith(_EXPRESSION) else String(value)
