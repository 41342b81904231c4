from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.settings import ROOT, Settings

COMMANDS = (
    "run", "init", "demo", "import-areas", "import-incidents", "counts", "effect", "release-survey", "users", "grant", "doctor",
    "report weekly",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    result = CliRunner().invoke(app, [*command.split(), "--help"])
    assert result.exit_code == 0
    assert "--database" in re.sub(r"\x1b\[[\d;]*m", "", result.stdout)


def test_the_list_of_commands_is_complete() -> None:
    names = {
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    }
    names |= {
        f"{group.name} {command.name}"
        for group in app.registered_groups
        if group.typer_instance
        for command in group.typer_instance.registered_commands
    }
    assert names == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_manual_names_every_command(command: str) -> None:
    assert f"samsyn {command}" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_the_manual_names_every_setting(name: str) -> None:
    assert f"SAMSYN_{name.upper()}" in (ROOT / "README.md").read_text("utf-8")
