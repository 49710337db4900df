"""What the loader refuses in the definitions of the indicators: one changed line of the real data per test."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.etl.typed_tables import TYPED_TABLES
from analysis.reference.definitions import SOURCES, Condition, parse_conditions
from tests.reference_folder import DATA, change, copy_reference, faults_of, only_fault

FILE = "definitions.csv"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return copy_reference(tmp_path)


@pytest.mark.parametrize(
    "old, new",
    [
        ("I18,,units,numerator,training,sum,", "I81,,units,numerator,training,sum,"),  # indicator
        ("I34,,units,numerator,institutions,sum", "I34,,units,numerator,institution,sum"),  # source
        ("I33,,units,numerator,training,sum", "I33,,units,numerator,training,total"),  # operation
        ("I34,,units,numerator,institutions,sum,times_done", "I34,,units,numerator,institutions,sum,times_gone"),
        ("constant,study_subjects", "constant,study_objects"),  # threshold
        ("denominator,threshold,constant,study_subjects", "denominator,threshold,sum,study_subjects"),
        ("item = education_base", "item = education_bases"),  # line of the form
        ("category = one_day_donation", "category = one_week_donation"),
        ("nature = service", "nature = services"),
        ("rect_status = closed", "rect_status = shut"),  # code of a list
        ("done_date <= due_date", "done_date <= day_due"),  # column on the right
        ("office,,office filled", "office,,room filled"),  # column of a filter
        ("sum_of_min,times_done;times_due", "sum_of_min,times_done"),  # number of columns
        ("rectifications,count,,,rect_status != long_term", "rectifications,count,due_date,,rect_status != long_term"),
        ("participation,sum,hours", "participation,union,hours;persons"),
        ("class_hours;person_times,sessions", "class_hours;person_times,lessons"),  # divided_by
        ('all_subjects,,"合计栏', 'every_subject,,"合计栏'),  # total
        (",blood_min_denominator,", ",blood_least,"),
        ("target_class = key_project,,", "target_class equals key_project,,"),  # not a filter at all
    ],
)
def test_a_definition_that_means_nothing_is_refused_at_its_line(data: Path, old: str, new: str) -> None:
    text = (data / "reference" / FILE).read_text(encoding="utf-8-sig")
    if text.count(old) > 1:  # both sides say it: the first line of the two
        place = text.index(old)
        line = text[:place].count("\n") + 1
        changed = text[:place] + new + text[place + len(old) :]
        (data / "reference" / FILE).write_text(changed, encoding="utf-8-sig", newline="")
    else:
        line = change(data, FILE, old, new)

    assert (FILE, line) in faults_of(data)


def test_a_computed_indicator_without_definition_is_refused(data: Path) -> None:
    text = (data / "reference" / FILE).read_text(encoding="utf-8-sig")
    kept = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("I21,"))
    (data / "reference" / FILE).write_text(kept, encoding="utf-8-sig", newline="")
    fault = only_fault(data)

    assert fault.file == "reference/indicators.csv"
    assert "I21" in fault.english


def test_a_denominator_without_numerator_is_refused(data: Path) -> None:
    text = (data / "reference" / FILE).read_text(encoding="utf-8-sig")
    kept = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("I21,,units,numerator"))
    (data / "reference" / FILE).write_text(kept, encoding="utf-8-sig", newline="")

    assert {file for file, _ in faults_of(data)} == {FILE, "indicators.csv"}


def test_a_side_defined_twice_is_refused(data: Path) -> None:
    line = change(data, FILE, "I07,,units,denominator", "I06,,units,denominator")

    assert (FILE, line) in faults_of(data)


def test_every_form_has_a_line_about_who_owes_it(data: Path) -> None:
    line = change(data, "forms_due.csv", "F8,all,", "F9,all,")

    assert faults_of(data) == [("forms_due.csv", 0), ("forms_due.csv", line)]


def test_a_filter_is_read_part_by_part() -> None:
    found = parse_conditions("rect_status in not_started;in_progress and due_date <= year_end and office filled")

    assert found == (
        Condition("rect_status", "in", ("not_started", "in_progress")),
        Condition("due_date", "<=", ("year_end",)),
        Condition("office", "filled"),
    )


def test_sources_of_lists_are_the_typed_tables() -> None:
    assert {name: (one.form, one.blocks) for name, one in TYPED_TABLES.items()} == {
        name: place for name, place in SOURCES.items() if name not in ("units", "participation")
    }


def test_the_file_is_utf_8_with_bom() -> None:
    assert (DATA / "reference" / FILE).read_bytes().startswith(b"\xef\xbb\xbf")
