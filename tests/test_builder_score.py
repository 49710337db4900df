"""How acceptance counts (contract, section 7), on rows typed by hand."""

from __future__ import annotations

from typing import Any

from tests.builder.score import score


def fact(**changed: Any) -> dict[str, Any]:
    plain = {"file": "a.xlsx", "sheet": "表3", "cell": "D7", "form": "F3", "item": "elder_care", "measure": "persons"}
    return {**plain, "value": 5.0, "text": None, "low": None, "high": None, "status": "reported", **changed}


def wanted(**changed: Any) -> dict[str, Any]:
    plain = {key: fact()[key] for key in ("file", "sheet", "cell", "form", "item", "measure")}
    return {**plain, "value": "5", "text": "", "low": "", "high": "", "queried": "0", **changed}


def query(**changed: Any) -> dict[str, Any]:
    return {"file": "a.xlsx", "sheet": "表3", "cell": "D7", "rule": "M38", "treatment": "ASK", **changed}


def test_the_same_number_is_right() -> None:
    found = score([fact()], [], [wanted()], [])
    assert (found.expected, found.right, found.silent_wrong) == (1, 1, ())


def test_a_rounding_of_floats_is_no_difference() -> None:
    assert score([fact(value=0.1 + 0.2)], [], [wanted(value="0.3")], []).right == 1


def test_another_number_is_silently_wrong_without_a_question() -> None:
    found = score([fact(value=6.0)], [], [wanted()], [])
    assert (found.right, len(found.silent_wrong), len(found.not_right)) == (0, 1, 1)


def test_another_number_with_a_question_at_its_cell_is_not_silent() -> None:
    found = score([fact(value=6.0)], [query()], [wanted()], [])
    assert (found.right, found.silent_wrong, len(found.needless_queries)) == (0, (), 1)


def test_a_note_is_no_question() -> None:
    found = score([fact(value=6.0)], [query(treatment="NOTE")], [wanted()], [])
    assert (len(found.silent_wrong), found.needless_queries) == (1, ())


def test_two_open_facts_are_right_whatever_their_limits() -> None:
    open_fact = fact(value=None, low=30.0, high=40.0, status="queried")
    assert score([open_fact], [query()], [wanted(value="", queried="1")], [query()]).right == 1


def test_a_limit_that_is_missing_is_not_right() -> None:
    bounded = wanted(value="", low="50")
    assert score([fact(value=None, low=50.0, status="bounded")], [], [bounded], []).right == 1
    assert score([fact(value=None, status="bounded")], [], [bounded], []).right == 0


def test_a_value_nobody_expected_is_silently_wrong() -> None:
    found = score([fact()], [], [], [])
    assert (len(found.silent_wrong), len(found.unexpected)) == (1, 1)


def test_a_fact_that_is_absent_is_not_right_and_not_silent() -> None:
    found = score([], [], [wanted()], [])
    assert (found.right, found.silent_wrong, len(found.not_right)) == (0, (), 1)


def test_missing_and_needless_questions_are_counted_by_place() -> None:
    found = score([], [query(cell="E7")], [], [query()])
    assert (len(found.missing_queries), len(found.needless_queries)) == (1, 1)


def test_another_rule_at_the_right_place_is_counted_apart() -> None:
    found = score([], [query(rule="G04")], [], [query(rule="M46")])
    assert (found.missing_queries, found.needless_queries, len(found.other_rule)) == ((), (), 1)
