"""What a survey says, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.situation.cell_words import share_in_words

if TYPE_CHECKING:
    from dashboard.situation.survey import Priority
    from dashboard.statistics.proportions import Difference
    from dashboard.texts import Texts
    from data_access.surveys.told import Cell


def priority_words(one: Priority, texts: Texts) -> str:
    """A risk and why it is among the first: how common, against the municipality, what has come, and the wish for help."""
    parts = [
        texts("surveys.priority", name=texts.name(one.indicator), share=share_in_words(one.share, texts))
        + _precision(one.share, texts)
        + "."
    ]
    if elsewhere := share_in_words(one.elsewhere, texts):
        parts.append(texts("surveys.priority_elsewhere", share=elsewhere))
    if one.change is not None and one.change.is_clear:
        parts.append(_change(one.change, texts))
    if unmet := share_in_words(one.unmet, texts):
        parts.append(texts("surveys.priority_unmet", share=unmet))
    return " ".join(parts)


def _precision(cell: Cell, texts: Texts) -> str:
    """The interval of a share and how many answered, in brackets; nothing where neither is told."""
    said = []
    if cell.low is not None and cell.high is not None:
        ends = {"low": texts.number(100 * cell.low), "high": texts.percent(cell.high)}
        said.append(texts("survey_chart.range", **ends))
    if cell.n is not None:
        said.append(texts("surveys.priority_answers", n=cell.n))
    return f" ({', '.join(said)})" if said else ""


def _change(change: Difference, texts: Texts) -> str:
    """By how many points, with the interval, in the direction that the sentence names."""
    is_more = change.value > 0
    sign = 100 if is_more else -100
    low, high = sorted((sign * change.low, sign * change.high))
    key = "surveys.priority_more" if is_more else "surveys.priority_fewer"
    ends = {"low": texts.number(low), "high": texts.number(high)}
    return texts(key, points=texts.number(sign * change.value), **ends)
