"""One point or stretch of time as people write it: 2025.3.5, 3月5日, 3月上旬, 一季度, 农历九月初九, 全年."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Literal

from analysis.etl.calendars import end_of_month, named_day, read_lunar
from analysis.etl.doubts import Doubt
from analysis.etl.lexicon import Lexicon
from analysis.etl.numerals import read_digits, read_numeral

Precision = Literal["day", "month", "span", "year"]

_NUMERALS = "〇零一二三四五六七八九十廿卅"
_YEAR_RUN = re.compile(rf"[{_NUMERALS}]{{2,4}}(?=年)")
_ROUND_NOUGHTS = "○◯o0"
_ROUND_YEAR = re.compile(rf"(?=.*[{_NUMERALS}])[{_NUMERALS}{_ROUND_NOUGHTS}]{{4}}(?=年)")  # 二○二五年
_PLACE_RUN = re.compile(rf"[{_NUMERALS}]{{1,3}}(?=[月日号])|(?<=月)[{_NUMERALS}]{{1,3}}$")
_YEAR_FIRST = re.compile(r"([0-9]{4}|[0-9]{2})年|([0-9]{4})(?=[^0-9年.\-/])")
_CHINESE = re.compile(r"(?:([0-9]{4}|[0-9]{2})年)?([0-9]{1,2})月(?:份|([0-9]{1,2})[日号]?)?")
_THREE = re.compile(r"([0-9]{1,4})([-./])([0-9]{1,2})\2([0-9]{1,4})[日号]?")
_TWO = re.compile(r"([0-9]{1,4})([-./])([0-9]{1,2})(月份?)?")
_YEAR_THEN_TWO = re.compile(r"([0-9]{4})年([0-9]{1,2})[./]([0-9]{1,2})[日号]?")
_COMPACT = re.compile(r"([12][0-9]{3})([0-9]{2})([0-9]{2})")
_YEAR_MONTH = re.compile(r"(?:19[5-9][0-9]|20[0-9]{2})[0-9]{2}")
_SHORT_COMPACT = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})")
_NUMERALS_ONLY = re.compile(rf"(?:.*年)?[{_NUMERALS}]{{1,3}}月[{_NUMERALS}]{{1,3}}")
_BARE_DAY = re.compile(r"([0-9]{1,2})[日号]?")
_YEAR_ONLY = re.compile(r"([12][0-9]{3})(?:年度?)?")


@dataclass(frozen=True, slots=True)
class Point:
    """A stretch of days.

    `ordinary` is a full date in a usual form, about which nothing has to be told; `case` names what else has to be;
    `year_said` whether the year was written.
    """

    first: dt.date
    last: dt.date
    precision: Precision
    year_said: bool = False
    ordinary: bool = False
    case: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What goes without saying: the year, and after a first date also its month. `dashed` allows 03-08 for 8 March."""

    year: int
    lexicon: Lexicon
    month: int | None = None
    dashed: bool = False


def read_point(text: str, context: Context) -> Point | None:
    """The stretch of time that the whole text is; None when it has another shape. Raises Doubt when it cannot be."""
    text = _with_usual_words(text, context.lexicon)
    if _NUMERALS_ONLY.fullmatch(text):
        raise Doubt("M50", "unclear")  # 二月二, 九月九: the calendar that is meant is not said
    text = _with_arabic_numerals(text)
    return _from_numbers(text, context) or _from_words(text, context)


def _with_usual_words(text: str, lexicon: Lexicon) -> str:
    """元月 -> 一月, 二○二五年 -> 二〇二五年."""
    for word, usual in lexicon.words.get("month_name", {}).items():
        if text.startswith(word) or f"年{word}" in text:
            text = text.replace(word, usual, 1)
    year = _ROUND_YEAR.match(text)
    if not year:
        return text
    plain = year.group().translate({ord(nought): "〇" for nought in _ROUND_NOUGHTS})
    return plain + text[year.end() :]


def _with_arabic_numerals(text: str) -> str:
    """二〇二五年三月五日 -> 2025年3月5日; what is no numeral stays."""

    def year(match: re.Match[str]) -> str:
        digits = read_digits(match.group())
        return match.group() if digits is None else str(digits)

    def place(match: re.Match[str]) -> str:
        numeral = read_numeral(match.group())
        return match.group() if numeral is None or numeral.spoken else str(numeral.value)

    return _PLACE_RUN.sub(place, _YEAR_RUN.sub(year, text))


def _from_numbers(text: str, context: Context) -> Point | None:
    if match := _CHINESE.fullmatch(text):
        year, month, day = match.groups()
        return _date(
            _full_year(year), int(month), int(day) if day else None, context, ordinary=bool(year) and len(year) == 4
        )
    if match := _THREE.fullmatch(text):
        return _three_numbers(match, context)
    if match := _COMPACT.fullmatch(text):
        return _date(int(match[1]), int(match[2]), int(match[3]), context)
    if _YEAR_MONTH.fullmatch(text):
        return _six_digits(text, context)
    if match := _SHORT_COMPACT.fullmatch(text):
        return _date(_full_year(match[1]), int(match[2]), int(match[3]), context)
    if match := _TWO.fullmatch(text):
        return _two_numbers(match, context)
    if match := _YEAR_THEN_TWO.fullmatch(text):
        return _date(int(match[1]), int(match[2]), int(match[3]), context)
    if match := _YEAR_ONLY.fullmatch(text):
        return _year(int(match[1]), said=True, ordinary=text.endswith(("年", "年度")))
    match = _BARE_DAY.fullmatch(text)
    return _date(None, context.month, int(match[1]), context) if match and context.month else None


def _three_numbers(match: re.Match[str], context: Context) -> Point | None:
    """Year first; month and day first (3/15/2025) only when one of them cannot be a month."""
    first, sign, second, third = match[1], match[2], match[3], match[4]
    if len(first) == 4 and len(third) <= 2:
        return _date(int(first), int(second), int(third), context, ordinary=sign in "-./")
    if len(third) == 4 and len(first) <= 2:
        a, b = int(first), int(second)
        if (a > 12) == (b > 12) and a != b:
            raise Doubt("M50", "unclear")
        return _date(int(third), min(a, b) if max(a, b) > 12 else a, max(a, b) if max(a, b) > 12 else b, context)
    if len(first) == 2 and len(third) <= 2:
        year = 2000 + int(first)
        if not max(2012, context.year - 15) < year <= context.year + 1:
            raise Doubt("M50", "unclear")
        return _date(year, int(second), int(third), context)
    return None


def _two_numbers(match: re.Match[str], context: Context) -> Point | None:
    """2025.3 is a month, 3.5 a day; 3-5 may be March to May as well."""
    first, sign, second, month = match.groups()
    if len(first) == 4:
        return _date(int(first), int(second), None, context, ordinary=not month)
    if len(first) > 2 or month or (sign == "-" and not context.dashed):
        return None
    return _date(None, int(first), int(second), context)


def _six_digits(text: str, context: Context) -> Point:
    """202503 is a month; as 20-25-03 it is no day. Where both are possible it is asked about."""
    year, month = int(text[:4]), int(text[4:])
    short = (2000 + int(text[:2]), int(text[2:4]), int(text[4:]))
    if _exists(*short):
        raise Doubt("M50", "unclear")
    return _date(year, month, None, context)


def _full_year(text: str | None) -> int | None:
    return None if text is None else int(text) if len(text) == 4 else 2000 + int(text)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def _date(year: int | None, month: int | None, day: int | None, context: Context, *, ordinary: bool = False) -> Point:
    """A day or a month. Raises Doubt when the calendar has no such day."""
    said, whole_year = year is not None, context.year if year is None else year
    if month is None or not _exists(whole_year, month, 1 if day is None else day):
        raise Doubt("M51", "impossible")
    if day is None:
        return Point(dt.date(whole_year, month, 1), end_of_month(whole_year, month), "month", said, ordinary)
    return Point(dt.date(whole_year, month, day), dt.date(whole_year, month, day), "day", said, ordinary)


def _year(year: int, *, said: bool, ordinary: bool = False, case: str = "") -> Point:
    return Point(dt.date(year, 1, 1), dt.date(year, 12, 31), "year", said, ordinary, case)


def _from_words(text: str, context: Context) -> Point | None:
    lexicon, mark = context.lexicon, context.lexicon.start("lunar_mark", text)
    if mark and (year_first := _YEAR_FIRST.match(text[len(mark) :])):
        text = text[len(mark) :][: year_first.end()] + mark + text[len(mark) + year_first.end() :]
    word = lexicon.start("year_word", text)
    match = _YEAR_FIRST.match(text)
    if word and word != text:
        said, year, rest = True, context.year + int(lexicon.meaning("year_word", word) or 0), text[len(word) :]
    elif match:
        said, year, rest = True, _full_year(match[1] or match[2]) or context.year, text[match.end() :]
    else:
        said, year, rest = False, context.year, text
    if not dt.MINYEAR < year < dt.MAXYEAR:
        raise Doubt("M51", "impossible")
    point = _words_of_a_year(rest, replace(context, year=year), said)
    if point is None and word and word != text:
        point = _from_numbers(rest, replace(context, year=year))
        if point and point.year_said:  # 今年2024年3月
            raise Doubt("M50", "unclear")
    return replace(point, year_said=said) if point else None


def _words_of_a_year(text: str, context: Context, said: bool) -> Point | None:
    lexicon, year = context.lexicon, context.year
    if lexicon.has("year_long", text) or _is_repeated(text, lexicon):
        return _year(year, said=said, case="year_long")
    part = lexicon.meaning("year_part", text)
    if part:
        first, last = (int(month) for month in part.split("-"))
        return Point(dt.date(year, first, 1), end_of_month(year, last), "span")
    meaning = lexicon.meaning("named_day", text)
    day = named_day(meaning, year) if meaning else read_lunar(text, year, lexicon, year_said=said)
    return Point(day, day, "day", case="named_day" if meaning else "lunar") if day else _part_of_month(text, context)


def _is_repeated(text: str, lexicon: Lexicon) -> bool:
    """每月5日, 每周五: days of the whole year that cannot be told apart."""
    start = lexicon.start("year_every", text)
    rest = text[len(start) :]
    days = re.fullmatch(r"[0-9]{1,2}[日号]?(?:[、,][0-9]{1,2}[日号]?)*", rest)
    named = any(lexicon.has(words, rest) for words in ("weekday", "month_part", "year_times"))
    return bool(start) and bool(days or named)


def _part_of_month(text: str, context: Context) -> Point | None:
    """3月上旬 -> its ten days; 3月底 -> the month."""
    end = context.lexicon.end("month_part", text)
    match = re.fullmatch(r"([0-9]{1,2})月份?", text[: -len(end)]) if end else None
    if not match:
        return None
    month = _date(None, int(match[1]), None, context)
    meaning = context.lexicon.meaning("month_part", end) or ""
    if "-" not in meaning:
        return replace(month, case="month_part")
    first, last = meaning.split("-")
    last_day = month.last.day if last == "end" else int(last)
    return Point(month.first.replace(day=int(first)), month.first.replace(day=last_day), "span")
