"""Totals of the units present in two years, as the comparison of years shows them: which of them tell a hidden number.

These sums overlap with those of each year alone, so each is shown only when nothing hidden can be worked out from all
of them together. What is hidden in a year stays as it was decided then; a total that would tell it is not shown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from analysis.measures.disclosure import COLUMNS, PANEL, UNIT, counted, own_totals, peers_compared
from analysis.measures.disclosure_choice import COMPLEMENTARY
from analysis.measures.disclosure_primary import ENDLESS
from analysis.measures.disclosure_ranges import Key, Limits, Total, ranges
from analysis.reference import Reference

Figure = tuple[str, str]
Row = Mapping[Any, Any]


def panels_of(change: pd.DataFrame, figure: Figure) -> dict[str, frozenset[str]]:
    """The units compared of each peer group, and of the city (empty text), for one indicator and category."""
    rows = change[(change["indicator"] == figure[0]) & (change["category"].fillna("") == figure[1])]
    rows = rows[rows["status"] == "compared"]
    groups = {str(group): frozenset(part["unit_code"]) for group, part in rows.groupby("peer_group", sort=True)}
    return {"": frozenset(rows["unit_code"]), **groups} if groups else {}


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
    dropped: list[str] = []
    while _tells([*shown, *kept], limits, values, gone):
        first = min(
            kept,
            key=lambda total: (
                not _tells([*shown, total], limits, values, gone),
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
    totals: Collection[Total], limits: Mapping[Key, Limits], values: Mapping[Key, float], gone: Mapping[Key, Row]
) -> bool:
    """Whether these totals leave less of a hidden number than its limits."""
    sums = {total.key: (sum(values[key] for key in total.members),) * 2 for total in totals}
    left = ranges({**limits, **sums}, list(totals))
    return any(_narrower(left[key], limits[key], str(row["reason"])) for key, row in gone.items() if key in values)


def _narrower(left: Limits, told: Limits, reason: str) -> bool:
    return left[0] == left[1] if reason == COMPLEMENTARY else left != told and told[1] < ENDLESS


def _rows(names: Collection[str], figure: Figure) -> pd.DataFrame:
    rows = [
        {"level": PANEL, "unit_code": "", "peer_group": name, "indicator": figure[0], "category": figure[1],
         "part": "numerator", "reason": COMPLEMENTARY, "low": 0.0, "high": ENDLESS}
        for name in names
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({**dict.fromkeys(COLUMNS[:7], "str"), "low": "float64", "high": "float64"})
