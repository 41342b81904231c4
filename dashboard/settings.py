"""All settings, read once from the environment (SAMSYN_...) or a `samsyn.toml` beside where the program is started."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Frozen; nothing below the application's entry points reads the environment."""

    model_config = SettingsConfigDict(
        env_prefix="SAMSYN_", toml_file="samsyn.toml", frozen=True, extra="forbid"
    )

    database: str = Field(default="sqlite:///var/samsyn.db", description="SQLAlchemy URL of the database")
    language: str = Field(default="sv", description="language before a person has chosen: sv or en")
    port: int = Field(default=8501, description="port of the web server")
    address: str = Field(default="127.0.0.1", description="address the web server listens on")

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


_GIVEN: dict[str, Any] = {}


def configure(**given: Any) -> None:
    """Set values from the command line above all other sources; None leaves a setting as it is."""
    _GIVEN.update({name: value for name, value in given.items() if value is not None})
    settings.cache_clear()


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings(**_GIVEN)
