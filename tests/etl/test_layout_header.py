"""Which rows are the header of a table."""

from __future__ import annotations

from tests.etl.layout_grids import record_rows, table_of


def test_title_and_meta_rows_are_not_header():
    table = table_of("""
某市人口情况表 | < | <
填报单位:某局 | | 单位:万人
地区 | 总人口 | 城镇人口
东区 | 31.5 | 20.1
西区 | 12.4 | 8.3
南区 | 22 | 10.5
""")

    assert table.header_rows == (3,)
    assert table.title_rows == (1, 2)
    assert record_rows(table) == [4, 5, 6]
    assert str(table.span) == "A3:C6"


def test_two_merged_tiers():
    table = table_of("""
序号 | 科室 | 参加人数 | < | 备注
^ | ^ | 合计 | 其中党员 | ^
1 | 办公室 | 12 | 8 |
2 | 财务科 | 7 | 5 |
""")

    assert table.header_rows == (1, 2)
    assert table.headers[3] == ("参加人数", "合计")
    assert table.headers[4] == ("参加人数", "其中党员")
    assert table.headers[5] == ("备注",)
    assert record_rows(table) == [3, 4]


def test_two_tiers_whose_merges_were_undone():
    table = table_of("""
序号 | 科室 | 参加人数 | | 捐助 | | 备注
 | | 合计 | 其中党员 | 捐款 | 捐物 |
1 | 办公室 | 12 | 8 | 100 | 0 |
2 | 财务科 | 7 | 5 | 200 | 50 |
""")

    assert table.header_rows == (1, 2)
    assert table.headers[4] == ("参加人数", "其中党员")
    assert table.headers[6] == ("捐助", "捐物")
    assert table.headers[7] == ("备注",)


def test_three_tiers_with_units_of_measure_below():
    table = table_of("""
序号 | 处(科)室 | 希望工程 | < | 无偿献血 | <
^ | ^ | 人数 | 金额 | 人数 | 毫升
^ | ^ | 人 | 元 | 人 | 毫升
1 | 办公室 | 3 | 100 | 1 | 200
2 | 人事科 | 4 | 150 | 0 | 0
""")

    assert table.header_rows == (1, 2, 3)
    assert table.headers[4] == ("希望工程", "金额")
    assert table.column_units[6] == "毫升"
    assert record_rows(table) == [4, 5]


def test_four_tiers():
    table = table_of("""
指标 | 全社会 | < | < | <
^ | 国有 | < | 非国有 | <
^ | 东部 | 西部 | 东部 | 西部
^ | 人数 | 人数 | 人数 | 人数
甲类 | 10 | 20 | 30 | 40
乙类 | 11 | 21 | 31 | 41
""")

    assert table.header_rows == (1, 2, 3, 4)
    assert table.headers[5] == ("全社会", "非国有", "西部", "人数")
    assert record_rows(table) == [5, 6]


def test_three_tiers_without_any_merge():
    table = table_of("""
年份 | 年末人口 | | | |
 | 合计 | 按性别分 | | 按城乡分 |
 | | 男 | 女 | 城镇 | 乡村
2019 | 1000 | 510 | 490 | 600 | 400
2020 | 1010 | 514 | 496 | 620 | 390
2021 | 1020 | 519 | 501 | 640 | 380
""")

    assert table.header_rows == (1, 2, 3)
    assert table.headers[3] == ("年末人口", "按性别分", "男")
    assert record_rows(table) == [4, 5, 6]


def test_row_of_column_numbers_with_stub_letters():
    table = table_of("""
指标名称 | 代码 | 本年 | 上年
甲 | 乙 | 1 | 2
从业人员 | 101 | 56 | 58
女性 | 102 | 21 | 20
""")

    assert table.header_rows == (1, 2)
    assert record_rows(table) == [3, 4]


def test_rows_of_units_and_of_column_numbers():
    table = table_of("""
单位名称 | 人数 | 时长 | 金额
 | (人) | (小时) | (元)
(1) | (2) | (3) | (4)
甲单位 | 10 | 20.5 | 300
乙单位 | 12 | 30 | 500
""")

    assert table.header_rows == (1, 2, 3)
    assert record_rows(table) == [4, 5]


def test_column_numbers_with_formulas():
    table = table_of("""
项目 | 合计 | 男 | 女
栏次 | 1=2+3 | 2 | 3
干部 | 30 | 20 | 10
工人 | 12 | 7 | 5
""")

    assert table.header_rows == (1, 2)


def test_first_line_with_serial_1_is_no_row_of_column_numbers():
    table = table_of("""
序号 | 次数 | 人次
1 | 2 | 5
2 | 7 | 9
3 | 4 | 6
""")

    assert table.header_rows == (1,)
    assert record_rows(table) == [2, 3, 4]


def test_years_as_numbers_name_columns():
    table = table_of("""
指标 | 2021 | 2022 | 2023
粮食 | 512 | 530 | 541
棉花 | 12 | 11 | 10
油料 | 33 | 34 | 36
""")

    assert table.header_rows == (1,)
    assert record_rows(table) == [2, 3, 4]


def test_years_below_groups_name_columns():
    table = table_of("""
地区 | 产量 | < | 面积 | <
^ | 2022 | 2023 | 2022 | 2023
东区 | 512 | 530 | 41 | 42
西区 | 12 | 11 | 7 | 8
""")

    assert table.header_rows == (1, 2)
    assert table.headers[5] == ("面积", "2023")


def test_months_name_columns():
    table = table_of("""
项目 | 1月 | 2月 | 3月 | 4月
水费 | 51 | 53 | 54 | 50
电费 | 12 | 11 | 10 | 9
""")

    assert table.header_rows == (1,)


def test_days_of_a_month_name_columns():
    table = table_of("""
姓名 | 1 | 2 | 3 | 4 | 5
王一 | √ | √ | 假 | √ | √
李二 | √ | √ | √ | √ | √
张三 | 假 | √ | √ | √ | √
""")

    assert table.header_rows == (1,)
    assert record_rows(table) == [2, 3, 4]


def test_years_down_the_first_column_are_lines():
    table = table_of("""
年份 | 户数 | 人口
2001 | 300 | 1200
2002 | 310 | 1230
2003 | 322 | 1260
""")

    assert table.header_rows == (1,)
    assert record_rows(table) == [2, 3, 4]


def test_blank_corner_above_the_labels():
    table = table_of("""
 | 人数 | 金额
东区 | 3 | 100
西区 | 4 | 200
""")

    assert table.header_rows == (1,)
    assert record_rows(table) == [2, 3]
    assert table.span.first_column == 1


def test_stub_names_only_in_the_lowest_tier():
    table = table_of("""
 | | 城镇 | | 农村 |
序号 | 单位 | 人数 | 金额 | 人数 | 金额
1 | 甲局 | 10 | 5 | 3 | 2
2 | 乙局 | 8 | 4 | 3 | 1
""")

    assert table.header_rows == (1, 2)
    assert table.headers[6] == ("农村", "金额")


def test_lone_group_above_some_columns():
    table = table_of("""
情况表 | < | < | <
 | | 参加人数 | <
序号 | 单位 | 合计 | 其中党员
1 | 甲局 | 10 | 5
2 | 乙局 | 8 | 4
""")

    assert table.header_rows == (2, 3)
    assert table.title_rows == (1,)


def test_blank_row_below_the_header():
    table = table_of("""
单位 | 人数 | 金额

甲局 | 3 | 100
乙局 | 4 | 200
""")

    assert table.header_rows == (1,)
    assert record_rows(table) == [3, 4]


def test_yearbook_page_in_two_languages():
    table = table_of("""
2-1 人口数及构成
2-1 Population and Its Composition
 | | | | 单位:万人
年份 | 总人口 | 按性别分 | |
 | (年末) | 男 | | 女
Year | Total | Male | | Female
 | Population | 人口数 | 比重(%) | 人口数
1949 | 54167 | 28145 | 51.96 | 26022
1950 | 55196 | 28669 | 51.94 | 26527

1978 | 96259 | 49567 | 51.49 | 46692
注:1981年及以前数据为户籍统计数。
Note: Data before 1981 are taken from household registration.
""")

    assert table.header_rows == (4, 5, 6, 7)
    assert record_rows(table) == [8, 9, 11]
    assert table.note_rows == (12, 13)


def test_header_of_which_a_row_is_blank_below_merged_cells():
    """Header cells that are merged over two rows name the columns in both."""
    table = table_of("""
科目代码 | 科目名称 | 合计
^ | ^ | ^
201 | 公共服务 | 30
205 | 教育 | 40
""")

    assert table.header_rows == (1, 2)
