import json
import re
from dataclasses import replace

import altair as alt
import numpy as np
import pytest

from dashboard.charts.compiled import compiled
from dashboard.look import look
from dashboard.maps.bivariate import bivariate_map
from dashboard.maps.gap import gap_map
from dashboard.maps.hatching import hatching
from dashboard.maps.indicator import indicator_map
from dashboard.reports.export import picture
from dashboard.situation.survey_gap import FEWEST_RANKED, SOURCES, gaps
from dashboard.statistics.rates import garwood
from dashboard.texts import texts
from tests.charts.drawing import rows, words
from tests.told_surveys import SILENT, WORDY, lindhamn, named, rates, safety, youth

SV, EN = texts("sv"), texts("en")
DRUGS = named(youth(), "community.drug_availability")
TOTAL = named(safety(), "total")
REPORTED, POLICE = ({code: pair[place] for code, pair in rates().items()} for place in (0, 1))


def share(say=SV, mode="light"):
    return indicator_map(youth(), DRUGS, lindhamn(), say, mode=mode)


def gap(say=SV, mode="light", chosen=frozenset(), **more):
    found = gaps(safety(), TOTAL, REPORTED, POLICE, **({"limits": CERTAIN} | more))
    return gap_map(safety(), TOTAL, found, lindhamn(), say, chosen=chosen, mode=mode)


def between(first, second, limits):
    """The gap between what is reported and what the police know, of made-up numbers."""
    found = gaps(safety(), TOTAL, first, second, limits=limits, between=PAIR)
    return gap_map(safety(), TOTAL, found, lindhamn(), SV)


def both(say=SV, mode="light", **more):
    return bivariate_map(youth(), DRUGS, POLICE, lindhamn(), say, mode=mode, **more)


PAIR = ("reported", "police_reported")
CERTAIN = {}
"""Rates without chance."""
MAPS = {"share": share, "gap": gap, "both": both}


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", MAPS)
def test_specification_is_valid_in_every_language_and_mode(name, language, mode):
    chart = MAPS[name](texts(language), mode)
    alt.Chart.from_dict(chart.spec | {"data": {"values": []}}, validate=True)
    assert chart.title.endswith("?")
    assert len(chart.description) > 30
    assert "data" not in chart.spec
    assert len(chart.table) == 33


@pytest.mark.parametrize("name", MAPS)
def test_compiled_it_needs_nothing_that_a_safe_interpreter_lacks(name):
    spec = json.dumps({**compiled(MAPS[name]().spec), "data": []})
    assert not re.findall(r"\b(warn|info|debug|modify|eval|Function|geo\w+|treeAncestors)\(", spec)


@pytest.mark.parametrize("name", MAPS)
def test_it_is_drawn_in_both_widths_and_as_a_picture(name):
    for width in (340, 900):
        assert not {"null", "undefined", "NaN"} & set(words(MAPS[name](), width))
    assert picture(MAPS[name]()).startswith(b"\x89PNG")


def counted(chart):
    """How many districts each row of the legend says that it has."""
    found = [re.fullmatch(r".+ \((\d+)\)", text) for text in words(chart)]
    return sum(int(one[1]) for one in found if one)


@pytest.mark.parametrize("name", ["share", "gap"])
def test_the_legend_counts_every_district_once(name):
    assert counted(MAPS[name]()) == 33


def test_hidden_districts_are_hatched_and_named_and_words_have_a_sign():
    chart = share()
    kinds = {row["code"]: row for row in rows(chart)}
    assert kinds[SILENT]["kind"] == "hidden"
    assert kinds[SILENT]["value"] == "dolt"
    assert kinds[WORDY]["kind"] == "words"
    assert kinds[WORDY]["symbol"] in "▲≈▼"
    assert any("Backa handelsområde" in note for note in chart.notes)
    assert look().hatch in json.dumps(chart.spec)
    assert any(note.startswith("Bara i ord") for note in chart.notes)


def test_darker_is_more():
    of = {row["code"]: row["kind"] for row in rows(share())}
    order = look().sequential
    known = (one for one in youth().cells if (one.indicator, one.measure) == (DRUGS.code, "present"))
    shares = {one.area: one.share for one in known if one.area and one.share}
    coloured = sorted((value, order.index(of[code])) for code, value in shares.items())
    assert [place for _, place in coloured] == sorted(place for _, place in coloured)


def bounded(*, below=0, above=0):
    """The map of a release where the shares of so many districts are only known to be less, or more, than what is told."""
    here = [
        one
        for one in youth().cells
        if (one.indicator, one.measure, one.breakdown) == (DRUGS.code, "present", "all") and one.area
    ]
    few, many, others = here[:below], here[below : below + above], here[below + above :]
    cells = [replace(one, precision="percent", share=0.05, bound="below") for one in few]
    cells += [replace(one, precision="percent", share=0.95, bound="above") for one in many]
    cells += [
        replace(one, precision="percent", share=place / 100, bound=None) for place, one in enumerate(others)
    ]
    release = replace(youth(), cells=tuple(cells))
    drawn = rows(indicator_map(release, DRUGS, lindhamn(), SV))
    return [one.area for one in few], [one.area for one in many], {row["code"]: row for row in drawn}


@pytest.mark.parametrize("count", [1, 9])
def test_less_than_a_share_is_of_no_class_and_has_a_sign(count):
    few, _, of = bounded(below=count)
    assert {of[code]["legend"] for code in few} == {f"< 5\u00a0% ({count})"}
    assert {code for code, row in of.items() if row["symbol"] == "<"} == set(few)


@pytest.mark.parametrize(("count", "said"), [(1, "27 % eller mer"), (9, "95 % eller mer")])
def test_a_class_of_what_may_be_more_is_open(count, said):
    _, many, of = bounded(above=count)
    assert {of[code]["legend"].split(" (")[0] for code in many} == {said}


def test_an_index_is_classed_in_tenths():
    chart = indicator_map(safety(), TOTAL, lindhamn(), SV, measure="index")
    assert any(re.match(r"\d,\d\u2013\d,\d \(", text) for text in words(chart))
    assert "Index" in chart.table.columns


def test_hatching_lies_within_its_districts_only():
    assert hatching(lindhamn(), frozenset(), "light") == []
    (layer,) = hatching(lindhamn(), frozenset({SILENT, "0403"}), "light")
    assert len(layer["data"]["values"]) == 2
    assert {one["geometry"]["type"] for one in layer["data"]["values"]} <= {"MultiLineString", "LineString"}


def test_the_gap_names_who_is_perceived_otherwise_than_reported():
    chart = gap()
    found = {row["name"]: row for row in rows(chart)}
    assert found["Gamla staden"]["told"].startswith("Upplevs bättre")
    assert int(found["Gamla staden"]["kind"]) < 0
    assert found["Gamla staden"]["is_named"]
    for row in found.values():
        if row["kind"] != "hidden":
            assert all(re.fullmatch(r"\d+ av 31", row[source]) for source in SOURCES)


def test_turned_round_the_gap_changes_its_sign():
    there = {row["code"]: row["kind"] for row in rows(gap(between=PAIR))}
    assert set(there.values()) - {"hidden"} <= {"0", "1", "2", "3", "-1", "-2", "-3"}
    same = between(REPORTED, REPORTED, CERTAIN)
    assert {row["kind"] for row in rows(same)} == {"0", "hidden"}
    assert not [text for text in words(same) if text.startswith("Rapporteras")]


def per_year(counts):
    low, high = garwood(list(counts.values()))
    return dict(zip(counts, zip(low.tolist(), high.tolist(), strict=True), strict=True))


def test_what_chance_alone_puts_apart_is_no_gap():
    rng = np.random.default_rng(5)
    few = {code: float(count) for code, count in zip(REPORTED, rng.poisson(3, len(REPORTED)), strict=True)}
    known = {code: float(rng.binomial(int(count), 0.5)) for code, count in few.items()}
    limits = {"reported": per_year(few), "police_reported": per_year(known)}
    kinds = {
        certain: [row["kind"] for row in rows(between(few, known, {} if certain else limits))]
        for certain in (True, False)
    }
    assert len([kind for kind in kinds[True] if kind not in ("0", "hidden")]) > 8
    assert set(kinds[False]) == {"0", "hidden"}


def test_a_gap_beyond_chance_is_told():
    many = {code: 100.0 * place for place, code in enumerate(REPORTED, start=1)}
    first = next(iter(REPORTED))
    known = many | {first: 5000.0}
    limits = {"reported": per_year(many), "police_reported": per_year(known)}
    chart = between(many, known, limits)
    kinds = {row["code"]: row["kind"] for row in rows(chart)}
    assert kinds[first] == "-3"
    assert {kind for code, kind in kinds.items() if code != first} == {"0", "hidden"}


def test_districts_with_less_than_a_share_have_a_place():
    cells = tuple(
        replace(one, share=0.05, bound="below", low=0.0, high=0.14, precision="fives")
        if (one.indicator, one.measure) == (DRUGS.code, "present") and one.area in ("0501", "0502")
        else one
        for one in youth().cells
    )
    drawn = bivariate_map(replace(youth(), cells=cells), DRUGS, POLICE, lindhamn(), SV)
    found = {row["code"]: row for row in rows(drawn)}
    assert {found[code]["value"] for code in ("0501", "0502")} == {"< 5\u00a0%"}
    assert {int(found[code]["kind"]) % 3 for code in ("0501", "0502")} == {0}


def test_few_districts_have_no_places():
    few = dict(list(REPORTED.items())[: FEWEST_RANKED - 1])
    found = gaps(safety(), TOTAL, few, POLICE, limits=CERTAIN)
    chart = gap_map(safety(), TOTAL, found, lindhamn(), SV)
    assert {row["kind"] for row in rows(chart)} == {"hidden"}


def test_thirds_of_both_and_the_square_counts_them():
    chart = both()
    kinds = [row["kind"] for row in rows(chart)]
    shown = words(chart)
    counts = [str(kinds.count(str(square))) for square in range(9)]
    assert all(count in shown for count in counts if count != "0")
    assert sum(map(int, counts)) + kinds.count("hidden") == 33
    row = next(row for row in rows(chart) if row["name"] == "Norrby centrum")
    assert row["kind"] == "8"
    assert "högsta tredjedelen" in row["told"]
    assert any(note.startswith("Områden, inte personer") for note in chart.notes)


def test_equal_values_share_their_third():
    chart = bivariate_map(youth(), DRUGS, dict.fromkeys(POLICE, 5.0), lindhamn(), SV)
    assert {int(row["kind"]) // 3 for row in rows(chart) if row["kind"] != "hidden"} == {1}
    none = bivariate_map(youth(), DRUGS, {}, lindhamn(), EN)
    assert {row["kind"] for row in rows(none)} == {"hidden"}


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_nine_colours_are_nine(mode):
    assert len(set(look(mode).bivariate)) == 9


def test_an_area_that_the_release_does_not_know_is_hidden():
    fewer = replace(youth(), areas=youth().areas[1:])
    row = next(row for row in rows(indicator_map(fewer, DRUGS, lindhamn(), SV)) if row["code"] == "0101")
    assert row["kind"] == "hidden"
    assert row["value"] is None


@pytest.mark.parametrize(
    "make",
    [
        lambda chosen: indicator_map(youth(), DRUGS, lindhamn(), SV, chosen=chosen),
        lambda chosen: gap(chosen=chosen),
        lambda chosen: both(chosen=chosen),
    ],
    ids=MAPS,
)
def test_chosen_districts_are_outlined_and_named_and_change_nothing_else(make):
    chosen, none = make(frozenset({"0305", "0402"})), make(frozenset())
    edged = {row["code"] for row in rows(chosen) if row["is_edged"]}
    assert edged == {"0305", "0402"}
    assert edged <= {row["code"] for row in rows(chosen) if row["is_named"]}
    assert {"Ekudden", "Västerängen"} <= set(words(chosen))
    assert not any(row["is_edged"] for row in rows(none))
    assert chosen.spec == none.spec
    assert chosen.table.equals(none.table)
