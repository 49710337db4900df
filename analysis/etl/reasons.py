"""Why a text in a field of numbers could not be read: the rule under which the unit is asked."""

from __future__ import annotations

import re

from analysis.etl.doubts import Doubt
from analysis.etl.numerals import CHINESE, NUMERAL_PATTERN, read_numeral
from analysis.etl.quantities import Field

_NUMERAL = re.compile(NUMERAL_PATTERN)
_LISTED = re.compile(r"[0-9一二三四五六七八九十][^0-9]*[\n、;/][^0-9]*[0-9一二三四五六七八九十]")
_NUMBERED = re.compile(r"(?:^|\D)[1-9][.、)]\D*\d")
_SIGNS = frozenset("()+=*×x")
_NEGATIVE = re.compile(r"[-\u2212负][0-9.,]+\D*")


def explain(text: str, field: Field) -> Doubt:
    """The best reason to ask about a tidy text that no grammar took."""
    lexicon = field.lexicon
    if _NUMERAL.search(text) and lexicon.start("per_person", text):
        return Doubt("M44", "per_person") if field.type == "hours" else Doubt("M39", "unclear")
    if lexicon.start("all_staff", text):
        return Doubt("M37", "all_staff")
    if _NEGATIVE.fullmatch(text):
        return Doubt("M54", "negative")
    if lexicon.inside("vague", text):
        return Doubt("M37", "vague")
    if text and all(character in CHINESE for character in text):
        return Doubt("M41", "unclear")
    return _explain_number(text, field) if _NUMERAL.search(text) else Doubt("M54", "not_a_number")


def _explain_number(text: str, field: Field) -> Doubt:
    """The same for a text with a number in it."""
    lexicon, start = field.lexicon, _NUMERAL.match(text)
    if _LISTED.search(text) or _NUMBERED.match(text) or "\n" in text:
        return Doubt("M33", "number")
    if set(text) & _SIGNS or lexicon.inside("part_marker", text):
        return Doubt("M39", "unclear")
    if lexicon.inside("hedge_before", text) or lexicon.inside("hedge_after", text):
        return Doubt("M37", "unclear")
    if start and read_numeral(start.group()) is None and set(start.group()) & set(CHINESE):
        return Doubt("M37", "vague")
    if start and text[start.end() :].isalpha():
        return field.mismatch(text[start.end() :])
    return Doubt("M54", "not_a_number")
