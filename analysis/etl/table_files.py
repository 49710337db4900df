"""One table <-> the bytes of its parquet and its CSV, and the description of the CSV as a Frictionless resource.

The same table gives the same bytes on every machine: no time, no host, no library's own metadata but the version
of the parquet writer.

Text that Excel would take for a formula (`=`, `+`, `-`, `@` first, and not a plain number or dashes) stands in the CSV
behind one apostrophe, since returns come from outside and analysts open the CSV with a double click. The apostrophe
is taken off again by `csv_to_table`; the parquet holds the text as it is.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.etl.dictionary import DTYPES, ColumnDef, TableDef, key_columns

ARROW_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "datetime": pa.timestamp("us"),
    "date": pa.timestamp("us"),
}
PANDAS_TYPES = {
    pa.int64(): pd.Int64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
    pa.string(): pd.StringDtype(na_value=float("nan")),
}
ROWS_PER_GROUP = 65536
FORMULA = re.compile("[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")  # Excel in Chinese takes full-width signs too
HARMLESS = re.compile("[+\\-\uff0b\uff0d]?[0-9]*([.][0-9]*)?%?|[+\\-\uff0b\uff0d]+")


def would_be_formula(text: str) -> bool:
    """Whether Excel would evaluate the text: the apostrophes before it are left aside."""
    bare = text.lstrip("'")
    return FORMULA.match(bare) is not None and HARMLESS.fullmatch(bare) is None


def protect(text: str) -> str:
    """The text as it stands in the CSV; `unprotect` gives the same text back, whatever it is."""
    return f"'{text}" if would_be_formula(text) else text


def unprotect(text: str) -> str:
    """The text without the apostrophe of `protect`."""
    return text[1:] if text.startswith("'") and would_be_formula(text) else text


def table_to_parquet(table: pd.DataFrame, columns: TableDef) -> bytes:
    """Parquet of a table that conforms to the dictionary; one row group per 65 536 rows, nulls for absent values."""
    fields = pa.schema([pa.field(column.name, ARROW_TYPES[column.type]) for column in columns])
    arrow = pa.Table.from_pandas(table, schema=fields, preserve_index=False).replace_schema_metadata(None)
    sink = io.BytesIO()
    pq.write_table(arrow, sink, row_group_size=ROWS_PER_GROUP, compression="zstd", version="2.6", store_schema=False)
    return sink.getvalue()


def parquet_to_table(content: bytes) -> pd.DataFrame:
    """The table of a parquet: whole numbers as `Int64`, yes/no as `boolean`, texts as `str`, null where absent."""
    table: pd.DataFrame = pq.read_table(io.BytesIO(content)).to_pandas(types_mapper=PANDAS_TYPES.get)
    return table


def table_to_csv(table: pd.DataFrame, columns: TableDef) -> bytes:
    """CSV in UTF-8 with BOM (for Excel) and CRLF line ends (RFC 4180); absent values are empty."""
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    texts = [[csv_text(value, column.type) for value in table[column.name].tolist()] for column in columns]
    writer.writerows(zip(*texts, strict=True))
    return sink.getvalue().encode("utf-8-sig")


def csv_text(value: Any, column_type: str) -> str:
    """One value as it stands in the CSV: numbers with every digit they need, yes/no as true/false."""
    if pd.isna(value):
        return ""
    if column_type == "string":
        return protect(value)
    if column_type == "number":
        return repr(float(value))
    if column_type == "boolean":
        return "true" if value else "false"
    if not isinstance(value, dt.datetime):
        return str(int(value))
    return value.date().isoformat() if column_type == "date" else value.isoformat()


def csv_to_table(content: bytes, columns: TableDef) -> pd.DataFrame:
    """The table of a CSV, equal to that of the parquet."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    cells = {name: [row[place] for row in rows[1:]] for place, name in enumerate(rows[0])}
    return pd.DataFrame({column.name: typed_column(cells[column.name], column) for column in columns})


def typed_column(texts: list[str], column: ColumnDef) -> pd.Series[Any]:
    """The texts of one CSV column with the type of the dictionary."""
    if column.type == "string":
        plain = [unprotect(text) if text or not column.nullable else None for text in texts]
        return pd.Series(plain, dtype="str")
    values: list[Any] = [None if text == "" else text for text in texts]
    if column.type == "boolean":
        values = [None if value is None else value == "true" for value in values]
    if column.type == "integer":
        values = [None if value is None else int(value) for value in values]
    if column.type == "number":
        values = [float("nan") if value is None else float(value) for value in values]
    typed: pd.Series[Any] = pd.Series(values, dtype=DTYPES[column.type])
    return typed


def resource(name: str, columns: TableDef, sha256: str, size: int) -> dict[str, Any]:
    """The CSV of a table as a resource of a Frictionless data package."""
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{sha256}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {
            "fields": [field(column) for column in columns],
            "primaryKey": key_columns(columns),
            "missingValues": [""],
        },
    }


def field(column: ColumnDef) -> dict[str, Any]:
    """One column as a field: type, unit, meaning in both languages, constraints."""
    constraints: dict[str, Any] = {"enum": list(column.choices)} if column.choices else {}
    if not column.nullable and column.type != "string":
        constraints["required"] = True
    return {
        "name": column.name,
        "type": column.type,
        "title": column.meaning_zh,
        "description": column.meaning_en,
        **({"unit": column.unit} if column.unit else {}),
        **({"constraints": constraints} if constraints else {}),
    }
