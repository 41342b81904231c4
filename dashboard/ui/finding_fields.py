"""The fields of a finding that is written by hand: its sentence, what it rests on, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui import session
from dashboard.ui.choices import distinct
from data_access.changes import FindingEntry
from data_access.models.finding import FINDING_SOURCES, LONGEST_IN_FINDING, OF_A_SURVEY
from data_access.surveys.door import read_release

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.texts import Texts
    from data_access.surveys.told import Wave


def draw(
    first: FindingEntry, waves: Sequence[Wave], districts: dict[str, str], texts: Texts, *, key: str
) -> FindingEntry:
    """The fields, filled in with `first`, as what is in them now; `districts`: names by code."""
    said = st.text_area(
        texts("finding_field.statement"), first.statement, max_chars=LONGEST_IN_FINDING["statement"], height=80,
        help=texts("findings.statement_help"), key=f"{key}-text",
    )  # fmt: skip
    with st.container(horizontal=True):
        source = st.selectbox(
            texts("finding_field.source"), FINDING_SOURCES, FINDING_SOURCES.index(first.source),
            format_func=lambda one: texts(f"finding_source.{one}"), key=f"{key}-source",
        )  # fmt: skip
        wave, code = _survey(first, waves, texts, key=key) if source in OF_A_SURVEY else (None, "")
    names = distinct(districts)
    areas = st.multiselect(
        texts("findings.where"), list(names), [one for one in first.area_codes if one in names],
        format_func=names.__getitem__, placeholder=texts("findings.whole"), key=f"{key}-areas",
    )  # fmt: skip
    return FindingEntry(said, source, tuple(areas), wave, code)


def _survey(first: FindingEntry, waves: Sequence[Wave], texts: Texts, *, key: str) -> tuple[int | None, str]:
    """The wave and the question; one of an older edition stays as long as none is chosen in its place."""
    named = distinct({one.id: one.name for one in waves})
    numbers = [None, *([first.wave_id] if first.wave_id not in (None, *named) else []), *named]
    wave = st.selectbox(
        texts("surveys.wave"), numbers, numbers.index(first.wave_id), key=f"{key}-wave",
        format_func=lambda one: texts("findings.none") if one is None else named.get(one, str(one)),
    )  # fmt: skip
    if wave is None:
        return None, ""
    release = read_release(session.database(), session.viewer(), wave)
    asked = distinct({one.code: texts.name(one) for one in release.indicators}) if release else {}
    held = first.indicator_code if wave == first.wave_id else ""
    codes = ["", *([held] if held and held not in asked else []), *asked]
    code = st.selectbox(
        texts("survey_chart.column_indicator"), codes, codes.index(held), key=f"{key}-indicator-{wave}",
        format_func=lambda one: asked.get(one, one) or texts("findings.none"),
    )  # fmt: skip
    return wave, code
