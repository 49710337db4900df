"""What the tables of `data/clean/<year>/` must look like: `data/reference/tables.csv` -> checks of every table.

The dictionary is at once documentation, data package and test: a table with a column that stands not in it, or a
value outside it, is a fault of ours and is never written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from analysis.reference.files import read_table
from analysis.reference.rows import Column, ReferenceFault, Row, TableSpec

DTYPES: Mapping[str, Any] = MappingProxyType(
    {
        "string": "str",
        "integer": "Int64",
        "number": "float64",
        "boolean": "boolean",
        "datetime": "datetime64[us]",
        "date": "datetime64[us]",
    }
)
YES_NO = ("yes", "no")
COLUMNS = (
    Column("table"),
    Column("column"),
    Column("type", choices=tuple(DTYPES)),
    Column("unit", required=False),
    Column("key", choices=YES_NO),
    Column("nullable", choices=YES_NO),
    Column("choices", required=False),
    Column("meaning_zh"),
    Column("meaning_en"),
)


class TableFault(Exception):
    """A table of ours breaks the dictionary; `faults` says table, column, row, value and what was expected."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True, slots=True)
class ColumnDef:
    """One column of a table. `unit` is empty when there is none; `choices` lists the allowed codes, empty = any.

    A text column that is not nullable may hold the empty text, such as `item` of a fact without an item.
    """

    name: str
    type: str
    unit: str
    key: bool
    nullable: bool
    choices: tuple[str, ...]
    meaning_zh: str
    meaning_en: str


TableDef: TypeAlias = tuple[ColumnDef, ...]
Dictionary: TypeAlias = Mapping[str, TableDef]


def load_dictionary(path: Path) -> Dictionary:
    """The columns of every table, in order; raises ReferenceFault when `tables.csv` is missing or at fault."""
    spec = TableSpec(f"{path.parent.name}/{path.name}", COLUMNS, key=("table", "column"))
    table = read_table(path.parent.parent, spec)
    if table.faults:
        raise ReferenceFault(table.faults)
    names = dict.fromkeys(row.text("table") for row in table.rows)
    return MappingProxyType(
        {name: tuple(column_def(row) for row in table.rows if row.text("table") == name) for name in names}
    )


def column_def(row: Row) -> ColumnDef:
    """One line of `tables.csv`."""
    return ColumnDef(
        name=row.text("column"),
        type=row.text("type"),
        unit=row.text("unit"),
        key=row.flag("key"),
        nullable=row.flag("nullable"),
        choices=row.items("choices"),
        meaning_zh=row.text("meaning_zh"),
        meaning_en=row.text("meaning_en"),
    )


def key_columns(columns: TableDef) -> list[str]:
    """The columns that together name one row."""
    return [column.name for column in columns if column.key]


def conform(name: str, table: pd.DataFrame, dictionary: Dictionary) -> pd.DataFrame:
    """The table with the column types of the dictionary; row order is kept, the index is new.

    Empty texts of nullable columns become null. Raises TableFault with every fault found.
    """
    columns = dictionary.get(name)
    if columns is None:
        raise TableFault([f"table {name}: not in data/reference/tables.csv; add its columns there"])
    wanted = [column.name for column in columns]
    if sorted(table.columns) != sorted(wanted):
        raise TableFault(column_faults(name, wanted, list(table.columns)))
    typed = {column.name: convert(name, column, table[column.name]) for column in columns}
    result = pd.DataFrame(typed, columns=wanted).reset_index(drop=True)
    try:
        schema(name, columns).validate(result, lazy=True)
    except SchemaErrors as errors:
        raise TableFault(case_faults(name, errors.failure_cases)) from None
    return result


def column_faults(name: str, wanted: list[str], found: list[str]) -> list[str]:
    """Missing and unknown columns."""
    remedy = "mend the step that makes the table, or data/reference/tables.csv"
    missing = [f"table {name}, column {column}: missing; {remedy}" for column in wanted if column not in found]
    unknown = [f"table {name}, column {column}: unknown; {remedy}" for column in found if column not in wanted]
    return missing + unknown or [f"table {name}: a column stands twice; {remedy}"]


def convert(table: str, column: ColumnDef, values: pd.Series[Any]) -> pd.Series[Any]:
    """The values with the type of the dictionary; raises TableFault when one does not fit."""
    fresh = values.reset_index(drop=True)
    try:
        if column.type == "string":
            present = fresh.dropna()
            if len(present) and pd.api.types.infer_dtype(present) != "string":
                raise TypeError("not a text")
            texts = fresh.astype("str")
            return texts.where(texts != "", None) if column.nullable else texts
        if column.type == "number":
            numbers = pd.to_numeric(fresh, errors="raise").astype("Float64").astype("float64")
            if np.isinf(numbers).any():
                raise ValueError("infinite")
            return numbers
        return fresh.astype(DTYPES[column.type])
    except (TypeError, ValueError) as error:
        text = f"table {table}, column {column.name}: a value is no {column.type} ({error})"
        raise TableFault([f"{text}; mend the step that makes it"]) from None


def schema(name: str, columns: TableDef) -> pa.DataFrameSchema:
    """The pandera schema of a table: types, nulls, allowed codes, unique key."""
    return pa.DataFrameSchema(
        {column.name: schema_column(column) for column in columns},
        name=name,
        unique=key_columns(columns) or None,
        strict=True,
        ordered=True,
    )


def schema_column(column: ColumnDef) -> pa.Column:
    """One column with its type, its nulls and its allowed codes."""
    checks = [pa.Check.isin(column.choices)] if column.choices else []
    return pa.Column(DTYPES[column.type], checks=checks, nullable=column.nullable)


def case_faults(name: str, cases: pd.DataFrame, shown: int = 20) -> list[str]:
    """The failure cases as sentences from pandera; the first `shown`, then how many more there are."""
    lines = [
        f"table {name}, column {case['column']}, row {case['index']}: {case['failure_case']!r} breaks {case['check']}; "
        "mend the step that makes the table, or data/reference/tables.csv"
        for case in cases.to_dict("records")
    ]
    more = len(lines) - shown
    return lines[:shown] + ([f"table {name}: and {more} more"] if more > 0 else [])
