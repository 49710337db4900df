"""The points of units, against totals added up by hand, and what must hold for every return."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.measures.assessment import assessment
from analysis.measures.item_values import YearValues
from analysis.measures.scorecards import Candidate, Chance, class_at, ladder, scorecards, totals
from analysis.reference.scheme_types import Band, FieldRef, Scheme, SchemeItem, SchemePart, Source, Term
from analysis.reference.term_inputs import TermInputs, Veto, VetoCase

TERM = Term(
    20, (2024, 2025), (0.5, 0.5), 2026, "t", ("province", "city", "organ"), ("city", "organ"),
    2, 0.1, 95, 400, 0.25, 7, 0.05, 3,
)  # fmt: skip
PLAN = FieldRef("F7", "annual_plan", "established")


def item(code, full, source, rule="linear", low=None, high=None, undefined="wait", applies="all", years="both"):
    return SchemeItem(code, code[0], code, code, "一", full, source, rule, low, high, years, undefined, applies, "")


SCHEME = Scheme(
    TERM,
    (SchemePart("A", "base", "甲", "A", 60), SchemePart("B", "base", "乙", "B", 40), SchemePart("E", "deduction", "扣", "E", 0)),
    (
        item("A1", 30.0, Source("rate", "I02"), low=0.3, high=0.8),
        item("A2", 20.0, Source("rate", "I09"), low=0.4, high=0.15, undefined="move:A1"),
        item("A3", 10.0, Source("panel", "A3"), "share", years="term"),
        item("B1", 20.0, Source("yes", fields=(PLAN,)), "yes"),
        item("B2", 20.0, Source("rate", "I14"), low=0.0, high=0.5, undefined="zero", applies="titled"),
        item("B2u", 20.0, Source("group", "A"), "scaled", applies="untitled"),
        item("E1", 0.0, Source("quality", "n_returned"), "from", low=2.0, high=-1.0),
    ),
    (
        Band("city", "new", "refuse", 0, 85), Band("city", "new", "name", 85, None),
        Band("city", "titled", "withdraw", 0, 75), Band("city", "titled", "rectify", 75, 80),
        Band("city", "titled", "keep", 80, None), Band("organ", "titled", "withdraw", 0, 70),
        Band("organ", "titled", "keep", 70, None),
    ),
)  # fmt: skip
CASES = (
    VetoCase("V2", "犯罪", "crime", ("市公安局",), "refuse", 0),
    VetoCase("V9", "无结对", "no pair", ("工委",), "suspend", 0),
)
INPUTS = TermInputs({("U1", "A3"): 0.5, ("U2", "A3"): 1.0}, {}, {}, (), CASES)


def unit(code="U1", title="city"):
    return SimpleNamespace(code=code, title_level=title, peer_group="PG1")


def rate(numerator, denominator, status="ok", low=None, high=None):
    return {
        "numerator": numerator, "denominator": denominator, "status": status, "n_open_queries": 0,
        "rate_low": low, "rate_high": high,
    }  # fmt: skip


def fact(text="yes", status="reported"):
    return ({"value": None, "low": None, "high": None, "text": text, "status": status},)


def year(code="U1", overall=None, march=None, exits=None, plan=None, returned=0):
    rates = {
        (code, "I02", ""): overall or rate(80, 100),
        (code, "I09", ""): march or rate(15, 100),
        (code, "I14", ""): exits or rate(None, None, "undefined"),
    }
    fields = {(code, PLAN): fact() if plan is None else plan}
    people = frozenset(["I02"])
    return YearValues(rates, fields, {code: {"n_returned": returned}}, frozenset([code]), people_shares=people)


def rows(years, who=None, scheme=SCHEME, inputs=INPUTS):
    table = assessment([who or unit()], years, scheme, inputs)
    return table.set_index("item")


def test_the_points_of_two_years_are_their_weighted_mean():
    table = rows({2024: year(overall=rate(55, 100)), 2025: year()})
    # 55 % lies half way from 30 to 80, so 15 of 30; the other year has all 30
    assert table.loc["A1", "points"] == pytest.approx(22.5)
    assert (table.loc["A1", "value"], table.loc["A1", "last_year"]) == (0.8, 0.55)


def test_a_unit_that_is_new_is_scored_on_the_year_that_it_has():
    table = rows({2024: year("U9"), 2025: year()})
    assert table.loc["A1", "points"] == 30.0
    assert pd.isna(table.loc["A1", "last_year"])


def test_points_of_what_cannot_be_computed_move_to_the_item_that_the_scheme_names():
    table = rows({2025: year(overall=rate(55, 100), march=rate(None, None, "undefined"))})
    assert (table.loc["A1", "full"], table.loc["A1", "points"]) == (50.0, pytest.approx(25.0))
    assert (table.loc["A2", "full"], table.loc["A2", "points"], table.loc["A2", "status"]) == (0.0, 0.0, "moved")


def test_an_open_rate_gives_no_points_yet_and_the_ends_of_what_is_possible():
    table = rows({2025: year(overall=rate(None, 100, "queried", 0.3, 0.55))})
    assert pd.isna(table.loc["A1", "points"])
    assert (table.loc["A1", "points_low"], table.loc["A1", "points_high"]) == (0.0, pytest.approx(15.0))
    assert table.loc["A1", "status"] == "open"


@pytest.mark.parametrize("plan", [(), fact(None, "queried")])
def test_a_blank_or_queried_answer_is_neither_yes_nor_no(plan):
    table = rows({2025: year(plan=plan)})
    assert pd.isna(table.loc["B1", "points"])
    assert (table.loc["B1", "points_low"], table.loc["B1", "points_high"]) == (0.0, 20.0)


def test_without_a_word_of_the_panel_its_points_are_open():
    table = rows({2025: year()}, inputs=replace(INPUTS, panel={}))
    assert (table.loc["A3", "status"], table.loc["A3", "points_high"]) == ("open", 10.0)


def test_a_unit_without_title_gets_the_share_of_the_part_that_the_scheme_names():
    table = rows({2025: year(overall=rate(55, 100))}, unit(title="none"))
    # A: 15 + 20 + 5 of 60, so two thirds of 20
    assert "B2" not in table.index
    assert table.loc["B2u", "points"] == pytest.approx(20 * 40 / 60)


def test_two_returns_sent_back_take_a_point_off_the_total():
    table = assessment([unit()], {2025: year(returned=2)}, SCHEME, INPUTS)
    assert totals(table).loc["U1", "total"] == pytest.approx(30 + 20 + 5 + 20 + 0 - 1)


def chances(p_class=1.0):
    return {"U1": Chance(float("nan"), float("nan"), p_class)}


def card(table, who=None, applied="city", unmet=(), inputs=INPUTS, p_class=1.0):
    candidate = {"U1": Candidate(who or unit(), applied, unmet)}
    return scorecards(table, candidate, chances(p_class), SCHEME, inputs).iloc[0]


def test_the_class_follows_the_lines_of_the_level():
    exits = rate(5, 10)
    assert card(assessment([unit()], {2025: year(exits=exits)}, SCHEME, INPUTS))["class_proposed"] == "keep"  # 95
    low = assessment([unit()], {2025: year()}, SCHEME, INPUTS)  # 75
    assert card(low)["class_proposed"] == "rectify"


@pytest.mark.parametrize(
    "exits, applied, result",
    [
        (rate(5, 10), "city", "name"),  # 95 points, the line for a new city title is 85
        (rate(0, 10), "city", "keep"),  # 75 points: not named, but the title of the organs is kept
        (rate(5, 10), "none", "keep"),
        (rate(5, 10), "province", "keep"),  # named by the province, here only recommended
    ],
)
def test_a_holder_that_applies_for_a_higher_level_is_named_or_else_keeps_its_own(exits, applied, result):
    table = assessment([unit(title="organ")], {2025: year(exits=exits)}, SCHEME, INPUTS)
    assert card(table, unit(title="organ"), applied)["class_proposed"] == result


def test_a_class_that_hangs_on_an_open_question_is_not_proposed_and_both_ends_are_told():
    open_rate = rate(None, 100, "queried", 0.3, 0.8)
    found = card(assessment([unit()], {2025: year(overall=open_rate, exits=rate(5, 10))}, SCHEME, INPUTS))
    assert found["class_proposed"] is None
    assert (found["class_low"], found["class_high"], found["reasons"]) == ("withdraw", "keep", "open_items")
    assert pd.isna(found["total"])


def test_a_veto_of_a_department_overrides_the_points_and_nothing_else_does():
    table = assessment([unit()], {2025: year(exits=rate(5, 10))}, SCHEME, INPUTS)
    with_veto = replace(INPUTS, vetoes=(Veto("U1", "V2", "市公安局", None, "公函〔2026〕1号"),))
    suspended = replace(INPUTS, vetoes=(Veto("U1", "V9", "工委", None, "函〔2026〕2号"),))
    assert card(table, inputs=with_veto)["class_proposed"] == "withdraw"
    assert card(table, who=unit(title="none"), inputs=with_veto)["class_proposed"] == "refuse"
    assert card(table, inputs=suspended)["class_proposed"] == "rectify"
    assert card(table)["veto"] == ""


def test_an_applicant_that_does_not_meet_the_conditions_is_refused_and_a_holder_is_told():
    table = assessment([unit()], {2025: year(exits=rate(5, 10))}, SCHEME, INPUTS)
    assert card(table, unit(title="none"), unmet=("forms",))["class_proposed"] == "refuse"
    assert card(table, unmet=("forms",))[["class_proposed", "reasons"]].tolist() == ["keep", "forms"]


def test_a_unit_that_neither_holds_nor_applies_has_no_class():
    table = assessment([unit(title="none")], {2025: year()}, SCHEME, INPUTS)
    assert card(table, unit(title="none"), applied="none")["class_proposed"] == "none"


@pytest.mark.parametrize("p_class, unsure", [(0.5, True), (0.95, True), (0.96, False), (1.0, False)])
def test_a_class_that_changes_in_one_draw_of_twenty_is_marked(p_class, unsure):
    table = assessment([unit()], {2025: year()}, SCHEME, INPUTS)
    assert bool(card(table, p_class=p_class)["borderline"]) is unsure


def test_a_total_that_lacks_only_the_last_digit_reaches_the_line():
    rungs = ladder(Candidate(unit(), "none"), SCHEME)
    assert class_at(79.99999999999999, rungs) == "keep"
    assert class_at(79.99, rungs) == "rectify"


def test_a_holder_that_does_not_meet_the_conditions_keeps_its_title_and_is_not_named_higher():
    table = assessment([unit(title="organ")], {2025: year(exits=rate(5, 10))}, SCHEME, INPUTS)  # 95 points
    found = card(table, unit(title="organ"), "city", unmet=("pairing",))
    assert found[["class_proposed", "reasons"]].tolist() == ["keep", "pairing"]


def test_a_level_that_is_named_elsewhere_gives_no_class_here():
    assert ladder(Candidate(unit(title="none"), "province"), SCHEME) == ()


def test_a_title_that_rests_is_never_better_than_the_points_say():
    suspended = replace(INPUTS, vetoes=(Veto("U1", "V9", "工委", None, "函"),))
    low = assessment([unit()], {2025: year(overall=rate(30, 100), plan=fact("no"))}, SCHEME, suspended)
    assert card(low, inputs=suspended)["class_proposed"] == "withdraw"


def test_a_title_that_rests_waits_for_the_answers_that_its_class_hangs_on():
    suspended = replace(INPUTS, vetoes=(Veto("U1", "V9", "工委", None, "函"),))
    open_ends = assessment([unit()], {2025: year(plan=fact(None, "queried"))}, SCHEME, suspended)
    found = card(open_ends, inputs=suspended)
    assert found[["class_low", "class_high"]].tolist() == ["withdraw", "rectify"]
    assert found["class_proposed"] is None
    assert found[["veto", "reasons"]].tolist() == ["V9", "veto_V9;open_items"]


def test_where_it_is_not_clear_whether_a_unit_applies_it_waits_for_an_answer():
    table = assessment([unit(title="none")], {2025: year()}, SCHEME, INPUTS)
    candidate = {"U1": Candidate(unit(title="none"), "none", (), is_clear=False)}
    found = scorecards(table, candidate, {}, SCHEME, INPUTS).iloc[0]
    assert found["class_proposed"] is None
    assert found["reasons"] == "application_open"


def test_points_that_moved_in_one_year_only_leave_the_item_scored():
    table = rows({2024: year(), 2025: year(march=rate(None, None, "undefined"))})
    assert table.loc["A2", ["status", "full", "points"]].tolist() == ["scored", 10.0, 10.0]


def test_a_bonus_that_nobody_gave_is_no_bonus_and_nothing_to_wait_for():
    bonus = replace(SCHEME.items[2], code="A3", when_undefined="zero")
    scheme = replace(SCHEME, items=(*SCHEME.items[:2], bonus, *SCHEME.items[3:]))
    table = rows({2025: year()}, scheme=scheme, inputs=replace(INPUTS, panel={}))
    assert table.loc["A3", ["status", "points"]].tolist() == ["scored", 0.0]


@pytest.mark.parametrize("satisfied, points", [(25, 0.0), (26, 10 / 13), (37, 10 * 12 / 13), (38, 10.0)])
def test_the_people_that_a_survey_needs_are_rounded_down(satisfied, points):
    # of 43 asked 60 % are 25.8 and 90 % are 38.7: from 25 people on points, with 38 all
    asked = replace(SCHEME.items[2], source=Source("survey", "S"), rule="people", low=0.6, high=0.9)
    scheme = replace(SCHEME, items=(*SCHEME.items[:2], asked, *SCHEME.items[3:]))
    counts = {("U1", "S"): (float(satisfied), 43.0)}
    inputs = replace(INPUTS, survey={("U1", "S"): satisfied / 43}, survey_counts=counts)
    table = rows({2025: year()}, scheme=scheme, inputs=inputs)
    assert table.loc["A3", "points"] == pytest.approx(points)


def test_a_median_of_few_units_is_not_told():
    years = {2025: YearValues(
        {(code, *key[1:]): row for code in ("U1", "U2") for key, row in year(code).rates.items()},
        {(code, PLAN): fact() for code in ("U1", "U2")},
        {code: {"n_returned": 0} for code in ("U1", "U2")},
        frozenset(["U1", "U2"]),
    )}  # fmt: skip
    table = assessment([unit("U1"), unit("U2")], years, SCHEME, INPUTS)
    assert table["peer_median"].isna().all()
