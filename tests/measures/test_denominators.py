"""Denominators and second denominators, worked by hand."""

import pytest

from analysis.measures.denominators import denominators
from analysis.measures.second_rates import second_rates
from tests.measures.hand_tables import fact, headcounts, line
from tests.measures.indicators import STAFF, UNIT, sources_of


def denominator_of(key, *facts, unit=UNIT):
    table = denominators(sources_of(*facts, units=(unit,)))
    return table.set_index("denominator_key").loc[key]


def second_of(category, key, *facts):
    table = second_rates(sources_of(*facts))
    return table.set_index(["category", "denominator_key"]).loc[category, key]


def test_a_denominator_is_the_figure_of_the_return_with_the_register_beside_it():
    row = denominator_of("pm_onpost", *headcounts(UNIT, hc_end=42, pm_onpost=33))

    assert row[["value", "status", "source", "register_value"]].tolist() == [33, "reported", "F1", 34]


def test_the_register_never_stands_in_for_a_figure_that_is_missing():
    missing = denominator_of("hc_end", *headcounts(UNIT, hc_start=41))
    unsent = denominator_of("hc_end")

    assert missing["status"] == "missing"
    assert unsent["status"] == "not_submitted"
    assert [missing["register_value"], unsent["register_value"]] == [42, 42]
    assert missing[["value"]].isna().all()
    assert unsent[["value"]].isna().all()


def test_a_queried_denominator_has_no_value():
    row = denominator_of("women", *headcounts(UNIT, hc_end=42), fact(UNIT, "F1", 0, "women", None, "queried"))

    assert row["status"] == "queried"
    assert row[["value"]].isna().all()


def test_staff_of_the_year_are_those_at_its_start_and_those_who_joined():
    assert denominator_of("hc_ever", *STAFF)["value"] == 41 + 3
    queried = [one for one in STAFF if one["measure"] != "joined"] + [fact(UNIT, "F1", 0, "joined", None, "queried")]
    assert denominator_of("hc_ever", *queried)["status"] == "queried"


def test_titles_are_those_of_the_register():
    titled, untitled = denominator_of("civilised_units"), denominator_of("civilised_units", unit="LJ-P06")

    assert titled[["value", "source"]].tolist() == [1, "register"]
    assert untitled["value"] == 0


def test_blood_by_the_whole_staff_is_a_share_with_limits():
    row = second_of("blood_donation", "hc_end", *STAFF, *line(UNIT, 1, blood_donation__persons=5))

    assert row["rate"] == pytest.approx(5 / 42, abs=1e-12)
    assert row["ci_low"] < row["rate"] < row["ci_high"]


def test_blood_by_a_small_staff_is_undefined():
    row = second_of("blood_donation", "hc_end", *headcounts(UNIT, hc_end=29), *line(UNIT, 1, blood_donation__persons=5))

    assert row["status"] == "undefined"
    assert row[["rate"]].isna().all()


def test_donors_by_women_may_be_above_one_and_have_no_limits():
    facts = [*headcounts(UNIT, hc_end=90, women=30), *line(UNIT, 1, spring_bud__persons=45)]
    row = second_of("spring_bud", "women", *facts)

    assert row[["numerator", "denominator", "rate", "status"]].tolist() == [45, 30, 1.5, "ok"]
    assert row[["ci_low", "ci_high"]].isna().all()


@pytest.mark.parametrize("women, rate, status", [(9, None, "small"), (10, 0.5, "small"), (29, 5 / 29, "small")])
def test_small_numbers_hold_for_second_denominators_too(women, rate, status):
    row = second_of(
        "spring_bud", "women", *headcounts(UNIT, hc_end=90, women=women), *line(UNIT, 1, spring_bud__persons=5)
    )

    assert row["status"] == status
    assert row["rate"] == rate if rate else row[["rate"]].isna().all()


def test_a_queried_number_of_donors_gives_no_second_rate():
    facts = [*headcounts(UNIT, hc_end=90, women=30), fact(UNIT, "F3", 1, "spring_bud.persons", None, "queried")]
    row = second_of("spring_bud", "women", *facts)

    assert row["status"] == "queried"
    assert row[["numerator", "rate"]].isna().all()
