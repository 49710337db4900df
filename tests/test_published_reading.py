"""Nothing that leaves the office stays unread: a new kind of file, table or number fails here until somebody decides."""

from __future__ import annotations

import csv
import re
import zipfile
from collections import Counter

import openpyxl
import pytest

from tests.published_everything import read_everything
from tests.published_files import ENGLISH, leaving
from tests.published_tables import ROOT, number, read_register

FOLDERS = [folder for year in (2024, 2025) if (folder := ROOT / "reports" / str(year)).is_dir()]
READ = {".csv", ".html", ".xlsx", ".pptx", ".docx"}  # tables and texts
TEXTS = {".svg"}  # titles, notes and names, as comments beside the outlines of letters
PICTURES = {".png"}  # the same drawing as the SVG of that name
NO_NUMBERS = {"fonts/chinese.css"}
NO_TABLE = {"suppressed.csv"}  # reasons without numbers: `read_reasons`
PARTS = re.compile(r".*\.(xml|rels)|(ppt|word)/media/image\d+\.png")
COUNTS = {"分子", "分母", "比率", "上年分子", "上年分母", "上年比率", "差（个百分点）", "95%区间下限", "95%区间上限"}
GROUPS = {"同类中位数", "同类中位数不低于", "同类中位数不高于", "同类合并率", "离散系数", "单位数"}
OPEN = {
    **dict.fromkeys(("差的95%下限", "差的95%上限"), "from the two counts beside it, hidden with them"),
    **dict.fromkeys(
        (
            "95%控制限下限",
            "95%控制限上限",
            "99.8%控制限下限",
            "99.8%控制限上限",
            "组间方差",
            "组间方差(用于放宽)",
            "自由度",
        ),
        "of the group, made of what is shown, as the dispersion is",
    ),
    **dict.fromkeys(
        ("收缩估计", "位次下限", "位次上限", "p值(双侧)", "q值(错误发现率)"), "for counts shown only: tested below"
    ),
    **dict.fromkeys(
        ("合计", "最低总分", "最高总分", "得分（区间）", "还差分数", "城乡各一户时的总分", "城乡任一户时的总分"),
        "points: two decimals",
    ),
    **dict.fromkeys(("同类得分中位", "同类中位", "分数线"), "points: of the group, or of the scheme"),
    **dict.fromkeys(
        ("命名或保留概率", "建议等次概率", "前列概率", "概率误差", "模拟次数", "收敛", "临界", "标兵"),
        "of draws around the total",
    ),
    **dict.fromkeys(
        ("健全项数", "待核单位数", "待核数", "退回文件", "表间矛盾", "迟报天数", "单元格数", "指数(I36)", "线索种类数"),
        "no people",
    ),
    **dict.fromkeys(("序号", "回避人数"), "of the meeting"),
    "数量": "steps to the class above: `public_steps`",
    "数值": "cells of a figure whose every number may be shown",
    "原始填写": "the same",
}
pytestmark = pytest.mark.skipif(not FOLDERS, reason="no reports of the sample; make report")


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.name)
def folder(request):
    return request.param


def test_every_file_that_leaves_is_read_or_is_the_picture_of_one_that_is(folder):
    for path in leaving(folder):
        name = path.relative_to(folder).as_posix()
        is_picture = path.suffix in PICTURES and path.with_suffix(".svg").is_file()
        assert path.suffix in READ | TEXTS or is_picture or name in NO_NUMBERS, f"{name}: who reads this?"


def test_office_files_hold_nothing_but_texts_and_pictures(folder):
    """No workbook inside a deck, no macro, no printer setting: their numbers would be read by nobody here."""
    for path in (path for path in leaving(folder) if path.suffix in (".xlsx", ".pptx", ".docx")):
        with zipfile.ZipFile(path) as package:
            assert [name for name in package.namelist() if not PARTS.fullmatch(name)] == [], path.name


def rows_inside(path) -> int:
    """The rows of numbers in the tables of a file, counted another way than the attacker reads them."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as source:
            return sum(1 for _ in csv.reader(source)) - 1
    if path.suffix == ".html":
        page = path.read_text(encoding="utf-8")
        return len(re.findall(r"<tr\b", page)) - len(re.findall(r"<thead\b", page)) + len(re.findall(r"<dl\b", page))
    if path.suffix == ".xlsx":
        filled = [sum(cell is not None for cell in row) > 1 for row in cells_of(path)]
        return sum(filled) - sum(now and not before for now, before in zip(filled, [False, *filled], strict=False))
    mark = {".pptx": (b"<a:tr ", b"<a:tbl>"), ".docx": (b"<w:tr>", b"<w:tbl>")}[path.suffix]
    with zipfile.ZipFile(path) as package:
        parts = [package.read(name) for name in package.namelist() if name.endswith(".xml")]
    return sum(part.count(mark[0]) - part.count(mark[1]) for part in parts)


def cells_of(path) -> list[tuple[object, ...]]:
    """All rows of all sheets, also of hidden ones, with an empty one after each sheet."""
    book = openpyxl.load_workbook(path)
    return [row for sheet in book.worksheets for row in [*sheet.iter_rows(values_only=True), ()]]


def test_every_row_of_every_table_is_read(folder):
    read: Counter[str] = Counter()
    for table in read_everything(folder, int(folder.name)):
        read[table.name.removeprefix("site ").split(" ")[0]] += len(table.rows)
    inside = {
        path.name: rows_inside(path) for path in leaving(folder) if path.suffix in READ and path.name not in NO_TABLE
    }

    assert {name: (n, read[name]) for name, n in inside.items() if n != read[name]} == {}
    assert sum(inside.values()) > 3000


def test_of_every_number_beside_the_name_of_a_unit_it_is_decided_who_reads_it(folder):
    names = read_register(ROOT / "data" / "reference" / "units.csv")
    heads = {
        head
        for table in read_everything(folder, int(folder.name))
        for row in table.rows
        if any(cell in names for cell in row.values())
        for head, cell in row.items()
        if number(cell)
    }

    assert heads - COUNTS - GROUPS - set(OPEN) == set()
    assert len(heads & COUNTS) > 4


def test_ranks_and_chances_stand_only_beside_counts_that_are_shown(folder):
    for table in read_everything(folder, int(folder.name)):
        for row in table.rows:
            if any(number(row.get(head, "")) for head in ("收缩估计", "位次下限", "p值(双侧)")):
                assert number(row["分子"]), (table.name, row)


def test_points_have_two_decimals_wherever_they_stand(folder):
    heads = [head for head, why in OPEN.items() if why == "points: two decimals"]
    long = {
        (table.name, head)
        for table in read_everything(folder, int(folder.name))
        for row in table.rows
        for head in heads
        if any(cell in row for cell in ("单位代码", "单位简称", "单位")) and re.search(r"\.\d{3}", row.get(head, ""))
    }

    assert long == set()


def test_both_languages_are_read_of_whatever_has_two(folder):
    read = {table.name.removeprefix("site ").split(" ")[0] for table in read_everything(folder, int(folder.name))}
    pairs = [name for name in read if ENGLISH.search(name)]

    assert len(pairs) > 14
    assert {ENGLISH.sub("", name) for name in pairs} <= read
