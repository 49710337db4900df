"""Figures that are pointed at for a spot check: outside the band, all full, all even, all equal (G13, G15, M67)."""

from dataclasses import replace

import pytest

from analysis.etl.asking import Asker
from analysis.etl.gates import apply_gates
from analysis.etl.gates_regular import REGULAR_GATES
from analysis.measures.participation import participation, unit_table
from analysis.measures.rates import rates
from analysis.records import Fact
from tests.measures.hand_tables import facts_table, headcounts, line, queries_table, submissions_table
from tests.returns import clean, f1_sheet, f3_sheet, reference

STAFF = {"hc_end": 100, "age_18_55": 90, "law_qualified": 20}
IN_BAND = {"elder_care": 30, "disability_aid": 20, "lei_feng_volunteer": 60, "legal_aid": 5, "one_day_donation": 95,
           "blood_donation": 5, "warmth_project": 30}  # fmt: skip


def noted(*sheets, confirmed=()):
    """Rule and cell of each note; every one is born closed and changes no value."""
    result = clean(*sheets)
    facts = [replace(fact, status="confirmed") if fact.cell in confirmed else fact for fact in result.facts]
    asker = Asker(reference(), result.submission.file, result.submission.sha256, "LJ-G04")
    after, queries = apply_gates(facts, REGULAR_GATES, reference(), {result.submission.file: asker})
    assert after == facts
    assert {(query.treatment, query.state) for query in queries} <= {("NOTE", "closed")}
    return {(query.rule, query.cell) for query in queries}


def wide(people, staff=None, offices=1, **more):
    """A return of 100 people, in which so many took part in each category; the rest did nothing."""
    line = {f"{category}.persons": count for category, count in {**IN_BAND, **people}.items()}
    empty = {f"{category}.persons": 0 for category in IN_BAND}
    lines = [{"hc_end": 100, "distinct_any": 97, **line, **more}, *({"hc_end": 1, **empty} for _ in range(offices - 1))]
    return f1_sheet({**STAFF, **(staff or {})}), f3_sheet(lines)


def test_g13_rates_within_their_bands_are_not_noted():
    assert noted(*wide({})) == set()


@pytest.mark.parametrize(
    "people, cell",
    [({"elder_care": 61}, "D7"), ({"elder_care": 9}, "D7"), ({"disability_aid": 0}, "W7"), ({"legal_aid": 13}, "Z7"),
     ({"warmth_project": 71}, "J7"), ({"blood_donation": 11}, "AJ7")],
    ids=["above", "below", "nothing where that is unusual", "of the qualified", "money above", "blood above"],
)  # fmt: skip
def test_g13_a_rate_outside_its_band_is_noted_at_its_count(people, cell):
    assert noted(*wide(people)) == {("G13", cell)}


@pytest.mark.parametrize(
    "people",
    [
        {"elder_care": 60},
        {"elder_care": 10},
        {"elder_care": 102},
        {"hope_project": 0},
        {"one_day_donation": 10},
        {"blood_donation": 0},
    ],
    ids=[
        "upper end",
        "lower end",
        "staff who left",
        "nothing where that is usual",
        "few give money",
        "nobody gives blood",
    ],
)
def test_g13_a_rate_at_the_ends_of_its_band_and_few_givers_are_not_noted(people):
    assert noted(*wide(people)) == set()


def test_g13_the_offices_count_together_and_one_note_stands_at_the_first():
    assert noted(*wide({"elder_care": 70}, offices=3)) == {("G13", "D7")}


@pytest.mark.parametrize("staff", [{"hc_end": 9}, {"hc_end": None}], ids=["9 people", "headcount not given"])
def test_g13_a_rate_that_is_not_shown_is_not_noted(staff):
    people = {"elder_care": 8, "disability_aid": 0, "lei_feng_volunteer": 1, "warmth_project": 9, "one_day_donation": 9}

    assert noted(*wide(people, staff)) == set()


def test_g13_a_rate_that_the_unit_has_confirmed_is_not_noted_again():
    assert noted(*wide({"elder_care": 90}), confirmed={"D7"}) == set()


@pytest.mark.parametrize("people, flags", [(9.0, "out_of_band"), (30.0, None), (70.0, "out_of_band")])
def test_g13_the_rate_itself_carries_the_flag_of_its_band(people, flags):
    facts = facts_table(
        *headcounts("LJ-G04", hc_start=100, joined=0, hc_end=100), *line("LJ-G04", 1, elder_care__persons=people)
    )
    nothing = queries_table()
    units = unit_table(facts, reference(), submissions_table())
    table = rates(units, participation(facts, reference(), nothing), facts, nothing, reference())
    row = table.set_index(["unit_code", "indicator", "category"]).loc["LJ-G04", "I01", "elder_care"]

    assert (row["flags"] if isinstance(row["flags"], str) else None) == flags


FULL = dict.fromkeys(IN_BAND, 100) | {"legal_aid": 20, "blood_donation": 90}


def even(**more):
    return {"elder_care.person_times": 101, "distinct_any": 100, **more}


def test_g15_a_unit_whose_rates_are_all_100_percent_is_listed_for_a_spot_check():
    everything = dict.fromkeys((category.code for category in reference().categories), 100)
    everything |= {"legal_aid": 20, "blood_donation": 90}

    assert ("G15", None) in noted(*wide(everything, **even()))


def test_g15_a_unit_with_idle_categories_is_not_listed():
    """Seven of twelve categories and the staff as a whole at 100 %, the others at nothing."""
    assert "G15" not in {rule for rule, _ in noted(*wide(FULL, **even()))}


def test_g15_a_handful_of_people_who_all_took_part_is_not_listed():
    few = dict.fromkeys(IN_BAND, 7)
    small = {"hc_end": 7, "age_18_55": 7, "law_qualified": 7}

    assert noted(*wide(few, small, **even(distinct_any=7))) == set()


def people(*values):
    """F3 with persons and attendances of the elderly in so many offices."""
    pairs = zip(values[::2], values[1::2], strict=True)
    return f3_sheet([{"hc_end": 999, "elder_care.persons": p, "elder_care.person_times": t} for p, t in pairs])


def test_m67_a_form_whose_counts_are_all_multiples_of_ten_is_listed():
    assert noted(people(*(10 * n for n in range(1, 11)))) == {("M67", None)}


@pytest.mark.parametrize(
    "counts", [(10, 20) * 5 + (20, 21), (10, 20) * 4], ids=["one count is not", "eight counts only"]
)
def test_m67_counts_that_are_not_all_even_or_too_few_are_not_listed(counts):
    assert noted(people(*counts)) == set()


def test_m67_money_in_full_tens_says_nothing():
    lines = [{"hc_end": 9, "hope_project.persons": 3, "hope_project.amount_yuan": 100 * n} for n in range(1, 13)]

    assert noted(f3_sheet(lines)) == set()


def study(*lines):
    """Facts of F4 with the subjects given: sessions, hours, expected and actual attendances, persons; and the total."""
    measures = ("sessions", "class_hours", "expected_person_times", "person_times", "persons")
    items = ("political_theory", "modern_economy", "science_tech", "law", "finance", "foreign_language", "other")
    facts = [
        Fact(2025, "LJ-G04", "F4", 0, item, measure, value, None, None, None, "reported", None, f"{value}", "f.xlsx",
             "表4", f"{column}{row}")
        for row, (item, line) in enumerate(zip(items, lines, strict=False), start=5)
        for column, measure, value in zip("CDEFG", measures, line, strict=True)
    ]  # fmt: skip
    total = replace(facts[0], item="all_subjects", measure="persons", value=42, cell="G12")
    asker = Asker(reference(), "f.xlsx", "0", "LJ-G04")
    _, queries = apply_gates([*facts, total], REGULAR_GATES, reference(), {"f.xlsx": asker})
    return {(query.rule, query.cell) for query in queries}


def test_m67_one_line_copied_down_for_every_subject_is_listed_at_its_first_number():
    assert study(*[(12, 24, 503, 488, 41)] * 6) == {("M67", "C5")}


@pytest.mark.parametrize(
    "lines",
    [[(12, 24, 503, 488, 41)] * 5 + [(12, 24, 503, 487, 41)], [(12, 24, 503, 488, 41)] * 2 + [(0, 0, 0, 0, 0)] * 5],
    ids=["one number differs", "two subjects"],
)
def test_m67_subjects_that_differ_or_are_few_are_not_listed(lines):
    assert study(*lines) == set()


def test_m67_the_words_accuse_nobody():
    texts = [rule for (code, _), rule in reference().rules.items() if code in ("M67", "G15")]

    assert texts
    assert not any(word in rule.message_zh + rule.message_en.lower() for rule in texts
                   for word in ("假", "弄虚", "造", "fals", "fabricat", "fake"))  # fmt: skip
