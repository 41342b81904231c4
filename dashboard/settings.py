"""All settings, read once from the environment (SAMSYN_...) or a `samsyn.toml` beside where the program is started."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

ROOT = Path(__file__).resolve().parent.parent
_PREFIX, _FILE = "SAMSYN_", "samsyn.toml"
_LONGEST_VALUE = 80

Language = Literal["sv", "en"]
DEFAULT_LANGUAGE: Language = "sv"


class SettingsError(Exception):
    """A setting cannot be used as it is; `reason` is a text key under `settings`, `parameters` its values."""

    def __init__(self, reason: str, **parameters: str) -> None:
        super().__init__(f"{reason}: {parameters}")
        self.reason = reason
        self.parameters = parameters


class _Sources(BaseSettings):
    """Where settings come from, and the one that errors in the others are told in."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, toml_file=_FILE, frozen=True, extra="ignore")

    language: Language = Field(
        default=DEFAULT_LANGUAGE, description="language before a person has chosen: sv or en"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then the environment, then the file."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


class Settings(_Sources):
    """Frozen; nothing below the application's entry points reads the environment."""

    model_config = SettingsConfigDict(extra="forbid")

    database: str = Field(default="sqlite:///var/samsyn.db", description="SQLAlchemy URL of the database")
    port: int = Field(default=8501, ge=1, le=65535, description="port of the web server")
    address: str = Field(default="127.0.0.1", description="address the web server listens on")


_GIVEN: dict[str, Any] = {}


def configure(**given: Any) -> None:
    """Set values from the command line above all other sources; None leaves a setting as it is."""
    _GIVEN.update({name: value for name, value in given.items() if value is not None})
    settings.cache_clear()


@cache
def settings() -> Settings:
    """The settings of this process. Raises `SettingsError`: unknown, bad_language, bad_port, bad_text, unreadable."""
    try:
        return Settings(**_GIVEN)
    except ValidationError as error:
        raise _refusal(error.errors()[0]) from None
    except (OSError, ValueError):  # no TOML, or not in UTF-8
        raise SettingsError("unreadable", file=str(Path(_FILE).resolve())) from None


def spoken_language() -> Language:
    """The language of the settings, also when others of them are broken; the default when it is broken itself."""
    try:
        return _Sources(**_GIVEN).language
    except (OSError, ValueError):
        return DEFAULT_LANGUAGE


def _refusal(fault: ErrorDetails) -> SettingsError:
    """The fault with the setting's name as it was written."""
    name = str(fault["loc"][0])
    value = " ".join(str(fault["input"]).split())[:_LONGEST_VALUE]
    if name not in Settings.model_fields:
        return SettingsError(
            "unknown", setting=name, value=value, known=", ".join(sorted(Settings.model_fields))
        )
    reason = f"bad_{name}" if name in ("language", "port") else "bad_text"
    return SettingsError(reason, setting=_written(name), value=value)


def _written(name: str) -> str:
    """--port on the command line, SAMSYN_PORT in the environment, port in the file."""
    if name in _GIVEN:
        return f"--{name}"
    variable = f"{_PREFIX}{name.upper()}"
    is_in_environment = variable in {written.upper() for written in os.environ}
    return variable if is_in_environment else f"{name} ({_FILE})"
