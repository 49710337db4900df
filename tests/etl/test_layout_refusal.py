"""When no header can be told, nothing is told."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.etl.layout import find_tables
from analysis.records import Cell, Sheet, Span
from tests.etl.layout_grids import layout_words, record_rows, table_of, tables_of


def test_sheet_of_prose_has_no_table():
    assert (
        tables_of("""
填报说明
1.本表由市直机关各单位填报,统计范围为本单位在职在岗人员。
2.同一活动不重复计算,同一人在同一类别内只计一次。
3.金额保留两位小数。
""")
        == ()
    )


def test_empty_sheet_has_no_table():
    assert find_tables(Sheet("Sheet1", {}), layout_words()) == ()


def test_numbers_without_a_header_are_refused():
    table = table_of("""
东区 | 31 | 20
西区 | 12 | 8
南区 | 22 | 10
""")

    assert table.confidence < 0.5
    assert table.header_rows == ()
    assert table.records == ()
    assert str(table.span) == "A1:C3"


def test_texts_without_a_header_are_refused():
    table = table_of("""
王一 | 办公室 | 和平路
李二 | 财务科 | 解放路
张三 | 人事科 | 建设路
""")

    assert table.confidence < 0.5
    assert table.header_rows == ()


def test_labels_beside_their_values_are_no_list():
    table = table_of("""
某市机关基本情况表 | < | < | < | < | <
填报单位:某局 | < | < | 表号:1表 | < | <
单位全称 | 某市某局 | 单位性质 | 政府部门 | 机构规格 | 副处级
编制数 | 64 | 年初在岗人数 | 57 | 年内调入 | 0
年内调出 | 1 | 年末在岗人数 | 56 | 其中:女 | 15
分管领导 | 张春梅 | 专职工作人员 | 1 | 兼职工作人员 | 2
联络员及电话 | 林国栋 821570 | 上年度是否报送 | 是 | 本年度是否申报 | 否
""")

    assert table.confidence < 0.5
    assert table.records == ()


def test_blank_sheet_of_labels_is_no_list():
    for table in tables_of("""
申请登记表 | < | < | <
姓名 | | 性别 |
出生年月 | | 民族 |
工作单位 | | 职务 |
联系电话 | | 邮编 |
"""):
        assert table.confidence < 0.5


def test_two_columns_of_labels_and_values_are_no_list():
    table = table_of("""
单位名称 | 某市某局
法定代表人姓名 | 王一
职工人数 | 56
联系电话 | 82100001
成立时间 | 1998年
""")

    assert table.confidence < 0.5


def test_list_of_one_column_with_a_name():
    table = table_of("""
单位名称
甲局
乙局
丙局
""")

    assert table.header_rows == (1,)
    assert record_rows(table) == [2, 3, 4]


def test_list_of_one_column_without_a_name_is_refused():
    for table in tables_of("甲局\n乙局\n丙局"):
        assert table.header_rows == ()


TEXTS = st.sampled_from(
    [
        "合计",
        "人数",
        "序号",
        "注:x",
        "一、",
        "其中:女",
        "甲",
        "—",
        "2021",
        "1",
        "(1)",
        "单位:元",
        "例:",
        "填表人:",
        "x" * 60,
        "",
    ]
)
VALUES = st.one_of(
    TEXTS,
    st.text(max_size=8),
    st.integers(-(10**6), 10**400),
    st.floats(allow_nan=True, allow_infinity=True),
    st.booleans(),
    st.dates(),
)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    places = draw(st.dictionaries(st.tuples(st.integers(1, 14), st.integers(1, 9)), VALUES, max_size=60))
    kinds = {str: "text", bool: "bool", int: "number", float: "number"}
    cells = {
        place: Cell(*place, value, str(value)[:300], kinds.get(type(value), "date"))  # type: ignore[arg-type]
        for place, value in places.items()
    }
    corners = st.tuples(st.integers(1, 14), st.integers(1, 9), st.integers(0, 6), st.integers(0, 6))
    spans = [
        Span(row, column, row + down, column + right)
        for row, column, down, right in draw(st.lists(corners, max_size=5))
    ]
    return Sheet("s", cells, tuple(spans))


@settings(max_examples=150, deadline=None)
@given(sheets())
def test_any_sheet_gives_tables_that_hang_together(sheet: Sheet):
    """Never an error; each row has one part in its table; without confidence nothing is told."""
    for table in find_tables(sheet, layout_words()):
        parts = [
            *table.header_rows,
            *(row for record in table.records for row in record),
            *table.total_rows,
            *table.note_rows,
            *table.title_rows,
            *table.repeated_header_rows,
            *table.example_rows,
        ]

        assert len(parts) == len(set(parts))
        assert 0 <= table.confidence <= 1
        assert (table.confidence >= 0.5) == bool(table.header_rows)
        assert table.header_rows or not table.records
