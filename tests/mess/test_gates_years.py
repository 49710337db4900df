"""This year's return against last year's: what jumped or was copied is asked about, and kept (G09, G14, G16; M48, M66)."""

from dataclasses import replace

import pytest

from analysis.etl.asking import Asker
from analysis.etl.gate_units import gate_units
from analysis.etl.gates import apply_gates
from analysis.etl.gates_years import year_gates
from analysis.etl.last_year import LastYear, Share, reorganised_units
from analysis.reference import Succession
from tests.returns import clean, f1_sheet, f3_sheet, list_sheet, reference

UNIT = "LJ-G04"
STAFF = {"unit_name": "澜江市科学技术局", "unit_kind": "政府部门", "authorised_posts": 45, "hc_start": 41, "joined": 3,
         "left": 2, "hc_end": 42, "women": 15, "age_18_55": 38, "league": 2, "pm_onpost": 34, "union_members": 42,
         "law_qualified": 0, "registered": 40, "offices": 9, "party_branches": 2, "title_level": "市级"}  # fmt: skip
MOVING = {"hc_start": 41, "joined": 3, "left": 2, "hc_end": 42, "women": 15, "age_18_55": 38, "league": 2,
          "pm_onpost": 34, "union_members": 42, "registered": 40}  # fmt: skip
ELDERS = "elder_care"


def asked(last_year, *sheets, confirmed=()):
    """Rule and cell of each question or note against last year, and the facts; `confirmed` are cells answered."""
    result = clean(*sheets)
    facts = [replace(f, status="confirmed") if f.cell in confirmed else f for f in result.facts]
    asker = Asker(reference(), result.submission.file, result.submission.sha256, UNIT)
    facts, queries = apply_gates(facts, year_gates(last_year), reference(), {result.submission.file: asker})
    return {(query.rule, query.cell) for query in queries}, facts


def staff(**changed):
    return f1_sheet({**STAFF, **changed})


def elders(*counts, **more):
    """F3 with one office of 42 staff, or two of 21, and so many who helped the elderly."""
    size = 42 // len(counts)
    lines = [
        {"hc_end": size, "elder_care.persons": n, "elder_care.person_times": n, "elder_care.hours": 2 * n, **more}
        for n in counts
    ]
    return f3_sheet(lines)


def test_g09_a_headcount_that_grew_by_more_than_a_fifth_is_asked_about_and_kept():
    found, facts = asked(LastYear(headcounts={UNIT: 34.0}), staff())

    assert found == {("G09", "D6")}
    assert next(fact.value for fact in facts if fact.measure == "hc_end") == 42


@pytest.mark.parametrize(
    "before, now", [(35.0, 42), (50.0, 42), (5.0, 10), (42.0, 42)], ids=["a fifth", "16 %", "5 people", "the same"]
)
def test_g09_a_headcount_near_last_year_is_not_asked_about(before, now):
    found, _ = asked(LastYear(headcounts={UNIT: before}), staff(hc_end=now))

    assert found == set()


def test_g09_a_headcount_that_the_unit_has_confirmed_is_not_asked_about_again():
    found, _ = asked(LastYear(headcounts={UNIT: 30.0}), staff(), confirmed={"D6"})

    assert found == set()


def test_m48_a_headcount_that_jumped_to_the_number_of_posts_is_withheld():
    found, facts = asked(LastYear(headcounts={UNIT: 30.0}), staff(hc_end=45, authorised_posts=45))

    assert found == {("M48", "D6")}
    assert next(fact.status for fact in facts if fact.measure == "hc_end") == "queried"


def test_m48_a_headcount_that_has_been_the_number_of_posts_for_years_is_right():
    found, _ = asked(LastYear(headcounts={UNIT: 45.0}), staff(hc_start=44, hc_end=45, authorised_posts=45))

    assert found == set()


def test_m48_posts_in_place_of_staff_are_withheld_when_the_movement_of_staff_does_not_lead_there():
    """Without last year's figures the year's own movement tells: 41 + 3 - 2 = 42, not 45."""
    _, queries = gate_units([clean(staff(hc_end=45))], reference(), LastYear())

    assert ("M48", "D6") in {(query.rule, query.cell) for query in queries}


def test_m48_staff_that_fills_every_post_and_fits_the_movement_is_right():
    _, queries = gate_units([clean(staff(hc_end=42, authorised_posts=42))], reference(), LastYear())

    assert "M48" not in {query.rule for query in queries}


def numbers(form, values, rows=(0,)):
    return LastYear(
        headcounts={UNIT: 40.0},
        numbers={(UNIT, form): {(row, item, m): float(v) for row in rows for (item, m), v in values.items()}},
    )


def basic(values):
    return numbers("F1", {("", measure): value for measure, value in values.items()})


def test_m66_a_basic_form_with_last_years_numbers_is_asked_about_once_and_kept():
    """Last year ended with 40 people, yet this year starts with the 41 of a year ago."""
    found, facts = asked(basic(MOVING), staff())

    assert found == {("M66", None)}
    assert next(fact.value for fact in facts if fact.measure == "women") == 15


STABLE = {"hc_start": 40, "hc_end": 40, "joined": 1, "left": 1}


def test_m66_a_unit_with_as_many_people_as_before_may_say_nearly_the_same():
    found, _ = asked(basic({**MOVING, **STABLE}), staff(**STABLE, pm_retired=4))

    assert found == set()


def test_m66_a_unit_in_which_nobody_came_or_left_may_say_the_very_same():
    still = {**STABLE, "joined": 0, "left": 0}
    found, _ = asked(basic({**MOVING, **still}), staff(**still))

    assert found == set()


def test_m66_the_very_same_numbers_although_people_came_and_left_are_asked_about():
    found, _ = asked(basic({**MOVING, **STABLE}), staff(**STABLE))

    assert found == {("M66", None)}


def test_m66_three_numbers_of_ten_that_are_new_are_enough_not_to_ask():
    found, _ = asked(basic({**MOVING, "women": 14, "age_18_55": 37, "registered": 30}), staff())

    assert found == set()


def test_m66_posts_offices_and_zeros_do_not_count_as_copied():
    """Twelve of fifteen numbers agree, but five of them stay from year to year anyhow: seven of ten are left."""
    lasting = {"authorised_posts": 45, "offices": 9, "party_branches": 2, "team_full_time": 1, "team_part_time": 3}
    moved = {"women": 14, "age_18_55": 37, "registered": 30}
    found, _ = asked(basic({**MOVING, **lasting, **moved}), staff(team_full_time=1, team_part_time=3))

    assert found == set()


WIDE = {(ELDERS, "persons"): 12, (ELDERS, "person_times"): 15, (ELDERS, "hours"): 30, ("warmth_project", "persons"): 8,
        ("warmth_project", "person_times"): 9, ("warmth_project", "amount_yuan"): 900,
        ("warmth_project", "helped_households"): 3, ("", "distinct_any"): 17}  # fmt: skip


def office(**more):
    line = {f"{item}.{measure}" if item else measure: value for (item, measure), value in WIDE.items()}
    return {"hc_end": 42, **line, **more}


def test_m66_a_wide_form_with_last_years_numbers_is_asked_about_although_the_offices_changed_place():
    copied = {("第1科", item, measure): float(value) for (item, measure), value in WIDE.items()}
    last = LastYear(numbers={(UNIT, "F3"): copied})
    lines = [{"hc_end": 1, "office_name": "新科"}, office(office_name="第1科")]

    assert asked(last, f3_sheet(lines))[0] == {("M66", None)}


def test_m66_the_question_names_the_form_and_how_many_numbers_are_equal():
    _, queries = gate_units([clean(f3_sheet([office()]))], reference(), numbers("F3", WIDE, rows=(1,)))
    (query,) = [query for query in queries if query.rule == "M66"]

    assert (query.form, query.sheet, query.cell, query.treatment) == ("F3", "表3参与情况", None, "ASK")
    assert "8/8" in query.message_zh


def test_m66_a_form_of_few_numbers_is_not_judged():
    last = LastYear(numbers={(UNIT, "F3"): {(1, ELDERS, "persons"): 12.0, (1, ELDERS, "person_times"): 12.0}})

    assert asked(last, elders(12))[0] == set()


def test_m66_numbers_that_the_unit_has_confirmed_do_not_count_as_copied():
    assert asked(numbers("F3", WIDE, rows=(1,)), f3_sheet([office()]), confirmed={"D7"})[0] == set()


def test_m66_two_households_visited_as_often_as_last_year_are_not_asked_about():
    lines = [{"household_no": f"LJ-G04-0{n}", "household_location": "城镇", "hardship_type": "低保户", "visits": 4,
              "family_size": 3, "amount_yuan": 500, "paired_date": "2023-05-01", "out_of_hardship": "否"}
             for n in (1, 2)]  # fmt: skip
    same = {("", "visits"): 4, ("", "amount_yuan"): 500, ("", "family_size"): 3}

    assert asked(numbers("F5", same, rows=(1, 2)), list_sheet("F5", lines))[0] == set()


def rate(people, base):
    return LastYear(shares={(UNIT, ELDERS): Share(people, base)})


def test_g16_a_rate_that_rose_by_more_than_30_points_is_asked_about_once_at_its_first_count():
    found, facts = asked(rate(6, 40), staff(), elders(10, 10))

    assert found == {("G16", "D7")}
    assert [fact.value for fact in facts if (fact.item, fact.measure) == (ELDERS, "persons")] == [10, 10]


def test_g16_a_rate_that_fell_to_nothing_is_asked_about():
    assert asked(rate(20, 40), staff(), elders(0))[0] == {("G16", "D7")}


@pytest.mark.parametrize(
    "people, base, now",
    [(12, 40, 23), (12, 40, 24), (5, 29, 40), (14, 40, 14)],
    ids=["27.5 points", "exactly 30 points", "29 people last year", "the same"],
)
def test_g16_a_rate_that_moved_less_or_had_few_people_is_not_asked_about(people, base, now):
    assert asked(rate(people, base), staff(hc_end=40), elders(now))[0] == set()


def test_g16_a_count_that_is_queried_or_confirmed_is_not_asked_about():
    assert asked(rate(0, 40), staff(), elders(20), confirmed={"D7"})[0] == set()
    assert asked(rate(0, 40), staff(), elders("20-30"))[0] == set()


def test_g16_a_unit_of_fewer_than_30_people_is_not_asked_about():
    assert asked(rate(0, 40), staff(hc_end=29), elders(20))[0] == set()


def test_a_unit_without_last_year_passes():
    found, _ = asked(LastYear(), staff(), f3_sheet([office()]))

    assert found == set()


def test_a_unit_that_was_merged_in_the_year_has_no_last_year():
    """The sample's own case: two offices became one on 1 January 2025, and in 2026 it has a year behind it."""
    day = reference().succession[0].valid_from

    assert reorganised_units(reference(2025)) >= {"LJ-G31", "LJ-G32", "LJ-G33"}
    assert reorganised_units(replace(reference(2025), year=2026)) == frozenset()
    renamed = replace(reference(2025), succession=(Succession("LJ-A", "LJ-B", day, 1.0),))
    assert reorganised_units(renamed) == {"LJ-A", "LJ-B"}
