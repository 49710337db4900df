"""Which of several files of a unit count."""

import datetime as dt
from dataclasses import replace

import pytest

from analysis.etl.versions import choose_versions
from tests.returns import clean, f1_sheet, f3_sheet, reference

LINE = {
    "hc_end": 42,
    "elder_care.persons": 12,
    "elder_care.person_times": 15,
    "elder_care.hours": 30,
    "distinct_any": 12,
}


def sent(file, persons=12, form3=True):
    """A return of 市科技局 with this many people in elder_care."""
    sheets = [f1_sheet({"unit_name": "澜江市科学技术局", "hc_end": 42})]
    sheets += [f3_sheet([{**LINE, "elder_care.persons": persons}])] if form3 else []
    return clean(*sheets, file=file)


def received(**times):
    return replace(
        reference(), received={f"{name}.xlsx": dt.datetime.fromisoformat(time) for name, time in times.items()}
    )


def states(results):
    return {result.submission.file: (result.submission.state, result.submission.forms) for result in results}


def test_a_single_version_counts_without_a_time_of_receipt():
    assert states(choose_versions([sent("a.xlsx")], received())) == {"a.xlsx": ("accepted", "F1;F3")}


def test_the_latest_received_version_counts_whatever_the_file_is_called():
    results = choose_versions([sent("最终版.xlsx"), sent("a.xlsx", 11)], received(最终版="2026-01-05", a="2026-01-07"))

    assert states(results) == {"a.xlsx": ("accepted", "F1;F3"), "最终版.xlsx": ("superseded", "")}
    assert {fact.file for result in results for fact in result.facts} == {"a.xlsx"}


def test_versions_are_decided_form_by_form():
    results = choose_versions([sent("a.xlsx"), sent("b.xlsx", form3=False)], received(a="2026-01-05", b="2026-01-07"))

    assert states(results) == {"a.xlsx": ("accepted", "F3"), "b.xlsx": ("accepted", "F1")}


def test_of_several_versions_with_an_unknown_time_none_counts_and_the_unit_is_asked():
    results = choose_versions([sent("a.xlsx"), sent("b.xlsx", 11)], received(a="2026-01-05"))

    assert {state for state, _ in states(results).values()} == {"superseded"}
    assert [query.rule for result in results for query in result.queries if query.treatment == "ASK"] == ["M13", "M13"]


def test_an_identical_file_is_skipped():
    first = sent("a.xlsx")
    same = replace(first, submission=replace(first.submission, file="b.xlsx"))

    assert states(choose_versions([first, same], received(a="2026-01-05", b="2026-01-06"))) == {
        "a.xlsx": ("accepted", "F1;F3"),
        "b.xlsx": ("skipped", ""),
    }


@pytest.mark.parametrize("time, late", [("2026-01-15T23:00:00", False), ("2026-01-16T00:10:00", True)])
def test_a_file_received_after_the_deadline_is_accepted_and_noted(time, late):
    (result,) = choose_versions([sent("a.xlsx")], received(a=time))

    assert result.submission.state == "accepted"
    assert any(query.rule == "M77" for query in result.queries) is late


def test_cells_of_a_superseded_form_are_set_aside_in_the_ledger():
    results = choose_versions([sent("a.xlsx"), sent("b.xlsx", form3=False)], received(a="2026-01-05", b="2026-01-07"))
    first = next(result for result in results if result.submission.file == "a.xlsx")

    assert {(row.role, row.rule) for row in first.ledger if row.sheet == "表1基本情况" and row.cell == "D6"} == {
        ("ignored", "M13")
    }
