"""Odd sheets as they come out of programs and old offices, each read to the row."""

from __future__ import annotations

from tests.etl.layout_grids import record_rows, table_of, tables_of


def test_head_of_an_export_above_the_table():
    """Lines of a name and a value, of which no word is known, stand above; the table begins in another column."""
    table = table_of("""
报表导出人: | 王一 | |
报表导出时间: | 2023年03月04日 | |
考勤周期 | 2023-03-01至2023-03-31 | |
 | | 科室 | 总人数 | 出勤天数
 | | 办公室 | 9 | 180
 | | 人事科 | 4 | 79
""")

    assert table.header_rows == (4,)
    assert record_rows(table) == [5, 6]


def test_fields_left_of_the_lines_are_no_tier_of_the_header():
    table = table_of("""
 | 订单号 | 日期 | 金额
站点 : 东站 | | |
代理 : 甲公司 | | |
 | 4524 | 2024-02-12 | 20
 | 4525 | 2024-02-13 | 25
 | 4526 | 2024-02-13 | 31
""")

    assert table.header_rows == (1,)
    assert record_rows(table) == [4, 5, 6]


def test_a_filter_above_a_table_is_no_table():
    table = table_of("""
日期 | (全部)

行标签 | 求和项:金额 | 计数项:姓名
甲局 | 120 | 3
乙局 | 80 | 2
总计 | 200 | 5
""")

    assert table.header_rows == (3,)
    assert record_rows(table) == [4, 5]
    assert table.total_rows == (6,)


def test_stubs_over_several_lines_with_a_wide_total_in_the_first_line_of_each_group():
    """Regions of a survey: each group begins with its own 合计 and is merged in the first column."""
    table = table_of("""
地区 | 性别 | 样本数 | 满意度(%)
城区 | 合计 | 100 | 91.0
^ | 男 | 48 | 90.1
^ | 女 | 52 | 91.8
郊区 | 合计 | 80 | 85.5
^ | 男 | 41 | 84.0
^ | 女 | 39 | 87.1
""")

    assert record_rows(table) == [3, 4, 6, 7]
    assert table.total_rows == (2, 5)


def test_months_of_the_minguo_calendar_and_blank_lines_of_values():
    table = table_of("""
金融機構名稱 | 106年1月 | 106年2月 | 106年3月
甲銀行 | 1092670 | 1055198 | 1019777
乙銀行 | 2237434 | 2303954 | 2255812
丙信用卡公司 | | |
丁銀行 | 1390384 | 1470520 | 1291778
""")

    assert table.header_rows == (1,)
    assert record_rows(table) == [2, 3, 4, 5]


def test_assessment_with_long_criteria_in_merged_groups():
    """Long sentences stand in the cells of the lines; they are no notes."""
    table = table_of("""
文明单位测评表 | < | < | < | <
测评项目 | 序号 | 测评内容 | 分值 | 得分
组织领导 | 1 | 党组织每年专题研究精神文明建设不少于2次;有会议记录,并有落实措施。 | 10 | 10
^ | 2 | 成立领导小组,明确分管领导和责任科室,经费列入年度预算并足额到位。 | 5 | 4.5
创建活动 | 3 | 组织志愿服务活动每季度不少于1次;每次参加人数不少于职工总数的三成。 | 15 | 12
^ | 4 | 开展道德讲堂、读书、节庆活动,有方案、有图片、有总结。 | 10 | 9
合计 | < | < | 40 | 35.5
""")

    assert table.header_rows == (2,)
    assert record_rows(table) == [3, 4, 5, 6]
    assert table.total_rows == (7,)
    assert table.note_rows == ()


def test_attendance_with_days_as_columns():
    days = " | ".join(str(day) for day in range(1, 32))
    marks = " | ".join("√" if day % 7 else "×" for day in range(1, 32))
    table = table_of(f"""
某科室考勤表
姓名 | {days} | 出勤
王一 | {marks} | 27
李二 | {marks} | 27
张三 | {marks} | 26
""")

    assert table.header_rows == (2,)
    assert record_rows(table) == [3, 4, 5]


def test_months_as_columns_with_a_total_column_and_a_total_line():
    months = " | ".join(f"{month}月" for month in range(1, 13))
    table = table_of(f"""
项目 | {months} | 全年
用水(吨) | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 78
用电(度) | 11 | 12 | 13 | 14 | 15 | 16 | 17 | 18 | 19 | 20 | 21 | 22 | 198
用气(方) | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 3 | 3
""")

    assert table.header_rows == (1,)
    assert record_rows(table) == [2, 3, 4]
    assert table.total_rows == ()


def test_week_plan_without_numbers():
    table = table_of("""
节次 | 星期一 | 星期二 | 星期三 | 星期四 | 星期五
第一节 | 语文 | 数学 | 英语 | 语文 | 体育
第二节 | 数学 | 语文 | 数学 | 英语 | 语文
第三节 | 音乐 | 美术 | 体育 | 科学 | 数学
""")

    assert table.header_rows == (1,)
    assert record_rows(table) == [2, 3, 4]


def test_statement_of_an_account_with_foot_and_head_on_each_page():
    table = table_of("""
某银行对账单 | < | < | <
户名:某局 | | 账号:620000 |
日期 | 摘要 | 金额 | 余额
2025-01-02 | 工资 | 100.5 | 1000.5
2025-01-05 | 水费 | -20 | 980.5
第1页 共2页 | < | < | <
日期 | 摘要 | 金额 | 余额
2025-02-03 | 电费 | -30.25 | 950.25
2025-02-09 | 利息 | 1.1 | 951.35
第2页 共2页 | < | < | <
""")

    assert table.header_rows == (3,)
    assert record_rows(table) == [4, 5, 8, 9]
    assert table.repeated_header_rows == (7,)
    assert table.note_rows == (6, 10)


def test_a_card_of_fields_is_no_table():
    """Names of fields stand beside their values, in several columns."""
    tables = tables_of("""
志愿者登记卡 | < | < | <
姓名 | 王一 | 性别 | 女
出生年月 | 1990年5月 | 民族 | 汉族
政治面貌 | 党员 | 学历 | 本科
工作单位 | 某局 | 职务 | 科员
""")

    assert [table.header_rows for table in tables] in ([], [()])
    assert not any(table.records for table in tables)


def test_one_line_below_a_deep_header():
    table = table_of("""
某县2024年财政收支 | < | < | < | <
单位名称 | 收入 | < | 支出 | <
^ | 税收 | 非税 | 基本 | 项目
某县 | 1200.5 | 300 | 900 | 600.5
""")

    assert table.header_rows == (2, 3)
    assert record_rows(table) == [4]


def test_lines_of_two_rows_each_joined_by_merged_cells():
    """Planned and actual of each unit stand below each other under one serial number."""
    table = table_of("""
序号 | 单位 | 类别 | 一季度 | 二季度
1 | 甲局 | 计划 | 10 | 12
^ | ^ | 实际 | 9 | 13
2 | 乙局 | 计划 | 20 | 22
^ | ^ | 实际 | 21 | 20
""")

    assert table.records == ((2, 3), (4, 5))


def test_total_in_the_middle_column_and_at_both_ends():
    table = table_of("""
科目编码 | 科目名称 | 预算数 | 决算数
 | 总计 | 600 | 590
201 | 一般公共服务支出 | 300 | 295
204 | 公共安全支出 | 200 | 198
205 | 教育支出 | 100 | 97
 | 合计 | 600 | 590
""")

    assert record_rows(table) == [3, 4, 5]
    assert table.total_rows == (2, 6)


def test_first_line_equal_to_the_others_by_chance_is_a_line():
    """500 = 300 + 150 + 50 and 0.5 = 0.3 + 0.15 + 0.05, yet the line called a total adds up all four."""
    table = table_of("""
项目 | 金额 | 占比
人员经费 | 500 | 0.5
公用经费 | 300 | 0.3
项目支出 | 150 | 0.15
结转 | 50 | 0.05
支出合计 | 1000 | 1
""")

    assert record_rows(table) == [2, 3, 4, 5]
    assert table.total_rows == (6,)


def test_numbers_of_columns_go_on_in_the_table_beside():
    left, right = tables_of("""
2024年度部门决算收支总表 | < | < | < | < | <
部门:某局 | | | | | 金额单位:万元
收入 | < | < | 支出 | < | <
项目 | 行次 | 金额 | 项目 | 行次 | 金额
栏次 | | 1 | 栏次 | | 2
一、财政拨款收入 | 1 | 900 | 一、一般公共服务支出 | 31 | 500
二、事业收入 | 2 | 50 | 二、教育支出 | 32 | 300
三、其他收入 | 3 | 50 | 三、社会保障支出 | 33 | 200
本年收入合计 | 24 | 1000 | 本年支出合计 | 54 | 1000
年初结转 | 25 | 10 | 年末结转 | 55 | 10
总计 | 26 | 1010 | 总计 | 56 | 1010
注:本表反映部门本年度的总收支和年末结转情况。 | < | < | < | < | <
""")

    assert left.header_rows == right.header_rows == (3, 4, 5)
    assert record_rows(left) == record_rows(right) == [6, 7, 8, 10]
    assert left.total_rows == right.total_rows == (9, 11)


def test_ledger_of_an_account_with_the_sums_of_months():
    table = table_of("""
日期 | 凭证号 | 摘要 | 借方 | 贷方 | 余额
2024-01-05 | 记-1 | 购笔 | 50 | | 950
2024-01-20 | 记-2 | 收款 | | 100 | 1050
 | | 本月合计 | 50 | 100 | 1050
 | | 本年累计 | 50 | 100 | 1050
2024-02-08 | 记-1 | 购纸 | 30 | | 1020
 | | 本月合计 | 30 | 0 | 1020
 | | 本年累计 | 80 | 100 | 1020
""")

    assert record_rows(table) == [2, 3, 6]
    assert table.total_rows == (4, 5, 7, 8)


def test_headings_between_lines_with_numbers():
    table = table_of("""
序号 | 指标 | 单位 | 数值
一、基本情况 | < | < | <
1 | 在职职工 | 人 | 50
2 | 党员 | 人 | 32
二、活动情况 | < | < | <
3 | 活动次数 | 次 | 12
4 | 参与人次 | 人次 | 340
""")

    assert record_rows(table) == [3, 4, 6, 7]
    assert table.title_rows == (2, 5)
