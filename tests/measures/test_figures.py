"""Lines of a form added up: what is not known on one line is not known of the unit."""

from __future__ import annotations

import pytest

from analysis.measures.figures import Figure, form_figures, look_up
from tests.measures.hand_tables import fact, facts_table, line, queries_table, query, sample_reference

UNIT = "LJ-G04"
FIELD = (UNIT, "elder_care", "persons")


def elder_care(*facts, queries=()):
    """The figure of `elder_care.persons`."""
    table = form_figures(facts_table(*facts), queries_table(*queries), sample_reference(), "F3")
    return look_up(table)[FIELD]


def persons(row, value, status="reported", **more):
    return fact(UNIT, "F3", row, "elder_care.persons", value, status, **more)


def test_lines_add_up():
    assert elder_care(persons(1, 3), persons(2, 4)) == Figure(7, None, None, "reported", 0)


def test_repaired_derived_and_confirmed_lines_are_values():
    figure = elder_care(persons(1, 3, "repaired"), persons(2, 4, "derived"), persons(3, 5, "confirmed"))

    assert figure == Figure(12, None, None, "reported", 0)


def test_a_total_line_alone_is_the_figure():
    assert elder_care(persons(0, 12), fact(UNIT, "F3", 1, "office_name", None, text="办公室")).value == 12


def test_a_total_line_is_not_added_to_its_lines():
    assert elder_care(persons(0, 7), persons(1, 3), persons(2, 4)).value == 7


def test_a_queried_line_makes_the_figure_queried():
    assert elder_care(persons(1, 3), persons(2, None, "queried")) == Figure(None, None, None, "queried", 0)


def test_a_blank_line_makes_the_figure_queried_and_counts_its_question():
    """The blank line has no fact at all here; only the question tells of it."""
    asked = query(UNIT, "F3", "elder_care.persons")

    assert elder_care(persons(1, 3), queries=[asked]) == Figure(None, None, None, "queried", 1)


def test_a_line_without_this_number_makes_the_figure_queried_also_without_a_question():
    figure = elder_care(persons(1, 3), *line(UNIT, 1, distinct_any=3), *line(UNIT, 2, distinct_any=1))

    assert figure.status == "queried"


def test_a_line_that_stands_twice_is_not_added_twice():
    assert elder_care(persons(1, 3), persons(1, 3, cell="Z9")).status == "queried"


def test_a_dropped_line_is_no_line():
    assert elder_care(persons(1, 3), persons(2, None, "rejected")) == Figure(3, None, None, "reported", 0)


def test_a_question_about_a_total_takes_nothing_away():
    asked = query(UNIT, "F3", "elder_care.persons", rule="M27", raw="412")

    assert elder_care(persons(1, 3), queries=[asked]) == Figure(3, None, None, "reported", 1)


@pytest.mark.parametrize(
    "settled",
    [{"state": "answered"}, {"state": "closed"}, {"treatment": "NOTE"}, {"unit_code": "LJ-G05"}, {"form": "F2"}],
)
def test_other_questions_do_not_count(settled):
    asked = query(UNIT, "F3", "elder_care.persons") | settled

    assert elder_care(persons(1, 3), queries=[asked]) == Figure(3, None, None, "reported", 0)


def test_a_question_about_a_missing_group_is_about_all_its_columns():
    group = query(UNIT, "F3", "elder_care.persons", rule="M20", cell=None)
    table = form_figures(facts_table(*line(UNIT, 1, distinct_any=3)), queries_table(group), sample_reference(), "F3")
    figures = look_up(table)

    assert figures[UNIT, "elder_care", "hours"] == Figure(None, None, None, "missing", 1)
    assert figures[UNIT, "", "distinct_any"] == Figure(3, None, None, "reported", 0)


def test_approximate_lines_are_added_and_told():
    assert elder_care(persons(1, 3), persons(2, 10, "approximate")) == Figure(13, None, None, "approximate", 0)


def test_bounds_add_up_with_values_as_their_own_bounds():
    """3, more than 30 (30 or more), fewer than 20 (at most 19)."""
    lower = persons(2, None, "bounded", low=30)
    upper = persons(3, None, "bounded", high=19)

    assert elder_care(persons(1, 3), lower) == Figure(None, 33, None, "bounded", 0)
    assert elder_care(persons(1, 3), upper) == Figure(None, 3, 22, "bounded", 0)
    assert elder_care(persons(1, 3), lower, upper) == Figure(None, 33, None, "bounded", 0)


def test_not_applicable_on_all_lines_is_not_applicable():
    void = [persons(row, None, "not_applicable") for row in (1, 2)]

    assert elder_care(*void).status == "not_applicable"
    assert elder_care(*void, persons(3, 4)) == Figure(4, None, None, "reported", 0)


def test_a_form_without_values_is_nil_only_when_it_says_so():
    silent = query(UNIT, "F3", None, rule="M16", cell=None)
    nil = silent | {"treatment": "NOTE", "state": "closed"}

    assert elder_care(queries=[silent]) == Figure(None, None, None, "missing", 1)
    assert elder_care(queries=[nil]) == Figure(None, None, None, "not_applicable", 0)


def test_who_sent_nothing_has_no_figures():
    assert form_figures(facts_table(), queries_table(), sample_reference(), "F3").empty


def test_input_is_not_changed():
    facts, queries = facts_table(persons(1, 3)), queries_table(query(UNIT, "F3", "elder_care.persons"))
    before = facts.copy(), queries.copy()

    form_figures(facts, queries, sample_reference(), "F3")

    assert facts.equals(before[0])
    assert queries.equals(before[1])
