"""The steps of a year's assessment (`assessment_steps.csv`) and the order of protocol (`protocol.csv`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.reference import Reference
from analysis.reference.files import read_table
from analysis.reference.holidays import LONGEST
from analysis.reference.rows import Column, DataTable, Fault, ReferenceFault, Row, TableSpec, fault_at
from analysis.reference.specs import optional, texts

STEPS = TableSpec(
    "reference/assessment_steps.csv",
    (
        *texts("code"),
        Column("year_after", "whole"),
        *(Column(name, "whole", required=False) for name in ("from_month", "from_day", "month", "day")),
        Column("move", choices=("next", "last")),
        *optional("after"),
        Column("working_days", "whole", required=False),
        *texts("name_zh", "name_en"),
    ),
    key=("code",),
)
PROTOCOL = TableSpec(
    "reference/protocol.csv", (Column("order", "whole"), *optional("kind", "unit_code")), key=("order",)
)


MonthDay = tuple[int, int]
MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class AssessmentStep:
    """One step: its day (month, day) in the year `year_after` years after the report year, moved to the next or last working day.

    `begins`, where it has one, is the day from which the step runs up to that day. With `working_days` it takes so many
    of them, the first being its day itself; or those that follow the last day of the step named by `after`, and then it
    has no day of its own.
    """

    code: str
    year_after: int
    begins: MonthDay | None
    day: MonthDay | None
    move: str
    after: str
    working_days: int
    zh: str
    en: str


def load_steps(data_dir: Path) -> tuple[AssessmentStep, ...]:
    """The steps in the order of the file.

    Raises:
        ReferenceFault: with every fault: days that no year has, a step with neither or both of a day and a step that it
            follows, one that follows none of the steps before it.
    """
    table = read_table(data_dir, STEPS)
    faults = (*table.faults, *_step_faults(table))
    if faults:
        raise ReferenceFault(faults)
    return tuple(
        AssessmentStep(
            row.text("code"), row.whole("year_after"), _month_day(row, "from_"), _month_day(row, ""), row.text("move"),
            row.text("after"), row.whole("working_days") if row.text("working_days") else 0, row.text("name_zh"),
            row.text("name_en"),
        )
        for row in table.sound
    )  # fmt: skip


def meeting_by(data_dir: Path, year: int) -> dt.date | None:
    """The last day on which the meeting on a report year may be; null where the steps name no day of it.

    A meeting that moves to the working day before is not later than the day of the file; one that moves to the next may
    be so by the longest run of holidays.
    """
    for row in read_table(data_dir, STEPS).sound:
        day = _month_day(row, "")
        if row.text("code") == MEETING and day is not None and _is_day("-".join(map(str, day))):
            found = dt.date(year + row.whole("year_after"), *day)
            return found if row.text("move") == "last" else found + LONGEST
    return None


def _month_day(row: Row, prefix: str) -> MonthDay | None:
    month, day = row.text(f"{prefix}month"), row.text(f"{prefix}day")
    return (row.whole(f"{prefix}month"), row.whole(f"{prefix}day")) if month or day else None


def _step_faults(table: DataTable) -> Iterator[Fault]:
    before: set[str] = set()
    for row in table.sound:
        after, days = row.text("after"), row.text("working_days")
        for prefix in ("from_", ""):
            said = f"{row.text(f'{prefix}month')}-{row.text(f'{prefix}day')}"
            if said != "-" and not _is_day(said):
                yield fault_at(table.path, row, f"{said} 不是日期", "每年都有的日期", "更正", f"{said} is no day")
        if bool(after) == bool(row.text("month")) or (after and not days):
            yield fault_at(
                table.path, row, f"日期“{row.text('month')}-{row.text('day')}”、在“{after}”之后", "二者填一;在某步之后的写明工作日数", "更正",
                "a step has a day of its own, or follows another for so many working days",
            )  # fmt: skip
        if after and after not in before:
            yield fault_at(
                table.path, row, f"在“{after}”之后", "前面各行的 code", "更正", f"follows {after!r}, no step before it"
            )
        before.add(row.text("code"))


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat("2001-" + "-".join(part.zfill(2) for part in text.split("-")))
    except ValueError:
        return False
    return True


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
