"""Facts -> the typed tables of the contract: one row per line of F2, F4, F5, F6, F7 and F8, one column per field.

A number, text or code that is queried is null there, and `queried_fields` names it; so no table shows a figure that
nobody vouches for. Lines that were dropped, and total lines, are no rows.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from analysis.etl.extract import NUMBER_TYPES
from analysis.etl.templates import SERIAL
from analysis.records import Fact
from analysis.reference import Reference
from analysis.reference.types import FieldDef

QUERIED = "queried"
INEXACT = ("approximate", "bounded")
_TAIL = ("queried_fields", "inexact_fields", "file", "sheet")


@dataclass(frozen=True, slots=True)
class TypedTable:
    """Which blocks of a form make a table, and whether its lines are numbered or named by an item."""

    form: str
    blocks: tuple[str, ...]
    key: str = "row"


TYPED_TABLES: Mapping[str, TypedTable] = MappingProxyType(
    {
        "activities": TypedTable("F2", ("list",)),
        "training": TypedTable("F4", ("subjects", "special", "learning_organ"), "item"),
        "pairings": TypedTable("F5", ("list",)),
        "rectifications": TypedTable("F6", ("list",)),
        "institutions": TypedTable("F7", ("institutions",), "item"),
        "targets": TypedTable("F7", ("targets",)),
        "exemplars": TypedTable("F8", ("list",)),
    }
)


def typed_tables(facts: Sequence[Fact], reference: Reference) -> dict[str, pd.DataFrame]:
    """The tables `activities` to `exemplars`, in the order of the register and of the lines.

    Counts, hours, yuan and ml are numbers, null when blank, bounded, queried or not applicable. Yes-or-no fields are
    booleans, list fields hold our code. A date field `x` is the ISO text as read (`2025-03` when only the month is
    known), with its first and last day as `x_from` and `x_to`. `queried_fields` and `inexact_fields` name the fields
    of the line whose value is open, or known only roughly or within bounds.
    """
    return {name: _typed(facts, reference, spec) for name, spec in TYPED_TABLES.items()}


def column_names(fields: Sequence[FieldDef], key: str) -> dict[tuple[str, str], str]:
    """(item, measure) -> column: the measure, with the item before it where lines are numbered and it stands twice."""
    counts = Counter(entry.measure for entry in fields)
    return {
        (entry.item, entry.measure): (
            f"{entry.item}_{entry.measure}" if key == "row" and counts[entry.measure] > 1 else entry.measure
        )
        for entry in fields
    }


def typed_fields(spec: TypedTable, reference: Reference) -> list[FieldDef]:
    """The fields of a table in the order of the form, without serial numbers."""
    return [
        entry for entry in reference.form_fields(spec.form) if entry.block in spec.blocks and entry.measure != SERIAL
    ]


def table_columns(spec: TypedTable, reference: Reference) -> list[str]:
    """All columns of a table in order."""
    fields = typed_fields(spec, reference)
    names = column_names(fields, spec.key)
    dated = {names[entry.item, entry.measure] for entry in fields if entry.type == "date"}
    columns = ["unit_code", spec.key]
    for name in dict.fromkeys(names.values()):
        columns += [name, f"{name}_from", f"{name}_to"] if name in dated else [name]
    return [*columns, *_TAIL]


def _typed(facts: Sequence[Fact], reference: Reference, spec: TypedTable) -> pd.DataFrame:
    fields = typed_fields(spec, reference)
    names = column_names(fields, spec.key)
    types = {(entry.item, entry.measure): entry.type for entry in fields}
    lines: dict[tuple[str, int | str], list[Fact]] = {}
    for fact in facts:
        if fact.form == spec.form and (fact.item, fact.measure) in names and fact.status != "rejected":
            key: int | str = fact.row if spec.key == "row" else fact.item
            if key:
                lines.setdefault((fact.unit_code, key), []).append(fact)
    items = list(dict.fromkeys(entry.item for entry in fields))
    units = [unit.code for unit in reference.units]
    order = {unit: place for place, unit in enumerate(units)}

    def place(line: tuple[str, int | str]) -> tuple[int, int]:
        unit, key = line
        return order.get(unit, len(order)), key if isinstance(key, int) else items.index(key)

    rows = [
        {"unit_code": unit, spec.key: key, **_line(lines[unit, key], names, types)}
        for unit, key in sorted(lines, key=place)
    ]
    return pd.DataFrame(rows, columns=table_columns(spec, reference))


def _line(
    facts: Sequence[Fact], names: Mapping[tuple[str, str], str], types: Mapping[tuple[str, str], str]
) -> dict[str, object]:
    row: dict[str, object] = {}
    told: dict[str, list[str]] = {"queried_fields": [], "inexact_fields": []}
    for fact in facts:
        column, kind = names[fact.item, fact.measure], types[fact.item, fact.measure]
        if fact.status == QUERIED:
            told["queried_fields"].append(column)
        elif fact.status in INEXACT:
            told["inexact_fields"].append(column)
        if kind in NUMBER_TYPES:
            row[column] = fact.value
        elif kind == "yes_no":
            row[column] = None if fact.text is None else fact.text == "yes"
        else:
            row[column] = fact.text
            if kind == "date" and fact.text:
                row[f"{column}_from"], row[f"{column}_to"] = day_span(fact.text)
    listed = {name: ";".join(dict.fromkeys(columns)) for name, columns in told.items()}
    return {**row, **listed, "file": facts[0].file, "sheet": facts[0].sheet}


def day_span(text: str) -> tuple[dt.datetime, dt.datetime]:
    """First and last day of an ISO date, month, year or interval: `2025-02` -> 1 and 28 February."""
    first, _, last = text.partition("/")
    return _ends(first)[0], _ends(last or first)[1]


def _ends(text: str) -> tuple[dt.datetime, dt.datetime]:
    parts = [int(part) for part in text.split("-")]
    year, month, day = (*parts, None, None)[:3]
    assert year is not None
    from_month, to_month = (month, month) if month else (1, 12)
    last = day or calendar.monthrange(year, to_month)[1]
    return dt.datetime(year, from_month, day or 1), dt.datetime(year, to_month, last)
