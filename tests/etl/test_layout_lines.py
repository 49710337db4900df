"""What counts as a line of a table, and what does not."""

from __future__ import annotations

from tests.etl.layout_grids import record_rows, table_of


def test_notes_and_signatures_are_no_lines():
    table = table_of("""
单位 | 人数 | 金额
甲局 | 3 | 100
乙局 | 4 | 250
注:1.金额以万元计。
2.不含离退休人员。
资料来源:某局
单位负责人:王一 | 审核人:李二 | 填表人:张三
""")

    assert record_rows(table) == [2, 3]
    assert table.note_rows == (4, 5, 6, 7)
    assert str(table.span) == "A1:C3"


def test_signature_without_names_and_date():
    table = table_of("""
单位 | 人数 | 金额 | 备注
甲局 | 3 | 100 |
乙局 | 4 | 250 |
单位负责人:      审核人:      填表人: | < | < | <
 | | | 2025年1月10日
""")

    assert record_rows(table) == [2, 3]
    assert table.note_rows == (4, 5)


def test_blank_rows_between_lines():
    table = table_of("""
单位 | 人数 | 金额
甲局 | 3 | 100

乙局 | 4 | 250


丙局 | 9 | 30
合计 | 16 | 380
""")

    assert record_rows(table) == [2, 4, 7]
    assert table.total_rows == (8,)


def test_lines_with_a_serial_number_only_are_blank():
    table = table_of("""
序号 | 活动名称 | 人数
1 | 植树 | 30
2 | 清扫 | 20
3 | |
4 | |
""")

    assert record_rows(table) == [2, 3]


def test_header_said_again_on_each_page():
    table = table_of("""
名单 | < | <
序号 | 姓名 | 单位
1 | 王一 | 甲局
2 | 李二 | 乙局
序号 | 姓名 | 单位
3 | 张三 | 丙局
4 | 赵四 | 丁局
""")

    assert table.repeated_header_rows == (5,)
    assert record_rows(table) == [3, 4, 6, 7]


def test_title_and_header_said_again_on_each_page():
    table = table_of("""
花名册 | < | <
序号 | 姓名 | 年龄
1 | 王一 | 33
2 | 李二 | 45

花名册 | < | <
序号 | 姓名 | 年龄
3 | 张三 | 28
4 | 赵四 | 51
""")

    assert table.repeated_header_rows == (7,)
    assert record_rows(table) == [3, 4, 8, 9]


def test_record_over_merged_rows_counts_once():
    table = table_of("""
序号 | 问题 | 措施 | 责任人
1 | 会议偏多 | 精简会议 | 王一
^ | ^ | 合并文件 | ^
^ | ^ | 限时发言 | ^
2 | 反馈慢 | 专人跟踪 | 李二
""")

    assert table.records == ((2, 3, 4), (5,))


def test_merged_category_over_numbered_lines_does_not_join_them():
    table = table_of("""
序号 | 类别 | 活动 | 人数
1 | 助老 | 讲座 | 15
2 | ^ | 走访 | 12
3 | ^ | 陪护 | 9
4 | 助残 | 义卖 | 8
""")

    assert record_rows(table) == [2, 3, 4, 5]


def test_merged_region_over_lines_with_own_numbers_does_not_join_them():
    table = table_of("""
地区 | 指标 | 2022年 | 2023年
东区 | 户数 | 15 | 16
^ | 人口 | 42 | 43
西区 | 户数 | 9 | 10
^ | 人口 | 30 | 31
""")

    assert record_rows(table) == [2, 3, 4, 5]


def test_undone_merge_goes_on_with_the_record_above():
    table = table_of("""
序号 | 问题 | 措施 | 责任人 | 时限
1 | 会议偏多 | 精简会议 | 王一 | 2025-05-01
 | | 合并文件 | |
2 | 反馈慢 | 专人跟踪 | 李二 | 2025-06-01
3 | 标识不清 | 更换标识 | 张三 | 2025-07-01
""")

    assert table.records == ((2, 3), (4,), (5,))


def test_headings_of_blocks_are_no_lines():
    table = table_of("""
序号 | 单位 | 电话
一、党委部门 | < | <
1 | 组织部 | 82100001
2 | 宣传部 | 82100002
二、政府部门 | |
3 | 财政局 | 82100003
""")

    assert record_rows(table) == [3, 4, 6]
    assert table.title_rows == (2, 5)


def test_heading_with_colon_in_a_table_of_numbers():
    table = table_of("""
项目 | 期末数 | 期初数
流动资产: | |
  货币资金 | 30 | 20
  应收账款 | 12 | 11
流动资产合计 | 42 | 31
非流动资产: | |
  固定资产 | 100 | 90
""")

    assert record_rows(table) == [3, 4, 7]
    assert table.total_rows == (5,)


def test_label_without_values_is_a_line():
    table = table_of("""
银行 | 1月 | 2月 | 3月
甲银行 | 5 | 6 | 7
乙银行 | | |
丙银行 | 8 | 9 | 1
""")

    assert record_rows(table) == [2, 3, 4]


def test_example_line_is_not_counted():
    table = table_of("""
序号 | 活动名称 | 人数
例 | 重阳节慰问 | 10
1 | 植树 | 30
2 | 清扫 | 20
""")

    assert table.example_rows == (2,)
    assert record_rows(table) == [3, 4]


def test_example_in_the_name_of_the_activity():
    table = table_of("""
序号 | 活动名称 | 人数
 | 例:重阳节慰问 | 10
1 | 植树 | 30
2 | 清扫 | 20
""")

    assert table.example_rows == (2,)
