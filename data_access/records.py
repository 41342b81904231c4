"""Incidents as plain columns, as the snapshot hands them over."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.compute as pc

from data_access.models.incident import PLACE_PRECISIONS, POLICE_REPORTED, TIME_PRECISIONS

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

INTERVAL, DATE = TIME_PRECISIONS.index("interval"), TIME_PRECISIONS.index("date")
POINT, STAND_IN = PLACE_PRECISIONS.index("point"), PLACE_PRECISIONS.index("stand_in")
NO_AREA = -1


@dataclass(frozen=True, eq=False)
class Records:
    """n incidents: ids of the database; `occurred_*` UTC datetime64[s], `local_date` datetime64[D]; words as their index.

    `x`, `y`: metres in the municipality's CRS, NaN where there is no point; `area_id` -1 outside all districts.
    """

    category_id: NDArray[np.int32]
    organisation_id: NDArray[np.int32]
    area_id: NDArray[np.int64]
    reported: NDArray[np.int8]
    occurred_from: NDArray[np.datetime64]
    occurred_to: NDArray[np.datetime64]
    local_date: NDArray[np.datetime64]
    time_precision: NDArray[np.int8]
    place_precision: NDArray[np.int8]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    has_area_code: NDArray[np.bool_]

    @classmethod
    def of(cls, table: pa.Table) -> Records:
        """Columns of `snapshot.incidents`."""
        return cls(
            category_id=_plain(table["category_id"], np.int32),
            organisation_id=_plain(table["organisation_id"], np.int32),
            area_id=_plain(pc.fill_null(table["area_id"], NO_AREA), np.int64),
            reported=_index(table["police_reported"], POLICE_REPORTED),
            occurred_from=_times(table["occurred_from"], "s"),
            occurred_to=_times(table["occurred_to"], "s"),
            local_date=_times(table["local_date"], "D"),
            time_precision=_index(table["time_precision"], TIME_PRECISIONS),
            place_precision=_index(table["place_precision"], PLACE_PRECISIONS),
            x=_plain(table["x"], np.float64),
            y=_plain(table["y"], np.float64),
            has_area_code=_plain(table["has_area_code"], np.bool_),
        )

    def and_then(self, other: Records) -> Records:
        """These and the others after them."""
        both = ((getattr(self, one.name), getattr(other, one.name)) for one in fields(self))
        return Records(*(np.concatenate(pair) for pair in both))

    @property
    def size(self) -> int:
        """Number of incidents."""
        return len(self.category_id)


def _plain(column: Any, dtype: Any) -> NDArray[Any]:
    return np.asarray(column.to_numpy(), dtype)


def _times(column: Any, unit: str) -> NDArray[np.datetime64]:
    return column.to_numpy().astype(f"datetime64[{unit}]")


def _index(column: Any, words: tuple[str, ...]) -> NDArray[np.int8]:
    """Place of each word, dictionary by dictionary: the words themselves are never made."""
    parts = []
    for chunk in column.dictionary_encode().chunks if column.num_chunks else []:
        places = np.array([words.index(word) for word in chunk.dictionary.to_pylist()], np.int8)
        parts.append(places[chunk.indices.to_numpy(zero_copy_only=False)] if len(chunk) else places[:0])
    return np.concatenate(parts) if parts else np.zeros(0, np.int8)
