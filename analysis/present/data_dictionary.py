"""`docs/data.md`: every table of `data/clean/` and every column of it, made from `data/reference/tables.csv`."""

from __future__ import annotations

from pathlib import Path

from analysis.etl.dictionary import ColumnDef, TableDef, load_dictionary
from analysis.present.markdown import code, document, heading, paragraph, phrase, table, title
from analysis.reference import Label, load_reference, years_with_reference

Lines = list[str]


def data_text(data_dir: Path) -> str:
    """The document; raises ReferenceFault when `tables.csv` is at fault."""
    reference = load_reference(data_dir, max(years_with_reference(data_dir)))
    tables = load_dictionary(data_dir / "reference" / "tables.csv")
    lines = [*heading(1, "dictionary.title"), *paragraph("dictionary.made")]
    for name, columns in tables.items():
        lines += _table(name, columns, reference.labels.get(f"clean_table.{name}"))
    return document(lines)


def _table(name: str, columns: TableDef, row: Label | None) -> Lines:
    keys = phrase("dictionary.key", names=" ".join(code(column.name) for column in columns if column.key))
    one_row = [row.zh, "", f"*{row.en}*", ""] if row else []
    return [
        *title(2, code(name)),
        *one_row,
        f"{keys.zh} *{keys.en}*",
        "",
        *table(("column", "type", "unit", "null", "chinese", "english"), [_column(column) for column in columns]),
    ]


def _column(column: ColumnDef) -> tuple[str, ...]:
    empty = phrase("method.yes" if column.nullable else "method.no")
    codes = f" ({', '.join(map(code, column.choices))})" if column.choices else ""
    return (
        code(column.name),
        column.type,
        column.unit,
        f"{empty.zh} {empty.en}",
        column.meaning_zh,
        f"{column.meaning_en}{codes}",
    )
