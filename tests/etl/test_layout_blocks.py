"""Several tables on one sheet: beside each other and below each other."""

from __future__ import annotations

from tests.etl.layout_grids import record_rows, table_of, tables_of


def seen(grid: str) -> list[tuple[str, tuple[int, ...], list[int], tuple[int, ...]]]:
    """Range, header rows, records and totals of each table."""
    return [(str(table.span), table.header_rows, record_rows(table), table.total_rows) for table in tables_of(grid)]


def test_two_tables_apart_by_a_blank_column():
    assert seen("""
单位 | 人数 | | 项目 | 金额
甲局 | 3 | | 水费 | 100
乙局 | 4 | | 电费 | 250
合计 | 7 | | 燃气 | 30
 | | | 合计 | 380
""") == [
        ("A1:B4", (1,), [2, 3], (4,)),
        ("D1:E5", (1,), [2, 3, 4], (5,)),
    ]


def test_same_names_again_without_a_gap():
    assert seen("""
还原利润表 | < | < | < | < | <
代码 | 项目名称 | 金额 | 代码 | 项目名称 | 金额
01 | 利息收入 | 10 | 07 | 利息支出 | 5
1 | 短期贷款 | 6 | 1 | 活期存款 | 2
2 | 中期贷款 | 4 | 2 | 定期存款 | 3
3 | 长期贷款 | 0 | | |
""") == [
        ("A2:C6", (2,), [3, 4, 5, 6], ()),
        ("D2:F5", (2,), [3, 4, 5], ()),
    ]


def test_balance_sheet_has_two_sides():
    assert seen("""
资产 | 行次 | 期末余额 | 负债及所有者权益 | 行次 | 期末余额
货币资金 | 1 | 30 | 短期借款 | 11 | 20
应收账款 | 2 | 12 | 应付账款 | 12 | 8
固定资产 | 3 | 8 | 实收资本 | 13 | 22
资产总计 | 4 | 50 | 负债及所有者权益总计 | 14 | 50
""") == [
        ("A1:C5", (1,), [2, 3, 4], (5,)),
        ("D1:F5", (1,), [2, 3, 4], (5,)),
    ]


def test_income_and_expenditure_under_groups():
    assert seen("""
收入 | < | < | 支出 | < | <
项目 | 行次 | 金额 | 项目 | 行次 | 金额
财政拨款 | 1 | 30 | 基本支出 | 11 | 20
其他收入 | 2 | 12 | 项目支出 | 12 | 22
""") == [
        ("A1:C4", (1, 2), [3, 4], ()),
        ("D1:F4", (1, 2), [3, 4], ()),
    ]


def test_same_measures_under_groups_are_one_table():
    table = table_of("""
地区 | 城镇 | < | 农村 | <
^ | 人数 | 金额 | 人数 | 金额
东区 | 3 | 10 | 4 | 20
西区 | 5 | 30 | 6 | 40
""")

    assert str(table.span) == "A1:E4"


def test_second_serial_number_begins_a_second_table():
    assert seen("""
序号 | 项目 | 是否建立 | 序号 | 目标任务 | 完成情况
1 | 工作计划 | 是 | 1 | 数据共享 | 已完成
2 | 领导小组 | 否 | 2 | 老旧改造 | 进行中
3 | 专题研究 | 是 | | |
""") == [
        ("A1:C4", (1,), [2, 3, 4], ()),
        ("D1:F3", (1,), [2, 3], ()),
    ]


def test_table_beside_with_its_header_in_another_row():
    assert seen("""
甲表 | | | |
单位 | 人数 | | |
甲局 | 3 | | 乙表 |
乙局 | 4 | | 项目 | 金额
丙局 | 5 | | 水费 | 100
丁局 | 6 | | 电费 | 250
""") == [
        ("A2:B6", (2,), [3, 4, 5, 6], ()),
        ("D4:E6", (4,), [5, 6], ()),
    ]


def test_second_table_after_blank_rows():
    assert seen("""
单位 | 人数 | 金额
甲局 | 3 | 100
乙局 | 4 | 250
合计 | 7 | 350


品名 | 数量 | 单价
纸 | 10 | 25
笔 | 40 | 2
""") == [
        ("A1:C4", (1,), [2, 3], (4,)),
        ("A7:C9", (7,), [8, 9], ()),
    ]


def test_second_table_directly_below_the_total():
    assert seen("""
单位 | 人数 | 金额
甲局 | 3 | 100
乙局 | 4 | 250
合计 | 7 | 350
品名 | 数量 | 单价
纸 | 10 | 25
笔 | 40 | 2
""") == [
        ("A1:C4", (1,), [2, 3], (4,)),
        ("A5:C7", (5,), [6, 7], ()),
    ]


def test_second_table_with_its_own_title():
    first, second = tables_of("""
甲、制度与机制 | < | <
序号 | 项目 | 是否建立
1 | 工作计划 | 是
2 | 领导小组 | 否
乙、目标任务分解 | < | <
序号 | 目标任务 | 完成情况
1 | 数据共享 | 已完成
2 | 老旧改造 | 进行中
""")

    assert first.header_rows == (2,)
    assert record_rows(first) == [3, 4]
    assert second.title_rows == (5,)
    assert second.header_rows == (6,)
    assert record_rows(second) == [7, 8]


def test_same_header_under_another_title_is_another_table():
    assert [
        (table.header_rows, record_rows(table))
        for table in tables_of("""
一月 | < | <
单位 | 人数 | 金额
甲局 | 3 | 100
乙局 | 4 | 250
二月 | < | <
单位 | 人数 | 金额
甲局 | 5 | 200
乙局 | 6 | 350
""")
    ] == [((2,), [3, 4]), ((6,), [7, 8])]


def test_second_table_after_the_notes_of_the_first():
    assert seen("""
单位 | 人数 | 金额
甲局 | 3 | 100
乙局 | 4 | 250
注:不含下属单位。
附:下属单位情况
下属单位 | 人数 | 职务
甲中心 | 3 | 主任
乙中心 | 4 | 站长
""") == [
        ("A1:C3", (1,), [2, 3], ()),
        ("A6:C8", (6,), [7, 8], ()),
    ]


def test_wider_table_below_a_narrow_one():
    assert seen("""
年份 | 人数
2021 | 30
2022 | 40

序号 | 单位 | 党员 | 团员 | 备注
1 | 甲局 | 3 | 2 |
2 | 乙局 | 4 | 1 |
""") == [
        ("A1:B3", (1,), [2, 3], ()),
        ("A5:E7", (5,), [6, 7], ()),
    ]


def test_second_table_with_two_tiers():
    assert seen("""
单位 | 人数 | 金额 | 备注
甲局 | 3 | 100 |
乙局 | 4 | 250 |
合计 | 7 | 350 |

序号 | 典型 | 宣传 | <
^ | ^ | 省 | 市
1 | 科室 | 1 | 2
合计 | < | 1 | 2
""") == [
        ("A1:D4", (1,), [2, 3], (4,)),
        ("A6:D9", (6, 7), [8], (9,)),
    ]


def test_titles_of_blocks_beside_each_other_are_no_header():
    left, right = tables_of("""
甲、制度与机制 | < | < | 乙、目标任务分解 | < | <
序号 | 项目 | 是否建立 | 序号 | 目标任务 | 完成情况
1 | 工作计划 | 是 | 1 | 数据共享 | 已完成
2 | 领导小组 | 否 | 2 | 老旧改造 | 进行中
""")

    assert left.header_rows == right.header_rows == (2,)
    assert left.title_rows == right.title_rows == (1,)


def test_blank_column_inside_a_list_does_not_split_it():
    table = table_of("""
序号 | 目标任务 | | 责任科室 | 完成情况
1 | 数据共享 | | 信息科 | 已完成
2 | 老旧改造 | | 基建科 | 进行中
3 | 道德讲堂 | | 宣传科 | 已调整
""")

    assert str(table.span) == "A1:E4"
    assert record_rows(table) == [2, 3, 4]


def test_headers_beside_each_other_may_differ_in_depth():
    assert seen("""
序号 | 单位 | 人数 | | 单位 | 捐款 | <
1 | 甲局 | 3 | | ^ | 人数 | 金额
2 | 乙局 | 4 | | 甲局 | 2 | 100
3 | 丙局 | 5 | | 乙局 | 4 | 300
""") == [
        ("A1:C4", (1,), [2, 3, 4], ()),
        ("E1:G4", (1, 2), [3, 4], ()),
    ]


def test_rows_behind_the_signature_are_not_lines_of_the_table():
    first, second = tables_of("""
单位 | 人数 | 金额
甲局 | 3 | 100
乙局 | 4 | 250
填表人:张三 | 审核人:李四 |

甲中心 | 主任 | 好
乙中心 | 站长 | 好
""")

    assert record_rows(first) == [2, 3]
    assert second.header_rows == ()
    assert second.confidence < 0.5


def test_grid_without_header_above_a_table_is_refused():
    first, second = tables_of("""
王一 | 办公室 | 和平路
李二 | 财务科 | 解放路
张三 | 人事科 | 建设路

单位 | 人数 | 金额
甲局 | 3 | 100
乙局 | 4 | 250
""")

    assert first.header_rows == ()
    assert second.header_rows == (5,)
    assert second.title_rows == ()
