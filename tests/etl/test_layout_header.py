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
