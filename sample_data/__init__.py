"""A fictional coastal municipality: seeded incidents and surveys, real file formats and the planted truth."""

from __future__ import annotations

from sample_data.files import IncidentFile, SampleFiles, write
from sample_data.incidents import Incidents, incidents
from sample_data.surveys import SurveyFiles, write_surveys
from sample_data.truth import truth
from sample_data.weeks import LAST_DAY, Window, window

__all__ = [
    "LAST_DAY",
    "IncidentFile",
    "Incidents",
    "SampleFiles",
    "SurveyFiles",
    "Window",
    "incidents",
    "truth",
    "window",
    "write",
    "write_surveys",
]
