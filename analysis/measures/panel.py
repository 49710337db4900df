"""Who is counted in both years: the rates of two years -> one figure per indicator, category and group, with its panel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from analysis.measures.breaks import DEFINITION, breaks_between
from analysis.measures.change import KEYS, YearTables
from analysis.measures.groups import CITY, LEFT_OUT
from analysis.measures.succession import Lineage, lineages
from analysis.reference import Reference


class Counts(NamedTuple):
    """Numerator and denominator of one unit, or of several together."""

    numerator: float
    denominator: float


class Pair(NamedTuple):
    """A unit of the panel: its counts and its group in both years; the group is null when its parts had several."""

    before: Counts
    after: Counts
    group_before: str | None
    group_after: str


_Known: TypeAlias = Mapping[str, Counts]


class Figure(NamedTuple):
    """One indicator and category of one group in both years: the counts that are known.

    `common` are those of last year under the definition of both years, null where a unit of the group has none;
    `group` is empty for the whole city.
    """

    indicator: str
    category: str
    group: str
    before: list[Counts]
    common: list[Counts] | None
    after: list[Counts]
    panel: list[Pair]
    breaks: tuple[str, ...]


def figures(before: YearTables, after: YearTables) -> Iterator[Figure]:
    """The city and each peer group for every indicator and category with a denominator, as this year's rates stand."""
    origin = lineages(after.reference, before.units["unit_code"])
    group_before, group_after = (_groups(year.units) for year in (before, after))
    known_before = _known(before.rates)
    for key, now in _known(after.rates).items():
        was = known_before.get(key, {})
        if not was and not now:
            continue
        breaks = breaks_between(before.reference, after.reference, *key)
        common = _bridged(was, after.reference, *key) if DEFINITION in breaks else was
        additive = after.reference.indicators[key[0]].share_of_people
        pairs = list(_pairs(common, now, origin, group_before, group_after, additive))
        for group in (CITY, *(entry.code for entry in after.reference.peer_groups)):
            yield Figure(
                *key,
                group,
                _of_group(was, group_before, group),
                _common(was, common, group_before, group),
                _of_group(now, group_after, group),
                [pair for pair in pairs if not group or pair.group_before == pair.group_after == group],
                breaks,
            )


def _groups(units: pd.DataFrame) -> dict[str, str]:
    return dict(zip(units["unit_code"], units["peer_group"], strict=True))


def _known(rates: pd.DataFrame) -> dict[tuple[str, str], dict[str, Counts]]:
    """Counts by indicator and category, then by unit; what is not in the pooled rate is not in here either."""
    both = rates[["numerator", "denominator"]].notna().all(axis="columns") & ~rates["status"].isin(LEFT_OUT)
    found: dict[tuple[str, str], dict[str, Counts]] = {
        (str(one), str(two)): {} for one, two in rates[KEYS].drop_duplicates().itertuples(index=False, name=None)
    }
    columns = ["unit_code", *KEYS, "numerator", "denominator"]
    for code, indicator, category, x, n in rates.loc[both, columns].itertuples(index=False, name=None):
        found[indicator, category][str(code)] = Counts(float(x), float(n))
    return found


def _bridged(was: _Known, reference: Reference, indicator: str, category: str) -> dict[str, Counts]:
    """Last year's counts under this year's definition, of the units that have a line in `bridges.csv`."""
    found = {code: reference.bridges.get((code, indicator, category)) for code in was}
    return {code: Counts(*counts) for code, counts in found.items() if counts}


def _common(was: _Known, common: _Known, groups: Mapping[str, str], group: str) -> list[Counts] | None:
    """The counts of the group under the shared definition; null when a unit of it is not bridged."""
    if any(code not in common for code in was if not group or groups.get(code) == group):
        return None
    return _of_group(common, groups, group)


def _of_group(known: _Known, groups: Mapping[str, str], group: str) -> list[Counts]:
    return [counts for code, counts in known.items() if not group or groups.get(code) == group]


def _pairs(
    was: _Known,
    now: _Known,
    origin: Mapping[str, Lineage],
    group_before: Mapping[str, str],
    group_after: Mapping[str, str],
    additive: bool,
) -> Iterator[Pair]:
    """The units of the panel. Merged units are one, with their counts added up, where counts of people may be."""
    for code, counts in now.items():
        line = origin[code]
        may = line.kind == "same" or (line.kind == "merged" and additive)
        if not may or any(old not in was for old in line.origins):
            continue
        earlier = total([was[old] for old in line.origins])
        if earlier.denominator > 0 and counts.denominator > 0:
            old_groups = {group_before[old] for old in line.origins}
            yield Pair(earlier, counts, old_groups.pop() if len(old_groups) == 1 else None, group_after[code])


def total(counts: list[Counts]) -> Counts:
    """The counts added up."""
    return Counts(sum(one.numerator for one in counts), sum(one.denominator for one in counts))


def pooled(counts: Counts) -> float:
    """The rate of the counts; null without a denominator."""
    return counts.numerator / counts.denominator if counts.denominator else np.nan
