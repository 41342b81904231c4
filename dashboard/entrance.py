"""Who stands before the screen: whoever has signed in, or the one person of a trial that only its own machine can reach."""

from __future__ import annotations

from dashboard.settings import settings
from data_access.database import opened
from data_access.permissions import LOCAL_VIEWER, Viewer
from data_access.sessions import SignInError, signed_in

LOCAL_SESSION = 0
"""The session of a trial without sign-in."""


def viewer_in(session_id: int) -> Viewer:
    """Who looks in a session, read anew; raises `SignInError` when it is over, or its person may not look any more."""
    if session_id != LOCAL_SESSION:
        return signed_in(opened(settings().database), session_id).viewer
    if settings().has_sign_in:
        raise SignInError("ended")
    return LOCAL_VIEWER
