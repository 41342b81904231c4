from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.console import plain_errors
from dashboard.refusals import in_words
from dashboard.texts import texts
from dashboard.ui.writing import refusal
from data_access.changes import EntryError, TextKey, UnknownCodesError
from data_access.database import DatabaseError
from data_access.importers.errors import ImportRefused

if TYPE_CHECKING:
    from dashboard.refusals import Refused

SV, EN = texts("sv"), texts("en")
SAID: list[tuple[Refused, str]] = [
    (EntryError("name_empty"), "Skriv ett namn."),
    (EntryError("text_long", field="cause", count=700, limit=600), "Orsak: Texten har 700 tecken, högst 600 får plats."),
    (
        EntryError("bad_transition", before=TextKey("intervention_status.proposed"), after=TextKey("intervention_status.ended")),
        "En insats kan inte gå från läget Föreslagen till Avslutad. Läs in sidan på nytt och välj ett annat läge.",
    ),
    (EntryError("text_empty", field="person"), "Ansvarig funktion: Fältet är tomt. Skriv något."),
    (UnknownCodesError("areas", ["98", "99"]), "Område som inte finns, eller som du inte ser: 98, 99. Välj igen."),
    (DatabaseError("not_projected", crs="4326"), SV("database.not_projected", crs="4326")),
    (ImportRefused(reason="file_empty", file="x"), SV("reason.file_empty", file="x")),
]  # fmt: skip


@pytest.mark.parametrize(("error", "sentence"), SAID)
def test_a_page_and_a_command_say_the_same_sentence(
    error: Refused, sentence: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMSYN_LANGUAGE", "sv")

    def write() -> None:
        raise error

    assert refusal(write, SV) == in_words(error, SV) == sentence
    assert in_words(error, EN) != sentence
    with pytest.raises(Exception, match="2"), plain_errors():
        write()
    assert capsys.readouterr().err == f"samsyn: {sentence}\n"
