"""What an importer says aloud and why rows were refused, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.texts import Texts
    from data_access.import_reports import Said
    from data_access.importers.errors import RowError

_TRANSLATED = {"name": "column", "order": "order", "format": "format", "delimiter": "delimiter"}


def sentence(said: Said, texts: Texts) -> str:
    """A guess or a warning as a sentence."""
    return texts(f"{said.table}.{said.key}", **_in_words(said.parameters, texts))


def reason(error: RowError, texts: Texts) -> str:
    """Why a row was refused, as a sentence."""
    return texts(f"reason.{error.reason}", **_in_words(error.parameters, texts))


def refusals(refused: Iterable[RowError], texts: Texts) -> pd.DataFrame:
    """Refused rows as a table: row, field, value, reason."""
    rows = [(error.row, _field(error.field, texts), error.value, reason(error, texts)) for error in refused]
    return pd.DataFrame(
        rows, columns=[texts(f"import.{name}") for name in ("row", "field", "value", "reason")]
    )


def _in_words(parameters: dict[str, Any], texts: Texts) -> dict[str, Any]:
    words = dict(parameters)
    for name, table in _TRANSLATED.items():
        key = f"reading.{table}_{words.get(name)}"
        if texts.has(key):
            words[name] = texts(key)
    return {name: str(value) if name in ("crs", "row", "lines") else value for name, value in words.items()}


def _field(name: str, texts: Texts) -> str:
    key = f"reading.column_{name}"
    return texts(key) if texts.has(key) else name
