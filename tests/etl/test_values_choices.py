"""Yes or no, codes of a list, states as prose, free text."""

import pytest

from analysis.etl.values import read_list, read_text, read_yes_no
from tests.words import REFERENCE, cell, load_lexicon, load_words, rows, rule_of

CODES = {
    row["measure"]: dict(entry.split("=") for entry in row["codes"].split(";"))
    for row in rows(REFERENCE / "forms.csv")
    if row["type"] == "list"
}


def yes_no(value, **more):
    return read_yes_no(cell(value, **more), load_lexicon())


def choice(measure, value, **more):
    return read_list(cell(value, **more), CODES[measure], load_words().get(f"synonym.{measure}", {}), load_lexicon())


def test_a_plain_answer_is_reported():
    assert (yes_no("是").text, yes_no("是").status) == ("yes", "reported")
    assert (yes_no("否").text, yes_no("否").status) == ("no", "reported")


@pytest.mark.parametrize(
    "answer, values",
    [("yes", ["√", "有", "Y", "yes", "●", "☑", "已建立", "已经制定", "已报送", "1", 1, 1.0, True, "是。", "☑是□否", "是√否□", "√有 □无", "已解困"]),
     ("no", ["×", "无", "N", "no", "没有", "未建立", "尚未制定", "未报送", "0", 0, False, "□是☑否", "没有建立"])],
)  # fmt: skip
def test_other_words_for_yes_and_no_are_repaired(answer, values):
    for value in values:
        reading = yes_no(value)

        assert (reading.text, reading.rule, reading.treatment) == (answer, "M60", "FIX"), value


@pytest.mark.parametrize("text", ["建立中", "正在制定", "拟建立", "计划出台", "正在起草中", "筹建中", "准备成立"])
def test_what_is_still_being_set_up_is_no_with_a_note(text):
    reading = yes_no(text)

    assert (reading.text, *rule_of(reading)) == ("no", "M60", "doing", "NOTE")


@pytest.mark.parametrize(
    "value",
    [
        "部分建立",
        "基本建立",
        "是(2024年)",
        "正在完善",
        "□是□否",
        "☑是☑否",
        "√×",
        "○",
        "是否",
        2,
        0.5,
        "计划2026年建立",
        "建立",
    ],
)
def test_an_answer_that_is_not_sure_is_asked_about(value):
    reading = yes_no(value)

    assert (reading.text, *rule_of(reading)) == (None, "M60", "unreadable", "ASK")


@pytest.mark.parametrize(
    "measure, text, code",
    [("household_location", "城镇", "urban"), ("unit_kind", "党委部门", "party"), ("title_level", "无", "none"), ("title_applied", "否", "none"),
     ("rect_status", "已销号", "closed"), ("exemplar_kind", "道德实践/志愿服务", "moral_practice"), ("rect_status", "长期坚持", "long_term")],
)  # fmt: skip
def test_a_word_of_the_form_is_reported_as_its_code(measure, text, code):
    assert (choice(measure, text).text, choice(measure, text).status) == (code, "reported")


@pytest.mark.parametrize(
    "measure, text, code",
    [
        ("household_location", "城市", "urban"), ("household_location", "乡镇", "rural"), ("household_location", "農 村", "rural"),
        ("household_location", "urban", "urban"), ("title_level", "省级文明单位", "province"), ("title_level", "市级(第十九届)", "city"),
        ("title_level", "市级文明单位(2022—2024年度)", "city"), ("title_level", "市直机关文明单位", "organ"), ("title_applied", "不申报", "none"),
        ("title_applied", "申报市级", "city"), ("title_applied", "是(市级)", "city"), ("hardship_type", "低保", "dibao"),
        ("problem_source", "巡察反馈", "inspection"), ("rect_status", "整改到位", "done"), ("exemplar_kind", "其它", "other"),
        ("exemplar_level", "省", "province"), ("carrier", "团队", "group"), ("target_class", "重点工程", "key_project"),
    ],
)  # fmt: skip
def test_a_synonym_is_repaired(measure, text, code):
    reading = choice(measure, text)

    assert (reading.text, *rule_of(reading)) == (code, "M61", "synonym", "FIX")


@pytest.mark.parametrize(
    "measure, text, rule, case",
    [
        ("household_location", "城乡", "M61", ""), ("household_location", "城镇、农村", "M61", "several"), ("unit_kind", "参公", "M61", ""),
        ("unit_kind", "行政", "M61", ""), ("title_level", "全国文明单位", "M61", ""), ("title_level", "市级(已撤销)", "M61", ""),
        ("title_applied", "是", "M61", ""), ("problem_source", "自查、群众", "M61", "several"), ("hardship_type", "待定", "M52", "ask"),
        ("rect_status", "未完成", "M64", "unreadable"), ("rect_status", "立行立改", "M64", "unreadable"), ("rect_status", "完成120%", "M64", "unreadable"),
        ("target_status", 0.9, "M64", "unreadable"), ("carrier", 3, "M61", ""),
    ],
)  # fmt: skip
def test_a_value_outside_the_list_is_asked_about(measure, text, rule, case):
    reading = choice(measure, text)

    assert (reading.text, *rule_of(reading)) == (None, rule, case, "ASK")


@pytest.mark.parametrize(
    "measure, text, code",
    [
        ("rect_status", "基本完成", "in_progress"), ("rect_status", "持续推进", "in_progress"), ("rect_status", "正在推进", "in_progress"),
        ("rect_status", "完成90%", "in_progress"), ("rect_status", "已完成95％", "in_progress"), ("rect_status", "部分整改到位", "in_progress"),
        ("rect_status", "推进中", "in_progress"), ("rect_status", "正在整改中", "in_progress"), ("rect_status", "完成100%", "done"),
        ("rect_status", "已全面整改到位", "done"), ("rect_status", "尚未启动", "not_started"), ("rect_status", "已整改并销号", "closed"),
        ("target_status", "常态化推进", "long_term"), ("target_status", "如期完成", "done"), ("target_status", "有序推进中", "in_progress"),
        ("target_status", "进度60%", "in_progress"), ("target_status", "整改中", "in_progress"), ("target_status", "已启动", "in_progress"),
    ],
)  # fmt: skip
def test_a_state_told_as_prose_is_read_and_told(measure, text, code):
    reading = choice(measure, text)

    assert (reading.text, reading.status) == (code, "repaired")
    assert reading.rule in ("M64", "M61")


def test_basically_done_is_not_done():
    assert rule_of(choice("target_status", "基本完成")) == ("M64", "", "NOTE")


def test_a_share_shown_as_per_cent_is_a_state():
    assert choice("target_status", 0.9, number_format="0%").text == "in_progress"
    assert choice("target_status", 1, number_format="0%").text == "done"


def test_a_state_is_not_read_where_the_form_offers_none():
    assert rule_of(choice("carrier", "基本完成")) == ("M61", "", "ASK")


def test_free_text_stays_as_it_is_written():
    assert read_text(cell(" 無償獻血（第１次） "), load_lexicon()).text == "無償獻血（第１次）"
    assert read_text(cell("无"), load_lexicon()).text == "无"
    assert read_text(cell(12.5), load_lexicon()).text == "12.5"


def test_free_text_knows_strokes_ditto_marks_and_errors():
    assert read_text(cell("—"), load_lexicon()).status == "not_applicable"
    assert rule_of(read_text(cell("同上"), load_lexicon())) == ("M53", "text", "FIX")
    assert rule_of(read_text(cell("#N/A", kind="error"), load_lexicon())) == ("M55", "", "ASK")
    assert rule_of(read_text(cell("旧文", struck=True), load_lexicon())) == ("M31", "text", "NOTE")
    assert read_text(cell(" \u200b"), load_lexicon()).status == "missing"


def test_blanks_strokes_and_struck_words_in_choices():
    assert yes_no(" ").status == "missing"
    assert yes_no("—").status == "not_applicable"
    assert choice("carrier", "／").status == "not_applicable"
    assert rule_of(choice("carrier", "集体", struck=True)) == ("M31", "struck", "ASK")
    assert rule_of(yes_no("是", struck=True)) == ("M31", "struck", "ASK")
    assert rule_of(choice("carrier", "同上")) == ("M53", "text", "FIX")
