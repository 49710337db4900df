"""Messes inside one cell: how a number is written, and what must come of it.

Each writer takes a random source and the true number and gives what the unit writes, or None when that number
cannot be written so. Outcomes: `keep` the number is read; `ask` it is open, with a question; `bound` only limits
are known; `none` it does not apply; `blank` nothing stands there, with a question.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from tests.builder.grid import Ask, Cell, Claim, Value
from tests.builder.numerals import DIGITS, chinese, plain

UNITS = {
    "persons": "人", "times": "人次", "hours": "小时", "money": "元", "ml": "毫升", "households": "户", "things": "个",
}  # fmt: skip
PEOPLE = ("persons", "households")
COUNTS = ("persons", "times", "households")
ALL = ("persons", "times", "hours", "money", "ml", "households", "things")


@dataclass(frozen=True)
class Written:
    """What stands in the cell and what must come of it."""

    value: Value
    outcome: str = "keep"
    low: float | None = None
    high: float | None = None


Writer = Callable[[Random, str, float], Written | None]


@dataclass(frozen=True)
class ValueMess:
    """A way to write numbers: its rule, which kinds of number it befits, and the writer."""

    rule: str
    kinds: tuple[str, ...]
    write: Writer


def as_text(rng: Random, kind: str, number: float) -> Written | None:
    return Written(rng.choice(("{}", "{} ", " {}", "{}\u00a0")).format(plain(number)))


def with_unit(rng: Random, kind: str, number: float) -> Written | None:
    if not number:
        return None
    if kind == "money" and number >= 1000 and rng.random() < 0.5:
        return Written(f"{number / 10000:g}万元")
    return Written(plain(number) + UNITS[kind])


def about(rng: Random, kind: str, number: float) -> Written | None:
    return (
        Written(rng.choice(("约{}{}", "{}{}左右", "{}{}上下")).format(plain(number), UNITS[kind])) if number else None
    )


def at_least(rng: Random, kind: str, number: float) -> Written | None:
    whole = int(number) // 10 * 10
    if number > 10 and number % 10:
        return Written(rng.choice(("{}余{}", "{}多{}")).format(whole, UNITS[kind]), "bound", low=whole)
    return Written(f"{plain(number)}{UNITS[kind]}以上", "bound", low=number) if number >= 2 else None


def at_most(rng: Random, kind: str, number: float) -> Written | None:
    if number < 3:
        return None
    if rng.random() < 0.3:
        return Written(f"{plain(number)}{UNITS[kind]}以内", "bound", high=number)
    return Written(
        rng.choice(("近{}{}", "不足{}{}", "不到{}{}")).format(int(number) + 1, UNITS[kind]), "bound", high=number
    )


def vague(rng: Random, kind: str, number: float) -> Written | None:
    words = ("全体", "若干", "部分", "数十人", "全体干部职工")
    return Written(rng.choice(words), "ask") if number and kind == "persons" else None


def between(rng: Random, kind: str, number: float) -> Written | None:
    if number < 4:
        return None
    sign, low, high = rng.choice(("-", "~", "至")), int(number) - 1, int(number) + 2
    return Written(f"{low}{sign}{high}{UNITS[kind]}", "ask", low, high)


def of_which(rng: Random, kind: str, number: float) -> Written | None:
    return Written(f"{plain(number)}(其中党员{rng.randint(1, int(number))})") if number >= 2 else None


def of_workers(rng: Random, kind: str, number: float) -> Written | None:
    return Written(f"{plain(number)}(含工勤{rng.randint(1, 3)})") if number >= 4 else None


def added(rng: Random, kind: str, number: float) -> Written | None:
    first = rng.randint(1, int(number) - 1) if number >= 2 else 0
    return Written(f"{first}+{int(number) - first}") if first else None


def full_width(rng: Random, kind: str, number: float) -> Written | None:
    return Written("".join(chr(ord(sign) + 0xFEE0) for sign in plain(number))) if number else None


def numerals(rng: Random, kind: str, number: float) -> Written | None:
    if number != int(number) or not 2 <= number < 10000:
        return None
    if 20 < number < 30 and rng.random() < 0.3:
        return Written("廿" + DIGITS[int(number) - 20] + UNITS[kind])
    return Written(chinese(int(number)) + rng.choice(("", UNITS[kind])))


def spoken(rng: Random, kind: str, number: float) -> Written | None:
    """两千三: whether 2300 or 2003 only the unit knows."""
    return Written(f"{rng.choice('两三四')}千{rng.choice('三五六')}", "ask") if number >= 1000 else None


def percent(rng: Random, kind: str, number: float) -> Written | None:
    return Written(rng.choice(("85%", "92%", "达到100%", "百分之八十")), "ask") if number else None


def money(rng: Random, kind: str, number: float) -> Written | None:
    ways = [f"￥{number:,.0f}", f"{number:,.0f}元", f"{number:,.2f}元".replace(",", "，"), f"人民币{number:.0f}元"]
    if number >= 1000:
        ways.append(f"{number / 10000:g}万")
    return Written(rng.choice(ways)) if number >= 100 else None


def duration(rng: Random, kind: str, number: float) -> Written | None:
    ways = [f"{number * 60:.0f}分钟", f"{int(number)}h30" if number % 1 else f"{int(number)}h"]
    if number % 8 == 0:
        ways.append(f"{int(number) // 8}天")
    if number % 1:
        ways.append(f"{int(number)}小时30分")
    return Written(rng.choice(ways)) if number >= 1 else None


def class_hours(rng: Random, kind: str, number: float) -> Written | None:
    return Written(f"{plain(number)}学时", "ask") if number else None


def blood(rng: Random, kind: str, number: float) -> Written | None:
    ways = [f"{plain(number)}ml", f"{plain(number)}cc", f"{number / 1000:g}升", f"{plain(number)}mL"]
    if number % 200 == 0:
        ways.append(f"{int(number) // 200}U")
    return Written(rng.choice(ways)) if number else None


def portions(rng: Random, kind: str, number: float) -> Written | None:
    return Written(f"{max(1, int(number) // 300)}人份", "ask") if number else None


def nought(rng: Random, kind: str, number: float) -> Written | None:
    return Written(rng.choice(("无", "零"))) if number == 0 else None


def not_applicable(rng: Random, kind: str, number: float) -> Written | None:
    return Written(rng.choice(("—", "／", "/", "——", "－", "不适用")), "none") if number == 0 else None


def not_counted(rng: Random, kind: str, number: float) -> Written | None:
    return Written(rng.choice(("未统计", "详见附件")), "ask")


def empty(rng: Random, kind: str, number: float) -> Written | None:
    return Written(None, "blank")


def impossible(rng: Random, kind: str, number: float) -> Written | None:
    if not number or number != int(number):
        return None
    return Written(rng.choice((-int(number), int(number) + 0.5, f"{int(number)}.5{UNITS[kind]}")), "ask")


def with_zero(rng: Random, kind: str, number: float) -> Written | None:
    return Written(f"{int(number)}.0") if number == int(number) else None


def error(rng: Random, kind: str, number: float) -> Written | None:
    return Written(rng.choice(("#REF!", "#DIV/0!", "#VALUE!", "#N/A", "#####")), "ask")


VALUES = {
    "M35": ValueMess("M35", ALL, as_text),
    "M36": ValueMess("M36", ALL, with_unit),
    "M37about": ValueMess("M37", COUNTS, about),
    "M37low": ValueMess("M37", COUNTS, at_least),
    "M37high": ValueMess("M37", COUNTS, at_most),
    "M37vague": ValueMess("M37", PEOPLE, vague),
    "M38": ValueMess("M38", COUNTS, between),
    "M39part": ValueMess("M39", ("persons",), of_which),
    "M39staff": ValueMess("M39", ("persons",), of_workers),
    "M39sum": ValueMess("M39", COUNTS, added),
    "M40": ValueMess("M40", ALL, full_width),
    "M41": ValueMess("M41", COUNTS, numerals),
    "M41spoken": ValueMess("M41", ("money",), spoken),
    "M42": ValueMess("M42", ("persons",), percent),
    "M43": ValueMess("M43", ("money",), money),
    "M44": ValueMess("M44", ("hours",), duration),
    "M44class": ValueMess("M44", ("hours",), class_hours),
    "M45": ValueMess("M45", ("ml",), blood),
    "M45portions": ValueMess("M45", ("ml",), portions),
    "M52zero": ValueMess("M52", ALL, nought),
    "M52none": ValueMess("M52", ALL, not_applicable),
    "M52open": ValueMess("M52", COUNTS, not_counted),
    "M52blank": ValueMess("M52", COUNTS, empty),
    "M54": ValueMess("M54", ("persons",), impossible),
    "M54zero": ValueMess("M54", COUNTS, with_zero),
    "M55": ValueMess("M55", COUNTS, error),
}


def rewritten(cell: Cell, mess: ValueMess, written: Written) -> Cell:
    """The cell as the unit writes it, with the facts and questions that then must come of it."""
    claim: Claim = cell.claims[0]
    if written.outcome == "blank":
        return replace(cell, value=None, claims=(), asks=(Ask(mess.rule),), touched=True)
    if written.outcome == "keep":
        return replace(cell, value=written.value, touched=True)
    queried = written.outcome == "ask"
    open_claim = replace(claim, value=None, low=written.low, high=written.high, queried=queried)
    return replace(
        cell, value=written.value, claims=(open_claim,), asks=(Ask(mess.rule),) if queried else (), touched=True
    )
