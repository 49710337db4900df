"""Whether a cell names a person (M63). A name is yes; a group, an office or a post is no; a doubt is asked about."""

import pytest

from analysis.etl.values import read_person
from tests.words import cell, load_lexicon, rule_of


def person(value, **more):
    return read_person(cell(value, **more), load_lexicon())


@pytest.mark.parametrize(
    "text",
    ["徐海涛 8121422", "徐海涛13812345678", "张三", "张  三", "欧阳小明", "阿布都·热西提", "王明 科长", "王明科长", "张三(办公室)", "张三（手机：13812345678）",
     "党组书记、局长张三", "党组书记张三", "办公室主任 王芳", "李明:8123", "張三"],
)  # fmt: skip
def test_a_name_is_yes(text):
    assert (person(text).text, person(text).status) == ("yes", "reported")


@pytest.mark.parametrize("text", ["张三、李四", "张三/李四", "张三 李四"])
def test_several_names_are_yes_with_a_note(text):
    assert (person(text).text, *rule_of(person(text))) == ("yes", "M63", "several", "NOTE")


@pytest.mark.parametrize(
    "text",
    ["全体", "领导班子", "各科室", "各科室负责人", "各科(室)负责人", "班子成员", "全体党员", "相关科室", "局领导", "分管领导", "办公室", "局长", "安全科", "社会救助科",
     "全局干部职工", "各支部书记", "局机关各科室", "责任科室负责人", "文明办", "志愿者"],
)  # fmt: skip
def test_a_group_an_office_or_a_post_is_no_with_a_note(text):
    assert (person(text).text, *rule_of(person(text))) == ("no", "M63", "no_person", "NOTE")


@pytest.mark.parametrize(
    "text",
    ["李局长", "王永科", "高度重视", "8121422", "某某", "王某", "见上", "张*", "是", "已落实专人负责制"],
)
def test_a_doubt_is_asked_about(text):
    assert (person(text).text, *rule_of(person(text))) == (None, "M63", "unclear", "ASK")


def test_blanks_strokes_and_empty_words():
    assert person("").status == "missing"
    assert person("—").status == "not_applicable"
    assert (person("无").text, *rule_of(person("无"))) == ("no", "M63", "none", "NOTE")
    assert rule_of(person("待定")) == ("M52", "ask", "ASK")
    assert rule_of(person("同上")) == ("M53", "text", "FIX")
    assert rule_of(person("张三", struck=True)) == ("M31", "struck", "ASK")
