"""The font of the pages: the characters that they use and no more, the same bytes every time."""

from __future__ import annotations

import base64
import io
import re

from fontTools.ttLib import TTFont

from analysis.present.web_font import characters_of, font_sheet, subset_font


def test_the_font_has_the_characters_and_no_others():
    font = TTFont(io.BytesIO(subset_font("文明3%")))

    assert set(font.getBestCmap()) == set(map(ord, "文明3%"))
    assert font.flavor == "woff"


def test_the_same_characters_give_the_same_bytes():
    assert subset_font("文明3%") == subset_font("%3明文")


def test_the_licence_stays_with_the_font():
    names = TTFont(io.BytesIO(subset_font("文")))["name"]

    assert "Open Font License" in names.getDebugName(13)


def test_a_character_without_glyph_is_passed_over():
    assert set(TTFont(io.BytesIO(subset_font("文\ue123"))).getBestCmap()) == {ord("文")}


def test_the_sheet_holds_the_font_and_no_address():
    sheet = font_sheet("文").decode("ascii")
    found = re.search(r"url\(data:font/woff;base64,([^)]+)\)", sheet)

    assert base64.b64decode(found[1]) == subset_font("文")
    assert "http" not in sheet


def test_letters_and_digits_are_always_there():
    assert characters_of(["文明"]) >= set("文明Az09%")
