"""Key figures in a row, each with what it was in the comparable period and whether that is a difference."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from dashboard.situation.explore import KeyFigure
    from dashboard.texts import Texts


def draw(figures: tuple[KeyFigure, ...], texts: Texts) -> None:
    """Draw them side by side."""
    with st.container(border=True, key="figures"):
        cards = "".join(_card(figure, texts) for figure in figures)
        st.html(f"<dl class='samsyn-figures'>{cards}</dl>")


def _card(figure: KeyFigure, texts: Texts) -> str:
    name, help_text = (escape(texts(f"explore.{part}_{figure.name}")) for part in ("figure", "help"))
    value = escape(_written(figure.value, figure.unit, texts))
    return (
        f"<div title='{help_text}'><dt>{name}</dt><dd class='value'>{value}</dd>"
        f"<dd>{escape(_comparison(figure, texts))}</dd></div>"
    )


def _written(value: float | None, unit: str, texts: Texts) -> str:
    if value is None:
        return "\u2013"
    if unit == "share":
        return texts.percent(value)
    return texts.number(value, 1 if unit == "per_1000_year" else 0)


def _comparison(figure: KeyFigure, texts: Texts) -> str:
    if figure.value_before is None:
        return texts("explore.no_comparison")
    before = texts("explore.before", value=_written(figure.value_before, figure.unit, texts))
    if figure.comparison is None:
        return before
    return f"{before} {texts(f'explore.words_{figure.comparison.words}')}"
