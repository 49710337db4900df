"""One choice of the scheme made otherwise: totals by hand."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.measures.scorecards import Candidate
from analysis.measures.switched import scheme_switches, scheme_with
from analysis.reference.switches import Switch
from tests.measures.test_assessment import INPUTS, SCHEME, unit

LAST, FIRST = (Switch(code, "year_weights", value, code, code) for code, value in (("last", "0;1"), ("first", "1;0")))
NO_PEOPLE = SimpleNamespace(indicators={})
EQUAL = Switch("equal", "equal_parts", "", "等", "equal")


def tables(**persons):
    """A year in which every unit has all points but those of A1, by the people of 100 that take part."""
    codes = list(persons)
    lines = [(code, "I02", persons[code], 100.0) for code in codes]
    lines += [(code, "I09", 15.0, 100.0) for code in codes] + [(code, "I14", 5.0, 10.0) for code in codes]
    rates = pd.DataFrame(lines, columns=["unit_code", "indicator", "numerator", "denominator"]).assign(
        category="", status="ok", n_open_queries=0, rate_low=None, rate_high=None
    )
    said = {
        "form": "F7",
        "item": "annual_plan",
        "measure": "established",
        "row": 0,
        "text": "yes",
        "status": "reported",
    }
    facts = pd.DataFrame([{"unit_code": code, **said, "value": None, "low": None, "high": None} for code in codes])
    quality = pd.DataFrame({"unit_code": codes, "n_returned": 0})
    return {
        "rates": rates,
        "facts": facts,
        "quality": quality,
        "units": pd.DataFrame({"unit_code": codes, "forms": "F1"}),
    }


def switched(*switches, titles="city"):
    codes = ["U1", "U2"]
    candidates = {code: Candidate(unit(code, titles), "city") for code in codes}
    years = {2024: tables(U1=30, U2=80), 2025: tables(U1=80, U2=55)}
    inputs = replace(INPUTS, panel={(code, "A3"): 1.0 for code in codes})
    return scheme_switches(switches, candidates, years, NO_PEOPLE, SCHEME, inputs).set_index(["switch", "unit_code"])


def test_with_the_last_year_alone_a_unit_that_grew_overtakes_one_that_fell():
    table = switched(LAST)
    # U1 0 and 30 of 30, U2 30 and 15; 70 points besides
    assert table.loc["last", ["total", "total_other"]].to_numpy().tolist() == [[85.0, 100.0], [92.5, 85.0]]
    assert table.loc["last", ["rank", "rank_other", "change"]].to_numpy().tolist() == [[2, 1, -1], [1, 2, 1]]
    assert table.loc["last", "class_other"].tolist() == ["keep", "keep"]


def test_each_switch_has_a_row_for_each_unit_in_the_order_of_the_file():
    table = switched(FIRST, LAST)
    assert table.index.tolist() == [("first", "U1"), ("first", "U2"), ("last", "U1"), ("last", "U2")]
    assert table.loc[("first", "U1"), ["total_other", "class_proposed", "class_other"]].tolist() == [
        70.0,
        "keep",
        "withdraw",
    ]


def test_parts_of_the_same_worth_make_100_points_again_and_keep_deductions():
    scheme = scheme_with(EQUAL, SCHEME)
    assert [part.full for part in scheme.parts] == [50.0, 50.0, 0]
    titled = {item.code: item.full for item in scheme.items_for(True)}
    assert titled == pytest.approx({"A1": 25.0, "A2": 50 / 3, "A3": 25 / 3, "B1": 25.0, "B2": 25.0, "E1": 0.0})
    # U1: half of A1 is missing, 12.5 of 25
    assert switched(EQUAL).loc[("equal", "U1"), "total_other"] == pytest.approx(87.5)


def test_no_switches_give_a_table_without_rows():
    assert switched().empty


def test_units_that_have_no_class_to_get_are_left_out():
    candidates = {"U1": Candidate(unit(title="none"), "none"), "U2": Candidate(unit("U2"), "none")}
    years = {2025: tables(U1=80, U2=55)}
    inputs = replace(INPUTS, panel={("U2", "A3"): 1.0})
    found = scheme_switches([LAST], candidates, years, NO_PEOPLE, SCHEME, inputs)
    assert found["unit_code"].tolist() == ["U2"]


def test_an_open_unit_has_no_total_and_no_rank_and_does_not_move_the_others():
    candidates = {code: Candidate(unit(code), "city") for code in ("U1", "U2")}
    years = {2025: tables(U1=80, U2=55)}
    inputs = replace(INPUTS, panel={("U2", "A3"): 1.0})  # nobody said anything of U1
    found = scheme_switches([LAST], candidates, years, NO_PEOPLE, SCHEME, inputs).set_index("unit_code")
    assert found.loc["U1", ["total", "total_other", "rank", "rank_other", "change"]].isna().all()
    assert found.loc["U2", ["rank", "rank_other"]].tolist() == [1, 1]
