"""The facts of the fields behind a figure."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from analysis.measures.registry import Field


def at_fields(facts: pd.DataFrame, fields: Collection[Field]) -> pd.Series:
    """Which facts are of one of the fields."""
    columns = (facts["form"], facts["item"].fillna(""), facts["measure"])
    keys = zip(*(column.tolist() for column in columns), strict=True)
    wanted = set(fields)
    return pd.Series([key in wanted for key in keys], index=facts.index, dtype="bool")
