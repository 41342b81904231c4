"""The explore page as one would ordinarily write it in Streamlit: pandas, st.altair_chart, st.pydeck_chart, a rerun per click.

It is written with care: data cached, narrow categories, keys on every element, charts with stable specifications. Run by the
benchmark of the click, which puts the incidents beside it (environment variable ORDINARY_DATA).
"""

import json
import os
from pathlib import Path

import altair as alt
import numpy as np
import pandas as pd
import pydeck as pdk
import streamlit as st

FOLDER = Path(os.environ["ORDINARY_DATA"])
RAMP = [[238, 246, 244], [191, 223, 216], [128, 188, 179], [65, 143, 138], [21, 96, 95]]
YEAR = 364
DAYS = ["mån", "tis", "ons", "tor", "fre", "lör", "sön"]
BARS = {"category": "Vad händer?", "area": "Var händer det mest?", "source": "Vem rapporterar?",
        "reported": "Känt av polisen?", "kind": "Vilket slag?"}  # fmt: skip


@st.cache_resource
def incidents() -> pd.DataFrame:
    """All incidents: categories, and the calendar worked out once."""
    return pd.read_parquet(FOLDER / "incidents.parquet")


@st.cache_data
def districts() -> dict:
    """Polygons in lon/lat."""
    return json.loads((FOLDER / "districts.json").read_text("utf-8"))


def picked(name: str) -> list[str]:
    """Values selected in a bar chart."""
    state = st.session_state.get(f"bar-{name}")
    return [point[name] for point in (state.selection.get(name) or [])] if state else []


def filters(data: pd.DataFrame) -> dict[str, np.ndarray]:
    """A mask per facet in use."""
    masks = {name: data[name].isin(picked(name)).to_numpy() for name in BARS if picked(name)}
    hours = st.session_state.get("hours")
    if hours and hours.selection.get("hours"):
        codes = [point["weekday"] * 24 + point["hour"] for point in hours.selection["hours"]]
        masks["hour_of_week"] = data["hour_of_week"].isin(codes).to_numpy()
    chosen = st.session_state.get("map")
    if chosen and chosen.selection.objects.get("areas"):
        codes = [found["properties"]["code"] for found in chosen.selection.objects["areas"]]
        masks["area"] = data["area"].isin(codes).to_numpy()
    last = data["day"].max()
    masks["day"] = (data["day"] > last - YEAR).to_numpy()
    return masks


def earlier(data: pd.DataFrame, masks: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The same masks a year before."""
    last = data["day"].max()
    return masks | {"day": data["day"].between(last - 2 * YEAR + 1, last - YEAR).to_numpy()}


def counted(data: pd.DataFrame, masks: dict[str, np.ndarray], name: str) -> pd.Series:
    """Incidents per value of a column, filtered by all facets but its own."""
    others = [mask for facet, mask in masks.items() if facet != name]
    found = data[name][np.logical_and.reduce(others)] if others else data[name]
    return found.value_counts(sort=False)


def bar(data: pd.DataFrame, masks: dict[str, np.ndarray], name: str) -> None:
    """One bar chart that filters the others, with a tick for the year before."""
    rows = counted(data, masks, name).rename("count").rename_axis(name).reset_index()
    before = counted(data, earlier(data, masks), name).rename("before").rename_axis(name).reset_index()
    rows = rows.merge(before, on=name, how="left").nlargest(6, "count")
    pick = alt.selection_point(name=name, fields=[name], toggle="true")
    base = alt.Chart(rows, title=BARS[name]).encode(y=alt.Y(f"{name}:N", sort=None, title=None))
    bars = base.mark_bar().encode(
        x=alt.X("count:Q", title=None),
        opacity=alt.condition(pick, alt.value(1), alt.value(0.3)),
        tooltip=[name, "count", "before"],
    )
    ticks = base.mark_tick(color="#1d2a2e", thickness=2).encode(x="before:Q")
    numbers = base.mark_text(align="left", dx=4).encode(x="count:Q", text=alt.Text("count:Q", format=",.0f"))
    st.altair_chart(bars.add_params(pick) + ticks + numbers, key=f"bar-{name}", on_select="rerun")


def grid(data: pd.DataFrame, masks: dict[str, np.ndarray]) -> None:
    """Weekday by hour."""
    rows = counted(
        data[data["hour_of_week"] < 168],
        {k: m[data["hour_of_week"] < 168] for k, m in masks.items()},
        "hour_of_week",
    )
    frame = pd.DataFrame({"weekday": rows.index // 24, "hour": rows.index % 24, "count": rows.to_numpy()})
    frame["day"] = [DAYS[number] for number in frame["weekday"]]
    pick = alt.selection_point(name="hours", fields=["weekday", "hour"], toggle="true")
    chart = (
        alt.Chart(frame, title="När händer det?")
        .mark_rect()
        .encode(
            x="hour:O",
            y=alt.Y("weekday:O", title=None),
            color=alt.Color("count:Q", scale=alt.Scale(scheme="teals")),
            tooltip=["day", "hour", "count"],
        )
        .add_params(pick)
    )
    st.altair_chart(chart, key="hours", on_select="rerun")


def trend(data: pd.DataFrame, masks: dict[str, np.ndarray]) -> None:
    """Incidents per week and the same weeks a year before; a brush over it; and which source delivered when."""
    rows = counted(data, {name: mask for name, mask in masks.items() if name != "day"}, "week").sort_index()
    week = pd.Timestamp("1970-01-05") + pd.to_timedelta(rows.index * 7, "D")
    frame = pd.DataFrame({"week": week, "count": rows.to_numpy(), "before": rows.shift(YEAR // 7).to_numpy()})
    brush = alt.selection_interval(name="weeks", encodings=["x"])
    base = alt.Chart(frame, title="Ökar eller minskar det?", height=160).encode(x="week:T")
    line = base.mark_line().encode(y="count:Q", tooltip=["week", "count", "before"]).add_params(brush)
    st.altair_chart(
        base.mark_line(color="#93a1a5").encode(y="before:Q") + line, key="trend", on_select="rerun"
    )
    delivered = data.groupby(["source", "week"], observed=True).size().rename("count").reset_index()
    delivered["week"] = pd.Timestamp("1970-01-05") + pd.to_timedelta(delivered["week"] * 7, "D")
    strip = (
        alt.Chart(delivered, height=80)
        .mark_rect()
        .encode(x="week:T", y="source:N", color=alt.value("#80bcb3"))
    )
    st.altair_chart(strip, key="coverage")


def district_map(data: pd.DataFrame, masks: dict[str, np.ndarray]) -> None:
    """Districts shaded by their counts."""
    counts, before = (counted(data, of, "area") for of in (masks, earlier(data, masks)))
    limits = np.quantile(counts[counts > 0], [0.2, 0.4, 0.6, 0.8]) if (counts > 0).any() else [1, 2, 3, 4]
    shown = {"type": "FeatureCollection", "features": []}
    for feature in districts()["features"]:
        code = feature["properties"]["code"]
        count = int(counts.get(code, 0))
        colour = RAMP[int(np.searchsorted(limits, count, side="right"))]
        said = {"count": count, "before": int(before.get(code, 0)), "rate": round(count / 1.5, 1)}
        properties = feature["properties"] | said | {"colour": colour}
        shown["features"].append(feature | {"properties": properties})
    layer = pdk.Layer(
        "GeoJsonLayer", shown, id="areas", pickable=True, get_fill_color="properties.colour",
        get_line_color=[255, 255, 255], line_width_min_pixels=1,
    )  # fmt: skip
    west, east, south, north = 17.6, 18.1, 59.2, 59.45
    view = pdk.ViewState(longitude=(west + east) / 2, latitude=(south + north) / 2, zoom=9.6)
    deck = pdk.Deck(
        [layer],
        initial_view_state=view,
        map_provider=None,
        tooltip={"text": "{name}: {count}, {before} före, {rate} per 1 000"},
    )
    st.pydeck_chart(deck, key="map", on_select="rerun", selection_mode="multi-object", height=440)


def figure(data: pd.DataFrame, inside: np.ndarray, name: str) -> str:
    """A key figure of the incidents inside."""
    total = int(inside.sum())
    if name == "known":
        return f"{100 * (data['reported'][inside] == 'yes').mean():.0f} %"
    if name == "night":
        return f"{100 * data['is_night'].to_numpy()[inside].mean():.0f} %"
    return f"{total:,}" if name == "total" else f"{total / 750:.1f}"


def main() -> None:
    """Draw the page."""
    st.set_page_config(layout="wide")
    data = incidents()
    masks = filters(data)
    inside = np.logical_and.reduce(list(masks.values()))
    st.segmented_control("Period", ["Vecka", "Månad", "Kvartal", "År", "Allt"], default="År", key="preset")
    for name in BARS:
        for value in picked(name):
            st.button(f"{name}: {value}", key=f"chip-{name}-{value}", icon=":material/close:")
    left, right = st.columns([54, 46])
    with left:
        district_map(data, masks)
    with right:
        ago = np.logical_and.reduce(list(earlier(data, masks).values()))
        for column, name in zip(st.columns(4), ("total", "rate", "known", "night"), strict=True):
            column.metric(name, figure(data, inside, name), figure(data, ago, name), delta_color="off")
        grid(data, masks)
        here, there = st.columns(2)
        with here:
            bar(data, masks, "category")
        with there:
            bar(data, masks, "area")
    trend(data, masks)
    for column, name in zip(st.columns(3), ("source", "reported", "kind"), strict=True):
        with column:
            bar(data, masks, name)


main()
