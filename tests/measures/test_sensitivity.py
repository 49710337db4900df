"""Sensitivity against functions whose indices are known in closed form, and ranks by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.measures.sensitivity import (
    points_table,
    rank_sensitivity,
    rank_shift,
    scheme_switch,
    sensitivity,
    weight_sensitivity,
    without_each,
)

A, B = 7.0, 0.1


def ishigami(x):
    return np.sin(x[0]) + A * np.sin(x[1]) ** 2 + B * x[2] ** 4 * np.sin(x[0])


def test_the_ishigami_function_has_the_indices_of_its_closed_form():
    # Ishigami and Homma 1990: variances of the parts for inputs uniform over -pi..pi
    v1 = (1 + B * np.pi**4 / 5) ** 2 / 2
    v2 = A**2 / 8
    v13 = B**2 * np.pi**8 * (1 / 18 - 1 / 50)
    whole = v1 + v2 + v13
    found = sensitivity(ishigami, [-np.pi] * 3, [np.pi] * 3)
    assert found.first == pytest.approx([v1 / whole, v2 / whole, 0.0], abs=0.02)
    assert found.total == pytest.approx([(v1 + v13) / whole, v2 / whole, v13 / whole], abs=0.02)
    assert found.first == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)


def test_a_sum_of_two_inputs_shares_the_variance_by_their_squares():
    found = sensitivity(lambda x: 2 * x[0] + x[1], [0, 0], [1, 1], ["a", "b"])
    assert found.names == ("a", "b")
    assert found.first == pytest.approx([0.8, 0.2], abs=0.02)
    assert found.total == pytest.approx([0.8, 0.2], abs=0.02)


def test_an_input_that_does_not_vary_is_refused():
    with pytest.raises(ValueError, match="vary"):
        sensitivity(lambda x: x[0], [1.0], [1.0])


POINTS = pd.DataFrame(
    {"A": [5.0, 4.0, 0.0], "B": [0.0, 2.0, 3.0]}, index=pd.Index(["U1", "U2", "U3"], name="unit_code")
)


def test_ranks_without_an_item_are_those_of_the_other_points():
    table = without_each(POINTS).set_index(["item", "unit_code"])
    assert table["rank"].loc["A"].tolist() == [2.0, 1.0, 3.0]  # 5, 6 and 3 points
    assert table["rank_without"].loc["A"].tolist() == [3.0, 2.0, 1.0]
    assert table["change"].loc["B"].tolist() == [-1.0, 1.0, 0.0]


def test_equal_weights_move_nobody_and_a_weight_of_nothing_moves_as_without_the_item():
    moved = rank_shift(POINTS, np.array([[1.0, 0.0], [1.0, 1.0]]))
    assert moved.tolist() == [0.0, pytest.approx(4 / 3)]


def test_an_item_that_decides_the_order_has_most_of_the_sensitivity():
    rng = np.random.default_rng(3)
    table = pd.DataFrame({"wide": rng.uniform(0, 20, 40), "narrow": rng.uniform(0, 1, 40)})
    found = weight_sensitivity(table, 0.25).set_index("item")["total"]
    assert found["wide"] > 0


def test_two_schemes_side_by_side_leave_out_units_that_only_one_has():
    table = scheme_switch(pd.Series({"U1": 80.0, "U2": 90.0, "U3": 70.0}), pd.Series({"U1": 95.0, "U2": 85.0}))
    assert table[["unit_code", "rank", "rank_other", "change"]].to_numpy().tolist() == [
        ["U1", 2.0, 1.0, -1.0], ["U2", 1.0, 2.0, 1.0],
    ]  # fmt: skip


def test_open_items_stand_at_the_middle_of_their_bounds():
    rows = pd.DataFrame(
        {
            "unit_code": ["U1", "U1"],
            "item": ["A", "B"],
            "points": [3.0, None],
            "points_low": [3.0, 1.0],
            "points_high": [3.0, 2.0],
        }
    )
    assert points_table(rows).loc["U1"].to_dict() == {"A": 3.0, "B": 1.5}


def test_items_that_stand_in_for_each_other_are_one_column():
    rows = pd.DataFrame(
        {
            "unit_code": ["U1", "U1", "U2", "U2"], "item": ["A1", "B4a", "A1", "B4u"], "points": [3.0, 2.0, 1.0, 4.0],
            "points_low": 0.0, "points_high": 0.0,
        }
    )  # fmt: skip
    assert points_table(rows).to_dict("index") == {"U1": {"A1": 3.0, "B4": 2.0}, "U2": {"A1": 1.0, "B4": 4.0}}


def test_the_item_that_decides_the_order_stands_first_in_the_table():
    rng = np.random.default_rng(5)
    units = [f"U{place}" for place in range(30)]
    rows = pd.concat(
        pd.DataFrame(
            {
                "unit_code": units,
                "item": item,
                "points": rng.uniform(0, full, 30),
                "points_low": 0.0,
                "points_high": 0.0,
            }
        )
        for item, full in (("A1", 1.0), ("A2", 20.0), ("A3", 18.0))
    )
    table = rank_sensitivity(rows, 0.25, 1)
    assert set(table["item"].head(2)) == {"A2", "A3"}
    assert table["item"].iloc[-1] == "A1"
    assert (table["change"] > 0).all()
