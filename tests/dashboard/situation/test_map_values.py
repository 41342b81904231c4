from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from dashboard.situation.map_values import area_changes, area_values
from data_access.selection import Period
from tests.dashboard.situation.asking import asked
from tests.small_town import incident, store_areas, store_incidents

if TYPE_CHECKING:
    from data_access.database import Database


def test_map_values_by_hand(small: Database) -> None:
    values = area_values(asked(small))
    years = 39 / 364
    assert values.count.tolist() == [4, 2, 3, 2]
    assert values.rate[:3] == pytest.approx([4 / years, 4 / years, 1.5 / years])
    assert np.isnan([values.rate[3], values.smoothed[3], *values.before]).all()
    assert (values.rate_low[:3] < values.rate[:3]).all()
    assert (values.rate[:3] < values.rate_high[:3]).all()
    mean = 9 / (3500 * years) * 1000
    assert (np.abs(values.smoothed[:3] - mean) <= np.abs(values.rate[:3] - mean) + 1e-9).all()
    changes = area_changes(asked(small))
    assert np.isnan(changes.change).all()
    assert not changes.is_clear.any()


def test_a_change_is_a_share_of_before(empty: Database) -> None:
    store_areas(empty)
    rows = [incident(f"a{n}", "noise", f"2026-01-{5 + n % 7:02d}T10:00", at=(500, 500)) for n in range(40)]
    rows += [incident(f"b{n}", "noise", f"2026-01-{12 + n % 7:02d}T10:00", at=(500, 500)) for n in range(80)]
    rows += [incident(f"c{n}", "noise", f"2026-01-{5 + n % 14:02d}T10:00", at=(1500, 500)) for n in range(14)]
    store_incidents(empty, rows)
    of = asked(empty, period=Period(date(2026, 1, 12), date(2026, 1, 18)))
    changes = area_changes(of)
    assert area_values(of).before.tolist() == [40, 7, 0, 0]
    assert changes.change[:2] == pytest.approx([1.0, 0.0])
    assert np.isnan(changes.change[2:]).all()
    assert changes.is_clear.tolist() == [True, False, False, False]
