"""The state of a piece of work as prose: 基本完成, 已全部整改到位, 持续推进, 完成90% -> a code (M64)."""

from __future__ import annotations

from fractions import Fraction

from analysis.etl.lexicon import Lexicon
from analysis.etl.percents import find_percent
from analysis.records import Cell

_RULES = {
    "done": (("status_finish", "done"), ("status_close", "closed"), ("status_begin", "in_progress")),
    "partly": (("status_finish", "in_progress"), ("status_close", "in_progress")),
    "doing": (("status_go", "in_progress"), ("status_finish", "in_progress")),
    "not": (("status_begin", "not_started"),),
}
"""By what a text starts with and the list of its verb: the state. 未完成 stands in no rule: it may be either."""


def state_of(text: str, cell: Cell, lexicon: Lexicon) -> str:
    """The state that a tidy text, or a number shown as per cent, describes; empty when it is not sure."""
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        return _of_share(Fraction(str(cell.value))) if "%" in (cell.number_format or "") else ""
    return state_of_text(text, lexicon)


def state_of_text(text: str, lexicon: Lexicon) -> str:
    """The state that a tidy text describes; empty when it is not sure."""
    text = text.removesuffix("。")
    return lexicon.meaning("status_prose", text) or _of_percent(text, lexicon) or _of_verb(text, lexicon)


def _of_percent(text: str, lexicon: Lexicon) -> str:
    """已完成90%, 进度90%, 90%."""
    start = lexicon.start("status_start", text)
    rest = text[len(start) :] if lexicon.meaning("status_start", start) == "done" else text
    share = find_percent(rest[len(lexicon.start("status_share", rest)) :], lexicon)
    return _of_share(share.value) if share and share.value is not None else ""


def _of_share(share: Fraction) -> str:
    if share in (0, 1):
        return "done" if share else "not_started"
    return "in_progress" if 0 < share < 1 else ""


def _of_verb(text: str, lexicon: Lexicon) -> str:
    """已完成, 基本整改到位, 正在推进, 推进中, 尚未启动."""
    end = lexicon.end("status_end", text)
    body = text[: len(text) - len(end)]
    start = lexicon.start("status_start", body)
    verb = body[len(start) :]
    meaning = lexicon.meaning("status_start", start) if start else "doing" if end else None
    if meaning is None or (end and meaning != "doing"):
        return ""
    return next((state for words, state in _RULES[meaning] if lexicon.has(words, verb)), "")
