from dashboard.charts.indicators import indicators
from dashboard.charts.survey_rows import HEADING, KEY, ROW
from dashboard.look import look
from dashboard.situation.survey_rows import Among
from dashboard.texts import texts
from tests.charts.drawing import rows, svg, words
from tests.told_surveys import SILENT, WORDY, safety, with_cell, youth

SV, EN = texts("sv"), texts("en")
SPACE = "\u00a0"


def parts(chart, part=ROW):
    return [row for row in rows(chart) if row["part"] == part]


def test_levels_follow_the_questionnaire_and_the_highest_share_stands_first():
    chart = indicators(youth(), SV)
    assert [row["head"] for row in parts(chart, HEADING)] == ["Individ", "Familj", "Skola", "Närsamhälle"]
    shares = [row["drawn"] for row in parts(chart) if row["level"] == "Skola"]
    assert shares == sorted(shares, reverse=True)
    tops = [row["top_px"] for row in rows(chart)]
    assert tops == sorted(tops)
    assert len(parts(chart)) == 42


def test_protective_factors_and_single_levels_can_be_chosen():
    chart = indicators(youth(), SV, polarity="protective", levels=("school",))
    assert {row["level"] for row in parts(chart)} == {"Skola"}
    assert "Skolanknytning" in {row["head"] for row in parts(chart)}
    assert chart.title == "Vad skyddar?"
    assert chart.spec["height"] < indicators(youth(), SV).spec["height"]


def test_a_district_is_compared_with_the_municipality_and_clear_rows_are_full():
    here = Among("0301")
    chart = indicators(youth(), SV, among=here)
    clear = {row["head"] for row in parts(chart) if row["is_clear"]}
    assert "Umgänge med kriminella" in clear
    assert 0 < len(clear) < 42
    row = next(row for row in parts(chart) if row["head"] == "Umgänge med kriminella")
    assert row["word"] == "högre"
    assert row["low_pct"] > row["compared_pct"]
    assert parts(chart, KEY)[0]["head"] == "Streck: kommunen"
    assert look().accent in svg(chart)


def test_the_municipality_alone_has_nothing_to_compare_with():
    chart = indicators(youth(), SV)
    assert {row["compared_pct"] for row in parts(chart)} == {None}
    assert not any(row["is_clear"] for row in parts(chart))
    assert parts(chart, KEY)[0]["head"] == "Smal linje: 95 % intervall"


def test_the_wave_before_takes_the_place_of_the_municipality():
    chart = indicators(youth(2026), SV, earlier=youth(2024))
    assert parts(chart, KEY)[0]["head"] == "Streck: 2024"
    clear = {row["head"]: row["word"] for row in parts(chart) if row["is_clear"]}
    assert clear["Ofrivillig frånvaro"] == "högre"
    assert len(clear) < 6


def test_what_is_told_in_words_has_words_in_place_of_a_bar():
    chart = indicators(youth(), SV, among=Among(WORDY))
    assert {row["drawn"] for row in parts(chart)} == {None}
    assert {row["why"] for row in parts(chart)} <= {
        "högre än kommunen", "ungefär som kommunen", "lägre än kommunen",
    }  # fmt: skip
    assert "ungefär som kommunen" in words(chart)
    assert set(chart.table["Andel, %"]) == {row["why"] for row in parts(chart)}


def test_what_is_hidden_is_hatched_with_the_reason_and_told_nowhere():
    chart = indicators(youth(), SV, among=Among(SILENT))
    assert all(row["is_hidden"] for row in parts(chart))
    assert words(chart).count("dolt") == 42
    assert look().hatch in svg(chart)
    assert {row["n"] for row in parts(chart)} == {None}
    assert any("färre än 10 svar" in note for note in chart.notes)
    assert not any("färre än 10 svar" in note for note in indicators(youth(), SV).notes)


def test_steps_of_five_are_said_to_be_about_and_bounds_to_be_bounds():
    chart = indicators(youth(), SV, among=Among("0201"))
    told = {row["share_words"] for row in parts(chart)}
    assert any(words_of.startswith("ca ") for words_of in told)
    assert f"<{SPACE}5{SPACE}%" in told or f"< 5{SPACE}%" in told
    bounded = next(row for row in parts(chart) if row["share_words"].startswith("<"))
    assert bounded["share_pct"] is None
    assert not bounded["is_clear"]


def test_a_cell_that_was_hidden_at_the_source_says_so():
    release = with_cell(youth(), "school.truancy", state="suppressed_at_source", precision="hidden")
    row = next(row for row in parts(indicators(release, SV)) if row["head"] == "Skolk")
    assert row["why"] == "dolt redan vid källan"


def test_response_and_chance_are_said():
    notes = indicators(youth(), SV, among=Among("0301")).notes
    assert "Norrby centrum, Ungdomsenkäten 2026: 164 av 261 svarade" in notes[0]
    assert "av 42" in notes[1]
    assert "hur många som svarade visas inte" in indicators(youth(), SV, among=Among(SILENT)).notes[0]


def test_the_safety_survey_is_drawn_by_its_blocks():
    chart = indicators(safety(), EN, polarity=None, levels=("unsafe", "worry"))
    assert [row["head"] for row in parts(chart, HEADING)] == ["Unsafety", "Worry"]
    assert chart.title == "How safe do residents feel?"
