"""What the loader refuses outside the register: one changed line of the real reference data per test."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.reference import ReferenceFault, check_reference, load_reference
from tests.reference_folder import add_line, change, copy_reference, faults_of, only_fault


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return copy_reference(tmp_path)


def test_the_unchanged_copy_has_no_fault(data: Path) -> None:
    assert check_reference(data) == []


def test_a_list_that_disagrees_with_the_categories_is_refused(data: Path) -> None:
    change(data, "categories.csv", "happiness_project,幸福工程,", "happiness_project,幸福计划,")

    assert {file for file, _ in faults_of(data)} == {"forms.csv"}


def test_an_unknown_denominator_is_refused(data: Path) -> None:
    line = change(data, "categories.csv", "professional,law_qualified", "professional,lawyers")

    assert faults_of(data) == [("categories.csv", line)]


def test_a_band_upside_down_is_refused(data: Path) -> None:
    line = change(data, "categories.csv", "blood,age_18_55,hc_end,0.01,0.12", "blood,age_18_55,hc_end,0.12,0.01")

    assert faults_of(data) == [("categories.csv", line)]


def test_an_alias_of_an_unknown_category_is_refused(data: Path) -> None:
    line = change(data, "category_aliases.csv", "spring_bud,春蕾行动", "spring_leaf,春蕾行动")

    assert faults_of(data) == [("category_aliases.csv", line)]


def test_a_word_with_two_meanings_is_refused(data: Path) -> None:
    line = add_line(data, "category_aliases.csv", "hope_project,春 蕾 行 动,alias,no,")

    assert faults_of(data) == [("category_aliases.csv", line)]


def test_an_indicator_with_an_unknown_gate_is_refused(data: Path) -> None:
    line = change(data, "indicators.csv", ",G04,", ",G04;G99,")

    assert faults_of(data) == [("indicators.csv", line)]


def test_an_unknown_treatment_is_refused(data: Path) -> None:
    line = change(data, "rules.csv", "M05,,BACK", "M05,,RETURN")

    assert faults_of(data) == [("rules.csv", line)]


def test_a_rule_without_default_words_is_refused(data: Path) -> None:
    line = change(data, "rules.csv", "M05,,BACK", "M05,locked,BACK")

    assert faults_of(data) == [("rules.csv", line)]


def test_a_placeholder_that_nothing_fills_is_refused(data: Path) -> None:
    line = change(data, "rules.csv", "按约{read_as}读取", "按约{number}读取")

    assert faults_of(data) == [("rules.csv", line)]


def test_a_code_of_the_forms_without_a_label_is_refused(data: Path) -> None:
    change(data, "labels.csv", "\nhc_start,", "\nhc_begin,")

    assert {file for file, _ in faults_of(data)} == {"forms.csv"}
    assert "measure.hc_start" in only_fault(data).english


def test_a_threshold_that_is_no_number_is_refused(data: Path) -> None:
    line = change(data, "2025/thresholds.csv", "day_hours,8", "day_hours,八")

    assert faults_of(data) == [("2025/thresholds.csv", line)]


def test_a_threshold_that_only_the_other_year_has_is_refused(data: Path) -> None:
    change(data, "2025/thresholds.csv", "day_hours,8,小时", "day_hour,8,小时")

    assert faults_of(data) == [("2024/thresholds.csv", 0), ("2025/thresholds.csv", 0)]


@pytest.mark.parametrize("file", ["thresholds.csv", "year.toml"])
def test_a_year_without_one_of_its_files_is_refused(data: Path, file: str) -> None:
    (data / "reference" / "2025" / file).unlink()

    assert (f"2025/{file}", 0) in faults_of(data)
    with pytest.raises(ReferenceFault, match=file):
        load_reference(data, 2025)


def test_a_year_does_not_suffer_from_the_settings_of_another(data: Path) -> None:
    (data / "reference" / "2024" / "year.toml").unlink()

    assert load_reference(data, 2025).year == 2025


@pytest.mark.parametrize(
    "old, new",
    [
        ("year = 2025", "year = 2024"),
        ("deadline = 2026-01-15", "deadline = 2025-01-15"),
        ("deadline = 2026-01-15", 'deadline = "2026-01-15"'),
        ('spring_breeze_meaning = "giving"', 'spring_breeze_meaning = "wind"'),
        ("fictitious = true", 'fictitious = "yes"'),
        ("freeze_on =", "frozen_on = 2026-02-01\nfreeze_on ="),
    ],
    ids=[
        "year of another folder",
        "deadline too early",
        "deadline as text",
        "unknown meaning",
        "flag",
        "unknown entry",
    ],
)
def test_an_impossible_setting_is_refused_at_its_line(data: Path, old: str, new: str) -> None:
    line = change(data, "2025/year.toml", old, new)

    assert faults_of(data) == [("2025/year.toml", line)]


def test_a_missing_setting_is_refused(data: Path) -> None:
    change(data, "2025/year.toml", "form_no_prefix", "# form_no_prefix")

    assert only_fault(data).english == "form_no_prefix is missing"


def test_a_word_in_two_files_of_one_list_is_refused(data: Path) -> None:
    (data / "reference" / "words" / "more.csv").write_text(
        "list,word,meaning\nunit_prefix,澜江市,\n", encoding="utf-8-sig"
    )

    assert len(faults_of(data)) == 1
    assert "words/" in only_fault(data).file


def test_a_word_with_two_meanings_in_one_list_is_refused(data: Path) -> None:
    (data / "reference" / "words" / "more.csv").write_text(
        "list,word,meaning\ntest_only,Y,yes\ntest_only,ｙ,no\n", encoding="utf-8-sig"
    )

    assert [line for _, line in faults_of(data)] == [3]


def test_a_synonym_of_a_choice_that_its_field_does_not_have_is_refused(data: Path) -> None:
    line = add_line(data, "words/names.csv", "synonym.title_level,郡级,shire,")

    assert faults_of(data) == [("words/names.csv", line)]


def test_synonyms_of_a_field_that_no_form_has_are_refused(data: Path) -> None:
    line = add_line(data, "words/names.csv", "synonym.title_height,郡级,province,")

    assert faults_of(data) == [("words/names.csv", line)]


def test_a_part_that_points_to_an_unknown_measure_is_refused(data: Path) -> None:
    line = add_line(data, "words/names.csv", "part_measure,爱好者,lovers,")

    assert faults_of(data) == [("words/names.csv", line)]


def test_a_form_of_giving_that_is_no_category_is_refused(data: Path) -> None:
    line = change(data, "words/names.csv", "giving_form,一日捐,one_day_donation", "giving_form,一日捐,two_day_donation")

    assert faults_of(data) == [("words/names.csv", line)]


def test_a_factor_of_zero_is_refused(data: Path) -> None:
    (data / "reference" / "measure_units.csv").write_text(
        "measure_unit,written,factor\nperson,人,0\n", encoding="utf-8-sig"
    )

    assert faults_of(data) == [("measure_units.csv", 2)]


def test_a_unit_of_measure_that_no_form_uses_is_refused(data: Path) -> None:
    (data / "reference" / "measure_units.csv").write_text(
        "measure_unit,written,factor\nfurlong,浪,1\n", encoding="utf-8-sig"
    )

    assert faults_of(data) == [("measure_units.csv", 2)]


def test_a_file_received_twice_is_refused(data: Path) -> None:
    (data / "reference" / "2025" / "received.csv").write_text(
        "file,received_at\na.xlsx,2026-01-05\na.xlsx,2026-01-06\n", encoding="utf-8-sig"
    )

    assert faults_of(data) == [("2025/received.csv", 3)]


def test_a_day_of_receipt_that_could_be_another_is_refused(data: Path) -> None:
    (data / "reference" / "2025" / "received.csv").write_text(
        "file,received_at\na.xlsx,5/1/2026\n", encoding="utf-8-sig"
    )

    assert faults_of(data) == [("2025/received.csv", 2)]


def test_a_year_without_a_list_of_receipts_has_none(data: Path) -> None:
    (data / "reference" / "2025" / "received.csv").unlink(missing_ok=True)

    assert load_reference(data, 2025).received == {}


def test_a_word_that_a_code_page_lost_is_refused(data: Path) -> None:
    """Saved in a code page without ☑, the word is a question mark; only as a word to ask about is that meant."""
    (data / "reference" / "words" / "more.csv").write_bytes("list,word,meaning\n甲,?,yes\n乙,?,ask\n".encode("gb18030"))

    assert [line for _, line in faults_of(data)] == [2]


def test_a_data_folder_without_any_year_is_refused(tmp_path: Path) -> None:
    assert only_fault(tmp_path).file == "reference"


def test_all_faults_of_several_files_come_at_once(data: Path) -> None:
    change(data, "units.csv", ",,42,34,9,市级", ",,42,34,9,县级")
    change(data, "2025/thresholds.csv", "day_hours,8", "day_hours,八")
    change(data, "succession.csv", "LJ-G32,LJ-G31,2025-01-01,1", "LJ-G32,LJ-G31,2025-01-01,0.8")

    with pytest.raises(ReferenceFault) as caught:
        load_reference(data, 2025)

    assert [fault.file for fault in caught.value.faults] == [
        "reference/2025/thresholds.csv",
        "reference/succession.csv",
        "reference/units.csv",
    ]
