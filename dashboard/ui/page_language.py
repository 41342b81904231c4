"""The language of the whole page, as a screen reader and a browser's translator ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.ui import components

if TYPE_CHECKING:
    from dashboard.texts import Texts


def draw(texts: Texts) -> None:
    """Say the language; the first page comes with one already, this follows the switch."""
    components.component("language")(key="page-language", data={"language": texts.language})
