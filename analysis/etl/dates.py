"""What one cell of a return says, as a date: a day, a month, a year or an interval in ISO form, or a question."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from itertools import pairwise

from analysis.etl.blanks import MISSING, NOT_APPLICABLE, ask, cell_text, empty_meaning, read_ditto, read_error
from analysis.etl.date_deadlines import read_deadline
from analysis.etl.date_numbers import read_serial, read_stored_number
from analysis.etl.date_points import Context, Point, read_point
from analysis.etl.date_sayings import plain_date_text, with_feast, without_action
from analysis.etl.date_tails import without_tail
from analysis.etl.doubts import Doubt
from analysis.etl.lexicon import Lexicon
from analysis.etl.states import state_of_text
from analysis.etl.tidy import tidy
from analysis.records import Cell, Reading

_LONGEST = 80
_ISO_INTERVAL = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})/([0-9]{4}-[0-9]{2}-[0-9]{2})")
_TO = re.compile(r"--+|[\u2010-\u2015]+|[-~\u2212\u223c\u301c至到]")
_LIST = re.compile(r"[、,;\n和及与]")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_NOTED = frozenset({"ambiguous", "month_part", "year_long"})


def read_date(cell: Cell, year: int, lexicon: Lexicon, *, deadline: bool = False) -> Reading:
    """The date of a cell as ISO text: `2025-03-05`, `2025-03`, `2025` or `2025-03-05/2025-03-08` (M50).

    A date without a year lies in `year`; whether a date must lie there is not asked here. Days of the calendar that
    do not exist and intervals that end before they start are asked about (M51), as is whatever is not understood to
    the last character. With `deadline`, 6月底前 and 12月31日以前 are the last day they allow. Never raises for anything a
    cell can hold.
    """
    try:
        reading = read_error(cell) or _read(cell, year, lexicon, deadline)
    except Doubt as doubt:
        reading = ask(doubt.rule, doubt.case)
    if cell.struck and reading.status not in ("missing", "not_applicable"):
        return ask("M31", "struck", read_as=reading.text or "")
    return reading


def _read(cell: Cell, year: int, lexicon: Lexicon, deadline: bool) -> Reading:
    value, context = cell.value, Context(year, lexicon)
    if isinstance(value, bool | dt.time | dt.timedelta):
        return ask("M50", "unclear")
    if isinstance(value, dt.date):
        day = dt.date(value.year, value.month, value.day)
        return _reading(Point(day, day, "day", year_said=True, ordinary=True), context)
    if isinstance(value, int | float):
        return _reading(read_stored_number(value, cell.text, context), context)
    text = tidy(cell_text(cell))
    if not text:
        return MISSING
    empty = empty_meaning(text, lexicon)
    if empty:
        return ask("M52", "ask") if empty == "ask" else NOT_APPLICABLE
    return read_ditto(text, lexicon) or _read_text(text, context, deadline)


def _read_text(text: str, context: Context, deadline: bool) -> Reading:
    if len(text) > _LONGEST:
        return ask("M50", "unclear")
    text = plain_date_text(_ISO_INTERVAL.sub(r"\1至\2", text))
    if number := _SERIAL.fullmatch(text):
        serial = read_serial(int(number[1]), context)
        return _reading(serial, context) if serial else ask("M50", "unclear")
    point = read_deadline(text, context, _stretch) if deadline else None
    point = point or _stretch(text, context)
    if point is None and (core := without_action(text, context.lexicon)):
        point = _stretch(core, context)
        point = replace(point, ordinary=False) if point else None
    if point is None:
        prose = state_of_text(text, context.lexicon) or context.lexicon.has("status_open", text)
        return ask("M64", "in_date") if prose else ask("M50", "unclear")
    return _reading(point, context)


def _stretch(text: str, context: Context) -> Point | None:
    """A point, several of them, or an interval."""
    return _point(text, context) or _several(text, context) or _interval(text, context)


def _point(text: str, context: Context) -> Point | None:
    """A point with or without a weekday, a time of day or the name of the day behind it, which must fit."""
    point = read_point(text, context) or with_feast(text, context)
    if point:
        return point
    core, weekdays = without_tail(text, context.lexicon)
    point = read_point(core, context) if core != text else None
    if point is None or point.precision != "day":
        return None
    if any(weekday != point.first.isoweekday() for weekday in weekdays):
        raise Doubt("M51", "weekday")
    return point


def _several(text: str, context: Context) -> Point | None:
    """3月5日、12日: from the first day to the last."""
    pieces = _LIST.split(text)
    if len(pieces) < 2:
        return None
    points: list[Point] = []
    for piece in pieces:
        here = _following(context, points[-1]) if points else context
        point = _point(piece, here)
        if point is None or point.precision != "day":
            return None
        points.append(point)
    if any(later.first <= sooner.first for sooner, later in pairwise(points)):
        raise Doubt("M51", "order")
    return Point(points[0].first, points[-1].last, "span", points[0].year_said, case="list")


def _following(context: Context, point: Point) -> Context:
    """What goes without saying after a first date."""
    month = point.first.month if point.precision == "day" else None
    return replace(context, year=point.first.year, month=month, dashed=True)


def _interval(text: str, context: Context) -> Point | None:
    """The one way to read a text as from-to; Doubt when there are two ways or the end comes first."""
    found: dict[tuple[dt.date, dt.date], Point] = {}
    doubts: list[Doubt] = []
    lexicon, word = context.lexicon, context.lexicon.start("date_start", text)
    text = text[len(word) :] if lexicon.meaning("date_start", word) == "from" else text
    for sign in _TO.finditer(text):
        first, last = text[: sign.start()], text[sign.end() :]
        first = first[: len(first) - len(lexicon.end("date_start_end", first))]
        last = last[: len(last) - len(lexicon.end("date_stop_end", last))]
        try:
            point = _from_to(first, last, context)
        except Doubt as doubt:
            doubts.append(doubt)
            continue
        if point:
            found[point.first, point.last] = point
    if len(found) > 1:
        raise Doubt("M50", "unclear")
    if not found and doubts:
        raise doubts[0]
    return next(iter(found.values()), None)


def _from_to(first_text: str, last_text: str, context: Context) -> Point | None:
    first = _point(first_text, context)
    for sign in ("月", "日"):
        if first is None and last_text.removesuffix("份").endswith((sign, "号" if sign == "日" else sign)):
            first = _point(first_text + sign, context)
    last = _point(last_text, _following(context, first)) if first else None
    if first is None or last is None or first.precision != last.precision or first.precision == "year":
        return None
    if last.year_said and not first.year_said:
        first = _in_the_year_before(first, last)
    if last.first < first.first:
        raise Doubt("M51", "order")
    if (
        first.precision == "month"
        and (first.first.month, last.last.month) == (1, 12)
        and first.first.year == last.last.year
    ):
        return Point(first.first, last.last, "year", first.year_said, case="year_long")
    cases = sorted({first.case, last.case} - {""})
    ordinary = first.ordinary and (last.ordinary or not last.year_said)
    return Point(
        first.first,
        last.last,
        "day" if first.first == last.last else "span",
        first.year_said,
        ordinary,
        "".join(cases[:1]),
    )


def _in_the_year_before(first: Point, last: Point) -> Point:
    """A start without a year before an end with one (12月28日—2026年1月3日): the one year that fits, else a Doubt."""
    years = {first.first.year, last.first.year}
    fitting = [moved for year in years if (moved := _moved(first, year)) and moved.first <= last.first]
    if len(fitting) > 1:
        raise Doubt("M50", "unclear")
    return fitting[0] if fitting else first


def _moved(point: Point, year: int) -> Point | None:
    """The same days in another year; None when that year has no such day."""
    try:
        return replace(point, first=point.first.replace(year=year), last=point.last.replace(year=year))
    except ValueError:
        return None


def _reading(point: Point, context: Context) -> Reading:
    """The ISO text of a point, once its years are possible."""
    lexicon = context.lexicon
    first_year, years_ahead = lexicon.limit("date_first_year") or 1, lexicon.limit("date_years_ahead") or 1000
    if not (first_year <= point.first.year and point.last.year <= context.year + years_ahead):
        return ask("M51", "impossible")
    text = iso_text(point)
    if point.ordinary:
        return Reading(text=text)
    return Reading(
        text=text, status="repaired", rule="M50", case=point.case,
        treatment="NOTE" if point.case in _NOTED else "FIX", read_as=text,
    )  # fmt: skip


def iso_text(point: Point) -> str:
    """`2025-03-05`, `2025-03`, `2025`, or first and last day with a stroke between."""
    if point.precision == "year":
        return f"{point.first.year:04}"
    if point.precision == "month":
        return f"{point.first.year:04}-{point.first.month:02}"
    if point.precision == "day":
        return point.first.isoformat()
    return f"{point.first.isoformat()}/{point.last.isoformat()}"
