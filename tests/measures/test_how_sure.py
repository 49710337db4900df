"""How sure a class is: draws of rates, answers and weights."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.measures.assess_term import chances_of
from analysis.measures.assessment import assessment, score_unit
from analysis.measures.how_sure import converged, item_draws, share_in_best, total_draws, weight_draws
from analysis.measures.scorecards import Candidate, scorecards, totals
from analysis.reference.scheme_types import Source
from tests.measures.test_assessment import INPUTS, SCHEME, TERM, fact, rate, unit, year

OPEN_RATE = rate(None, 100, "queried", 0.3, 0.8)
NOT_ANSWERED = year(overall=OPEN_RATE, exits=rate(10, 10), plan=fact(None, "queried"))


def draws_of(values, code="U1", scheme=SCHEME):
    who = unit(code)
    scored = score_unit(who, {2025: values}, scheme, INPUTS)
    weights = {item_code: {2025: 1.0} for item_code in scored}
    return total_draws(code, scored, weights, scheme, weight_draws(scheme))


def test_draws_lie_around_the_total_and_repeat_themselves():
    values = year(overall=rate(55, 100), exits=rate(2, 10))
    found = draws_of(values)
    exact = totals(assessment([unit()], {2025: values}, SCHEME, INPUTS)).loc["U1", "total"]
    assert (found == draws_of(values)).all()
    assert abs(found.mean() - exact) < 3
    assert 0 <= found.min() <= found.max() <= 100


def test_a_unit_with_nothing_uncertain_but_the_weights_keeps_a_full_score_in_every_draw():
    certain = replace(SCHEME, items=tuple(entry for entry in SCHEME.items if entry.code in ("A3", "B1")))
    scored = score_unit(unit("U2"), {2025: year("U2")}, certain, INPUTS)
    weights = {code: {2025: 1.0} for code in scored}
    assert total_draws("U2", scored, weights, certain, weight_draws(certain)) == pytest.approx(100.0)


def test_the_best_tenth_of_ten_units_is_one_unit_in_every_draw():
    values = {
        f"U{place}": draws_of(year(f"U{place}", overall=rate(40 + place, 100)), f"U{place}") for place in range(10)
    }
    assert sum(share_in_best(values, 0.1).values()) == pytest.approx(1.0)


def test_twice_the_draws_tell_nearly_the_same_chance():
    many = replace(SCHEME, term=replace(TERM, draws=4000))
    found = draws_of(year(overall=rate(55, 100), exits=rate(3, 10)), scheme=many)
    line = float(pd.Series(found).median())
    assert converged(found, [line], 0.05)


def test_an_item_that_takes_the_share_of_a_group_follows_that_group_and_not_the_whole():
    quiet = replace(SCHEME, term=replace(TERM, weight_noise=0.0))
    values = replace(year(overall=rate(30, 100)), people_shares=frozenset())
    who = unit(title="none")
    scored = score_unit(who, {2025: values}, quiet, INPUTS)
    found = total_draws("U1", scored, {code: {2025: 1.0} for code in scored}, quiet, weight_draws(quiet))
    exact = totals(assessment([who], {2025: values}, quiet, INPUTS)).loc["U1", "total"]
    assert found == pytest.approx(exact)


def points_drawn(years, inputs=INPUTS):
    return item_draws("U1", score_unit(unit(), years, SCHEME, inputs), SCHEME)


def test_what_is_open_in_one_return_is_all_low_or_all_high_together():
    found = points_drawn({2025: NOT_ANSWERED})

    # A1 is worth 0 to 30 points, B1 0 to 20
    assert found["A1", 2025] / 30 == pytest.approx(found["B1", 2025] / 20)
    assert found["A1", 2025].std() == pytest.approx(30 / 12**0.5, rel=0.1)


def test_the_returns_of_two_years_are_open_each_for_itself():
    found = points_drawn({2024: NOT_ANSWERED, 2025: NOT_ANSWERED})

    assert abs(np.corrcoef(found["A1", 2024], found["A1", 2025])[0, 1]) < 0.2


def test_what_the_panel_has_not_said_does_not_hang_on_the_return():
    found = points_drawn({2025: NOT_ANSWERED}, replace(INPUTS, panel={}))

    assert abs(np.corrcoef(found["A1", 2025], found["A3", 2025])[0, 1]) < 0.2


def card_of(values, unmet=(), title="city"):
    who = unit(title=title)
    candidates = {"U1": Candidate(who, "city", unmet)}
    chances = chances_of(candidates, {2025: values}, SCHEME, INPUTS)
    return scorecards(assessment([who], {2025: values}, SCHEME, INPUTS), candidates, chances, SCHEME, INPUTS).iloc[0]


def test_of_a_year_that_was_not_sent_nobody_can_say_a_probability():
    sent = card_of(NOT_ANSWERED)
    not_sent = card_of(replace(NOT_ANSWERED, unsent=frozenset(["U1"])))

    assert 0 < sent["p_pass"] < 1
    assert not_sent[["p_pass", "p_top", "draws", "p_pass_error", "converged"]].isna().all()


def test_a_class_that_hangs_on_a_year_that_was_not_sent_is_borderline_and_a_refusal_is_not():
    values = replace(NOT_ANSWERED, unsent=frozenset(["U1"]))

    assert card_of(values)["borderline"]
    assert not card_of(values, ("forms",), "none")["borderline"]


@pytest.mark.parametrize(
    "values",
    [
        year(overall=rate(12, 12), exits=rate(12, 12)),  # at the full mark: a draw alone could only lose
        year(overall=rate(80, 100), exits=rate(5, 10)),
        year(overall=rate(31, 100), exits=rate(0, 7)),
    ],
)
def test_the_draws_of_a_unit_without_open_questions_are_centred_on_its_total(values):
    quiet = replace(SCHEME, term=replace(TERM, weight_noise=0.0))
    exact = totals(assessment([unit()], {2025: values}, SCHEME, INPUTS)).loc["U1", "total"]
    drawn = draws_of(values, scheme=quiet)

    assert drawn.std() > 0
    assert abs(drawn.mean() - exact) < 0.02
    assert abs(draws_of(values).mean() - exact) < 0.02


def test_seven_people_have_a_chance_and_what_is_no_share_of_people_has_none():
    values = year(overall=rate(4, 7, "small"), exits=rate(2, 7))
    drawn = points_drawn({2025: values})

    assert drawn["A1", 2025].std() > 1
    assert np.ptp(drawn["B2", 2025]) == 0


@pytest.mark.parametrize("counts", [(8, 7), (-1, 7), (0, 7, "not_submitted")])
def test_counts_that_are_no_share_or_were_not_sent_have_no_chance(counts):
    assert not year(overall=rate(*counts)).measure("U1", Source("rate", "I02")).by_chance


def test_those_asked_by_a_survey_are_drawn_and_a_survey_without_counts_is_not():
    asked = replace(SCHEME.items[2], source=Source("survey", "S"), rule="linear", low=0.6, high=0.9)
    scheme = replace(SCHEME, items=(*SCHEME.items[:2], asked, *SCHEME.items[3:]))
    share = replace(INPUTS, survey={("U1", "S"): 0.75})
    counted = replace(share, survey_counts={("U1", "S"): (30.0, 40.0)})
    told, drawn = (
        item_draws("U1", score_unit(unit(), {2025: year()}, scheme, inputs), scheme)["A3", 2025]
        for inputs in (share, counted)
    )

    assert np.ptp(told) == 0
    # of 40 asked 75 % have a deviation of the root of 0.75 x 0.25 / 41; 12 people (24 to 36) are worth 10 points
    assert drawn.mean() == pytest.approx(5.0)
    assert drawn.std() == pytest.approx(40 / 12 * 10 * (0.75 * 0.25 / 41) ** 0.5, rel=0.12)


def test_draws_that_agree_on_the_lowest_line_alone_have_not_converged():
    draws = [90.0] * 50 + [80.0] * 50

    assert converged(draws, [75.0], 0.01)
    assert not converged(draws, [75.0, 85.0], 0.01)


def test_the_error_of_a_chance_is_that_of_the_line_that_the_class_hangs_on():
    # all of it near 85, the line of the level above; 75 is reached in every draw
    values = year(overall=rate(62, 100), exits=rate(5, 10))
    scheme = replace(SCHEME, term=replace(TERM, draws_most=1600))
    candidate = Candidate(unit(title="organ"), "city")
    chance = chances_of({"U1": candidate}, {2025: values}, scheme, INPUTS)["U1"]

    assert chance.p_pass == 1
    assert 0.1 < chance.shares["name"] < 0.9
    assert chance.error == pytest.approx((chance.shares["name"] * chance.shares["keep"] / chance.draws) ** 0.5)


def test_a_unit_that_sent_nothing_takes_no_place_among_the_best():
    codes = ["U1", "U2", "U3"]
    own = {code: year(code, overall=rate(place, 100)) for code, place in zip(codes, (80, 55, 30), strict=True)}
    values = replace(
        own["U1"],
        rates={key: row for one in own.values() for key, row in one.rates.items()},
        fields={key: row for one in own.values() for key, row in one.fields.items()},
        quality={code: one.quality[code] for code, one in own.items()},
        units=frozenset(codes),
        unsent=frozenset(["U1"]),
    )
    half = replace(SCHEME, term=replace(TERM, top_share=0.5))
    panel = replace(INPUTS, panel={(code, "A3"): 1.0 for code in codes})
    chances = chances_of({code: Candidate(unit(code), "city") for code in codes}, {2025: values}, half, panel)

    # one place for the two that sent their returns
    assert np.isnan(chances["U1"].p_top)
    assert chances["U2"].p_top > 0.9
    assert chances["U2"].p_top + chances["U3"].p_top == pytest.approx(1.0)
