"""The bench of an analyst: names that find their thing, rows that may leave the office, errors that suggest."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest

from analysis.notebook import UnknownName, open_year
from analysis.present.labels import load_phrases
from analysis.present.save_charts import CHARTS
from tests.present.made_up import YEAR, write_made_up_year


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench") / "data"
    write_made_up_year(folder)
    return open_year(YEAR, data_dir=folder)


def test_the_package_opens_a_year_and_loads_nothing_before():
    """The command line and the workers import the package often."""
    said = "import sys, analysis; assert 'pandas' not in sys.modules; from analysis import open_year; print(open_year)"

    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)

    assert "function open_year" in done.stdout


@pytest.mark.parametrize("text", ["财政局", "市财政局", "LJ-G09", "lj-g09"])
def test_a_unit_is_found_by_code_or_name(year, text):
    assert year.unit(text).code == "LJ-G09"


def test_a_slip_in_the_name_of_a_unit_is_answered_with_the_nearest(year):
    with pytest.raises(UnknownName, match=r"没有单位“财正局”；相近的有：市财政局 \| no unit “财正局”; near: 市财政局$"):
        year.unit("财正局")


def test_a_name_that_several_units_share_is_never_decided(year):
    with pytest.raises(UnknownName, match="可选：市委办、市委组织部"):
        year.unit("市委")


def test_a_name_cut_short_is_answered_with_all_that_it_may_mean(year):
    with pytest.raises(
        UnknownName, match=r"“市局”对应33个单位，请写得更全或写代码；可选：市委老干部局、市信访局.*等33个"
    ):
        year.unit("市局")


@pytest.mark.parametrize(
    "text, code", [("志愿服务", "lei_feng_volunteer"), ("敬老", "elder_care"), ("elder_care", "elder_care")]
)
def test_a_category_is_found_by_its_aliases(year, text, code):
    assert year.category(text).code == code


@pytest.mark.parametrize("text", ["捐款", "登月"])
def test_a_category_that_is_none_or_several_is_an_error(year, text):
    with pytest.raises(UnknownName, match=f"没有类别“{text}”"):
        year.category(text)


@pytest.mark.parametrize("text", ["C5", "c5", "funnel", "漏斗图", "volunteers"])
def test_a_chart_is_found_by_code_or_name(year, text):
    assert year.chart(text).code == "C5"


def test_every_chart_has_a_name():
    assert [code for code in CHARTS if f"chart_name.{code}" not in load_phrases()] == []


def test_a_chart_that_needs_what_the_year_has_not_is_no_chart_of_the_year(year):
    assert "C10" not in year.charts
    with pytest.raises(UnknownName, match="没有本年度可作的图“C10”"):
        year.chart("C10")


def test_the_funnel_of_another_figure_names_that_figure(year):
    picture = year.chart("funnel", category="志愿服务")

    assert picture.finding.startswith("学雷锋志愿者服务行动")
    assert year.chart("funnel", indicator="I06").finding == year.chart("C5").finding


def test_what_is_not_compared_between_units_gets_no_chart_of_units(year):
    """Giving and blood are voluntary: no unit stands above another."""
    with pytest.raises(UnknownName, match="没有可在单位之间比较的指标“无偿献血”"):
        year.chart("strip", category="无偿献血")


def test_a_chart_of_one_figure_only_takes_no_other(year):
    with pytest.raises(UnknownName, match="没有可换指标的图“C1”；可选：C2、C5"):
        year.chart("C1", indicator="I06")


def test_a_chart_of_a_programme_leaves_out_who_leads_it(year):
    table = year.chart_data("strip", category="志愿服务")
    leads = [unit.code for unit in year.reference.units if "lei_feng_volunteer" in unit.lead_of]

    assert leads
    assert not set(leads) & set(table["unit_code"])


def test_rows_are_chosen_by_name_and_stay_an_ordinary_table(year):
    rows = year.pick("rates", unit="财政局", indicator="总体参与率")

    assert type(rows) is pd.DataFrame
    assert rows[["unit_code", "short_name", "indicator"]].to_numpy().tolist() == [["LJ-G09", "市财政局", "I02"]]


def test_a_filter_takes_a_word_for_its_code_and_a_list(year):
    by_word = year.pick("rates", status="正常")
    by_codes = year.pick("rates", unit=["财政局", "科技局"])

    assert set(by_word["status"]) == {"ok"}
    assert set(by_codes["unit_code"]) == {"LJ-G09", "LJ-G04"}


def test_a_code_that_no_row_of_the_year_has_gives_no_row(year):
    """Another year may have it: the same notebook runs for both."""
    assert year.pick("rates", status="not_applicable").empty


def test_picked_rows_hide_what_the_full_table_has(year):
    hidden = year.hidden
    first = hidden[(hidden["level"] == "unit") & (hidden["part"] == "numerator")].iloc[0]
    key = {"unit": first["unit_code"], "indicator": first["indicator"], "category": first["category"] or None}
    full = year.rates[(year.rates["unit_code"] == key["unit"]) & (year.rates["indicator"] == key["indicator"])]

    shown = year.pick("rates", **key)

    assert full["numerator"].notna().any()
    assert shown[["numerator", "rate"]].isna().all(axis=None)


def test_a_table_without_a_version_for_outside_is_refused_with_the_way_to_the_full_one(year):
    with pytest.raises(UnknownName, match=r"year\.facts"):
        year.pick("facts")


@pytest.mark.parametrize(
    "call, said",
    [
        (lambda year: year.pick("rates", status="okk"), "没有取值“okk”"),
        (lambda year: year.pick("rates", unitt="x"), "没有列“unitt”；相近的有：unit、unit_code"),
        (lambda year: year.pick("ratess"), "没有表“ratess”；相近的有：rates"),
        (lambda year: year.table("profil", "财政局"), "没有小表“profil”；相近的有：profile"),
        (lambda year: year.chart("funnel", indicator="I99"), "没有指标“I99”"),
        (lambda year: year.chart("funel"), "没有图“funel”；相近的有：C5 漏斗图 funnel"),
        (lambda year: year.chart("funnel", indicator="总体参予率"), "没有指标“总体参予率”；相近的有：I02 总体参与率"),
        (lambda year: year.answer("x"), "没有答案“x”；可选：start、charts、intake"),
        (lambda year: year.answer("partcipation"), "没有答案“partcipation”；相近的有：participation"),
        (lambda year: year.answer("profile"), r"针对一家单位.*year\.answer\(\"profile\", \"市纪委监委\"\)"),
        (lambda year: year.table("unit_cells"), "“unit_cells”针对一家单位"),
    ],
)
def test_what_is_not_there_is_answered_with_what_is(year, call, said):
    with pytest.raises(UnknownName, match=said):
        call(year)


def test_a_notebook_shows_the_words_of_the_error_and_no_lines_of_code(year):
    """IPython prints what `_render_traceback_` gives."""
    with pytest.raises(UnknownName) as fault:
        year.chart("funel")

    assert fault.value._render_traceback_() == [
        "UnknownName:",
        "没有图“funel”；相近的有：C5 漏斗图 funnel",
        "no chart “funel”; near: C5 漏斗图 funnel",
    ]


def test_a_unit_without_a_rate_to_work_out_is_answered_in_words(year):
    rates = year.rates[(year.rates["indicator"] == "I06") & (year.rates["status"] != "ok")]

    with pytest.raises(UnknownName, match="没有可以手算的比率"):
        year.worked_rate(rates["unit_code"].iloc[0])


def test_an_unknown_table_is_no_attribute_and_suggests(year):
    with pytest.raises(AttributeError, match="相近的有：rates"):
        _ = year.ratess


def test_tab_shows_the_tables_and_no_inner_name(year):
    names = dir(year)

    assert {"rates", "scorecards", "unit", "chart", "trace"} <= set(names)
    assert not [name for name in names if name.startswith("_")]


def test_a_table_in_words_says_how_many_rows_it_leaves_out(year):
    table = year.show("rates", indicator="总体参与率", rows=5)

    assert table.html.count("<tr>") == 6
    assert "只列前5行，共80行" in table.caption
    assert "<th>单位简称</th>" in table.html


def test_any_table_of_ours_is_shown_in_words(year):
    assert "总体参与率" in year.show(year.rates[year.rates["indicator"] == "I02"].head(2)).html


def test_the_columns_of_a_table_are_described(year):
    table = year.describe("rates")

    assert "<td>ci_low</td><td>95%区间下限</td>" in table.html


def test_the_profile_of_a_unit_is_drawn_without_what_is_hidden(year):
    unit = year.unit("财政局")

    assert unit.chart().finding.startswith("市财政局：与同类相比")
    assert "<tbody>" in unit.profile().html
    assert set(unit.rates["unit_code"]) == {"LJ-G09"}


def test_the_year_tells_what_can_be_typed_next(year):
    assert "year.describe(&quot;rates&quot;)" in year._repr_html_() or 'year.describe("rates")' in year._repr_html_()
    assert repr(year) == f"open_year({YEAR})"
