"""Columns are assigned to fields by all header evidence together, or not at all."""

from analysis.etl.matching import assign_columns
from analysis.etl.templates import build_templates
from analysis.records import Span, Table
from tests.returns import reference


def template(name):
    return next(t for t in build_templates(reference().fields) if t.name == name)


def table(*headers):
    """A table whose columns have these header tiers."""
    columns = {number: tuple(tiers.split("|")) for number, tiers in enumerate(headers, start=1)}
    return Table("表", Span(1, 1, 3, len(headers)), (1,), columns, ())


def assign(headers, name):
    return assign_columns(table(*headers), template(name), {}, lambda said, printed: said == printed)


F2 = ["序号", "活动类别", "活动名称", "开展时间", "地点", "主办处(科)室", "参加人数(人)|合计", "参加人数(人)|其中党员",
      "参加人数(人)|其中注册志愿者", "参加人次", "服务时长(小时)", "捐助|捐款(元)", "捐助|捐物折价(元)", "献血量(毫升)",
      "受益对象(户/人)", "联合开展单位", "佐证材料", "备注"]  # fmt: skip


def test_the_issued_header_is_assigned_column_by_column():
    found = assign(F2, "F2.list")

    assert list(found.columns.values()) == list("ABCDEFGHIJKLMNOPQR")
    assert (found.missing, found.unknown, found.doubtful) == ((), (), ())


def test_an_inserted_column_is_unknown_and_shifts_nothing():
    found = assign([*F2[:3], "联系人", *F2[3:]], "F2.list")

    assert found.unknown == (4,)
    assert found.columns[5] == "D"


def test_moved_columns_are_found_where_they_are():
    found = assign([F2[0], F2[2], F2[1], *F2[3:]], "F2.list")

    assert (found.columns[2], found.columns[3], found.in_order) == ("C", "B", False)


def test_a_header_that_stands_twice_is_doubtful():
    found = assign([*F2, "参加人次"], "F2.list")

    assert found.doubtful == (10, 19)
    assert found.missing == ("J",)


def test_lost_groups_are_put_back_where_only_one_place_is_left():
    headers = ["序号", "处(科)室", "在岗人数", "敬老爱老助老|人数", "人次", "时长", "希望工程|人数", "金额", "受助人数",
               "送温暖工程|人数"]  # fmt: skip

    found = assign(headers, "F3.offices")

    assert [found.columns[n] for n in range(4, 10)] == list("DEFGHI")
    assert found.filled


def test_lost_groups_are_not_put_back_where_two_places_fit():
    headers = ["序号", "处(科)室", "在岗人数", "人数", "人数", "去重参与人数"]

    found = assign(headers, "F3.offices")

    assert found.doubtful == (4, 5)


def test_a_column_of_another_group_is_never_taken_for_ours():
    found = assign(["序号", "处(科)室", "在岗人数", "防疫志愿服务|人数", "希望工程|人数"], "F3.offices")

    assert found.unknown == (4,)
    assert found.columns[5] == "G"
