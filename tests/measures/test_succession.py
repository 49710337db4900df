"""What a unit of this year was last year."""

import datetime as dt
from dataclasses import replace

from analysis.measures.succession import Lineage, lineages
from analysis.reference import Succession
from tests.measures.hand_tables import sample_reference
from tests.measures.two_years import followed, reference_of


def lineage(now, before, *steps, **more):
    units = dict.fromkeys(now, "PG1")
    return lineages(replace(reference_of(2025, units), succession=followed(*steps, **more)), before)


def test_a_unit_that_stayed_is_itself():
    assert lineage("A", ["A", "B"]) == {"A": Lineage(("A",), "same")}


def test_two_whole_units_in_one_are_a_merger():
    assert lineage("C", ["A", "B"], ("A", "C", 1.0), ("B", "C", 1.0)) == {"C": Lineage(("A", "B"), "merged")}


def test_a_unit_that_took_in_another_is_a_merger_of_both():
    assert lineage("A", ["A", "B"], ("B", "A", 1.0)) == {"A": Lineage(("A", "B"), "merged")}


def test_a_unit_with_a_new_code_is_the_old_one():
    assert lineage("B", ["A"], ("A", "B", 1.0)) == {"B": Lineage(("A",), "merged")}


def test_a_share_of_a_unit_is_no_count():
    found = lineage("CD", ["A", "D"], ("A", "C", 0.6), ("A", "D", 0.4))

    assert found == {"C": Lineage(("A",), "divided"), "D": Lineage(("A", "D"), "divided")}


def test_a_unit_that_came_from_nowhere_is_new():
    assert lineage("AB", ["A"])["B"] == Lineage((), "new")


def test_two_steps_in_one_year_lead_back_to_the_units_of_last_year():
    steps = (
        Succession("A", "B", dt.date(2025, 3, 1), 1.0),
        Succession("B", "C", dt.date(2025, 9, 1), 1.0),
    )
    known = lineages(replace(reference_of(2025, {"C": "PG1"}), succession=steps), ["A"])

    assert known == {"C": Lineage(("A",), "merged")}


def test_what_happened_in_other_years_does_not_count():
    earlier = lineage("AC", ["A", "C"], ("A", "C", 1.0), day=dt.date(2024, 12, 31))
    later = lineage("AC", ["A", "C"], ("A", "C", 1.0), day=dt.date(2026, 1, 1))

    assert earlier == later == {"A": Lineage(("A",), "same"), "C": Lineage(("C",), "same")}


def test_the_merged_unit_of_the_sample_consists_of_two():
    codes = [unit.code for unit in sample_reference(2024).units]

    found = lineages(sample_reference(2025), codes)

    assert found["LJ-G31"] == Lineage(("LJ-G32", "LJ-G33"), "merged")
    assert found["LJ-P06"].kind == "new"
    assert {line.kind for code, line in found.items() if code not in ("LJ-G31", "LJ-P06")} == {"same"}
