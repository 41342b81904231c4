"""The published cells of surveys. Only `data_access.surveys.door` reads them, only `data_access.changes.surveys` writes them.

Purpose and retention: those of their wave (`data_access.models.survey`).
"""

from sqlmodel import Field

from data_access.models.columns import TableModel, check, choice, part_of_key

MEASURES = ("present", "frequency", "distress", "help", "unmet", "index")
BREAKDOWNS = ("all", "gender", "stage")
STATES = ("shown", "hidden", "suppressed_at_source")


class SurveyRelease(TableModel, table=True):
    """A cell of a wave's tables: area ("" the municipality) x group of a breakdown x indicator x measure; every one has its row.

    `n`: people; `amount`: how many of them answered so, for an index the sum of their points (0-6). Both hold noise and are empty
    unless `state` is shown. `is_partner`: large enough for partners and presenters, too.
    """

    __table_args__ = (
        check("n", "n is null or n >= 10"),
        check("amount", "amount is null or amount between 0 and 6 * n"),
        check("told", "(state = 'shown') = (n is not null) and (n is null) = (amount is null)"),
    )

    wave_id: int = part_of_key("survey_wave")
    indicator_id: int = part_of_key("survey_indicator")
    measure: str = Field(max_length=24, primary_key=True)
    breakdown: str = Field(max_length=24, primary_key=True)
    group_code: str = Field(max_length=24, primary_key=True)
    area_code: str = Field(max_length=40, primary_key=True)
    state: str = choice(*STATES, name="release_state")
    is_partner: bool = False
    n: int | None = None
    amount: int | None = None
