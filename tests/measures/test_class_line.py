"""The line that stands beside a class, and the share of draws that give it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis.measures.assess_term import class_shares
from analysis.measures.assessment import assessment
from analysis.measures.decisions import decisions
from analysis.measures.scorecards import Candidate, Chance, Rung, ladder, scorecards
from analysis.measures.title_path import TitlePath
from analysis.reference.term_inputs import Veto
from tests.measures.test_assessment import INPUTS, SCHEME, fact, rate, unit, year

ORGAN = unit(title="organ")
SHARES = {"withdraw": 0.01, "rectify": 0.04, "keep": 0.35, "name": 0.6}
NOBODY = float("nan")


def card(values, who=ORGAN, applied="city", unmet=(), inputs=INPUTS, is_clear=True):
    table = assessment([who], {2025: values}, SCHEME, inputs)
    chance = Chance(0.95, 0.0, 0.6, 2000, 0.01, True, SHARES)
    return scorecards(table, {"U1": Candidate(who, applied, unmet, is_clear)}, {"U1": chance}, SCHEME, inputs).iloc[0]


@pytest.mark.parametrize(
    "values, applied, result, line",
    [
        (year(exits=rate(5, 10)), "city", "name", 85.0),  # 95 points: named city, not kept at 70
        (year(), "city", "keep", 70.0),  # 75 points
        (year(exits=rate(5, 10)), "none", "keep", 70.0),
        (year(overall=rate(30, 100), plan=fact("no")), "city", "withdraw", 70.0),  # what it has to reach
        (year(overall=rate(None, 100, "queried", 0.3, 0.8), exits=rate(5, 10)), "city", None, 70.0),
    ],
)
def test_the_line_is_that_of_the_class_proposed_or_else_the_lowest_to_be_reached(values, applied, result, line):
    found = card(values, applied=applied)
    assert (found["class_proposed"], found["line"]) == (result, line)


def test_the_chance_of_the_class_is_that_of_the_class_proposed_and_not_of_passing():
    named = card(year(exits=rate(5, 10)))
    assert (named["class_proposed"], named["p_pass"], named["p_class"]) == ("name", 0.95, 0.6)
    kept = card(year())
    assert (kept["class_proposed"], kept["p_class"]) == ("keep", 0.35)


def test_a_class_that_does_not_come_from_the_points_has_no_chance():
    vetoed = replace(INPUTS, vetoes=(Veto("U1", "V2", "市公安局", None, "函"),))
    assert pd.isna(card(year(), inputs=vetoed)["p_class"])
    assert pd.isna(card(year(), unit(title="none"), unmet=("forms",))["p_class"])
    assert pd.isna(card(year(overall=rate(None, 100, "queried", 0.3, 0.8)))["p_class"])


def test_a_class_that_no_draw_gives_has_the_chance_nought_and_a_unit_without_draws_none():
    rungs = (Rung(0, "withdraw", "city"), Rung(75, "rectify", "city"), Rung(80, "keep", "city"))
    assert class_shares(np.array([79.0, 80.0, 90.0, 91.0]), rungs) == {"withdraw": 0.0, "rectify": 0.25, "keep": 0.75}
    assert pd.isna(card(year(), unit(title="none"), applied="none")["p_class"])


def test_a_total_below_every_line_and_one_that_lacks_the_last_digit_have_the_class_of_the_points():
    rungs = ladder(Candidate(ORGAN, "city"), SCHEME)
    shares = class_shares(np.array([-1.0, 69.9999999999, 84.99999999999]), rungs)
    assert shares == pytest.approx({"withdraw": 1 / 3, "keep": 1 / 3, "name": 1 / 3})


def test_it_is_kept_whether_the_unit_said_clearly_if_it_applies():
    assert card(year(), applied="none", is_clear=False)["applied_clear"] == False  # noqa: E712 - a NumPy boolean
    assert card(year(), applied="none")["applied_clear"] == True  # noqa: E712


def test_a_title_whose_class_is_open_has_no_state_after_the_assessment_yet():
    cards = pd.DataFrame(
        {
            "unit_code": ["U1", "U2"], "class_proposed": [None, "keep"], "class_low": "rectify", "class_high": "keep",
            "total": [None, 82.0], "total_low": 78.0, "total_high": 82.0, "exemplar": False, "remarks": None,
        }
    )  # fmt: skip
    paths = {
        "U1": TitlePath("valid", ("term_over", "reassess", "meets_entry"), "eligible"),
        "U2": TitlePath("valid", ("term_over", "reassess", "meets_entry", "score", "reach_line"), "proposed"),
    }
    scheme = SimpleNamespace(term=SimpleNamespace(version="1"))
    found = decisions(cards, {"U1": 1, "U2": 2}, scheme, paths, "v2025.1", dt.date(2026, 2, 28), "0")
    states = found.set_index("unit_code")["state_after"]
    assert states["U2"] == "proposed"
    assert pd.isna(states["U1"])
