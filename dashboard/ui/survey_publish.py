"""Publishing a survey: choose a file, see what would be published and hidden, publish it. Never a single answer is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.refusals import REFUSED, in_words
from dashboard.reports.surveys import lines
from dashboard.settings import SettingsError, settings
from dashboard.ui import session
from dashboard.ui.plain import plain
from data_access.importers.survey_mapping import survey_mapping_from_json
from data_access.models.survey import INSTRUMENTS
from data_access.permissions import NotPermittedError
from data_access.survey_releases import release_survey

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.texts import Texts
    from data_access.importers.limits import FileLike
    from data_access.survey_releases import SurveyReport
    from data_access.surveys.told import Wave

_TABLES = ["csv", "tsv", "txt", "xlsx", "xls", "ods"]
_ROUND, _REPORT = "survey-round", "survey-report"
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


@dataclass(frozen=True)
class _Asked:
    """What the form holds."""

    file: FileLike
    wave: str
    instrument: str
    year: int
    areas: str | None
    turnout: FileLike | None
    previous: FileLike | None
    mapping: bytes | None


def draw(waves: Iterable[Wave], texts: Texts) -> None:
    """Draw the form; after publishing it begins anew, so that the file does not stay in memory."""
    del waves
    st.markdown(texts("surveys.publish_help"))
    told = st.session_state.pop(_REPORT, None)
    if told:
        st.success("\n\n".join(plain(line) for line in told), icon=":material/check:")
    try:
        secret = settings().check_survey_secret()
    except SettingsError as problem:
        st.warning(plain(texts(f"settings.{problem.reason}", **problem.parameters)), icon=":material/key:")
        return
    asked = _form(texts)
    if asked is None:
        return
    with st.container(horizontal=True):
        is_looked_at = st.button(texts("surveys.preview"), icon=":material/visibility:", key="survey-preview")
        is_published = st.button(
            texts("surveys.publish"), type="primary", icon=":material/publish:", key="survey-publish"
        )
    if is_looked_at or is_published:
        report = _released(asked, secret, texts, is_dry=not is_published)
        if report is not None and is_published:
            st.session_state[_REPORT] = lines(report, texts)
            st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
            st.rerun()
        elif report is not None:
            st.info("\n\n".join(plain(line) for line in lines(report, texts)), icon=":material/visibility:")


def _form(texts: Texts) -> _Asked | None:
    number = st.session_state.get(_ROUND, 0)
    file = _file("answers", _TABLES, number, texts)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wave = st.text_input(texts("surveys.wave"), max_chars=120, key=f"survey-name-{number}", width=280)
        instrument = st.selectbox(
            texts("surveys.instrument"), INSTRUMENTS, format_func=lambda name: texts(f"surveys.instrument_{name}"),
            key=f"survey-kind-{number}", width=220,
        )  # fmt: skip
        year = st.number_input(
            texts("surveys.year"), _FIRST_YEAR, _LAST_YEAR, session.today(session.current_facts(None)).year,
            key=f"survey-year-{number}", width=120,
        )  # fmt: skip
        sets = list(dict.fromkeys(one.name for one in reversed(session.current_frame().area_sets)))
        areas = st.selectbox(texts("linked.area_set"), sets, key=f"survey-areas-{number}", width=220)
    with st.expander(texts("surveys.more")):
        turnout = _file("turnout", _TABLES, number, texts)
        previous = _file("previous", _TABLES, number, texts)
        described = _file("mapping", ["json"], number, texts)
    if file is None or not wave:
        st.caption(texts("surveys.publish_waits"))
        return None
    mapping = described[0] if described else None
    return _Asked(file, wave, instrument, int(year), areas, turnout, previous, mapping)


def _file(name: str, types: list[str], number: int, texts: Texts) -> tuple[bytes, str] | None:
    found = st.file_uploader(
        texts(f"surveys.file_{name}"),
        type=types,
        key=f"survey-{name}-{number}",
        help=texts(f"surveys.help_{name}"),
    )
    return (found.getvalue(), found.name) if found is not None else None


def _released(asked: _Asked, secret: str, texts: Texts, *, is_dry: bool) -> SurveyReport | None:
    """Read, build, and publish unless it is only looked at; a refusal is said in words."""
    try:
        with st.spinner(texts("surveys.building")):
            return release_survey(
                session.database(),
                session.viewer(),
                asked.file,
                wave=asked.wave,
                instrument=asked.instrument,
                secret=secret,
                year=asked.year,
                mapping=survey_mapping_from_json(asked.mapping) if asked.mapping else None,
                areas=asked.areas,
                turnout=asked.turnout,
                previous=asked.previous,
                is_dry=is_dry,
            )
    except REFUSED as problem:
        st.error(plain(in_words(problem, texts)), icon=":material/block:")
    except NotPermittedError:
        st.error(texts("ui.not_permitted"), icon=":material/lock:")
    return None
