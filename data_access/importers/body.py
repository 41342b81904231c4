"""The rows below the header: one width, no empty rows, no header again."""

from __future__ import annotations

from collections import Counter

import numpy as np

from data_access.importers.errors import RowError


def trimmed(row: list[str]) -> list[str]:
    """Return a row without the empty cells at its end."""
    width = max((i + 1 for i, cell in enumerate(row) if cell.strip()), default=0)
    return row[:width]


def unique_names(header: list[str]) -> list[str]:
    """A column without a name is called by its place; a name that comes again gets its number."""
    seen: Counter[str] = Counter()
    names = []
    for place, cell in enumerate(header, start=1):
        name = " ".join(cell.split())[:120] or f"#{place}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def even_rows(
    body: list[list[str]], numbers: np.ndarray, width: int, longest: int
) -> tuple[list[list[str]], np.ndarray, list[RowError]]:
    """Give all rows the header's width; refuse rows with more cells or an enormous cell; leave out empty rows."""
    is_even = len(set(map(len, body)) | {width}) == 1
    if is_even and all(map(any, body)) and _is_short(body, longest):
        return body, numbers, []
    kept, refused = [], []
    for place, row in enumerate(body):
        if not any(cell.strip() for cell in row):
            continue
        error = _row_error(int(numbers[place]), row, width, longest)
        if error is None:
            kept.append(place)
        else:
            refused.append(error)
    return [(body[i] + [""] * width)[:width] for i in kept], numbers[kept], refused


def _is_short(body: list[list[str]], longest: int) -> bool:
    return max(map(len, map("".join, body)), default=0) <= longest


def _row_error(number: int, row: list[str], width: int, longest: int) -> RowError | None:
    for place, cell in enumerate(row, start=1):
        if len(cell) > longest:
            return RowError(
                number, f"#{place}", cell, "cell_too_long", {"length": len(cell), "limit": longest}
            )
    if any(cell.strip() for cell in row[width:]):
        cells = {"cells": len(row), "columns": width}
        return RowError(number, f"#{width + 1}", row[width], "too_many_cells", cells)
    return None


def without_repeated_headers(
    body: list[list[str]], numbers: np.ndarray, header: list[str]
) -> tuple[list[list[str]], np.ndarray, tuple[int, ...]]:
    """Pages or files pasted together repeat the header in the middle."""
    first = header[0] if not header[0].startswith("#") else ""
    again = [i for i, row in enumerate(body) if row[0].strip() == first and _is_header(row, header)]
    if not again:
        return body, numbers, ()
    kept = np.setdiff1d(np.arange(len(body)), again)
    return [body[i] for i in kept], numbers[kept], tuple(int(numbers[i]) for i in again)


def _is_header(row: list[str], header: list[str]) -> bool:
    names = [cell.strip() for cell in row]
    return names == [("" if name.startswith("#") else name) for name in header]
