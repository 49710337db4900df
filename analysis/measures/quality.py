"""How well a unit reported (I36): submissions, facts and queries -> one index per unit, and rows of `rates`.

The index counts what somebody has to chase: open questions, files sent back, contradictions between forms and days
late, per 100 cells reported. It speaks of the return, never of the work behind it.
"""

from __future__ import annotations

import pandas as pd

from analysis.etl.receipts import received_at
from analysis.measures.participation import COUNTING_STATES
from analysis.reference import Reference

INDICATOR = "I36"
PER_CELLS = 100.0
CONTRADICTIONS = ("M65", "G06")
_POINTS = ("n_open", "n_returned", "n_contradictions", "days_late")


def quality(
    submissions: pd.DataFrame, facts: pd.DataFrame, queries: pd.DataFrame, reference: Reference
) -> pd.DataFrame:
    """One row per unit of the register.

    `n_cells` counts the cells that gave a fact, `n_open` the open questions (contradictions left out), `n_returned`
    the files sent back, `n_contradictions` the questions and notes on forms that disagree (M65, G06), `days_late` the
    days from the deadline to the last file that counts, by `received.csv`. `quality_index` is their sum per 100 cells,
    lower is better; null for a unit without a single value.
    """
    codes = [unit.code for unit in reference.units]
    cells = facts.drop_duplicates(["file", "sheet", "cell"]).groupby("unit_code").size()
    contradicts = queries["rule"].isin(CONTRADICTIONS)
    is_open = queries["state"].eq("open") & ~contradicts
    returned = submissions["state"].eq("returned")
    table = pd.DataFrame(
        {
            "n_cells": cells,
            "n_open": queries[is_open].groupby("unit_code").size(),
            "n_returned": submissions[returned].groupby("unit_code").size(),
            "n_contradictions": queries[contradicts].groupby("unit_code").size(),
            "days_late": _days_late(submissions, reference),
        }
    )
    table = table.reindex(codes).fillna(0).astype("int64").rename_axis("unit_code").reset_index()
    points = table[list(_POINTS)].sum(axis="columns")
    table["quality_index"] = (points / table["n_cells"] * PER_CELLS).where(table["n_cells"] > 0)
    return table


def _days_late(submissions: pd.DataFrame, reference: Reference) -> pd.Series[int]:
    """Days after the deadline of the last file that counts, by unit; 0 where it was in time or no time is known."""
    counted = submissions[submissions["state"].isin(COUNTING_STATES) & submissions["unit_code"].notna()]
    received = [received_at(str(file), reference) for file in counted["file"]]
    late = [max((time.date() - reference.deadline).days, 0) if time else 0 for time in received]
    return counted.assign(late=late).groupby("unit_code")["late"].max()


def quality_rates(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of `quality` as rows of `rates` (I36): points, hundreds of cells, index; no limits, no category."""
    known = table["n_cells"] > 0
    points = table[list(_POINTS)].sum(axis="columns").astype("float64")
    return pd.DataFrame(
        {
            "unit_code": table["unit_code"],
            "indicator": INDICATOR,
            "category": "",
            "numerator": points.where(known),
            "denominator": (table["n_cells"] / PER_CELLS).where(known),
            "rate": table["quality_index"],
            "ci_low": float("nan"),
            "ci_high": float("nan"),
            "status": pd.Series("ok", index=table.index).where(known, "not_submitted"),
            "n_open_queries": table["n_open"],
            "flags": None,
            "rate_low": float("nan"),
            "rate_high": float("nan"),
        }
    ).astype({"flags": "str"})
