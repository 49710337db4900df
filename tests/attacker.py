"""Someone who reads everything under `reports/` and tries to work out what is not shown.

Knows the register and how the office computes (rates, pooled rates, limits, medians, dispersion), and nothing of the
code: reads the CSV files, the annex and the tables of deck, circular, site and pages as they are, sets up sums with
whole numbers and asks for the least and greatest value of each hidden count (HiGHS). A count is rebuilt when fewer values are left than its text promises:
for `<5` and the like all of them (three, where the year was published before), else more than one.

    python -m tests.attacker reports
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from tests.attacker_grids import by_exemplars, by_group_medians, by_households
from tests.hidden_texts import Names, Secret, secrets_of, told
from tests.published_counts import read_unit
from tests.published_everything import read_everything
from tests.published_files import leaving, texts_of
from tests.published_tables import (
    EXACT,
    ROOT,
    Count,
    Figure,
    Published,
    Year,
    number,
    read_register,
    read_sums,
)


@dataclass(frozen=True)
class Found:
    """A count that was worked out."""

    year: int
    figure: Figure
    unit: str
    low: float
    high: float
    promised: tuple[float, float]
    how: str


def attack(reports: Path, years: Sequence[int], register: Path | None = None) -> list[Found]:
    """Everything that can be worked out from the reports of these years."""
    names = read_register(register or ROOT / "data" / "reference" / "units.csv")
    tables = [table for year in years for table in read_everything(reports / str(year), year)]
    return attack_tables(tables, names)


def attack_tables(tables: Sequence[Published], names: dict[str, str]) -> list[Found]:
    """The same for tables that were read; `names` gives the code of each unit."""
    book: dict[tuple[int, Figure], Year] = {}
    found: list[Found] = []
    for table in [*tables, *tables]:  # a rate tells more once the denominator is known from another table
        for row in table.rows:
            read_unit(table, row, names, book)
    for table in tables:
        read_sums(table, book)
        found += list(by_median(table, names, book))
        found += list(by_dispersion(table, names, book))
        found += [Found(table.year, figure, *left, "group median") for figure, left in by_group_medians(table, book)]
        grids = {"exemplars": by_exemplars(table), "households": by_households(table)}
        found += [Found(table.year, (how, ""), *left, how) for how, lefts in grids.items() for left in lefts]
    latest = max((year for year, _ in book), default=0)
    for (year, figure), known in book.items():
        found += list(by_sums(year, figure, known, 3 if year < latest else 0))
    return sorted(set(found), key=str)


def by_sums(year: int, figure: Figure, known: Year, enough: int) -> Iterator[Found]:
    """The hidden counts of which the sums leave too little."""
    hidden = {unit: count for unit, count in known.counts.items() if count.promised}
    for unit, (low, high) in limits_left(known).items():
        count = hidden[unit]
        assert count.promised is not None
        if is_rebuilt(count.promised, low, high, enough):
            yield Found(year, figure, unit, low, high, count.promised, "sums")


def is_rebuilt(promised: tuple[float, float], low: float, high: float, enough: int) -> bool:
    """Whether too few values are left of what was promised."""
    width = promised[1] - promised[0]
    return high - low < (min(width, enough - 1) if enough else width)


def limits_left(known: Year) -> dict[str, tuple[float, float]]:
    """Least and greatest value of each hidden count by integer programming."""
    units = [unit for unit, count in known.counts.items() if count.seen and math.isfinite(count.high)]
    if not units:
        return {}
    sums = [(members, low, high) for members, low, high in known.sums if members <= set(units)]
    rows = np.array([[unit in members for unit in units] for members, _, _ in sums], dtype=float).reshape(
        -1, len(units)
    )
    bounds = Bounds([known.counts[unit].low for unit in units], [known.counts[unit].high for unit in units])
    rule = [LinearConstraint(rows, [low for _, low, _ in sums], [high for _, _, high in sums])] if len(sums) else []
    left = {}
    for place, unit in enumerate(units):
        if known.counts[unit].promised:
            goal = np.zeros(len(units))
            goal[place] = 1
            ends = [
                milp(sign * goal, integrality=np.ones(len(units)), bounds=bounds, constraints=rule) for sign in (1, -1)
            ]
            assert all(end.x is not None for end in ends), f"what is published of {unit} contradicts itself"
            left[unit] = (round(ends[0].fun), round(-ends[1].fun))
    return left


def by_median(table: Published, names: dict[str, str], book: dict[tuple[int, Figure], Year]) -> Iterator[Found]:
    """A median that only some values of a hidden count allow."""
    for group in {row.get("同类组", "") for row in table.rows if "同类中位数" in row}:
        rows = [row for row in table.rows if row.get("同类组") == group]
        if not rows:
            continue
        shown = next((value for row in rows if (value := number(row["同类中位数"]))), None)
        figure = table.figure(rows[0])
        if shown is None or figure is None:
            continue
        counts = [
            (u := names[row["单位代码"]], book[table.year, figure].counts[u]) for row in rows if row.get("单位代码")
        ]
        rated = [(u, count) for u, count in counts if count.seen and count.size >= 10 and count.is_peer]
        for place, (unit, count) in enumerate(rated):
            if count.promised:
                fits = [x for x in range(int(count.low), int(count.high) + 1) if _allows(rated, place, x, shown)]
                if fits and is_rebuilt(count.promised, fits[0], fits[-1], 0):
                    yield Found(table.year, figure, unit, fits[0], fits[-1], count.promised, "median")


def _allows(rated: Sequence[tuple[str, Count]], place: int, value: float, shown: tuple[float, float]) -> bool:
    lows, highs = ([getattr(count, end) / count.size for _, count in rated] for end in ("low", "high"))
    lows[place] = highs[place] = value / rated[place][1].size
    return bool(np.median(lows) <= shown[1] + EXACT and np.median(highs) >= shown[0] - EXACT)


def by_dispersion(table: Published, names: dict[str, str], book: dict[tuple[int, Figure], Year]) -> Iterator[Found]:
    """A dispersion that only some values of the hidden counts of a group give."""
    for group in {row.get("同类组", "") for row in table.rows if "离散系数" in row and row.get("单位代码")}:
        rows = [row for row in table.rows if row.get("同类组") == group]
        phi, figure = number(rows[0]["离散系数"]), table.figure(rows[0])
        if phi is None or figure is None or len(rows[0]["离散系数"]) < 8:
            continue
        counts = {names[row["单位代码"]]: book[table.year, figure].counts[names[row["单位代码"]]] for row in rows}
        peers = {unit: count for unit, count in counts.items() if count.seen and count.is_peer and count.size > 0}
        hidden = [unit for unit, count in peers.items() if count.promised]
        choices = [range(int(peers[unit].low), int(peers[unit].high) + 1) for unit in hidden]
        if not hidden or math.prod(map(len, choices)) > 20000:
            continue
        sizes = np.array([count.size for count in peers.values()])

        def gives(values: Sequence[float]) -> bool:
            x = np.array([values[hidden.index(u)] if u in hidden else count.low for u, count in peers.items()])  # noqa: B023
            return abs(dispersion(x, sizes) - phi[0]) < 1e-9  # noqa: B023

        pooled = number(rows[0].get("同类合并率", ""))
        if gives(fillings([peers[unit] for unit in hidden], list(peers.values()), pooled)):
            continue  # as the note below the chart says: made of what is shown
        fits = [values for values in product(*choices) if gives(values)]
        for place, unit in enumerate(hidden):
            left = [values[place] for values in fits]
            promised = peers[unit].promised
            if left and promised and is_rebuilt(promised, min(left), max(left), 0):
                yield Found(table.year, figure, unit, min(left), max(left), promised, "dispersion")


def fillings(hidden: Sequence[Count], peers: Sequence[Count], pooled: tuple[float, float] | None) -> list[float]:
    """What anybody can put in the place of hidden counts: all as far up their limits as they are together."""
    low, high = (sum(getattr(count, end) for count in hidden) for end in ("low", "high"))
    part = 0.5
    if pooled and high > low:
        rest = sum(count.low for count in peers if not count.promised)
        part = (round(pooled[0] * sum(count.size for count in peers)) - rest - low) / (high - low)
    return [count.low + part * (count.high - count.low) for count in hidden]


def dispersion(x: np.ndarray, n: np.ndarray) -> float:
    """The mean squared standardised difference from the pooled rate, a tenth pulled in at either end."""
    centre = x.sum() / n.sum()
    z = (x / n - centre) / np.sqrt(centre * (1 - centre) / n)
    ranks = np.array([(z < value).sum() + ((z == value).sum() + 1) / 2 for value in z])
    tenth = np.floor(10 * ranks / (len(z) + 1))
    kept = z[(tenth > 0) & (tenth < 9)]
    return float(np.mean(np.clip(z, kept.min(), kept.max()) ** 2)) if len(kept) else math.nan


def main() -> int:
    """Prints what was worked out; 1 when there is anything."""
    reports = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "reports")
    years = sorted(int(path.name) for path in reports.iterdir() if path.name.isdigit())
    found = attack(reports, years)
    for one in found:
        print(
            f"{one.year} {' '.join(one.figure)} {one.unit}: {one.low:.0f}..{one.high:.0f} of {one.promised} by {one.how}"
        )
    hidden = count_hidden(reports, years)
    sentences = [(path, *one) for year in years for path, *one in sentences_told(reports / str(year))]
    for path, secret, _ in sentences:
        print(f"{path.relative_to(reports)} tells {secret.figure} of {secret.unit}")
    print(f"{len(found)} of {hidden} hidden counts worked out from the reports of {', '.join(map(str, years))}")
    return 1 if found or sentences or not hidden else 0


def sentences_told(folder: Path) -> Iterator[tuple[Path, Secret, str]]:
    """Sentences of deck, circular, annex, charts and pages of a year that tell a hidden number outright."""
    clean, names = ROOT / "data" / "clean" / folder.name, Names()
    secrets = secrets_of(clean) if clean.is_dir() else []
    for path in leaving(folder):
        yield from ((path, *one) for one in told(texts_of(path), secrets, names))


def count_hidden(reports: Path, years: Sequence[int]) -> int:
    """How many different counts of units the reports leave open."""
    book: dict[tuple[int, Figure], Year] = {}
    names = read_register(ROOT / "data" / "reference" / "units.csv")
    for year in years:
        for table in read_everything(reports / str(year), year):
            for row in table.rows:
                read_unit(table, row, names, book)
    return sum(count.promised is not None for year in book.values() for count in year.counts.values())


if __name__ == "__main__":
    sys.exit(main())
