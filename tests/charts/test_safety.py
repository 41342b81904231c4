from dashboard.charts.safety import safety as safety_chart
from dashboard.charts.survey_rows import HEADING, KEY, ROW
from dashboard.situation.survey_rows import Among
from dashboard.texts import texts
from tests.charts.drawing import rows, words
from tests.told_surveys import SILENT, safety

SV = texts("sv")


def parts(chart, part=ROW):
    return [row for row in rows(chart) if row["part"] == part]


def test_the_total_stands_first_with_its_parts_below():
    chart = safety_chart(safety(), SV)
    names = [row["head"] for row in parts(chart)]
    assert names[0] == "Alla frågor tillsammans"
    assert len(names) == 12
    assert [row["head"] for row in parts(chart, HEADING)] == ["Problem i området", "Förtroende"]
    indexes = [row["index"] for row in parts(chart)[1:11]]
    assert indexes == sorted(indexes, reverse=True)
    assert any("läs alltid delarna" in note for note in chart.notes)


def test_two_waves_stand_beside_each_other_and_the_clear_change_is_bold():
    chart = safety_chart(safety(2026), SV, among=Among("0303"), earlier=safety(2024))
    assert parts(chart, KEY)[0]["head"] == "Punkt: 2026. Ring: kommunen. Streck: 2024."
    dark = next(row for row in parts(chart) if row["head"] == "Mörka områden")
    assert dark["index"] < dark["before"]
    assert dark["change"] == "tydligt minskat"
    assert dark["compared"] == safety(2026).cell("problem.dark", "index").index
    assert len([note for note in chart.notes if "svarade" in note]) == 2


def test_the_municipality_stands_beside_the_wave_before():
    chart = safety_chart(safety(2026), SV, earlier=safety(2024))
    assert parts(chart, KEY)[0]["head"] == "Punkt: 2026. Ring: 2024."
    dark = next(row for row in parts(chart) if row["head"] == "Mörka områden")
    assert dark["compared"] == safety(2024).cell("problem.dark", "index").index
    assert dark["before"] is None


def test_without_a_wave_before_the_ring_is_the_municipality():
    chart = safety_chart(safety(), SV, among=Among("0103"))
    assert parts(chart, KEY)[0]["head"] == "Punkt: 2026. Ring: kommunen."
    drunk = next(row for row in parts(chart) if row["head"] == "Berusade personer")
    assert drunk["is_clear"]
    assert drunk["told"] == "högre"
    assert {row["compared"] for row in parts(safety_chart(safety(), SV))} == {None}


def test_the_scale_is_always_0_to_6():
    assert {"0", "1", "2", "3", "4", "5", "6"} <= set(words(safety_chart(safety(), SV)))


def test_too_few_is_said_in_place_of_the_dot():
    release = safety()
    hidden = next(one.area for one in release.cells if one.measure == "index" and one.precision == "words")
    chart = safety_chart(release, SV, among=Among(hidden))
    assert {row["index"] for row in parts(chart)} == {None}
    assert any(word in words(chart) for word in ("ungefär som kommunen", "högre än kommunen"))
    assert SILENT not in words(chart)
