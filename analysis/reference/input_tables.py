"""The tables that people fill in for a term: their columns (`input_columns.csv`) and the lines that they are asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.reference import Reference
from analysis.reference.assessment_steps import load_protocol
from analysis.reference.files import read_table
from analysis.reference.rows import Column, ReferenceFault, TableSpec
from analysis.reference.scheme_types import Scheme
from analysis.reference.specs import texts
from analysis.reference.term_inputs import VetoCase

KINDS = ("unit", "unit_name", "code", "item", "full", "points", "whole", "day", "choice", "case", "body", "text")
GIVEN = ("unit", "unit_name", "code", "item", "full")  # what stands in a template before anybody fills it in
SHOWN = ("unit_name", "item", "full")  # what a person reads and the CSV does without
COLUMNS = TableSpec(
    "reference/input_columns.csv",
    (
        *texts("table", "column"),
        Column("kind", choices=KINDS),
        Column("required", "flag"),
        Column("choices", "codes", required=False),
        *texts("name_zh", "name_en", "meaning_zh", "meaning_en"),
    ),
    key=("table", "column"),
)
SOURCE_OF: Mapping[str, str] = {"panel": "panel", "survey": "survey", "departments": "department"}


@dataclass(frozen=True, slots=True)
class InputColumn:
    """One column: `choices` are code -> word for `choice`; `required` says that a filled line cannot do without it."""

    name: str
    kind: str
    required: bool
    choices: Mapping[str, str]
    zh: str
    en: str
    meaning_zh: str
    meaning_en: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One line that is asked for: a unit, and what of it. `code` is empty in tables that have one line per case.

    `full` are the points that the panel may give: those of all items that the code decides. `replaces`: it decides only
    where the items cannot be computed.
    """

    unit_code: str
    unit_name: str
    code: str = ""
    zh: str = ""
    en: str = ""
    full: float = 0.0
    replaces: bool = False


def load_input_columns(data_dir: Path) -> dict[str, tuple[InputColumn, ...]]:
    """The columns of each table, in the order of the file. Raises ReferenceFault with every fault."""
    table = read_table(data_dir, COLUMNS)
    if table.faults:
        raise ReferenceFault(table.faults)
    found: dict[str, tuple[InputColumn, ...]] = {}
    for row in table.sound:
        column = InputColumn(
            row.text("column"), row.text("kind"), row.flag("required"), row.codes("choices"), row.text("name_zh"),
            row.text("name_en"), row.text("meaning_zh"), row.text("meaning_en"),
        )  # fmt: skip
        found[row.text("table")] = (*found.get(row.text("table"), ()), column)
    return found


def days_allowed(
    columns: tuple[InputColumn, ...], scheme: Scheme, cases: tuple[VetoCase, ...]
) -> tuple[dt.date, dt.date]:
    """The first and last day that a table may name: from the beginning of the term to the meeting.

    Veto cases count as long as they ban, decisions of before from the beginning of the term before.
    """
    term = scheme.term
    first = term.years[0]
    of_cases = [column for column in columns if column.kind == "case"]
    if any(column.required for column in of_cases):
        first = min(first, term.assessed_in - max((case.ban_years for case in cases), default=0))
    elif of_cases:
        first -= len(term.years)
    return dt.date(first, 1, 1), term.held_by


def asked_lines(table: str, data_dir: Path, scheme: Scheme, reference: Reference) -> tuple[Asked, ...]:
    """The lines of a table: units in the order of protocol, and of each the codes that its scheme asks for.

    A table that no item of the scheme reads has none. Tables of cases have one line per unit, without code.
    """
    places = load_protocol(data_dir, reference)
    units = sorted(reference.units, key=lambda unit: places[unit.code])
    if table not in SOURCE_OF:
        return tuple(Asked(unit.code, unit.short_name) for unit in units)
    return tuple(
        Asked(unit.code, unit.short_name, *line)
        for unit in units
        for line in _codes(SOURCE_OF[table], scheme, titled=unit.title_level != "none")
    )


def _codes(kind: str, scheme: Scheme, *, titled: bool) -> Iterator[tuple[str, str, str, float, bool]]:
    """Code, names and points of what a source of people decides, in the order of the scheme."""
    found: dict[str, tuple[str, str, float]] = {}
    read = {item.source.name for item in scheme.items if item.source.kind == kind}
    for item in scheme.items_for(titled):
        said, _, other = item.when_undefined.partition(":")
        for code in [item.source.name] if item.source.kind == kind else [other] if said == kind else []:
            zh, en, full = found.get(code, ("", "", 0.0))
            found[code] = (f"{zh}、{item.zh}".strip("、"), f"{en}; {item.en}".strip("; "), full + item.full)
    for code, (zh, en, full) in found.items():
        yield code, zh, en, full, code not in read
