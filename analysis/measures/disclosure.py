"""What must not leave the office: rates of a year -> `hidden`, for every figure of a unit and every total.

Full numbers stay in `data/clean` for the analysts and go to the unit itself; tables for others pass through
`disclosure_tables`, which reads this table. Primary rules: `disclosure_primary`; what else must go so that nothing can
be worked out from totals: `disclosure_choice`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.measures.disclosure_choice import COMPLEMENTARY, Cell, Choice, protect
from analysis.measures.disclosure_primary import (
    ENDLESS,
    SENSITIVE,
    SMALL,
    Count,
    Rules,
    denominator_cell,
    numerator_cell,
)
from analysis.measures.disclosure_ranges import Key, Total
from analysis.measures.outside import apart, counts_known
from analysis.reference import Reference

COLUMNS = ("level", "unit_code", "peer_group", "indicator", "category", "part", "reason", "low", "high")
UNIT, PEERS, GROUP, CITY, PANEL, TITLE = "unit", "peers", "group", "city", "panel", "title"
LEVELS = (CITY, GROUP, PEERS, PANEL)
Place = tuple[str, str]  # level and unit or group
Figure = tuple[str, str]  # indicator and category
Before = Mapping[tuple[str, str, str], float]
Panels = Mapping[Figure, Mapping[str, frozenset[str]]]


@dataclass(frozen=True)
class Shown:
    """What is known and shown of a figure: its kind, the levels of totals, last year's totals, and its panels by group."""

    kind: str
    levels: Collection[str]
    before: Mapping[Place, float]
    panels: Mapping[str, frozenset[str]]


def hidden_figures(
    rates: pd.DataFrame,
    units: pd.DataFrame,
    reference: Reference,
    before: Before | None = None,
    panels: Panels | None = None,
    switched_off: bool = False,
) -> pd.DataFrame:
    """One row per number that must be hidden: of a unit, or a total.

    Totals are those of the peers compared, of a peer group, of the city, of the units present in two years
    (`panel`) and, where reports show it, of the units of a title level (`title`, its code in `peer_group`); what `disclosure.csv` does not name is hidden. `part` is numerator, denominator or bounds (of a rate that has only these). `low` and `high` are what a reader can
    know of the number at most, from all that is shown. `before` has the totals that were published a year ago, by
    group (empty: the city), indicator and category; `panels` the units compared with the year before, by indicator and
    category and then by group. `switched_off` leaves out what only protects others.

    Raises:
        KeyError: an indicator has no line in `disclosure.csv`, or a threshold is missing.
    """
    groups = units.set_index("unit_code")["peer_group"]
    levels_held = units.set_index("unit_code")["title_level"] if "title_level" in units else groups.map(lambda _: "")
    table = rates.assign(
        peer_group=rates["unit_code"].map(groups),
        title_level=rates["unit_code"].map(levels_held),
        peer=peers_compared(rates, reference),
    )
    rules = Rules.of(reference.thresholds)
    rows: list[dict[str, object]] = []
    for names, figure in _same_figures(table, reference):
        sets = {group: codes for name in names for group, codes in (panels or {}).get(name, {}).items()}
        levels = {level for name in names for level in reference.protection(*name).totals}
        earlier = {place: value for name in names for place, value in _totals_before(before or {}, *name).items()}
        shown = Shown(reference.protection(*names[0]).kind, levels, earlier, sets)
        found = list(_rows(figure, shown, rules, switched_off))
        rows += [{**row, "indicator": code, "category": part} for code, part in names for row in found]
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
    """The totals of one figure: their counts, which units each adds up, and other totals of the same units."""

    counts: Sequence[Count]
    totals: Sequence[Total]
    twins: Mapping[Place, Sequence[Place]]


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
        key = (reference.protection(*name).kind, tuple(rows["unit_code"]), counts)
        names, _ = found.setdefault(key, ([], rows))
        names.append(name)
    yield from found.values()


def _totals_before(before: Before, indicator: str, category: str) -> dict[Place, float]:
    found = {}
    for (group, own, part), value in before.items():
        if (own, part) == (indicator, category):
            found[(GROUP, group) if group else (CITY, "")] = value
    return found


def _rows(figure: pd.DataFrame, shown: Shown, rules: Rules, switched_off: bool) -> Iterator[dict[str, object]]:
    """The hidden numbers of one figure."""
    if shown.kind == "open":
        return
    known = figure[counted(figure)]
    every = _sums(known, shown)
    sums = _Sums(
        [count for count in every.counts if _is_shown(count.key, every, shown)],
        [total for total in every.totals if _is_shown(total.key, every, shown)],
        every.twins,
    )
    own = [_count(row) for row in known.to_dict("records")]
    counts = [*own, *sums.counts]
    bases = [denominator_cell(count, shown.kind, rules) for count in counts]
    base = protect(bases, sums.totals, switched_off) if any(cell.reason for cell in bases) else Choice({}, {})
    cells = [_with_base(numerator_cell(count, shown.kind, rules, count.key in base.reasons), base) for count in counts]
    choice = protect(cells, sums.totals, switched_off) if any(cell.reason for cell in cells) else Choice({}, {})
    groups = figure.set_index("unit_code")["peer_group"].to_dict()
    for part, chosen in (("denominator", base), ("numerator", choice)):
        for key, reason in chosen.reasons.items():
            for place in (_place(key), *sums.twins.get(_place(key), ())):
                yield _row(place, groups, part, reason, chosen.left[key])
    for count in every.counts:
        if not _is_shown(count.key, every, shown):
            for place in (_place(count.key), *every.twins.get(_place(count.key), ())):
                yield _row(place, groups, "numerator", COMPLEMENTARY, (0.0, ENDLESS))
    for row in figure[~counted(figure)].to_dict("records"):
        yield from _uncounted(row, shown.kind, rules)


def _is_shown(key: Key, sums: _Sums, shown: Shown) -> bool:
    """Whether the total, or another of the same units, is one that reports may show."""
    return any(place[0] in shown.levels for place in (_place(key), *sums.twins.get(_place(key), ())))


def _with_base(cell: Cell, base: Choice) -> Cell:
    """A numerator whose denominator is hidden is hidden with it: the rate would tell both."""
    if cell.reason or cell.key not in base.reasons:
        return cell
    return Cell(cell.key, cell.value, cell.size, COMPLEMENTARY, cell.spare or (0.0, cell.size), 0.0, cell.spare)


def _count(row: Mapping[Any, Any]) -> Count:
    return Count((UNIT, str(row["unit_code"])), float(row["numerator"]), float(row["denominator"]))


def _sums(known: pd.DataFrame, shown: Shown) -> _Sums:
    """The totals of the city, of each peer group, of its peers compared, of title levels, and of the panels."""
    counts: list[Count] = []
    totals: list[Total] = []
    seen: dict[frozenset[object], Place] = {}
    twins: dict[Place, list[Place]] = {}
    parts = [((CITY, ""), known)]
    parts += [((GROUP, str(name)), rows) for name, rows in known.groupby("peer_group", sort=True)]
    parts += [((PEERS, str(name)), rows) for name, rows in known[known["peer"]].groupby("peer_group", sort=True)]
    if TITLE in shown.levels:
        parts += [((TITLE, str(name)), rows) for name, rows in known.groupby("title_level", sort=True) if name]
    parts += [((PANEL, name), known[known["unit_code"].isin(list(codes))]) for name, codes in shown.panels.items()]
    for key, rows in parts:
        members = frozenset((UNIT, code) for code in rows["unit_code"])
        if members in seen:
            twins.setdefault(seen[members], []).append(key)
        elif members:
            seen[members] = key
            totals.append(Total(key, members))
            value, size = float(rows["numerator"].sum()), float(rows["denominator"].sum())
            counts.append(Count(key, value, size, True, shown.before.get(key, np.nan)))
    return _Sums(counts, totals, twins)


def own_totals(known: pd.DataFrame) -> Sequence[Total]:
    """The totals that a year may publish, of the rows of one figure that are counted."""
    sums = _sums(known, Shown("", LEVELS, {}, {}))
    twins = [Total(twin, total.members) for total in sums.totals for twin in sums.twins.get(_place(total.key), ())]
    return [*sums.totals, *twins]


def _place(key: Key) -> Place:
    assert isinstance(key, tuple)
    return str(key[0]), str(key[1])


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
