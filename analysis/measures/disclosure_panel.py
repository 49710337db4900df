"""Totals of the units present in two years, as the comparison of years shows them: which of them tell a hidden number.

These sums overlap with those of each year alone. What was hidden in a year stays as it was decided and published then; a
total that would leave too few values of it (`suppress_values_left`) is not shown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

import pandas as pd

from analysis.measures.disclosure import COLUMNS, PANEL, UNIT, counted, own_totals, peers_compared
from analysis.measures.disclosure_choice import COMPLEMENTARY
from analysis.measures.disclosure_primary import ENDLESS
from analysis.measures.disclosure_ranges import Key, Limits, Total, ranges
from analysis.measures.succession import lineages
from analysis.reference import Reference

Figure = tuple[str, str]
Row = Mapping[Any, Any]


class Panels(NamedTuple):
    """The units present in two years by peer group (empty text: all of the city), as this year and last year know them."""

    now: dict[str, frozenset[str]]
    then: dict[str, frozenset[str]]


def panels_of(
    rates: pd.DataFrame, units: pd.DataFrame, before: pd.DataFrame, units_before: pd.DataFrame, reference: Reference
) -> dict[Figure, Panels]:
    """The panels of every indicator and category, as `group_change` pools them: counted in both years.

    A group has the units that were in it in both years, the city also those that changed group; merged units count as
    one.
    """
    lines = lineages(reference, units_before["unit_code"])
    groups, groups_before = (
        dict(zip(table["unit_code"], table["peer_group"], strict=True)) for table in (units, units_before)
    )
    known, known_before = (_people(table) for table in (rates, before))
    found = {}
    for figure, codes in known.items():
        pairs = [(code, lines[code].origins) for code in codes if lines[code].kind in ("same", "merged")]
        pairs = [(code, old) for code, old in pairs if old and set(old) <= known_before.get(figure, set())]
        panels = Panels(
            {"": frozenset(code for code, _ in pairs)}, {"": frozenset(one for _, old in pairs for one in old)}
        )
        for group in sorted({groups[code] for code, _ in pairs}):
            own = [
                (code, old) for code, old in pairs if {groups[code], *(groups_before[one] for one in old)} == {group}
            ]
            panels.now[group] = frozenset(code for code, _ in own)
            panels.then[group] = frozenset(one for _, old in own for one in old)
        if pairs:
            found[figure] = panels
    return found


def _people(rates: pd.DataFrame) -> dict[Figure, set[str]]:
    """The units with both counts, of people at all, by indicator and category."""
    rows = rates[counted(rates) & (rates["denominator"] > 0)]
    found: dict[Figure, set[str]] = {}
    for code, indicator, category in rows[["unit_code", "indicator", "category"]].itertuples(index=False, name=None):
        found.setdefault((indicator, category), set()).add(code)
    return found


def hidden_panels(
    rates: pd.DataFrame,
    units: pd.DataFrame,
    hidden: pd.DataFrame,
    panels: Mapping[str, frozenset[str]],
    figure: Figure,
    reference: Reference,
) -> pd.DataFrame:
    """Rows of `hidden` for the totals of `panels` (by group; empty: the city) that must not be shown for the year of `rates`.

    Those that alone tell a hidden number go first, the city last. `low` and `high` are null: nothing is told of them.
    """
    own = rates[(rates["indicator"] == figure[0]) & (rates["category"] == figure[1])]
    groups = units.set_index("unit_code")["peer_group"]
    own = own.assign(peer_group=own["unit_code"].map(groups), peer=peers_compared(own, reference))
    known = own[counted(own)]
    here = hidden[(hidden["indicator"] == figure[0]) & (hidden["category"] == figure[1])]
    here = here[here["part"] == "numerator"]
    gone: dict[Key, Row] = {
        (row["level"], row["unit_code"] if row["level"] == UNIT else row["peer_group"]): row
        for row in here.to_dict("records")
    }
    values: dict[Key, float] = {
        (UNIT, str(code)): float(x) for code, x in zip(known["unit_code"], known["numerator"], strict=True)
    }
    shown = [total for total in own_totals(known) if total.key not in gone]
    limits = {key: _told(gone.get(key), value) for key, value in values.items()}
    kept = [
        Total((PANEL, name), frozenset((UNIT, code) for code in codes) & values.keys())
        for name, codes in panels.items()
    ]
    protection = reference.protection(*figure)
    if protection.kind == "open" or PANEL not in protection.totals:
        return _rows([] if protection.kind == "open" else list(panels), figure)
    least = reference.thresholds["suppress_values_left"]
    dropped: list[str] = []
    while _tells([*shown, *kept], limits, values, gone, least):
        first = min(
            kept,
            key=lambda total: (
                not _tells([*shown, total], limits, values, gone, least),
                total.key == (PANEL, ""),
                len(total.members),
            ),
        )
        kept.remove(first)
        dropped.append(str(first.key[1]))  # type: ignore[index]
    return _rows(dropped, figure)


def _told(row: Row | None, value: float) -> Limits:
    return (float(row["low"]), float(row["high"])) if row else (value, value)


def _tells(
    totals: Collection[Total],
    limits: Mapping[Key, Limits],
    values: Mapping[Key, float],
    gone: Mapping[Key, Row],
    least: float,
) -> bool:
    """Whether these totals leave fewer than `least` values of a hidden number, or a single one of what only protects."""
    sums = {total.key: (sum(values[key] for key in total.members),) * 2 for total in totals}
    left = ranges({**limits, **sums}, list(totals))
    needed = {key: 1.0 if row["reason"] == COMPLEMENTARY else least - 1 for key, row in gone.items() if key in values}
    return any(
        left[key][1] - left[key][0] < min(width, limits[key][1] - limits[key][0]) for key, width in needed.items()
    )


def _rows(names: Collection[str], figure: Figure) -> pd.DataFrame:
    rows = [
        {"level": PANEL, "unit_code": "", "peer_group": name, "indicator": figure[0], "category": figure[1],
         "part": "numerator", "reason": COMPLEMENTARY, "low": 0.0, "high": ENDLESS}
        for name in names
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({**dict.fromkeys(COLUMNS[:7], "str"), "low": "float64", "high": "float64"})
