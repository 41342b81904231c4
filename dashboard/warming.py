"""What is made once at start-up, so that the first visitor does not wait for it."""

from __future__ import annotations

import atexit
import gc
from typing import TYPE_CHECKING

from dashboard.geometry import ground
from dashboard.linked.answer import answer
from dashboard.linked.documents import mount_document
from dashboard.maps.explore import LAYERS
from dashboard.situation import explore
from dashboard.texts import texts
from data_access.facts import facts
from data_access.selection import Selection
from data_access.snapshot import prepare

if TYPE_CHECKING:
    from data_access.database import Database
    from data_access.permissions import Viewer


def warm(database: Database, viewer: Viewer, language: str) -> None:
    """Read the facts, compile what is compiled, write the mount document, and answer once for every layer of the map.

    Streamlit collects garbage after each run of a page. What lives for good is taken out of its sight, which saves a good half
    of the time of a run.
    """
    prepare(database)
    known = facts(database, viewer)
    situation = explore.situation(known, Selection())
    if situation is not None:
        area_set = known.frame.area_set
        land = ground(database, viewer, area_set) if area_set else None
        mount_document(database, viewer, known, language, "light")
        for layer in LAYERS:
            answer(situation, land, layer, texts(language), "light")
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # or libraries would report all of it as lost when the program ends
