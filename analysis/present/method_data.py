"""What only the written method needs: formulas, decisions and English words of the indicators, from `data/reference/`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from analysis.reference import Fault, ReferenceFault
from analysis.reference.files import read_table
from analysis.reference.rows import Column, DataTable, Row, TableSpec, fault_at
from analysis.reference.specs import optional, texts, yearly

ROOM = "analysis."
GROUPS = ("rate", "comparison", "change", "pairing", "disclosure", "screening")
FORMULAS = TableSpec(
    "reference/formulas.csv",
    (
        Column("code"),
        Column("group", choices=GROUPS),
        *texts("name_zh", "name_en", "formula", "function", "source", "limits_zh", "limits_en"),
    ),
    key=("code",),
    patterns=True,
)
DECISIONS = TableSpec(
    "reference/decisions.csv",
    texts("code", "point_zh", "point_en", "decided_zh", "decided_en", "source"),
    key=("code",),
)
ENGLISH = TableSpec(
    "reference/indicators_en.csv",
    (*texts("code", "numerator", "denominator"), *optional("exclusions", "undefined_when"), *texts("why")),
    key=("code",),
)
PLAIN_TABLES = ("definitions", "disclosure", "definition_breaks", "not_compared")


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula: what it is called and where it comes from. `function` is the dotted name of what computes it."""

    code: str
    group: str
    name_zh: str
    name_en: str
    formula: str
    function: str
    source: str
    limits_zh: str
    limits_en: str


@dataclass(frozen=True, slots=True)
class MethodData:
    """The files of the written method. `plain` are further reference files as texts by column, empty when absent."""

    formulas: tuple[Formula, ...]
    decisions: tuple[Row, ...]
    english: Mapping[str, Row]
    thresholds: tuple[Row, ...]
    simulations: tuple[Row, ...]
    plain: Mapping[str, tuple[Mapping[str, str], ...]]


def load_method_data(data_dir: Path, docs_dir: Path, year: int, indicators: Mapping[str, object]) -> MethodData:
    """The files; raises ReferenceFault with every fault: unknown functions and groups, indicators without English.

    `simulations.csv` of the documents may be missing.
    """
    formulas, decisions = read_table(data_dir, FORMULAS), read_table(data_dir, DECISIONS)
    english, thresholds = read_table(data_dir, ENGLISH), read_table(data_dir, yearly(year)["thresholds"])
    simulations = read_table(docs_dir, SIMULATIONS)
    plain = {name: read_table(data_dir, _open(name)) for name in PLAIN_TABLES}
    found = [formulas, decisions, english, thresholds, simulations, *plain.values()]
    faults = [fault for table in found for fault in table.faults]
    faults += _unknown(formulas, "function", _exists, "analysis 中的函数", "a function of analysis")
    faults += _unknown(english, "code", indicators.__contains__, "indicators.csv 中的代码", "a code of indicators.csv")
    faults += _missing(english, indicators)
    if faults:
        raise ReferenceFault(tuple(faults))
    return MethodData(
        formulas=tuple(_formula(row) for row in formulas.rows),
        decisions=decisions.rows,
        english={row.text("code"): row for row in english.rows},
        thresholds=thresholds.rows,
        simulations=simulations.rows,
        plain={name: tuple(row.cells for row in table.rows) for name, table in plain.items()},
    )


def english_definitions(data_dir: Path) -> Mapping[str, Row]:
    """The English words of the definitions by indicator; raises ReferenceFault when their file is at fault."""
    table = read_table(data_dir, ENGLISH)
    if table.faults:
        raise ReferenceFault(table.faults)
    return {row.text("code"): row for row in table.rows}


SIMULATIONS = TableSpec(
    "simulations.csv",
    (*texts("name", "setting", "measure"), Column("value", "number"), *optional("standard_error", "required")),
    optional=True,
)


def _open(name: str) -> TableSpec:
    """A file that another loader checks: any columns."""
    return TableSpec(f"reference/{name}.csv", (), open=True, optional=True, patterns=True)


def _formula(row: Row) -> Formula:
    return Formula(*(row.text(column.name) for column in FORMULAS.columns))


def _exists(dotted: str) -> bool:
    """Whether the dotted name is a function of this package."""
    module, _, name = dotted.rpartition(".")
    if not dotted.startswith(ROOM):
        return False
    try:
        return callable(getattr(import_module(module), name, None))
    except ImportError:
        return False


def _unknown(table: DataTable, column: str, known: Callable[[str], bool], expected: str, english: str) -> list[Fault]:
    """The lines whose value is not known."""
    return [
        fault_at(
            table.path,
            row,
            f"列“{column}”写的是“{row.text(column)}”",
            expected,
            "更正",
            f"{row.text(column)!r} is not {english}",
        )
        for row in table.sound
        if not known(row.text(column))
    ]


def _missing(table: DataTable, wanted: Mapping[str, object]) -> list[Fault]:
    found = {row.text("code") for row in table.rows}
    return [
        Fault(table.path, 0, f"缺少指标“{code}”", "每项指标一行", "补上该行", f"indicator {code!r} has no line")
        for code in wanted
        if table.readable and code not in found
    ]
