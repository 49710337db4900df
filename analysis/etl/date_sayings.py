"""Words around a date that do not change it: quotation marks, 举行, and the name of the day, which must fit."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.etl.date_points import Context, Point, read_point
from analysis.etl.doubts import Doubt
from analysis.etl.lexicon import Lexicon
from analysis.etl.tidy import without_quotes

_TEXT_MARKS = "'\u2018\u2019`"
_BRACKETED = re.compile(r"(.+)\(([^()]+)\)")
_NAMED = frozenset({"named_day", "lunar"})


def plain_date_text(text: str) -> str:
    """A tidy text without quotation marks around it, a text mark before it and a full stop after it."""
    text = without_quotes(text)
    text = text[1:] if len(text) > 1 and text[0] in _TEXT_MARKS else text
    text = text.removesuffix("。")
    return text[:-1] if text.endswith(".") and "." in text[:-1] else text


def without_action(text: str, lexicon: Lexicon) -> str:
    """3月5日举行 -> 3月5日, 于3月5日 -> 3月5日; empty when there is nothing to take away or nothing left."""
    word = lexicon.start("date_start", text)
    start = word if lexicon.meaning("date_start", word) == "on" else ""
    rest = text[len(start) :]
    core = rest[: len(rest) - len(lexicon.end("date_end", rest))]
    return core if core != text else ""


def with_feast(text: str, context: Context) -> Point | None:
    """The day of 10月29日(重阳节), 重阳节(10月29日) or 3月5日学雷锋日.

    None when the text has another shape. Raises Doubt when the date and the name of the day disagree.
    """
    bracketed = _BRACKETED.fullmatch(text)
    word = context.lexicon.end("named_day", text)
    if bracketed:
        pieces = bracketed.groups()
    elif word and word != text:
        pieces = (text[: -len(word)], word)
    else:
        return None
    first = read_point(pieces[0], context)
    second = read_point(pieces[1], replace(context, year=first.first.year)) if first else None
    if not first or not second or first.precision != "day" or second.precision != "day":
        return None
    if (first.case in _NAMED) == (second.case in _NAMED):
        return None
    if first.first != second.first:
        raise Doubt("M51", "feast")
    return second if first.case in _NAMED else first
