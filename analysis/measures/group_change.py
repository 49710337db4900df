"""The change of the city and of each peer group: rates of two years -> `group_change`, with its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from analysis.measures.breaks import DEFINITION, FORM, breaks_between
from analysis.measures.change import KEYS, YearTables
from analysis.measures.decomposition import Side, compare_within, split_change
from analysis.measures.intervals import newcombe_difference
from analysis.measures.succession import Lineage, lineages
from analysis.reference import Reference

PARTS = ("activity", "headcount", "units", "definition", "correction")
NUMBERS = (
    "rate_before",
    "rate_before_now",
    "rate",
    "panel_rate_before",
    "panel_rate",
    "panel_low",
    "panel_high",
    "difference",
    *(f"part_{name}" for name in PARTS),
    "within_change",
)
COLUMNS = (
    "peer_group",
    *KEYS,
    "n_before",
    "n_after",
    "n_panel",
    *NUMBERS,
    "reversal",
    "signs_differ",
    "status",
    "class",
)


class _Counts(NamedTuple):
    numerator: float
    denominator: float


class _Pair(NamedTuple):
    """A unit of the panel: its counts and its group in both years; the group is null when its parts had several."""

    before: _Counts
    after: _Counts
    group_before: str | None
    group_after: str


_Known: TypeAlias = Mapping[str, _Counts]


class _Figure(NamedTuple):
    """One indicator and category of one group in both years, as far as counts are known."""

    indicator: str
    category: str
    group: str
    before: list[_Counts]
    common: list[_Counts] | None
    after: list[_Counts]
    panel: list[_Pair]
    breaks: tuple[str, ...]


def no_group_change() -> pd.DataFrame:
    """The table without a row, for a year that has no year before it."""
    return pd.DataFrame(columns=list(COLUMNS))


def group_change(before: YearTables, after: YearTables) -> pd.DataFrame:
    """One row per group (empty = the whole city), indicator and category, in the order of this year's rates.

    Rates and differences are fractions. `rate_before` is last year's pooled rate as published (`published.csv` of
    that year), else as it stands now, which is `rate_before_now`; `difference` = `rate` - `rate_before`, and the five
    `part_` columns add up to it. `panel_rate` and `panel_rate_before` are those of the `n_panel` units whose counts
    are known in both years under the same definition (of `n_before` and `n_after`), with Newcombe's limits of their
    difference, a guide only: the people are mostly the same. `within_change` is the change inside the peer groups at
    equal sizes; `reversal` says that every group moved against the city, `signs_differ` that `within_change` did; all
    three stand in rows of the city only. `class`: up, down or no_clear_change by these limits, null unless compared.
    `status`: `compared`; `small`: below 30 people; `no_before`: no figure of one of the years; `no_panel`: no unit in
    both; `form`, `definition`: a break that nothing bridges. Then difference and parts are null rather than made up.
    """
    rows = [_row(figure, before.reference, after.reference) for figure in _figures(before, after)]
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype(dict.fromkeys(NUMBERS, "float64"))
    return table.astype({"reversal": "boolean", "signs_differ": "boolean"})


def _figures(before: YearTables, after: YearTables) -> Iterator[_Figure]:
    origin = lineages(after.reference, before.units["unit_code"])
    group_before, group_after = (_groups(year.units) for year in (before, after))
    known_before = _known(before.rates)
    for key, now in _known(after.rates).items():
        was = known_before.get(key, {})
        breaks = breaks_between(before.reference, after.reference, *key)
        common = _bridged(was, after.reference, *key) if DEFINITION in breaks else was
        additive = after.reference.indicators[key[0]].share_of_people
        pairs = list(_pairs(common, now, origin, group_before, group_after, additive))
        for group in ("", *(entry.code for entry in after.reference.peer_groups)):
            yield _Figure(
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


def _known(rates: pd.DataFrame) -> dict[tuple[str, str], dict[str, _Counts]]:
    """Counts by indicator and category, then by unit; as in the pooled rate a queried figure lets neither count in."""
    both = rates[["numerator", "denominator"]].notna().all(axis="columns") & (rates["status"] != "queried")
    found: dict[tuple[str, str], dict[str, _Counts]] = {
        (str(one), str(two)): {} for one, two in rates[KEYS].drop_duplicates().itertuples(index=False, name=None)
    }
    columns = ["unit_code", *KEYS, "numerator", "denominator"]
    for code, indicator, category, x, n in rates.loc[both, columns].itertuples(index=False, name=None):
        found[indicator, category][str(code)] = _Counts(float(x), float(n))
    return found


def _bridged(was: _Known, reference: Reference, indicator: str, category: str) -> dict[str, _Counts]:
    """Last year's counts under this year's definition, of the units that have a line in `bridges.csv`."""
    found = {code: reference.bridges.get((code, indicator, category)) for code in was}
    return {code: _Counts(*counts) for code, counts in found.items() if counts}


def _common(was: _Known, common: _Known, groups: Mapping[str, str], group: str) -> list[_Counts] | None:
    """The counts of the group under the shared definition; null when a unit of it is not bridged."""
    if any(code not in common for code in was if not group or groups.get(code) == group):
        return None
    return _of_group(common, groups, group)


def _of_group(known: _Known, groups: Mapping[str, str], group: str) -> list[_Counts]:
    return [counts for code, counts in known.items() if not group or groups.get(code) == group]


def _pairs(
    was: _Known,
    now: _Known,
    origin: Mapping[str, Lineage],
    group_before: Mapping[str, str],
    group_after: Mapping[str, str],
    additive: bool,
) -> Iterator[_Pair]:
    """The units of the panel. Merged units are one, with their counts added up, where counts of people may be."""
    for code, counts in now.items():
        line = origin[code]
        may = line.kind == "same" or (line.kind == "merged" and additive)
        if not may or any(old not in was for old in line.origins):
            continue
        earlier = _sum([was[old] for old in line.origins])
        if earlier.denominator > 0 and counts.denominator > 0:
            old_groups = {group_before[old] for old in line.origins}
            yield _Pair(earlier, counts, old_groups.pop() if len(old_groups) == 1 else None, group_after[code])


def _sum(counts: list[_Counts]) -> _Counts:
    return _Counts(sum(one.numerator for one in counts), sum(one.denominator for one in counts))


def _rate(counts: list[_Counts]) -> float:
    total = _sum(counts)
    return total.numerator / total.denominator if total.denominator else np.nan


def _row(figure: _Figure, before: Reference, after: Reference) -> dict[str, object]:
    """One row of the table."""
    now, was = _rate(figure.after), _rate(figure.before)
    shown = before.published.get((figure.indicator, figure.category, figure.group), was)
    row: dict[str, object] = {
        "peer_group": figure.group,
        "indicator": figure.indicator,
        "category": figure.category,
        "n_before": len(figure.before),
        "n_after": len(figure.after),
        "n_panel": len(figure.panel),
        "rate_before": shown,
        "rate_before_now": was,
        "rate": now,
        "class": None,
    }
    status = _status(figure, was + now, after)
    row["status"] = status
    if status not in ("compared", "small"):
        return row if status == "no_before" else {**row, "n_panel": _panel_size(figure, status)}
    assert figure.common is not None
    sides = (
        Side(shown, was, _rate(figure.common), *_arrays([pair.before for pair in figure.panel])),
        Side(now, now, now, *_arrays([pair.after for pair in figure.panel])),
    )
    parts = {f"part_{name}": part for name, part in asdict(split_change(*sides)).items()}
    row |= {"panel_rate_before": sides[0].pooled, "panel_rate": sides[1].pooled, "difference": now - shown, **parts}
    row |= _limits(sides, figure, status, after)
    return row if figure.group else row | _within(sides, figure)


def _status(figure: _Figure, known: float, reference: Reference) -> str:
    if np.isnan(known):
        return "no_before"
    if FORM in figure.breaks:
        return FORM
    if figure.common is None:
        return DEFINITION
    if not figure.panel:
        return "no_panel"
    people = min(
        _sum([pair.before for pair in figure.panel]).denominator,
        _sum([pair.after for pair in figure.panel]).denominator,
    )
    shares = reference.indicators[figure.indicator].share_of_people
    return "small" if shares and people < reference.thresholds["small_n_marked"] else "compared"


def _panel_size(figure: _Figure, status: str) -> int:
    """After a break nothing is in the panel."""
    return 0 if status in (FORM, DEFINITION) else len(figure.panel)


def _arrays(
    counts: list[_Counts],
) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], np.ndarray[tuple[int], np.dtype[np.float64]]]:
    return np.array([one.numerator for one in counts]), np.array([one.denominator for one in counts])


def _limits(sides: tuple[Side, Side], figure: _Figure, status: str, reference: Reference) -> dict[str, object]:
    """Newcombe limits of the panel's difference and the class that follows; none where the rate is no proportion."""
    totals = [(float(side.successes.sum()), float(side.n.sum())) for side in reversed(sides)]
    shares = reference.indicators[figure.indicator].share_of_people
    if not shares or any(x > n for x, n in totals):
        return {}
    (x1, n1), (x2, n2) = totals
    low, high = (float(limit) for limit in newcombe_difference(x1, n1, x2, n2, reference.thresholds["confidence"]))
    name = "up" if low > 0 else "down" if high < 0 else "no_clear_change"
    return {"panel_low": low, "panel_high": high, "class": name if status == "compared" else None}


def _within(sides: tuple[Side, Side], figure: _Figure) -> dict[str, object]:
    """The Simpson check of the city; units that changed their group are groups of their own."""
    names = [f"{pair.group_before}>{pair.group_after}" for pair in figure.panel]
    within = compare_within(*sides, names)
    return {"within_change": within.change, "reversal": within.reversal, "signs_differ": within.signs_differ}
