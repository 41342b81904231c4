"""Why something could not be done, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data_access.changes import EntryError, TextKey
from data_access.database import DatabaseError
from data_access.importers.errors import ImportRefused

if TYPE_CHECKING:
    from dashboard.texts import Texts

Refused = EntryError | ImportRefused | DatabaseError
REFUSED = (EntryError, ImportRefused, DatabaseError)
"""What the database, an importer or a form refuses: whoever wrote it is told why."""


def in_words(error: Refused, texts: Texts) -> str:
    """The sentence for a refusal, after the name of the field that it is about."""
    if isinstance(error, EntryError):
        return _of_entry(error, texts)
    if isinstance(error, ImportRefused):
        return texts(f"reason.{error.reason}", **error.parameters)
    return texts(f"database.{error.reason}", **error.parameters)


def _of_entry(error: EntryError, texts: Texts) -> str:
    told = {
        name: texts(value) if isinstance(value, TextKey) else value
        for name, value in error.parameters.items()
    }
    problem = texts(f"entry.{error.reason}", **told)
    if not error.field:
        return problem
    tables = ("meeting_field", "finding_field", "intervention_field")
    named = (name for table in tables if texts.has(name := f"{table}.{error.field}"))
    return texts("entry.of_field", field=texts(next(named)), problem=problem)
