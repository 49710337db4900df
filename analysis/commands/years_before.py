"""The tables of the year before -> what bears on this year, and which tables were used."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import pandas as pd

from analysis.etl.gates_years import numbers_of
from analysis.etl.last_year import LastYear, Share, by_place, reorganised_units
from analysis.records import Fact, column_names
from analysis.reference import Reference

_INDICATOR = "I01"
_TABLES = ("facts", "rates", "units")


def read_last_year(data_dir: Path, reference: Reference) -> tuple[LastYear, dict[str, str]]:
    """What was reported for the year before `reference.year`, and the sha256 of each table used, by its path.

    Empty when that year was not cleaned. Units that were merged, divided or renamed since are left out: what stands
    under their code is not the same unit.
    """
    folder = data_dir / "clean" / str(reference.year - 1)
    paths = {name: folder / f"{name}.parquet" for name in _TABLES}
    if not all(path.is_file() for path in paths.values()):
        return LastYear(), {}
    gone = reorganised_units(reference)
    tables = {name: _without(pd.read_parquet(path), gone) for name, path in paths.items()}
    used = {
        path.relative_to(data_dir).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths.values()
    }
    return last_year_of(tables["units"], tables["rates"], tables["facts"], reference), used


def last_year_of(units: pd.DataFrame, rates: pd.DataFrame, facts: pd.DataFrame, reference: Reference) -> LastYear:
    """The figures of these tables of one year; only what was known exactly."""
    staff = units[["unit_code", "hc_end"]].dropna()
    shares = rates[(rates["indicator"] == _INDICATOR) & (rates["status"] == "ok")].dropna(subset=["rate"])
    return LastYear(
        headcounts=dict(zip(staff["unit_code"], staff["hc_end"].astype(float), strict=True)),
        numbers=by_place(number for own in _by_unit(facts) for number in numbers_of(own, reference)),
        shares={
            (unit, category): Share(float(people), float(base))
            for unit, category, people, base in shares[
                ["unit_code", "category", "numerator", "denominator"]
            ].itertuples(index=False, name=None)
        },
    )


def _without(table: pd.DataFrame, gone: Iterable[str]) -> pd.DataFrame:
    return table[~table["unit_code"].isin(list(gone))]


def _by_unit(facts: pd.DataFrame) -> Iterator[list[Fact]]:
    """The numbers and the names of lines of each unit as records, in the order of the table."""
    told = facts.loc[facts["value"].notna() | facts["text"].notna(), column_names(Fact)]
    plain = told.sort_values("unit_code", kind="stable").astype(object)
    plain = plain.where(plain.notna(), None)
    records = (Fact(*line) for line in plain.itertuples(index=False, name=None))
    for _, own in groupby(records, key=lambda fact: fact.unit_code):
        yield list(own)
