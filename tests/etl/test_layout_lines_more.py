"""What each line below a header is: further kinds of lines."""

from __future__ import annotations

from tests.etl.layout_grids import record_rows, table_of


def test_printed_form_that_nobody_filled_has_no_records():
    table = table_of("""
代码 | 项目名称 | 科目号 | 金额
01 | 一、利息收入 | A5010002 |
1 | 短期贷款利息 | A5010005 |
2 | 中期贷款利息 | A5010007 |
合计 | | |
""")

    assert table.header_rows == (1,)
    assert table.records == ()
    assert table.total_rows == (5,)


def test_list_with_blank_remarks_is_filled():
    table = table_of("""
序号 | 单位名称 | 备注
1 | 甲局 |
2 | 乙局 |
""")

    assert record_rows(table) == [2, 3]


def test_unit_of_measure_in_every_line():
    table = table_of("""
指标 | 计量单位 | 数量
面积 | 公顷 | 30
产量 | 吨 | 500
人口 | 人 | 800
""")

    assert record_rows(table) == [2, 3, 4]


def test_long_texts_in_lines_are_data():
    long = "严格落实首问负责制,设立专线并由专人跟踪办理,每周通报办理进度;对超期未办的予以提醒。"
    table = table_of(f"""
序号 | 问题 | 整改措施 | 责任人
1 | 反馈慢 | {long} | 王一
2 | 会议多 | {long} | 李二
""")

    assert record_rows(table) == [2, 3]


def test_prose_after_the_table_is_note():
    table = table_of("""
单位 | 人数 | 金额
甲局 | 3 | 100
乙局 | 4 | 250

以上数据由各单位自行填报,未经核实,仅供内部参考使用。
""")

    assert record_rows(table) == [2, 3]
    assert table.note_rows == (5,)


def test_numbered_heading_in_a_register():
    table = table_of("""
序号 | 问题类别 | 具体问题 | 责任单位
一 | 政治建设方面 | |
1 | 学习 | 学习不够深入 | 办公室
2 | 学习 | 研讨不够 | 机关党委
二 | 作风建设方面 | |
3 | 会风 | 会议偏多 | 办公室
""")

    assert record_rows(table) == [3, 4, 6]


def test_page_number_and_title_before_a_header_said_again():
    table = table_of("""
固定资产清单
编号 | 名称 | 数量 | 原值
A001 | 电脑 | 10 | 50000
A002 | 打印机 | 2 | 3000
第1页 共2页
固定资产清单
编号 | 名称 | 数量 | 原值
A003 | 桌子 | 20 | 8000
合计 | | 32 | 61000
第2页 共2页
""")

    assert record_rows(table) == [3, 4, 8]
    assert table.title_rows == (1, 6)
    assert table.note_rows == (5, 10)
    assert table.repeated_header_rows == (7,)


def test_numbered_notes_below_a_note():
    table = table_of("""
单位 | 人数 | 金额
甲局 | 3 | 100
乙局 | 4 | 200
备注:
1、以上人数为在岗人数
2、金额单位为元
""")

    assert record_rows(table) == [2, 3]
    assert table.note_rows == (4, 5, 6)
