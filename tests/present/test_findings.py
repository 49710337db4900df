"""The title says what the table shows, and names no difference that chance could make."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.present.context import Context
from analysis.present.findings import (
    categories_finding,
    median_words,
    participation_finding,
    submissions_finding,
    volunteers_finding,
)
from analysis.present.labels import Words
from tests.present.made_up import sample_reference


def context(lang="zh"):
    return Context(Words(sample_reference(), lang), units_due=80, units_submitted=78, people_share=0.98)


def submissions(due=80, submitted=78, on_time=75, sent_back=11):
    row = {"units_due": due, "units_submitted": submitted, "on_time_share": on_time / due, "units_sent_back": sent_back}
    return pd.DataFrame([{"peer_group": "PG1", **row}, {"peer_group": "", **row}])


def strip(*units):
    """One row per (peer group, persons, people)."""
    rows = [
        {"peer_group": group, "numerator": float(x), "denominator": float(n), "rate": x / n if n >= 10 else None}
        for group, x, n in units
    ]
    table = pd.DataFrame(rows)
    marks = ["none" if n < 10 else "hollow" if n < 30 else "solid" for _, _, n in units]
    return table.assign(mark=marks)


def programmes(*rows):
    """One row per (category, group, persons, people, valid units)."""
    names = ["category", "group", "numerator", "denominator", "n_valid"]
    table = pd.DataFrame(rows, columns=names).astype({"numerator": "float64", "denominator": "float64"})
    table = table.assign(n_large=table["n_valid"])
    return table.assign(rate=table["numerator"] / table["denominator"])


def test_submissions_are_counted_in_units_due():
    assert submissions_finding(submissions(), context()) == "80家单位已报78家\uff0c按时报送率93.8%\uff0c退回重报11家"


def test_when_all_have_reported_the_title_says_so():
    title = submissions_finding(submissions(submitted=80, on_time=80, sent_back=0), context())

    assert title == "80家单位全部报送\uff0c按时报送率100.0%\uff0c无退回重报"


def test_one_unit_is_singular_in_english():
    title = submissions_finding(submissions(sent_back=1), context("en"))

    assert title == "78 of 80 units reported, 93.8% of all on time; 1 unit had a return sent back"


def test_the_group_whose_units_differ_most_is_named():
    table = strip(("PG1", 90, 100), ("PG1", 80, 100), ("PG4", 95, 100), ("PG4", 60, 100))

    assert participation_finding(table, context()) == (
        "总体参与率中位数85.0%\uff0c同类之间差距最大的是事业单位\uff0c相差35.0个百分点"
    )


def test_a_gap_that_chance_can_make_names_no_group():
    """27 of 30 and 24 of 30 differ by ten points, which two people more or less would close."""
    table = strip(("PG1", 27, 30), ("PG1", 24, 30), ("PG4", 26, 30), ("PG4", 25, 30))

    assert participation_finding(table, context()) == (
        "总体参与率中位数85.0%\uff0c同类单位之间无明显差异\uff0880.0%至90.0%\uff09"
    )


def test_of_many_units_the_two_furthest_apart_differ_by_chance_too():
    """34 and 44 of 50 alone are clearly different; as the ends of twenty units of one group they are not."""
    pair = (("PG1", 44, 50), ("PG1", 34, 50), ("PG4", 39, 50), ("PG4", 40, 50))
    alone, among = strip(*pair), strip(*pair, *(("PG1", 39, 50),) * 18)

    assert "相差20.0个百分点" in participation_finding(alone, context())
    assert "无明显差异" in participation_finding(among, context())


def test_small_units_do_not_make_their_group_the_widest():
    table = strip(
        *((group, x, 100) for group, x in (("PG1", 90), ("PG1", 60), ("PG4", 80), ("PG4", 79))), ("PG4", 1, 29)
    )

    assert "党委及人大政协法检" in participation_finding(table, context())


def test_equal_gaps_name_no_group():
    table = strip(("PG1", 90, 100), ("PG1", 60, 100), ("PG4", 95, 100), ("PG4", 65, 100))

    assert "差距" not in participation_finding(table, context())


def test_without_any_rate_nothing_is_claimed():
    assert participation_finding(strip(("PG1", 3, 7)), context()) == "尚无可以列示的总体参与率"


def test_giving_is_never_named_as_the_widest():
    table = programmes(
        ("lei_feng_volunteer", "service", 650, 1000, 78),
        ("elder_care", "service", 300, 1000, 77),
        ("one_day_donation", "giving", 950, 1000, 78),
        ("legal_aid", "service", 10, 40, 9),
    )

    assert categories_finding(table, context()) == (
        "4项民心工程中\uff0c服务类以学雷锋志愿者服务行动参与面最广\uff0865.0%\uff09\uff0c"
        "法律援助可计算的单位最少\uff089家\uff09"
    )


def test_where_most_units_are_too_small_for_a_rate_the_title_says_how_many_are_not():
    table = programmes(("elder_care", "service", 300, 1000, 77), ("legal_aid", "service", 10, 400, 44))
    few = table.assign(n_large=[74, 5])

    assert categories_finding(few, context()).endswith("法律援助可计算的单位最少（44家有分母，其中5家满10人）")


def test_programmes_that_chance_cannot_tell_apart_share_the_title():
    alike = [("elder_care", "service", 300, 1000, 77), ("disability_aid", "service", 295, 1000, 77)]

    title = categories_finding(programmes(*alike, ("legal_aid", "service", 10, 1000, 77)), context())
    assert "敬老爱老助老、扶残助残" in title
    assert "无明显差异" in title


def test_when_no_service_stands_apart_none_is_called_the_first():
    table = programmes(("elder_care", "service", 300, 1000, 77), ("disability_aid", "service", 295, 1000, 77))

    assert categories_finding(table, context()) == "可以列示的2项服务类活动参与面无明显差异（29.5%—30.0%）"


def test_a_service_alone_reaches_no_more_than_others():
    table = programmes(("elder_care", "service", 300, 1000, 77), ("disability_aid", "service", None, None, 0))

    assert categories_finding(table, context()) == "服务类只有敬老爱老助老可以列示参与率（30.0%）"


def test_a_programme_of_no_unit_is_not_the_one_with_fewest():
    services = [("elder_care", "service", 300, 1000, 77), ("disability_aid", "service", 100, 1000, 77)]

    title = categories_finding(programmes(*services, ("legal_aid", "service", None, None, 0)), context())
    assert title.endswith("法律援助没有可计算的单位")


def test_the_fewest_units_are_named_only_when_one_programme_has_them():
    table = programmes(("elder_care", "service", 300, 1000, 70), ("disability_aid", "service", 100, 1000, 70))

    assert "最少" not in categories_finding(table, context())


@pytest.mark.parametrize(
    "marks, title",
    [
        (
            ["near"] * 74 + ["higher"] * 3 + ["lower"] * 2,
            "74家单位在正常波动范围内\uff0c明显高于同类3家、低于同类2家",
        ),
        (["near"] * 5 + ["higher"], "5家单位在正常波动范围内\uff0c明显高于同类1家\uff0c没有明显低于同类的"),
        (["near"] * 5 + ["lower"], "5家单位在正常波动范围内\uff0c明显低于同类1家\uff0c没有明显高于同类的"),
        (["near"] * 5 + ["small", "lead"], "可比的5家单位活跃志愿者率与同类相比均无明显差异"),
        (["small", "none"], "尚无可比单位的活跃志愿者率"),
    ],
)
def test_only_the_classes_of_the_comparison_are_counted(marks, title):
    assert volunteers_finding(pd.DataFrame({"mark": marks}), context()) == title


def test_a_median_of_which_only_limits_are_told_does_not_read_as_a_spread():
    words = Words(sample_reference(), "zh")

    assert median_words(0.895, 0.931, words) == "在89.5%—93.1%之间\uff08部分人数不列\uff09"
    assert median_words(0.895, 0.895, words) == "89.5%"
