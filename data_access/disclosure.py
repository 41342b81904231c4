"""What of the records may be told: which have only a month, and which have a place.

Types of sensitivity 1 lose their points, types of sensitivity 2 also their days and hours, unless the viewer sees exact records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data_access.records import POINT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data_access.frame import Frame
    from data_access.records import Records

DISTRICT_ONLY = 1
AGGREGATE_ONLY = 2


@dataclass(frozen=True, eq=False)
class Disclosure:
    """For each record: the sensitivity of its type, whether only its month may be told, and whether its point may."""

    sensitivity: NDArray[np.int8]
    is_monthly: NDArray[np.bool_]
    is_place: NDArray[np.bool_]


def disclosure(frame: Frame, records: Records, *, is_exact: bool) -> Disclosure:
    """What may be told of each record; of everything everything when `is_exact`, but a stand-in is never a place."""
    by_id = np.zeros(max((one.id for one in frame.categories), default=0) + 1, np.int8)
    for one in frame.categories:
        by_id[one.id] = one.sensitivity
    sensitivity = by_id[records.category_id]
    is_point = records.place_precision == POINT
    return Disclosure(
        sensitivity=sensitivity,
        is_monthly=(sensitivity >= AGGREGATE_ONLY) & (not is_exact),
        is_place=is_point & ((sensitivity < DISTRICT_ONLY) | is_exact),
    )
