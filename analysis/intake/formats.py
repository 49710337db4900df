"""Number formats of spreadsheets: which of them make a number a date, and which are worth telling."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, TypeAlias

FormatKind: TypeAlias = Literal["number", "date", "time", "duration"]

GENERAL = "General"
_BUILTIN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
# 27-36 and 50-58 have no code in the file: East Asian editions give them these meanings
_EAST_ASIAN = {
    27: "yyyy-m", 28: "m-d", 29: "m-d", 30: "m-d-yy", 31: "yyyy-m-d", 32: "h:mm", 33: "h:mm:ss", 34: "h:mm AM/PM",
    35: "h:mm:ss AM/PM", 36: "yyyy-m", 50: "yyyy-m", 51: "m-d", 52: "yyyy-m", 53: "m-d", 54: "m-d", 55: "h:mm AM/PM",
    56: "h:mm:ss AM/PM", 57: "yyyy-m", 58: "m-d",
}  # fmt: skip

_SILENT = re.compile(r'"[^"]*"|\\.|_.|\*.')
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_CLOCK = re.compile(r"am/pm|a/p")
_POWER = re.compile(r"e[+-]")
_PLAIN = re.compile(r"[0#,.?_() \-;@*]*")


def builtin_format(number: int) -> str:
    """Format code of a built-in number format, `General` for unknown ones."""
    return _BUILTIN.get(number) or _EAST_ASIAN.get(number) or GENERAL


@lru_cache(maxsize=2048)
def format_kind(code: str) -> FormatKind:
    """What a format makes of a number; only its first section is looked at."""
    shown = _SILENT.sub("", code).split(";")[0].lower().replace("general", "")
    if _ELAPSED.search(shown):
        return "duration"
    shown = _POWER.sub("", _BRACKETS.sub("", shown))
    clock = _CLOCK.search(shown) is not None
    letters = set(_CLOCK.sub("", shown))
    if letters & set("yde") or "aaa" in shown:
        return "date"
    if clock or letters & set("hs"):
        return "time"
    return "date" if "m" in letters else "number"


@lru_cache(maxsize=2048)
def telling_format(code: str) -> str | None:
    """The format code when it says more than how many digits to show (percent, a unit, a date), else None."""
    return None if code.lower() == "general" or _PLAIN.fullmatch(code) else code
