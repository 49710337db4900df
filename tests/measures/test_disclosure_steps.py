"""Steps to the class above, as they may leave the office: none that would tell a hidden number."""

from __future__ import annotations

import pandas as pd

from analysis.measures.disclosure_steps import public_steps

ITEMS = pd.DataFrame(
    [("A2a", "I21"), ("A1a", "I17 political_theory"), ("B1b", "I25"), ("C2b", "F1 team_full_time / F1 team_part_time")],
    columns=["item", "source"],
).merge(pd.DataFrame({"unit_code": ["U1", "U2"]}), how="cross")


def hidden(*rows):
    return pd.DataFrame(list(rows), columns=["level", "unit_code", "indicator", "category"])


def steps(*rows):
    columns = ["unit_code", "next_class", "line", "gap", "item", "count", "why_not"]
    return pd.DataFrame(list(rows), columns=columns)


def told(table):
    return list(table[["unit_code", "gap", "item", "count", "why_not"]].itertuples(index=False, name=None))


def test_so_many_more_people_would_tell_how_few_they_are():
    """40 people, points from 20 %: 6 more to reach 8 and earn means 2 now, which is shown as <5."""
    rows = steps(("U1", "keep", 80.0, 0.5, "A2a", 6, None), ("U2", "keep", 80.0, 0.5, "A2a", 6, None))

    shown = public_steps(rows, ITEMS, hidden(("unit", "U1", "I21", "")))

    assert told(shown) == [("U1", 0.5, "", 0, "hidden"), ("U2", 0.5, "A2a", 6, None)]


def test_the_other_steps_of_the_unit_go_too_since_they_and_the_gap_leave_the_rest():
    rows = steps(("U1", "keep", 80.0, 2.5, "A1a", 3, None), ("U1", "keep", 80.0, 2.5, "B1b", 1, None))

    shown = public_steps(rows, ITEMS, hidden(("unit", "U1", "I17", "political_theory")))

    assert told(shown) == [("U1", 2.5, "", 0, "hidden")]


def test_steps_stay_where_another_figure_another_unit_or_only_a_total_is_hidden():
    rows = steps(("U1", "keep", 80.0, 0.5, "A2a", 6, None), ("U2", "", 0.0, 0.0, "", 0, "top"))
    others = (("unit", "U1", "I17", "political_theory"), ("unit", "U2", "I21", ""), ("group", "", "I21", ""))

    assert told(public_steps(rows, ITEMS, hidden(*others))) == told(rows)
