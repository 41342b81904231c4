"""How the `samsyn` command speaks: answers as text or JSON, and bad input as one line."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

from dashboard.refusals import REFUSED, in_words
from dashboard.settings import SettingsError, settings, spoken_language
from dashboard.texts import Texts, texts
from data_access.selection import SelectionError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class OutputError(Exception):
    """A file cannot be written; `problem` as the system says it."""

    def __init__(self, file: Path, problem: str) -> None:
        super().__init__(f"{file}: {problem}")
        self.file = file
        self.problem = problem


def spoken_texts() -> Texts:
    """Texts in the language of the settings."""
    return texts(spoken_language())


def show(document: Any, sentences: list[str], *, as_json: bool) -> None:
    """Print the document as JSON, or the sentences, on standard output."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=1) if as_json else "\n".join(sentences))


@contextmanager
def plain_errors() -> Iterator[None]:
    """Bad input becomes one line and exit code 2, never a traceback."""
    say = spoken_texts()
    try:
        settings()
        yield
    except SettingsError as error:
        line = say(f"settings.{error.reason}", **error.parameters)
    except REFUSED as error:
        line = in_words(error, say)
    except SelectionError as error:
        line = say("cli.bad_value", parameter=error.parameter, value=error.value)
    except OutputError as error:
        line = say("cli.cannot_write", file=error.file, problem=error.problem)
    else:
        return
    sys.stderr.write(f"samsyn: {line}\n")
    raise typer.Exit(2)
