"""Money given, by peer group and for the city: which sums too few people gave to be shown."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.measures.disclosure import CITY, COLUMNS, GROUP
from analysis.measures.disclosure_choice import Cell, protect
from analysis.measures.disclosure_primary import ENDLESS, FEW_DONORS, Rules
from analysis.measures.disclosure_ranges import Total
from analysis.reference import Reference


def hidden_money(
    yuan: Mapping[str, float], donors: Mapping[str, float], figure: tuple[str, str], reference: Reference
) -> pd.DataFrame:
    """Rows of `hidden` for the sums of money of peer groups and of the city, for one indicator and category.

    `yuan` and `donors` are by peer group. A sum of fewer people than `suppress_donors_below` is hidden, and with it the
    group of fewest donors beside it, or the city's sum, since it would be what the others leave of the city's.
    """
    few = Rules.of(reference.thresholds).donors
    cells = [_cell((GROUP, group), amount, donors[group], few) for group, amount in yuan.items()]
    cells.append(_cell((CITY, ""), sum(yuan.values()), sum(donors.values()), few))
    choice = protect(cells, [Total((CITY, ""), frozenset((GROUP, group) for group in yuan))])
    rows = [
        {
            **dict(zip(COLUMNS, (level, "", group, *figure, "numerator", reason), strict=False)),
            "low": choice.left[level, group][0],
            "high": choice.left[level, group][1],
        }
        for (level, group), reason in ((_place(key), reason) for key, reason in choice.reasons.items())
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({**dict.fromkeys(COLUMNS[:7], "str"), "low": "float64", "high": "float64"})


def _cell(key: tuple[str, str], amount: float, donors: float, few: float) -> Cell:
    """A sum of nobody is nothing, and no secret."""
    reason = FEW_DONORS if 0 < donors < few else ""
    spare = (0.0, ENDLESS) if donors >= few else None
    return Cell(key, amount, donors, reason, (0.0, ENDLESS), 1.0, spare)


def _place(key: object) -> tuple[str, str]:
    assert isinstance(key, tuple)
    return str(key[0]), str(key[1])
