"""Excel and OpenDocument workbooks to rows of cells."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data_access.importers.errors import ImportRefused
from data_access.importers.limits import check_archive

if TYPE_CHECKING:
    from data_access.importers.limits import Limits, SourceFile

_FAR_ROW = re.compile(rb"""\sr=["'][A-Za-z]{0,3}0*([3-9]\d{5}|[1-9]\d{6,})["']""")
_FAR_COLUMN = re.compile(rb"""\sr=["'](?:[A-Z]{3}|[H-Z][A-Z]|G[S-Z])\d+["'][^>]*[^/]>""")
_DECLARATIONS = re.compile(rb"<!(?:doctype|entity)", re.IGNORECASE)
_ABOVE = 41
_READER = "data_access.importers.workbook_reader"
_ROOT = Path(__file__).parents[2]
_SECONDS = 60
_MB = 1024**2


@dataclass(frozen=True)
class Sheet:
    """A visible sheet: its name and its rows from the first row of the sheet."""

    name: str
    rows: list[list[str]]


def read_sheets(source: SourceFile, only: str | None = None) -> list[Sheet]:
    """Return the visible sheets (or the one that is named, even a hidden one) with every cell as text.

    Dates become ISO text, whole numbers lose their `.0`. The workbook is read by a process of its own
    (`workbook_reader`). Raises `ImportRefused`: workbook_unreadable, sheet_missing, too_many_rows, too_many_columns,
    unpacked_too_large, entities_forbidden, and the reasons of archives.
    """
    if source.content.startswith(b"PK"):
        _check_parts(source)
    answer = _ask(source, only)
    if "refused" in answer:
        reason = answer.pop("refused")
        raise ImportRefused(reason=reason, file=source.name, **answer)
    return [Sheet(name, rows) for name, rows in answer["sheets"]]


def _ask(source: SourceFile, only: str | None) -> dict[str, Any]:
    limits = source.limits
    too_large = {"refused": "unpacked_too_large", "limit_mb": round(limits.unpacked_bytes / _MB, 1)}
    command = [sys.executable, "-m", _READER, json.dumps(_task(limits, only))]
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the file goes in as bytes, never as a name
            command, input=source.content, capture_output=True, cwd=_ROOT, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return too_large
    if done.returncode != 0:  # ended at its limits
        return too_large
    answer = json.loads(done.stdout)
    return too_large if answer.get("refused") == "unpacked_too_large" else answer


def _task(limits: Limits, only: str | None) -> dict[str, Any]:
    return {
        "sheet": only,
        "rows": limits.rows,
        "above": _ABOVE,
        "columns": limits.columns,
        "cells": limits.workbook_cells,
        "characters": limits.unpacked_bytes,
        "memory_bytes": limits.reader_bytes,
    }


def _check_parts(source: SourceFile) -> None:
    """Say what is wrong where it can be seen at once; whatever is not seen here ends at the reader's limits."""
    archive = check_archive(source)
    for member in archive.namelist():
        if not member.endswith((".xml", ".rels")):
            continue
        content = archive.read(member)
        if _DECLARATIONS.search(content) or b"\0" in content:  # NULs: UTF-16, which would hide the words
            raise ImportRefused(reason="entities_forbidden", file=source.name)
        if b"sheetData" not in content:
            continue
        if _FAR_ROW.search(content):
            raise ImportRefused(reason="too_many_rows", file=source.name, limit=source.limits.rows)
        if _FAR_COLUMN.search(content):
            raise ImportRefused(reason="too_many_columns", file=source.name, limit=source.limits.columns)
