"""Key figures and the period, as they are written on the page."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.situation.explore import KeyFigure, Situation
    from dashboard.texts import Texts
    from data_access.permissions import Sight

NONE = "\u2013"


def few_in_words(sight: Sight, texts: Texts) -> str:
    """What stands in place of a count that is too small to be told; a dash for whom every count is told."""
    return texts("explore.few", count=sight.fewest) if sight.fewest else NONE


def value_in_words(figure: KeyFigure, few: str, texts: Texts) -> str:
    """A key figure as it is written; a dash where there is none, `few` where it is hidden."""
    return _written(figure.value, figure.unit, few, texts)


def comparison_in_words(figure: KeyFigure, few: str, texts: Texts) -> str:
    """What it was in the comparable period, and whether that is a difference."""
    if figure.value_before is None:
        return texts("explore.no_comparison")
    before = texts("explore.before", value=_written(figure.value_before, figure.unit, few, texts))
    if figure.comparison is None:
        return before
    return f"{before} {texts(f'explore.words_{figure.comparison.words}')}"


def period_in_words(of: Situation, texts: Texts) -> str:
    """First and last day."""
    return texts(
        "explore.period", first=texts.short_date(of.period.first), last=texts.short_date(of.period.last)
    )


def compared_in_words(of: Situation, texts: Texts) -> str:
    """With which days it is compared."""
    before = of.before_period
    if before is None:
        return texts("explore.not_compared")
    return texts("explore.compared", first=texts.short_date(before.first), last=texts.short_date(before.last))


def _written(value: float | None, unit: str, few: str, texts: Texts) -> str:
    if value is None:
        return NONE
    if isnan(value):
        return few if unit == "incidents" else NONE
    if unit == "share":
        return texts.percent(value)
    return texts.number(value, 1 if unit == "per_1000_year" else 0)
