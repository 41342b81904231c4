"""Key figures in a row, each with what it was in the comparable period and whether that is a difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from dashboard.situation.explore import KeyFigure
    from dashboard.texts import Texts


def draw(figures: tuple[KeyFigure, ...], texts: Texts) -> None:
    """Draw them side by side."""
    for column, figure in zip(st.columns(len(figures), gap="small"), figures, strict=True):
        with column, st.container(border=True, gap=None, key=f"figure-{figure.name}"):
            st.caption(texts(f"explore.figure_{figure.name}"), help=texts(f"explore.help_{figure.name}"))
            st.markdown(f"### {_written(figure.value, figure.unit, texts)}")
            st.caption(_comparison(figure, texts))


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
