"""Data about the data, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pandas as pd

from dashboard.situation.quality import gaps
from dashboard.situation.words import few_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.texts import Texts
    from data_access.batches import SourceSummary
    from data_access.facts import Facts

_SEPARATOR = " | "


def sources_table(facts: Facts, sources: Sequence[SourceSummary], texts: Texts) -> pd.DataFrame:
    """One row per source: records, days, last import (wall clock), files, rows refused."""
    zone, few = ZoneInfo(facts.frame.timezone), few_in_words(facts.sight, texts)
    rows = [
        (
            source.name,
            few if source.records is None else texts.number(source.records),
            source.first_date.isoformat(),
            source.last_date.isoformat(),
            source.last_import_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
            if source.last_import_at
            else "",
            source.last_file,
            texts.number(source.refused),
        )
        for source in sources
    ]
    names = ("source", "records", "first", "last", "imported_at", "file", "refused")
    return pd.DataFrame(rows, columns=[texts(f"about.{name}") for name in names])


def gaps_table(facts: Facts, texts: Texts) -> pd.DataFrame:
    """One row per thing that is missing: what, how many, share."""
    rows = [
        (texts(f"about.gap_{gap.name}"), texts.number(gap.count), texts.percent(gap.share, 1))
        for gap in gaps(facts)
    ]
    return pd.DataFrame(rows, columns=[texts("about.gap"), texts("about.records"), texts("about.share")])


def glossary(texts: Texts) -> list[tuple[str, str]]:
    """Terms and their definitions, in the order of the language's alphabet."""
    pairs = [tuple(entry.split(_SEPARATOR, 1)) for entry in texts.table("glossary").values()]
    return sorted(((term, meaning) for term, meaning in pairs), key=lambda pair: pair[0].casefold())
