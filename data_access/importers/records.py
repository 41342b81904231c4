"""JSON lists of objects (open data of authorities) to rows of cells."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from data_access.importers.errors import ImportRefused

if TYPE_CHECKING:
    from data_access.importers.limits import SourceFile

_DEPTH = 4
_OBJECT = 4
_MB = 1024**2
_LIST_KEYS = ("data", "results", "items", "records", "rows", "value", "features")


def read_records(text: str, source: SourceFile) -> list[list[str]]:
    """Return a header row and one row per object; nested objects become columns such as `location.gps`.

    Raises `ImportRefused`: not_a_table, too_many_rows, too_many_columns, unpacked_too_large.
    """
    limits = source.limits
    check_json(text, source)
    if text.lstrip()[:1] == "{" and not any(f'"{key}"' in text for key in _LIST_KEYS):
        raise ImportRefused(reason="not_a_table", file=source.name)
    try:
        records = _list_of_objects(json.loads(text))
        if len(records) > limits.rows:
            raise ImportRefused(reason="too_many_rows", file=source.name, limit=limits.rows)
        flat, header = _flattened(records, source)
    except (ValueError, RecursionError) as error:
        raise ImportRefused(reason="not_a_table", file=source.name) from error
    if not records:
        raise ImportRefused(reason="not_a_table", file=source.name)
    if len(header) * len(flat) > limits.cells:
        raise ImportRefused(reason="too_many_rows", file=source.name, limit=limits.cells // len(header))
    return [header, *([record.get(name, "") for name in header] for record in flat)]


def check_json(text: str | bytes, source: SourceFile) -> None:
    """Refuse a JSON text whose values would fill the memory: 50 MB of `{},` would become more than a gigabyte.

    Raises `ImportRefused`: unpacked_too_large.
    """
    brace, bracket, comma = ("{", "[", ",") if isinstance(text, str) else (b"{", b"[", b",")
    marks = _OBJECT * text.count(brace) + text.count(bracket) + text.count(comma)  # pyright: ignore[reportArgumentType]
    if marks > source.limits.json_marks:
        limit_mb = round(len(text) / marks * source.limits.json_marks / _MB, 1)
        raise ImportRefused(reason="unpacked_too_large", file=source.name, limit_mb=limit_mb)


def _flattened(records: list[dict[str, Any]], source: SourceFile) -> tuple[list[dict[str, str]], list[str]]:
    flat: list[dict[str, str]] = []
    header: dict[str, None] = {}
    for record in records:
        flat.append(_flat(record))
        header.update(dict.fromkeys(flat[-1]))
        if len(header) > source.limits.columns:
            raise ImportRefused(reason="too_many_columns", file=source.name, limit=source.limits.columns)
    return flat, list(header)


def storable(text: str) -> str:
    """A text without what no database or file takes: NUL, and halves of signs that JSON's escapes can spell alone."""
    if text.isascii():
        return text.replace("\0", "")
    return text.replace("\0", "").encode("utf-8", "replace").decode()


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
            flat[storable(prefix + name)] = storable(_text(value))
    return flat


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | dict):
        is_pair = isinstance(value, list) and all(isinstance(part, int | float) for part in value)
        return ", ".join(map(str, value)) if is_pair else json.dumps(value, ensure_ascii=False)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
