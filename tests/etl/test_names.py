"""Names of units and categories: exact after normalising, else asked."""

import pytest

from analysis.etl.names import CategoryNames, UnitNames
from tests.returns import reference


@pytest.fixture(scope="module")
def units():
    return UnitNames(reference())


@pytest.fixture(scope="module")
def categories():
    return CategoryNames(reference())


@pytest.mark.parametrize(
    "written, code",
    [
        ("中共澜江市委组织部", "LJ-P03"),
        ("组织部", "LJ-P03"),
        ("发改局", "LJ-G02"),
        ("澜江市发改委机关党委", "LJ-G02"),
        ("市卫计委", "LJ-G20"),
        ("1.市财政局", "LJ-G09"),
        ("市財政局", "LJ-G09"),
        ("澜江市财政局(盖章)", "LJ-G09"),
    ],
)
def test_a_unit_is_found_by_every_way_of_writing_its_name(units, written, code):
    assert units.resolve(written).code == code


def test_a_former_name_of_two_units_is_no_answer(units):
    found = units.resolve("市教育体育局")

    assert found.code is None
    assert found.candidates == ("LJ-G03", "LJ-G28")


@pytest.mark.parametrize("written", ["市局", "我单位", "", "国库支付中心"])
def test_a_name_that_is_no_unit_of_the_register_is_never_guessed(units, written):
    assert units.resolve(written).code is None


def test_a_near_miss_is_a_suggestion_only(units):
    found = units.resolve("澜江市财证局")

    assert found.code is None
    assert "市财政局" in found.suggestions


def test_the_longest_name_in_a_file_name_counts(units):
    assert units.resolve_inside("市财政局精神文明报表(最终版)").code == "LJ-G09"
    assert units.resolve_inside("附件2(1)").code is None


def test_a_code_is_found_only_when_one_stands_there(units):
    assert units.code_inside("LJ-G09_市财政局_2025") == "LJ-G09"
    assert units.code_inside("LJ-G09和LJ-G10") is None
    assert units.code_inside("LJ-G099") is None


@pytest.mark.parametrize(
    "written, code",
    [
        ("敬老爱老助老", "elder_care"),
        ("春雷计划", "spring_bud"),
        ("无償獻血", "blood_donation"),
        ("學(xué)雷鋒", "lei_feng_volunteer"),
        ("送温暖一日捐", "one_day_donation"),
        ("重阳节慰问老人", "elder_care"),
        ("开展学雷锋系列活动", "lei_feng_volunteer"),
    ],
)
def test_a_category_is_found_by_alias_slip_and_script(categories, written, code):
    assert categories.resolve(written).text == code


@pytest.mark.parametrize("written", ["助学", "爱心捐款", "春蕾、希望", "春蕾计划、希望工程", "母亲健康快车"])
def test_a_category_that_could_be_two_is_asked_about(categories, written):
    reading = categories.resolve(written)

    assert (reading.status, reading.text, reading.treatment) == ("queried", None, "ASK")


def test_an_unknown_activity_goes_to_the_open_category_and_is_listed(categories):
    reading = categories.resolve("健步走")

    assert (reading.text, reading.case, reading.treatment) == ("other_moral_practice", "other", "NOTE")
