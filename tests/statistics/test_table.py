import numpy as np
import pandas as pd
import pytest

from dashboard.statistics.design import NoEffectError
from dashboard.statistics.table import TableError, effect_of_table


def table_of(ratio=0.5, areas=9, weeks=60, first=40):
    rng = np.random.default_rng(4)
    rows = [
        (
            f"{area:02d}",
            f"2025-W{week:02d}",
            rng.poisson(12 * (ratio if area == 0 and week >= first else 1)),
            int(area == 0 and week >= first),
        )
        for area in range(areas)
        for week in range(weeks)
    ]
    return pd.DataFrame(rows, columns=["area", "week", "count", "treated"])


def test_a_plain_table_gives_the_effect():
    found = effect_of_table(table_of())
    assert found.verdict == "less"
    assert found.target.ratio.low < 0.5 < found.target.ratio.high
    assert (found.baseline_weeks, found.after_weeks, found.comparison_count) == (40, 20, 8)


def test_the_order_of_rows_means_nothing():
    table = table_of()
    mixed = table.sample(frac=1, random_state=3)
    assert effect_of_table(mixed).target == effect_of_table(table).target


def test_a_ring_is_its_own_class_and_trigger_weeks_are_left_out():
    found = effect_of_table(table_of(), ring=["01", "02"], left_out=6)
    assert found.comparison_count == 6
    assert found.ring is not None
    assert found.baseline_weeks == 34


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: t.drop(columns="treated"), "lacks the columns treated"),
        (lambda t: t.assign(count=[-1, *t["count"][1:]]), "row 0 (area 00, week 2025-W00) has a count"),
        (lambda t: t.assign(count=["x", *t["count"][1:]]), "row 0 (area 00, week 2025-W00) has a count"),
        (lambda t: t.assign(treated=[2, *t["treated"][1:]]), "neither 0 nor 1"),
        (lambda t: t.assign(area=[None, *t["area"][1:]]), "has no area"),
        (lambda t: pd.concat([t, t.iloc[[3]]]), "repeats an area and week"),
        (lambda t: t.drop(index=70), "area 01 has no row for week 2025-W10"),
    ],
)
def test_a_table_that_cannot_be_read_says_which_row_and_why(change, words):
    with pytest.raises(TableError) as caught:
        effect_of_table(change(table_of()))
    assert words in str(caught.value)


def test_a_ring_that_is_not_in_the_table_is_named() -> None:
    with pytest.raises(TableError, match="nowhere"):
        effect_of_table(table_of(), ring=["01", "nowhere"])


def test_names_that_became_numbers_are_still_names_of_the_ring() -> None:
    table = table_of().assign(area=lambda t: t["area"].astype(int))
    assert effect_of_table(table, ring=["1", 2]).comparison_count == 6


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (table_of().assign(treated=0), "no_target"),
        (table_of(first=4), "no_baseline"),
        (table_of()[lambda t: t["area"] == "00"], "no_comparison"),
        (table_of().assign(treated=lambda t: (t["week"] >= "2025-W40").astype(int)), "no_comparison"),
    ],
)
def test_a_table_without_an_answer_says_why(table, reason):
    with pytest.raises(NoEffectError) as caught:
        effect_of_table(table)
    assert caught.value.reason == reason


def test_the_published_panel_of_seattle_gives_an_interval(real_folder):
    panel = pd.read_csv(real_folder / "us_seattle_dmi_intervention_panel.csv.gz", dtype={"ID": str})
    columns = {"ID": "area", "time": "week", "any_crime": "count", "Intervention": "treated"}
    found = effect_of_table(panel[list(columns)].rename(columns=columns))
    treated = panel[(panel["time"] > 12) & (panel.groupby("ID")["Intervention"].transform("max") == 1)]
    assert found.target.observed == treated["any_crime"].sum()
    assert (found.comparison_count, found.baseline_weeks, found.after_weeks) == (9603, 12, 4)
    assert 0.6 < found.target.ratio.low < found.target.ratio.value < found.target.ratio.high < 1
