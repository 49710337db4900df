"""Pairing in three returns of the sample, counted by hand on their form 5."""

from __future__ import annotations

import shutil

import pytest

from analysis.etl.tables import file_tables
from analysis.etl.typed_tables import typed_tables
from analysis.measures.pairing_groups import pairing_groups
from analysis.measures.pairings import pairing_rates
from analysis.measures.participation import unit_table
from analysis.pipeline import read_year
from tests.measures.hand_tables import ROOT, sample_reference

FILES = ("2025年报表-市纪委监委.xlsx", "市委办精神文明报表.xlsx", "LJ-G04_市科技局_2025.xlsx")


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """Pairings, units, facts and queries of a year in which only these three sent anything."""
    data = tmp_path_factory.mktemp("three")
    shutil.copytree(ROOT / "data" / "reference", data / "reference")
    (data / "raw" / "2025").mkdir(parents=True)
    for name in FILES:
        shutil.copyfile(ROOT / "data" / "raw" / "2025" / name, data / "raw" / "2025" / name)
    cleaned = read_year(data, 2025)
    tables = file_tables(cleaned.results, cleaned.facts, cleaned.queries)
    units = unit_table(tables["facts"], cleaned.reference, tables["submissions"])
    pairings = typed_tables(cleaned.facts, cleaned.reference)["pairings"]
    return pairings, units, tables["facts"], tables["queries"]


@pytest.mark.parametrize(
    "unit, met, exits, paired, visits, households",
    [
        ("LJ-P01", 0, 0, 1, 5, 1),  # one household in town, paired 2021
        ("LJ-P02", 1, 1, 2, 6 + 4, 2),  # town and country, the one of 2021 left on 4 November 2025
        ("LJ-G04", 1, 2, 3, 3 + 7 + 4, 3),  # two in town, one in the country, all of 2022, two left in July 2025
    ],
)
def test_what_the_unit_reports_on_form_5_is_what_its_rates_say(year, unit, met, exits, paired, visits, households):
    table = pairing_rates(*year, sample_reference())
    rows = table[table["unit_code"] == unit].set_index("indicator")[["numerator", "denominator", "status"]]

    assert rows.loc["I13"].tolist() == [met, 1, "ok"]
    assert rows.loc["I14"].tolist() == [exits, paired, "undefined"]  # fewer than five: counts only
    assert rows.loc["I16"].tolist() == [visits, households, "ok"]


def test_the_city_of_the_three_says_what_is_known_and_what_the_other_66_leave_open(year):
    city = pairing_groups(*year, sample_reference()).set_index(["peer_group", "indicator", "category"])

    assert city.loc[("", "I13", "both"), ["numerator", "denominator", "n_units"]].tolist() == [2, 3, 69]
    assert city.loc[("", "I13", "any"), ["numerator", "denominator", "n_units"]].tolist() == [3, 3, 69]
    assert city.loc[("", "I13", "both"), ["pooled_low", "pooled_high"]].tolist() == pytest.approx([2 / 69, 68 / 69])
    assert city.loc[("", "I15", ""), ["numerator", "denominator", "status"]].tolist() == [3, 6, "undefined"]
