import csv
import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

import sample_data
from sample_data.districts import DISTRICTS
from sample_data.surveys import write_surveys
from sample_data.surveys.indicators import INDICATORS, RISKS
from sample_data.surveys.planted import UNMET_AREA
from sample_data.surveys.safety_items import SAFETY_ITEMS

YES_NO = {"Ja", "Nej", "Vill inte svara", ""}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return write_surveys(tmp_path_factory.mktemp("surveys"))


@pytest.fixture(scope="module")
def truth(files):
    return json.loads(files.truth.read_text("utf-8"))


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *body = csv.reader(file, delimiter=";")
    assert len(set(header)) == len(header)
    columns = np.array(body, dtype=object).T
    return dict(zip(header, columns, strict=True))


@pytest.fixture(scope="module")
def youth(files):
    named = json.loads(files.youth_mapping.read_text("utf-8"))["columns"]
    return {wave.year: by_code(wave.answers, named) for wave in files.youth}


@pytest.fixture(scope="module")
def safety(files):
    named = json.loads(files.safety_mapping.read_text("utf-8"))["columns"]
    return {wave.year: by_code(wave.answers, named) for wave in files.safety}


def by_code(path, named):
    table = read(path)
    assert set(named.values()) == set(table)
    return {code: table[heading] for code, heading in named.items()}


def share(answers, *, within=True):
    """Share of yes among those who answered, and its standard error."""
    told = answers[within & np.isin(answers, ["Ja", "Nej"])]
    yes = np.mean(told == "Ja")
    return yes, np.sqrt(yes * (1 - yes) / len(told))


def assert_near(found, expected):
    value, error = found
    assert abs(value - expected) < 3.5 * error, (value, expected, error)


def test_the_same_seed_writes_the_same_files_and_another_one_others(files, tmp_path):
    again, other = write_surveys(tmp_path / "again"), write_surveys(tmp_path / "other", seed=8)
    for first in files.truth.parent.iterdir():
        digests = {
            hashlib.sha256((one.truth.parent / first.name).read_bytes()).hexdigest() for one in (files, again)
        }
        assert len(digests) == 1, first.name
    assert other.truth.read_bytes() == files.truth.read_bytes()
    assert other.youth[0].answers.read_bytes() != files.youth[0].answers.read_bytes()
    assert other.youth[0].turnout.read_bytes() == files.youth[0].turnout.read_bytes()


def test_the_committed_truth_is_what_is_written(files):
    committed = Path(sample_data.__file__).parent / "survey_truth.json"
    assert committed.read_text("utf-8") == files.truth.read_text("utf-8")


def test_the_questionnaires_are_those_of_the_catalogue():
    assert len(INDICATORS) == 66  # and the gender
    assert len({one.key for one in INDICATORS}) == 66
    assert len(RISKS) == 42
    assert len(SAFETY_ITEMS) == len({one.key for one in SAFETY_ITEMS}) == 34


def test_about_2900_pupils_and_3500_adults_a_wave(youth, safety):
    assert all(2800 < len(of["area"]) < 3000 for of in youth.values())
    assert all(3400 < len(of["area"]) < 3600 for of in safety.values())


@pytest.mark.parametrize("survey", ["youth", "safety"])
def test_rows_are_as_many_as_answered_in_each_district_and_in_no_order(files, survey):
    for wave in getattr(files, survey):
        told, answers = read(wave.turnout), read(wave.answers)
        assert told["Område"].tolist() == [one.code for one in DISTRICTS]
        found = [int(np.sum(answers["Område"] == code)) for code in told["Område"]]
        assert found == [int(number) for number in told["Svarat"]]
        assert all(int(few) <= int(many) for few, many in zip(told["Svarat"], told["Inbjudna"], strict=True))
        assert list(answers["Område"]) != sorted(answers["Område"])


def test_words_are_those_of_a_questionnaire(youth):
    of = youth[2026]
    assert set(of["gender"]) == {"Flicka", "Pojke", "Annat", "Vill inte svara"}
    assert set(of["stage"]) == {"Högstadiet", "Gymnasiet"}
    assert all(set(of[one.key]) == YES_NO for one in INDICATORS)
    assert {word for place in RISKS for word in of[f"{INDICATORS[place].key}:frequency"]} == {
        "Sällan",
        "Ibland",
        "Ofta",
        "Varje dag",
        "",
    }


def test_what_follows_is_asked_only_of_those_who_say_yes(youth):
    of = youth[2026]
    for place in RISKS:
        key = INDICATORS[place].key
        says_yes = of[key] == "Ja"
        for code in ("frequency", "distress", "help"):
            assert set(of[f"{key}:{code}"][~says_yes]) == {""}
            assert np.mean(of[f"{key}:{code}"][says_yes] != "") > 0.9


def test_some_questions_are_not_answered_and_sensitive_ones_less(youth):
    of = youth[2024]
    silent = {one.key: np.mean(np.isin(of[one.key], ["", "Vill inte svara"])) for one in INDICATORS}
    assert 0.01 < min(silent.values()) < max(silent.values()) < 0.15
    assert silent["family.abuse"] > 2 * silent["individual.defiance"]


def test_risks_come_together_and_without_protection(youth):
    def correlation(one, other):
        of = youth[2024]
        told = np.isin(of[one], ["Ja", "Nej"]) & np.isin(of[other], ["Ja", "Nej"])
        return np.corrcoef(of[one][told] == "Ja", of[other][told] == "Ja")[0, 1]

    assert correlation("individual.own_crime", "individual.own_drug_use") > 0.06
    assert correlation("school.truancy", "school.low_commitment") > 0.1
    assert correlation("family.stress", "family.support") < -0.08


def test_girls_and_boys_differ(youth):
    of = youth[2024]
    girls, boys = of["gender"] == "Flicka", of["gender"] == "Pojke"
    assert (
        share(of["individual.catastrophic"], within=girls)[0]
        > 1.5 * share(of["individual.catastrophic"], within=boys)[0]
    )
    assert (
        share(of["individual.own_crime"], within=boys)[0]
        > 1.5 * share(of["individual.own_crime"], within=girls)[0]
    )


def test_heavier_districts_are_found_where_they_were_planted(youth, truth):
    for year, of in youth.items():
        for planted in truth["youth"]["heavier"]:
            answers = of[planted["indicator"]]
            found = share(answers, within=of["area"] == planted["area"])
            assert_near(found, planted["in_area"][str(year)])
            assert_near(share(answers), planted["in_town"][str(year)])
            assert abs(planted["in_area"][str(year)] - planted["in_town"][str(year)]) > 0.06


def test_one_indicator_rises_and_the_others_stay(youth, truth):
    rising = truth["youth"]["rising"]
    for year, of in youth.items():
        assert_near(share(of[rising["indicator"]]), rising["in_town"][str(year)])
    moved = {}
    for one in INDICATORS:
        (before, error_before), (now, error_now) = (share(youth[year][one.key]) for year in (2024, 2026))
        moved[one.key] = (now - before) / np.hypot(error_before, error_now)
    assert max(moved, key=moved.get) == rising["indicator"]
    assert moved[rising["indicator"]] > 5
    assert sum(abs(z) > 1.96 for z in moved.values()) < 9


def test_in_one_district_more_are_distressed_and_wish_for_help(youth, truth):
    of, unmet = youth[2026], truth["youth"]["unmet_help"]
    assert unmet["area"] == UNMET_AREA
    here = of["area"] == UNMET_AREA
    asked, wished = [], []
    for place in RISKS:
        key = INDICATORS[place].key
        distress, wish = of[f"{key}:distress"], of[f"{key}:help"]
        asked.append(distress)
        wished.append(np.where(distress == "Ja", wish, ""))
    for within, where in ((here, "in_area"), (np.full(len(here), fill_value=True), "in_town")):
        for answers, name in ((asked, "distressed_of_at_risk"), (wished, "wishing_of_distressed")):
            every = np.concatenate([one[within] for one in answers])
            assert share(every)[0] == pytest.approx(unmet[where][name], abs=0.07)
    assert unmet["in_area"]["wishing_of_distressed"] > unmet["in_town"]["wishing_of_distressed"] + 0.1


def counted(files, of, key):
    """1 for one of the words that count, 0 for another, NaN without an answer; the index itself where there is one."""
    mapping = json.loads(files.safety_mapping.read_text("utf-8"))
    if key in mapping["index"]:
        return np.array([np.nan if word == "" else float(word) for word in of[key]])
    yes, no = mapping["words"][key]["yes"], mapping["words"][key]["no"]
    assert set(of[key]) <= {*yes, *no, ""}
    return np.select([np.isin(of[key], yes), np.isin(of[key], no)], [1.0, 0.0], np.nan)


def test_safety_items_are_indexes_from_0_to_6_or_words_that_count(files, safety):
    for of in safety.values():
        for item in SAFETY_ITEMS:
            values = counted(files, of, item.key)
            assert np.nanmin(values) == 0
            assert np.nanmax(values) == (6 if item.answers == "index" else 1)
            assert np.isfinite(values).mean() > (0.1 if item.key == "victim.reported" else 0.95)


def test_victims_are_who_was_a_victim_and_only_they_report(files, safety):
    of = safety[2024]
    crimes = np.array(
        [counted(files, of, f"victim.{code}") for code in ("violence", "threat", "theft", "damage")]
    )
    is_victim = (crimes == 1).any(axis=0)
    assert not (is_victim & (of["victim.none"] == "Ja")).any()
    assert set(of["victim.reported"][~is_victim]) == {""}


def test_unease_is_highest_near_the_station_and_the_gaps_are_where_they_were_planted(files, safety, truth):
    planted = truth["safety"]
    values = {key: counted(files, safety[2026], key) for key in ("unsafe.out_late", "problem.intoxicated")}
    area = safety[2026]["area"]
    near = np.isin(area, planted["station"]["near"])
    for key, of in values.items():
        assert planted["station"][key]["near"] > 1.5 * planted["station"][key]["elsewhere"]
        assert np.nanmean(of[near]) > 1.4 * np.nanmean(of[~near])
    for gap in planted["gaps"]:
        here = values["unsafe.out_late"][area == gap["area"]]
        error = np.nanstd(here) / np.sqrt(len(here))
        assert_near((np.nanmean(here), error), gap["unsafe.out_late"])
    assert [gap["perceived"] for gap in planted["gaps"]] == ["worse", "better"]
    assert planted["gaps"][0]["rank_of_districts"] < 4
    assert planted["gaps"][1]["rank_of_districts"] > 20


def test_new_lighting_is_seen_in_the_second_wave(files, safety, truth):
    for planted in truth["safety"]["improved"]:
        for year, of in safety.items():
            here = counted(files, of, planted["item"])[of["area"] == planted["area"]]
            error = np.nanstd(here) / np.sqrt(len(here))
            assert_near((np.nanmean(here), error), planted["index"][str(year)])
