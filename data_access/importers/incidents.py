"""A file of incidents to validated columns: first looked at together with a person, then read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data_access.importers.area_codes import read_area_codes
from data_access.importers.attributes import read_attributes
from data_access.importers.by_value import is_none
from data_access.importers.categories import Types, read_types
from data_access.importers.columns import GuessedMapping, complete_mapping
from data_access.importers.errors import ImportRefused, Remark
from data_access.importers.faults import Faults
from data_access.importers.header_words import plain
from data_access.importers.intervals import Intervals, read_intervals
from data_access.importers.keys import read_keys
from data_access.importers.limits import FileLike, SourceFile, open_file
from data_access.importers.mapping import Mapping, header_sha256
from data_access.importers.parsed import COLUMNS, SHOWN_ROWS, ParsedFile, Preview
from data_access.importers.personal import names_remark, personal_rows, without_personal_entries
from data_access.importers.places import Points, read_points
from data_access.importers.table import RawTable, read_table
from data_access.importers.zones import check_zone, to_local

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_access.importers.context import ImportContext


@dataclass
class _Parts:
    """The columns as they become known."""

    when: Intervals
    where: Points
    areas: np.ndarray
    types: Types
    attributes: dict[str, np.ndarray]
    warnings: list[Remark] = field(default_factory=list)


def preview(file: FileLike, *, context: ImportContext, overrides: Mapping | None = None) -> Preview:
    """Read a file for looking at it; `overrides` is what the person has said so far.

    Raises `ImportRefused` only when the file is no table at all or breaks a limit.
    """
    source = open_file(file)
    table, guessed = _open(source, overrides, context)
    first = [tuple(row) for row in zip(*(column[:SHOWN_ROWS] for column in table.cells), strict=True)]
    try:
        parsed = _parse(table, guessed, context, lambda _share, _step: None)
    except ImportRefused as problem:
        remarks = [remark.as_told for remark in (*table.remarks(), *guessed.remarks)]
        return Preview(
            table.reading, table.columns, first, guessed.mapping, guessed.why, pd.DataFrame(columns=list(COLUMNS)),
            remarks, [], {}, table.refused, _rows_read(table), None, problem,
        )  # fmt: skip
    return Preview(
        table.reading, table.columns, first, parsed.mapping, parsed.why, _shown(parsed), parsed.guesses,
        parsed.warnings, parsed.unknown_codes, parsed.refused, parsed.rows_read, parsed,
    )  # fmt: skip


def parse(
    file: FileLike,
    *,
    mapping: Mapping | None = None,
    context: ImportContext,
    progress: Callable[[float, str], None] = lambda _share, _step: None,
) -> ParsedFile:
    """Read a file of incidents; what `mapping` leaves open is remembered or guessed.

    Args:
        file: path, or (bytes, name) of an upload.
        mapping: as confirmed.
        context: the municipality.
        progress: called with a share (0-1) and a step: reading, times, places, types, checking, done.

    Raises:
        ImportRefused: the whole file cannot be used; rows that cannot are in `refused` instead.

    """
    progress(0.0, "reading")
    source = open_file(file)
    return _parse(*_open(source, mapping, context), context, progress)


def _open(
    source: SourceFile, given: Mapping | None, context: ImportContext
) -> tuple[RawTable, GuessedMapping]:
    table = read_table(source, overrides=(given or Mapping()).options)
    return table, complete_mapping(table, given, context.remembered)


def _parse(
    table: RawTable, guessed: GuessedMapping, context: ImportContext, progress: Callable[[float, str], None]
) -> ParsedFile:
    mapping = guessed.mapping
    timezone = check_zone(mapping.timezone or _stated_zone(mapping) or context.timezone)
    faults = Faults(table.rows)
    progress(0.3, "times")
    when = read_intervals(table, mapping, timezone=timezone, now=context.now, faults=faults)
    progress(0.5, "places")
    where = read_points(table, mapping, context, faults)
    areas, area_remarks = read_area_codes(table, mapping, context)
    progress(0.7, "types")
    types = read_types(table, mapping, context)
    attributes, attribute_remarks = read_attributes(table, mapping)
    said = [*_no_place(mapping), *area_remarks, *types.warnings, *attribute_remarks]
    progress(0.8, "checking")
    faults.take(personal_rows({"note": attributes["note"], "own_code": types.own}, table.rows.tolist()))
    parts = _Parts(when, where, areas, types, attributes, said)
    rows, key_remarks = _rows(table, mapping, parts, faults)
    progress(1.0, "done")
    return _answer(table, guessed, parts, rows, faults, key_remarks, timezone)


def _stated_zone(mapping: Mapping) -> str | None:
    """UTC where the heading of a time column says so (`Datum (UTC)`): read as local, a third would change date."""
    headings = (mapping.columns.get(name, "") for name in ("occurred_from", "date", "time"))
    return "UTC" if any("utc" in plain(heading).split() for heading in headings) else None


def _answer(
    table: RawTable,
    guessed: GuessedMapping,
    parts: _Parts,
    rows: pd.DataFrame,
    faults: Faults,
    key_remarks: list[Remark],
    timezone: str,
) -> ParsedFile:
    guesses = [*table.remarks(), *guessed.remarks, *parts.when.guesses, *parts.where.guesses]
    guesses.append(Remark("timezone", {"timezone": timezone}))
    repaired = [Remark("bytes_repaired", {"file": table.source.name})] if table.reading.bytes_repaired else []
    names = names_remark(rows["note"].tolist(), rows["row"].tolist())
    parts_said = (*parts.when.warnings, *parts.where.warnings, *parts.warnings, *key_remarks, *names)
    return ParsedFile(
        file_name=table.source.name,
        sha256=table.source.sha256,
        header_sha256=header_sha256(table.columns),
        reading=table.reading,
        mapping=guessed.mapping,
        why=guessed.why,
        rows=rows,
        refused=sorted([*table.refused, *faults.errors], key=lambda error: error.row),
        guesses=[remark.as_told for remark in guesses],
        warnings=[remark.as_told for remark in (*repaired, *parts_said)],
        unknown_codes=without_personal_entries(parts.types.unknown),
        rows_read=_rows_read(table),
        srid=parts.where.srid,
        timezone=timezone,
    )


def _rows_read(table: RawTable) -> int:
    return len(table.rows) + len(table.refused)


def _no_place(mapping: Mapping) -> list[Remark]:
    has_place = {"gps", "area_code", "area_name"} & set(mapping.columns) or {"x", "y"} <= set(mapping.columns)
    return [] if has_place else [Remark("no_place_column", {})]


def _rows(
    table: RawTable, mapping: Mapping, parts: _Parts, faults: Faults
) -> tuple[pd.DataFrame, list[Remark]]:
    columns = _columns(table, parts)
    content = {name: column for name, column in columns.items() if name != "row"}
    keys, is_again, remarks = read_keys(table, mapping, content, faults)
    columns["source_key"] = keys
    keep = faults.is_good & ~is_again
    columns = columns if keep.all() else {name: column[keep] for name, column in columns.items()}
    series = {name: pd.Series(columns[name], dtype=columns[name].dtype, copy=False) for name in COLUMNS}
    return pd.DataFrame(series, copy=False), remarks


def _columns(table: RawTable, parts: _Parts) -> dict[str, np.ndarray]:
    has_point = np.isfinite(parts.where.x)
    has_area = ~is_none(parts.areas)
    which = np.where(parts.where.is_stand_in, 3, np.where(has_point, 2, has_area.astype(int)))
    precision = np.array(["none", "area", "point", "stand_in"], dtype=object)[which]
    return {
        "row": table.rows.astype(np.int64),
        "category_code": parts.types.code,
        "own_code": parts.types.own,
        "occurred_from": parts.when.occurred_from,
        "occurred_to": parts.when.occurred_to,
        "time_precision": parts.when.precision,
        "x": parts.where.x,
        "y": parts.where.y,
        "place_precision": precision,
        "area_code": parts.areas,
        **parts.attributes,
    }


def _shown(parsed: ParsedFile) -> pd.DataFrame:
    """First rows with local times, for the eye."""
    shown = parsed.rows.head(SHOWN_ROWS).copy()
    for name in ("occurred_from", "occurred_to"):
        shown[name] = to_local(shown[name].to_numpy().astype("datetime64[s]"), parsed.timezone)
    return shown
