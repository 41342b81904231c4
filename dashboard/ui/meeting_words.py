"""Decisions as rows to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.situation.cards import area_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.texts import Texts
    from data_access.frame import Frame
    from data_access.meetings import DecisionFact


def decision_rows(
    decisions: Iterable[DecisionFact], frame: Frame, texts: Texts, *, by_organisation: bool = False
) -> pd.DataFrame:
    """What, where, who, by when, how it stands, and since which meeting; or by whom, by when and how it stands first."""
    names = ("what", "where", "organisation", "person", "deadline", "status", "moved", "since")
    rows = [
        (
            one.what,
            where_of(one, frame),
            one.organisation,
            one.person,
            one.deadline.isoformat() if one.deadline else "",
            status_of(one, texts),
            one.times_moved,
            one.held_on.isoformat(),
        )
        for one in decisions
    ]
    table = pd.DataFrame(rows, columns=[texts(f"meetings.column_{name}") for name in names])
    heads = [texts(f"meetings.column_{name}") for name in ("organisation", "deadline", "status")]
    for place, head in enumerate(
        heads if by_organisation else ()
    ):  # what is overdue is seen without scrolling
        table.insert(place, head, table.pop(head))
    return table


def where_of(one: DecisionFact, frame: Frame) -> str:
    """Districts by name, and the place in words."""
    return ", ".join((*area_names(one.areas, frame), *((one.place,) if one.place else ())))


def status_of(one: DecisionFact, texts: Texts) -> str:
    """Its status, and whether its day has passed."""
    status = texts(f"decision_status.{one.status}")
    return texts("meetings.overdue", status=status) if one.is_overdue else status


def status_now(then: DecisionFact, now: DecisionFact | None, texts: Texts) -> str:
    """How it stands now, and until when, where that is something else than it was then; else nothing."""
    if now is None or (then.status, then.deadline) == (now.status, now.deadline):
        return ""
    is_dated = now.is_unfinished and now.deadline is not None and now.deadline != then.deadline
    due = (
        f", {texts('meetings.due', day=texts.short_date(now.deadline))}" if is_dated and now.deadline else ""
    )
    return f"{status_of(now, texts)}{due}"
