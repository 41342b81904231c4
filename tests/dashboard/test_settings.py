from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from dashboard import settings as module
from dashboard.settings import Settings, SettingsError, configure, settings, spoken_language
from dashboard.texts import DEFAULT_LANGUAGE, LANGUAGES

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
    with pytest.raises(SettingsError) as caught:
        settings()
    assert caught.value.reason == "unknown"
    assert caught.value.parameters == {
        "setting": "langauge",
        "value": "en",
        "known": ", ".join(sorted(Settings.model_fields)),
    }


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("port", "abc", "bad_port"),
        ("port", "0", "bad_port"),
        ("port", "65536", "bad_port"),
        ("language", "xx", "bad_language"),
        ("language", "", "bad_language"),
    ],
)
def test_a_bad_value_is_named_as_it_was_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str, reason: str
) -> None:
    (tmp_path / "samsyn.toml").write_text(f'{name} = "{value}"\n', "utf-8")
    assert _refused() == (reason, {"setting": f"{name} (samsyn.toml)", "value": value})
    monkeypatch.setenv(f"SAMSYN_{name.upper()}", value)
    assert _refused() == (reason, {"setting": f"SAMSYN_{name.upper()}", "value": value})
    configure(**{name: value})
    assert _refused() == (reason, {"setting": f"--{name}", "value": value})


def _refused() -> tuple[str, dict[str, str]]:
    with pytest.raises(SettingsError) as caught:
        settings()
    return caught.value.reason, caught.value.parameters


@pytest.mark.parametrize("port", ["1", "65535"])
def test_the_first_and_the_last_port_are_ports(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("SAMSYN_PORT", port)
    assert settings().port == int(port)


def test_a_value_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "samsyn.toml").write_text("address = 127\n", "utf-8")
    assert _refused() == ("bad_text", {"setting": "address (samsyn.toml)", "value": "127"})


@pytest.mark.parametrize("content", [b"port 8501\n", 'address = "\u00e5"\n'.encode("cp1252")])
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "samsyn.toml").write_bytes(content)
    assert _refused() == ("unreadable", {"file": str(tmp_path / "samsyn.toml")})
    assert spoken_language() == DEFAULT_LANGUAGE


def test_other_faults_do_not_change_the_language(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "samsyn.toml").write_text('prot = 1\nlanguage = "en"\n', "utf-8")
    monkeypatch.setenv("SAMSYN_PORT", "abc")
    assert spoken_language() == "en"
    monkeypatch.setenv("SAMSYN_LANGUAGE", "xx")
    assert spoken_language() == DEFAULT_LANGUAGE == Settings.model_fields["language"].default


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("", ()),
        ("Samsyn.Example.se", ("samsyn.example.se",)),
        (" a.example , b.example,", ("a.example", "b.example")),
        ("10.0.0.1,[2001:db8::1]", ("10.0.0.1", "[2001:db8::1]")),
    ],
)
def test_names_of_hosts_stand_between_commas_or_in_a_list(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, written: str, names: tuple[str, ...]
) -> None:
    listed = ", ".join(f'"{name.strip()}"' for name in written.split(","))
    (tmp_path / "samsyn.toml").write_text(f"hosts = [{listed}]\n", "utf-8")
    assert settings().hosts == names
    (tmp_path / "samsyn.toml").unlink()
    monkeypatch.setenv("SAMSYN_HOSTS", written)
    settings.cache_clear()
    assert settings().hosts == names


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hosts", "https://a.example"),
        ("hosts", "a.example:8501"),
        ("hosts", "a.example b.example"),
        ("hosts", "*"),
        ("tls", "maybe"),
        ("tls", ""),
    ],
)
def test_a_bad_name_of_a_host_or_a_bad_answer_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    monkeypatch.setenv(f"SAMSYN_{name.upper()}", value)
    assert _refused() == (f"bad_{name}", {"setting": f"SAMSYN_{name.upper()}", "value": value})
    monkeypatch.delenv(f"SAMSYN_{name.upper()}")
    (tmp_path / "samsyn.toml").write_text(f'{name} = "{value}"\n', "utf-8")
    settings.cache_clear()
    assert _refused() == (f"bad_{name}", {"setting": f"{name} (samsyn.toml)", "value": value})


def test_a_list_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "samsyn.toml").write_text('hosts = ["a.example", 5]\n', "utf-8")
    assert _refused() == ("bad_hosts", {"setting": "hosts (samsyn.toml)", "value": "a.example, 5"})
    (tmp_path / "samsyn.toml").write_text("hosts = 5\n", "utf-8")
    settings.cache_clear()
    assert _refused() == ("bad_hosts", {"setting": "hosts (samsyn.toml)", "value": "5"})


@pytest.mark.parametrize(
    ("written", "is_tls"), [("true", True), ("false", False), ("1", True), ("no", False)]
)
def test_tls_is_told_by_a_word(monkeypatch: pytest.MonkeyPatch, written: str, is_tls: bool) -> None:  # noqa: FBT001
    monkeypatch.setenv("SAMSYN_TLS", written)
    assert settings().tls is is_tls


def test_every_language_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    for language in LANGUAGES:
        monkeypatch.setenv("SAMSYN_LANGUAGE", language)
        settings.cache_clear()
        assert settings().language == language
