"""All settings, read once from the environment (SAMSYN_...) or a `samsyn.toml` beside where the program is started."""

from __future__ import annotations

import os
import re
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

ROOT = Path(__file__).resolve().parent.parent
_PREFIX, _FILE = "SAMSYN_", "samsyn.toml"
_LONGEST_VALUE = 80
_HIDDEN = "***"
_HOST = re.compile(r"\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9._-]*[a-z0-9])?", re.IGNORECASE)
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*", re.IGNORECASE | re.ASCII)
# Settings whose faults have a sentence of their own; the others are texts.
_TOLD_APART = ("language", "port", "hosts", "tls", "smtp_port", "smtp_security")

SIGN_IN = ("public_url", "sign_in_metadata", "sign_in_client", "sign_in_secret", "cookie_secret")
"""Settings that people need to sign in: all or none."""

_SHORTEST_SECRET = 32

Language = Literal["sv", "en"]
Security = Literal["starttls", "tls", "none"]
DEFAULT_LANGUAGE: Language = "sv"


def _hosts(given: Any) -> tuple[str, ...]:
    """Names of hosts: a list in the file, words between commas in the environment."""
    listed = given.split(",") if isinstance(given, str) else given
    if not isinstance(listed, list | tuple) or not all(isinstance(name, str) for name in listed):
        raise ValueError("no list of names")
    names = tuple(name.strip().lower() for name in listed if name.strip())
    if not all(_HOST.fullmatch(name) for name in names):
        raise ValueError("no name of a host")
    return names


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
    hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_hosts)] = Field(
        default=(),
        description="names people reach the server by, beside those of loopback; commas between them",
    )
    tls: bool = Field(
        default=False, description="true where a proxy before the server speaks TLS with browsers"
    )
    public_url: str = Field(default="", description="address at which people reach the server")
    sign_in_metadata: str = Field(
        default="", description="address of the identity provider's OpenID metadata"
    )
    sign_in_client: str = Field(default="", description="our client id at the identity provider")
    sign_in_secret: str = Field(default="", description="our secret at the identity provider", repr=False)
    cookie_secret: str = Field(default="", description="random text that signs cookies", repr=False)
    survey_secret: str = Field(
        default="",
        description="random text by which surveys get their noise; never changed, never lost",
        repr=False,
    )
    smtp_host: str = Field(default="", description="server that takes our mail; none: nothing is sent")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="port of the mail server")
    smtp_user: str = Field(default="", description="our name at the mail server; none: it asks for none")
    smtp_password: str = Field(default="", description="our password at the mail server", repr=False)
    smtp_security: Security = Field(
        default="starttls", description="starttls, tls, or none (only for a mail server on this machine)"
    )
    smtp_from: str = Field(default="", description="address that our mail comes from")

    @property
    def has_sign_in(self) -> bool:
        """Whether people sign in; without it one person uses a trial on this machine."""
        return bool(self.sign_in_metadata)

    def check_sign_in(self) -> None:
        """Raise `SettingsError`: sign_in_incomplete, cookie_secret_short, public_url_unsafe, open_without_sign_in."""
        given = {name: getattr(self, name) for name in SIGN_IN}
        missing = [f"{_PREFIX}{name.upper()}" for name, value in given.items() if not value]
        if not any(given.values()):
            if not is_loopback(self.address):
                raise SettingsError("open_without_sign_in", address=self.address)
            return
        if missing:
            raise SettingsError("sign_in_incomplete", missing=", ".join(missing))
        if len(self.cookie_secret) < _SHORTEST_SECRET:
            raise SettingsError("cookie_secret_short", length=str(_SHORTEST_SECRET))
        url = urlsplit(self.public_url)
        if url.scheme != "https" and not (url.scheme == "http" and is_loopback(url.hostname or "")):
            raise SettingsError("public_url_unsafe", url=self.public_url)

    def check_survey_secret(self) -> str:
        """The secret of surveys. Raises `SettingsError`: survey_secret_missing, survey_secret_short."""
        if not self.survey_secret:
            raise SettingsError("survey_secret_missing", length=str(_SHORTEST_SECRET))
        if len(self.survey_secret) < _SHORTEST_SECRET:
            raise SettingsError("survey_secret_short", length=str(_SHORTEST_SECRET))
        return self.survey_secret

    def check_mail(self) -> None:
        """Raise `SettingsError`: mail_incomplete, mail_unsafe, mail_from."""
        missing = [name for name in ("smtp_host", "smtp_from") if not getattr(self, name)]
        if bool(self.smtp_user) != bool(self.smtp_password):
            missing.append("smtp_password" if self.smtp_user else "smtp_user")
        if missing:
            raise SettingsError(
                "mail_incomplete", missing=", ".join(f"{_PREFIX}{name.upper()}" for name in missing)
            )
        if self.smtp_security == "none" and not is_loopback(self.smtp_host):
            raise SettingsError("mail_unsafe", host=self.smtp_host)
        if not is_mail_address(self.smtp_from):
            raise SettingsError("mail_from", address=self.smtp_from)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_mail_address(words: str) -> bool:
    """Whether it is one plain address in ASCII, as every mail server takes it."""
    return bool(_ADDRESS.fullmatch(words))


_GIVEN: dict[str, Any] = {}


def configure(**given: Any) -> None:
    """Set values from the command line above all other sources; None leaves a setting as it is."""
    _GIVEN.update({name: value for name, value in given.items() if value is not None})
    settings.cache_clear()


@cache
def settings() -> Settings:
    """The settings of this process.

    Raises `SettingsError`: unknown, bad_language, bad_port, bad_hosts, bad_tls, bad_text, unreadable.
    """
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
    is_secret = name in Settings.model_fields and not Settings.model_fields[name].repr
    value = _HIDDEN if is_secret else _shown(fault["input"])
    if name not in Settings.model_fields:
        return SettingsError(
            "unknown", setting=name, value=value, known=", ".join(sorted(Settings.model_fields))
        )
    reason = f"bad_{name}" if name in _TOLD_APART else "bad_text"
    return SettingsError(reason, setting=_written(name), value=value)


def _shown(given: Any) -> str:
    words = ", ".join(str(one) for one in given) if isinstance(given, list | tuple) else str(given)
    return " ".join(words.split())[:_LONGEST_VALUE]


def _written(name: str) -> str:
    """--port on the command line, SAMSYN_PORT in the environment, port in the file."""
    if name in _GIVEN:
        return f"--{name}"
    variable = f"{_PREFIX}{name.upper()}"
    is_in_environment = variable in {written.upper() for written in os.environ}
    return variable if is_in_environment else f"{name} ({_FILE})"


def provider(given: Settings) -> dict[str, Any]:
    """How people sign in, as Streamlit wants to be told; nothing for a trial without sign-in."""
    if not given.has_sign_in:
        return {}
    asked = {
        "redirect_uri": f"{given.public_url.rstrip('/')}/oauth2callback",
        "cookie_secret": given.cookie_secret,
        "client_id": given.sign_in_client,
        "client_secret": given.sign_in_secret,
        "server_metadata_url": given.sign_in_metadata,
        # Who left a shared computer has left; and every provider knows this word, unlike Streamlit's own.
        "client_kwargs": {"scope": "openid email profile", "prompt": "login"},
    }
    return {"auth": asked}
