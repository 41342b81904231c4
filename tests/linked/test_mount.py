from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from dashboard.geometry import KINDS, document
from dashboard.linked.charts import PICKS
from dashboard.linked.documents import mount_document
from dashboard.maps.explore import LAYERS
from dashboard.situation.periods import PRESETS
from dashboard.texts import texts
from data_access.facts import facts
from data_access.permissions import LOCAL_VIEWER
from tests.small_town import POLICE, incident, store_areas, store_incidents

if TYPE_CHECKING:
    from typing import Any

    from dashboard.look import Mode
    from data_access.database import Database


def mounted(database: Database, language: str = "sv", mode: Mode = "light") -> dict[str, Any]:
    known = facts(database, LOCAL_VIEWER)
    return json.loads(mount_document(database, LOCAL_VIEWER, known, language, mode).body)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_everything_is_named_in_every_language_and_mode(small: Database, language: str, mode: Mode) -> None:
    found = mounted(small, language, mode)
    assert (found["language"], found["mode"], found["look"]["mode"]) == (language, mode, mode)
    assert found["locale"] == {"sv": "sv-SE", "en": "en-GB"}[language]
    assert [chart["name"] for chart in found["charts"]] == list(PICKS)
    assert [layer["name"] for layer in found["layers"]] == list(LAYERS)
    assert found["words"] == texts(language).table("linked")
    labels = [one["label"] for part in ("presets", "layers", "figures") for one in found[part]]
    assert all(labels)
    assert len({figure["help"] for figure in found["figures"]}) == 4


def test_presets_say_how_many_days_they_are(small: Database) -> None:
    found = {preset["name"]: preset["days"] for preset in mounted(small)["presets"]}
    assert found == {**PRESETS, "all": None}


def test_a_chart_says_how_it_is_picked_and_tabled(small: Database) -> None:
    charts = {chart["name"]: chart for chart in mounted(small)["charts"]}
    assert {name: (chart["pick"], chart["facet"]) for name, chart in charts.items()} == {
        "hours": ("hours", "hours"),
        "categories": ("code", "categories"),
        "areas": ("code", "areas"),
        "period": ("weeks", "period"),
        "coverage": (None, None),
        "sources": ("code", "sources"),
        "police_reported": ("code", "police_reported"),
        "kinds": ("code", "kinds"),
    }
    assert charts["hours"]["table"] == "hours"
    assert charts["period"]["where"] == {"part": 0}
    for chart in charts.values():
        assert chart["title"]
        assert len(chart["description"]) > 30
        assert all(column["header"] for column in chart["columns"])
        assert chart["dataset"] in [data["name"] for data in chart["spec"]["data"]]


def test_the_map_names_its_documents_and_districts(small: Database) -> None:
    found, known = mounted(small)["map"], facts(small, LOCAL_VIEWER)
    assert found["documents"] == {
        kind: made.path for kind in KINDS if (made := document(small, LOCAL_VIEWER, known, kind))
    }
    assert found["areas"] == {
        "code": ["01", "02", "03", "04"],
        "name": ["Hamnen", "Torget", "Parken", "Skogen"],
    }
    west, south, east, north = found["bounds"]
    assert all(west < label["lon"] < east and south < label["lat"] < north for label in found["labels"])
    assert [label["text"] for label in sorted(found["labels"], key=lambda label: label["rank"])][:2] == [
        "Parken",
        "Hamnen",
    ]


def test_it_holds_no_address_of_another_site(sample: Database) -> None:
    written = json.dumps(mounted(sample))
    assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)[^\"']+", written)


def test_sets_of_districts_are_offered_where_there_is_a_choice(small: Database) -> None:
    assert mounted(small)["area_sets"] == []
    store_areas(small, name="Nya", file_name="nya.gpkg")
    assert [one["label"] for one in mounted(small)["area_sets"]] == [
        "Småstad (version 1)",
        "Nya (version 1)",
    ]


def test_without_districts_there_are_charts_but_no_map(empty: Database) -> None:
    store_incidents(empty, [incident("a", "noise", "2026-01-05T10:00")], POLICE)
    found = mounted(empty)
    assert found["map"] is None
    assert len(found["charts"]) == len(PICKS)


def test_without_incidents_there_is_nothing_to_draw(empty: Database) -> None:
    assert mounted(empty)["charts"] == []


def test_the_address_names_content_language_and_mode(small: Database, sample: Database) -> None:
    def path(database: Database, language: str, mode: Mode) -> str:
        return mount_document(database, LOCAL_VIEWER, facts(database, LOCAL_VIEWER), language, mode).path

    paths = {
        path(database, language, mode)
        for database in (small, sample)
        for language in ("sv", "en")
        for mode in ("light", "dark")
    }
    assert len(paths) == 8
    assert path(small, "xx", "light") == path(small, "sv", "light")


def test_it_stays_when_only_incidents_come_and_changes_when_its_content_does(small: Database) -> None:
    def version() -> str:
        return mount_document(small, LOCAL_VIEWER, facts(small, LOCAL_VIEWER), "sv", "light").version

    before = version()
    store_incidents(
        small, [incident("n", "noise", "2026-02-11T10:00", area_code="01")], POLICE, name="ny.csv"
    )
    assert version() == before
    store_areas(small, name="Nya", file_name="nya.gpkg")
    assert version() != before
