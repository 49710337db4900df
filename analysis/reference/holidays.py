"""Public holidays: the arrangements as published (`holidays.csv`) and the law behind them (`holiday_rules.csv`).

The State Council publishes each year's arrangement late in the year before. For years that are not listed yet, the
days of the law are used, weekends, and a working day off for each day of the law that falls on a weekend (the law asks
for it where `made_up` says yes); no day taken in exchange, and so no working weekend, can be known then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.reference.files import read_table
from analysis.reference.rows import Column, DataTable, Fault, ReferenceFault, Row, TableSpec, fault_at
from analysis.reference.specs import VALIDITY, texts

KINDS = ("holiday", "workday")
RULE_KINDS = ("solar", "lunar", "lunar_eve", "clear_bright")
ARRANGED = TableSpec(
    "reference/holidays.csv",
    (Column("first", "day"), Column("last", "day"), Column("kind", choices=KINDS), *texts("name", "source")),
    key=("first",),
)
RULES = TableSpec(
    "reference/holiday_rules.csv",
    (
        *texts("name"),
        Column("kind", choices=RULE_KINDS),
        *(Column(name, "whole") for name in ("month", "day", "days")),
        Column("made_up", "flag"),
        *VALIDITY,
        *texts("source"),
    ),
    key=("name", "valid_from"),
)
LONGEST = dt.timedelta(days=15)


@dataclass(frozen=True, slots=True)
class HolidayRule:
    """A holiday of the law: `days` days from the named one on.

    `kind`: `solar` (month and day of our calendar), `lunar` (of the lunar one), `lunar_eve` (the day before that),
    `clear_bright` (the solar term Qingming). `made_up`: a day that falls on a weekend, or on a day that is free anyway,
    is made up on the next working day. It holds in years whose 1 January lies within `valid_from` and `valid_to`.
    """

    name: str
    kind: str
    month: int
    day: int
    days: int
    made_up: bool
    valid_from: dt.date | None
    valid_to: dt.date | None

    def holds(self, year: int) -> bool:
        first = dt.date(year, 1, 1)
        return (self.valid_from or first) <= first <= (self.valid_to or first)


@dataclass(frozen=True, slots=True)
class Holidays:
    """`arranged` says of single days whether they are free; `years` are those whose arrangement is listed."""

    arranged: Mapping[dt.date, bool]
    years: frozenset[int]
    rules: tuple[HolidayRule, ...]


def load_holidays(data_dir: Path) -> Holidays:
    """Both files. Raises ReferenceFault with every fault when anything is wrong."""
    arranged, rules = read_table(data_dir, ARRANGED), read_table(data_dir, RULES)
    faults = (*arranged.faults, *rules.faults, *_arrangement_faults(arranged), *_rule_faults(rules))
    if faults:
        raise ReferenceFault(tuple(faults))
    days = {day: row.text("kind") == "holiday" for row in arranged.sound for day in _days(row)}
    years = frozenset(row.day("first").year for row in arranged.sound)
    return Holidays(days, years, tuple(_rule(row) for row in rules.sound))


def _days(row: Row) -> Iterator[dt.date]:
    first, last = row.day("first"), row.day("last")
    yield from (first + dt.timedelta(days=count) for count in range((last - first).days + 1))


def _rule(row: Row) -> HolidayRule:
    return HolidayRule(
        name=row.text("name"),
        kind=row.text("kind"),
        month=row.whole("month"),
        day=row.whole("day"),
        days=row.whole("days"),
        made_up=row.flag("made_up"),
        valid_from=row.optional_day("valid_from"),
        valid_to=row.optional_day("valid_to"),
    )


def _arrangement_faults(table: DataTable) -> Iterator[Fault]:
    seen: dict[dt.date, int] = {}
    for row in table.sound:
        first, last = row.day("first"), row.day("last")
        if last < first or last - first > LONGEST or first.year != last.year:
            yield fault_at(
                table.path, row, f"{first} 至 {last}", "同一年内、先后有序、不超过16天的日期", "更正日期",
                f"{first} to {last} is no holiday of one year",
            )  # fmt: skip
            continue
        if row.text("kind") == "workday" and any(day.weekday() < 5 for day in _days(row)):
            yield fault_at(
                table.path, row, f"{first} 不是周末", "调休上班日是周末", "更正日期或类型",
                f"{first} is no weekend day, so it needs no working day",
            )  # fmt: skip
        twice = next((day for day in _days(row) if day in seen), None)
        if twice:
            yield fault_at(
                table.path, row, f"{twice} 已见于第{seen[twice]}行", "每天只写一次", "更正日期",
                f"{twice} stands in line {seen[twice]} too",
            )  # fmt: skip
        seen.update(dict.fromkeys(_days(row), row.line))


def _rule_faults(table: DataTable) -> Iterator[Fault]:
    for row in table.sound:
        month, day, days = (row.whole(name) for name in ("month", "day", "days"))
        if not (1 <= month <= 12 and 1 <= day <= 31 and 1 <= days <= LONGEST.days):
            yield fault_at(
                table.path, row, f"{month}月{day}日起{days}天", "月 1—12、日 1—31、天数 1—15", "更正",
                f"month {month}, day {day}, {days} days",
            )  # fmt: skip
