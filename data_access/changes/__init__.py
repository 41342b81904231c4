"""Every write of the application. Each checks the permission, validates, writes and audits in one transaction."""

from data_access.changes.areas import AreaRow, AreasOutcome, record_areas
from data_access.changes.categories import CategoryEntry, map_own_code, record_category
from data_access.changes.decisions import (
    change_decision,
    follow_up,
    link_decision,
    record_decision,
    remove_decision,
)
from data_access.changes.deliveries import Claim, claim_delivery, finish_delivery
from data_access.changes.doses import record_doses
from data_access.changes.entry import EntryError, TextKey, UnknownCodesError
from data_access.changes.exports import record_export
from data_access.changes.finding_entry import FindingEntry
from data_access.changes.findings import change_finding, record_finding, withdraw_finding
from data_access.changes.grant import grant_role
from data_access.changes.incidents import ImportOutcome, IncidentFile, record_incidents
from data_access.changes.intervention_entry import InterventionEntry, PersonalDataError
from data_access.changes.interventions import (
    change_intervention,
    move_intervention,
    record_intervention,
    remove_intervention,
)
from data_access.changes.looks import record_look
from data_access.changes.meeting_entry import DecisionEntry, MeetingEntry
from data_access.changes.meetings import (
    change_meeting,
    close_meeting,
    open_meeting,
    prepare_meeting,
    remove_meeting,
    reopen_meeting,
)
from data_access.changes.members import (
    MembershipEntry,
    block_user,
    record_membership,
    record_organisation,
    remove_membership,
)
from data_access.changes.municipality import Rules, describe_municipality, initialise, record_rules
from data_access.changes.ratings import rate_area, remove_rating, set_focus
from data_access.changes.recipients import record_recipient, remove_recipient
from data_access.changes.sample import (
    date_sample_findings,
    date_sample_meetings,
    refuse_own_data,
    remove_sample,
)
from data_access.changes.surveys import Correction, ReleaseOutcome, WaveEntry, record_release
from data_access.changes.undo import undo_import

__all__ = [
    "AreaRow",
    "AreasOutcome",
    "CategoryEntry",
    "Claim",
    "Correction",
    "DecisionEntry",
    "EntryError",
    "FindingEntry",
    "ImportOutcome",
    "IncidentFile",
    "InterventionEntry",
    "MeetingEntry",
    "MembershipEntry",
    "PersonalDataError",
    "ReleaseOutcome",
    "Rules",
    "TextKey",
    "UnknownCodesError",
    "WaveEntry",
    "block_user",
    "change_decision",
    "change_finding",
    "change_intervention",
    "change_meeting",
    "claim_delivery",
    "close_meeting",
    "date_sample_findings",
    "date_sample_meetings",
    "describe_municipality",
    "finish_delivery",
    "follow_up",
    "grant_role",
    "initialise",
    "link_decision",
    "map_own_code",
    "move_intervention",
    "open_meeting",
    "prepare_meeting",
    "rate_area",
    "record_areas",
    "record_category",
    "record_decision",
    "record_doses",
    "record_export",
    "record_finding",
    "record_incidents",
    "record_intervention",
    "record_look",
    "record_membership",
    "record_organisation",
    "record_recipient",
    "record_release",
    "record_rules",
    "refuse_own_data",
    "remove_decision",
    "remove_intervention",
    "remove_meeting",
    "remove_membership",
    "remove_rating",
    "remove_recipient",
    "remove_sample",
    "reopen_meeting",
    "set_focus",
    "undo_import",
    "withdraw_finding",
]
