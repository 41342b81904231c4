"""Every sentence of the product, in each language, and numbers and dates as its readers write them.

A language is one file beside this one (`sv.toml`, `en.toml`); a key is "table.name". Both files hold the same keys with
the same placeholders: a test compares them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from babel.dates import format_date

if TYPE_CHECKING:
    from datetime import date

LANGUAGES = ("sv", "en")
DEFAULT_LANGUAGE = "sv"
LOCALES = {"sv": "sv_SE", "en": "en_GB"}
# Python writes 1,234.5 and -: two signs change places in Swedish, and the minus sign is a real one.
_SIGNS = {
    "sv": str.maketrans({",": "\u00a0", ".": ",", "-": "\u2212"}),
    "en": str.maketrans({"-": "\u2212"}),
}


@cache
def _strings(language: str) -> dict[str, str]:
    tables = tomllib.loads(files(__name__).joinpath(f"{language}.toml").read_text("utf-8"))
    return {f"{table}.{name}": text for table, texts in tables.items() for name, text in texts.items()}


@dataclass(frozen=True)
class Texts:
    """The texts and the number formats of one language."""

    language: str = DEFAULT_LANGUAGE

    def __call__(self, key: str, **values: Any) -> str:
        """Text of a key with its placeholders filled; numbers among the values are written in the language.

        With `count=1` the key's variant for one ("..._one") is taken where there is one.
        """
        is_one = values.get("count") == 1 and self.has(f"{key}_one")
        text = _strings(self.language)[f"{key}_one" if is_one else key]
        return (
            text.format_map({name: self._written(value) for name, value in values.items()})
            if values
            else text
        )

    def has(self, key: str) -> bool:
        """Whether the key exists."""
        return key in _strings(self.language)

    def table(self, name: str) -> dict[str, str]:
        """All texts of one table, by their names within it."""
        start = f"{name}."
        return {k.removeprefix(start): v for k, v in _strings(self.language).items() if k.startswith(start)}

    def name(self, of: Any) -> str:
        """Name of anything that carries `name_sv` and `name_en`."""
        return str(getattr(of, f"name_{self.language}"))

    def number(self, value: float, decimals: int = 0, *, signed: bool = False) -> str:
        """12 345 and 3,4 in Swedish; 12,345 and 3.4 in English. Real minus sign; thousands from four digits."""
        text = f"{round(float(value), decimals) + 0.0:,.{decimals}f}".translate(_SIGNS[self.language])
        return f"+{text}" if signed and value > 0 else text

    def percent(self, share: float, decimals: int = 0) -> str:
        """34 % in Swedish, 34% in English; `share` is 0-1."""
        return self.number(100 * share, decimals) + ("\u00a0%" if self.language == "sv" else "%")

    def date(self, day: date) -> str:
        """5 mars 2026; 5 March 2026."""
        return format_date(day, "d MMMM y", locale=LOCALES[self.language])

    def short_date(self, day: date) -> str:
        """2026-03-05 in both: the order is never in doubt."""
        return day.isoformat()

    def week(self, day: date) -> str:
        """ISO week of a day: "v. 47 2026"; "wk 47 2026"."""
        year, week, _ = day.isocalendar()
        return self("format.week", week=str(week), year=str(year))

    def _written(self, value: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return str(value)
        return self.number(value, 0 if float(value).is_integer() else 1)


@cache
def texts(language: str) -> Texts:
    """Texts of a language; an unknown one gives the default."""
    return Texts(language if language in LANGUAGES else DEFAULT_LANGUAGE)
