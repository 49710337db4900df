"""Whether a cell names a person (M63): a name is `yes`, 全体 or an office is `no`; the name itself is never kept."""

from __future__ import annotations

import re

from analysis.etl.blanks import MISSING, NOT_APPLICABLE, ask, cell_text, empty_meaning, read_ditto, read_error
from analysis.etl.lexicon import Lexicon
from analysis.etl.tidy import fold_character, tidy
from analysis.records import Cell, Reading

_PHONE = re.compile(r"[-+0-9]*[0-9]{3}[-+0-9]*")
_DIGITS = re.compile(r"([-+0-9]{3,})")
_SEPARATORS = re.compile(r"[、,;/()\s:·•]+")
_OPTIONAL = re.compile(r"[(（]([\u3400-\u9fff])[)）]")
_SPACED_NAME = re.compile(r"(?<![\u3400-\u9fff])([\u3400-\u9fff])[ \u3000\u00a0]+([\u3400-\u9fff])(?![\u3400-\u9fff])")
_WITH_DOT = re.compile(r"[\u3400-\u9fff]{2,8}(?:[·•][\u3400-\u9fff]{2,8})+")
_GIVEN_NAME = re.compile(r"[\u3400-\u9fff]{1,2}")
_OFFICE = re.compile(r"[\u3400-\u9fff]{2,10}")
_LONGEST_NAME_LIKE = 4


def read_person(cell: Cell, lexicon: Lexicon) -> Reading:
    """`yes` when a person is named, `no` (NOTE) when only a group, an office or a post is; else asked about.

    The caller masks the raw text unless the answer is `no`. Two or more names are `yes`, with a note.
    """
    error = read_error(cell)
    if error:
        return error
    written = cell_text(cell)
    text = tidy(written)
    if not text:
        return MISSING
    if cell.struck:
        return ask("M31", "struck")
    empty = empty_meaning(text, lexicon)
    if empty == "not_applicable":
        return NOT_APPLICABLE
    if empty:
        return ask("M52", "ask") if empty == "ask" else _nobody("none")
    ditto = read_ditto(text, lexicon)
    return ditto or _read_words(written, lexicon)


def _nobody(case: str) -> Reading:
    return Reading(text="no", status="repaired", rule="M63", case=case, treatment="NOTE", read_as="no")


def _read_words(written: str, lexicon: Lexicon) -> Reading:
    """Every word must be a name, a group, an office, a post or a telephone number."""
    kinds = [kind for word in _words(written, lexicon) for kind in _kinds(word, lexicon)]
    names = kinds.count("name")
    if "unknown" in kinds or not set(kinds) - {"phone"}:
        return ask("M63", "unclear")
    if not names:
        return _nobody("no_person")
    if names > 1:
        return Reading(text="yes", rule="M63", case="several", treatment="NOTE", read_as="yes")
    return Reading(text="yes")


def _words(written: str, lexicon: Lexicon) -> list[str]:
    """The text cut at separators and brackets; numbers are words of their own, labels of telephones left out."""
    flat = _OPTIONAL.sub(r"\1", "".join(map(fold_character, written)))
    flat = _SPACED_NAME.sub(r"\1\2", flat)
    if _WITH_DOT.fullmatch(flat.strip()):
        return [flat.strip()]
    pieces = (tidy(piece) for piece in _SEPARATORS.split(_DIGITS.sub(r" \1 ", flat)))
    return [piece for piece in pieces if piece and not lexicon.has("phone_label", piece)]


def _kinds(word: str, lexicon: Lexicon) -> list[str]:
    """What a word without separators is made of: 党组书记张三 -> nobody, nobody, name."""
    if _PHONE.fullmatch(word):
        return ["phone"]
    if _WITH_DOT.fullmatch(word):
        return ["name"]
    kinds: list[str] = []
    while known := lexicon.start("no_person", word):
        kinds.append("nobody")
        word = word[len(known) :]
    whole = word
    while len(known := lexicon.end("no_person", word)) > 1 or known == word != "":
        kinds.append("nobody")
        word = word[: -len(known)]
    if not word:
        return kinds
    kind = _kind(word, lexicon)
    return ["nobody"] if kind == "unknown" and _kind(whole, lexicon) == "nobody" else [*kinds, kind]


def _kind(word: str, lexicon: Lexicon) -> str:
    """A name is a surname and one or two characters; an unknown word that ends like an office is one if it is no name."""
    if lexicon.inside("name_hidden", word) or lexicon.start("name_never", word):
        return "unknown"
    surname = lexicon.start("surname", word)
    office = lexicon.end("office_end", word) if _OFFICE.fullmatch(word) else ""
    if surname and len(word) <= _LONGEST_NAME_LIKE:
        is_name = _GIVEN_NAME.fullmatch(word[len(surname) :]) and not office
        return "name" if is_name else "unknown"
    return "nobody" if office else "unknown"
