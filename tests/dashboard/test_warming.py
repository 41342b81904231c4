from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from dashboard.linked import documents
from dashboard.linked.documents import mount_document
from dashboard.warming import warm
from data_access.facts import facts
from data_access.permissions import LOCAL_VIEWER
from tests.small_town import POLICE, incident, store_incidents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data_access.database import Database


@pytest.fixture(autouse=True)
def _melted() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_the_first_visitor_finds_the_mount_document_made(
    small: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    warm(small, LOCAL_VIEWER, "en")
    monkeypatch.delattr(documents, "mount")
    assert mount_document(small, LOCAL_VIEWER, facts(small, LOCAL_VIEWER), "en", "light").body
    assert gc.get_freeze_count() > 0


def test_an_installation_without_districts_or_incidents_starts(empty: Database) -> None:
    warm(empty, LOCAL_VIEWER, "sv")
    store_incidents(empty, [incident("a", "noise", "2026-01-05T10:00")], POLICE)
    warm(empty, LOCAL_VIEWER, "sv")
