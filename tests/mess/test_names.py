"""M57, M58, M59: units and categories by every name they go by, never by a guess (domain 2.4, decision 4)."""

import dataclasses
import datetime as dt

import pytest

from analysis.etl.categories import CategoryNames
from analysis.etl.names import UnitNames
from analysis.reference.types import Succession
from tests.returns import cell, clean, f3_sheet, reference
from tests.words import load_lexicon

UNITS = [("中共澜江市委组织部", "LJ-P03"), ("组织部", "LJ-P03"), ("澜江市发改委机关党委", "LJ-G02"), ("市发展与改革委员会", "LJ-G02"), ("发展和改革委", "LJ-G02"), ("市卫计委", "LJ-G20"),
         ("澜江市卫生和健康委员会", "LJ-G20"), ("1.市财政局", "LJ-G09"), ("(3)市财政局", "LJ-G09"), ("一、市财政局", "LJ-G09"), ("09 市财政局", "LJ-G09"), ("中共澜江市财政局党组", "LJ-G09"),
         ("市财政局办公室", "LJ-G09"), ("财政局机关工会", "LJ-G09"), ("市财政局(公章)", "LJ-G09"), ("澜江市 财政局", "LJ-G09"), ("瀾江市財政局", "LJ-G09"), ("市財(cái)政局", "LJ-G09"),
         ("共青团澜江市委员会", "LJ-T02"), ("市直机关工作委员会", "LJ-P11"), ("中共澜江市委市直机关工作委员会", "LJ-P11"), ("澜江市人民检察院", "LJ-N04"), ("市林业局", "LJ-G31"),
         ("国家税务总局澜江市税务局", "LJ-V01"), ("市工信局", "LJ-G05"), ("经济和信息化委员会", "LJ-G05")]  # fmt: skip
NO_UNIT = ["市局", "局", "我局", "本单位", "市委", "市政府", "澜江市人民政府", "中共澜江市委", "工会", "机关工会", "办公室", "机关党委", "市财证局", "国库支付中心", "财政", "某某单位", "市财政局、市税务局",
           "市财政局国库科", "1", "2025年", "——", ""]  # fmt: skip
CATEGORIES = [("敬老爱老助老", "elder_care"), ("重阳节敬老", "elder_care"), ("孝老爱亲", "elder_care"), ("希望工程捐资", "hope_project"), ("两节送温暖", "warmth_project"), ("春蕾女童资助", "spring_bud"),
              ("“春蕾计划”", "spring_bud"), ("幸福工程——救助贫困母亲行动", "happiness_project"), ("“幸福工程", "happiness_project"), ("春风送岗", "spring_breeze"), ("助残日活动", "disability_aid"),
              ("法律咨询", "legal_aid"), ("金秋圆梦", "golden_autumn_aid"), ("学雷锋志愿服务活动", "lei_feng_volunteer"), ("3·5活动", "lei_feng_volunteer"), ("学雷峰", "lei_feng_volunteer"),
              ("團體獻血", "blood_donation"), ("學(xué)雷鋒", "lei_feng_volunteer"), ("慈善一日捐", "one_day_donation"), ("普法宣传", "other_moral_practice"), ("(3)春蕾计划", "spring_bud"),
              ("开展无偿献血系列活动", "blood_donation"), ("爱心助老", "elder_care"), ("爱心助残", "disability_aid")]  # fmt: skip


@pytest.fixture(scope="module")
def units():
    return UnitNames(reference())


@pytest.fixture(scope="module")
def categories():
    return CategoryNames(reference())


@pytest.mark.parametrize("written, code", UNITS)
def test_a_unit_is_found_by_every_name_it_goes_by(units, written, code):
    """M57."""
    assert units.resolve(written).code == code


@pytest.mark.parametrize("written", NO_UNIT)
def test_what_names_no_unit_or_every_unit_is_never_one(units, written):
    """M57, decision 4."""
    assert units.resolve(written).code is None


@pytest.mark.parametrize("written", ["市教育体育局", "澜江市教育和体育局", "市教育体育局(盖章)"])
def test_a_name_that_two_units_once_shared_is_asked_about(units, written):
    """M57."""
    assert units.resolve(written).candidates == ("LJ-G03", "LJ-G28")


@pytest.mark.parametrize("written", ["澜江市财证局", "市审记局", "市科学技木局"])
def test_a_near_miss_is_a_suggestion_and_no_answer(units, written):
    """M57."""
    found = units.resolve(written)

    assert (found.code, len(found.suggestions) > 0) == (None, True)


def test_every_name_of_the_register_finds_its_own_unit(units):
    """M57, the other way round: shortening names makes no unit of another."""
    for unit in reference().units:
        for name in (unit.official_name, unit.short_name, *unit.aliases):
            found = units.resolve(name)
            assert unit.code in (found.code, *found.candidates), name


def test_a_register_name_is_a_name_and_any_other_way_is_told(units):
    """M57: the official and short names, aliases and former names are exact; a shortened one is a repair."""
    assert units.resolve("市发改委").exact
    assert not units.resolve("发展和改革委员会机关党委").exact


def test_the_code_of_a_merged_unit_is_that_of_its_successor(units):
    """M57: 市林业局 and 市园林管理局 became 市林业和园林局 at the start of the year."""
    assert (units.code_inside("单位代码:LJ-G32"), units.code_inside("LJ-G33"), units.code_inside("LJ-G32和LJ-G33")) == (
        "LJ-G31",
    ) * 3


def test_before_the_merger_both_units_are_still_there():
    """M57."""
    before = UnitNames(reference(2024))

    assert (before.code_inside("LJ-G32"), before.resolve("市林业局").code) == ("LJ-G32", "LJ-G32")


def test_the_code_of_a_unit_split_in_two_is_no_answer():
    """M57."""
    split = (
        *reference().succession,
        Succession("LJ-G34", "LJ-G03", dt.date(2025, 1, 1), 0.5),
        Succession("LJ-G34", "LJ-G28", dt.date(2025, 1, 1), 0.5),
    )

    assert UnitNames(dataclasses.replace(reference(), succession=split)).code_inside("LJ-G34") is None


@pytest.mark.parametrize("written, code", CATEGORIES)
def test_a_category_is_found_by_alias_slip_and_script(categories, written, code):
    """M58, rules 1-3; M59."""
    assert categories.resolve(written).text == code


def test_an_exact_name_is_no_mess_and_an_alias_is_told(categories):
    """M58, rule 1."""
    assert categories.resolve("春蕾计划").treatment is None
    assert (categories.resolve("春蕾行动").case, categories.resolve("春蕾行动").treatment) == ("", "FIX")


def test_the_longest_alias_inside_counts(categories):
    """M58, rule 2: 扶贫助学 is golden autumn though 助学 alone is nothing certain."""
    assert categories.resolve("市里组织的扶贫助学捐款").text == "golden_autumn_aid"


@pytest.mark.parametrize(
    "written, code",
    [
        ("法律援肋", "legal_aid"),
        ("春雷计划", "spring_bud"),
        ("无偿献皿", "blood_donation"),
        ("金秋助孝", "golden_autumn_aid"),
    ],
)
def test_one_wrong_character_is_a_slip_with_a_note(categories, written, code):
    """M58, rule 3."""
    reading = categories.resolve(written)

    assert (reading.text, reading.case, reading.treatment) == (code, "near", "FIX")


@pytest.mark.parametrize(
    "written, wrong",
    [
        ("爱心助贫", "disability_aid"),
        ("义务植树", "blood_donation"),
        ("团体献花", "blood_donation"),
        ("捐血", "one_day_donation"),
    ],
)
def test_a_character_that_names_another_purpose_is_no_slip(categories, written, wrong):
    """M58, rule 3, the other way round."""
    assert categories.resolve(written).text != wrong


@pytest.mark.parametrize("written", ["助学", "爱心捐款", "捐资助学", "爱心助学", "助学活动", "捐款", "慈善捐款"])
def test_a_name_that_fits_several_is_asked_about_with_their_names(categories, written):
    """M58, rule 4."""
    reading = categories.resolve(written)

    assert (reading.text, reading.case, reading.treatment) == (None, "ambiguous", "ASK")
    assert "希望工程、春蕾计划" in reading.read_as


@pytest.mark.parametrize("written", ["送温暖一日捐", "希望工程一日捐", "“送温暖”一日捐活动"])
def test_the_form_of_giving_wins_over_the_occasion(categories, written):
    """M58, rule 5."""
    reading = categories.resolve(written)

    assert (reading.text, reading.case, reading.treatment) == ("one_day_donation", "two_codes", "FIX")


@pytest.mark.parametrize(
    "written",
    [
        "春蕾计划、希望工程",
        "春蕾、希望工程",
        "春蕾计划和希望工程",
        "春蕾计划/无偿献血",
        "春蕾计划希望工程",
        "敬老志愿服务",
        "志愿服务\n献血",
        "送温暖、一日捐",
    ],
)
def test_two_names_in_one_cell_are_never_split(categories, written):
    """M58, rule 6."""
    assert (categories.resolve(written).text, categories.resolve(written).treatment) == (None, "ASK")


def test_two_names_of_one_category_are_that_category(categories):
    """M58, rule 6, the other way round."""
    assert categories.resolve("敬老、助老").text == "elder_care"


def test_the_code_wins_and_a_contradiction_is_asked_about(categories):
    """M58, rule 7."""
    assert [categories.resolve(text).text for text in ("elder_care", "elder_care 敬老月", "1 spring_bud")] == [
        "elder_care",
        "elder_care",
        "spring_bud",
    ]
    assert (categories.resolve("elder_care 春蕾计划").text, categories.resolve("elder_care 春蕾计划").case) == (
        None,
        "code_conflict",
    )


@pytest.mark.parametrize("written", ["健步走", "植树造林", "文明餐桌", "垃圾分类宣传", "送法下乡"])
def test_an_activity_of_no_category_is_other_and_listed(categories, written):
    """M58, rule 8."""
    assert categories.resolve(written).text == "other_moral_practice"
    assert categories.resolve(written).treatment in ("NOTE", "FIX")


@pytest.mark.parametrize("written", ["党员双报到", "双报到", "走访慰问老干部", "母亲健康快车"])
def test_what_may_be_counted_elsewhere_is_asked_about(categories, written):
    """M58."""
    assert (categories.resolve(written).text, categories.resolve(written).case) == (None, "query")


def test_a_struck_category_is_asked_about(categories):
    """M31."""
    assert categories.read(cell("A1", "春蕾计划", struck=True), load_lexicon()).rule == "M31"


def test_a_return_of_a_merged_unit_belongs_to_its_successor():
    """M57, in a whole return."""
    result = clean(f3_sheet([{"hc_end": 12}], unit="澜江市林业局", code="LJ-G32"))

    assert (result.submission.state, result.submission.unit_code) == ("accepted", "LJ-G31")
