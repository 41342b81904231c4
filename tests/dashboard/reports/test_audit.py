from __future__ import annotations

import pytest

from dashboard.reports.audit import told


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ({}, ""),
        ({"before": {"contact": ""}, "after": {"contact": "Eva"}}, "contact: \u2013 \u2192 Eva"),
        (
            {
                "membership": 3,
                "before": {"role": "police", "user": 1},
                "after": {"role": "analyst", "user": 1},
            },
            "role: police \u2192 analyst; membership: 3",
        ),
        (
            {"membership": 3, "before": None, "after": {"role": "police", "areas": []}},
            "role: police; areas: \u2013; membership: 3",
        ),
        ({"membership": 3, "before": {"role": "police"}, "after": None}, "role: police; membership: 3"),
        ({"user": 1, "before": False, "after": True}, "false \u2192 true; user: 1"),
        ({"batch": 1, "stored": 8}, "batch: 1; stored: 8"),
        ({"filter": {"areas": "01"}, "rows": 4}, 'filter: {"areas": "01"}; rows: 4'),
    ],
)
def test_a_row_is_told_on_one_line(details: dict[str, object], expected: str) -> None:
    assert told(details) == expected
