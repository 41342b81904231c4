"""The mount document as it is served: written once per facts, language and mode, at an address that names its content."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dashboard.geometry import KINDS, document, ground
from dashboard.linked.mount import mount
from dashboard.situation.once import once_per_facts
from dashboard.texts import texts

if TYPE_CHECKING:
    from dashboard.look import Mode
    from data_access.database import Database
    from data_access.facts import Facts
    from data_access.permissions import Alike, Viewer


@dataclass(frozen=True)
class MountDocument:
    """The document as JSON, the hash of its content, and the address it is served at."""

    body: bytes
    version: str
    path: str


def mount_document(
    database: Database, viewer: Viewer, facts: Facts, language: str, mode: Mode
) -> MountDocument:
    """The document for the set of districts of the facts; an unknown language gives the default."""
    return _written(facts, database, viewer.alike, texts(language).language, mode)


def compact(values: Any) -> bytes:
    """JSON without spaces."""
    return json.dumps(values, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


@once_per_facts
def _written(facts: Facts, database: Database, viewers: Alike, language: str, mode: Mode) -> MountDocument:
    area_set = facts.frame.area_set
    viewer = viewers.viewer
    land = ground(database, viewer, area_set) if area_set else None
    paths = {kind: found.path for kind in KINDS if (found := document(database, viewer, facts, kind))}
    values = mount(facts, land, paths, language, mode)
    body = compact(values)
    version = hashlib.sha256(body).hexdigest()[:16]
    query = {"lang": language, "mode": mode, "v": version}
    query |= {"area_set": str(area_set.id)} if area_set else {}
    return MountDocument(body, version, f"/linked/mount?{urlencode(query)}")
