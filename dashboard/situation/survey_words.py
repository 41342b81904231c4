"""What a survey says, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.situation.survey import Priority
    from dashboard.texts import Texts


def priority_words(one: Priority, texts: Texts) -> str:
    """A risk and why it is among the first: how common, against the municipality, what has come, and the wish for help."""
    parts = [texts("surveys.priority", name=texts.name(one.indicator), share=texts.percent(one.share))]
    if one.elsewhere is not None:
        parts.append(texts("surveys.priority_elsewhere", share=texts.percent(one.elsewhere)))
    if one.change is not None:
        key = "surveys.priority_more" if one.change > 0 else "surveys.priority_fewer"
        parts.append(texts(key, points=texts.number(abs(100 * one.change))))
    if one.unmet is not None:
        parts.append(texts("surveys.priority_unmet", share=texts.percent(one.unmet)))
    return " ".join(parts)
