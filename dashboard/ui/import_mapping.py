"""The part of the import form where a person confirms or overrules how a file is read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui.choices import distinct
from dashboard.ui.plain import plain
from data_access.importers.mapping import CANONICAL, Mapping

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.frame import CategoryFact
    from data_access.importers.incidents import Preview

_COLUMNS_A_ROW = 4
_ORDERS = ("ymd", "dmy", "mdy")
_SYSTEMS = (4326, 3006, *range(3007, 3019), 3021, 3857)
_MOST_CODES = 60


def draw(preview: Preview, texts: Texts, mark: str) -> Mapping:
    """Draw the choices, filled with what was guessed or remembered; the mapping they amount to."""
    guessed = preview.mapping
    with st.expander(texts("import.columns"), icon=":material/view_column:", expanded=preview.parsed is None):
        st.caption(texts("import.columns_help"))
        columns = _columns(preview, texts, mark)
        order, crs, timezone = _details(guessed, texts, mark)
    return replace(guessed, columns=columns, date_order=order, crs=crs, timezone=timezone or guessed.timezone)


def codes(
    preview: Preview, mapping: Mapping, categories: tuple[CategoryFact, ...], texts: Texts, mark: str
) -> Mapping:
    """Draw a choice per own code that the catalogue does not know; unanswered ones stay under other."""
    unknown = dict(list(preview.unknown_codes.items())[:_MOST_CODES])
    if not unknown:
        return mapping
    shown = (category for category in categories if not category.is_hidden)
    names = distinct({category.code: texts.name(category) for category in shown})
    chosen: dict[str, str] = {}
    with st.expander(texts("import.codes", count=len(preview.unknown_codes)), icon=":material/label:"):
        st.caption(texts("import.codes_help"))
        grid = st.columns(_COLUMNS_A_ROW)
        for number, (own, rows) in enumerate(unknown.items()):
            answer = grid[number % _COLUMNS_A_ROW].selectbox(
                plain(texts("import.code_rows", code=own, rows=rows)),
                list(names),
                index=None,
                format_func=names.__getitem__,
                placeholder=names.get("other", ""),
                key=f"code-{mark}-{own}",
            )
            if answer:
                chosen[own] = answer
    return replace(mapping, categories={**mapping.categories, **chosen})


def _columns(preview: Preview, texts: Texts, mark: str) -> dict[str, str]:
    """Heading per canonical column; "" for one that is deliberately unused."""
    grid = st.columns(_COLUMNS_A_ROW)
    labels = distinct({"": texts("import.unused")} | {heading: heading for heading in preview.headings})
    headings = list(labels)
    chosen = {}
    for number, name in enumerate(CANONICAL):
        guessed = preview.mapping.columns.get(name, "")
        chosen[name] = grid[number % _COLUMNS_A_ROW].selectbox(
            texts(f"reading.column_{name}"),
            headings,
            index=headings.index(guessed) if guessed in headings else 0,
            format_func=labels.__getitem__,
            key=f"column-{mark}-{name}",
        )
    return chosen


def _details(guessed: Mapping, texts: Texts, mark: str) -> tuple[str | None, int | None, str]:
    first, second, third = st.columns(3)
    order = first.selectbox(
        texts("import.date_order"),
        (None, *_ORDERS),
        index=(None, *_ORDERS).index(guessed.date_order),
        format_func=lambda name: texts(f"reading.order_{name}") if name else texts("import.by_itself"),
        key=f"order-{mark}",
    )
    systems = tuple(dict.fromkeys((None, *_SYSTEMS, guessed.crs)))
    crs = second.selectbox(
        texts("import.crs"),
        systems,
        index=systems.index(guessed.crs),
        format_func=lambda epsg: _system(epsg, texts),
        key=f"crs-{mark}",
    )
    timezone = third.text_input(
        texts("import.timezone"), value=guessed.timezone or "", key=f"timezone-{mark}"
    )
    return order, crs, timezone


def _system(epsg: int | None, texts: Texts) -> str:
    if epsg is None:
        return texts("import.by_itself")
    key = "reading.crs_local" if epsg in range(3007, 3019) else f"reading.crs_{epsg}"
    name = texts(key) if texts.has(key) else ""
    return f"EPSG:{epsg} {name}".strip()
