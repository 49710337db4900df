"""The steps of a year's assessment (`assessment_steps.csv`) and the order of protocol (`protocol.csv`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.reference import Reference
from analysis.reference.files import read_table
from analysis.reference.rows import Column, DataTable, Fault, ReferenceFault, TableSpec, fault_at
from analysis.reference.specs import optional, texts

STEPS = TableSpec(
    "reference/assessment_steps.csv",
    (
        *texts("code"),
        *(Column(name, "whole") for name in ("year_after", "month", "day")),
        Column("move", choices=("next", "last")),
        Column("working_days", "whole", required=False),
        *texts("name_zh", "name_en"),
    ),
    key=("code",),
)
PROTOCOL = TableSpec(
    "reference/protocol.csv", (Column("order", "whole"), *optional("kind", "unit_code")), key=("order",)
)


@dataclass(frozen=True, slots=True)
class AssessmentStep:
    """One step: the day in the year `year_after` years after the report year, moved to the next or last working day.

    With `working_days` the step takes so many of them from that day on, the first being the day itself.
    """

    code: str
    year_after: int
    month: int
    day: int
    move: str
    working_days: int
    zh: str
    en: str


def load_steps(data_dir: Path) -> tuple[AssessmentStep, ...]:
    """The steps in the order of the file. Raises ReferenceFault with every fault: days that no year has."""
    table = read_table(data_dir, STEPS)
    faults = [*table.faults]
    for row in table.sound:
        try:
            dt.date(2001, row.whole("month"), row.whole("day"))
        except ValueError:
            said = f"{row.text('month')}-{row.text('day')}"
            faults.append(fault_at(table.path, row, f"{said} 不是日期", "每年都有的日期", "更正", f"{said} is no day"))
    if faults:
        raise ReferenceFault(tuple(faults))
    return tuple(
        AssessmentStep(
            row.text("code"), row.whole("year_after"), row.whole("month"), row.whole("day"), row.text("move"),
            row.whole("working_days") if row.text("working_days") else 0, row.text("name_zh"), row.text("name_en"),
        )
        for row in table.sound
    )  # fmt: skip


def load_protocol(data_dir: Path, reference: Reference) -> Mapping[str, int]:
    """The place of each unit of the year in the order of protocol: by the lines, inside a line by the register.

    A unit named by its code stands at that line, all others at the line of their kind.

    Raises:
        ReferenceFault: a line with both or neither, an unknown kind or unit, a kind of the register without a line.
    """
    table = read_table(data_dir, PROTOCOL)
    faults = (*table.faults, *_protocol_faults(table, reference))
    if faults:
        raise ReferenceFault(faults)
    kinds = {row.text("kind"): row.whole("order") for row in table.sound if row.text("kind")}
    codes = {row.text("unit_code"): row.whole("order") for row in table.sound if row.text("unit_code")}
    places = {unit.code: place for place, unit in enumerate(reference.units)}
    ordered = sorted(
        reference.units,
        key=lambda unit: (
            codes.get(unit.code, kinds[unit.kind]) if unit.kind in kinds else codes[unit.code],
            places[unit.code],
        ),
    )
    return {unit.code: place for place, unit in enumerate(ordered, start=1)}


def _protocol_faults(table: DataTable, reference: Reference) -> Iterator[Fault]:
    known = {kind.code for kind in reference.unit_kinds}
    register = {unit.code for unit in reference.register}
    named = {row.text("unit_code") for row in table.sound}
    listed = {row.text("kind") for row in table.sound}
    for row in table.sound:
        kind, code = row.text("kind"), row.text("unit_code")
        if bool(kind) == bool(code) or (kind and kind not in known) or (code and code not in register):
            yield fault_at(
                table.path, row, f"类别“{kind}”、单位“{code}”", "unit_kinds.csv 的类别或 units.csv 的单位,二者填一", "更正",
                f"kind {kind!r}, unit {code!r}: one of the two, and known",
            )  # fmt: skip
    for unit in reference.units:
        if unit.kind not in listed and unit.code not in named:
            yield Fault(
                table.path, 0, f"{unit.code} 没有位置", "每个单位都有位置", "补一行", f"{unit.code} has no place"
            )
