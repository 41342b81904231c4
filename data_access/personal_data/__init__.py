"""Personal data in a text: numbers of persons, phones, e-mails and plates are found; likely names are only suspected."""

from data_access.personal_data.detect import first_in_each, found_in
from data_access.personal_data.finding import Finding, Kind
from data_access.personal_data.names import likely_names

__all__ = ["Finding", "Kind", "first_in_each", "found_in", "likely_names"]
