"""What every reader of a cell does first: blanks, empty words, ditto marks, errors, formulas without value."""

from __future__ import annotations

import re

from analysis.etl.lexicon import Lexicon
from analysis.etl.tidy import tidy
from analysis.records import Cell, Reading

_ERROR = re.compile(r"#+|#[a-z_]+(?:/[0-9a-z]+)?[!?]?")

MISSING = Reading(status="missing")
NOT_APPLICABLE = Reading(status="not_applicable", rule="M52", case="not_applicable")


def ask(
    rule: str, case: str = "", *, low: float | None = None, high: float | None = None, read_as: str = ""
) -> Reading:
    """A cell that is not read: the unit is asked."""
    return Reading(low=low, high=high, status="queried", rule=rule, case=case, treatment="ASK", read_as=read_as)


def cell_text(cell: Cell) -> str:
    """What the cell says: its string where it holds one, else its value as text."""
    return cell.value if isinstance(cell.value, str) else cell.text


def read_error(cell: Cell) -> Reading | None:
    """The question about an error cell (M55) or a formula without stored value (M56); None for any other cell."""
    if cell.kind == "error" or (isinstance(cell.value, str) and _ERROR.fullmatch(tidy(cell.value))):
        return ask("M55")
    return ask("M56") if cell.value is None and (cell.kind == "formula" or cell.formula) else None


def read_ditto(text: str, lexicon: Lexicon) -> Reading | None:
    """A tidy text that says "as above", for a field of text: it is filled by whoever knows the line above (M53)."""
    if not lexicon.has("ditto", text):
        return None
    return Reading(text="", status="repaired", rule="M53", case="text", treatment="FIX")


def empty_meaning(text: str, lexicon: Lexicon) -> str:
    """What an empty word in tidy form means: `zero`, `not_applicable` or `ask`; empty for any other text.

    Strokes count however often they are repeated (——, //).
    """
    meaning = lexicon.meaning("empty", text)
    if meaning is None and len(set(text)) == 1:
        meaning = lexicon.meaning("empty", text[0])
        return meaning if meaning == "not_applicable" else ""
    return meaning or ""
