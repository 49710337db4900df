"""What people fill in for a term: points of the panel, surveys, statements of departments, and the veto table.

They lie beside the scheme in `reference/terms/<n>/`. A veto comes from the departments named in `veto_cases.csv`
alone and is never inferred from data.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from analysis.reference import Reference
from analysis.reference.files import read_table
from analysis.reference.rows import Column, DataTable, Fault, ReferenceFault, Row, TableSpec, fault_at
from analysis.reference.scheme import TERMS
from analysis.reference.scheme_types import Scheme, Term
from analysis.reference.specs import SHARED, texts
from analysis.reference.title_history import (
    TitleEvent,
    counted_reminders,
    earlier_events,
    earlier_faults,
    history_specs,
    late_faults,
    reminder_faults,
    unreminded_faults,
)

DAYS: Mapping[str, tuple[str, ...]] = {
    "panel": ("given_on",),
    "survey": ("taken_on",),
    "departments": ("said_on",),
    "veto": ("confirmed_on",),
    "reminders": ("first_on", "second_on"),
}


@dataclass(frozen=True, slots=True)
class Veto:
    """A case confirmed by a department: the unit, the case (`V1` ...), by whom, when and in which document."""

    unit_code: str
    case: str
    confirmed_by: str
    confirmed_on: dt.date
    document: str


@dataclass(frozen=True, slots=True)
class VetoCase:
    """A case of the veto table: what it means, who confirms it and for how many years it bans."""

    code: str
    zh: str
    en: str
    confirmed_by: tuple[str, ...]
    effect: str
    ban_years: int


@dataclass(frozen=True)
class TermInputs:
    """What people filled in, by unit and code. What is not there is not known: never zero and never yes or no.

    `panel` and `survey` are shares of 0 to 1 (of the full points; of those asked), `departments` yes or no.
    `earlier` is what was decided on titles before, `reminded` the second reminder of open questions by unit and year,
    `survey_counts` those satisfied and those asked: points of a share of people are rounded in people.
    """

    panel: Mapping[tuple[str, str], float]
    survey: Mapping[tuple[str, str], float]
    departments: Mapping[tuple[str, str], bool]
    vetoes: tuple[Veto, ...]
    cases: tuple[VetoCase, ...]
    earlier: tuple[TitleEvent, ...] = ()
    reminded: Mapping[tuple[str, int], str] = field(default_factory=dict)
    survey_counts: Mapping[tuple[str, str], tuple[float, float]] = field(default_factory=dict)


def load_inputs(data_dir: Path, scheme: Scheme, reference: Reference) -> TermInputs:
    """The tables of a term; those that nobody filled in yet may be missing.

    Raises:
        ReferenceFault: with every fault by file and line: unknown units, codes that the scheme does not use, shares
            outside 0 to 1, a veto that another body confirmed than the case names, anything said after the meeting, a
            unit said to be open after a second reminder that stands nowhere.
    """
    folder = f"{TERMS}/{scheme.term.number}"
    tables = {name: read_table(data_dir, spec) for name, spec in {**_specs(folder), **history_specs(folder)}.items()}
    faults = [fault for table in tables.values() for fault in table.faults]
    faults += _workbook_faults(data_dir / folder, folder)
    used = {(item.source.kind, item.source.name) for item in scheme.items}
    said = (item.when_undefined.partition(":") for item in scheme.items)
    used |= {(kind, code) for kind, _, code in said}
    codes = {unit.code for unit in reference.register}
    for kind, name in (("panel", "panel"), ("survey", "survey"), ("department", "departments")):
        faults += _code_faults(tables[name], kind, used, codes)
    faults += _veto_faults(tables["veto"], tables["veto_cases"], codes, scheme.term)
    bans = {row.text("code"): row.whole("ban_years") for row in tables["veto_cases"].sound}
    faults += earlier_faults(tables["earlier"], bans, scheme.term, reference)
    faults += reminder_faults(tables["reminders"], scheme.term, reference)
    for name, days in DAYS.items():
        faults += late_faults(tables[name], days, scheme.term.held_by)
    reminded = counted_reminders(tables["reminders"].sound, reference.freeze_on)
    faults += unreminded_faults(tables["departments"].sound, tables["departments"].path, reminded, reference.freeze_on)
    if faults:
        raise ReferenceFault(tuple(faults))
    return TermInputs(
        {_key(row): row.number("share") for row in tables["panel"].sound},
        {_key(row): row.number("satisfied") / row.number("asked") for row in tables["survey"].sound},
        {_key(row): row.flag("said") for row in tables["departments"].sound},
        tuple(_veto(row) for row in tables["veto"].sound),
        tuple(_case(row) for row in tables["veto_cases"].sound),
        earlier_events(tables["earlier"].sound, bans, scheme.term),
        reminded,
        {_key(row): (row.number("satisfied"), row.number("asked")) for row in tables["survey"].sound},
    )


def load_cases(data_dir: Path) -> tuple[VetoCase, ...]:
    """The cases of `veto_cases.csv`. Raises ReferenceFault when it is at fault."""
    table = read_table(data_dir, SHARED["veto_cases"])
    if table.faults:
        raise ReferenceFault(table.faults)
    return tuple(_case(row) for row in table.sound)


def _specs(folder: str) -> dict[str, TableSpec]:
    unit_and_code = texts("unit_code", "code")
    return {
        "panel": TableSpec(
            f"{folder}/panel.csv", (*unit_and_code, Column("share", "number"), Column("given_on", "day"), *texts("given_by")),
            key=("unit_code", "code"), optional=True,
        ),
        "survey": TableSpec(
            f"{folder}/survey.csv",
            (*unit_and_code, Column("asked", "whole"), Column("satisfied", "whole"), Column("taken_on", "day"), *texts("taken_by")),
            key=("unit_code", "code"), optional=True,
        ),
        "departments": TableSpec(
            f"{folder}/departments.csv",
            (*unit_and_code, Column("said", "flag"), *texts("department"), Column("said_on", "day"), *texts("document")),
            key=("unit_code", "code"), optional=True,
        ),
        "veto": TableSpec(
            f"{folder}/veto.csv", (*texts("unit_code", "case", "confirmed_by"), Column("confirmed_on", "day"), *texts("document")),
            key=("unit_code", "case"), optional=True,
        ),
        "veto_cases": SHARED["veto_cases"],
    }  # fmt: skip


def _workbook_faults(place: Path, folder: str) -> Iterator[Fault]:
    """Workbooks beside the tables: they are taken in by the command, never read from here."""
    for path in sorted(place.glob("*.xls*")):
        yield Fault(
            f"{folder}/{path.name}", 0, "工作簿不能放在这里", "只放 CSV", "用 civility score 年度 --take 文件 转入后移走",
            "a workbook is no table of the term: take it in with `civility score YEAR --take FILE` and move it away",
        )  # fmt: skip


def _key(row: Row) -> tuple[str, str]:
    return row.text("unit_code"), row.text("code")


def _veto(row: Row) -> Veto:
    return Veto(
        row.text("unit_code"), row.text("case"), row.text("confirmed_by"), row.day("confirmed_on"), row.text("document")
    )


def _case(row: Row) -> VetoCase:
    return VetoCase(
        row.text("code"), row.text("name_zh"), row.text("name_en"), row.items("confirmed_by"), row.text("effect"),
        row.whole("ban_years"),
    )  # fmt: skip


def _code_faults(table: DataTable, kind: str, used: set[tuple[str, str]], units: set[str]) -> Iterator[Fault]:
    for row in table.sound:
        unit, code = _key(row)
        if unit not in units:
            yield fault_at(table.path, row, f"单位“{unit}”不存在", "units.csv 中的代码", "更正", f"no unit {unit!r}")
        if (kind, code) not in used:
            yield fault_at(
                table.path, row, f"代码“{code}”在方案中没有用到", f"items.csv 中 {kind}: 之后的代码", "更正",
                f"the scheme uses no {kind} code {code!r}",
            )  # fmt: skip
        if kind == "panel" and not 0 <= row.number("share") <= 1:
            yield fault_at(
                table.path, row, f"得分比例 {row.text('share')}", "0—1", "更正", f"share {row.text('share')}"
            )
        if kind == "survey" and not 0 <= row.whole("satisfied") <= row.whole("asked") != 0:
            yield fault_at(
                table.path, row, f"满意 {row.text('satisfied')} 人、共 {row.text('asked')} 人", "满意人数不多于测评人数", "更正",
                f"{row.text('satisfied')} of {row.text('asked')} asked",
            )  # fmt: skip


def _veto_faults(table: DataTable, cases: DataTable, units: set[str], term: Term) -> Iterator[Fault]:
    bans = {row.text("code"): row.whole("ban_years") for row in cases.sound}
    bodies = {row.text("code"): row.items("confirmed_by") for row in cases.sound}
    for row in table.sound:
        unit, case, body = row.text("unit_code"), row.text("case"), row.text("confirmed_by")
        if unit not in units:
            yield fault_at(table.path, row, f"单位“{unit}”不存在", "units.csv 中的代码", "更正", f"no unit {unit!r}")
        if case not in bodies:
            yield fault_at(
                table.path, row, f"情形“{case}”不存在", "veto_cases.csv 中的代码", "更正", f"no case {case!r}"
            )
        elif body not in bodies[case]:
            yield fault_at(
                table.path, row, f"{case} 由“{body}”确认", "、".join(bodies[case]), "由有权部门确认",
                f"{case} is confirmed by {body!r}, which is not its department",
            )  # fmt: skip
        day = row.day("confirmed_on")
        first = min(term.years[0], term.assessed_in - bans.get(case, 0))
        if day.year < first:
            yield fault_at(
                table.path, row, f"确认日期 {day}", f"{first}—{term.assessed_in} 年(届内或禁止期内)", "更正日期或删去该行",
                f"confirmed on {day}, outside the term and its bans",
            )  # fmt: skip
