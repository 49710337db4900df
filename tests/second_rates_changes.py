"""Differences between two years a second time: sums of merged units, Newcombe's limits, pooled rates of groups."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from tests.second_rates import RateKey, unit_lines
from tests.second_rates_groups import SHARES_OF_PEOPLE, group_lines
from tests.second_rates_rules import Line, wilson
from tests.second_rates_source import Row, Year, read_rows

NEAR = 1e-12


def newcombe(x1: Fraction, n1: Fraction, x2: Fraction, n2: Fraction) -> tuple[float, float]:
    """Newcombe's limits of x1/n1 - x2/n2 from the Wilson limits of both (method 10)."""
    p1, p2 = float(x1 / n1), float(x2 / n2)
    (low1, high1), (low2, high2) = wilson(x1, n1), wilson(x2, n2)
    down, up = math.hypot(p1 - low1, high2 - p2), math.hypot(high1 - p1, p2 - low2)
    return p1 - p2 - down, p1 - p2 + up


def change_faults(data: Path, year: int) -> Iterator[str]:
    """What `change` and `group_change` say otherwise, one line each."""
    now, before = Year(data, year), Year(data, year - 1)
    lines, lines_before = unit_lines(now), unit_lines(before)
    parts = _parts(data, year)
    for row in read_rows(data / "clean" / str(year) / "change.csv"):
        key = (row["unit_code"], row["indicator"], row["category"])
        yield from _unit_faults(row, lines[key], _before(key, lines_before, parts))
    groups, groups_before = group_lines(now, lines), group_lines(before, lines_before)
    for row in read_rows(data / "clean" / str(year) / "group_change.csv"):
        group = (row["peer_group"], row["indicator"], row["category"])
        for name, second in (("rate", groups[group]), ("rate_before_now", groups_before[group])):
            pooled = (
                second.numerator / second.denominator if second.numerator is not None and second.denominator else None
            )
            if not _same(row[name], pooled):
                yield f"{group} {name}: {row[name]}, second time {pooled}"
        yield from _sum_faults(group, row)


def _parts(data: Path, year: int) -> dict[str, list[str]]:
    """The units of the year before of which a unit was made."""
    parts: dict[str, list[str]] = {}
    for row in read_rows(data / "reference" / "succession.csv"):
        if row["valid_from"] == f"{year}-01-01":
            parts.setdefault(row["successor"], []).append(row["predecessor"])
    return parts


def _before(key: RateKey, lines: dict[RateKey, Line], parts: dict[str, list[str]]) -> Line | None:
    code, *rest = key
    found = [lines.get((unit, rest[0], rest[1])) for unit in parts.get(code, [code])]
    known = [line for line in found if line and line.numerator is not None and line.denominator]
    if not found or len(known) < len(found):
        return None
    sums = [sum((getattr(line, name) for line in known), Fraction(0)) for name in ("numerator", "denominator")]
    return Line("ok", sums[0], sums[1], sums[0] / sums[1])


def _unit_faults(row: Row, now: Line, before: Line | None) -> Iterator[str]:
    if not row["difference"]:
        return
    place = (row["unit_code"], row["indicator"], row["category"])
    if before is None or before.rate is None or now.rate is None:
        yield f"{place}: a difference of what is not known"
        return
    if not _same(row["difference"], now.rate - before.rate):
        yield f"{place} difference: {row['difference']}, second time {float(now.rate - before.rate)}"
    if row["indicator"] in SHARES_OF_PEOPLE and row["difference_low"]:
        assert now.numerator is not None
        assert before.numerator is not None
        assert now.denominator is not None
        assert before.denominator is not None
        limits = newcombe(now.numerator, now.denominator, before.numerator, before.denominator)
        for name, second in zip(("difference_low", "difference_high"), limits, strict=True):
            if not _same(row[name], second):
                yield f"{place} {name}: {row[name]}, second time {second}"


def _sum_faults(group: RateKey, row: Row) -> Iterator[str]:
    parts = [row[name] for name in row if name.startswith("part_")]
    if row["difference"] and all(parts):
        apart = abs(sum(map(float, parts)) - float(row["difference"]))
        if apart > NEAR:
            yield f"{group}: the parts miss the difference by {apart}"


def _same(written: str, second: Fraction | float | None) -> bool:
    if not written or second is None:
        return not written and second is None
    return abs(float(written) - float(second)) <= NEAR
