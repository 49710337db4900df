"""The tables that people fill in for a term, as they are made: who stands there, what is locked, what the cells take."""

from __future__ import annotations

import zipfile

import pytest
from openpyxl import load_workbook

from analysis.commands.take import make_templates
from analysis.folders import Folders
from analysis.reference import ReferenceFault, load_reference
from analysis.reference.assessment_steps import load_protocol
from tests.reference_folder import DATA, copy_reference

YEAR = 2025
TABLES = ("panel", "survey", "departments", "veto")
REFERENCE = load_reference(DATA, YEAR)


@pytest.fixture(scope="module")
def templates(tmp_path_factory):
    folder = tmp_path_factory.mktemp("templates")
    make_templates(Folders(DATA, folder, folder), YEAR, folder)
    return folder


def heads(sheet):
    return {cell.value.split("\n")[0]: cell.column for cell in sheet[1]}


def test_units_stand_in_the_order_of_protocol_each_with_what_is_asked_of_it(templates):
    sheet = load_workbook(templates / "panel.xlsx").active
    places = load_protocol(DATA, REFERENCE)
    units = list(dict.fromkeys(sheet.cell(row, 1).value for row in range(2, sheet.max_row + 1)))

    assert units == sorted(places, key=places.__getitem__)
    first = [[sheet.cell(row, column).value for column in (3, 5)] for row in range(2, 8)]
    assert first == [["A2", 2], ["B1zero", 10], ["B1", 2], ["B5", 2], ["C3", 3], ["D1", 5]]


def test_the_same_scheme_and_register_give_the_same_bytes_without_a_name(templates, tmp_path):
    make_templates(Folders(DATA, tmp_path, tmp_path), YEAR, tmp_path)
    for path in sorted(templates.iterdir()):
        assert path.read_bytes() == (tmp_path / path.name).read_bytes()
    parts = zipfile.ZipFile(templates / "panel.xlsx")
    assert b"openpyxl" not in b"".join(parts.read(name) for name in parts.namelist())


@pytest.mark.parametrize("name", TABLES)
def test_headings_and_what_is_given_are_locked_and_the_other_cells_open(templates, name):
    sheet = load_workbook(templates / f"{name}.xlsx").active
    given = {"单位代码", "单位", "评议代码", "评议内容", "满分", "测评代码", "测评内容", "事项代码", "事项"}

    assert sheet.protection.sheet
    for head, column in heads(sheet).items():
        assert sheet.cell(1, column).protection.locked
        assert sheet.cell(2, column).protection.locked is (head in given)
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize(
    "name, head, kind",
    [("panel", "得分", "custom"), ("panel", "评议日期", "date"), ("survey", "测评人数", "whole"),
     ("departments", "意见", "list"), ("veto", "否决情形", "list"), ("veto", "确认部门", "list")],
)  # fmt: skip
def test_cells_take_only_what_can_be(templates, name, head, kind):
    sheet = load_workbook(templates / f"{name}.xlsx").active
    cell = sheet.cell(2, heads(sheet)[head]).coordinate
    kinds = [rule.type for rule in sheet.data_validations.dataValidation if cell in rule.sqref]

    assert kinds == [kind]


def test_a_year_that_ends_no_term_has_nothing_to_fill_in(tmp_path):
    with pytest.raises(ReferenceFault, match="2024 ends no term"):
        make_templates(Folders(DATA, tmp_path, tmp_path), 2024, tmp_path)


def test_a_name_that_begins_like_a_formula_stays_text(tmp_path):
    folders = Folders(copy_reference(tmp_path), tmp_path, tmp_path)
    path = folders.data / "reference" / "units.csv"
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace(",市纪委监委,", ",=1+1,", 1), encoding="utf-8-sig", newline="")
    make_templates(folders, YEAR, tmp_path / "out")
    cell = load_workbook(tmp_path / "out" / "panel.xlsx").active["B2"]

    assert (cell.value, cell.data_type) == ("'=1+1", "s")
    assert ",'=1+1," in (tmp_path / "out" / "panel.csv").read_text(encoding="utf-8-sig").splitlines()[1]
