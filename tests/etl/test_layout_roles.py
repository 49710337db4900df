"""The role of each cell of a sheet, and the object that says how a workbook is seen."""

from __future__ import annotations

from analysis.etl.inspection import inspect_workbook
from analysis.etl.layout import find_tables
from analysis.etl.layout_roles import cell_roles
from analysis.records import Role, Workbook
from tests.etl.layout_grids import layout_words, sheet_of

RETURN = """
某市活动统计表 | < | <
填报单位:某局 | | 表号:2表
序号 | 活动名称 | 人数
例 | 重阳节慰问 | 10
1 | 植树 | 30
2 | 清扫 | 20
合计 | < | 50
注:按人去重。
填表人:王一 | 审核人:李二

余下
"""


def roles_of(grid: str) -> dict[str, Role]:
    """A1 address -> role."""
    sheet = sheet_of(grid)
    roles = cell_roles(sheet, find_tables(sheet, layout_words()), layout_words())
    return {sheet.cells[place].address: role for place, role in roles.items()}


def test_every_cell_has_one_role():
    roles = roles_of(RETURN)

    assert roles["A1"] == "title"
    assert roles["A2"] == roles["C2"] == "meta"
    assert roles["A3"] == roles["C3"] == "header"
    assert roles["A4"] == roles["B4"] == "example"
    assert roles["B5"] == roles["C6"] == "value"
    assert roles["A7"] == roles["C7"] == "total"
    assert roles["A8"] == "note"
    assert roles["A9"] == roles["B9"] == "footer"
    assert roles["A11"] == "ignored"
    assert len(roles) == len(sheet_of(RETURN).cells)


def test_without_a_header_no_cell_is_a_value():
    roles = roles_of("""
东区 | 31 | 20
西区 | 12 | 8
""")

    assert set(roles.values()) == {"ignored"}


def test_blocks_beside_each_other_have_their_own_roles():
    """Row 4 is a line on the left and a total on the right."""
    roles = roles_of("""
单位 | 人数 | | 项目 | 金额
甲局 | 3 | | 水费 | 100
乙局 | 4 | | 电费 | 250
丙局 | 5 | | 合计 | 350
""")

    assert roles["A4"] == "value"
    assert roles["D4"] == "total"


def test_inspection_tells_the_rows_of_each_table():
    workbook = Workbook("xlsx", (sheet_of(RETURN, name="表2"),))

    seen = inspect_workbook(workbook, "a.xlsx", layout_words(), lambda sheet, table: "F2")
    (sheet,) = seen["sheets"]
    (table,) = sheet["tables"]

    assert (seen["file"], seen["problem"], sheet["sheet"], sheet["hidden"]) == ("a.xlsx", None, "表2", False)
    assert 0.5 <= table.pop("confidence") <= 1
    assert table.pop("wrong_totals") == []
    assert table == {
        "range": "A3:C7",
        "header_rows": [3],
        "first_data_row": 5,
        "last_data_row": 6,
        "n_data_rows": 2,
        "total_rows": [7],
        "note_rows": [8, 9],
        "form": "F2",
    }


def test_inspection_of_what_cannot_be_read_has_no_sheets():
    workbook = Workbook("xlsx", (), problem="M05")

    assert inspect_workbook(workbook, "b.xlsx", layout_words()) == {"file": "b.xlsx", "problem": "M05", "sheets": []}
