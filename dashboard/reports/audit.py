"""What a row of the audit log says of a change, on one line."""

from __future__ import annotations

import json
from typing import Any

NOTHING = "\u2013"
_ARROW = " \u2192 "


def told(details: dict[str, Any]) -> str:
    """What was changed from what to what, and all else that the row holds: "role: police \u2192 analyst; membership: 3"."""
    before, after = details.get("before"), details.get("after")
    changed = _changes(before, after) if "before" in details or "after" in details else []
    others = [
        f"{name}: {_written(value)}" for name, value in details.items() if name not in ("before", "after")
    ]
    return "; ".join([*changed, *others])


def _changes(before: Any, after: Any) -> list[str]:
    if not isinstance(before, dict) and not isinstance(after, dict):
        return [f"{_written(before)}{_ARROW}{_written(after)}"]
    then, now = before or {}, after or {}
    names = [name for name in {**then, **now} if then.get(name) != now.get(name)]
    if not then or not now:  # something new, or something that is gone: there is nothing on the other side
        return [f"{name}: {_written((then or now)[name])}" for name in names]
    return [f"{name}: {_written(then.get(name))}{_ARROW}{_written(now.get(name))}" for name in names]


def _written(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return NOTHING
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
