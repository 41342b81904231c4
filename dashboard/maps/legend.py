"""The legend as a small piece of HTML, for the page to place in the map's corner."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Literal

from dashboard.look import Mode, look

if TYPE_CHECKING:
    from dashboard.maps.classes import Classes, LegendRow
    from dashboard.maps.heat import HeatPicture
    from dashboard.texts import Texts


def legend_html(
    classes: Classes,
    texts: Texts,
    *,
    title: str,
    unit: str,
    counted: Literal["areas", "cells"] = "areas",
    mode: Mode = "light",
) -> str:
    """Every class with its colour, its limits and how many areas have it. No script, no class names, no addresses."""
    rows = "".join(_row(row, counted, texts, mode) for row in classes.rows)
    body = f"<ul style='list-style:none;margin:6px 0 0;padding:0'>{rows}</ul>"
    return _framed(title, unit, body, texts, mode)


def heat_legend_html(picture: HeatPicture, texts: Texts, *, title: str, mode: Mode = "light") -> str:
    """The colours of a heat picture from few to many, its unit and over how many metres it is smoothed."""
    swatches = "".join(f"<i style='flex:1;background:{colour}'></i>" for colour in picture.colours)
    low, high = (texts.number(limit) for limit in (picture.limits_per_km2[0], picture.limits_per_km2[-1]))
    ends = f"<span>{escape(texts('map.heat_low'))} ({low})</span><span>{escape(texts('map.heat_high'))} ({high}+)</span>"
    body = (
        f"<div style='display:flex;height:10px;margin:8px 0 2px;border-radius:2px;overflow:hidden'>{swatches}</div>"
        f"<div style='display:flex;justify-content:space-between;gap:16px'>{ends}</div>"
        f"<div style='color:{look(mode).muted}'>{escape(texts('map.heat_radius', bandwidth=picture.bandwidth_m))}</div>"
    )
    return _framed(title, texts("map.heat_unit"), body, texts, mode)


def _framed(title: str, unit: str, body: str, texts: Texts, mode: Mode) -> str:
    c = look(mode)
    label = escape(texts("map.legend_label", title=title), quote=True)
    style = f"font-size:13px;line-height:1.45;color:{c.text};background:{c.page};border:1px solid {c.line};"
    head = f"<strong style='font-weight:600'>{escape(title)}</strong>"
    below = f"<div style='color:{c.muted}'>{escape(unit)}</div>" if unit else ""
    return (
        f"<section aria-label='{label}' style='{style}border-radius:6px;padding:8px 12px;display:inline-block'>"
        f"{head}{below}{body}</section>"
    )


def _row(row: LegendRow, counted: str, texts: Texts, mode: Mode) -> str:
    c = look(mode)
    fill = (
        f"repeating-linear-gradient(135deg,{c.hatch} 0 1.5px,{row.colour} 1.5px 5px)"
        if row.is_hatched
        else row.colour
    )
    swatch = f"<i style='flex:none;width:16px;height:12px;border-radius:2px;border:1px solid {c.line};background:{fill}'></i>"
    count = texts(f"map.{counted}_one" if row.areas == 1 else f"map.{counted}_many", areas=row.areas)
    return (
        f"<li style='display:flex;align-items:center;gap:8px;margin:1px 0;padding:0'>{swatch}<span>{escape(row.text)}</span>"
        f"<span style='margin-left:auto;padding-left:14px;color:{c.muted}'>{escape(count)}</span></li>"
    )
