"""Every write of the application. Each checks the permission, validates, writes and audits in one transaction."""

from data_access.changes.areas import AreaRow, AreasOutcome, record_areas
from data_access.changes.incidents import ImportOutcome, IncidentFile, record_incidents
from data_access.changes.interventions import InterventionEntry, UnknownCodesError, record_intervention
from data_access.changes.municipality import describe_municipality, initialise
from data_access.changes.sample import refuse_own_data, remove_sample
from data_access.changes.undo import undo_import

__all__ = [
    "AreaRow",
    "AreasOutcome",
    "ImportOutcome",
    "IncidentFile",
    "InterventionEntry",
    "UnknownCodesError",
    "describe_municipality",
    "initialise",
    "record_areas",
    "record_incidents",
    "record_intervention",
    "refuse_own_data",
    "remove_sample",
    "undo_import",
]
