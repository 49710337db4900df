"""M47: a remark that counts in retirees, families, outsourced or other units' people opens the number beside it."""

import time

import pytest

from analysis.etl.others_counted import others_counted
from tests.mess.gate_sheets import asked, f4_sheet, gated, message, staff
from tests.returns import f3_sheet, list_sheet, reference

COUNTED = """含退休3人|其中:离退休 3 人|包括家属5人|含劳务派遣人员2名|参加人数含下属事业单位职工12人|退休党员2人一并统计|数据含二级单位
连同家属共60人|含3名退休干部|将离退休人员计入|借调人员计算在内|含本局干部12人、退休5人|含借调2人(不含实习生)|不含家属,含借调2人
慰问活动参加人员含退休干部3人|加上退休同志共30人|含群众12人|含編外人員4名|干部职工25名，內含離休幹部壹名|本数含挂职及借用人员|活动携家属参加
人数中有机关21人,含退养2人|人次包含所属企业职工|保安、保洁人员也算在内|含辅警10人|其中三支一扶2名|二级单位人员汇总填报|老同志5人合并统计
参加人员中有退休干部4名|退休人员参加5人,一并计入|人数含本级及下属单位|参加人数为机关和所属单位合计|有3名退休同志参加,已统计在内|家属随同参加,计入总数"""
NOT_COUNTED = """不含离退休人员|未含劳务派遣|离退休人员单列|退休人员未计入|除借调人员外|已剔除家属|走访慰问退休干部5人|慰问困难职工8户,其中退休职工3户
其中党员32人|与社区居民共同清扫|参加退休干部座谈会|其中群众满意度98%|其中:离退休0人|含退休人员 0 人|其中无退休人员|无离退休人员参加
服务群众300人,其中学生50人|含工勤6人|全部为在职人员|邀请老干部讲党史|家属未参加|含年内调出2人|不包括所属事业单位|下属单位另报
看望离退休老干部12人|全体在职人员参加(离退休人员除外)|结对单位联合开展|含捐物|没有家属参加|离退休党员不在统计之列,另行上报|受助对象含残疾学生3人
数据不含编外、临聘|含新录用公务员2人|未将家属算入|退休支部另计|借调人员在原单位统计,本表不计|包括春节前走访一次|为退休职工送医送药
组织退休干部座谈,合计12人|走访退休干部,一并计入慰问次数|家属12人旁听,未列入参加人数|慰问退休干部家庭3户|与所属单位数据分开填报|其中处级干部5人"""


def written(text):
    return [part for line in text.splitlines() for part in line.split("|")]


@pytest.mark.parametrize("remark", written(COUNTED))
def test_a_remark_that_counts_others_in_is_known(remark):
    assert others_counted(remark, reference().words)


@pytest.mark.parametrize("remark", written(NOT_COUNTED))
def test_a_remark_that_keeps_others_out_or_speaks_of_something_else_is_not(remark):
    assert others_counted(remark, reference().words) == ""


def test_a_remark_that_splits_the_number_up_counts_others_in():
    """30 on post and 5 retired are the 35 beside it; beside 30 they are not."""
    words = reference().words

    assert others_counted("在职30人,退休5人", words, 35)
    assert others_counted("在职30人,退休5人", words, 30) == ""


@pytest.mark.parametrize("remark", ["含" + "干部职工" * 75, "退休含干部职工" * 40, "含" * 300, "1" * 300])
def test_a_long_remark_is_judged_at_once(remark):
    start = time.monotonic()
    others_counted(remark, reference().words, 5)

    assert time.monotonic() - start < 5


LINE = {"category": "学雷锋志愿者服务行动", "activity_name": "交通劝导", "activity_date": "2025-03-05",
        "persons": 30, "person_times": 30, "hours": 60}  # fmt: skip


def test_people_of_an_activity_with_others_counted_in_are_open():
    facts, queries = gated(staff(), list_sheet("F2", [LINE, {**LINE, "activity_name": "清洁", "remark": "含家属4人"}]))

    assert facts["F2", 1, "", "persons"].value == 30
    assert facts["F2", 2, "", "persons"].status == "queried"
    assert facts["F2", 2, "", "hours"].value == 60
    assert asked(queries) == {("M47", "G7")}
    assert "表2!R7“备注”=含家属4人" in message(queries, "M47", "G7")


def test_more_people_than_staff_with_others_counted_in_are_asked_about_as_such():
    """M47 before M46: the remark says why there are too many."""
    _, queries = gated(staff(), list_sheet("F2", [{**LINE, "persons": 60, "person_times": 60, "remark": "含退休15人"}]))

    assert asked(queries) == {("M47", "G6")}


@pytest.mark.parametrize("remark", ["不含离退休", "志愿者另有社区居民20人未计入", None])
def test_people_of_own_staff_stay(remark):
    facts, queries = gated(staff(), list_sheet("F2", [{**LINE, "remark": remark}]))

    assert facts["F2", 1, "", "persons"].value == 30
    assert asked(queries) == set()


def offices(remark):
    base = {"hc_end": 21, "elder_care.persons": 5, "elder_care.person_times": 6, "elder_care.hours": 12,
            "lei_feng_volunteer.registered": 20, "lei_feng_volunteer.persons": 20, "lei_feng_volunteer.person_times": 25,
            "lei_feng_volunteer.hours": 50, "distinct_any": 21}  # fmt: skip
    return gated(staff(offices=2), f3_sheet([base, {**base, "remark": remark}]))


def test_a_line_of_an_office_opens_the_category_that_its_remark_names():
    facts, queries = offices("敬老助老活动含退休2人")

    assert asked(queries) == {("M47", "D8")}
    assert facts["F3", 2, "lei_feng_volunteer", "persons"].value == 20


def test_a_line_of_an_office_opens_all_people_when_its_remark_names_no_category():
    facts, queries = offices("含下属二级单位人员")

    assert asked(queries) == {("M47", cell) for cell in ("D8", "AG8", "AR8")}
    assert facts["F3", 1, "elder_care", "persons"].value == 5


def test_a_subject_of_study_opens_its_own_people():
    facts, queries = gated(staff(), f4_sheet({"law.persons": 30, "law.person_times": 30, "law.expected_person_times": 30,
                                              "law.remark": "退休党员一并统计", "all_subjects.persons": 42}))  # fmt: skip

    assert ("M47", "G8") in asked(queries)
    assert facts["F4", 0, "law", "persons"].value is None


@pytest.mark.parametrize(
    "remark, cells",
    [
        ("在岗人数含劳务派遣5人。", {("M47", "D6")}),
        ("党员数包括离退休党员6名", {("M47", "F7")}),
        ("组织退休干部开展活动,服务群众包括学生200人", set()),
        ("在职人数不含借调人员", set()),
    ],
)
def test_the_remark_of_the_basic_form_opens_the_figure_it_names(remark, cells):
    _, queries = gated(staff(remark=remark))

    assert asked(queries) == cells


def test_attendances_of_an_exemplar_with_others_counted_in_are_open():
    line = {"exemplar_name": "市科技局志愿服务队", "carrier": "集体", "exemplar_level": "市级", "exemplar_kind": "学习型",
            "award_body": "市文明委", "award_date": "2025-07-01", "onsite_meeting.sessions": 1,
            "onsite_meeting.person_times": 80, "remark": "参会人次含二级单位30人"}  # fmt: skip
    facts, queries = gated(staff(), list_sheet("F8", [line]))

    assert asked(queries) == {("M47", "O6")}
    assert facts["F8", 1, "onsite_meeting", "sessions"].value == 1
