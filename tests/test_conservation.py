"""Nothing is lost, told twice or invented: over generated returns, and over the same spoilt at random."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.etl.asking import once
from analysis.etl.conservation import breaches
from analysis.intake.reader import read_workbook
from analysis.records import Span
from tests.answers import answer, answered
from tests.conserving import breaches_of, spoilt, workbooks
from tests.returns import f3_sheet, list_sheet, place, reference, sheet

SHEET = f3_sheet([{"hc_end": 30, "elder_care.persons": "若干"}, {"hc_end": 30, "elder_care.persons": 4}])
DEED = {"category": "无偿献血", "activity_name": "献血", "activity_date": "3月5日", "persons": 5, "person_times": 5}


@cache
def returns(mess: str, seed: str, count: int) -> list[tuple[str, bytes]]:
    return workbooks(mess, seed, count)


@pytest.mark.parametrize("mess, seed", [("mild", ""), ("heavy", "11"), ("heavy", "12")])
def test_nothing_is_lost_of_a_generated_return(mess: str, seed: str) -> None:
    assert [breach for name, data in returns(mess, seed, 4) for breach in breaches_of(name, data)] == []


@settings(max_examples=25, deadline=None)
@given(
    number=st.integers(0, 3), seed=st.integers(0, 10**6), share=st.sampled_from([0.002, 0.01, 0.03, 0.1, 0.3]),
    mess=st.sampled_from(["mild", "heavy"]),
)  # fmt: skip
def test_nothing_is_lost_when_cells_are_cleared_typed_over_and_merged(
    number: int, seed: int, share: float, mess: str
) -> None:
    name, data = returns(mess, "13", 4)[number]

    assert breaches_of(name, data, spoilt(read_workbook(data, name), Random(seed), share)) == []


def whats(result, sheets=(SHEET,), **changed):
    parts = {"ledger": result.ledger, "facts": result.facts, "queries": result.queries} | changed
    return {(breach.cell, breach.what) for breach in breaches("a.xlsx", sheets, **parts)}


def test_nothing_is_lost_of_an_answered_return() -> None:
    lines = (answer("D7", "set", "3", "若干"), answer("A8", "reject", "", "2", line=3))
    result = answered(SHEET, answers=lines)
    two = list_sheet("F2", [DEED, DEED])
    kept = answered(two, answers=(answer("A7", "keep", "", "2", sheet="表2"),))

    assert result.faults == kept.faults == ()
    assert whats(result) == set()
    assert whats(kept, (two,)) == set()


def test_a_cell_without_a_row_and_one_with_two_are_found() -> None:
    result = answered(SHEET, answers=())
    first, rest = result.ledger[0], result.ledger[1:]

    assert whats(result, ledger=rest) == {(first.cell, "lost")}
    assert whats(result, ledger=(first, first, *rest)) == {(first.cell, "twice")}
    assert whats(result, ledger=(replace(first, cell="ZZ99"), first, *rest)) == {("ZZ99", "invented")}


def test_a_value_that_nobody_speaks_of_is_found() -> None:
    result = answered(SHEET, answers=())
    gone = [fact for fact in result.facts if fact.cell != "D8"]

    assert whats(result, facts=gone) == {("D8", "silent")}


def test_a_fact_at_a_cell_that_is_no_value_is_found() -> None:
    result = answered(SHEET, answers=())
    strange = replace(result.facts[0], cell="A1")
    elsewhere = replace(result.facts[0], sheet="表9")

    assert whats(result, facts=(*result.facts, strange)) == {("A1", "unfounded")}
    assert (elsewhere.cell, "unfounded") in whats(result, facts=(*result.facts, elsewhere))


def test_a_queried_fact_that_nobody_asks_about_is_found() -> None:
    result = answered(SHEET, answers=())

    assert whats(result, queries=[q for q in result.queries if q.cell != "D7"]) == {("D7", "unasked")}


def test_a_dropped_line_without_its_question_or_with_two_is_found() -> None:
    two = list_sheet("F2", [DEED, DEED])
    result = answered(two, answers=())
    drop = next(q for q in result.queries if q.treatment == "DROP")

    assert whats(result, (two,)) == set()
    assert {what for _, what in whats(result, (two,), queries=[q for q in result.queries if q != drop])} == {
        "not dropped once"
    }
    assert {what for _, what in whats(result, (two,), queries=[*result.queries, drop])} == {"not dropped once"}


def test_a_note_never_hides_a_question_with_the_same_id() -> None:
    """M34: the note on a repeated serial number and the drop of its line stand at one cell."""
    drop = next(q for q in answered(list_sheet("F2", [DEED, DEED]), answers=()).queries if q.treatment == "DROP")
    note = replace(drop, treatment="NOTE", state="closed")

    assert once([note, drop]) == once([drop, note]) == [drop]


def test_an_empty_sheet_has_nothing_to_lose() -> None:
    assert breaches("a.xlsx", [sheet("空", {})], [], [], []) == []


def test_a_heading_joined_to_the_line_below_is_no_value_of_that_line() -> None:
    """M22: what is merged means fill-down only from a line of data."""
    made = f3_sheet([{"hc_end": 30}, {"hc_end": 30}])
    letters = next(entry.address for entry in reference().form_fields("F3") if entry.measure == "remark")
    column = place(letters)[1]
    joined = replace(made, merges=(*(m for m in made.merges if m.first_column != column), Span(4, column, 7, column)))
    result = answered(joined, answers=())

    assert [fact for fact in result.facts if fact.measure == "remark"] == []
    assert whats(result, (joined,)) == set()
