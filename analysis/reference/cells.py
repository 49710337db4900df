"""One cell of reference data -> a value, or a refusal that says what was expected.

The parsers raise ValueError with `expected in Chinese|expected in English`. They read what Excel makes of our values
when a person saves a file again, and refuse what could mean two things.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

ColumnType: TypeAlias = Literal["text", "whole", "number", "flag", "day", "moment", "items", "codes"]
EXCEL_DAY_ZERO = dt.datetime(1899, 12, 30)
EXCEL_SERIALS = range(32874, 73051)  # 1990-01-01 to 2099-12-31; anything else is no date of ours
SEPARATORS = re.compile("[;\uff1b]")  # the full-width semicolon too
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
FLAGS = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False, "是": True, "否": False}


def parse_whole(text: str) -> int:
    """A whole number; 66.0 and 1,286 as Excel may write them are whole too."""
    value = parse_number(re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text))
    if value != int(value):
        raise ValueError("整数|a whole number")
    return int(value)


def parse_number(text: str) -> float:
    """A finite number with a point for decimals."""
    try:
        value = float(unicodedata.normalize("NFKC", text))
    except ValueError:
        raise ValueError("数字|a number") from None
    if not math.isfinite(value) or "_" in text:
        raise ValueError("数字|a number")
    return value


def parse_flag(text: str) -> bool:
    """Yes or no, also as Excel's TRUE and FALSE."""
    if text.lower() not in FLAGS:
        raise ValueError("yes 或 no|yes or no")
    return FLAGS[text.lower()]


def parse_day(text: str) -> dt.date:
    """A day in one of the forms of `parse_moment`."""
    return parse_moment(text).date()


def parse_moment(text: str) -> dt.datetime:
    """A day or a moment: 2025-01-31, 2025/1/31 9:30, 2025-01-31T09:30:00 or Excel's serial number 45688."""
    expected = "日期,如 2025-01-31|a date such as 2025-01-31 (day/month/year is ambiguous)"
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and int(float(text)) in EXCEL_SERIALS:
        return EXCEL_DAY_ZERO + dt.timedelta(seconds=round(float(text) * 86400))
    day_text, _, clock_text = text.replace("T", " ").partition(" ")
    day, clock = DAY.fullmatch(day_text), CLOCK.fullmatch(clock_text.strip() or "0:00")
    if day is None or clock is None:
        raise ValueError(expected)
    year, month, day_of_month = (int(part) for part in day.groups())
    hour, minute, second = (int(part) for part in clock.groups("0"))
    try:
        return dt.datetime(year, month, day_of_month, hour, minute, second)
    except ValueError:
        raise ValueError(expected) from None


def parse_items(text: str) -> tuple[str, ...]:
    """The parts of a list written with semicolons; none when empty."""
    return tuple(part.strip() for part in SEPARATORS.split(text) if part.strip())


def parse_codes(text: str) -> Mapping[str, str]:
    """Pairs as in `yes=是;no=否`."""
    pairs = [part.partition("=") for part in parse_items(text)]
    if any(not code or not word for code, _, word in pairs) or len({code for code, _, _ in pairs}) < len(pairs):
        raise ValueError("code=词;code=词,代码不重复|code=word;code=word, each code once")
    return {code.strip(): word.strip() for code, _, word in pairs}


PARSERS: Mapping[ColumnType, Callable[[str], Any]] = {
    "whole": parse_whole,
    "number": parse_number,
    "flag": parse_flag,
    "day": parse_day,
    "moment": parse_moment,
    "items": parse_items,
    "codes": parse_codes,
    "text": str,
}
