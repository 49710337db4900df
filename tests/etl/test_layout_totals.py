"""Totals and sub-totals, wherever they stand, with and without a label."""

from __future__ import annotations

import pytest

from tests.etl.layout_grids import record_rows, table_of


@pytest.mark.parametrize(
    "label", ["合计", "合  计", "总计", "小计:", "合計", "合计(人)", "Total", "共计", "合计金额(元)"]
)
def test_total_below_the_lines(label: str):
    table = table_of(f"""
单位 | 人数 | 金额
甲局 | 3 | 100
乙局 | 4 | 250
{label} | 7 | 350
""")

    assert table.total_rows == (4,)
    assert record_rows(table) == [2, 3]


def test_total_above_the_lines():
    table = table_of("""
地区 | 人数 | 金额
总计 | 7 | 350
东区 | 3 | 100
西区 | 4 | 250
""")

    assert table.total_rows == (2,)
    assert record_rows(table) == [3, 4]


def test_subtotals_between_the_lines():
    table = table_of("""
月份 | 场次 | 人数
1月 | 3 | 100
2月 | 4 | 250
3月 | 1 | 50
一季度小计 | 8 | 400
4月 | 2 | 20
5月 | 2 | 20
二季度小计 | 4 | 40
合计 | 12 | 440
""")

    assert table.total_rows == (5, 8, 9)
    assert record_rows(table) == [2, 3, 4, 6, 7]


def test_total_in_the_second_column():
    table = table_of("""
序号 | 单位 | 人数
1 | 甲局 | 3
2 | 乙局 | 4
 | 合计 | 7
""")

    assert table.total_rows == (4,)


def test_subtotal_beside_a_merged_group():
    table = table_of("""
地区 | 类别 | 人数
东区 | 城镇 | 3
^ | 农村 | 4
^ | 小计 | 7
西区 | 城镇 | 5
^ | 农村 | 6
^ | 小计 | 11
总计 | < | 18
""")

    assert table.total_rows == (4, 7, 8)
    assert record_rows(table) == [2, 3, 5, 6]


def test_lines_that_begin_with_among_are_data():
    table = table_of("""
指标 | 本年 | 上年
职工人数 | 50 | 48
其中:女 | 20 | 19
其中:党员 | 30 | 30
离退休人数 | 9 | 8
""")

    assert table.total_rows == ()
    assert record_rows(table) == [2, 3, 4, 5]


def test_unlabelled_total_below():
    table = table_of("""
单位 | 人数 | 金额
甲局 | 3 | 100
乙局 | 4 | 250
丙局 | 9 | 30
 | 16 | 380
""")

    assert table.total_rows == (5,)
    assert record_rows(table) == [2, 3, 4]


def test_unlabelled_total_above():
    table = table_of("""
单位 | 人数 | 金额
 | 16 | 380
甲局 | 3 | 100
乙局 | 4 | 250
丙局 | 9 | 30
""")

    assert table.total_rows == (2,)
    assert record_rows(table) == [3, 4, 5]


def test_unlabelled_subtotals_between():
    table = table_of("""
单位 | 人数 | 金额
甲局 | 3 | 100
乙局 | 4 | 250
 | 7 | 350
丙局 | 9 | 30
丁局 | 1 | 5
 | 10 | 35
 | 17 | 385
""")

    assert table.total_rows == (4, 7, 8)
    assert record_rows(table) == [2, 3, 5, 6]


def test_line_without_label_that_adds_nothing_up_is_data():
    table = table_of("""
单位 | 人数 | 金额
甲局 | 3 | 100
 | 5 | 777
乙局 | 4 | 250
丙局 | 9 | 30
丁局 | 8 | 10
""")

    assert table.total_rows == ()
    assert record_rows(table) == [2, 3, 4, 5, 6]


def test_total_of_texts():
    table = table_of("""
序号 | 问题表现 | 来源 | 责任人 | 状态
1 | 会议偏多 | 自查 | 王一 | 整改中
2 | 反馈慢 | 督查 | 李二 | 已销号
合计 | 问题数:2 | 已销号:1 | 整改中:1 |
""")

    assert table.total_rows == (4,)
    assert record_rows(table) == [2, 3]


def test_whole_city_first_is_a_total():
    table = table_of("""
地区 | 学校数 | 学生数
全市 | 12 | 4000
东区 | 5 | 1500
西区 | 4 | 1500
南区 | 3 | 1000
""")

    assert table.total_rows == (2,)
    assert record_rows(table) == [3, 4, 5]


def test_first_line_that_adds_up_all_others_is_a_total():
    table = table_of("""
地区 | 学校数 | 学生数
某市 | 12 | 4000
东区 | 5 | 1500
西区 | 4 | 1500
南区 | 3 | 1000
""")

    assert table.total_rows == (2,)


def test_parents_of_an_outline_are_lines():
    table = table_of("""
项目 | 1月 | 2月
一、存款 | 30 | 33
(一)境内存款 | 28 | 30
1.住户存款 | 20 | 21
2.企业存款 | 8 | 9
(二)境外存款 | 2 | 3
""")

    assert table.total_rows == ()
    assert record_rows(table) == [2, 3, 4, 5, 6]


def test_page_subtotal_before_a_header_said_again():
    table = table_of("""
序号 | 姓名 | 金额
1 | 王一 | 10
2 | 李二 | 20
 | 本页小计 | 30
序号 | 姓名 | 金额
3 | 张三 | 5
4 | 赵四 | 6
 | 本页小计 | 11
 | 合计 | 41
""")

    assert table.total_rows == (4, 8, 9)
    assert table.repeated_header_rows == (5,)
    assert record_rows(table) == [2, 3, 6, 7]


def test_total_of_years():
    table = table_of("""
年份 | 场次 | 人数
2021 | 3 | 100
2022 | 4 | 250
2023 | 1 | 50
合计 | 8 | 400
""")

    assert table.total_rows == (5,)
    assert record_rows(table) == [2, 3, 4]


def test_words_that_only_contain_a_total_word_are_no_totals():
    table = table_of("""
单位 | 人数 | 金额
会计科 | 3 | 100
统计科 | 4 | 250
总计划司 | 2 | 30
合计划小组 | 1 | 7
""")

    assert table.total_rows == ()


def test_total_followed_by_more_lines():
    table = table_of("""
序号 | 学习专题 | 次数 | 学时
1 | 政治理论 | 7 | 14
2 | 法律 | 2 | 4
合计 | | 9 | 18
二、专项 | < | < | <
3 | 中心组学习 | 4 | 8
4 | 作风教育 | 2 | 3
""")

    assert table.total_rows == (4,)
    assert record_rows(table) == [2, 3, 6, 7]


def test_total_above_with_a_subtotal_below_it():
    table = table_of("""
单位 | 收入 | 支出
总  计 | 100 | 70
市本级 | 60 | 40
县区小计 | 40 | 30
东区 | 25 | 20
西区 | 15 | 10
""")

    assert table.total_rows == (2, 4)
    assert record_rows(table) == [3, 5, 6]


def test_month_total_and_running_total_of_a_ledger():
    table = table_of("""
日期 | 凭证号 | 摘要 | 借方 | 贷方
2025-01-01 | 记-1 | 购办公用品 | 0 | 200
2025-01-05 | 记-2 | 交水费 | 0 | 50
2025-01-31 | | 本月合计 | 0 | 250
2025-01-31 | | 本年累计 | 0 | 250
""")

    assert table.total_rows == (4, 5)
    assert record_rows(table) == [2, 3]


def test_only_line_said_again_without_a_label_is_a_total():
    table = table_of("""
典型名称 | 省 | 市 | 本单位
文明科室 | 1 | 2 | 4
 | 1 | 2 | 4
""")

    assert table.total_rows == (3,)
