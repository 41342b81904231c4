from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dashboard.situation.finding_drafts import gap_draft, indicator_draft, priority_draft
from dashboard.situation.survey_gap import gaps
from dashboard.situation.survey_rows import EVERYBODY, Among
from dashboard.texts import texts
from tests.told_surveys import named, rates, safety, youth

if TYPE_CHECKING:
    from data_access.surveys.told import Release

SV, EN = texts("sv"), texts("en")
TRUANCY = named(youth(), "school.truancy")
TOTAL = named(safety(), "total")
REPORTED, POLICE = ({code: pair[place] for code, pair in rates().items()} for place in (0, 1))
PAIRS = (("perceived", "reported"), ("perceived", "police_reported"), ("reported", "police_reported"))


def without_numbers(release: Release) -> Release:
    """As somebody is told it who is told nothing of everybody."""
    cells = tuple(
        replace(cell, state="hidden", precision="hidden", n=None, share=None, low=None, high=None, word=None)
        if cell.area is None
        else cell
        for cell in release.cells
    )
    return replace(release, cells=cells)


def test_a_number_that_not_every_role_is_told_is_in_no_sentence() -> None:
    release = youth()
    for whole in (without_numbers(release), None):
        kept = [
            priority_draft(release, whole, None, TRUANCY, EVERYBODY, "Kommunen", SV),
            indicator_draft(release, whole, TRUANCY, "present", EVERYBODY, "Kommunen", SV),
        ]
        for draft in kept:
            assert "%" not in draft.statement
            assert TRUANCY.name_sv in draft.statement
    told = indicator_draft(release, release, TRUANCY, "present", EVERYBODY, "Kommunen", SV)
    assert "%" in told.statement


@pytest.mark.parametrize("say", [SV, EN])
def test_a_sentence_of_a_place_names_it_and_has_no_number(say) -> None:
    release = youth()
    for area in release.areas:
        among = Among(area.code)
        drafts = [
            indicator_draft(release, release, TRUANCY, "present", among, area.name, say),
            priority_draft(release, release, None, TRUANCY, among, area.name, say),
        ]
        for draft in drafts:
            rest = draft.statement.removeprefix(release.wave.name)
            assert area.name in rest
            assert not any(sign.isdigit() for sign in rest.replace(area.name, ""))
            assert (draft.areas, draft.source) == ((area.code,), "indicator")


@pytest.mark.parametrize("say", [SV, EN])
@pytest.mark.parametrize("between", PAIRS)
def test_districts_that_stand_out_are_those_of_the_outer_classes_with_a_sentence_each(between, say) -> None:
    release = safety()
    found = gaps(release, TOTAL, REPORTED, POLICE, limits={}, between=between)
    sides = [abs(found.side(code)) for code in found.standing_out()]
    assert sides == sorted(sides, reverse=True)
    assert set(sides) <= {2, 3}
    assert len(sides) == sum(abs(side) >= 2 for side in found.sides)
    for code in found.standing_out():
        draft = gap_draft(release, found, TOTAL, code, say)
        name = next(area.name for area in release.areas if area.code == code)
        assert draft.statement.startswith(f"{name}: ")
        assert release.wave.name in draft.statement
        assert (draft.source, draft.areas, draft.indicator) == ("gap", (code,), TOTAL)


def test_among_the_most_and_the_fewest_is_said_of_a_third_only() -> None:
    release = safety()
    found = gaps(release, TOTAL, REPORTED, POLICE, limits={})
    many = len(found.codes)
    for source in ("perceived", "reported"):
        ends = [found.end(code, source) for code in found.codes]
        assert ends.count("high") <= many / 3 + 1
        assert ends.count("low") <= many / 3 + 1
        worst = min(zip(found.places[source].tolist(), found.codes, strict=True))[1]
        assert found.end(worst, source) == "high"


def test_nothing_stands_out_where_too_few_are_ranked() -> None:
    few = dict(list(REPORTED.items())[:5])
    assert gaps(safety(), TOTAL, few, POLICE, limits={}).standing_out() == []
