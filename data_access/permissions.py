"""Who asks. Every read and every write takes a `Viewer`; what a viewer may see is decided here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Roles that exist today; accounts will map persons to them."""

    OPERATOR = "operator"
    COORDINATOR = "coordinator"


class NotPermittedError(Exception):
    """The viewer's role does not allow the action."""

    def __init__(self, action: str, role: Role) -> None:
        super().__init__(f"{action} is not open to the role {role}")
        self.action = action
        self.role = role


@dataclass(frozen=True)
class Viewer:
    """The person (or command) on whose behalf data is read or written."""

    name: str
    role: Role

    @property
    def sees_exact_records(self) -> bool:
        """Whoever runs commands beside the database file has it in hand anyway; nobody in a browser does."""
        return self.role is Role.OPERATOR


OPERATOR = Viewer("samsyn", Role.OPERATOR)
DEMO_VIEWER = Viewer("demo", Role.COORDINATOR)

_ALLOWED: dict[str, frozenset[Role]] = {
    "incidents.read": frozenset(Role),
    "incidents.import": frozenset(Role),
    "areas.import": frozenset(Role),
    "interventions.write": frozenset(Role),
    "municipality.write": frozenset(Role),
    "sample.remove": frozenset(Role),
}


def can(viewer: Viewer, action: str) -> bool:
    """Whether the viewer may; pages ask it to show or hide a control."""
    return viewer.role in _ALLOWED.get(action, frozenset())


def check(viewer: Viewer, action: str) -> None:
    """Refuse with `NotPermittedError` unless the viewer may; every read and write begins with it."""
    if not can(viewer, action):
        raise NotPermittedError(action, viewer.role)
