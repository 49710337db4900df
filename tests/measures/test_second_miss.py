"""Told twice, banned, reminded twice: what was before an assessment and decides in it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis.measures.assessment import assessment
from analysis.measures.reach_class import advise
from analysis.measures.scorecards import Candidate, ladder, scorecards, totals
from analysis.reference.scheme_types import Source
from tests.measures.test_assessment import INPUTS, SCHEME, fact, item, rate, rows, unit, year
from tests.measures.test_next_steps import SCHEME_WITH_STEPS

REMINDED = replace(INPUTS, reminded={("U1", 2025): "2026-02-25 催2号"})
OPEN_RATE = rate(None, 100, "queried", 0.3, 0.8)


def card(values, candidate, inputs=INPUTS):
    table = assessment([candidate.unit], {2025: values}, SCHEME, inputs)
    return scorecards(table, {"U1": candidate}, {}, SCHEME, inputs).iloc[0]


def holder(told=False, **more):
    return Candidate(unit(), "city", told_before=told, **more)


def test_a_holder_five_points_short_rectifies_the_first_time_and_loses_the_title_the_second():
    short = year()  # 75 points of the 80 that keep the title
    assert card(short, holder())[["class_proposed", "reasons"]].tolist() == ["rectify", ""]
    assert card(short, holder(told=True))[["class_proposed", "reasons"]].tolist() == ["withdraw", "rectified_before"]


def test_one_that_was_told_to_rectify_and_now_reaches_the_line_keeps_its_title():
    assert card(year(exits=rate(5, 10)), holder(told=True))[["class_proposed", "reasons"]].tolist() == ["keep", ""]


def test_what_would_save_a_title_at_the_second_miss_is_the_line_of_keeping_it():
    found = advise(holder(told=True), {2025: year(exits=rate(0, 10))}, SCHEME_WITH_STEPS, INPUTS)
    assert (found.next_class, found.line) == ("keep", 80)
    assert [rung.result for rung in ladder(holder(told=True), SCHEME)] == ["withdraw", "keep"]


def test_a_banned_applicant_is_refused_whatever_its_points():
    who = Candidate(unit(title="none"), "city", ("banned",))
    assert card(year(), who)[["class_proposed", "reasons"]].tolist() == ["refuse", "banned"]


def test_an_item_still_open_after_the_second_reminder_counts_zero_and_says_why():
    before, after = (rows({2025: year(overall=OPEN_RATE)}, inputs=inputs).loc["A1"] for inputs in (INPUTS, REMINDED))
    assert (before["status"], before["points_low"], before["points_high"]) == ("open", 0.0, 30.0)
    assert pd.isna(before["points"])
    assert after[["status", "points", "points_low", "points_high"]].tolist() == ["forfeited", 0.0, 0.0, 0.0]
    assert after["note"] == "2025 2026-02-25 催2号"
    assert before["note"] == ""


@pytest.mark.parametrize("plan", [(), fact(None, "queried")])
def test_a_blank_that_nobody_answered_counts_zero_after_the_second_reminder(plan):
    assert rows({2025: year(plan=plan)}, inputs=REMINDED).loc["B1", ["status", "points"]].tolist() == ["forfeited", 0.0]


def test_the_reminders_of_a_year_say_nothing_of_the_other_year():
    table = rows({2024: year(overall=OPEN_RATE), 2025: year()}, inputs=REMINDED)
    assert table.loc["A1", "status"] == "open"
    table = rows({2024: year(), 2025: year(overall=OPEN_RATE)}, inputs=REMINDED)
    assert table.loc["A1", ["status", "points"]].tolist() == ["forfeited", 15.0]


def test_the_reminders_of_a_unit_say_nothing_of_another():
    other = replace(INPUTS, reminded={("U2", 2025): "2026-02-25 催2号"})
    assert rows({2025: year(overall=OPEN_RATE)}, inputs=other).loc["A1", "status"] == "open"


def test_what_was_answered_or_cannot_be_measured_or_waits_for_the_panel_is_not_forfeited():
    silent = replace(REMINDED, panel={})
    table = rows({2025: year()}, inputs=silent)
    assert table.loc["A1", ["status", "points"]].tolist() == ["scored", 30.0]
    assert table.loc["B2", ["status", "points"]].tolist() == ["scored", 0.0]  # undefined: zero by the scheme
    assert table.loc["A3", "status"] == "open"


def test_a_deduction_that_is_open_after_the_second_reminder_is_taken_off_and_not_spared():
    late = item("E2", 0.0, SCHEME.items[0].source, "below", low=0.5, high=-1.0, undefined="zero")
    scheme = replace(SCHEME, items=(*SCHEME.items, late))
    assert rows({2025: year(overall=OPEN_RATE)}, scheme=scheme, inputs=REMINDED).loc["E2", "points"] == -1.0


LATE = item("E2", 0.0, Source("rate", "I35"), "below", low=1.0, high=-1.0, undefined="zero")


def lateness(timely, inputs=INPUTS):
    """The row of a deduction for forms that came late, of the one year that counts."""
    values = year()
    values = replace(values, rates={**values.rates, ("U1", "I35", ""): timely})
    return rows({2025: values}, scheme=replace(SCHEME, items=(*SCHEME.items, LATE)), inputs=inputs).loc["E2"]


ENDS = ["status", "points", "points_low", "points_high"]


def test_a_unit_that_sent_nothing_is_certainly_late():
    nothing_came = rate(0, 7, "not_submitted")

    assert lateness(nothing_came)[ENDS].tolist() == ["scored", -1.0, -1.0, -1.0]


def test_a_form_that_is_late_even_at_best_is_taken_off_at_both_ends():
    assert lateness(rate(None, 7, "bounded", 5 / 7, 6 / 7))[["points_low", "points_high"]].tolist() == [-1.0, -1.0]


def test_a_time_of_receipt_that_nobody_noted_is_not_held_against_the_reminded_unit():
    found = lateness(rate(None, 7, "bounded", 5 / 7, 1.0), REMINDED)

    assert pd.isna(found["points"])
    assert found[["status", "points_low", "points_high"]].tolist() == ["open", -1.0, 0.0]


def test_the_total_of_a_unit_that_answered_nothing_is_known_after_the_second_reminder():
    sums = totals(assessment([unit()], {2025: year(overall=OPEN_RATE)}, SCHEME, REMINDED)).loc["U1"]
    # A2 20, A3 5, B1 20
    assert sums.tolist() == [45.0, 45.0, 45.0]
