"""What stands in the published files: CSV files and tables of pages, read as they are, and what they tell of each count."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OVERALL, VOLUNTEERS, CATEGORY = "总体参与率", "活跃志愿者率", "类别参与率"
CHARTS = {"C2": (OVERALL, ""), "C5": (VOLUNTEERS, ""), "C6": (OVERALL, ""), "C3": (CATEGORY, None)}
PAGES = {"03": (OVERALL, ""), "05": (VOLUNTEERS, "")}
SAME = {
    (CATEGORY, "学雷锋志愿者服务行动"): (VOLUNTEERS, ""),
    (CATEGORY, "无偿献血"): ("适龄人员献血率", ""),
    (CATEGORY, "一日助(一日捐)"): ("一日捐参与率", ""),
}
ALL = "全部单位"
EXACT = 1e-7
Figure = tuple[str, str]
Row = dict[str, str]


@dataclass
class Published:
    """One table as it was published."""

    year: int
    name: str
    default: tuple[str, str | None] | None
    rows: list[Row]

    def figure(self, row: Row) -> Figure | None:
        default = self.default or ("", "")
        category = row.get("活动类别", default[1] or "").strip("—")
        indicator = row.get("指标", CATEGORY if category else default[0])
        if indicator in read_names("categories"):  # the first page of the site lists programmes among the indicators
            indicator, category = CATEGORY, indicator
        return SAME.get((indicator, category), (indicator, category)) if indicator else None


@dataclass
class Count:
    """What is known of one count: its denominator, limits, and what was promised to stay unknown."""

    size: float = math.nan
    low: float = 0.0
    high: float = math.inf
    promised: tuple[float, float] | None = None
    is_peer: bool = True
    group: str = ""
    seen: bool = False
    own: bool = False  # stands in the report of its own year

    def narrow(self, low: float, high: float) -> None:
        self.low, self.high = max(self.low, low), min(self.high, high)

    def narrow_rate(self, low: float, high: float) -> None:
        """The same by a rate, where the denominator is known."""
        if not math.isnan(self.size):
            self.narrow(math.ceil(low * self.size - EXACT), math.floor(high * self.size + EXACT))


@dataclass
class Year:
    """All counts of one figure of one year by unit, and sums of some of them."""

    counts: dict[str, Count] = field(default_factory=dict)
    sums: list[tuple[frozenset[str], float, float]] = field(default_factory=list)

    def of(self, unit: str) -> Count:
        return self.counts.setdefault(unit, Count())


def read_register(path: Path) -> dict[str, str]:
    """The code of each unit by code and by short name."""
    with path.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    return {row[name]: row["code"] for row in rows for name in ("code", "short_name")}


@cache
def read_names(name: str) -> dict[str, str]:
    """The codes of a list of the reference data by their Chinese names."""
    with (ROOT / "data" / "reference" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as source:
        return {row.get("zh") or row["name_zh"]: row["code"] for row in csv.DictReader(source)}


def number(text: str) -> tuple[float, float] | None:
    """Limits of a number as it is written: exact, or as far as its decimals tell; None without a number."""
    if match := re.fullmatch(r"(-?[\d,]+(?:\.\d+)?)%", text):
        value, digits = float(match[1].replace(",", "")), len(match[1].partition(".")[2])
        half = 0.5 * 10.0**-digits
        return (value - half) / 100, (value + half) / 100
    if re.fullmatch(r"[-−+]?[\d,]*\.?\d+(e-?\d+)?", text):
        value = float(text.replace(",", "").replace("−", "-"))
        return value, value
    return None


def read_sums(table: Published, book: dict[tuple[int, Figure], Year]) -> None:
    """Totals of the city, pooled rates of the peers, pooled rates of the units of two years."""
    for row in table.rows:
        figure = table.figure(row)
        known = book.get((table.year, figure)) if figure else None
        if known is None:
            continue
        counted = {u: count for u, count in known.counts.items() if count.seen and count.own and count.size > 0}
        is_unit = bool(row.get("单位代码") or row.get("单位简称"))
        total, n_units = number(row.get("分子", "")), row.get("计入单位数", row.get("有效单位数", ""))
        if total and not is_unit and n_units and int(float(n_units)) == len(counted):
            add_sum(known, counted, *total)
        if pooled := number(row.get("同类合并率", "")):
            own = {unit: count for unit, count in counted.items() if count.group == row["同类组"] and count.is_peer}
            add_pooled(known, own, pooled)
        if {"上年比率", "单位数", "同类组"} <= row.keys() and not is_unit:
            read_panel(table, row, figure, book)


def read_panel(table: Published, row: Row, figure: Figure | None, book: dict[tuple[int, Figure], Year]) -> None:
    """The pooled rates of the units that were there in both years."""
    assert figure is not None
    now, then = book[table.year, figure], book.get((table.year - 1, figure), Year())
    both = [
        unit
        for unit, count in now.counts.items()
        if count.seen and unit in then.counts and then.counts[unit].seen
        and not math.isnan(count.size) and not math.isnan(then.counts[unit].size)
        and (row["同类组"] == ALL or count.group == row["同类组"] == (then.counts[unit].group or count.group))
    ]  # fmt: skip
    if number(row.get("单位数", "")) == (len(both), len(both)):
        for year, name in ((now, "比率"), (then, "上年比率")):
            if pooled := number(row[name]):
                add_pooled(year, {unit: year.counts[unit] for unit in both}, pooled)


def add_pooled(year: Year, counts: dict[str, Count], pooled: tuple[float, float]) -> None:
    size = sum(count.size for count in counts.values())
    low, high = math.ceil(pooled[0] * size - 1e-6), math.floor(pooled[1] * size + 1e-6)
    if counts and low <= high:
        add_sum(year, counts, low, high)


def add_sum(year: Year, counts: Iterable[str], low: float, high: float) -> None:
    if (found := (frozenset(counts), low, high)) not in year.sums:
        year.sums.append(found)
