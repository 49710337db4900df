"""What one published row tells of a count: the number itself, what is said instead, a rate, limits, a difference."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from tests.published_tables import Count, Figure, Published, Row, Year, number

NOW, BEFORE = "", "上年"


def read_unit(table: Published, row: Row, names: dict[str, str], book: dict[tuple[int, Figure], Year]) -> None:
    """One row about a unit, of this year and of the year before."""
    unit = names.get(row.get("单位代码", "")) or names.get(row.get("单位简称", ""))
    figure = table.figure(row)
    if unit is None or figure is None:
        return
    for year, before in ((table.year, NOW), (table.year - 1, BEFORE)):
        if f"{before}分子" not in row and f"{before}比率" not in row:
            continue
        count = book.setdefault((year, figure), Year()).of(unit)
        if not before:
            count.own = count.own or "分子" in row
            count.group = row.get("同类组", count.group)
            count.is_peer &= row.get("图中标记") not in ("牵头单位", "不参与比较")
        if size := number(row.get(f"{before}分母", "")):
            count.size = size[0]
            if count.promised or row.get(f"{before}分子") in ("", "—"):
                count.high = min(count.high, size[0])
        read_count(count, row, before)
    if (change := number(row.get("差（个百分点）", ""))) and {"比率", "上年比率"} & row.keys():
        read_change(table, figure, unit, row, change, book)


def read_count(count: Count, row: Row, before: str) -> None:
    """The count itself, or what is told instead, and a rate or limits beside it."""
    value = number(row.get(f"{before}分子", ""))
    text = row.get(f"{before}不列的数字", "").strip("—")
    if value:
        count.seen = True
        count.narrow(*value)
    elif text and not math.isnan(count.size):
        count.seen = True
        count.promised = promise(text, count.size)
        count.narrow(*count.promised)
    if (rate := number(row.get(f"{before}比率", ""))) and not value:
        count.narrow_rate(*rate)
    ends = [number(row.get(f"95%区间{end}限", "")) for end in ("下", "上")]
    if not value and not before and all(ends) and not math.isnan(count.size):
        fits = [x for x in range(int(count.size) + 1) if _near(wilson(x, count.size), [end for end in ends if end])]
        if fits:
            count.narrow(min(fits), max(fits))


def read_change(
    table: Published,
    figure: Figure,
    unit: str,
    row: Row,
    change: tuple[float, float],
    book: dict[tuple[int, Figure], Year],
) -> None:
    """One of the two rates from the other and their difference: a share in CSV files, else points; on pages to a tenth."""
    digits = len(row["差（个百分点）"].partition(".")[2])
    half, points = (0.5 * 10.0**-digits if digits < 4 else 0.0), (1 if table.name.endswith(".csv") else 100)
    low, high = (change[0] - half) / points, (change[1] + half) / points
    now, then = number(row.get("比率", "")), number(row.get("上年比率", ""))
    if then and not now:
        book[table.year, figure].of(unit).narrow_rate(then[0] + low, then[1] + high)
    if now and not then and (year := book.get((table.year - 1, figure))):
        year.of(unit).narrow_rate(now[0] - high, now[1] - low)


def promise(text: str, size: float) -> tuple[float, float]:
    """The values that a text leaves open."""
    if match := re.fullmatch(r"<(\d+)人", text):
        return 1.0, float(match[1]) - 1
    if match := re.fullmatch(r"未参加<(\d+)人", text):
        return size - float(match[1]) + 1, size - 1
    if re.fullmatch(r">\d+%", text):
        return size - 4, size - 1
    if match := re.fullmatch(r"(\d+)—(\d+)人", text):
        return float(match[1]), float(match[2])
    return 0.0, size


def wilson(x: float, n: float) -> tuple[float, float]:
    z = 1.959963984540054
    middle, half = 2 * x + z * z, z * math.sqrt(z * z + 4 * x * (1 - x / n))
    return (middle - half) / (2 * (n + z * z)), (middle + half) / (2 * (n + z * z))


def _near(values: Iterable[float], ends: Iterable[tuple[float, float]]) -> bool:
    return all(low - 1e-9 <= value <= high + 1e-9 for value, (low, high) in zip(values, ends, strict=True))
