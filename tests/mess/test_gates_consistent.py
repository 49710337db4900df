"""Returns that agree with themselves, made at random, raise no doubt in any gate, whole or with values missing."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.etl.asking import Asker
from analysis.etl.gate_units import gate_units
from analysis.etl.gates import apply_gates
from analysis.etl.last_year import LastYear
from analysis.records import Fact, FileResult, Submission
from tests.returns import reference

UNIT = "LJ-G04"
FILE = "报表.xlsx"
SERVICE = ("elder_care", "disability_aid", "lei_feng_volunteer")
GIVING = ("hope_project", "spring_bud", "happiness_project", "golden_autumn_aid", "one_day_donation")
SUBJECTS = ("political_theory", "modern_economy", "science_tech", "law", "finance", "foreign_language", "other")
REGULAR = ("G13", "G15", "M67")
Values = dict[tuple[str, int, str, str], Any]
FAST = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def facts_of(values: Values) -> tuple[Fact, ...]:
    """One fact per value, each at a cell of its own; texts and numbers by their type."""
    return tuple(
        Fact(2025, UNIT, form, row, item, measure, None if isinstance(said, str) else float(said), None, None,
             said if isinstance(said, str) else None, "reported", None, str(said), FILE, form, f"A{place}")
        for place, ((form, row, item, measure), said) in enumerate(values.items(), start=1)
    )  # fmt: skip


def doubts(values: Values) -> set[tuple[str, str, str | None]]:
    """Rule, form and field of what the gates ask or note, but for the notes on bands and regular figures."""
    facts = facts_of(values)
    submission = Submission(FILE, "0", 1, "xlsx", UNIT, "code", "F1;F2;F3;F4;F5;F6;F7;F8", "accepted", None, "")
    _, queries = gate_units([FileResult(submission, facts)], reference(), LastYear())
    return {(query.rule, query.form or "", query.field) for query in queries if query.rule not in REGULAR}


@st.composite
def offices(draw: st.DrawFn) -> list[int]:
    return draw(st.lists(st.integers(1, 40), min_size=1, max_size=5))


@st.composite
def returns(draw: st.DrawFn) -> Values:
    """The facts of a unit that filled in F1 to F6 without a slip."""
    sizes = draw(offices())
    end = sum(sizes)
    start, joined = draw(st.integers(0, end)), 0
    left = draw(st.integers(0, start))
    joined = end + left - start
    part = st.integers(0, end)
    values: Values = {("F1", 0, "", name): number for name, number in {
        "authorised_posts": end + draw(st.integers(-3, 9)), "hc_start": start, "joined": joined, "left": left, "hc_end": end,
        "women": draw(part), "age_18_55": end, "league": draw(part), "pm_onpost": draw(part),
        "union_members": draw(part), "law_qualified": draw(part), "registered": end, "offices": len(sizes)}.items()}  # fmt: skip
    values |= {("F1", 0, "", "title_level"): "city", ("F1", 0, "", "unit_kind"): "government"}
    people: dict[str, list[int]] = {}
    for row, size in enumerate(sizes, start=1):
        values |= draw(office(row, size, people))
    values |= draw(activities(people))
    values |= draw(study(end))
    values |= draw(households())
    return values | draw(problems(len(sizes)))


@st.composite
def office(draw: st.DrawFn, row: int, size: int, people: dict[str, list[int]]) -> Values:
    """A line of F3: every category within the office, each amount within what is plausible."""
    line: dict[tuple[str, str], Any] = {("", "office_name"): f"第{row}科", ("", "hc_end"): size}
    counts = []
    for category in reference().categories:
        takes_part = category.code in (*SERVICE, *GIVING, "blood_donation")
        count = draw(st.integers(0, size)) if takes_part else 0
        counts.append(count)
        people.setdefault(category.code, []).append(count)
        line[category.code, "persons"] = count
        times = count + (draw(st.integers(0, 2 * count)) if category.code in SERVICE else 0)
        if category.code in (*SERVICE, "blood_donation"):
            line[category.code, "person_times"] = times
        if category.code in SERVICE:
            line[category.code, "hours"] = times * draw(st.sampled_from([0.5, 2, 10]))
        if category.code in GIVING:
            line[category.code, "amount_yuan"] = count * draw(st.sampled_from([5, 100, 5000]))
        if category.code == "blood_donation":
            line[category.code, "blood_ml"] = times * draw(st.sampled_from([200, 300, 400]))
    line["lei_feng_volunteer", "registered"] = size
    line["", "distinct_any"] = draw(st.integers(max(counts), min(size, sum(counts))))
    return {("F3", row, item, measure): said for (item, measure), said in line.items()}


@st.composite
def activities(draw: st.DrawFn, people: dict[str, list[int]]) -> Values:
    """Lines of F2 whose largest is at most the people of the category, and all of them together at least."""
    values: Values = {}
    row = 0
    for code, counts in people.items():
        total = sum(counts)
        sizes = [total, draw(st.integers(0, total))] if draw(st.booleans()) else [total // 2, total - total // 2]
        for size in (size for size in sizes if size):
            row += 1
            times = size + (draw(st.integers(0, size)) if code in SERVICE else 0)
            line: dict[str, Any] = {"category": code, "activity_name": f"活动{row}", "activity_date": "2025-05-01",
                                    "persons": size, "persons_pm": draw(st.integers(0, size)), "person_times": times}  # fmt: skip
            if code in SERVICE:
                line["hours"] = times * 2
            if code in GIVING:
                line["amount_yuan"] = size * 100
            if code == "blood_donation":
                line["blood_ml"] = times * 200
            values |= {("F2", row, "", measure): said for measure, said in line.items()}
    return values


@st.composite
def study(draw: st.DrawFn, end: int) -> Values:
    """Subjects of F4 with attendance within what was due, and as many people in all as in the largest."""
    values: Values = {}
    counts = []
    for item in SUBJECTS:
        count = draw(st.integers(0, end))
        times = count + draw(st.integers(0, 3 * count))
        counts.append(count)
        values |= {("F4", 0, item, "persons"): count, ("F4", 0, item, "person_times"): times,
                   ("F4", 0, item, "expected_person_times"): times + draw(st.integers(0, 9))}  # fmt: skip
    return values | {("F4", 0, "all_subjects", "persons"): max(counts)}


@st.composite
def households(draw: st.DrawFn) -> Values:
    values: Values = {}
    for row in range(1, draw(st.integers(0, 3)) + 1):
        out = draw(st.booleans())
        line = {"household_no": f"LJ-G04-{row:02}", "paired_date": draw(st.sampled_from(["2019", "2024-03", "2025-01-09"])),
                "out_of_hardship": "yes" if out else "no"}  # fmt: skip
        line |= {"exit_date": draw(st.sampled_from(["2025-06", "2025-12-31"])), "exit_proof": "退出通知"} if out else {}
        values |= {("F5", row, "", measure): said for measure, said in line.items()}
    return values


@st.composite
def problems(draw: st.DrawFn, offices: int) -> Values:
    values: Values = {}
    for row in range(1, draw(st.integers(0, 4)) + 1):
        state = draw(st.sampled_from(["not_started", "in_progress", "done", "closed", "long_term"]))
        line = {"problem": f"问题{row}", "office": f"第{draw(st.integers(1, offices))}科", "rect_status": state,
                "due_date": "2025-06-30"}  # fmt: skip
        line |= (
            {"done_date": draw(st.sampled_from(["2025-05-01", "2025-09", "2024-12-31"]))}
            if state in ("done", "closed")
            else {}
        )
        values |= {("F6", row, "", measure): said for measure, said in line.items()}
    return values


@FAST
@given(returns())
def test_a_return_that_agrees_with_itself_raises_no_doubt(values: Values) -> None:
    """G01 to G12, G17, G18, G20, M46 to M49, M65, M70, M75."""
    assert doubts(values) == set()


@FAST
@given(returns(), st.data())
def test_no_gate_claims_anything_of_a_value_that_is_not_there(values: Values, data: st.DataObject) -> None:
    """Any fact left out, as when it is blank, unreadable or not applicable: never a contradiction."""
    keys = [key for key in values if key[3] not in ("exit_date", "exit_proof", "done_date")]
    gone = data.draw(st.sets(st.sampled_from(keys), max_size=6))

    found = doubts({key: said for key, said in values.items() if key not in gone})

    assert found == set()


@FAST
@given(returns(), st.data())
def test_gates_only_take_values_out_and_never_change_one(values: Values, data: st.DataObject) -> None:
    """Numbers typed anywhere: a fact keeps its value or has none and a question."""
    numbers = [key for key, said in values.items() if not isinstance(said, str)]
    slips = data.draw(st.dictionaries(st.sampled_from(numbers), st.integers(0, 5000), min_size=1, max_size=5))
    before = facts_of(values | slips)
    submission = Submission(FILE, "0", 1, "xlsx", UNIT, "code", "F5", "accepted", None, "")
    after, queries = gate_units([FileResult(submission, before)], reference(), LastYear())
    open_at = {(query.sheet, query.cell) for query in queries if query.state == "open"}

    for old, new in zip(before, after, strict=True):
        assert new.value == old.value or (new.status == "queried" and new.value is None)
        assert new.status != "queried" or (new.sheet, new.cell) in open_at


def test_gates_run_on_nothing() -> None:
    facts, queries = apply_gates([], [], reference(), {FILE: Asker(reference(), FILE, "0", UNIT)})

    assert (facts, queries) == ([], [])
