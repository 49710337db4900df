"""Years in which nobody, or almost nobody, sent a return: everything is made, and every sentence stays one."""

from __future__ import annotations

import shutil

import pytest

from analysis.commands.run_tables import run_tables
from analysis.commands.years import write_year, year_tables
from analysis.folders import find_folders
from analysis.notebook import open_year
from analysis.present.answers import ANSWERS
from analysis.present.answers_year import YEAR_ANSWERS
from analysis.present.year_tables import YEAR_TABLES
from tests.example_year import EXAMPLE, ROOT

YEAR = 2025
RETURNS = sorted(path for path in (EXAMPLE / "raw" / str(YEAR)).rglob("*") if path.is_file())


def nothing(raw):
    """No file at all."""


def one_return(raw):
    """One return of the three of the example."""
    shutil.copy(RETURNS[0], raw)


def one_sent_back(raw):
    """A file that is no workbook."""
    (raw / "市科技局.xlsx").write_bytes(b"not a workbook")


@pytest.fixture(scope="module", params=[nothing, one_return, one_sent_back], ids=lambda send: send.__name__)
def odd(request, tmp_path_factory):
    """The year as a notebook opens it, in Chinese and English, and who sent."""
    data = tmp_path_factory.mktemp("odd") / "data"
    shutil.copytree(ROOT / "data" / "reference", data / "reference")
    (data / "reference" / str(YEAR) / "received.csv").write_text("file,received_at\n", encoding="utf-8-sig")
    raw = data / "raw" / str(YEAR)
    raw.mkdir(parents=True)
    request.param(raw)
    folders, say = find_folders(data), lambda *_: None
    cleaned, tables = year_tables(folders, YEAR, 1, say)
    tables.update(run_tables(data, YEAR, tables, cleaned.reference, cleaned.inputs).tables)
    write_year(folders, YEAR, cleaned, tables, say)
    return request.param, {lang: open_year(YEAR, lang, data) for lang in ("zh", "en")}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_chart_is_drawn_and_its_title_is_a_sentence(odd, lang):
    year = odd[1][lang]

    assert {"C1", "C2", "C3", "C4", "C5", "C6", "C7"} <= set(year.charts)
    for code in year.charts:
        finding = year.chart(code).finding
        assert finding
        assert "nan" not in finding.split()
        assert "{" not in finding


@pytest.mark.parametrize("name", sorted({*ANSWERS, *YEAR_ANSWERS} - {"profile"}))
def test_every_question_has_an_answer_without_a_number_that_is_none(odd, name):
    answer = odd[1]["zh"].answer(name)

    assert answer.zh
    assert not [
        text for text in (*answer.zh, *answer.en) if "nan" in text.replace("finance", "").split() or "nan，" in text
    ]


@pytest.mark.parametrize("name", sorted(YEAR_TABLES))
def test_every_small_table_is_made(odd, name):
    assert odd[1]["zh"].table(name).caption


def test_a_chart_of_a_figure_that_is_compared_says_that_nobody_can_be(odd):
    assert odd[1]["zh"].chart("funnel", category="志愿服务").finding == "学雷锋志愿者服务行动：尚无可比单位"


def test_what_was_not_sent_is_no_question_that_is_open(odd):
    send, years = odd
    said = years["zh"].answer("start").zh

    assert ("没有未结的待核事项。" in said) == (send is not one_sent_back)
    assert ("已报1家" in said[0]) == (send is one_return)
