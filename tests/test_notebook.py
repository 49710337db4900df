"""What notebooks may use: a year, its tables as they are asked for, and a clear word when there is none."""

from __future__ import annotations

import pytest

from analysis.notebook import LONG_TABLE, UnknownName, open_year
from analysis.present.year_tables import YEAR_TABLES
from tests.present.made_up import YEAR, write_made_up_year


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("project") / "data"
    write_made_up_year(folder)
    return folder


def test_without_clean_data_the_error_says_what_to_run(tmp_path):
    with pytest.raises(UnknownName, match=r"civility new-year.*make report"):
        open_year(YEAR, data_dir=tmp_path)


def test_a_year_that_is_not_there_is_named_with_those_that_are(data_dir):
    with pytest.raises(UnknownName, match=f"没有 1999 年度.*现有：{YEAR}.*make report YEAR=1999"):
        open_year(1999, data_dir=data_dir)


def test_a_year_whose_returns_are_there_has_only_to_be_run(tmp_path):
    (tmp_path / "raw" / "1999").mkdir(parents=True)

    with pytest.raises(UnknownName, match=r"尚未处理.*请先运行 make report YEAR=1999") as fault:
        open_year(1999, data_dir=tmp_path)
    assert "new-year" not in str(fault.value)


@pytest.mark.parametrize("year", [str(YEAR), float(YEAR)])
def test_a_year_in_quotes_is_answered_with_how_to_write_it(data_dir, year):
    with pytest.raises(UnknownName, match=rf"年度须写成整数.*{year!r}.*open_year\({YEAR}\)"):
        open_year(year, data_dir=data_dir)


def test_a_language_that_we_do_not_speak_is_not_taken_for_english(data_dir):
    with pytest.raises(UnknownName, match="没有语言“cn”；可选：zh、en"):
        open_year(YEAR, "cn", data_dir=data_dir)


def test_the_year_asked_for_is_opened(data_dir):
    year = open_year(YEAR, data_dir=data_dir)

    assert year.year == YEAR
    assert len(year.units) == 80
    assert year.rates["rate"].notna().any()


def test_tables_are_read_once_and_only_when_asked_for(data_dir):
    year = open_year(YEAR, data_dir=data_dir)

    assert year.units is year.units
    assert set(year.tables._read) == {"units"}


def test_a_table_that_does_not_exist_is_no_table(data_dir):
    with pytest.raises(UnknownName, match="没有表“rate”；相近的有：rates"):
        open_year(YEAR, data_dir=data_dir).tables["rate"]


def test_the_plain_text_of_a_chart_is_its_finding(data_dir):
    """nbval compares it, though it does not compare the picture."""
    picture = open_year(YEAR, data_dir=data_dir).chart("C1")

    assert repr(picture).startswith("[C1] 80家单位已报78家")
    assert picture._repr_png_()[0].startswith(b"\x89PNG")


def test_long_tables_are_folded_and_short_ones_are_not(data_dir):
    year = open_year(YEAR, data_dir=data_dir)

    assert len(year.chart_data("C2")) > LONG_TABLE
    assert year.chart_table("C2").html.startswith("<details>")
    assert year.chart_table("C1").html.startswith("<table")


@pytest.mark.parametrize("name", ["intake", "participation", "comparison", "change", "continuity"])
def test_every_answer_speaks_in_both_languages(data_dir, name):
    answer = open_year(YEAR, data_dir=data_dir).answer(name)

    assert len(answer.zh) == len(answer.en) > 1
    assert "{" not in repr(answer)


@pytest.mark.parametrize(
    "name",
    [
        "files_by_state",
        "files_set_aside",
        "queries_by_rule",
        "facts_by_status",
        "city_figures",
        "groups_compared",
        "units_outside",
        "units_not_compared",
        *YEAR_TABLES,
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_small_table_has_its_words(data_dir, name, lang):
    table = open_year(YEAR, data_dir=data_dir, lang=lang).table(name)

    assert "<tbody>" in table.html
    assert table.caption


@pytest.mark.parametrize("name", ["profile", "unit_questions", "unit_cells"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_table_of_a_unit_has_its_words(data_dir, name, lang):
    year = open_year(YEAR, data_dir=data_dir, lang=lang)
    table = year.table(name, year.units["unit_code"].iloc[0])

    assert "<tbody>" in table.html
    assert table.caption


def test_units_compared_and_not_compared_are_all_units(data_dir):
    year = open_year(YEAR, data_dir=data_dir)
    groups = year.summary("groups_compared")

    assert groups[["near", "higher", "lower", "not_compared"]].sum().sum() == 80
    assert groups["not_compared"].sum() == len(year.summary("units_not_compared"))
    assert groups[["higher", "lower"]].sum().sum() == len(year.summary("units_outside"))
