from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import vl_convert

from dashboard import geometry
from dashboard.maps.counts import counts_map
from dashboard.reports.export import drawing
from dashboard.reports.typst import FONT, FONT_FOLDER
from dashboard.situation.explore import situation
from dashboard.texts import texts
from data_access.facts import facts
from data_access.permissions import OPERATOR, Role, Viewer
from data_access.selection import Period, Selection

if TYPE_CHECKING:
    from dashboard.charts.chart import Chart
    from data_access.database import Database

PRESENTER = Viewer("skärm", Role.PRESENTER)
ALL = Period(date(2020, 1, 1), date(2030, 1, 1))


def drawn(database: Database, viewer: Viewer = OPERATOR, named: tuple[str, ...] = ()) -> Chart:
    known = facts(database, viewer)
    of, districts = (
        situation(known, Selection(period=ALL)),
        geometry.document(database, viewer, known, "districts"),
    )
    assert of is not None
    assert districts is not None
    return counts_map(of, districts.body, texts("sv"), named=named)


def test_every_district_is_in_the_class_of_its_count(small: Database) -> None:
    chart = drawn(small)
    known = facts(small, OPERATOR)
    of = situation(known, Selection(period=ALL))
    assert of is not None
    counts = {area.code: f"{round(count)}" for area, count in zip(known.areas, of.now.areas, strict=True)}
    assert dict(zip(chart.columns["code"], chart.columns["count"], strict=True)) == counts
    scale = chart.spec["layer"][0]["encoding"]["color"]["scale"]
    assert set(chart.columns["legend"]) == set(scale["domain"])
    for count, legend in zip(chart.columns["count"], chart.columns["legend"], strict=True):
        words = legend.rsplit(" (", 1)[0]
        low, _, high = words.partition("\u2013")
        assert words == "inga" if count == "0" else int(low) <= int(count) <= int(high or low)
    assert chart.notes == ()


def test_what_stands_out_has_a_line_and_a_name(small: Database) -> None:
    chart = drawn(small, named=("02", "gone"))
    assert [
        code
        for code, is_edged in zip(chart.columns["code"], chart.columns["is_edged"], strict=True)
        if is_edged
    ] == ["02"]
    assert chart.notes == ("Orange kant: Torget.",)
    picture = drawing(chart, 330, font=FONT, font_folder=FONT_FOLDER).decode()
    assert picture.count('stroke="#c2701e"') == 1


def test_small_counts_are_told_to_nobody_who_may_not_know_them(small: Database) -> None:
    chart = drawn(small, PRESENTER)
    hidden = [count for count in chart.columns["count"] if count == "<5"]
    assert hidden
    assert all(count == "<5" or int(count) == 0 or int(count) >= 5 for count in chart.columns["count"])
    assert drawing(chart, 330, font=FONT, font_folder=FONT_FOLDER).startswith(b"<svg")


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_it_is_a_specification_that_vega_takes(small: Database, mode: str) -> None:
    known = facts(small, OPERATOR)
    of, districts = (
        situation(known, Selection(period=ALL)),
        geometry.document(small, OPERATOR, known, "districts"),
    )
    assert of is not None
    assert districts is not None
    chart = counts_map(of, districts.body, texts("en"), named=("01",), mode=mode)  # type: ignore[arg-type]
    assert vl_convert.vegalite_to_vega(dict(chart.spec) | {"data": {"values": []}, "width": 300})
