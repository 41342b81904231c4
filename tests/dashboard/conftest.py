from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
from typer.testing import CliRunner

from dashboard import settings
from dashboard.cli import app
from tests.dashboard.command import GOOD, HEADER
from tests.small_town import AREAS, SRID

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a command in English on a database of its own."""
    monkeypatch.setattr(settings, "_GIVEN", {})  # `run` is told for the whole process

    def run(*arguments: object, url: str | None = f"sqlite:///{tmp_path / 'x.db'}") -> Result:
        command, *rest = (str(argument) for argument in arguments)
        given = ["--database", url] if url else []
        return CliRunner(env={"SAMSYN_LANGUAGE": "en"}).invoke(app, [command, *given, *rest])

    return run


@pytest.fixture
def areas_file(tmp_path: Path) -> Path:
    path = tmp_path / "districts.gpkg"
    rows = {
        "kod": [area.code for area in AREAS[2:]],
        "namn": [area.name for area in AREAS[2:]],
        "invanare": [area.population for area in AREAS[2:]],
    }
    gpd.GeoDataFrame(rows, geometry=[area.geometry for area in AREAS[2:]], crs=SRID).to_file(
        path, layer="districts"
    )
    return path


@pytest.fixture
def incidents_file(tmp_path: Path) -> Callable[..., Path]:
    def write(*parts: tuple[tuple[Any, ...], ...], name: str = "polisen.csv") -> Path:
        path = tmp_path / name
        with path.open("w", encoding="cp1252", newline="") as target:
            writer = csv.writer(target, delimiter=";")
            writer.writerow(HEADER)
            writer.writerows(row for part in parts for row in part)
        return path

    return write


@pytest.fixture
def filled(
    call: Callable[..., Result], areas_file: Path, incidents_file: Callable[..., Path]
) -> Callable[..., Result]:
    for step in (("init",), ("import-areas", areas_file), ("import-incidents", incidents_file(GOOD))):
        assert call(*step).exit_code == 0
    return call
