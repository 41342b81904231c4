from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from dashboard import settings as module
from dashboard.settings import configure, settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _nothing_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "_GIVEN", {})
    monkeypatch.chdir(tmp_path)


def test_the_command_line_comes_before_the_environment_before_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert (settings().language, settings().port, settings().address) == ("sv", 8501, "127.0.0.1")
    (tmp_path / "samsyn.toml").write_text('language = "en"\nport = 1\naddress = "10.0.0.1"\n', "utf-8")
    settings.cache_clear()
    assert (settings().language, settings().port, settings().address) == ("en", 1, "10.0.0.1")
    monkeypatch.setenv("SAMSYN_PORT", "2")
    monkeypatch.setenv("SAMSYN_ADDRESS", "10.0.0.2")
    settings.cache_clear()
    configure(address="10.0.0.3", language=None)
    assert (settings().language, settings().port, settings().address) == ("en", 2, "10.0.0.3")


def test_settings_cannot_be_changed_while_the_program_runs() -> None:
    with pytest.raises(ValidationError):
        settings().port = 1  # type: ignore[misc]


def test_a_misspelt_setting_is_refused(tmp_path: Path) -> None:
    (tmp_path / "samsyn.toml").write_text('langauge = "en"\n', "utf-8")
    settings.cache_clear()
    with pytest.raises(ValidationError, match="langauge"):
        settings()
