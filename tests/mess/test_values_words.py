"""M52, M55, M60, M61, M63, M64: empty words, yes or no, choices, persons and states, as words beyond the printed ones."""

import pytest

from analysis.etl.values import read_list, read_person, read_yes_no
from tests.returns import reference
from tests.words import cell, load_lexicon, load_words, number, rule_of

YES = ["√", "✔", "✅", "☑", "●", "Y", "yes", "1", 1, True, "有", "有。", "是的", "已建", "已制定", "已印发", "均已建立", "建有", "设有", "健全", "建立了", "☑是□否", "是(√) 否( )",
       "(√)", "有(附件1)", "有,见附件", "已建立(澜科〔2025〕3号)", "已成立", "有√"]  # fmt: skip
NO = [
    "×",
    "✗",
    "❌",
    "N",
    "no",
    "0",
    0,
    False,
    "无",
    "没有",
    "未建",
    "未建立",
    "尚未制定",
    "还没有建立",
    "暂无",
    "□是☑否",
    "没有建立",
    "暂未成立",
]
DOING = [
    "建立中",
    "正在建立",
    "正在制定",
    "拟建",
    "筹备中",
    "筹建中",
    "起草中",
    "计划建立",
    "准备制定",
    "待建",
    "即将出台",
]
NEITHER = [
    "?",
    "是/否",
    "基本建立",
    "部分建立",
    "不完善",
    "有,未执行",
    "有(待修订)",
    "已建立(已废止)",
    "2个",
    "○",
    "■",
    "正在修订",
    "是□否□",
    "建立",
    "OK",
    "不清楚",
    "见附件",
]
NAMED = [
    "张三",
    "欧阳娜娜",
    "张 三",
    "局长张三",
    "张三同志",
    "责任人:张三",
    "张三(牵头)",
    "買買提·艾力",
    "张三丰办公室",
]
NOBODY = ["全体", "领导班子", "班子成员", "党组", "各科室负责人", "各处(科)室主要负责同志", "分管副局长", "主要领导", "分管领导", "机关党委专职副书记", "政策法规处", "办公室", "综合科科长",
          "精神文明建设领导小组", "工作专班", "各党支部书记", "全体党员干部", "法规科、办公室", "党政班子", "第一责任人", "党员志愿者"]  # fmt: skip
PERSON_ASKED = ["张某", "张**", "王某某", "13912345678", "见附件", "轮流", "落实到人", "张三等3人"]


def yes_no(value):
    return read_yes_no(cell(value), load_lexicon())


def person(value):
    return read_person(cell(value), load_lexicon())


def choice(form, measure, value):
    entry = next(e for e in reference().form_fields(form) if e.measure == measure and e.type == "list")
    return read_list(cell(value), entry.codes, load_words().get(f"synonym.{measure}", {}), load_lexicon())


@pytest.mark.parametrize("text", ["无", "零", "没有", "无人", "无人参加", "没有人参加", "〇", "０"])
def test_a_word_for_none_is_zero(text):
    """M52."""
    assert (number(text).value, number(text).treatment) == (0, "FIX")


@pytest.mark.parametrize("text", ["—", "——", "－", "/", "／", "\\", "//", "不适用", "N/A", "不涉及", "--"])
def test_a_stroke_is_not_applicable(text):
    """M52."""
    assert (number(text).value, number(text).status) == (None, "not_applicable")


@pytest.mark.parametrize(
    "text",
    [
        "未统计",
        "尚未统计",
        "详见附件",
        "见附表",
        "暂无",
        "不详",
        "待定",
        "待核实",
        "另行报送",
        "略",
        "统计中",
        "?",
        "nil",
        "NULL",
        "未开展",
        "涉密",
    ],
)
def test_a_word_that_promises_a_number_is_asked_about(text):
    """M52: 暂无 and 未开展 may be none, not counted, or not applicable."""
    assert (number(text).value, number(text).treatment) == (None, "ASK")


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\n", "\u200b"])
def test_nothing_but_blanks_is_missing(text):
    """M52."""
    assert number(text).status == "missing"


@pytest.mark.parametrize("text", ["#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#####", "#SPILL!"])
def test_an_error_is_asked_about_in_every_kind_of_field(text):
    """M55."""
    for reading in (number(text), yes_no(text), person(text), choice("F6", "rect_status", text)):
        assert rule_of(reading) == ("M55", "", "ASK")


@pytest.mark.parametrize("value", YES)
def test_yes_in_every_way(value):
    """M60."""
    assert (yes_no(value).text, yes_no(value).treatment) == ("yes", "FIX")


@pytest.mark.parametrize("value", NO)
def test_no_in_every_way(value):
    """M60."""
    assert (yes_no(value).text, yes_no(value).treatment) == ("no", "FIX")


def test_the_printed_words_are_no_mess():
    """M60, the other way round."""
    assert [(yes_no(word).text, yes_no(word).treatment) for word in ("是", "否")] == [("yes", None), ("no", None)]


@pytest.mark.parametrize("text", DOING)
def test_what_is_being_set_up_is_no_with_a_note(text):
    """M60."""
    assert (yes_no(text).text, *rule_of(yes_no(text))) == ("no", "M60", "doing", "NOTE")


@pytest.mark.parametrize("text", NEITHER)
def test_what_may_be_yes_or_no_is_asked_about(text):
    """M60."""
    assert (yes_no(text).text, yes_no(text).treatment) == (None, "ASK")


@pytest.mark.parametrize("form, measure, text, code",
    [("F5", "household_location", "城区", "urban"), ("F5", "household_location", "农业户口", "rural"), ("F5", "hardship_type", "五保户", "tekun"), ("F5", "hardship_type", "最低生活保障家庭", "dibao"),
     ("F5", "hardship_type", "残疾户", "disabled"), ("F1", "unit_kind", "群团组织", "people_org"), ("F1", "unit_kind", "公益二类", "institution"), ("F1", "title_level", "市级文明单位", "city"),
     ("F1", "title_level", "否", "none"), ("F6", "problem_source", "自我查摆", "self_check"), ("F6", "problem_source", "专项督查", "supervision"), ("F6", "problem_audience", "社会公众", "public"),
     ("F8", "carrier", "党支部", "group"), ("F8", "exemplar_level", "局内", "unit"), ("F8", "exemplar_kind", "道德模范", "moral_practice"), ("F7", "target_class", "重点工程", "key_project")],
)  # fmt: skip
def test_a_synonym_of_a_choice_is_that_choice(form, measure, text, code):
    """M61."""
    reading = choice(form, measure, text)

    assert (reading.text, *rule_of(reading)) == (code, "M61", "synonym", "FIX")
    assert reading.read_as not in (code, "")


@pytest.mark.parametrize("form, measure, text",
    [("F1", "unit_kind", "参公"), ("F1", "unit_kind", "行政单位"), ("F1", "unit_kind", "机关"), ("F5", "household_location", "城乡"), ("F5", "hardship_type", "脱贫户"), ("F8", "exemplar_level", "区级"),
     ("F6", "problem_source", "审计"), ("F6", "problem_source", "自查、群众"), ("F1", "title_level", "全国文明单位")],
)  # fmt: skip
def test_a_value_outside_the_list_is_asked_about(form, measure, text):
    """M61, decision 21."""
    assert (choice(form, measure, text).text, choice(form, measure, text).treatment) == (None, "ASK")


@pytest.mark.parametrize("text", NAMED)
def test_a_name_is_a_person(text):
    """M63."""
    assert (person(text).text, person(text).treatment) == ("yes", None)


@pytest.mark.parametrize("text", NOBODY)
def test_a_group_an_office_or_a_post_is_nobody(text):
    """M63."""
    assert (person(text).text, *rule_of(person(text))) == ("no", "M63", "no_person", "NOTE")


@pytest.mark.parametrize("text", PERSON_ASKED)
def test_what_may_be_a_person_is_asked_about(text):
    """M63."""
    assert (person(text).text, person(text).treatment) == (None, "ASK")


@pytest.mark.parametrize("text, code",
    [("基本完成", "in_progress"), ("基本到位", "in_progress"), ("接近完成", "in_progress"), ("部分落实", "in_progress"), ("持续推进中", "in_progress"), ("有序推进", "in_progress"),
     ("正常推进", "in_progress"), ("完成90%", "in_progress"), ("已完成九成", "in_progress"), ("完成100%", "done"), ("已整改到位", "done"), ("按期完成", "done"), ("完成并销号", "closed"),
     ("已验收销号", "closed"), ("需长期坚持", "long_term"), ("常抓不懈", "long_term"), ("尚未整改", "not_started"), ("待整改", "not_started"), ("暂未启动", "not_started")],
)  # fmt: skip
def test_a_state_in_prose_is_its_code(text, code):
    """M64."""
    reading = choice("F6", "rect_status", text)

    assert (reading.text, reading.treatment in ("FIX", "NOTE")) == (code, True)


@pytest.mark.parametrize(
    "text", ["未完成", "立行立改", "暂停", "取消", "是", "√", "完成90%以上", "已完成,长期坚持", "6月底前完成", "延期"]
)
def test_a_state_that_is_not_sure_is_asked_about(text):
    """M64."""
    assert (choice("F6", "rect_status", text).text, choice("F6", "rect_status", text).treatment) == (None, "ASK")
