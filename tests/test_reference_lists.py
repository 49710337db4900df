"""Categories, forms, rules, labels, indicators and thresholds of the sample years as they are."""

from __future__ import annotations

import csv
import io
from typing import get_args

import pytest

from analysis.records import Role, State, Status, Treatment
from analysis.reference import Reference, load_reference, plain
from tests.reference_folder import DATA


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference(DATA, 2025)


@pytest.fixture(scope="module")
def year_before() -> Reference:
    return load_reference(DATA, 2024)


def test_breadth_counts_the_twelve_programmes(reference: Reference) -> None:
    assert sum(category.counts_in_breadth for category in reference.categories) == 12
    assert len(reference.categories) == 13


def test_giving_and_blood_are_neither_ranked_nor_scored(reference: Reference) -> None:
    voluntary = [category for category in reference.categories if {"giving", "blood"} == {*category.nature, "blood"}]
    blood = reference.category("blood_donation")

    assert len(voluntary) == 6
    assert not any(category.ranked or category.scored for category in (*voluntary, blood))


def test_denominators_are_those_of_the_taxonomy(reference: Reference) -> None:
    others = {c.code: c.denominator for c in reference.categories if c.denominator != "hc_end"}

    assert others == {"legal_aid": "law_qualified", "blood_donation": "age_18_55"}


@pytest.mark.parametrize(
    "word, kind, codes",
    [
        ("春雷计划", "slip", ("spring_bud",)),
        ("普法宣传", "alias", ("other_moral_practice",)),
        ("助学", "ambiguous", ("hope_project", "spring_bud", "golden_autumn_aid")),
        ("走访老干部", "query", ("elder_care",)),
        ("送温暖一日捐", "alias", ("one_day_donation",)),
        ("無償獻血", "alias", ("blood_donation",)),
        ("一日助(一日捐)", "alias", ("one_day_donation",)),
    ],
)
def test_aliases_of_categories_say_what_they_mean(
    reference: Reference, word: str, kind: str, codes: tuple[str, ...]
) -> None:
    alias = reference.category_aliases[plain(word)]

    assert (alias.kind, alias.codes) == (kind, codes)


def test_all_eight_forms_have_their_fields(reference: Reference) -> None:
    assert len(reference.fields) == 422
    assert [len(reference.form_fields(f"F{number}")) > 0 for number in range(1, 9)] == [True] * 8


def test_list_fields_give_codes_and_printed_words(reference: Reference) -> None:
    level = next(field for field in reference.form_fields("F1") if field.measure == "title_level")

    assert level.codes == {"province": "省级", "city": "市级", "organ": "市直机关级", "none": "无"}


def test_every_code_of_the_forms_has_a_label(reference: Reference) -> None:
    for field in reference.fields:
        assert reference.label(field.measure, "measure").zh
        assert not field.item or reference.label(field.item, "item").zh
        assert all(reference.label(code, field.measure).zh == word for code, word in field.codes.items())


def test_every_column_of_the_tables_has_a_label(reference: Reference) -> None:
    tables = csv.DictReader(io.StringIO((DATA / "reference" / "tables.csv").read_text(encoding="utf-8-sig")))

    assert all(reference.label(row["column"], row["table"]) for row in tables)


def test_every_status_role_and_treatment_of_the_records_has_a_label(reference: Reference) -> None:
    for kind, codes in (("status", Status), ("role", Role), ("treatment", Treatment), ("state", State)):
        assert all(reference.label(code, kind).zh for code in get_args(codes))


def test_one_code_of_two_lists_has_two_labels(reference: Reference) -> None:
    assert reference.label("women").zh == "女职工"
    assert reference.label("women", "item").zh == "妇委会"


def test_a_code_without_a_label_is_refused(reference: Reference) -> None:
    with pytest.raises(KeyError, match="nonsense"):
        reference.label("nonsense")


def test_every_rule_of_the_mess_and_every_gate_is_explained(reference: Reference) -> None:
    codes = [*(f"M{number:02d}" for number in range(1, 80)), "M60a", *(f"G{number:02d}" for number in range(1, 25))]

    assert sorted(rule for rule, case in reference.rules if not case) == sorted(codes)


def test_an_unlisted_case_gets_the_default_words_of_its_rule(reference: Reference) -> None:
    assert reference.rule("M36", "nonsense") == reference.rule("M36")
    assert reference.rule("M37", "about").treatment == "NOTE"
    assert reference.rule("M37", "vague").treatment == "ASK"


def test_a_question_without_a_case_is_not_told_in_the_words_of_a_repair(reference: Reference) -> None:
    """M61 by itself asks; the same rule as a repair says what was read."""
    assert "{read_as}" not in reference.rule("M61", treatment="ASK").message_zh
    assert "{read_as}" in reference.rule("M61", treatment="FIX").message_zh
    assert "{read_as}" not in reference.rule("M60", treatment="ASK").message_zh


def test_a_case_of_another_treatment_does_not_speak(reference: Reference) -> None:
    """A lunar date is repaired, and asked about when it cannot be converted."""
    assert reference.rule("M50", "lunar", "FIX").case == "lunar"
    assert reference.rule("M50", "lunar", "ASK").treatment == "ASK"


def test_an_unknown_rule_is_refused(reference: Reference) -> None:
    with pytest.raises(KeyError, match="M99"):
        reference.rule("M99")


@pytest.mark.parametrize("rule", ["M41", "M43", "M44", "M45", "M52", "M54"])
def test_a_question_says_what_was_written_and_what_to_do(reference: Reference, rule: str) -> None:
    asked = [line for (code, _), line in reference.rules.items() if code == rule and line.treatment == "ASK"]

    assert asked
    assert all("请" in line.message_zh for line in asked)
    assert all("{raw}" in line.message_zh or "空白" in line.message_zh for line in asked)


def test_all_36_indicators_are_computed_from_a_definition(reference: Reference) -> None:
    assert list(reference.indicators) == [f"I{number:02d}" for number in range(1, 37)]
    assert all(line.computed for line in reference.indicators.values())
    assert list(reference.definitions) == list(reference.indicators)


def test_small_number_rules_hold_for_shares_of_people_only(reference: Reference) -> None:
    assert reference.indicators["I01"].share_of_people
    assert not any(reference.indicators[code].share_of_people for code in ("I03", "I08", "I34"))


@pytest.mark.parametrize(
    "name, value",
    [
        ("small_n_counts_only", 10),
        ("small_n_marked", 30),
        ("blood_min_denominator", 30),
        ("hours_per_person_time_low", 0.5),
        ("hours_per_person_time_high", 10),
        ("hours_per_volunteer_max", 300),
        ("ml_per_donation_low", 200),
        ("ml_per_donation_high", 400),
        ("donations_per_donor_max", 2),
        ("money_per_donor_low", 5),
        ("money_per_donor_high", 5000),
        ("headcount_change_share", 0.2),
        ("headcount_change_people", 5),
        ("expected_submitted_share", 0.95),
        ("day_hours", 8),
    ],
)
def test_thresholds_are_those_of_the_gates(
    reference: Reference, year_before: Reference, name: str, value: float
) -> None:
    assert reference.thresholds[name] == year_before.thresholds[name] == value
