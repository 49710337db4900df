"""Which differences between the reference data of two years make a figure incomparable."""

from dataclasses import replace

import pytest

from analysis.measures.breaks import breaks_between
from analysis.reference import DefinitionChange
from tests.measures.hand_tables import sample_reference

SAME = sample_reference(2024)
NOW = sample_reference(2025)


def with_field(item, measure, **new):
    """This year's reference data with one field of the forms printed otherwise."""
    fields = tuple(
        replace(entry, **new) if (entry.item, entry.measure) == (item, measure) else entry for entry in NOW.fields
    )
    assert fields != NOW.fields
    return replace(NOW, fields=fields)


@pytest.mark.parametrize("indicator, category", [("I01", "elder_care"), ("I02", ""), ("I03", ""), ("I36", "")])
def test_the_two_years_of_the_sample_have_no_break(indicator, category):
    assert breaks_between(SAME, NOW, indicator, category) == ()


def test_spring_breeze_with_another_meaning_is_another_figure():
    other = replace(NOW, spring_breeze_meaning="employment")

    assert breaks_between(SAME, other, "I01", "spring_breeze") == ("definition",)
    assert breaks_between(SAME, other, "I01", "elder_care") == ()


def test_another_number_of_categories_is_another_breadth():
    other = replace(NOW, thresholds={**NOW.thresholds, "breadth_categories": 13.0})

    assert breaks_between(SAME, other, "I03", "") == ("definition",)


def test_another_denominator_of_a_category_is_another_figure():
    categories = tuple(
        replace(entry, denominator="union_members") if entry.code == "warmth_project" else entry
        for entry in NOW.categories
    )

    assert breaks_between(SAME, replace(NOW, categories=categories), "I01", "warmth_project") == ("form", "definition")
    assert breaks_between(SAME, replace(NOW, categories=categories), "I01", "elder_care") == ()


def test_a_threshold_that_a_definition_divides_by_is_a_part_of_it():
    side = NOW.definitions["I22"][0].denominator
    assert side.source == "threshold"
    other = replace(NOW, thresholds={**NOW.thresholds, side.columns[0]: 4.0})

    assert breaks_between(SAME, other, "I22", "") == ("definition",)


def test_another_rule_of_computing_is_another_definition():
    (own,) = NOW.definitions["I05"]
    other = replace(own, numerator=replace(own.numerator, conditions=own.numerator.conditions[:0]))

    found = breaks_between(SAME, replace(NOW, definitions={**NOW.definitions, "I05": (other,)}), "I05", "")
    assert "definition" in found


def test_other_words_of_the_definition_are_another_definition():
    entry = replace(NOW.indicators["I02"], exclusions="离退休人员;只捐款的人员")
    other = replace(NOW, indicators={**NOW.indicators, "I02": entry})

    assert breaks_between(SAME, other, "I02", "") == ("definition",)


@pytest.mark.parametrize(
    "first_year, found", [(2024, ()), (2025, ("definition",)), (2026, ())], ids=["before", "between", "after"]
)
def test_a_change_of_definition_counts_between_the_years_it_lies_between(first_year, found):
    line = DefinitionChange("", first_year, "I06", "", "记录时长满1小时", "at least one hour on record")
    other = replace(NOW, definition_changes=(line,))

    assert breaks_between(SAME, other, "I06", "") == found
    assert breaks_between(SAME, other, "I07", "") == ()


def test_a_line_with_a_category_is_about_that_category_alone():
    line = DefinitionChange("", 2025, "I01", "elder_care", "", "")
    other = replace(NOW, definition_changes=(line,))

    assert breaks_between(SAME, other, "I01", "elder_care") == ("definition",)
    assert breaks_between(SAME, other, "I01", "disability_aid") == ()


def test_a_field_printed_otherwise_is_another_form_for_the_figures_made_of_it():
    other = with_field("elder_care", "persons", header_zh="服务人数(含离退休)")

    assert breaks_between(SAME, other, "I01", "elder_care") == ("form",)
    assert breaks_between(SAME, other, "I03", "") == ("form",)
    assert breaks_between(SAME, other, "I01", "disability_aid") == ()


def test_a_headcount_printed_otherwise_breaks_what_divides_by_it():
    other = with_field("", "law_qualified", type="number")

    assert breaks_between(SAME, other, "I01", "legal_aid") == ("form",)
    assert breaks_between(SAME, other, "I02", "") == ()


def test_forms_under_another_number_break_everything():
    other = replace(NOW, form_no_prefix="澜文明")

    assert breaks_between(SAME, other, "I02", "") == ("form",)
    assert breaks_between(SAME, other, "I36", "") == ("form",)
