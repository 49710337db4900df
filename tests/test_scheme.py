"""The files of a scheme: the one of the sample term is sound, and nonsense is refused by file and line."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from analysis.reference import ReferenceFault, load_reference
from analysis.reference.scheme import load_scheme, terms_with_scheme
from analysis.reference.source_text import parse_source
from analysis.reference.term_inputs import load_inputs
from tests.reference_folder import DATA, change, copy_reference

TERM = 20


def reference_of(data=DATA):
    reference = load_reference(data, 2025)
    indicators = {code: replace(found, computed=True) for code, found in reference.indicators.items()}
    return replace(reference, indicators=indicators)


REFERENCE = reference_of()
SCHEME = load_scheme(DATA, TERM, REFERENCE)


def changed(tmp_path, name, before, after):
    """A data folder in which one text of a file of the term is another, and the line of the change."""
    data = copy_reference(tmp_path)
    return data, change(data, f"terms/{TERM}/{name}", before, after)


def refusal(data, load=lambda data: load_scheme(data, TERM, REFERENCE)):
    with pytest.raises(ReferenceFault) as refused:
        load(data)
    return [(fault.file.rsplit("/", 1)[-1], fault.line, fault.english) for fault in refused.value.faults]


def test_the_scheme_of_the_sample_term_is_found():
    assert terms_with_scheme(DATA) == [TERM]


@pytest.mark.parametrize("titled", [True, False])
def test_the_points_of_every_part_are_those_of_the_proposed_scheme(titled):
    full: dict[str, float] = {}
    for item in SCHEME.items_for(titled):
        full[item.part] = full.get(item.part, 0.0) + item.full
    assert full == {"A": 30.0, "B": 50.0, "C": 20.0, "D": 5.0, "E": 0.0}


def test_the_items_carry_the_points_of_the_proposed_scheme():
    groups: dict[str, float] = {}
    for item in SCHEME.items_for(True):
        groups[item.code[:2]] = groups.get(item.code[:2], 0.0) + item.full
    assert {code: full for code, full in groups.items() if code[0] in "ABC"} == {
        "A1": 7, "A2": 4, "A3": 9, "A4": 7, "A5": 3, "B1": 14, "B2": 8, "B3": 15, "B4": 8, "B5": 5, "C1": 7, "C2": 5, "C3": 8,
    }  # fmt: skip


def test_the_most_that_late_and_returned_data_can_cost_is_three_points():
    assert sum(item.least for item in SCHEME.items) == -3


def test_nothing_about_money_or_blood_brings_points():
    used = {(item.source.name, item.source.category) for item in SCHEME.items}
    assert not {name for name, _ in used} & {"I10", "I11", "I12"}
    measures = {field.measure for item in SCHEME.items for field in item.source.fields}
    assert not measures & {"amount_yuan", "goods_yuan", "blood_ml"}


@pytest.mark.parametrize(
    "level, holder, lines",
    [
        ("city", "new", [(0, "refuse"), (85, "name")]),
        ("city", "titled", [(0, "withdraw"), (75, "rectify"), (80, "keep")]),
        ("organ", "new", [(0, "refuse"), (80, "name")]),
        ("organ", "titled", [(0, "withdraw"), (70, "rectify"), (75, "keep")]),
    ],
)
def test_the_lines_of_the_classes_are_those_of_the_domain(level, holder, lines):
    assert [(band.lowest, band.result) for band in SCHEME.bands_of(level, holder)] == lines


@pytest.mark.parametrize(
    "name, before, after, english",
    [
        ("items.csv", "一.1,5,rate:I17", "一.1,6,rate:I17", "add up to 31"),
        ("items.csv", "rate:I21", "rate:I77", "I77 is no indicator"),
        ("items.csv", "rate:I21", "rate:I12", "may not be scored"),
        ("items.csv", "rate:I21", "rate:I01:blood_donation", "giving or blood"),
        ("items.csv", "F7:leading_group.established", "F7:leading_group.founded", "no field of F1, F4 or F7"),
        ("items.csv", "rate:I21", "guess:I21", "cannot read the source"),
        ("items.csv", "rate:I21,people,0.2,0.6", "rate:I21,people,0.6,0.6", "people needs low and high"),
        ("items.csv", "move:B3d", "move:A1a", "no other item of the part"),
        ("items.csv", "group:B3", "group:Z", "begins no item"),
        ("items.csv", "below,1,-1", "below,1,1", "a deduction has full 0"),
        ("parts.csv", "思想道德建设,Ideals and morals,30", "思想道德建设,Ideals and morals,35", "add up to 105"),
        ("levels.csv", "city,new,refuse,0,85", "city,new,refuse,0,90", "overlaps the one before"),
        ("levels.csv", "city,titled,rectify,75,80", "city,titled,rectify,75,78", "leaves a gap"),
        ("levels.csv", "organ,new,name,80,,", "village,new,name,80,,", "no level 'village'"),
        ("term.toml", "year_weights = [0.5, 0.5]", "year_weights = [0.5, 0.6]", "year_weights"),
        ("term.toml", "years = [2024, 2025]", "years = [2024, 2026]", "years"),
        ("term.toml", "number = 20", "number = 21", "number"),
    ],
)
def test_a_scheme_that_cannot_be_is_refused_by_file(tmp_path, name, before, after, english):
    data, _ = changed(tmp_path, name, before, after)
    found = refusal(data)
    assert any(file == name and line > 0 and english in text for file, line, text in found), found


def test_the_line_of_an_unknown_indicator_is_named(tmp_path):
    data, line = changed(tmp_path, "items.csv", "rate:I21", "rate:I77")
    assert [(file, found) for file, found, _ in refusal(data)] == [("items.csv", line)]


@pytest.mark.parametrize("text", ["", "rate:", "I06", "yes:F9:a.b", "share:F7:a.b", "yes:F7:a.b;F7:c.d", "yes:F7"])
def test_a_source_that_says_nothing_clear_is_not_read(text):
    with pytest.raises(ValueError):  # noqa: PT011
        parse_source(text)


def test_what_people_filled_in_for_the_sample_term_is_sound():
    inputs = load_inputs(DATA, SCHEME, REFERENCE)
    units = {unit.code for unit in REFERENCE.units}
    assert {unit for unit, _ in inputs.panel} == units
    assert {case.code for case in inputs.cases} == {f"V{number}" for number in range(1, 10)}


@pytest.mark.parametrize(
    "name, before, after, english",
    [
        ("panel.csv", "LJ-P01,A2,", "LJ-X01,A2,", "no unit 'LJ-X01'"),
        ("panel.csv", "LJ-P01,A2,", "LJ-P01,A9,", "no panel code 'A9'"),
        ("veto.csv", "V3,市应急局", "V3,市科技局", "not its department"),
        ("veto.csv", "V3,市应急局", "V33,市应急局", "no case 'V33'"),
        ("departments.csv", "LJ-P01,accounts,yes", "LJ-P01,accounts,perhaps", "perhaps"),
        ("panel.csv", "LJ-P01,A2,0.75,2026-03-09", "LJ-P01,A2,0.75,2026-04-01", "after the meeting"),
        ("survey.csv", "LJ-P01,B1,43,34,2026-03-18", "LJ-P01,B1,43,34,2026-04-18", "after the meeting"),
        (
            "departments.csv",
            "LJ-P01,accounts,yes,市民政局,2026-03-20",
            "LJ-P01,accounts,yes,市民政局,2026-04-02",
            "after the meeting",
        ),
        ("veto.csv", "市应急局,2025-08-14", "市应急局,2026-04-01", "after the meeting"),
        ("veto.csv", "市应急局,2025-08-14", "市应急局,2027-08-14", "after the meeting"),
        ("veto.csv", "市应急局,2025-08-14", "市应急局,2023-08-14", "outside the term"),
    ],
)
def test_what_cannot_be_filled_in_is_refused_by_file_and_line(tmp_path, name, before, after, english):
    data, line = changed(tmp_path, name, before, after)
    found = refusal(data, lambda folder: load_inputs(folder, SCHEME, REFERENCE))
    assert any((file, place) == (name, line) and english in text for file, place, text in found), found


def test_what_was_said_on_the_day_of_the_meeting_counts(tmp_path):
    data, _ = changed(tmp_path, "panel.csv", "LJ-P01,A2,0.75,2026-03-09", "LJ-P01,A2,0.75,2026-03-31")

    assert SCHEME.term.held_by == dt.date(2026, 3, 31)
    assert load_inputs(data, SCHEME, REFERENCE).panel["LJ-P01", "A2"] == 0.75


@pytest.mark.parametrize(
    "before, after, day",
    [
        ("3,31,last", "3,31,next", dt.date(2026, 4, 15)),  # moved on by a holiday
        ("3,31,last", "3,20,last", dt.date(2026, 3, 20)),
        ("meeting,1", "assembly,1", dt.date(2026, 12, 31)),  # no day is named: the year of the assessment
    ],
)
def test_the_last_day_of_the_meeting_is_that_of_the_steps(tmp_path, before, after, day):
    data = copy_reference(tmp_path)
    change(data, "assessment_steps.csv", before, after)

    assert load_scheme(data, TERM, REFERENCE).term.held_by == day


def test_tables_that_nobody_filled_in_yet_may_be_missing(tmp_path):
    data = copy_reference(tmp_path)
    for name in ("panel", "survey", "departments", "veto"):
        (data / "reference" / "terms" / str(TERM) / f"{name}.csv").unlink()
    inputs = load_inputs(data, SCHEME, REFERENCE)
    assert (inputs.panel, inputs.survey, inputs.departments, inputs.vetoes) == ({}, {}, {}, ())
