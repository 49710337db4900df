"""Signs worth a spot check: each planted alone, with what was seen, what it is compared with, and where it stands."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis.etl.last_year import LastYear, Share
from analysis.measures.screening import COLUMNS, screening, spot_checks
from analysis.measures.screening_chance import even_offices_probability
from analysis.records import Fact
from tests.measures.hand_tables import fact, headcounts, line, queries_table, query, sample_reference

UNIT, OTHER = (unit.code for unit in sample_reference().units[:2])
NO_LAST_YEAR = LastYear()
UNEVEN = [11, 23, 37, 14, 52, 41, 18, 29, 33, 16, 47, 22]


def records(*rows):
    """Facts as records; those that name no low, high, text or rule have none."""
    empty = {"low": None, "high": None, "text": None, "rule": None}
    return [Fact(**{**empty, **row}) for row in rows]


def found(*rows, queries=(), last_year=NO_LAST_YEAR):
    return screening(records(*rows), queries_table(*queries), last_year, sample_reference())


def only(table, sign):
    rows = table[table["sign"] == sign]
    assert len(rows) == 1, table.to_string()
    return rows.iloc[0]


def activity(row, date="2025-03-05", **values):
    """One line of F2."""
    dated = fact(UNIT, "F2", row, "activity_date", None, text=date)
    return [dated, *(fact(UNIT, "F2", row, measure, value) for measure, value in values.items())]


def activities(counts, **more):
    return [row for at, count in enumerate(counts, 1) for row in activity(at, persons=count, **more)]


def test_nothing_reported_gives_no_sign():
    table = found()

    assert table.empty
    assert list(table.columns) == list(COLUMNS)


def test_many_different_round_numbers_are_a_sign_with_their_share():
    table = found(*activities([10, 15, 20, 25, 30, 35, 40, 41, 10, 10]))
    row = only(table, "heaping")

    assert (row["observed"], row["expected"], row["n_numbers"]) == (7 / 8, 0.2, 8)
    assert row["form"] == "F2"
    assert row["field"] == ""
    assert row["cells"].split(";")[:2] == ["persons1", "persons2"]
    assert "persons8" not in row["cells"].split(";")
    assert row["adjusted_p"] == pytest.approx(8 * 0.2**7 * 0.8 + 0.2**8)


def test_the_same_round_number_in_every_line_is_one_number():
    assert found(*activities([20] * 30)).query("sign == 'heaping'").empty


def test_round_numbers_that_the_unit_confirmed_are_no_sign():
    rows = [fact(UNIT, "F2", at, "persons", 5.0 * at, "confirmed") for at in range(2, 20)]

    assert found(*rows).empty


def test_numbers_as_they_come_are_no_sign():
    """Three of twelve are round: the chance of three or more is 44 %."""
    assert found(*activities([*UNEVEN[:-3], 20, 45, 60])).empty


def test_the_same_attendances_in_every_month_are_a_sign():
    rows = [row for at in range(1, 13) for row in activity(at, f"2025-{at:02}", person_times=40)]
    row = only(found(*rows), "even_months")

    assert (row["observed"], row["expected"], row["n_numbers"]) == (0.0, 1.0, 12)
    assert row["cells"].count(";") == 11


def test_attendances_that_differ_as_by_chance_are_no_sign():
    counts = [31, 44, 52, 38, 27, 41, 36, 49, 33, 45, 40, 29]
    rows = [row for at, n in enumerate(counts, 1) for row in activity(at, f"2025-{at:02}", person_times=n)]

    assert found(*rows).empty


def offices(*lines):
    """Lines of F3: staff, then participants of two categories."""
    return [
        row
        for at, (staff, elder, disability) in enumerate(lines, 1)
        for row in line(UNIT, at, hc_end=staff, elder_care__persons=elder, disability_aid__persons=disability)
    ]


def test_participants_in_the_same_proportion_in_every_office_are_a_sign():
    table = found(*offices(*[(10, 3, 6)] * 8, *[(20, 6, 12)] * 8))
    row = only(table, "even_offices")

    assert (row["observed"], row["expected"], row["n_numbers"]) == (0.0, 1.0, 32)
    assert row["cell"] == "elder_care.persons1"


def test_participants_that_are_certainly_but_not_far_more_even_than_chance_are_no_sign():
    """Of 20 people 8, 8, 10, 12, 12 take part: variance 3.2 against 5 by chance, over 80 counts surely less."""
    pattern, turned = [8, 8, 10, 12, 12], [10, 12, 12, 8, 8]
    lines = [(20, one, other) for one, other in zip(pattern * 8, turned * 8, strict=True)]

    assert even_offices_probability([20] * 40, [pattern * 8, turned * 8])[0] < 0.01
    assert found(*offices(*lines)).empty


def test_the_same_line_of_offices_in_several_categories_counts_once():
    """Half of each of three offices of ten: 252^3 / C(30, 15) = 10 % of all choices."""
    names = ("elder_care", "hope_project", "warmth_project", "disability_aid", "spring_bud", "one_day_donation")
    rows = [row for at in (1, 2, 3) for row in line(UNIT, at, hc_end=10, **{f"{name}__persons": 5 for name in names})]

    assert found(*rows).empty


def test_two_offices_are_too_few_to_speak_of_evenness():
    assert found(*offices((10, 5, 5), (10, 5, 5))).empty


def test_lines_that_agree_in_three_large_numbers_are_a_sign_once_there_are_three():
    same = {"persons": 24, "persons_pm": 17, "person_times": 31, "hours": 62}
    table = found(*activity(1, **same), *activity(2, **same), *activity(3, **same))
    row = only(table, "same_lines")

    assert (row["observed"], row["n_numbers"]) == (3.0, 3)
    assert row["cell"] == "persons1"
    assert found(*activity(1, **same), *activity(2, **same)).empty


def test_lines_of_a_few_people_agree_often_and_are_no_sign():
    same = {"persons": 3, "persons_pm": 3, "person_times": 4, "hours": 8}

    assert found(*(row for at in range(1, 8) for row in activity(at, **same))).empty


def test_more_hours_than_the_days_allow_are_a_sign():
    """Two days, ten people: 400 hours are 20 a person and day, against 16."""
    row = only(found(*activity(1, "2025-05-01/2025-05-02", persons=10, person_times=60, hours=400)), "hours_over_days")

    assert (row["observed"], row["expected"], row["field"], row["cell"]) == (20.0, 16.0, "hours", "hours1")


def test_hours_that_the_days_allow_are_no_sign():
    """Two days, ten people: 300 hours are 15 a person and day."""
    assert found(*activity(1, "2025-05-01/2025-05-02", persons=10, person_times=60, hours=300)).empty


@pytest.mark.parametrize("date", ["2025-05", None], ids=["a whole month", "no date"])
def test_without_days_nothing_is_said_of_hours_a_day(date):
    assert found(*activity(1, date, persons=10, person_times=60, hours=9000)).empty


def test_hours_that_are_asked_about_stand_with_the_amount_per_attendance_and_the_query():
    """30 hours for 2 attendances: 15 each, against at most 10; the gate has withheld the value."""
    spent = fact(UNIT, "F3", 1, "elder_care.hours", None, "queried", cell="F7")
    asked = query(
        UNIT,
        "F3",
        "elder_care.hours",
        query_id="q1",
        rule="G11",
        read_as="30",
        file=spent["file"],
        sheet="F3",
        cell="F7",
    )
    rows = [*line(UNIT, 1, hc_end=9, elder_care__persons=2, elder_care__person_times=2), spent]
    row = only(found(*rows, queries=[asked]), "hours_per_head")

    assert (row["observed"], row["expected"], row["cell"], row["query_id"]) == (15.0, 10.0, "F7", "q1")
    assert found(*rows, queries=[{**asked, "state": "answered"}]).empty


def test_numbers_of_last_year_are_a_sign_with_their_share_and_the_query_of_the_form():
    before = {(at, "", "persons"): float(n) for at, n in enumerate(UNEVEN, 1)}
    rows = activities([*UNEVEN[:-1], 99])
    asked = query(UNIT, "F2", None, query_id="q2", rule="M66", file=rows[0]["file"], sheet="F2", cell=None)
    table = found(*rows, queries=[asked], last_year=LastYear(numbers={(UNIT, "F2"): before}))
    row = only(table, "copied_year")

    assert row["observed"] == pytest.approx(11 / 12)
    assert row["expected"] == 0.8
    assert row["query_id"] == "q2"
    assert row["cells"].count(";") == 10


def test_a_rate_far_from_last_years_stands_with_both():
    last_year = LastYear(shares={(UNIT, "elder_care"): Share(4.0, 40.0)})
    rows = [*headcounts(UNIT, hc_end=40), *line(UNIT, 1, hc_end=40, elder_care__persons=30)]
    row = only(found(*rows, last_year=last_year), "rate_jump")

    assert (row["observed"], row["expected"], row["field"]) == (0.75, 0.1, "elder_care.persons")


def test_nearly_all_rates_at_one_hundred_per_cent_are_a_sign():
    names = ("elder_care", "hope_project", "warmth_project", "disability_aid", "one_day_donation", "spring_bud")
    rows = [*headcounts(UNIT, hc_end=40), *line(UNIT, 1, hc_end=40, **{f"{name}__persons": 40 for name in names})]
    row = only(found(*rows), "all_full")

    assert (row["observed"], row["expected"], row["n_numbers"]) == (1.0, 0.9, 6)


def test_only_multiples_of_ten_and_one_line_for_every_subject_are_signs():
    tens = [row for at in range(1, 12) for row in activity(at, persons=20)]
    study = [
        fact(UNIT, "F4", 0, f"{item}.{measure}", value)
        for item in ("modern_economy", "science_tech", "law")
        for measure, value in (("sessions", 4.0), ("class_hours", 8.0), ("persons", 37.0))
    ]
    table = found(*tens, *study)

    assert only(table, "all_tens")["observed"] == 1.0
    assert only(table, "same_subjects")["observed"] == 3.0


def test_units_stand_in_the_order_of_the_register_whatever_the_order_of_the_facts():
    rows = activities([10, 15, 20, 25, 30, 35, 40, 45])
    swapped = [{**row, "unit_code": OTHER, "file": f"{OTHER}.xlsx"} for row in rows]

    assert list(found(*swapped, *rows)["unit_code"]) == [UNIT, OTHER]


def listed(*signs):
    return pd.DataFrame(signs, columns=["unit_code", "sign", "form"])


def test_units_with_more_kinds_of_sign_are_proposed_first_and_equals_by_register():
    table = listed(
        (UNIT, "heaping", "F2"), (UNIT, "all_tens", "F2"), (OTHER, "heaping", "F2"), (OTHER, "all_full", "F3")
    )
    proposed = spot_checks(table, sample_reference())

    assert list(proposed["unit_code"]) == [OTHER, UNIT]
    assert list(proposed["n_kinds"]) == [2, 1]
    assert list(proposed["signs"]) == ["heaping;all_full", "heaping;all_tens"]
    assert list(proposed["forms"]) == ["F2;F3", "F2"]


def test_of_equals_the_first_of_the_register_is_proposed_and_no_more_than_the_limit():
    reference = sample_reference()
    short = replace(reference, thresholds={**reference.thresholds, "spot_check_units": 1.0})
    table = listed((UNIT, "heaping", "F2"), (OTHER, "heaping", "F2"))

    assert list(spot_checks(table, short)["unit_code"]) == [UNIT]


def test_without_signs_nobody_is_proposed():
    assert spot_checks(found(), sample_reference()).empty
