"""Words for codes and numbers, and the font that can write them."""

from __future__ import annotations

import re

import pytest
from matplotlib import font_manager

from analysis.present import fonts
from analysis.present.fonts import FONT_FAMILY, FontFault, font_path, register_font
from analysis.present.labels import Words, load_phrases
from tests.present.made_up import sample_reference

ZH, EN = Words(sample_reference(), "zh"), Words(sample_reference(), "en")


@pytest.mark.parametrize(
    "share, text",
    [(0.784, "78.4%"), (0, "0.0%"), (1, "100.0%"), (0.0004, "<0.1%"), (0.9999, ">99.9%"), (1.05, "105.0%")],
)
def test_percent_has_one_decimal_and_hides_nobody(share, text):
    """One donor in 2 500 is not nobody, and one missing in 10 000 is not everybody."""
    assert ZH.percent(share) == text


@pytest.mark.parametrize(
    "share, text",
    [(5 / 80, "6.3%"), (75 / 80, "93.8%"), (23 / 80, "28.8%"), (0.28749999, "28.7%"), (1 - 0.9375, "6.3%")],
)
def test_a_percentage_halfway_between_two_is_rounded_up_as_people_do(share, text):
    """5 of 80 are 6.25 %: beside 93.8 % the other part is 6.3 %, not the 6.2 % of an even last digit."""
    assert ZH.percent(share) == text


def test_a_difference_is_rounded_as_percentages_are():
    """0.7155 and 0.69 differ by 2.55 points, whatever the computer keeps behind them."""
    assert ZH.points(0.7155 - 0.69) == "2.6个百分点"
    assert ZH.points(0.69 - 0.7155) == "\u22122.6个百分点"


@pytest.mark.parametrize(
    "n, of, chinese, english",
    [
        (0, 80, "没有单位", "no unit"),
        (1, 80, "个别单位（1家）", "a few (1 unit)"),
        (3, 80, "个别单位（3家）", "a few (3 units)"),
        (4, 80, "部分单位（4家）", "some (4 units)"),
        (24, 80, "部分单位（24家）", "some (24 units)"),
        (25, 80, "25家单位", "25 units"),
        (40, 80, "40家单位", "40 units"),
        (41, 80, "多数单位（41家）", "most (41 units)"),
        (64, 80, "多数单位（64家）", "most (64 units)"),
        (65, 80, "普遍（65家）", "nearly all (65 units)"),
        (80, 80, "全部80家单位", "all 80 units"),
        (2, 5, "2家单位", "2 units"),
        (3, 4, "3家单位", "3 units"),
        (1, 2, "1家单位", "1 unit"),
        (1, 1, "该单位", "this unit"),
        (1, 0, "1家单位", "1 unit"),
    ],
)
def test_the_customary_word_is_that_of_the_number_and_share_of_units(n, of, chinese, english):
    """Domain 6.3: one to three 个别, four to 30 % 部分, above half 多数, above four fifths 普遍; else the number alone."""
    assert (ZH.some_units(n, of), EN.some_units(n, of)) == (chinese, english)


def test_codes_have_names_in_both_languages():
    assert ZH.peer_group("PG4") == "事业单位"
    assert EN.peer_group("PG4") == "Public institutions"
    assert ZH.category("blood_donation") == "无偿献血"
    assert EN.label("returned", "state") == "Returned"
    assert EN.count(1286) == "1,286"


def test_an_unknown_rule_is_shown_by_its_code():
    assert ZH.rule("M999") == "M999"
    assert ZH.rule("M36").startswith("M36 ")


def test_every_phrase_has_the_same_blanks_in_both_languages_or_fewer_in_one():
    """A blank that no caller fills would stop a chart; the day of the month is padded in English only."""
    from string import Formatter

    for code, phrase in load_phrases().items():
        blanks = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (phrase.zh, phrase.en)]
        assert blanks[0] <= blanks[1] or blanks[1] <= blanks[0], code


@pytest.mark.parametrize(
    "n, said", [("0", "0 files came"), ("1", "1 file came"), ("2", "2 files came"), ("1,001", "1,001 files came")]
)
def test_one_thing_is_singular_in_english(n, said):
    assert EN.say("answer.files", files=n, parts="all used").startswith(said)
    assert "1 is queried (1.0%)" in EN.say("answer.open_cells", cells="100", n="1", share="1.0%")
    assert EN.say("gap.hidden", n="1") == "1 count not shown"
    assert ZH.say("gap.hidden", n="1") == "人数不列1"


def test_no_english_phrase_puts_a_plural_behind_a_number_that_may_be_one():
    plural = re.compile(r"\{(?:n|files|cells|k)\} (?:rows|files|counts|cells|figures|questions|times|values)\b")

    assert [code for code, label in load_phrases().items() if plural.search(label.en)] == []


def test_a_font_of_the_same_name_that_the_machine_has_is_not_taken(monkeypatch):
    manager = font_manager.fontManager
    other = font_manager.FontEntry(fname="/fonts/of/the/machine.ttc", name=FONT_FAMILY, weight=400, index=2)
    monkeypatch.setattr(manager, "ttflist", [other, *manager.ttflist])
    register_font.cache_clear()
    assert font_manager.findfont(font_manager.FontProperties(family=register_font())) == str(font_path())
    register_font.cache_clear()


def test_the_font_is_a_file_known_by_its_path():
    assert font_path().is_file()
    assert register_font() == FONT_FAMILY


def test_a_missing_font_says_what_to_do(monkeypatch):
    monkeypatch.setattr(fonts, "FONT_FILE", "gone.otf")

    with pytest.raises(FontFault, match="make env"):
        font_path()
