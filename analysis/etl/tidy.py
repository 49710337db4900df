"""The text of a cell as the value grammars read it: one width, one script, no invisible characters, no needless space.

Stricter than the normal form by which names are compared: a space that separates two numbers stays, and signs that
only look like digits (①, ², ½) stay what they are, so that no number is made of what was none.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from analysis.etl.numerals import NUMERAL_CHARACTERS
from analysis.etl.text import simplified

_WIDTHS = ("<wide>", "<narrow>", "<small>")
_DIGITS = frozenset("0123456789.,")
_BRACKETS = str.maketrans("[{【〔〖「『]}】〕〗」』", "(((((((" + ")))))))")
_QUOTES = frozenset({('"', '"'), ("'", "'"), ("\u201c", "\u201d"), ("\u2018", "\u2019")})
_SELECTORS = range(0xFE00, 0xFE10)


def fold_character(character: str) -> str:
    """Half-width form of a full-width character, the plain form of ㎖ and of a radical; all else as it is."""
    if character < "\x80":
        return character
    tag, _, codes = unicodedata.decomposition(character).rpartition("> ")
    if not codes:
        return character
    tag = f"{tag}>" if tag else ""
    plain = unicodedata.normalize("NFKC", character)
    if tag in ("", *_WIDTHS):
        return plain
    is_radical = tag == "<compat>" and len(plain) == 1 and unicodedata.category(plain) == "Lo"
    return plain if is_radical or (tag == "<square>" and plain.isalpha() and plain.isascii()) else character


def _is_number_part(character: str) -> bool:
    return character in _DIGITS or character in NUMERAL_CHARACTERS


def _is_blank(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Cc"


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or ord(character) in _SELECTORS


def _without_needless_blanks(text: str) -> str:
    """The text without blanks; between two numbers one stays, a line break if there was one."""
    kept: list[str] = []
    gap = ""
    for character in text:
        if _is_blank(character):
            gap = "\n" if character in "\r\n\v\f\u2028\u2029" or gap == "\n" else " "
            continue
        if gap and kept and _is_number_part(kept[-1]) and _is_number_part(character):
            kept.append(gap)
        gap = ""
        kept.append(character)
    return "".join(kept)


@lru_cache(maxsize=65536)
def tidy(text: str) -> str:
    """The text to be read by a grammar: half-width, simplified, small Latin letters, round brackets."""
    visible = (character for character in text if not _is_invisible(character))
    folded = "".join(map(fold_character, visible))
    return simplified(_without_needless_blanks(folded)).lower().translate(_BRACKETS)


def without_quotes(text: str) -> str:
    """The tidy text without one pair of quotation marks around the whole of it."""
    pair = (text[:1], text[-1:])
    return text[1:-1] if len(text) > 2 and pair in _QUOTES and not set(text[1:-1]) & {*pair} else text


def has_wide_characters(text: str) -> bool:
    """Whether a letter, digit or sign of the text is full-width (Chinese punctuation does not count)."""
    return any(0xFF10 <= ord(c) <= 0xFF5A or c in "％￥＋－．／＝" for c in text)
