"""The finished tables of the exemplars by level and kind (S2) and of the parts of the score (S4).

Codes stand in them, not words; an empty level, kind or peer group stands for all. They hold what may leave the office.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
import pandas as pd

from analysis.measures.disclosure_choice import COMPLEMENTARY
from analysis.measures.disclosure_primary import SMALL
from analysis.measures.disclosure_ranges import Key, Total, ranges
from analysis.present.chart_tables import ALL_GROUPS, used_groups
from analysis.present.list_tables import codes_of
from analysis.reference import Reference

Tables: TypeAlias = Mapping[str, pd.DataFrame]
ALL = ""
UNKNOWN = "unknown"
QUARTILES = (("quarter_low", 0.25), ("median_rate", 0.5), ("quarter_high", 0.75))
DIGITS = 3  # of a share of points: no more is told, as some points rest on hidden counts of people


def full_exemplars(tables: Tables, reference: Reference) -> pd.DataFrame:
    """`exemplars_table` with every number."""
    return exemplars_table(tables, reference, is_public=False)


def exemplars_table(tables: Tables, reference: Reference, is_public: bool = True) -> pd.DataFrame:
    """S2: one row per level and kind, with totals of either: how many exemplars were named within the year.

    A level or kind left blank or queried is `unknown`. A count from 1 below `suppress_people_below` is null, as an
    exemplar may be one person, and so are others that would tell it and the totals of its row and column; `hidden` gives the reason, `people_low` and
    `people_high` what is told. `n_units` units named any; it is the same in every row.
    """
    lines = tables["exemplars"]
    first, last = pd.Timestamp(reference.year, 1, 1), pd.Timestamp(reference.year, 12, 31)
    new = lines[(lines["award_date_from"] >= first) & (lines["award_date_to"] <= last)]
    places = {
        name: [*codes_of(f"exemplar_{name}", reference), *([UNKNOWN] if new[f"exemplar_{name}"].isna().any() else [])]
        for name in ("level", "kind")
    }
    names = [new[f"exemplar_{name}"].astype("object").fillna(UNKNOWN) for name in places]
    found = new.groupby(names).size().to_dict()
    counts = {(level, kind): int(found.get((level, kind), 0)) for level in places["level"] for kind in places["kind"]}
    sums = {
        **{(level, ALL): frozenset(key for key in counts if key[0] == level) for level in places["level"]},
        **{(ALL, kind): frozenset(key for key in counts if key[1] == kind) for kind in places["kind"]},
    }
    few = reference.thresholds["suppress_people_below"]
    reasons = withheld(counts, few) if is_public else {}
    rows = [_exemplars_row(key, number, reasons.get(key), reference) for key, number in counts.items()]
    for key, parts in sums.items():
        gone = any(part in reasons for part in parts)
        rows.append(
            _exemplars_row(key, sum(counts[part] for part in parts), COMPLEMENTARY if gone else None, reference)
        )
    rows.append(_exemplars_row((ALL, ALL), sum(counts.values()), None, reference))
    return pd.DataFrame(rows).astype({"hidden": "str"}).assign(n_units=new["unit_code"].nunique())


def withheld(counts: Mapping[tuple[str, str], int], few: float) -> dict[tuple[str, str], str]:
    """The cells that are not shown, with the reason, when only the sum of all is told beside the others.

    Small ones (1 below `few`), and as many of the next larger ones as leave every small one all its values; where these
    are not enough, every cell, those with none too.
    """
    reasons = {key: SMALL for key, number in counts.items() if 0 < number < few}
    whole = Total(ALL, frozenset(counts))
    larger = sorted((key for key in counts if counts[key] >= few), key=lambda key: counts[key])
    while reasons:
        told = {SMALL: (1.0, few - 1), COMPLEMENTARY: (few, float(sum(counts.values())))}
        limits: dict[Key, tuple[float, float]] = {
            key: told[reasons[key]] if key in reasons else (float(n), float(n)) for key, n in counts.items()
        }
        left = ranges({**limits, ALL: (float(sum(counts.values())),) * 2}, [whole])
        if all(left[key] == told[SMALL] for key, reason in reasons.items() if reason == SMALL):
            return reasons
        if not larger:
            return dict.fromkeys(counts, COMPLEMENTARY)
        reasons[larger.pop(0)] = COMPLEMENTARY
    return reasons


def _exemplars_row(key: tuple[str, str], number: int, reason: str | None, reference: Reference) -> dict[str, object]:
    few = reference.thresholds["suppress_people_below"]
    told = (1.0, few - 1) if reason == SMALL else (np.nan, np.nan)
    return {
        "exemplar_level": key[0],
        "exemplar_kind": key[1],
        "n_exemplars": np.nan if reason else float(number),
        "hidden": reason,
        "people_low": told[0],
        "people_high": told[1],
    }


def parts_table(tables: Tables, reference: Reference) -> pd.DataFrame:
    """S4: one row per part of the score that makes up the 100 points, and peer group (and all units).

    The share of the full points of the part that its units got, median and quarters, to a tenth of a per cent. Units
    with an open item in the part are left out and counted as `n_open`. Null for fewer units than a comparison needs.
    """
    items = tables["assessment"].assign(part=tables["assessment"]["item"].str[0])
    items = items[items["part"].isin(parts_named(tables, reference))]
    items = items.assign(is_open=items["status"] == "open")
    units = items.groupby(["unit_code", "part"], as_index=False, sort=False).agg(
        points=("points", "sum"), full=("full", "sum"), is_open=("is_open", "any")
    )
    units = units[units["full"] > 0].merge(tables["units"][["unit_code", "peer_group"]], on="unit_code")
    units = units.assign(rate=units["points"] / units["full"])
    rows = []
    for part in parts_named(tables, reference):
        for group in [*used_groups(tables["units"], reference), ALL_GROUPS]:
            own = units[(units["part"] == part) & ((units["peer_group"] == group) | (group == ALL_GROUPS))]
            rows.append({"score_part": part, "peer_group": group, **_quartiles(own, reference)})
    return pd.DataFrame(rows)


def parts_named(tables: Tables, reference: Reference) -> list[str]:
    """The parts of the score that have a name: those of the 100 points, neither additions nor deductions."""
    found = dict.fromkeys(tables["assessment"]["item"].str[0])
    return [part for part in found if f"score_part.{part}" in reference.labels]


def _quartiles(own: pd.DataFrame, reference: Reference) -> dict[str, object]:
    known = own[~own["is_open"]]
    enough = len(known) >= reference.thresholds["compare_min_peers"]
    told = {
        name: round(float(known["rate"].quantile(share)), DIGITS) if enough else np.nan for name, share in QUARTILES
    }
    return {"n_units": len(known), "n_open": len(own) - len(known), **told}
