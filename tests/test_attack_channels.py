"""One hidden number told once, in one place of one file: the attacker finds it, wherever that is."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from pptx import Presentation
from pptx.util import Inches

from tests.attacker import attack

YEAR = 2025
REGISTER = "code,short_name\nLJ-P02,市委办\nLJ-P03,市委组织部\n"
HEADS = ["单位代码", "单位简称", "同类组", "分子", "分母", "比率", "不列的数字"]
ENGLISH = ["Unit code", "Unit", "Peer group", "Numerator", "Denominator", "Rate", "Withheld"]
HIDDEN = ["LJ-P02", "市委办", "党委及人大政协法检", "", "76", "", "<5人"]
SHOWN = ["LJ-P03", "市委组织部", "党委及人大政协法检", "29", "68", "", ""]
FOUND = ("LJ-P02", 3, 3)


def write_csv(path: Path, *rows: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as sink:
        csv.writer(sink).writerows(rows)


@pytest.fixture
def reports(tmp_path):
    """Reports of a year of two units: of the first, volunteers are hidden."""
    (tmp_path / "units.csv").write_text(REGISTER, encoding="utf-8-sig")
    write_csv(tmp_path / str(YEAR) / "charts" / "C5_volunteers.csv", HEADS, HIDDEN, SHOWN)
    return tmp_path


def found(reports: Path) -> set[tuple[str, float, float]]:
    return {(one.unit, one.low, one.high) for one in attack(reports, [YEAR], reports / "units.csv")}


def html_table(heads: list[str], *rows: list[str]) -> str:
    head = "".join(f"<th>{cell}</th>" for cell in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def write_page(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"<html><body>{text}</body></html>", encoding="utf-8")


def test_nothing_is_found_where_nothing_is_told(reports):
    assert found(reports) == set()


def test_in_the_english_table_beside_a_chart(reports):
    told = ["LJ-P02", "市委办", "Organs", "3", "76", "", ""]
    write_csv(reports / str(YEAR) / "charts" / "C5_volunteers_en.csv", ENGLISH, told, ["LJ-P03", *SHOWN[1:]])

    assert found(reports) == {FOUND}


def test_in_a_rate_whose_denominator_stands_in_another_table(reports):
    """3/76 = 3.9%, 2/76 = 2.6%, 4/76 = 5.3%."""
    table = html_table(["单位简称", "上年比率", "比率"], ["市委办", "9.1%", "3.9%"])
    write_page(reports / str(YEAR) / "notebooks" / "00_start.html", f"<h3>哪些单位的活跃志愿者率降得最多？</h3>{table}")

    assert found(reports) == {FOUND}


def test_in_a_table_that_names_its_unit_only_above(reports):
    table = html_table(["指标", "活动类别", "分子", "分母"], ["活跃志愿者率", "—", "3", "76"])
    page = f"<details><summary>市委办：图的数据（1行）</summary>{table}</details>"
    write_page(reports / str(YEAR) / "notebooks" / "00_start.html", page)

    assert found(reports) == {FOUND}


def test_in_a_difference_beside_the_rate_of_last_year(reports):
    """7/70 = 10.0% last year, 6.1 points less: 3.9% of 76 are 3."""
    heads = ["单位简称", "上年分子", "上年分母", "分母", "上年比率", "比率", "差（个百分点）"]
    table = html_table(heads, ["市委办", "7", "70", "76", "10.0%", "—", "−6.1"])
    write_page(reports / str(YEAR) / "notebooks" / "04_change.html", f"<h2>活跃志愿者率</h2>{table}")

    assert found(reports) == {FOUND}


def test_in_the_page_of_a_figure_in_either_language(reports):
    pages = reports / str(YEAR) / "figures"
    own = html_table(["单位", "同类组", "分子", "分母"], ["市委办", "党委及人大政协法检", "—", "76"])
    write_page(pages / "I06.html", own)
    write_page(
        pages / "I06_en.html",
        html_table(["Unit", "Peer group", "Numerator", "Denominator"], ["市委办", "Organs", "3", "76"]),
    )

    assert found(reports) == {FOUND}


def test_in_the_annex(reports):
    book = openpyxl.Workbook()
    book.active.title = "图C5"
    for row in (HEADS, [*HIDDEN[:3], 3, *HIDDEN[4:6], ""], SHOWN):
        book.active.append(row)
    book.save(reports / str(YEAR) / "annex.xlsx")

    assert found(reports) == {FOUND}


@pytest.mark.parametrize("name", ["meeting.pptx", "meeting_a4.pptx"])
def test_in_a_table_of_a_deck(reports, name):
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    table = slide.shapes.add_table(2, 4, Inches(1), Inches(1), Inches(6), Inches(1)).table
    for y, row in enumerate([["单位简称", "指标", "分子", "分母"], ["市委办", "活跃志愿者率", "3", "76"]]):
        for x, text in enumerate(row):
            table.cell(y, x).text = text
    deck.save(reports / str(YEAR) / name)

    assert found(reports) == {FOUND}


def test_in_a_table_of_the_circular(reports):
    letter = Document()
    table = letter.add_table(2, 4)
    for y, row in enumerate([["单位简称", "指标", "分子", "分母"], ["市委办", "活跃志愿者率", "3", "76"]]):
        for x, text in enumerate(row):
            table.cell(y, x).text = text
    letter.save(reports / str(YEAR) / "circular.docx")

    assert found(reports) == {FOUND}


def test_in_a_total_on_the_first_page_of_the_site(reports):
    """29 + 3 = 32 of two units; a programme stands there among the indicators."""
    total = html_table(["指标", "分子", "分母", "计入单位数"], ["学雷锋志愿者服务行动", "32", "144", "2"])
    write_page(reports / str(YEAR) / "index.html", total)

    assert found(reports) == {FOUND}


def test_in_a_report_of_the_year_after(reports):
    after = reports / str(YEAR + 1) / "charts" / "C6_change.csv"
    write_csv(
        after, ["单位代码", "单位简称", "指标", "上年分子", "上年分母"], ["LJ-P02", "市委办", "活跃志愿者率", "3", "76"]
    )
    both = attack(reports, [YEAR, YEAR + 1], reports / "units.csv")

    assert {(one.unit, one.low, one.high) for one in both} == {FOUND}
