"""The Simpson reversal of the sample: what its builder counted person by person shows it, and no other."""

from functools import cache

import pandas as pd

from analysis.measures.change import YearTables
from analysis.measures.group_change import group_change
from tests.builder.deeds import denominator, participants
from tests.builder.heads import design
from tests.builder.plan import absent
from tests.builder.register import planned, units
from tests.measures.hand_tables import rate, rates_table, sample_reference

NOT_READABLE = "encrypted_only"
CATEGORIES = [category for category in design()["category"] if category != "other_moral_practice"]


def tables_of(year, but=()):
    """Units and rates of all who sent a return that can be read, as the builder counted them."""
    plan = planned(year)
    sent = [
        one for one in units(year) if not absent(plan, one.code) and plan.get(one.code, {}).get("story") != NOT_READABLE
    ]
    rows = [
        rate(one.code, participants(one.code, year, category), whole, indicator="I01", category=category)
        for category in CATEGORIES
        for one in sent
        if (whole := denominator(one.code, year, category))
    ]
    register = pd.DataFrame([(one.code, one.group) for one in units(year)], columns=["unit_code", "peer_group"])
    return YearTables(rates_table(*rows), register, sample_reference(year))


@cache
def changes():
    return group_change(tables_of(2024), tables_of(2025))


def test_the_planted_reversal_and_no_other_is_found():
    table = changes()

    found = table.loc[table["reversal"].fillna(False).astype(bool), ["indicator", "category"]]
    planted = [(one["indicator"], one["category"]) for one in design()["reversals"] if one["year"] == 2025]
    assert list(found.itertuples(index=False, name=None)) == planted


def test_in_it_every_group_rises_and_the_city_falls():
    table = changes()
    rows = table[table["category"] == design()["reversals"][0]["category"]].set_index("peer_group")

    before = rows["panel_numerator_before"] / rows["panel_denominator_before"]
    change = rows["panel_numerator"] / rows["panel_denominator"] - before
    assert change[""] < 0
    assert (change.drop("") > 0).all()
    assert rows.loc["", "within_change"] > 0
    assert rows.loc["", "part_activity"] > 0 > rows.loc["", "part_headcount"]
