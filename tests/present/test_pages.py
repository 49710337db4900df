"""Notebooks as pages: run for a year, no code, and nothing that calls the network."""

from __future__ import annotations

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.present.pages import PageFault, run_notebook, to_page, write_pages
from tests.present.made_up import YEAR, write_made_up_year

OUTSIDE = re.compile(r"""(src|href|import|url\()\s*=?\s*\(?["']?\s*(https?:)?//""", re.IGNORECASE)
PARAMETERS = new_code_cell("YEAR = 1999", metadata={"tags": ["parameters"]})


def notebook_of(*cells):
    return new_notebook(cells=list(cells))


def save(notebook, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(notebook), encoding="utf-8")


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("project") / "data"
    write_made_up_year(folder)
    return folder


@pytest.fixture(scope="module")
def page(data_dir, tmp_path_factory):
    """The page of a notebook with an answer, a chart and its table."""
    folder = tmp_path_factory.mktemp("pages")
    cells = [
        new_markdown_cell("# 报表收齐了吗\n\n[more](https://example.org/x) ![](http://example.org/p.png)"),
        PARAMETERS,
        new_code_cell("from analysis.notebook import open_year\n\nyear = open_year(YEAR)\nyear.answer('intake')"),
        new_code_cell("year.chart('C1')"),
        new_code_cell("year.chart_table('C1')"),
        new_code_cell("print(YEAR)"),
    ]
    save(notebook_of(*cells), folder / "notebooks" / "01_intake.ipynb")
    (written,) = write_pages(folder / "notebooks", folder / "out", data_dir, YEAR)
    return written.read_text("utf-8")


def test_a_page_has_no_outside_address(page):
    assert OUTSIDE.search(page) is None
    assert "<script" not in page


def test_a_page_shows_results_and_no_code(page):
    assert "open_year" not in page
    assert "80家单位已报78家" in page
    assert '<table data-chart="C1">' in page
    assert "<pre>2025\n</pre>" in page


def test_a_page_is_one_file_in_chinese_with_pictures_that_can_be_read_aloud(page):
    assert '<html lang="zh-CN">' in page
    assert "<title>报表收齐了吗</title>" in page
    assert re.search(r'<img alt="\[C1\] 80家单位已报78家[^"]*" src="data:image/png;base64,', page)


def test_the_foot_says_that_the_city_is_fictitious(page):
    assert "虚构城市澜江市样例数据" in page.rpartition("<footer>")[2]


def test_a_page_leads_back_to_the_first_page_and_takes_the_font_beside_it(page):
    assert '<nav><a href="../index.html">首页</a></nav>' in page
    assert '<link rel="stylesheet" href="../fonts/chinese.css">' in page


def test_a_notebook_that_stops_is_named_with_its_error(data_dir, tmp_path):
    save(notebook_of(PARAMETERS, new_code_cell("1 / 0")), tmp_path / "notebooks" / "09_wrong.ipynb")

    with pytest.raises(PageFault, match=r"09_wrong\.ipynb: ZeroDivisionError"):
        write_pages(tmp_path / "notebooks", tmp_path / "out", data_dir, YEAR)


def test_an_unknown_parameter_is_refused_and_the_known_ones_are_named(data_dir, tmp_path):
    """papermill alone only warns, and runs for another unit than was asked."""
    path = tmp_path / "07_unit.ipynb"
    save(notebook_of(new_code_cell('YEAR = 1999\nUNIT = "x"', metadata={"tags": ["parameters"]})), path)

    with pytest.raises(PageFault, match=r"07_unit\.ipynb: 没有参数 UINT;可用:YEAR、UNIT"):
        run_notebook(path, data_dir, {"YEAR": YEAR, "UINT": "市财政局"})


def test_a_cell_with_widgets_is_neither_run_nor_on_the_page(data_dir, tmp_path):
    widget = new_code_cell("1 / 0", metadata={"tags": ["nbval-skip"]})
    save(notebook_of(PARAMETERS, widget, new_code_cell("print(YEAR)")), tmp_path / "notebooks" / "00_start.ipynb")

    (written,) = write_pages(tmp_path / "notebooks", tmp_path / "out", data_dir, YEAR)

    assert written.read_text("utf-8").count("<pre>") == 1


def test_a_link_to_another_notebook_leads_to_its_page():
    assert 'href="01_intake.html"' in to_page(notebook_of(new_markdown_cell("[x](01_intake.ipynb)")), "foot")


def test_text_that_looks_like_markup_is_shown_as_text():
    cell = new_code_cell("x", outputs=[nbformat.v4.new_output("stream", name="stdout", text="<b>5</b>")])

    assert "<pre>&lt;b&gt;5&lt;/b&gt;</pre>" in to_page(notebook_of(cell), "foot")
