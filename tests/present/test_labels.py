"""Words for codes and numbers, and the font that can write them."""

from __future__ import annotations

import pytest

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
    "share, word", [(0.039, "个别"), (0.04, "部分"), (0.5, "部分"), (0.51, "多数"), (0.8, "多数"), (0.81, "普遍")]
)
def test_the_customary_word_goes_by_the_share(share, word):
    assert ZH.share_word(share) == word


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


def test_the_font_is_a_file_known_by_its_path():
    assert font_path().is_file()
    assert register_font() == FONT_FAMILY


def test_a_missing_font_says_what_to_do(monkeypatch):
    monkeypatch.setattr(fonts, "FONT_FILE", "gone.otf")

    with pytest.raises(FontFault, match="make env"):
        font_path()
