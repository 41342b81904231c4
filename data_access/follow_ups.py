"""What somebody may say became of a decision: the one rule for the buttons of pages and for what is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data_access.models.meeting import FOLLOW_UPS, OWN_FOLLOW_UPS
from data_access.permissions import Action, can, can_act_for

if TYPE_CHECKING:
    from data_access.permissions import Viewer


def follow_ups(viewer: Viewer, status: str, organisation_id: int) -> tuple[str, ...]:
    """What the viewer may say became of a decision with a status, which an organisation is to carry out.

    All that `FOLLOW_UPS` allows for whoever may write meetings; for the organisation itself only whether it is done.
    """
    if not can(viewer, Action.FOLLOW_UP_DECISIONS) or not can_act_for(viewer, organisation_id):
        return ()
    is_ours = not can(viewer, Action.WRITE_MEETINGS)
    return tuple(one for one in FOLLOW_UPS[status] if one in OWN_FOLLOW_UPS or not is_ours)
