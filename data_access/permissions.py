"""Who asks, and what they may do. Every read and every write takes a `Viewer`; one table says which role may do what."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

FEWEST_TOLD = 5
"""Whoever is shown guarded numbers is told smaller ones only as "fewer than that"."""


class Role(StrEnum):
    """What a person is to the municipality's work; the operator is whoever runs commands beside the database."""

    OPERATOR = "operator"
    ADMIN = "admin"
    COORDINATOR = "coordinator"
    ANALYST = "analyst"
    REPORTER = "reporter"
    POLICE = "police"
    HOUSING = "housing"
    PRESENTER = "presenter"


class Action(StrEnum):
    """Everything that somebody may or may not do."""

    READ_INCIDENTS = "incidents.read"
    EXPORT = "incidents.export"
    IMPORT_INCIDENTS = "incidents.import"
    ACT_FOR_OTHERS = "organisations.act_for_others"
    IMPORT_AREAS = "areas.import"
    WRITE_INTERVENTIONS = "interventions.write"
    READ_SURVEYS = "surveys.read"
    WRITE_SURVEYS = "surveys.write"
    READ_MEETINGS = "meetings.read"
    WRITE_MEETINGS = "meetings.write"
    FOLLOW_UP_DECISIONS = "decisions.follow_up"
    WRITE_CATEGORIES = "categories.write"
    WRITE_MEMBERS = "members.write"
    WRITE_MUNICIPALITY = "municipality.write"
    EXCHANGE_SAMPLE = "sample.exchange"
    READ_AUDIT = "audit.read"


_STEERING = frozenset({Role.OPERATOR, Role.ADMIN, Role.COORDINATOR})
_ADMIN = frozenset({Role.OPERATOR, Role.ADMIN})
_OUTSIDE = frozenset({Role.POLICE, Role.HOUSING})

_ALLOWED: dict[Action, frozenset[Role]] = {
    Action.READ_INCIDENTS: frozenset(Role),
    Action.EXPORT: _STEERING | _OUTSIDE | {Role.ANALYST},
    Action.IMPORT_INCIDENTS: _STEERING | _OUTSIDE | {Role.ANALYST, Role.REPORTER},
    Action.ACT_FOR_OTHERS: _STEERING | {Role.ANALYST},
    Action.IMPORT_AREAS: _STEERING,
    Action.WRITE_INTERVENTIONS: _STEERING | _OUTSIDE,
    Action.READ_SURVEYS: frozenset(Role),
    Action.WRITE_SURVEYS: _STEERING,
    Action.READ_MEETINGS: frozenset(Role) - {Role.REPORTER},
    Action.WRITE_MEETINGS: _STEERING,
    Action.FOLLOW_UP_DECISIONS: _STEERING | _OUTSIDE,
    Action.WRITE_CATEGORIES: _ADMIN,
    Action.WRITE_MEMBERS: _ADMIN,
    Action.WRITE_MUNICIPALITY: _ADMIN,
    Action.EXCHANGE_SAMPLE: _ADMIN,
    Action.READ_AUDIT: _ADMIN,
}


class NotPermittedError(Exception):
    """The viewer's role does not allow the action."""

    def __init__(self, action: str, role: Role) -> None:
        super().__init__(f"{action} is not open to the role {role}")
        self.action = action
        self.role = role


@dataclass(frozen=True)
class AreaKey:
    """A district by the name of its set and its code: it stays the same in the next version of the set."""

    area_set: str
    code: str


@dataclass(frozen=True)
class Sight:
    """What of the incidents somebody sees; whoever has the same sight is answered from the same facts.

    `areas`, `organisations` (ids): only incidents in these districts, or from these sources; None means all. `fewest`: counts
    from 1 to below it are told as "few", and places only where many share them; 0 tells every count. `is_exact`:
    sensitivity hides nothing.
    """

    is_exact: bool = False
    areas: frozenset[AreaKey] | None = None
    organisations: frozenset[int] | None = None
    fewest: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether all incidents are seen."""
        return self.areas is None and self.organisations is None

    def codes_in(self, area_set: str) -> frozenset[str] | None:
        """Codes of the districts of a set that are seen; None means all."""
        if self.areas is None:
            return None
        return frozenset(area.code for area in self.areas if area.area_set == area_set)


WORKING_GROUP = Sight()
"""Who works with all of it."""


@dataclass(frozen=True)
class SurveySight:
    """What of surveys somebody is told: the municipality and `areas` (None: all), as a partner only larger groups.

    `is_total_only`: the municipality's totals, without areas and groups.
    """

    areas: frozenset[AreaKey] | None = None
    is_partner: bool = False
    is_total_only: bool = False


@dataclass(frozen=True)
class Viewer:
    """The person (or command) on whose behalf data is read or written.

    `user_id`, `organisation_id`: as in the database, None for commands and for the single user of a trial. `areas`: the districts
    that the membership is limited to, None for all. `fewest`: what the municipality has set in place of FEWEST_TOLD.
    """

    name: str
    role: Role
    user_id: int | None = None
    organisation_id: int | None = None
    areas: frozenset[AreaKey] | None = None
    fewest: int = FEWEST_TOLD

    @property
    def sight(self) -> Sight:
        """What of the incidents the viewer sees; the one place where a role becomes a limit.

        Housing companies see nothing beyond the districts they were given, not even without any; reporters what their own
        organisation has reported.
        """
        is_reporter = self.role is Role.REPORTER
        no_areas = frozenset() if self.role is Role.HOUSING else None
        own = frozenset(() if self.organisation_id is None else (self.organisation_id,))
        return Sight(
            is_exact=self.role is Role.OPERATOR,
            areas=no_areas if self.areas is None else self.areas,
            organisations=own if is_reporter else None,
            fewest=max(self.fewest, FEWEST_TOLD) if self.role is Role.PRESENTER else 0,
        )

    @property
    def survey_sight(self) -> SurveySight:
        """What of surveys the viewer is told: the analysing roles of the municipality more than its partners and presenters."""
        is_municipal = self.role in _STEERING or self.role is Role.ANALYST
        return SurveySight(self.sight.areas, not is_municipal, self.role is Role.REPORTER)

    def before_others(self) -> Viewer:
        """The same person at a shared screen: what a presenter is told, and never of more than they see themselves."""
        if self.role is Role.REPORTER:
            return self
        return replace(self, role=Role.PRESENTER, areas=self.sight.areas)

    @property
    def alike(self) -> Alike:
        """The key under which caches keep what this viewer may see."""
        return Alike(self.sight, self)

    @property
    def sees_exact_records(self) -> bool:
        """Whoever runs commands beside the database file has it in hand anyway; nobody in a browser does."""
        return self.sight.is_exact


@dataclass(frozen=True)
class Alike:
    """All viewers who see the same, by one of them."""

    sight: Sight
    viewer: Viewer = field(compare=False)


OPERATOR = Viewer("samsyn", Role.OPERATOR)
READER_OF_REPORTS = Viewer("samsyn", Role.COORDINATOR)
"""Who has a report made by a command: it is handed on, and says what the page says, so no sensitive type by week and district."""

LOCAL_VIEWER = Viewer("lokal", Role.ADMIN)
"""The one person in front of a trial that only answers its own machine."""


def can(viewer: Viewer, action: Action) -> bool:
    """Whether the viewer may; pages ask it to show or hide a control."""
    return viewer.role in _ALLOWED.get(action, frozenset())


def check(viewer: Viewer, action: Action) -> None:
    """Refuse with `NotPermittedError` unless the viewer may; every read and write begins with it."""
    if not can(viewer, action):
        raise NotPermittedError(action, viewer.role)


def can_hold_meetings(viewer: Viewer) -> bool:
    """Whether the viewer may write to meetings: they are about all districts, so nobody who is limited to some may."""
    return can(viewer, Action.WRITE_MEETINGS) and viewer.sight.areas is None


def can_act_for(viewer: Viewer, organisation_id: int | None) -> bool:
    """Whether the viewer may deliver or do something in the name of an organisation; None: of one that is not there yet."""
    is_own = organisation_id is not None and organisation_id == viewer.organisation_id
    return is_own or can(viewer, Action.ACT_FOR_OTHERS)


def check_act_for(viewer: Viewer, organisation_id: int | None) -> None:
    """Refuse with `NotPermittedError` unless `can_act_for`."""
    if not can_act_for(viewer, organisation_id):
        raise NotPermittedError(Action.ACT_FOR_OTHERS, viewer.role)


def can_import_for(viewer: Viewer, organisation_id: int | None) -> bool:
    """Whether the viewer may deliver incidents in the name of an organisation."""
    return can(viewer, Action.IMPORT_INCIDENTS) and can_act_for(viewer, organisation_id)
