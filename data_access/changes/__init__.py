"""Every write of the application. Each checks the permission, validates, writes and audits in one transaction."""

from data_access.changes.areas import AreaRow, AreasOutcome, record_areas
from data_access.changes.categories import CategoryEntry, map_own_code, record_category
from data_access.changes.entry import EntryError
from data_access.changes.exports import record_export
from data_access.changes.grant import grant_role
from data_access.changes.incidents import ImportOutcome, IncidentFile, record_incidents
from data_access.changes.interventions import InterventionEntry, UnknownCodesError, record_intervention
from data_access.changes.members import (
    MembershipEntry,
    block_user,
    record_membership,
    record_organisation,
    remove_membership,
)
from data_access.changes.municipality import Rules, describe_municipality, initialise, record_rules
from data_access.changes.sample import refuse_own_data, remove_sample
from data_access.changes.undo import undo_import

__all__ = [
    "AreaRow",
    "AreasOutcome",
    "CategoryEntry",
    "EntryError",
    "ImportOutcome",
    "IncidentFile",
    "InterventionEntry",
    "MembershipEntry",
    "Rules",
    "UnknownCodesError",
    "block_user",
    "describe_municipality",
    "grant_role",
    "initialise",
    "map_own_code",
    "record_areas",
    "record_category",
    "record_export",
    "record_incidents",
    "record_intervention",
    "record_membership",
    "record_organisation",
    "record_rules",
    "refuse_own_data",
    "remove_membership",
    "remove_sample",
    "undo_import",
]
