"""How else a term could have been scored: `terms/<n>/switches.csv`, each line one choice of the scheme made otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isclose
from pathlib import Path

from analysis.reference.files import read_table
from analysis.reference.rows import Column, DataTable, Fault, ReferenceFault, TableSpec, fault_at
from analysis.reference.scheme import TERMS
from analysis.reference.scheme_types import Scheme
from analysis.reference.specs import optional, texts

YEAR_WEIGHTS, PAIRING_RULE, EQUAL_PARTS = "year_weights", "pairing_rule", "equal_parts"
KINDS = (YEAR_WEIGHTS, PAIRING_RULE, EQUAL_PARTS)
READINGS = ("both", "any")


@dataclass(frozen=True, slots=True)
class Switch:
    """One choice made otherwise.

    `year_weights`: `value` has the weights of the years, joined by semicolons; `pairing_rule`: the reading of 城乡一户;
    `equal_parts`: all base parts are worth the same, without a value.
    """

    code: str
    kind: str
    value: str
    zh: str
    en: str


def load_switches(data_dir: Path, scheme: Scheme) -> tuple[Switch, ...]:
    """The switches of the term in the order of the file; none where it is missing.

    Raises:
        ReferenceFault: weights that do not fit the years or add up to 1, an unknown reading, a value too many.
    """
    spec = TableSpec(
        f"{TERMS}/{scheme.term.number}/switches.csv",
        (*texts("switch"), Column("kind", choices=KINDS), *optional("value"), *texts("name_zh", "name_en")),
        key=("switch",),
        optional=True,
    )
    table = read_table(data_dir, spec)
    faults = (*table.faults, *_faults(table, scheme))
    if faults:
        raise ReferenceFault(faults)
    return tuple(
        Switch(*(row.text(name) for name in ("switch", "kind", "value", "name_zh", "name_en"))) for row in table.sound
    )


def weights_in(value: str) -> tuple[float, ...]:
    """The weights of the years; raises ValueError where one is no number."""
    return tuple(float(part) for part in value.split(";"))


def _faults(table: DataTable, scheme: Scheme) -> Iterator[Fault]:
    for row in table.sound:
        kind, value = row.text("kind"), row.text("value")
        if kind == YEAR_WEIGHTS and not _are_weights(value, len(scheme.term.years)):
            yield fault_at(
                table.path, row, f"年度比重“{value}”", f"{len(scheme.term.years)} 个数,分号分隔,和为 1", "更正",
                f"year weights {value!r}",
            )  # fmt: skip
        if kind == PAIRING_RULE and value not in READINGS:
            yield fault_at(table.path, row, f"结对规则“{value}”", "both 或 any", "更正", f"pairing rule {value!r}")
        if kind == EQUAL_PARTS and value:
            yield fault_at(table.path, row, f"{kind} 写了“{value}”", "空白", "删去", f"{kind} takes no value")


def _are_weights(value: str, years: int) -> bool:
    try:
        found = weights_in(value)
    except ValueError:
        return False
    return len(found) == years and min(found) >= 0 and isclose(sum(found), 1.0)
