"""Reading the chapters of counting.md: a town, a question, an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data_access.permissions import LOCAL_VIEWER, OPERATOR, Viewer
from data_access.selection import Selection
from tests.small_town import incident

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUESTION = re.compile(
    r"Count(?: by (?P<by>.+?))?(?: where (?P<where>.+?))?(?P<coordinator>, as coordinator)?\."
)
_READ = {"count": int, "weekday": int, "hour": int, "date": date.fromisoformat, "week": date.fromisoformat}


@dataclass(frozen=True)
class Chapter:
    """An example: rows as `small_town.incident` makes them with their sources, the question, the rows of the answer."""

    title: str
    town: tuple[tuple[str, dict[str, Any]], ...]
    selection: Selection
    by: tuple[str, ...]
    viewer: Viewer
    answer: list[dict[str, Any]]


def chapters() -> Iterator[Chapter]:
    """All chapters."""
    text = Path(__file__).with_name("counting.md").read_text("utf-8")
    for chapter in text.split("\n## ")[1:]:
        yield _chapter(chapter)


def _chapter(text: str) -> Chapter:
    title, town, question, answer = text.strip().split("\n\n")
    found = _QUESTION.fullmatch(question)
    assert found, question
    where = dict(part.split("=") for part in (found["where"] or "").split(" & ") if part)
    return Chapter(
        title=title,
        town=tuple(_incident(number, row) for number, row in enumerate(_table(town))),
        selection=Selection.from_query(where),
        by=tuple((found["by"] or "").split(", ")) if found["by"] else (),
        viewer=LOCAL_VIEWER if found["coordinator"] else OPERATOR,
        answer=[{name: _value(name, text) for name, text in row.items()} for row in _table(answer)],
    )


def _table(text: str) -> list[dict[str, str]]:
    names, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines())
    return [dict(zip(names, row, strict=True)) for row in rows]


def _incident(number: int, row: dict[str, str]) -> tuple[str, dict[str, Any]]:
    start, _, end = (part.replace(" ", "T") for part in row["when"].partition(" .. "))
    given: dict[str, Any] = {"reported": row.get("reported", "unknown")}
    if end:
        given["end"] = end
    if row["district"] != "-":
        given["area_code"] = row["district"]
    if row.get("point", "-") != "-":
        given["at"] = tuple(float(value) for value in row["point"].split())
    return row["source"], incident(f"k{number}", row["type"], start, **given)


def _value(name: str, text: str) -> Any:
    return None if text == "-" else _READ.get(name, str)(text)
