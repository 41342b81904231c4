"""All tables; importing this package fills `SQLModel.metadata`.

The cells of surveys are not named here: they have one reader and one writer (`data_access.models.survey_release`).
"""

import data_access.models.survey_release  # noqa: F401 - fills the metadata
from data_access.models.account import Membership, MembershipArea, User, UserSession
from data_access.models.area import Area, AreaSet, Backdrop
from data_access.models.audit import AuditLog
from data_access.models.category import Category, CategoryCode, CategoryGroup
from data_access.models.finding import Finding, FindingArea
from data_access.models.imports import ColumnMapping, ImportBatch, ImportError_
from data_access.models.incident import Incident, IncidentArea
from data_access.models.intervention import (
    Dose,
    Intervention,
    InterventionArea,
    InterventionCategory,
    InterventionChange,
    InterventionComparison,
    InterventionLook,
)
from data_access.models.meeting import (
    Decision,
    DecisionArea,
    DecisionCategory,
    DecisionEvent,
    EarlierMinutes,
    Focus,
    Meeting,
    MeetingRecipient,
    Rating,
    ReportDelivery,
)
from data_access.models.organisation import Municipality, Organisation
from data_access.models.survey import SurveyIndicator, SurveyWave, SurveyWaveArea

__all__ = [
    "Area",
    "AreaSet",
    "AuditLog",
    "Backdrop",
    "Category",
    "CategoryCode",
    "CategoryGroup",
    "ColumnMapping",
    "Decision",
    "DecisionArea",
    "DecisionCategory",
    "DecisionEvent",
    "Dose",
    "EarlierMinutes",
    "Finding",
    "FindingArea",
    "Focus",
    "ImportBatch",
    "ImportError_",
    "Incident",
    "IncidentArea",
    "Intervention",
    "InterventionArea",
    "InterventionCategory",
    "InterventionChange",
    "InterventionComparison",
    "InterventionLook",
    "Meeting",
    "MeetingRecipient",
    "Membership",
    "MembershipArea",
    "Municipality",
    "Organisation",
    "Rating",
    "ReportDelivery",
    "SurveyIndicator",
    "SurveyWave",
    "SurveyWaveArea",
    "User",
    "UserSession",
]
