from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.surveys.build import Built, build_release
from data_access.surveys.folding import folded
from data_access.surveys.hiding import Why, hidden
from data_access.surveys.questions import Question
from data_access.surveys.respondents import NONE, Answers, Respondents
from data_access.surveys.secret_keys import SecretError, changed_rows, fingerprint, noise, row_keys
from tests.data_access.surveys.simulated import SECRET, Shape, drawn, survey

ALL, FEMALE, MALE, LOWER, UPPER = range(5)
PRESENT = 1
"""Position of the first question; before it stands everybody."""


def shown(built: Built, track: int = PRESENT) -> np.ndarray:
    return built.is_shown[..., track]


def whole(area: int, each: int) -> dict[tuple[int, int, int], int]:
    """An area with as many people in each gender and stage."""
    return {(area, gender, stage): each for gender in (0, 1) for stage in (0, 1)}


@pytest.mark.parametrize(("each", "is_shown"), [(2, False), (3, True)])
def test_a_district_is_shown_from_ten_people(*, each: int, is_shown: bool) -> None:
    built = build_release(drawn(whole(0, each) | whole(1, 30) | whole(2, 2) | whole(3, 2), areas=4), SECRET)
    assert shown(built)[ALL, 0] == is_shown
    assert shown(built)[ALL, 1]
    assert not shown(built)[ALL, 2]
    assert (built.n[~built.is_shown] == 0).all()
    assert (built.n[built.is_shown] >= 10).all()


def test_a_breakdown_is_shown_whole_or_not_at_all() -> None:
    areas = {(0, 0, 0): 30, (0, 0, 1): 30, (0, 1, 0): 5, (0, 1, 1): 4} | whole(1, 30)
    areas |= whole(2, 4) | whole(3, 4)
    built = build_release(drawn(areas, areas=4), SECRET)
    assert shown(built)[:, 0].tolist() == [True, False, False, True, True]
    assert built.why[FEMALE, 0, PRESENT] == Why.BREAKDOWN
    assert built.why[MALE, 0, PRESENT] == Why.SMALL


def test_one_hidden_district_takes_the_smallest_shown_one_with_it() -> None:
    built = build_release(drawn(whole(0, 2) | whole(1, 30) | whole(2, 20) | whole(3, 25), areas=4), SECRET)
    assert shown(built)[ALL].tolist() == [False, True, False, True, True]
    assert built.why[ALL, 2, PRESENT] == Why.SIBLING


def test_people_without_a_district_are_one_more_hidden_one() -> None:
    table = drawn(whole(0, 20) | whole(1, 30) | whole(2, 25), areas=3)
    area = table.area.copy()
    area[:3] = NONE
    built = build_release(replace(table, area=area), SECRET)
    assert shown(built)[ALL].tolist() == [False, True, True, True]


def test_an_area_without_people_is_nobodys_sibling() -> None:
    built = build_release(drawn(whole(0, 20) | whole(1, 30), areas=3), SECRET)
    assert shown(built)[ALL].tolist() == [True, True, False, True]


def test_a_municipality_that_is_too_small_shows_nothing() -> None:
    built = build_release(drawn(whole(0, 2), areas=1), SECRET)
    assert not built.is_shown.any()


@given(
    st.lists(st.lists(st.integers(0, 40), min_size=4, max_size=4), min_size=1, max_size=8),
    st.lists(st.integers(0, 12), min_size=4, max_size=4),
    st.sampled_from([10, 20]),
)
@settings(max_examples=200, deadline=None)
def test_what_a_shown_total_leaves_over_is_never_one_district_or_too_few(
    people: list[list[int]], outside: list[int], fewest: int
) -> None:
    atoms = np.array([*people, outside])
    counts = np.stack([atoms.sum(1), atoms[:, :2].sum(1), atoms[:, 2:].sum(1)])
    n = np.column_stack([counts[:, :-1], counts.sum(axis=1)])
    is_shown = hidden(n, [[0], [1, 2], []], fewest) == Why.SHOWN
    assert (n[is_shown] >= fewest).all()
    assert (is_shown[1] == is_shown[2]).all()
    for group in range(3):
        left = np.append(n[group, :-1][~is_shown[group, :-1]], counts[group, -1])
        left = left[left > 0]
        if is_shown[group, -1] and is_shown[group, :-1].any() and left.size:
            assert left.size > 1
            assert left.sum() >= fewest


def test_partners_see_some_of_the_same_and_no_other_numbers() -> None:
    for seed in range(3):
        built = build_release(survey(seed), SECRET)
        assert not (built.is_partner & ~built.is_shown).any()
        assert built.is_partner.sum() < built.is_shown.sum()
        assert (built.n[built.is_partner] >= 20).all()


def test_what_is_hidden_does_not_depend_on_answers() -> None:
    table, rng = survey(1, Shape(with_follow_ups=0)), np.random.default_rng(5)
    before = build_release(table, SECRET)
    for _ in range(3):
        turned = tuple(
            replace(
                one,
                present=np.where(one.present == NONE, NONE, rng.integers(0, 2, table.size)).astype(np.int8),
            )
            for one in table.answers
        )
        after = build_release(replace(table, answers=turned), SECRET)
        assert (after.why == before.why).all()
        assert (after.is_partner == before.is_partner).all()
    other = replace(table, row_keys=rng.permutation(table.row_keys))
    assert (build_release(other, SECRET).why == before.why).all()


def test_follow_ups_are_shown_where_enough_are_told_to_have_the_risk() -> None:
    table = survey(2, Shape(people=6000, with_follow_ups=1))
    built = build_release(table, SECRET)
    follow_ups = [place for place, track in enumerate(built.tracks) if track.of_some]
    assert len(follow_ups) == 3
    n = built.n[..., follow_ups][built.is_shown[..., follow_ups]]
    assert n.size > 20
    assert n.min() >= 15
    assert built.n[..., follow_ups][built.is_partner[..., follow_ups]].min() >= 25
    assert not (built.is_shown[..., follow_ups] & ~built.is_shown[..., [PRESENT]]).any()


def test_the_same_people_give_the_same_tables_in_whatever_order() -> None:
    table = survey(3)
    first, again = build_release(table, SECRET), build_release(table, SECRET)
    order = np.random.default_rng(1).permutation(table.size)
    turned = replace(
        table,
        area=table.area[order],
        gender=None if table.gender is None else table.gender[order],
        stage=None if table.stage is None else table.stage[order],
        row_keys=table.row_keys[order],
        answers=tuple(
            replace(
                one,
                present=one.present[order],
                follow_ups={name: said[order] for name, said in one.follow_ups.items()},
            )
            for one in table.answers
        ),
    )
    for other in (again, build_release(turned, SECRET)):
        assert (other.n == first.n).all()
        assert (other.amount == first.amount).all()
        assert other.fingerprint == first.fingerprint
    elsewhere = build_release(table, SECRET[::-1])
    assert (elsewhere.n != first.n).mean() > 0.3


def test_noise_has_mean_0_variance_4_and_is_never_more_than_5() -> None:
    drawn_noise = noise(np.arange(200_000, dtype=np.uint64), SECRET)
    assert abs(drawn_noise.mean()) < 0.03
    assert drawn_noise.var() == pytest.approx(4, abs=0.05)
    assert (drawn_noise.min(), drawn_noise.max()) == (-5, 5)


@pytest.mark.parametrize("said", [0, 1])
def test_districts_where_nobody_or_everybody_says_yes_are_not_known_by_it(said: int) -> None:
    areas = {where: count for place in range(30) for where, count in whole(place, 40).items()}
    present = np.full(30 * 160, said, np.int8)
    built = build_release(drawn(areas, areas=30, present=present), SECRET)
    n, amount = built.n[ALL, :-1, PRESENT], built.amount[ALL, :-1, PRESENT]
    assert len(set((amount if said == 0 else n - amount).tolist())) > 3
    assert ((amount >= 0) & (amount <= n)).all()


def test_an_index_is_a_sum_of_points_with_six_times_the_noise() -> None:
    table = drawn({where: count for place in range(4) for where, count in whole(place, 50).items()}, areas=4)
    index = np.random.default_rng(1).integers(0, 7, table.size).astype(np.int8)
    question = Question("problem.dark", "problem", "risk", "x", "x", is_index=True)
    built = build_release(
        replace(table, answers=(Answers(question, (index >= 4).astype(np.int8), {}, index),)), SECRET
    )
    assert [track.measure for track in built.tracks] == ["present", "present", "index"]
    mean = built.amount[ALL, :-1, 2] / built.n[ALL, :-1, 2]
    true = np.array([index[table.area == place].mean() for place in range(4)])
    assert np.abs(mean - true).max() < (5 * 6 + 5 * 6) / 200
    assert not (mean == true).all()


def test_the_audit_takes_out_a_breakdown_that_gives_a_small_group_away() -> None:
    """In district 0 there are no boys in the upper stage: upper = girls there, so girls below are girls minus upper."""
    areas = {(0, 0, 0): 6, (0, 0, 1): 30, (0, 1, 0): 30} | whole(1, 30) | whole(2, 30)
    built = build_release(drawn(areas, areas=3), SECRET)
    assert [(one.breakdown, one.area) for one in built.audit.dropped] == [("stage", "00")]
    assert built.audit.is_clean
    assert not shown(built)[LOWER, 0]
    assert shown(built)[FEMALE, 0]
    assert not shown(built)[UPPER].all()  # and one more with it, or its sum would follow


def test_nothing_is_built_without_a_secret() -> None:
    for secret in ("", "x" * 31):
        with pytest.raises(SecretError):
            build_release(survey(1), secret)


@given(
    st.lists(st.sampled_from([0, 1, NONE]), max_size=60),
    st.integers(0, 3),
)
def test_other_genders_are_dealt_out_evenly_and_all_of_them(genders: list[int], seed: int) -> None:
    gender = np.array(genders, np.int8)
    keys = np.random.default_rng(seed).integers(0, 2**63, len(gender)).astype(np.uint64)
    within = np.zeros(len(gender), np.int64)
    found = folded(gender, 2, within=within, keys=keys, secret=SECRET)
    assert (found[gender != NONE] == gender[gender != NONE]).all()
    dealt = found[gender == NONE]
    assert set(dealt.tolist()) <= {0, 1}
    assert abs((dealt == 0).sum() - (dealt == 1).sum()) <= 1


def test_girls_and_boys_leave_nobody_over() -> None:
    table = survey(4, Shape(with_follow_ups=0))
    assert table.gender is not None
    assert (table.gender == NONE).sum() > 50
    built = build_release(table, SECRET)
    both = built.is_shown[FEMALE] & built.is_shown[ALL]
    left = (built.n[ALL] - built.n[FEMALE] - built.n[MALE])[both]
    assert abs(left.mean()) < 1.0  # noise only; some five in a hundred answered something else


def test_rows_that_are_the_same_have_different_keys_and_their_order_says_nothing() -> None:
    rows = [("01", "Ja"), ("02", "Nej"), ("01", "Ja")]
    keys = row_keys(rows, SECRET)
    assert len(set(keys.tolist())) == 3
    assert sorted(keys.tolist()) == sorted(row_keys(rows[::-1], SECRET).tolist())
    assert fingerprint(keys, SECRET) == fingerprint(keys[::-1], SECRET)
    assert fingerprint(keys, SECRET) != fingerprint(keys, SECRET + "x")
    assert row_keys([("a", "bc")], SECRET) != row_keys([("ab", "c")], SECRET)


def test_changed_respondents_are_counted_once_each() -> None:
    old = row_keys([(str(one),) for one in range(50)], SECRET)
    for rows, changed in (
        ([(str(one),) for one in range(50)], 0),
        ([(str(one),) for one in range(3, 50)], 3),
        ([(str(one + 7),) for one in range(50)], 7),
        ([(str(one),) for one in range(54)], 4),
    ):
        assert changed_rows(old, row_keys(rows, SECRET)) == changed


def test_values_of_people_are_in_no_representation() -> None:
    table = survey(1)
    for value in (table, table.answers[0]):
        assert "array" not in repr(value)
    assert isinstance(table, Respondents)
    assert "fingerprint" not in repr(build_release(table, SECRET))
