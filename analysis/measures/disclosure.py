"""What must not leave the office: rates of a year -> `hidden`, for every figure of a unit and every total.

Full numbers stay in `data/clean` for the analysts and go to the unit itself; tables for others pass through
`disclosure_tables`, which reads this table. Primary rules: `disclosure_primary`; what else must go so that nothing can
be worked out from totals: `disclosure_choice`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.measures.disclosure_choice import COMPLEMENTARY, Cell, Choice, protect
from analysis.measures.disclosure_primary import SENSITIVE, SMALL, Count, Rules, denominator_cell, numerator_cell
from analysis.measures.disclosure_ranges import Total
from analysis.measures.outside import apart, counts_known
from analysis.reference import Reference

COLUMNS = ("level", "unit_code", "peer_group", "indicator", "category", "part", "reason", "low", "high")
UNIT, PEERS, GROUP, CITY = "unit", "peers", "group", "city"
Place = tuple[str, str]  # level and unit or group
Figure = tuple[str, str]  # indicator and category
Before = Mapping[tuple[str, str, str], float]


def hidden_figures(
    rates: pd.DataFrame,
    units: pd.DataFrame,
    reference: Reference,
    before: Before | None = None,
    switched_off: bool = False,
) -> pd.DataFrame:
    """One row per number that must be hidden: of a unit, of the peers compared, of a peer group or of the city.

    `part` is numerator, denominator or bounds (of a rate that has only these). `low` and `high` are what a reader can
    know of the number at most, from all that is shown. `before` has the totals that were published a year ago, by
    group (empty: the city), indicator and category. `switched_off` leaves out what only protects others.

    Raises:
        KeyError: an indicator has no line in `disclosure.csv`, or a threshold is missing.
    """
    groups = units.set_index("unit_code")["peer_group"]
    table = rates.assign(peer_group=rates["unit_code"].map(groups), peer=peers_compared(rates, reference))
    rules = Rules.of(reference.thresholds)
    rows: list[dict[str, object]] = []
    for names, figure in _same_figures(table, reference):
        for indicator, category in names:
            for row in _rows(figure, reference.protection(indicator, category), rules,
                             _totals_before(before or {}, indicator, category), switched_off):  # fmt: skip
                rows.append({**row, "indicator": indicator, "category": category})
    return _as_table(rows)


def published_totals(
    rates: pd.DataFrame, units: pd.DataFrame, hidden: pd.DataFrame
) -> dict[tuple[str, str, str], float]:
    """The numerators of peer groups and the city that a report of the year may show, for `before` of the next."""
    groups = units.set_index("unit_code")["peer_group"]
    table = rates.assign(peer_group=rates["unit_code"].map(groups))
    table = table[counted(table)]
    gone = {
        (row["peer_group"], row["indicator"], row["category"])
        for row in hidden[hidden["level"].isin([GROUP, CITY])].to_dict("records")
    }
    parts = [*((GROUP, str(code), rows) for code, rows in table.groupby("peer_group", sort=False)), (CITY, "", table)]
    sums = {
        (group, row["indicator"], row["category"]): float(row["numerator"])
        for _, group, rows in parts
        for row in rows.groupby(["indicator", "category"])["numerator"].sum().reset_index().to_dict("records")
    }
    return {key: value for key, value in sums.items() if key not in gone}


@dataclass(frozen=True)
class _Sums:
    """The totals of one figure: their counts, and which units each adds up."""

    counts: Sequence[Count]
    totals: Sequence[Total]


def counted(table: pd.DataFrame) -> pd.Series[bool]:
    """The rows that count in pooled rates."""
    return table[["numerator", "denominator"]].notna().all(axis="columns") & (table["status"] != "queried")


def peers_compared(rates: pd.DataFrame, reference: Reference) -> pd.Series[bool]:
    """The rows that count in the pooled rate of the units compared: exact, of the same people, and not apart."""
    return counted(rates) & counts_known(rates) & (apart(rates, reference) == "")


def _same_figures(table: pd.DataFrame, reference: Reference) -> Iterator[tuple[list[Figure], pd.DataFrame]]:
    """Figures with the same counts for every unit (one under two names) together, so that all are hidden alike."""
    found: dict[object, tuple[list[Figure], pd.DataFrame]] = {}
    for (indicator, category), rows in table.groupby(["indicator", "category"], sort=False):
        name = (str(indicator), str(category))
        counts = rows[["numerator", "denominator"]].fillna(-1.0).to_numpy().tobytes()
        key = (reference.protection(*name), tuple(rows["unit_code"]), counts)
        names, _ = found.setdefault(key, ([], rows))
        names.append(name)
    yield from found.values()


def _totals_before(before: Before, indicator: str, category: str) -> dict[Place, float]:
    found = {}
    for (group, own, part), value in before.items():
        if (own, part) == (indicator, category):
            found[(GROUP, group) if group else (CITY, "")] = value
    return found


def _rows(
    figure: pd.DataFrame, protection: str, rules: Rules, before: Mapping[Place, float], switched_off: bool
) -> Iterator[dict[str, object]]:
    """The hidden numbers of one figure."""
    if protection == "open":
        return
    known = figure[counted(figure)]
    sums = _sums(known, before)
    own = [_count(row) for row in known.to_dict("records")]
    counts = [*own, *sums.counts]
    bases = [denominator_cell(count, protection, rules) for count in counts]
    base = protect(bases, sums.totals, switched_off) if any(cell.reason for cell in bases) else Choice({}, {})
    cells = [_with_base(numerator_cell(count, protection, rules, count.key in base.reasons), base) for count in counts]
    choice = protect(cells, sums.totals, switched_off) if any(cell.reason for cell in cells) else Choice({}, {})
    groups = figure.set_index("unit_code")["peer_group"].to_dict()
    for part, chosen in (("denominator", base), ("numerator", choice)):
        for key, reason in chosen.reasons.items():
            yield _row(key, groups, part, reason, chosen.left[key])  # type: ignore[arg-type]
    for row in figure[~counted(figure)].to_dict("records"):
        yield from _uncounted(row, protection, rules)


def _with_base(cell: Cell, base: Choice) -> Cell:
    """A numerator whose denominator is hidden is hidden with it: the rate would tell both."""
    if cell.reason or cell.key not in base.reasons:
        return cell
    return Cell(cell.key, cell.value, cell.size, COMPLEMENTARY, cell.spare or (0.0, cell.size), 0.0, cell.spare)


def _count(row: Mapping[Any, Any]) -> Count:
    return Count((UNIT, str(row["unit_code"])), float(row["numerator"]), float(row["denominator"]))


def _sums(known: pd.DataFrame, before: Mapping[Place, float]) -> _Sums:
    """The totals that are or may be published: of the city, of each peer group, and of its peers compared."""
    counts: list[Count] = []
    totals: list[Total] = []
    seen: dict[frozenset[object], Place] = {}
    parts = [((CITY, ""), known)]
    parts += [((GROUP, str(name)), rows) for name, rows in known.groupby("peer_group", sort=True)]
    parts += [((PEERS, str(name)), rows) for name, rows in known[known["peer"]].groupby("peer_group", sort=True)]
    for key, rows in parts:
        members = frozenset((UNIT, code) for code in rows["unit_code"])
        if members and members not in seen:
            seen[members] = key
            totals.append(Total(key, members))
            value, size = float(rows["numerator"].sum()), float(rows["denominator"].sum())
            counts.append(Count(key, value, size, True, before.get(key, np.nan)))
    return _Sums(counts, totals)


def _uncounted(row: Mapping[Any, Any], protection: str, rules: Rules) -> Iterator[dict[str, object]]:
    """A number that counts in no total: hidden by its own reason, also where only bounds of it are known."""
    groups = {row["unit_code"]: row["peer_group"]}
    key = (UNIT, str(row["unit_code"]))
    value, size = float(row["numerator"]), float(row["denominator"])
    if not np.isnan(value):
        cell = numerator_cell(Count(key, value, size), protection, rules)
        if cell.reason:
            yield _row(key, groups, "numerator", cell.reason, cell.public)
    if 0 < size < rules.people:
        yield _row(key, groups, "denominator", SMALL, (1.0, rules.people - 1))
    ends = [float(row[name]) * size for name in ("rate_low", "rate_high") if name in row]
    known = [end for end in ends if not np.isnan(end)]
    cells = [numerator_cell(Count(key, round(end, 6), size), protection, rules) for end in known]
    if any(cell.reason for cell in cells):
        yield _row(
            key, groups, "bounds", cells[0].reason or SENSITIVE if protection != "people" else SMALL, (0.0, size)
        )


def _row(
    key: Place, groups: Mapping[object, object], part: str, reason: str, limits: tuple[float, float]
) -> dict[str, object]:
    level, name = key
    code, group = (name, groups[name]) if level == UNIT else ("", name)
    return {"level": level, "unit_code": code, "peer_group": group, "part": part, "reason": reason,
            "low": limits[0], "high": limits[1]}  # fmt: skip


def _as_table(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    table = pd.DataFrame(list(rows), columns=list(COLUMNS))
    texts = dict.fromkeys(COLUMNS[:7], "str")
    return table.astype({**texts, "low": "float64", "high": "float64"})
