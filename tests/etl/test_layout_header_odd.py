"""Which rows are the header of a table that stands, reads or breaks in an unusual way."""

from __future__ import annotations

from tests.etl.layout_grids import record_rows, table_of


def test_header_after_a_long_preamble():
    table = table_of("""
关于报送情况的通知
各单位:请按照要求填写下表,务必真实准确,并于月底前报送至办公室。
一、填报范围为市直机关各单位,包括下属事业单位。
二、联系人为办公室工作人员,有疑问请来电咨询。

附件1

各单位情况汇总
单位名称 | 在岗人数 | 党员人数
甲局 | 30 | 20
乙局 | 25 | 15
""")

    assert table.header_rows == (9,)
    assert record_rows(table) == [10, 11]


def test_table_that_starts_at_column_d_in_row_8():
    table = table_of(
        """
品名 | 数量 | 金额
纸 | 10 | 250
笔 | 40 | 80
""",
        first_row=8,
        first_column=4,
    )

    assert table.header_rows == (8,)
    assert str(table.span) == "D8:F10"


def test_list_of_texts_is_told_by_its_words():
    table = table_of("""
姓名 | 工作单位 | 职务 | 联系地址
王一 | 某局 | 科长 | 和平路
李二 | 某委 | 主任 | 解放路
张三 | 某办 | 科员 | 建设路
""")

    assert table.header_rows == (1,)
    assert record_rows(table) == [2, 3, 4]


def test_english_tier_below_a_chinese_one():
    table = table_of("""
地区 | 总户数 | 总人口
Region | Households | Population
东区 | 300 | 1000
西区 | 200 | 700
""")

    assert table.header_rows == (1, 2)
    assert record_rows(table) == [3, 4]


def test_names_broken_over_two_rows():
    table = table_of("""
地 区 | 年末 | 从业
 | 总人口 | 人员
东区 | 300 | 100
西区 | 200 | 70
""")

    assert table.header_rows == (1, 2)
    assert table.headers[2] == ("年末", "总人口")


def test_name_of_a_part_stands_lower_than_the_whole():
    table = table_of("""
地区 | 总人口 |
 | | #女性
东区 | 300 | 100
西区 | 200 | 70
""")

    assert table.header_rows == (1, 2)


def test_diagonal_corner_in_two_cells():
    table = table_of("""
时间 | 单位 | 1月 | 2月
项目 | ^ | ^ | ^
存款 | 亿元 | 67.5 | 68.1
贷款 | 亿元 | 50.2 | 51.3
""")

    assert table.header_rows == (1, 2)
    assert record_rows(table) == [3, 4]


def test_two_meta_fields_without_known_words_are_no_tier():
    table = table_of("""
甲乙丙协会 | | | 内部资料
名称 | 数量 | 金额 | 备注
纸 | 10 | 250 |
笔 | 40 | 80 |
""")

    assert table.header_rows == (2,)
    assert table.title_rows == (1,)


def test_header_cells_with_line_breaks_and_spaces():
    table = table_of("""
处 室 | 参 加人 数 | ５月 金额（元）
一处 | 10 | 250
二处 | 40 | 80
""")

    assert table.header_rows == (1,)


def test_form_without_any_line_has_no_records():
    table = table_of("""
情况统计表 | < | < | <
序号 | 活动名称 | 参加人数 | <
^ | ^ | 合计 | 其中党员
填表人: | | 审核人: |
""")

    assert table.header_rows == (2, 3)
    assert table.records == ()
    assert table.note_rows == (4,)


def test_budget_codes_in_three_columns():
    table = table_of("""
支出预算表 | < | < | < | < | <
科目编码 | < | < | 科目名称 | 合计 | 基本支出
类 | 款 | 项 | ^ | ^ | ^
** | ** | ** | ** | 1 | 2
201 | 01 | 01 | 行政运行 | 300 | 300
201 | 01 | 02 | 一般管理 | 200 | 0
""")

    assert table.header_rows == (2, 3, 4)
    assert record_rows(table) == [5, 6]
