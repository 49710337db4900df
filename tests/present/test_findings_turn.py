"""The sentence of every chart follows its data, all the way from the rates: turn them and it turns."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.measures.comparison import comparison
from analysis.measures.disclosure import hidden_figures
from analysis.present.context import make_context
from analysis.present.save_charts import CHARTS
from tests.present.made_up import made_up_change, made_up_tables, rate_row, sample_reference

UNITS = made_up_tables()["units"]


def title(code, rates, lang="zh"):
    """The finding of a chart in a year with these rates."""
    reference, units = sample_reference(), UNITS
    made = {**made_up_tables(), "rates": rates, "comparison": comparison(rates, units, reference)}
    tables = {**made, "hidden": hidden_figures(rates, units, reference)}
    return CHARTS[code].finding(CHARTS[code].table(tables, reference), make_context(units, reference, lang))


def everyone(share, indicator="I02", category="", **apart):
    """Every unit of 200 people with this share; units named by `short_name` have their own."""
    own = {name: apart.get(name, share) for name in UNITS["short_name"]}
    return pd.DataFrame(
        [
            rate_row(code, indicator, round(200 * own[name]), 200, category)
            for code, name in zip(UNITS["unit_code"], UNITS["short_name"], strict=True)
        ]
    )


def first_of(group):
    return UNITS.loc[UNITS["peer_group"] == group, "short_name"].iloc[0]


def group_name(code):
    return {group.code: group.zh for group in sample_reference().peer_groups}[code]


@pytest.mark.parametrize("group", ["PG1", "PG4"])
def test_c2_names_the_group_in_which_a_unit_stands_apart(group):
    assert group_name(group) in title("C2", everyone(0.8, **{first_of(group): 0.3}))


def test_c2_says_so_when_no_units_differ():
    assert title("C2", everyone(0.8)) == "可以列示的各单位总体参与率均为80.0%"
    nearly = title("C2", everyone(0.8, **{first_of("PG1"): 0.81}))
    assert nearly == "总体参与率中位数80.0%\uff0c同类单位之间无明显差异\uff0880.0%至81.0%\uff09"


def test_c3_names_the_service_that_reaches_most_and_turns_with_it():
    def first(volunteers, elders):
        rows = [everyone(volunteers, "I01", "lei_feng_volunteer"), everyone(elders, "I01", "elder_care")]
        return title("C3", pd.concat(rows, ignore_index=True))

    assert "以学雷锋志愿者服务行动参与面最广\uff0860.0%\uff09" in first(0.6, 0.3)
    assert "以敬老爱老助老参与面最广\uff0860.0%\uff09" in first(0.3, 0.6)
    assert "无明显差异" in first(0.6, 0.6)


def test_c5_counts_who_stands_above_and_below_and_says_so_when_none_does():
    group = first_of("PG2")

    assert "明显高于同类1家" in title("C5", everyone(0.5, "I06", **{group: 0.95}))
    assert "明显低于同类1家" in title("C5", everyone(0.5, "I06", **{group: 0.05}))
    assert title("C5", everyone(0.5, "I06")).endswith("均无明显差异")


def test_c6_turns_round_when_the_years_change_places():
    reference = sample_reference()
    rates = everyone(0.5, **{first_of("PG2"): 0.9})
    before = everyone(0.5)

    def said(this, last):
        change = made_up_change(this, UNITS, shift=0)
        own = change["change"]
        own["numerator_before"] = last["numerator"].to_numpy()
        own["rate_before"] = last["rate"].to_numpy()
        own["difference"] = own["rate"] - own["rate_before"]
        hidden = hidden_figures(this, UNITS, reference)
        tables = {**made_up_tables(), **change, "hidden": hidden, "hidden_before": hidden.iloc[:0]}
        return CHARTS["C6"].finding(CHARTS["C6"].table(tables, reference), make_context(UNITS, reference))

    assert "明显上升1家\uff0c没有明显下降的" in said(rates, before)
    assert "明显下降1家\uff0c没有明显上升的" in said(before, rates)
    assert "均无明显差异" in said(before, before)


def test_c7_turns_when_march_and_another_month_change_places():
    tables, reference = made_up_tables(), sample_reference()

    def said(months):
        wide = months.pivot_table(index="unit_code", columns="month", values="person_times", dropna=False)
        rows = [
            {**rate_row(code, "I09", None, times.sum()), "numerator": times[3], "rate": times[3] / times.sum()}
            for code, times in wide.iterrows()
            if times.notna().all()
        ]
        made = {**tables, "months": months, "rates": pd.DataFrame(rows)}
        return CHARTS["C7"].finding(CHARTS["C7"].table(made, reference), make_context(UNITS, reference))

    months = tables["months"]
    turned = months.assign(month=months["month"].replace({3: 9, 9: 3}))
    level = months.assign(person_times=np.where(months["person_times"].notna(), 10.0, np.nan))
    assert "存在“三月来四月走”现象" in said(months)
    assert said(turned).endswith("没有明显集中")
    assert said(level).endswith("没有明显集中")
