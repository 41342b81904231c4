"""Which wave of an instrument is looked at, with which earlier one it is compared, where, and of whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts.survey_words import named
from dashboard.geometry import document
from dashboard.situation.survey import earlier_waves, waves_of
from dashboard.situation.survey_rows import Among
from dashboard.ui import session, state
from dashboard.ui.choices import distinct
from dashboard.ui.plain import plain
from data_access.facts import facts
from data_access.surveys.door import read_release
from data_access.surveys.groups import age_band
from data_access.unchanged import unchanged_districts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from streamlit.delta_generator import DeltaGenerator

    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.surveys.told import Breakdown, Instrument, Release, Wave

_EVERYBODY = ("all", "")


@dataclass(frozen=True)
class Choice:
    """What is looked at: a release, an earlier one where there is any, place and group, and the facts of its districts.

    `shared`: codes of the districts that are the same on the explore page, so that they can be chosen there and here.
    """

    release: Release
    earlier: Release | None
    among: Among
    facts: Facts
    shared: frozenset[str] = frozenset()

    @property
    def has_areas(self) -> bool:
        """Whether there are districts to choose and to draw: a wave, or what a role is told, can be of the municipality only."""
        return bool(self.release.areas)

    @property
    def chosen(self) -> frozenset[str]:
        """Codes of its districts that are chosen, here or elsewhere."""
        return state.selection().areas & self.shared

    def pick(self, codes: frozenset[str]) -> None:
        """Choose districts, or no longer, on every page; what is not among those of the explore page is left alone."""
        if pressed := codes & self.shared:
            state.choose_areas(state.selection().areas ^ pressed)

    @property
    def districts(self) -> bytes:
        """GeoJSON of the wave's own districts."""
        found = document(session.database(), session.viewer(), self.facts, "districts")
        return found.body if found is not None else b'{"type":"FeatureCollection","features":[]}'


def beside(chosen: Choice, *, is_map_only: bool = False) -> Sequence[DeltaGenerator]:
    """Where the bars stand, and beside them the map (and the change since the wave before); all of the width where nothing is."""
    has_aside = chosen.has_areas or (chosen.earlier is not None and not is_map_only)
    return st.columns((3, 2)) if has_aside else (st.container(), st.container())


def choose(
    waves: Iterable[Wave],
    instrument: Instrument,
    texts: Texts,
    *,
    has_area: bool = True,
    has_group: bool = True,
) -> Choice | None:
    """Draw the choices in one line; None, with a word of why, where the instrument has no wave."""
    known = waves_of(waves, instrument)
    if not known:
        st.info(texts(f"surveys.none_{instrument}"), icon=":material/inbox:")
        return None
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"choices-{instrument}"):
        names = distinct({one.id: one.name for one in known})
        number = st.selectbox(
            texts("surveys.wave"),
            list(names),
            format_func=names.__getitem__,
            key=f"wave-{instrument}",
            width=280,
        )
        release = read_release(session.database(), session.viewer(), number)
        if release is None:
            return None
        of = facts(session.database(), session.viewer(), release.wave.area_set_id)
        shared = _shared(release, of)
        area = _area(release, shared, texts) if has_area and release.areas else None
        breakdown, group = _group(release, texts) if has_group else _EVERYBODY
        _about(release.wave, texts)
    before, passed = earlier_waves(known, release.wave, area, _unchanged_since(release))
    earlier = read_release(session.database(), session.viewer(), before.id) if before else None
    notes = (*_no_areas(release, texts), *_not_compared(passed, texts), *_selected(release, shared, texts))
    st.caption(" ".join((texts("surveys.fixed", fewest=release.fewest), *notes)))
    return Choice(release, earlier, Among(area, breakdown, group), of, shared)


def _no_areas(release: Release, texts: Texts) -> tuple[str, ...]:
    """Why there is no list of districts and no map."""
    if release.areas:
        return ()
    whose = "wave" if release.wave.area_set_id is None else "viewer"
    return (texts(f"surveys.no_areas_{whose}"),)


def _not_compared(passed: Wave | None, texts: Texts) -> tuple[str, ...]:
    """Which wave before cannot be compared with."""
    return () if passed is None else (texts("surveys.not_compared", wave=plain(passed.name)),)


def _unchanged_since(release: Release) -> Callable[[Wave], frozenset[str]]:
    """Which districts of a release are the same in another wave."""
    database, viewer, here = session.database(), session.viewer(), release.wave.area_set_id
    return lambda wave: unchanged_districts(database, viewer, wave.area_set_id, here)


def _shared(release: Release, of: Facts) -> frozenset[str]:
    """Codes of the release's districts that are those that the explore page speaks of, or the same in its set."""
    codes = frozenset(one.code for one in release.areas)
    if state.shares_areas(of.frame):
        return codes
    asked = state.selection().area_set
    if asked is None and of.frame.area_sets:
        asked = of.frame.area_sets[-1].id
    here = release.wave.area_set_id
    return codes & unchanged_districts(session.database(), session.viewer(), here, asked)


def _selected(release: Release, shared: frozenset[str], texts: Texts) -> list[str]:
    """How districts are chosen here, and what becomes of several that are chosen: no numbers of their own."""
    said, chosen = [texts("surveys.press")] if shared else [], state.selection().areas
    names = [one.name for one in release.areas if one.code in chosen & shared]
    if len(names) > 1:
        said.append(texts("surveys.several", names=plain(named(names, texts))))
    if release.areas and chosen - shared:
        said.append(texts("surveys.not_shared"))
    return said


def _area(release: Release, shared: frozenset[str], texts: Texts) -> str | None:
    """The municipality or a district; one that is chosen here is chosen on the explore page, and the other way round."""
    names = distinct({"": texts("survey_chart.municipality")} | {one.code: one.name for one in release.areas})
    is_shared = bool(shared)
    chosen = sorted(state.selection().areas & shared)
    key = f"survey-area-{release.wave.area_set_id}"
    wanted = chosen[0] if len(chosen) == 1 else ""
    if is_shared and (key not in st.session_state or st.session_state.get(f"{key}-seen") != wanted):
        st.session_state[f"{key}-seen"] = st.session_state[key] = wanted

    def share() -> None:
        code = st.session_state[key]
        st.session_state[f"{key}-seen"] = code
        if code in shared or (is_shared and not code):
            state.choose_areas({code} if code else set())

    code = st.selectbox(
        texts("surveys.area"), list(names), format_func=names.__getitem__, key=key, on_change=share, width=260,
        help=texts("surveys.area_help"),
    )  # fmt: skip
    return code or None


def _about(wave: Wave, texts: Texts) -> None:
    """Who was asked and when, and why it is kept and for how long, as the file's mapping says it."""
    with st.popover(texts("surveys.about_wave"), icon=":material/info:", type="tertiary"):
        days = {"first": texts.short_date(wave.first_day), "last": texts.short_date(wave.last_day)}
        lines = [texts("surveys.about_days", edition=wave.edition, **days)]
        for name in ("frame", "purpose", "retention"):
            said = getattr(wave, name) or texts(f"surveys.about_no_{name}")
            lines.append(f"**{texts(f'surveys.about_{name}')}** {plain(said)}")
        st.markdown("\n\n".join(lines))


def _group(release: Release, texts: Texts) -> tuple[Breakdown, str]:
    groups: list[tuple[Breakdown, str]] = [
        (breakdown, group)
        for breakdown, found in release.groups.items()
        for group in found
        if breakdown != "all"
    ]
    options: list[tuple[Breakdown, str]] = [("all", ""), *groups]
    return st.selectbox(
        texts("surveys.group"), options, format_func=lambda one: group_name(one[1], texts),
        key=f"survey-group-{release.wave.instrument}", width=220, help=texts("surveys.group_help"),
    )  # fmt: skip


def whose(chosen: Choice, texts: Texts) -> str:
    """Of which place, and which group of it, the numbers are."""
    names = {area.code: area.name for area in chosen.release.areas}
    among = chosen.among
    place = names[among.area] if among.area else texts("survey_chart.municipality")
    return f"{place}, {group_name(among.group, texts)}" if among.group else place


def group_name(group: str, texts: Texts) -> str:
    """Whom a group is: everybody, girls and women, a stage of school, or ages."""
    band = age_band(group)
    if band is None:
        return texts(f"surveys.group_{group or 'all'}")
    youngest, oldest = band
    if oldest is None:
        return texts("surveys.group_older", youngest=youngest)
    return texts("surveys.group_ages", youngest=youngest, oldest=oldest)
