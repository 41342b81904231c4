"""The key that tells a row of a source from every other, so that nothing is stored twice."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data_access.importers.errors import Remark

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data_access.importers.faults import Faults
    from data_access.importers.mapping import Mapping
    from data_access.importers.table import RawTable

Content = dict[str, np.ndarray]
"""Columns of equal length by name."""

KEY_LENGTH = 120
_ROUNDED = re.compile(r"^\d[.,]?\d*E\+\d+$", re.IGNORECASE)
_WHOLE_AS_FLOAT = re.compile(r"^(\d+)\.0+$")


def read_keys(
    table: RawTable, mapping: Mapping, content: Content, faults: Faults
) -> tuple[NDArray[np.object_], NDArray[np.bool_], list[Remark]]:
    """Return a key per row, which rows repeat an earlier one word for word, and remarks.

    Args:
        table: the file.
        mapping: names the column `source_key`, or none.
        content: the canonical columns of every row, by which rows without a key are told apart (equal rows by counting).
        faults: gets the rows that have an earlier row's key but other content.

    """
    heading = mapping.columns.get("source_key")
    cells = table.column(heading) if heading else []
    joined = "\n".join(cells)
    if heading and "E+" in joined.upper() and any(map(_ROUNDED.match, cells)):
        remarks = [Remark("keys_rounded", {"column": heading, "value": next(filter(_ROUNDED.match, cells))})]
        return _from_content(content), np.zeros(len(table.rows), bool), remarks
    if not heading:
        return _from_content(content), np.zeros(len(table.rows), bool), []
    is_tidy = max(map(len, cells), default=0) <= KEY_LENGTH and ".0" not in joined
    keys = np.array(cells if is_tidy else list(map(_tidy, cells)), dtype=object)
    is_empty = keys == ""
    if is_empty.any():
        keys[is_empty] = _from_content({name: column[is_empty] for name, column in content.items()})
    return keys, *_repeated(table, heading, keys, content, faults)


def _tidy(cell: str) -> str:
    if len(cell) > KEY_LENGTH:
        return hashlib.sha1(cell.encode(), usedforsecurity=False).hexdigest()
    return _WHOLE_AS_FLOAT.sub(r"\1", cell) if cell.endswith("0") and "." in cell else cell


def _repeated(
    table: RawTable, heading: str, keys: NDArray[np.object_], content: Content, faults: Faults
) -> tuple[NDArray[np.bool_], list[Remark]]:
    codes, _ = pd.factorize(keys)
    is_again = pd.Series(codes).duplicated().to_numpy() & faults.is_good
    if not is_again.any():
        return is_again, []
    doubled = np.isin(codes, np.unique(codes[is_again]))
    lines = _lines({name: column[doubled] for name, column in content.items()})
    firsts: dict[int, str] = {}
    is_other = np.zeros(len(keys), bool)
    for position, line in zip(np.flatnonzero(doubled & True), lines, strict=True):
        if faults.is_good[position]:
            is_other[position] = firsts.setdefault(int(codes[position]), line) != line
    faults.add(is_other, field=heading, reason="key_repeated", value=table.column(heading).__getitem__)
    is_again &= ~is_other
    count = int(is_again.sum())
    return is_again, [Remark("rows_repeated", {"count": count})] if count else []


def _from_content(content: Content) -> NDArray[np.object_]:
    """Digest of each row's content and how many equal rows came before it."""
    seen: Counter[str] = Counter()
    lines = _lines(content)
    keys = np.empty(len(lines), dtype=object)
    for place, line in enumerate(lines):
        seen[line] += 1
        keys[place] = hashlib.sha1(f"{line}\x1e{seen[line]}".encode(), usedforsecurity=False).hexdigest()
    return keys


def _lines(content: Content) -> list[str]:
    return list(map("\x1f".join, zip(*map(_texts, content.values()), strict=True)))


def _texts(values: np.ndarray) -> list[str]:
    if values.dtype.kind == "M":
        return np.datetime_as_string(values.astype("datetime64[s]"), unit="s").tolist()
    if values.dtype.kind == "f":
        return ["" if value != value else f"{value:.1f}" for value in values.tolist()]  # noqa: PLR0124 - NaN
    return ["" if value is None else str(value) for value in values.tolist()]
