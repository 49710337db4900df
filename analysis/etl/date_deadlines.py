"""The date until which something must be done: 6月底前, 12月31日以前, 年底前, 不晚于9月30日."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from analysis.etl.date_points import Context, Point, read_point
from analysis.etl.doubts import Doubt


def read_deadline(text: str, context: Context, read: Callable[[str, Context], Point | None]) -> Point | None:
    """The last day that a tidy text allows, or the month or interval it names; None when it has no word of a deadline.

    Raises Doubt for 6月前: the first of June, or the last?
    """
    lexicon = context.lexicon
    start = lexicon.start("deadline_start", text)
    rest = text[len(start) :]
    end = lexicon.end("deadline_end", rest)
    core = rest[: len(rest) - len(end)]
    last = _last_day(core, context)
    if last or not (start or end):
        return last
    point = read(core, context) if core else None
    if point is None:
        return None
    if point.precision != "day" and lexicon.meaning("deadline_end", end) == "before":
        raise Doubt("M50", "unclear")
    return replace(point, ordinary=False, case=point.case or "deadline")


def _last_day(text: str, context: Context) -> Point | None:
    """The last day of 6月底, 第三季度末, 2025年底 and 年内."""
    lexicon = context.lexicon
    word = lexicon.end("year_end", text)
    if word:
        whole = _year(text[: -len(word)], context)
    else:
        word = lexicon.end("deadline_last", text)
        whole = read_point(text[: -len(word)], context) if word else None
    if whole is None or whole.precision == "day":
        return None
    return replace(whole, first=whole.last, precision="day", ordinary=False, case="deadline")


def _year(text: str, context: Context) -> Point | None:
    """The year that stands before 年底, or the one that goes without saying."""
    ahead = context.lexicon.meaning("year_word", text)
    point = read_point(str(context.year + int(ahead or 0)) if ahead or not text else text, context)
    return point if point and point.precision == "year" else None
