"""The tables that need two years: `change` and `group_change`, from this year's tables and those of the year before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.measures.change import YearTables, change, no_change
from analysis.measures.group_change import group_change, no_group_change
from analysis.reference import Reference, load_reference, years_with_reference
from analysis.reference.sources import reference_files

_TABLES = ("rates", "units")


def change_tables(
    data_dir: Path, tables: Mapping[str, pd.DataFrame], reference: Reference
) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """`change` and `group_change` of the year, and the sha256 of every file of the year before that was used.

    Without tables of the year before under `clean/`, or without reference data of that year, both have no row.
    """
    last = reference.year - 1
    paths = {name: data_dir / "clean" / str(last) / f"{name}.parquet" for name in _TABLES}
    if last not in years_with_reference(data_dir) or not all(path.is_file() for path in paths.values()):
        return {"change": no_change(), "group_change": no_group_change()}, {}
    rates, units = (pd.read_parquet(paths[name]) for name in _TABLES)
    before = YearTables(rates, units, load_reference(data_dir, last))
    after = YearTables(tables["rates"], tables["units"], reference)
    used = [*paths.values(), *(data_dir / path for path in reference_files(data_dir, last))]
    return {"change": change(before, after), "group_change": group_change(before, after)}, {
        path.relative_to(data_dir).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in used
    }
