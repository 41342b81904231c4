"""What goes into a snapshot, read from the database as Arrow columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import BigInteger, String, case, cast, extract, func, select, type_coerce
from sqlmodel import col

from data_access.arrow_types import arrow_type
from data_access.local_calendar import monday_of
from data_access.models import (
    Area,
    AreaSet,
    AuditLog,
    Category,
    CategoryGroup,
    Incident,
    IncidentArea,
    Municipality,
    Organisation,
)
from data_access.models.incident import PLACE_PRECISIONS, POLICE_REPORTED, TIME_PRECISIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from sqlalchemy import ColumnElement, Select
    from sqlmodel import Session

    from data_access.models.columns import TableModel

NO_AREA = -1
ROWS_AT_A_TIME = 5000
"""More at a time is slower: the values of a batch then no longer fit in the processor's cache."""

_WORD = pa.dictionary(pa.int8(), pa.string())
_TIME = pa.timestamp("s", "UTC")
WORDS = {
    "time_precision": TIME_PRECISIONS,
    "place_precision": PLACE_PRECISIONS,
    "police_reported": POLICE_REPORTED,
}
INCIDENT = pa.schema(
    [
        ("id", pa.int64()),
        ("organisation_id", pa.int32()),
        ("category_id", pa.int32()),
        ("occurred_from", _TIME),
        ("occurred_to", _TIME),
        ("time_precision", _WORD),
        ("local_date", pa.date32()),
        ("local_week", pa.date32()),
        ("local_weekday", pa.int8()),
        ("local_hour", pa.int8()),
        ("x", pa.float64()),
        ("y", pa.float64()),
        ("place_precision", _WORD),
        ("area_code", pa.dictionary(pa.int32(), pa.string())),
        ("police_reported", _WORD),
    ]
)
"""Columns of `incident` in a snapshot: no note, no own code, no key of the source."""

_BARE = {field.name: pa.int8() if field.name in WORDS else field.type for field in INCIDENT}
_FOLLOWS = ("local_week", "local_weekday")
"""Follow from the date, which is faster than reading them."""

_SMALL: dict[type[TableModel], tuple[str, ...]] = {
    AreaSet: ("id", "name", "version", "srid"),
    Area: ("id", "area_set_id", "parent_id", "level", "code", "name", "population"),
    CategoryGroup: ("id", "code", "name_sv", "name_en", "rank"),
    Category: ("id", "group_id", "code", "kind", "sensitivity", "name_sv", "name_en", "rank", "is_hidden"),
    Organisation: ("id", "name", "kind"),
}


@dataclass(frozen=True)
class State:
    """Where the database is: data version, epoch of the facts, and the newest write.

    Two databases, or one before and after an old copy of it was put back, can be at the same version. The newest row of
    the audit log, which takes one row for every write, tells them apart.
    """

    version: int
    epoch: int
    last_write: int
    written_at: str


_STATE = (
    select(col(Municipality.data_version), col(Municipality.facts_epoch), col(AuditLog.id), col(AuditLog.at))
    .select_from(Municipality)
    .outerjoin(AuditLog, col(AuditLog.id) == select(func.max(col(AuditLog.id))).scalar_subquery())
)


def read_state(session: Session) -> State:
    """State of the database that a session sees."""
    version, epoch, last_write, at = session.connection().execute(_STATE).one()
    return State(version, epoch, last_write or 0, _text(at))


def has_happened(session: Session, state: State) -> bool:
    """Whether the database has been in a state, which then holds for all of its rows of that time but rewritten ones."""
    at = session.execute(select(col(AuditLog.at)).where(col(AuditLog.id) == state.last_write)).scalar()
    return _text(at) == state.written_at


def _text(at: Any) -> str:
    return at.astimezone(UTC).isoformat() if at else ""


def read_incidents(session: Session, after_id: int) -> pa.Table:
    """Incidents with ids above `after_id` in the order of ids; columns as in INCIDENT."""
    is_sqlite = _is_sqlite(session)
    names = [name for name in INCIDENT.names if name not in _FOLLOWS]
    columns = [_selected(name, is_sqlite=is_sqlite) for name in names]
    query = select(*columns).where(col(Incident.id) > after_id).order_by(col(Incident.id))
    handed = {name: _handed_over(name, is_sqlite=is_sqlite) for name in names}
    parts: dict[str, list[pa.Array]] = {name: [pa.array([], _BARE[name])] for name in names}
    for batch in _batches(session, query):
        for name, values in zip(names, batch, strict=True):
            parts[name].append(_converted(pa.array(values, handed[name]), _BARE[name]))
    return _whole({name: pa.concat_arrays(parts.pop(name)) for name in names})


def _whole(found: dict[str, Any]) -> pa.Table:
    """Put back what was left out, and words for their codes."""
    found["occurred_to"] = pc.fill_null(found["occurred_to"], found["occurred_from"])
    day = found["local_date"].to_numpy(zero_copy_only=False)
    found["local_week"] = pa.array(monday_of(day))
    found["local_weekday"] = pa.array((day - monday_of(day)).astype(np.int8))
    for name, words in WORDS.items():
        found[name] = pa.DictionaryArray.from_arrays(found[name], pa.array(words))
    return pa.table({name: found[name] for name in INCIDENT.names}, schema=INCIDENT)


def _selected(name: str, *, is_sqlite: bool) -> ColumnElement[Any]:
    """A column in the form that costs least to hand over: words as small numbers, times as the database keeps them."""
    column: Any = col(getattr(Incident, name))
    if name in WORDS:
        return case({word: code for code, word in enumerate(WORDS[name])}, value=column)
    if name == "occurred_to":  # mostly the same as the beginning
        column = func.nullif(column, col(Incident.occurred_from))
    if is_sqlite:
        return type_coerce(column, String) if _is_time(name) else column
    return cast(func.floor(extract("epoch", column)), BigInteger) if _BARE[name] == _TIME else column


def _handed_over(name: str, *, is_sqlite: bool) -> pa.DataType:
    """What the driver gives for a column: SQLite keeps times as text, which Arrow reads faster than objects are made of it."""
    if is_sqlite and _is_time(name):
        return pa.string()
    return pa.int64() if _BARE[name] == _TIME else _BARE[name]


def _is_time(name: str) -> bool:
    return pa.types.is_temporal(_BARE[name])


def _converted(values: pa.Array, kind: pa.DataType) -> pa.Array:
    if values.type == pa.string() and kind == _TIME:
        values = values.cast(pa.timestamp("us")).cast(pa.timestamp("s"), safe=False)
    return values.cast(kind)


def _batches(session: Session, query: Select[*tuple[Any, ...]]) -> Iterator[list[list[Any]]]:
    """Columns of the rows, some thousand rows at a time; rows are never gathered, which would wake the garbage collector."""
    width = len(query.selected_columns)
    is_sqlite = _is_sqlite(session)
    # SQLite's own cursor is the fastest, and only whole as long as SQLAlchemy does not read ahead.
    options: dict[str, Any] = {} if is_sqlite else {"stream_results": True, "yield_per": ROWS_AT_A_TIME}
    with session.connection().execute(query, execution_options=options) as result:
        rows: Any = result.cursor if is_sqlite else result
        while flat := list(chain.from_iterable(islice(rows, ROWS_AT_A_TIME))):
            yield [flat[at::width] for at in range(width)]


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def read_places(
    session: Session, ids: NDArray[np.int64], area_sets: Sequence[int]
) -> dict[int, NDArray[np.int64]]:
    """Area id of each incident in each set, -1 for none; `ids` rise and are all there is above the one before the first."""
    found = {area_set: np.full(len(ids), NO_AREA, np.int64) for area_set in area_sets}
    if not len(ids):
        return found
    columns = [col(getattr(IncidentArea, name)) for name in ("incident_id", "area_set_id", "area_id")]
    query = (
        select(*columns)
        .where(col(IncidentArea.incident_id) >= int(ids[0]))
        .order_by(col(IncidentArea.incident_id))
    )
    for values in _batches(session, query):
        incident, area_set, area = (np.array(column, np.int64) for column in values)
        row = np.searchsorted(ids, incident)
        for number, areas in found.items():
            mine = area_set == number
            areas[row[mine]] = area[mine]
    return found


def read_small_tables(session: Session) -> dict[str, pa.Table]:
    """The tables that incidents refer to, by their names; no geometry."""
    return {model.__table__.name: _read_small(session, model, names) for model, names in _SMALL.items()}


def _read_small(session: Session, model: type[TableModel], names: tuple[str, ...]) -> pa.Table:
    columns = [model.__table__.c[name] for name in names]
    rows = session.execute(select(*columns).order_by(columns[0])).all()
    schema = pa.schema([(column.name, arrow_type(column.type)) for column in columns])
    return pa.Table.from_pylist([dict(row._mapping) for row in rows], schema)  # noqa: SLF001 - SQLAlchemy's documented name
