"""What one cell says where the form offers a list of codes, and what a cell of free text says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from analysis.etl.answers import read_yes_no
from analysis.etl.blanks import MISSING, NOT_APPLICABLE, ask, cell_text, empty_meaning, read_ditto, read_error
from analysis.etl.lexicon import Lexicon
from analysis.etl.states import state_of
from analysis.etl.text import normal_form
from analysis.etl.tidy import tidy
from analysis.records import Cell, Reading

__all__ = ["read_list", "read_text", "read_yes_no"]

_TERM = re.compile(
    r"\((?:第[0-9一二三四五六七八九十]{1,4}届|[12][0-9]{3}(?:年?[-~\u2010-\u2015至][12][0-9]{3})?(?:年度?)?)\)"
)
_SEVERAL = re.compile(r"[、,;/\n和及与]")


def read_list(cell: Cell, codes: Mapping[str, str], synonyms: Mapping[str, str], lexicon: Lexicon) -> Reading:
    """The code that the cell names (M61): by its word or code, by a synonym, or as prose about a state (M64).

    `codes` is code -> word of the form, `synonyms` word -> code. Several values and unknown words are asked about.
    """
    reading = read_error(cell) or _read_choice(cell, codes, synonyms, lexicon)
    if cell.struck and reading.status not in ("missing", "not_applicable"):
        return ask("M31", "struck")
    return reading


def read_text(cell: Cell, lexicon: Lexicon) -> Reading:
    """The text as it stands, without blanks at its ends.

    A stroke is not applicable; a ditto mark gives an empty text, to be filled by whoever knows the line above.
    """
    error = read_error(cell)
    if error:
        return error
    text = cell_text(cell).strip()
    plain = tidy(text)
    if not plain:
        return MISSING
    if empty_meaning(plain, lexicon) == "not_applicable":
        return NOT_APPLICABLE
    ditto = read_ditto(plain, lexicon)
    if ditto:
        return ditto
    if isinstance(cell.value, dt.date | dt.time | dt.timedelta):
        return Reading(text=text, rule="M73", case="date_in_text", treatment="NOTE")
    return Reading(text=text, rule="M31", case="text", treatment="NOTE") if cell.struck else Reading(text=text)


def _read_choice(cell: Cell, codes: Mapping[str, str], synonyms: Mapping[str, str], lexicon: Lexicon) -> Reading:
    written = cell_text(cell).strip()
    text = tidy(written)
    if not text:
        return MISSING
    printed = next((code for code, word in codes.items() if written == word), None)
    if printed:
        return Reading(text=printed)
    form = normal_form(written)
    found = _code(form, codes, synonyms) or _code(_TERM.sub("", form), codes, synonyms)
    if found:
        return Reading(text=found, status="repaired", rule="M61", case="synonym", treatment="FIX", read_as=codes[found])
    if "in_progress" in codes:
        state = state_of(text, cell, lexicon)
        if state in codes:
            return Reading(text=state, status="repaired", rule="M64", treatment="NOTE", read_as=codes[state])
    return _not_on_list(text, codes, synonyms, lexicon)


def _not_on_list(text: str, codes: Mapping[str, str], synonyms: Mapping[str, str], lexicon: Lexicon) -> Reading:
    empty = empty_meaning(text, lexicon)
    if empty == "not_applicable":
        return NOT_APPLICABLE
    if empty == "ask":
        return ask("M52", "ask")
    ditto = read_ditto(text, lexicon)
    if ditto:
        return ditto
    named = {code for piece in _SEVERAL.split(text) if (code := _code(normal_form(piece), codes, synonyms))}
    if len(named) > 1:
        return ask("M61", "several")
    return ask("M64", "unreadable") if "in_progress" in codes else ask("M61")


def _code(form: str, codes: Mapping[str, str], synonyms: Mapping[str, str]) -> str | None:
    """The code that a normal form names; None when it is unknown."""
    for code, word in codes.items():
        if form in (normal_form(word), code):
            return code
    found = next((code for word, code in synonyms.items() if normal_form(word) == form), None)
    return found if found in codes else None
