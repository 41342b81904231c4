"""JSON lists of objects (open data of authorities) to rows of cells."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from data_access.importers.errors import ImportRefused

if TYPE_CHECKING:
    from data_access.importers.limits import SourceFile

_DEPTH = 4
_LIST_KEYS = ("data", "results", "items", "records", "rows", "value", "features")


def read_records(text: str, source: SourceFile) -> list[list[str]]:
    """Return a header row and one row per object; nested objects become columns such as `location.gps`.

    Raises `ImportRefused`: not_a_table.
    """
    try:
        records = _list_of_objects(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise ImportRefused(reason="not_a_table", file=source.name) from error
    if not records:
        raise ImportRefused(reason="not_a_table", file=source.name)
    flat = [_flat(record) for record in records]
    header = list(dict.fromkeys(name for record in flat for name in record))
    if len(header) > source.limits.columns:
        raise ImportRefused(reason="too_many_columns", file=source.name, limit=source.limits.columns)
    return [header, *([record.get(name, "") for name in header] for record in flat)]


def _list_of_objects(document: Any) -> list[dict[str, Any]]:
    if isinstance(document, dict):
        document = next((document[key] for key in _LIST_KEYS if isinstance(document.get(key), list)), [])
    if not isinstance(document, list):
        return []
    return [record for record in document if isinstance(record, dict)]


def _flat(record: dict[str, Any], prefix: str = "", depth: int = 0) -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in record.items():
        if isinstance(value, dict) and depth < _DEPTH:
            flat |= _flat(value, f"{prefix}{name}.", depth + 1)
        else:
            flat[prefix + name] = _text(value)
    return flat


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | dict):
        is_pair = isinstance(value, list) and all(isinstance(part, int | float) for part in value)
        return ", ".join(map(str, value)) if is_pair else json.dumps(value, ensure_ascii=False)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
