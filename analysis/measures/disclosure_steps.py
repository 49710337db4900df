"""Steps to the class above -> the same as they may leave the office: "6 more people" tells how few there are."""

from __future__ import annotations

import pandas as pd

from analysis.measures.disclosure import UNIT

WITHHELD = "hidden"  # why no step is told: one of them counts what is hidden


def public_steps(steps: pd.DataFrame, items: pd.DataFrame, hidden: pd.DataFrame) -> pd.DataFrame:
    """The rows of `next_steps`; of a unit with a step on a hidden number one row, without item, `why_not` `hidden`.

    `items` are the rows of `assessment`, whose `source` begins with the indicator that an item is scored by. All steps
    of such a unit go: the points missing less those of the others would tell the one.
    """
    gone = set(
        hidden.loc[hidden["level"] == UNIT, ["unit_code", "indicator", "category"]].itertuples(index=False, name=None)
    )
    sources = {(row["unit_code"], row["item"]): str(row["source"]) for row in items.to_dict("records")}
    figures = [_figure(sources.get((row["unit_code"], row["item"]), "")) for row in steps.to_dict("records")]
    tells = pd.Series(
        [(unit, *figure) in gone for unit, figure in zip(steps["unit_code"], figures, strict=True)],
        index=steps.index,
        dtype="bool",
    )
    withheld = steps["unit_code"].isin(steps.loc[tells, "unit_code"])
    if not withheld.any():
        return steps
    emptied = steps.assign(
        item=steps["item"].mask(withheld, ""),
        count=steps["count"].mask(withheld, 0),
        why_not=steps["why_not"].mask(withheld, WITHHELD),
    )
    return emptied[~(withheld & emptied["unit_code"].duplicated())].reset_index(drop=True)


def _figure(source: str) -> tuple[str, str]:
    """Indicator and category of `I17 political_theory`."""
    indicator, _, category = source.partition(" ")
    return indicator, category
