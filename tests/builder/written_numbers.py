"""How units write numbers, in the words of `wording.numbers`, and what must come of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from tests.builder.cell_mess import CellMess, Place, Writer, Written
from tests.builder.numerals import chinese, formal, plain
from tests.builder.register import Field, wording

UNIT_WORDS = {
    "person": ("人", "名", "位"), "person_time": ("人次",), "hour": ("小时", "个小时"), "yuan": ("元",), "ml": ("毫升", "ml"),
    "household": ("户",), "office": ("个",), "branch": ("个",), "session": ("次",), "visit": ("次",), "time": ("次",),
    "base": ("个", "处"), "post": ("个",), "case_time": ("件次",), "item": ("条", "篇"), "class_hour": ("学时",),
}  # fmt: skip
NUMBERS = ("count", "number", "hours", "amount", "ml")


def of_type(*types: str) -> Callable[[Field], bool]:
    return lambda field: field.type in types


def of_unit(*units: str) -> Callable[[Field], bool]:
    return lambda field: field.type in NUMBERS and field.unit in units


def own_persons(field: Field) -> bool:
    """Persons of the unit, in forms without a column of their party members."""
    return field.unit == "person" and field.form in ("F3", "F4") and field.measure == "persons"


def unit_word(place: Place) -> str:
    return str(place.rng.choice(UNIT_WORDS[place.field.unit]))


def phrase(place: Place, name: str, **more: object) -> str:
    """One of the ways to write it, with the number and its unit filled in."""
    text: str = place.rng.choice(wording("numbers", name))
    return text.format(n=plain(place.number), u=unit_word(place), **more)


def kept(name: str, lowest: float = 0) -> Writer:
    """The number in other clothes."""
    return lambda place: Written(phrase(place, name)) if place.number >= lowest else None


def opened(name: str, lowest: float = 0) -> Writer:
    """Words from which no number can be told."""
    return lambda place: Written(phrase(place, name), "ask") if place.number >= lowest else None


def with_unit(place: Place) -> Written | None:
    if not place.number:
        return None
    if place.field.type == "amount" and place.number >= 1000 and place.rng.random() < 0.5:
        return Written(f"{place.number / 10000:g}万元")
    return Written(plain(place.number) + unit_word(place))


def at_least(place: Place) -> Written | None:
    tens = int(place.number) // 10 * 10
    if place.number > 10 and place.number % 10 and place.rng.random() < 0.5:
        return Written(phrase(place, "more_than_tens", t=tens), "bound", low=tens)
    return Written(phrase(place, "at_least"), "bound", low=place.number) if place.number >= 2 else None


def at_most(place: Place) -> Written | None:
    if place.number < 3:
        return None
    if place.rng.random() < 0.4:
        return Written(phrase(place, "at_most"), "bound", high=place.number)
    return Written(phrase(place, "below", m=int(place.number) + 1), "bound", high=place.number)


def between(place: Place) -> Written | None:
    low, high = int(place.number) - 1, int(place.number) + 2
    return Written(phrase(place, "between", a=low, b=high), "ask", low, high) if low >= 3 else None


def with_part(name: str, most: int, outcome: str) -> Writer:
    """The number with a part of it, or with people of other kinds."""

    def write(place: Place) -> Written | None:
        if place.number < 4:
            return None
        return Written(phrase(place, name, k=place.rng.randint(1, min(most, int(place.number)))), outcome)

    return write


def added(place: Place) -> Written | None:
    if place.number < 2 or place.number != int(place.number):
        return None
    first = place.rng.randint(1, int(place.number) - 1)
    return Written(phrase(place, "added", a=first, b=int(place.number) - first))


def added_wrong(place: Place) -> Written | None:
    if place.number < 4 or place.number != int(place.number):
        return None
    return Written(phrase(place, "added_wrong", a=2, b=int(place.number) - 2, w=int(place.number) + 7), "ask")


def several(place: Place) -> Written | None:
    if place.number < 4:
        return None
    return Written(phrase(place, "several", a=int(place.number) - 2, b=int(place.number) - 3), "ask")


def full_width(place: Place) -> Written | None:
    return Written("".join(chr(ord(sign) + 0xFEE0) for sign in plain(place.number))) if place.number else None


def numerals(place: Place) -> Written | None:
    number = place.number
    if number != int(number) or not 2 <= number < 10000:
        return None
    ways = [chinese(int(number)), formal(int(number))]
    if 20 < number < 30:
        ways.append("廿" + chinese(int(number) - 20))
    if 30 < number < 40:
        ways.append("卅" + chinese(int(number) - 30))
    if ways[0].startswith(("二百", "二千")):
        ways.append("两" + ways[0][1:])
    return Written(place.rng.choice(ways) + place.rng.choice(("", unit_word(place))))


def spoken(place: Place) -> Written | None:
    """两千三, 三百五: two readings."""
    if place.number < 100:
        return None
    size = "千" if place.number >= 1000 else "百"
    return Written(f"{place.rng.choice('两三四')}{size}{place.rng.choice('三五六')}", "ask")


def money(place: Place) -> Written | None:
    number = place.number
    ways = [f"￥{number:,.0f}", f"{number:,.0f}元", f"{number:,.2f}元".replace(",", "，"), f"人民币{number:.0f}元",
            f"¥{number:.2f}", f"{number:.0f}元整", f"{number:,.0f}"]  # fmt: skip
    if number >= 1000:
        ways += [f"{number / 10000:g}万", f"{number / 10000:g}万元", f"{number / 1000:g}千元"]
    return Written(place.rng.choice(ways)) if number >= 100 else None


def duration(place: Place) -> Written | None:
    number = place.number
    ways = [f"{number * 60:.0f}分钟", f"{int(number)}h30" if number % 1 else f"{int(number)}h"]
    if number % 8 == 0:
        ways += [f"{int(number) // 8}天", f"{int(number) // 8}个工作日"]
    if number % 1:
        ways += [f"{int(number)}小时30分", f"{int(number)}小时30分钟", f"{int(number)}个半小时"]
    return Written(place.rng.choice(ways)) if number >= 1 else None


def other_time(place: Place) -> Written | None:
    """Hours or days in a column of class hours."""
    return Written(plain(place.number) + place.rng.choice(("小时", "天", "个半天")), "ask") if place.number else None


def blood(place: Place) -> Written | None:
    number = place.number
    ways = [
        f"{plain(number)}ml",
        f"{plain(number)}cc",
        f"{number / 1000:g}升",
        f"{plain(number)}mL",
        f"{number / 1000:g}L",
    ]
    if number % 200 == 0:
        ways += [f"{int(number) // 200}U", f"{int(number) // 200}单位"]
    return Written(place.rng.choice(ways)) if number else None


def nought(place: Place) -> Written | None:
    return Written(place.rng.choice(wording("numbers", "zero"))) if place.number == 0 else None


def not_applicable(place: Place) -> Written | None:
    return Written(place.rng.choice(wording("numbers", "not_applicable")), "none") if place.number == 0 else None


def impossible(place: Place) -> Written | None:
    number = int(place.number)
    if not number or number != place.number:
        return None
    return Written(
        place.rng.choice((-number, number + 0.5, f"{number}.5{unit_word(place)}", "1e6", f"-{number}")), "ask"
    )


def dot_zero(place: Place) -> Written | None:
    return Written(f"{int(place.number)}.0") if place.number == int(place.number) else None


def became_date(place: Place) -> Written | None:
    return Written(dt.date(place.year, place.rng.randint(1, 12), place.rng.randint(1, 28)), "ask")


COUNTS = of_unit("person", "person_time", "household", "session", "visit", "time", "item")
NUMBER_MESSES = {
    "as_text": CellMess("M35", of_type(*NUMBERS), kept("as_text")),
    "unit": CellMess("M36", of_type(*NUMBERS), with_unit),
    "about": CellMess("M37", COUNTS, kept("about", 1), "NOTE", exact=False),
    "at_least": CellMess("M37", COUNTS, at_least, "NOTE"),
    "at_most": CellMess("M37", COUNTS, at_most, "NOTE"),
    "vague": CellMess("M37", of_unit("person"), opened("vague", 1)),
    "between": CellMess("M38", COUNTS, between),
    "of_which": CellMess("M39", own_persons, with_part("of_which", 40, "keep")),
    "of_workers": CellMess("M39", of_unit("person"), with_part("of_workers", 3, "keep")),
    "others_too": CellMess("M47", own_persons, with_part("others_too", 3, "ask")),
    "added": CellMess("M39", COUNTS, added),
    "added_wrong": CellMess("M39", COUNTS, added_wrong),
    "several": CellMess("M33", COUNTS, several),
    "full_width": CellMess("M40", of_type(*NUMBERS), full_width),
    "numerals": CellMess("M41", COUNTS, numerals),
    "spoken": CellMess("M41", of_unit("yuan", "person_time"), spoken),
    "percent": CellMess("M42", of_unit("person", "person_time"), opened("percent", 1)),
    "money": CellMess("M43", of_unit("yuan"), money),
    "duration": CellMess("M44", of_unit("hour"), duration),
    "class_hours": CellMess("M44", of_unit("hour"), opened("class_hours", 1)),
    "other_time": CellMess("M44", of_unit("class_hour"), other_time),
    "blood": CellMess("M45", of_unit("ml"), blood),
    "portions": CellMess("M45", of_unit("ml"), opened("portions", 1)),
    "nought": CellMess("M52", of_type(*NUMBERS), nought),
    "not_applicable": CellMess("M52", of_type(*NUMBERS), not_applicable, "NOTE"),
    "not_told": CellMess("M52", of_type(*NUMBERS), opened("open")),
    "blank_number": CellMess("M52", of_type(*NUMBERS), lambda place: Written(None, "blank")),
    "ditto_number": CellMess("M53", COUNTS, opened("ditto")),
    "impossible": CellMess("M54", of_type("count"), impossible),
    "dot_zero": CellMess("M54", of_type("count"), dot_zero),
    "error": CellMess("M55", of_type(*NUMBERS), opened("errors")),
    "word_in_number": CellMess("M60", COUNTS, opened("text")),
    "became_date": CellMess("M73", COUNTS, became_date),
}
