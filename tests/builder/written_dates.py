"""How units write dates, in the words of `wording.dates`, and what must come of it."""

from __future__ import annotations

import calendar
import datetime as dt

from tests.builder.cell_mess import CellMess, Place, Written
from tests.builder.register import Field, wording

SERIAL_OF_NOUGHT = dt.date(1899, 12, 30)
DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
SMALL = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
WEEKDAYS = "一二三四五六日"
FEASTS = {"重阳节": {2024: "2024-10-11", 2025: "2025-10-29"}, "农历九月初九": {2024: "2024-10-11", 2025: "2025-10-29"},
          "学雷锋日": {2024: "2024-03-05", 2025: "2025-03-05"}, "母亲节": {2024: "2024-05-12", 2025: "2025-05-11"},
          "全国助残日": {2024: "2024-05-19", 2025: "2025-05-18"}}  # fmt: skip
THIRDS = (("上旬", 1, 10), ("中旬", 11, 20))


def dated(field: Field) -> bool:
    return field.type == "date"


def of_activity(field: Field) -> bool:
    """Where any date of the year will do."""
    return field.measure in ("activity_date", "award_date")


def in_small(number: int) -> str:
    """A day or month in Chinese numerals: 21 is 二十一."""
    tens, ones = divmod(number, 10)
    return SMALL[number] if number <= 10 else ("" if tens == 1 else SMALL[tens]) + "十" + SMALL[ones]


def exact(place: Place) -> Written | None:
    """The same day in another form."""
    day = place.day
    if day is None:
        return None
    ways = [way.format(y=day.year, m=day.month, d=day.day) for way in wording("dates", "exact")]
    ways += [f"{day.year % 100}/{day.month}/{day.day}", f"{day.year % 100}.{day.month}.{day.day}"]
    ways.append(f"{str(day.year).translate(DIGITS)}年{in_small(day.month)}月{in_small(day.day)}日")
    ways.append(f"{day.year}年{day.month}月{day.day}日".translate(str.maketrans("0123456789", "０１２３４５６７８９")))
    ways.append(f"{day.year}年{day.month}月{day.day}日(周{WEEKDAYS[day.weekday()]})")
    if day.year == place.year:
        ways += [way.format(y=day.year, m=day.month, d=day.day) for way in wording("dates", "this_year")]
        ways += [f"{in_small(day.month)}月{in_small(day.day)}日", f"{day.month}.{day.day}"]
    return Written(place.rng.choice(ways))


def serial(place: Place) -> Written | None:
    """The day as the program counts it, as number or text."""
    if place.day is None or place.day.year < 2020:
        return None
    number = (place.day - SERIAL_OF_NOUGHT).days
    return Written(place.rng.choice((number, str(number))))


def less(place: Place) -> Written | None:
    """A month, ten days, a quarter, half a year, several days, a feast."""
    day, rng = place.day, place.rng
    if day is None:
        return None
    y, m = day.year, day.month
    ways: list[tuple[object, str]] = [
        (way.format(y=y, m=m), f"{y}-{m:02}") for way in wording("dates", "month") if "{y}" in way or y == place.year
    ]
    ways += [(f"{m}月{word}", f"{y}-{m:02}-{first:02}/{y}-{m:02}-{last:02}") for word, first, last in THIRDS]
    last = calendar.monthrange(y, m)[1]
    ways.append((f"{y}年{m}月下旬", f"{y}-{m:02}-21/{y}-{m:02}-{last}"))
    quarter = (m - 1) // 3
    begin, end = 3 * quarter + 1, 3 * quarter + 3
    span = f"{y}-{begin:02}-01/{y}-{end:02}-{calendar.monthrange(y, end)[1]}"
    ways += [(f"第{SMALL[quarter + 1]}季度", span), (f"{y}年{SMALL[quarter + 1]}季度", span)]
    ways.append(("上半年", f"{y}-01-01/{y}-06-30") if m <= 6 else ("下半年", f"{y}-07-01/{y}-12-31"))
    ways += [(word, known[y]) for word, known in FEASTS.items()]
    ways += [(m + 0.1, f"{y}-{m:02}"), (m + 0.25 if m != 2 else 2.15, f"{y}-{m:02}-{25 if m != 2 else 15}")]
    value, text = rng.choice(ways)
    return Written(value, text=text)  # type: ignore[arg-type]


def spans(place: Place) -> Written | None:
    """From a day to another, or two days."""
    day = place.day
    if day is None or day.day > 20:
        return None
    y, m, a, b = day.year, day.month, day.day, day.day + place.rng.randint(1, 7)
    ways = [f"{m}月{a}日-{b}日", f"{m}月{a}日—{m}月{b}日", f"{y}.{m}.{a}-{m}.{b}", f"{m}.{a}-{m}.{b}", f"{m}月{a}日至{b}日",
            f"{y}年{m}月{a}日至{m}月{b}日", f"{m}月{a}日、{b}日", f"{y}-{m:02}-{a:02}至{y}-{m:02}-{b:02}"]  # fmt: skip
    return Written(place.rng.choice(ways), text=f"{y}-{m:02}-{a:02}/{y}-{m:02}-{b:02}")


def whole_year(place: Place) -> Written | None:
    return Written(place.rng.choice(wording("dates", "whole")), text=str(place.year)) if place.day else None


def cannot_be(place: Place) -> Written | None:
    y, m = place.year, place.rng.randint(1, 12)
    ways = (
        f"{y}年2月30日",
        "2月30日",
        f"{y}-13-05",
        f"{m}月32日",
        f"{m}月18日-{m}月5日",
        f"{y}-02-29",
        f"{y}.{m}.28-{m}.3",
    )
    return Written(place.rng.choice(ways), "ask")


def words_for_date(*names: str) -> CellMess:
    def write(place: Place) -> Written:
        return Written(place.rng.choice(wording("dates", place.rng.choice(names))), "ask")

    return CellMess("M50", dated, write)


DATE_MESSES = {
    "date": CellMess("M50", dated, exact),
    "serial": CellMess("M50", dated, serial),
    "less": CellMess("M50", of_activity, less),
    "spans": CellMess("M50", of_activity, spans),
    "whole_year": CellMess("M50", lambda field: field.measure == "activity_date", whole_year, "NOTE"),
    "cannot_be": CellMess("M51", dated, cannot_be),
    "open_date": words_for_date("open"),
    "state_in_date": CellMess("M64", lambda field: field.measure == "due_date", words_for_date("state").write),
    "blank_date": CellMess("M52", dated, lambda place: Written(None, "blank")),
}
