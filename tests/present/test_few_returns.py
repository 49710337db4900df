"""Years with few returns and nothing open: tables and examples that have no rows to stand on."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.present.open_points import open_by_result
from analysis.present.worked_rate import worked_rate
from analysis.reference import load_reference
from tests.reference_folder import DATA

REFERENCE = load_reference(DATA, 2025)
RATES = pd.DataFrame(
    {
        "unit_code": ["LJ-G04"],
        "indicator": ["I06"],
        "category": [""],
        "status": ["small"],
        "ci_low": [0.4],
        "n_open_queries": [0],
    }
).astype({"unit_code": "str", "indicator": "str", "category": "str", "status": "str"})
UNITS = pd.DataFrame({"unit_code": ["LJ-G04"], "hc_register": [42.0]}).astype({"unit_code": "str"})


def test_a_year_in_which_nothing_is_open_has_an_empty_table():
    assert open_by_result(RATES, UNITS).empty


def test_where_no_unit_may_be_shown_cell_by_cell_the_example_is_made_up_and_says_so():
    hidden = pd.DataFrame({"indicator": [], "level": [], "unit_code": []}, dtype="str")
    found = worked_rate({"rates": RATES, "hidden": hidden, "facts": pd.DataFrame()}, REFERENCE)
    assert found.unit_code == ""
    assert found.numerator["value"].sum() == found.rate["numerator"] == 35
    # the formula of Wilson worked out with the standard library
    assert (found.rate["ci_low"], found.rate["ci_high"]) == pytest.approx(
        (0.5624964953554661, 0.8089644649911906), abs=1e-12
    )


def test_a_unit_that_was_asked_for_and_has_no_rate_is_said_so():
    with pytest.raises(KeyError, match="LJ-G04"):
        worked_rate(
            {
                "rates": RATES,
                "hidden": pd.DataFrame({"indicator": [], "level": [], "unit_code": []}),
                "facts": pd.DataFrame(),
            },
            REFERENCE,
            "LJ-G04",
        )
