"""What stands in the published files: CSV files and tables of pages, read as they are, and what they tell of each count."""

from __future__ import annotations

import csv
import html
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
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
        indicator = row.get("指标", CATEGORY if category and self.default is None else default[0])
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


def read_reports(folder: Path, year: int) -> Iterator[Published]:
    """Every table of the reports of a year; English twins of the charts tell the same numbers (`test_save_charts`)."""
    for path in (path for path in sorted((folder / "charts").glob("*.csv")) if not path.stem.endswith("_en")):
        with path.open(encoding="utf-8-sig", newline="") as source:
            yield Published(year, path.name, CHARTS.get(path.stem.split("_")[0]), list(csv.DictReader(source)))
    for path in sorted((folder / "notebooks").glob("*.html")):
        reader, page = _Tables(), path.read_text(encoding="utf-8")
        reader.feed(page)
        about = re.search(r"<strong[^>]*>([^<属]+)属", page)  # the page of one unit says which in its first sentence
        for chart, rows in reader.tables:
            if about and rows and "分子" in rows[0]:
                rows = [{"单位简称": about[1], **row} for row in rows]
            default = CHARTS.get(chart, PAGES.get(path.stem[:2]) if rows and "指标" not in rows[0] else None)
            yield Published(year, path.name, default, rows)


class _Tables(HTMLParser):
    """The tables of a page as rows by heading, with the chart that they belong to."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[tuple[str, list[Row]]] = []
        self._heads: list[str] = []
        self._cells: list[str] = []
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append((dict(attrs).get("data-chart") or "", []))
            self._heads = []
        if tag == "tr":
            self._cells = []
        if tag in ("td", "th"):
            self._text = []

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._text is not None:
            self._cells.append(html.unescape("".join(self._text)).strip())
            (self._heads if tag == "th" else []).append(self._cells[-1])
            self._text = None
        is_row = len(self._cells) == len(self._heads) != 0 and self._cells != self._heads
        if tag == "tr" and self.tables and is_row:
            self.tables[-1][1].append(dict(zip(self._heads, self._cells, strict=True)))


def number(text: str) -> tuple[float, float] | None:
    """Limits of a number as it is written: exact, or as far as its decimals tell; None without a number."""
    if match := re.fullmatch(r"(-?[\d,]+(?:\.\d+)?)%", text):
        value, digits = float(match[1].replace(",", "")), len(match[1].partition(".")[2])
        half = 0.5 * 10.0**-digits
        return (value - half) / 100, (value + half) / 100
    if re.fullmatch(r"-?[\d,]*\.?\d+(e-?\d+)?", text):
        value = float(text.replace(",", ""))
        return value, value
    return None


def read_unit(table: Published, row: Row, names: dict[str, str], book: dict[tuple[int, Figure], Year]) -> None:
    """One row about a unit, of this year and of the year before."""
    unit = names.get(row.get("单位代码", "")) or names.get(row.get("单位简称", ""))
    figure = table.figure(row)
    if unit is None or figure is None:
        return
    for year, before in ((table.year, ""), (table.year - 1, "上年")):
        if f"{before}分子" not in row:
            continue
        count = book.setdefault((year, figure), Year()).of(unit)
        if not before:
            count.own = True
            count.group = row.get("同类组", count.group)
            count.is_peer &= row.get("图中标记") not in ("牵头单位", "不参与比较")
        if size := number(row[f"{before}分母"]):
            count.size = size[0]
            count.high = min(count.high, size[0]) if count.promised or row[f"{before}分子"] in ("", "—") else count.high
        read_count(count, row, before)


def read_count(count: Count, row: Row, before: str) -> None:
    """The count itself, or what is told instead, and a rate or limits beside it."""
    value = number(row[f"{before}分子"])
    text = row.get(f"{before}不列的数字", "").strip("—")
    if value:
        count.seen = True
        count.narrow(*value)
    elif text and not math.isnan(count.size):
        count.seen = True
        count.promised = promise(text, count.size)
        count.narrow(*count.promised)
    if (rate := number(row.get(f"{before}比率", ""))) and not value and not math.isnan(count.size):
        count.narrow(math.ceil(rate[0] * count.size - EXACT), math.floor(rate[1] * count.size + EXACT))
    ends = [number(row.get(f"95%区间{end}限", "")) for end in ("下", "上")]
    if not value and not before and all(ends) and not math.isnan(count.size):
        fits = [x for x in range(int(count.size) + 1) if _near(wilson(x, count.size), [end for end in ends if end])]
        if fits:
            count.narrow(min(fits), max(fits))


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
