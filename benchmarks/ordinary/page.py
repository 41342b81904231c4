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
    masks["day"] = (data["day"] > last - 364).to_numpy()
    return masks


def counted(data: pd.DataFrame, masks: dict[str, np.ndarray], name: str) -> pd.Series:
    """Incidents per value of a column, filtered by all facets but its own."""
    others = [mask for facet, mask in masks.items() if facet != name]
    found = data[name][np.logical_and.reduce(others)] if others else data[name]
    return found.value_counts(sort=False)


def bar(data: pd.DataFrame, masks: dict[str, np.ndarray], name: str) -> None:
    """One bar chart that filters the others."""
    rows = counted(data, masks, name).rename("count").rename_axis(name).reset_index()
    rows = rows.nlargest(6, "count")
    pick = alt.selection_point(name=name, fields=[name], toggle="true")
    chart = (
        alt.Chart(rows, title=BARS[name])
        .mark_bar()
        .encode(
            x=alt.X("count:Q", title=None),
            y=alt.Y(f"{name}:N", sort="-x", title=None),
            opacity=alt.condition(pick, alt.value(1), alt.value(0.3)),
            tooltip=[name, "count"],
        )
        .add_params(pick)
    )
    st.altair_chart(chart, key=f"bar-{name}", on_select="rerun")


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
    """Incidents per week."""
    rows = counted(data, {name: mask for name, mask in masks.items() if name != "day"}, "week").sort_index()
    frame = pd.DataFrame(
        {"week": pd.Timestamp("1970-01-05") + pd.to_timedelta(rows.index * 7, "D"), "count": rows.to_numpy()}
    )
    chart = (
        alt.Chart(frame, title="Ökar eller minskar det?", height=160)
        .mark_line()
        .encode(x="week:T", y="count:Q")
    )
    st.altair_chart(chart, key="trend")


def district_map(data: pd.DataFrame, masks: dict[str, np.ndarray]) -> None:
    """Districts shaded by their counts."""
    counts = counted(data, masks, "area")
    limits = np.quantile(counts[counts > 0], [0.2, 0.4, 0.6, 0.8]) if (counts > 0).any() else [1, 2, 3, 4]
    shown = {"type": "FeatureCollection", "features": []}
    for feature in districts()["features"]:
        count = int(counts.get(feature["properties"]["code"], 0))
        colour = RAMP[int(np.searchsorted(limits, count, side="right"))]
        shown["features"].append(
            feature | {"properties": feature["properties"] | {"count": count, "colour": colour}}
        )
    layer = pdk.Layer(
        "GeoJsonLayer", shown, id="areas", pickable=True, get_fill_color="properties.colour",
        get_line_color=[255, 255, 255], line_width_min_pixels=1,
    )  # fmt: skip
    west, east, south, north = 17.6, 18.1, 59.2, 59.45
    view = pdk.ViewState(longitude=(west + east) / 2, latitude=(south + north) / 2, zoom=9.6)
    deck = pdk.Deck([layer], initial_view_state=view, map_provider=None, tooltip={"text": "{name}: {count}"})
    st.pydeck_chart(deck, key="map", on_select="rerun", selection_mode="multi-object", height=440)


def main() -> None:
    """Draw the page."""
    st.set_page_config(layout="wide")
    data = incidents()
    masks = filters(data)
    inside = np.logical_and.reduce(list(masks.values()))
    left, right = st.columns([54, 46])
    with left:
        district_map(data, masks)
    with right:
        one, two, three = st.columns(3)
        one.metric("Händelser", f"{int(inside.sum()):,}".replace(",", " "))
        known = data["reported"][inside]
        two.metric("Anmält", f"{100 * (known == 'yes').mean():.0f} %")
        three.metric("Kväll och natt", f"{100 * data['is_night'].to_numpy()[inside].mean():.0f} %")
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
