"""The sentences above C4, C8, C9 and the spare charts: with a difference, without one, and with one unit."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.present.context import make_context
from analysis.present.grid_tables import clearly_different
from analysis.present.labels import Words
from analysis.present.list_tables import institutions_table, problems_table
from analysis.present.save_charts import CHARTS
from analysis.present.spare_tables import exemplars_table, withheld
from tests.present.made_up import sample_reference
from tests.present.made_up_lists import exemplar, institution, problem, rate_row, with_lists

FIRST, SECOND = "LJ-P01", "LJ-P02"
HOUSEHOLDS = {"households": 119.0, "exits": 30.0, "exit_rate": 30 / 119}


def said(code, table, lang="zh"):
    tables, reference = with_lists(), sample_reference()
    return CHARTS[code].finding(pd.DataFrame(table), make_context(tables["units"], reference, lang))


def median(group, kind=None, status="ok", category="elder_care"):
    return {"category": category, "peer_group": group, "median_status": status, "class": kind}


@pytest.mark.parametrize(
    "rows, sentence",
    [
        (
            [median("PG1", "higher"), median("PG5", "lower"), median("PG2"), median("")],
            "敬老爱老助老参与率中位数：党委及人大政协法检明显高于其他同类组，人民团体明显偏低",
        ),
        (
            [median("PG1"), median("PG2"), median("")],
            "可以比较的服务类活动只有1项，各同类组之间参与率的差异未超出偶然波动",
        ),
        ([median("PG1", status="few"), median("", status="few")], "各同类组可计算的单位均不足3家，不列中位数"),
        ([median("PG1"), median("")], "只有一个同类组可以列示中位数，同类组之间不作比较"),
    ],
)
def test_medians_name_a_group_only_when_it_is_clearly_different(rows, sentence):
    assert said("C4", rows) == sentence


def pairing(n, both, one, **households):
    return [{"title_level": "", "n_units": n, "both": both, "one": one, "not_submitted": 0, **HOUSEHOLDS, **households}]


@pytest.mark.parametrize(
    "table, sentence",
    [
        (pairing(69, 61, 7), "69家文明单位中61家完成城乡结对，结对满一年的119户中已解困30户，解困率25.2%"),
        (
            pairing(69, 1, 0, not_submitted=68, exits=np.nan),
            "69家文明单位中1家完成城乡结对（68家未报），困难户数太少，不列",
        ),
        (pairing(69, 0, 0, not_submitted=69), "69家文明单位均未报，结对情况不明"),
        (pairing(1, 0, 0, not_submitted=1), "1家文明单位未报，结对情况不明"),
        (pairing(69, 69, 0, exits=np.nan), "69家文明单位全部完成城乡结对，困难户数太少，不列"),
        (pairing(1, 0, 1, households=0.0, exits=0.0), "1家文明单位尚未完成城乡结对，无结对满一年的困难户"),
        (pairing(0, 0, 0), "届内没有文明单位，无结对要求"),
    ],
)
def test_pairing_says_who_paired_and_no_number_that_is_hidden(table, sentence):
    assert said("C8", table) == sentence


def problems(n, due, overdue, units_overdue, n_units, share=0.5):
    return [{"problem_source": "", "n_problems": n, "due": due, "in_time_share": share, "overdue": overdue,
             "units_overdue": units_overdue, "n_units": n_units}]  # fmt: skip


@pytest.mark.parametrize(
    "table, sentence",
    [
        (problems(285, 285, 47, 36, 78, 0.7614), "整改问题285个，按期整改率76.1%，36家单位有逾期未改，共47个"),
        (problems(9, 8, 4, 4, 80), "整改问题9个，按期整改率50.0%，部分单位（4家）有逾期未改，共4个"),
        (problems(9, 8, 4, 3, 80), "整改问题9个，按期整改率50.0%，个别单位（3家）有逾期未改，共4个"),
        (problems(90, 80, 44, 41, 80), "整改问题90个，按期整改率50.0%，多数单位（41家）有逾期未改，共44个"),
        (problems(90, 80, 70, 65, 80), "整改问题90个，按期整改率50.0%，普遍（65家）有逾期未改，共70个"),
        (problems(90, 90, 0, 0, 80, 1.0), "整改问题90个，按期整改率100.0%，无逾期未改"),
        (problems(1, 1, 1, 1, 1, 0.0), "整改问题1个，按期整改率0.0%，该单位有逾期未改，共1个"),
        (problems(0, 0, 0, 0, 1), "已报单位均未列出整改问题"),
    ],
)
def test_problems_take_the_customary_word_for_the_share_of_units(table, sentence):
    assert said("C9", table) == sentence


def subject(code, held, n):
    return {"subject": code, "peer_group": "", "n_with": held, "n_units": n, "share": held / n if n else np.nan}


@pytest.mark.parametrize(
    "rows, sentence",
    [
        (
            [subject("law", 78, 78), subject("finance", 70, 78), subject("foreign_language", 20, 78)],
            "3个学习专题中，开展外语的单位最少（25.6%），最多的专题为100.0%",
        ),
        ([subject("law", 66, 78), subject("finance", 62, 78)], "2个学习专题的开展面无明显差异（79.5%至84.6%）"),
        ([subject("law", 1, 1), subject("finance", 0, 1)], "已报的1家单位开展了2个学习专题中的1个"),
        ([subject("law", 0, 0)], "尚无单位报送学习专题"),
    ],
)
def test_subjects_name_the_rarest_only_when_it_is_clearly_behind(rows, sentence):
    assert said("S1", rows) == sentence


def test_groups_that_differ_by_chance_only_are_not_called_different():
    """Mann and Whitney by hand: nine of nine ranks apart are far beyond chance, mixed ranks are not."""
    groups = ["PG1"] * 9 + ["PG2"] * 9
    apart = pd.DataFrame({"peer_group": groups, "low": [*range(9), *range(20, 29)]}).assign(high=lambda t: t["low"])
    mixed = pd.DataFrame({"peer_group": groups, "low": [*range(0, 18, 2), *range(1, 19, 2)]})

    assert clearly_different(apart, 4) == {"PG1": "lower", "PG2": "higher"}
    assert clearly_different(mixed.assign(high=mixed["low"]), 4) == {}


def test_the_states_of_problems_add_up_and_what_is_due_on_the_last_day_is_overdue():
    lines = [
        problem(FIRST, "public", "closed", done="2025-06-30"),
        problem(FIRST, "public", "closed", done="2025-07-01"),
        problem(SECOND, None, "in_progress", due="2025-12-31"),
        problem(SECOND, "self_check", "not_started", due="2026-01-01"),
    ]
    rates = pd.DataFrame([rate_row(code, "I26", 0.0, np.nan) for code in (FIRST, SECOND)])

    table = problems_table({"rectifications": pd.DataFrame(lines), "rates": rates}, sample_reference())

    city = table.iloc[-1]
    assert table["problem_source"].tolist() == ["self_check", "public", "unknown", ""]
    assert [city[name] for name in ("n_problems", "closed", "overdue", "not_started")] == [4, 2, 1, 1]
    assert [city[name] for name in ("due", "in_time", "overdue_short", "units_overdue")] == [3, 1, 1, 1]


def test_an_institution_without_document_is_on_paper_only_and_silence_is_no_absence():
    units = with_lists()["units"].iloc[:3]
    codes = units["unit_code"].tolist()
    lines = [institution(codes[0], "matter_report", True), institution(codes[1], "matter_report", True, written=False)]
    rates = pd.DataFrame([rate_row(code, "I22", 1.0, 3.0) for code in codes[:2]]).assign(status="ok")

    tables = {"units": units, "rates": rates, "institutions": pd.DataFrame(lines)}
    table = institutions_table(tables, sample_reference()).set_index("unit_code")

    assert table["force_matter_report"].reindex(codes).tolist() == ["in_force", "on_paper", "not_submitted"]
    assert table.loc[codes[0], "force_ideology_duty"] == "absent"


def test_few_exemplars_are_hidden_with_what_would_tell_them():
    """3 alone beside 20 and the whole 23 would be told; with the 6 hidden too it may be 1 to 4."""
    counts = {("city", "learning"): 3, ("city", "other"): 20, ("organ", "other"): 6}

    assert withheld(counts, 5) == {("city", "learning"): "small", ("organ", "other"): "complementary"}
    assert set(withheld({("city", "learning"): 1, ("city", "other"): 0}, 5).values()) == {"complementary"}


def test_exemplars_of_other_years_are_not_counted():
    lines = [exemplar(FIRST, "city", "learning") for _ in range(6)] + [exemplar(FIRST, "city", "other", "2024-05-01")]

    table = exemplars_table({"exemplars": pd.DataFrame(lines)}, sample_reference())

    assert table["n_exemplars"].iloc[-1] == 6
    assert table.set_index(["exemplar_level", "exemplar_kind"]).loc[("city", "other"), "n_exemplars"] == 0


def test_english_sentences_know_one_unit():
    assert (
        Words(sample_reference(), "en").say("C1.title_all_one", on_time="100.0%", sent_back="x").startswith("The one")
    )
    assert (
        said("C9", problems(1, 1, 1, 1, 1, 0.0), "en")
        == "One problem; 0.0% closed in time; 1 is overdue, with this unit"
    )
