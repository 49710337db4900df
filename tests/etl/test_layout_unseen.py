"""Whole sheets as they are met in offices, each read to the row: what is a header, a line, a total, a note."""

from __future__ import annotations

from tests.etl.layout_grids import record_rows, table_of, tables_of


def test_bulletin_with_two_tiers_and_the_total_first():
    table = table_of("""
表3-2 各县(市、区)户籍人口情况 | < | < | < | < | < | <
(2023年末) | < | < | < | < | < | <
 | | | | | 单位:户、人 |
地  区 | 总户数 | 总人口 | < | < | 城镇人口 | 出生率(‰)
^ | ^ | | 男 | 女 | ^ | ^
全市总计 | 1520 | 4210 | 2130 | 2080 | 1905 | 7.21
市  区 | 610 | 1700 | 850 | 850 | 1200 | 7.02
东城区 | 300 | 800 | 400 | 400 | 700 | 6.91
西城区 | 310 | 900 | 450 | 450 | 500 | 7.11
县(市) | 910 | 2510 | 1280 | 1230 | 705 | 7.33
甲  县 | 410 | 1210 | 620 | 590 | 305 | 7.41
乙  市 | 500 | 1300 | 660 | 640 | 400 | 7.25
资料来源:市公安局。
""")

    assert table.header_rows == (4, 5)
    assert table.headers[4] == ("总人口", "男")
    assert table.total_rows == (6,)
    assert record_rows(table) == [7, 8, 9, 10, 11, 12]
    assert table.note_rows == (13,)
    assert str(table.span) == "A4:G12"


def test_balance_of_loans_with_lines_among_them():
    table = table_of("""
金融机构信贷收支表 | < | < | <
2024年12月 | | | 单位:万元、%
项目 | 余额 | 比年初增减 | 同比增速
一、各项存款 | 90100 | 4100 | 4.8
  1.单位存款 | 40000 | 1000 | 2.6
    其中:活期 | 25000 | -300 | -1.2
  2.个人存款 | 50100 | 3100 | 6.6
二、各项贷款 | 70200 | 5200 | 8.0
  1.短期贷款 | 30200 | 2200 | 7.9
  2.中长期贷款 | 40000 | 3000 | 8.1
    其中:住房贷款 | 21000 | 500 | 2.4
存贷比 | 77.9 | 2.3 |
注:本表按可比口径计算。 | < | < | <
制表:信贷科 | | 复核: |
""")

    assert table.header_rows == (3,)
    assert table.total_rows == ()
    assert record_rows(table) == list(range(4, 13))
    assert table.note_rows == (13, 14)


def test_roster_without_a_single_number():
    table = table_of("""
某局网络文明传播志愿者名单 | < | < | < | <
姓名 | 性别 | 所在科室 | 职务 | 政治面貌
王一 | 男 | 办公室 | 主任 | 中共党员
李二 | 女 | 人事科 | 科员 | 共青团员
张三 | 男 | 财务科 | 科长 | 中共党员
赵四 | 女 | 法规科 | 科员 | 群众
钱五 | 男 | 宣传科 | 副科长 | 民盟盟员
联系人:孙六 | | 联系电话:12345 | |
""")

    assert table.header_rows == (2,)
    assert record_rows(table) == [3, 4, 5, 6, 7]
    assert table.total_rows == ()
    assert table.note_rows == (8,)


def test_survey_with_rows_of_units_and_of_column_numbers():
    table = table_of("""
规模以上服务业企业财务状况 | < | < | < | < | <
综合机关名称:某市统计局 | | | | 表号:F203表 |
指标名称 | 代码 | 计量单位 | 本年 | < | 上年同期
^ | ^ | ^ | 1—本月 | 本月 | ^
甲 | 乙 | 丙 | 1 | 2 | 3
资产总计 | 213 | 千元 | 8100 | 8100 | 7700
负债合计 | 217 | 千元 | 5000 | 5000 | 4900
营业收入 | 301 | 千元 | 900 | 120 | 850
营业成本 | 307 | 千元 | 600 | 80 | 590
应付职工薪酬 | 401 | 千元 | 200 | 20 | 190
从业人员平均人数 | 606 | 人 | 37 | 36 | 40
单位负责人: | 统计负责人: | | 填表人: | 报出日期:2025年1月8日 |
说明:1.统计范围为规模以上企业。 | < | < | < | < | <
2.审核关系:213≥217。 | < | < | < | < | <
""")

    assert table.header_rows == (3, 4, 5)
    assert table.headers[4] == ("本年", "1—本月")
    assert [row for row in record_rows(table) if row not in (6, 7)] == [8, 9, 10, 11]
    assert table.note_rows == (12, 13, 14)


def test_row_of_units_between_the_names_and_the_lines():
    table = table_of("""
各单位用能情况 | < | < | <
单位名称 | 用电量 | 用水量 | 天然气
 | 千瓦时 | 立方米 | 立方米
甲局 | 12000 | 310 | 40
乙局 | 8000 | 205 | 0
丙局 | 9100 | 260 | 12
合  计 | 29100 | 775 | 52
""")

    assert table.header_rows == (2, 3)
    assert table.column_units == {2: "千瓦时", 3: "立方米", 4: "立方米"}
    assert record_rows(table) == [4, 5, 6]
    assert table.total_rows == (7,)


def test_two_tables_below_each_other_with_titles_of_their_own():
    first, second = tables_of("""
表一 志愿服务队伍情况 | < | <
队伍名称 | 人数 | 服务时长(小时)
甲队 | 12 | 340
乙队 | 8 | 95.5
合计 | 20 | 435.5

表二 志愿服务项目情况 | < | <
项目名称 | 开展时间 | 受益人次
助老 | 2025年3月 | 120
护河 | 2025年5月 | 300
助学 | 2025年9月 | 80
""")

    assert (first.title_rows, first.header_rows, record_rows(first), first.total_rows) == ((1,), (2,), [3, 4], (5,))
    assert (second.title_rows, second.header_rows, record_rows(second)) == ((7,), (8,), [9, 10, 11])


def test_two_tables_beside_each_other_of_unequal_length():
    left, right = tables_of("""
收入情况 | < | < | | 支出情况 | < | <
项目 | 金额 | 占比 | | 项目 | 金额 | 占比
财政拨款 | 800 | 0.8 | | 人员经费 | 500 | 0.5
事业收入 | 150 | 0.15 | | 公用经费 | 300 | 0.3
其他收入 | 50 | 0.05 | | 项目支出 | 150 | 0.15
收入合计 | 1000 | 1 | | 结转 | 50 | 0.05
 | | | | 支出合计 | 1000 | 1
""")

    assert (str(left.span), left.header_rows, record_rows(left), left.total_rows) == ("A2:C6", (2,), [3, 4, 5], (6,))
    assert (str(right.span), right.header_rows, record_rows(right), right.total_rows) == (
        "E2:G7",
        (2,),
        [3, 4, 5, 6],
        (7,),
    )


def test_note_in_the_middle_of_the_lines():
    table = table_of("""
序号 | 单位 | 人数 | 金额
1 | 甲局 | 3 | 100
2 | 乙局 | 4 | 250
注:以上单位已审核,以下单位尚未审核。 | < | < | <
3 | 丙局 | 5 | 80
4 | 丁局 | 6 | 90
""")

    assert record_rows(table) == [2, 3, 5, 6]
    assert table.note_rows == (4,)


def test_header_said_again_on_every_page():
    lines = [f"{number} | 第{number}户 | {number * 7 % 50} | 东街" for number in range(1, 61)]
    head = "序号 | 户名 | 面积 | 地址"
    pages = ["台账 | < | < | <"]
    for start in range(0, 60, 20):
        pages += [head, *lines[start : start + 20]]

    table = table_of("\n".join(pages))

    assert table.header_rows == (2,)
    assert table.repeated_header_rows == (23, 44)
    assert len(table.records) == 60


def test_sub_totals_of_departments_in_a_merged_first_column():
    table = table_of("""
部门 | 项目 | 预算数 | 执行数
办公室 | 会议 | 10 | 9
^ | 培训 | 20 | 21
^ | 小计 | 30 | 30
人事科 | 招录 | 5 | 5
^ | 考核 | 7 | 6
^ | 档案 | 3 | 2
^ | 小计 | 15 | 13
总计 | < | 45 | 43
""")

    assert record_rows(table) == [2, 3, 5, 6, 7]
    assert table.total_rows == (4, 8, 9)


def test_years_as_columns():
    table = table_of("""
主要年份社会消费品零售总额 | < | < | < | <
 | | | | 单位:亿元
指标 | 2005 | 2010 | 2015 | 2020
社会消费品零售总额 | 105.2 | 240.8 | 510.9 | 702.3
按地区分 | | | |
  城镇 | 80.1 | 190.2 | 400.5 | 560.1
  乡村 | 25.1 | 50.6 | 110.4 | 142.2
按行业分 | | | |
  批发和零售业 | 90.2 | 200.8 | 440.9 | 600.3
  住宿和餐饮业 | 15.0 | 40.0 | 70.0 | 102.0
""")

    assert table.header_rows == (3,)
    assert table.headers[5] == ("2020",)
    assert [row for row in record_rows(table) if row not in (5, 8)] == [4, 6, 7, 9, 10]
    assert table.title_rows[:2] == (1, 2)


def test_years_as_lines():
    table = table_of("""
年份 | 地区生产总值 | 第一产业 | 第二产业 | 第三产业
2019 | 1010 | 110 | 400 | 500
2020 | 1030 | 115 | 405 | 510
2021 | 1120 | 118 | 450 | 552
2022 | 1160 | 120 | 470 | 570
""")

    assert table.header_rows == (1,)
    assert record_rows(table) == [2, 3, 4, 5]
    assert table.total_rows == ()


def test_blank_lines_with_numbers_only_and_dashes():
    table = table_of("""
序号 | 活动名称 | 时间 | 参加人数
1 | 植树 | 2025-03-12 | 31
2 | 清扫 | 2025-04-02 | 20
3 | — | — | —
4 | | |
5 | | |
合计 | < | < | 51
""")

    assert record_rows(table)[:2] == [2, 3]
    assert not {5, 6} & set(record_rows(table))
    assert table.total_rows == (7,)


def test_total_without_a_label():
    table = table_of("""
单位 | 男 | 女 | 合计
甲局 | 3 | 4 | 7
乙局 | 10 | 2 | 12
丙局 | 5 | 5 | 10
 | 18 | 11 | 29
""")

    assert record_rows(table) == [2, 3, 4]
    assert table.total_rows == (5,)


def test_header_of_four_tiers():
    table = table_of("""
精神文明建设专项经费情况 | < | < | < | < | < | <
单位 | 经费来源 | < | < | < | < | 备注
^ | 财政资金 | < | < | 自筹 | < | ^
^ | 中央 | 地方 | < | 企业 | 个人 | ^
^ | ^ | 省级 | 市级 | ^ | ^ | ^
甲局 | 10 | 20 | 30 | 0 | 5 |
乙局 | 0 | 15 | 12 | 8 | 0 | 含结转
丙局 | 7 | 0 | 9 | 1 | 2 |
合计 | 17 | 35 | 51 | 9 | 7 |
""")

    assert table.header_rows == (2, 3, 4, 5)
    assert table.headers[3] == ("经费来源", "财政资金", "地方", "省级")
    assert table.headers[1] == ("单位",)
    assert record_rows(table) == [6, 7, 8]
    assert table.total_rows == (9,)
