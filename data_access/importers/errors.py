"""What can be wrong with a file, a row or a guess: keys and values only; the texts are in Swedish and English."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from data_access.personal_data import found_in

Reason = Literal[
    # the whole file
    "file_missing",
    "file_empty",
    "file_too_large",
    "unpacked_too_large",
    "archive_unsafe",
    "archive_broken",
    "html_not_excel",
    "not_a_table",
    "workbook_unreadable",
    "sheet_missing",
    "no_header",
    "header_row_missing",
    "too_many_rows",
    "too_many_columns",
    "encoding_unknown",
    "column_missing",
    "no_date_column",
    "timezone_unknown",
    "crs_unknown",
    "mapping_broken",
    "not_areas",
    "areas_unreadable",
    "no_crs",
    "layer_missing",
    "too_many_areas",
    "no_areas",
    "entities_forbidden",
    # a file of a survey
    "survey_no_area",
    "survey_no_questions",
    "survey_too_few",
    "survey_row_broken",
    "survey_answer_unreadable",
    "survey_needs_cut_point",
    "survey_only_yes",
    "survey_area_unknown",
    "survey_groups_unknown",
    "survey_ages",
    "survey_question_unknown",
    "survey_count_unreadable",
    "survey_count_repeated",
    "survey_groups_overlap",
    "survey_parts_exceed",
    "survey_no_total",
    "survey_no_areas",
    "survey_total_differs",
    "survey_turnout_missing",
    "survey_turnout_fewer",
    "survey_turnout_fewer_in_all",
    # one row
    "cell_too_long",
    "too_many_cells",
    "date_missing",
    "date_unreadable",
    "time_unreadable",
    "ends_before_start",
    "in_the_future",
    "too_long_ago",
    "coordinate_unreadable",
    "coordinate_half",
    "coordinate_nowhere",
    "key_repeated",
    "personal_data_personal_number",
    "personal_data_coordination_number",
    "personal_data_phone",
    "personal_data_email",
    "personal_data_plate",
    "geometry_missing",
    "geometry_not_area",
    "ring_broken",
    "code_repeated",
    # kept, but said
    "time_in_spring_gap",
    "time_in_repeated_hour",
    "crossed_midnight",
    "many_midnights",
    "note_too_long",
    "likely_names",
    "area_unknown",
    "severity_unknown",
    "word_unknown",
    "category_missing",
    "category_unknown",
    "no_category_column",
    "no_place_column",
    "points_are_stand_ins",
    "points_far_away",
    "systems_mixed",
    "axes_mixed",
    "keys_rounded",
    "rows_repeated",
    "bytes_repaired",
    "areas_overlap",
    "area_out_of_place",
    "name_repeated",
    "z_dropped",
    "ring_repaired",
    "parts_dropped",
    "population_missing",
]
"""Keys of the text table `reason`."""

Guess = Literal[
    "table",
    "delimiter",
    "sheet",
    "title_rows",
    "header_again",
    "column",
    "key_not_unique",
    "date_order",
    "date_order_ambiguous",
    "midnight_means_date",
    "excel_days",
    "offset_in_file",
    "timezone",
    "decimal_comma",
    "crs",
    "crs_alternatives",
    "axes_swapped",
    "crs_from_file",
    "crs_given",
    "code_from_name",
    "shapefile_encoding",
    "feet",
]
"""Keys of the text table `reading`, under `guess_`."""

VALUE_LENGTH = 200
_LOOKED_AT = 2 * VALUE_LENGTH  # a number that is cut by the end of the value is still seen as one
LEFT_OUT = "…"
"""Stands for a value that holds personal data: what is told ends in logs, files and tables."""


def tellable(value: Any) -> Any:
    """Return a value as it may be told: a text with personal data in it becomes `LEFT_OUT`, also inside lists and tables."""
    if isinstance(value, str):
        return LEFT_OUT if found_in(value) else value
    if isinstance(value, dict):
        return {tellable(key): tellable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(tellable, value))
    return value


class Remark(NamedTuple):
    """A warning (key under `reason`) or a guess (key under `reading`) with its values."""

    key: Reason | Guess
    parameters: dict[str, Any]

    @property
    def as_told(self) -> Remark:
        """The remark without personal data in its values."""
        return Remark(self.key, tellable(self.parameters))


class ImportRefused(Exception):  # noqa: N818 - refusing is an answer, not a fault of the program
    """The whole file is refused: `reason` is a key under `reason` in the texts, `parameters` fill its braces.

    Values are kept as they may be told (`tellable`).
    """

    def __init__(self, *, reason: Reason, **parameters: Any) -> None:
        self.reason = reason
        self.parameters: dict[str, Any] = tellable(parameters)
        super().__init__(reason, self.parameters)


@dataclass(frozen=True)
class RowError:
    """A row (or polygon) that was refused; `row` is counted as a person counts lines or Excel rows, header included.

    `value` is the cell as it stood, cut at 200 characters; "…" where it holds personal data, whatever the reason is.
    """

    row: int
    field: str
    value: str
    reason: Reason
    parameters: dict[str, Any] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        value = tellable(self.value[:_LOOKED_AT])
        if len(value) > VALUE_LENGTH:
            value = value[: VALUE_LENGTH - 1] + LEFT_OUT
        object.__setattr__(self, "value", value)
        object.__setattr__(self, "field", tellable(self.field))
