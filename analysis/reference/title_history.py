"""What was decided and asked before an assessment: earlier events of titles, and reminders of open questions.

`terms/<n>/earlier.csv`: `unit_code`, `event` (`rectify`: told to rectify, `withdraw`, `refuse`), `decided_on`, `case`
(of the veto table; empty where points decided), `document`. `terms/<n>/reminders.csv`: `unit_code`, `year` (of the
returns), `first_on`, `second_on` (empty while there was one only), `document`. Both may be missing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.reference import Reference
from analysis.reference.rows import Column, DataTable, Fault, Row, TableSpec, fault_at
from analysis.reference.scheme_types import Term
from analysis.reference.specs import optional, texts

RECTIFY, WITHDRAW, REFUSE = "rectify", "withdraw", "refuse"
EVENTS = (RECTIFY, WITHDRAW, REFUSE)


@dataclass(frozen=True, slots=True)
class TitleEvent:
    """What was decided on a title before; `case` is empty where no veto was the reason.

    `banned_until` is the first day on which the unit may apply again, null where the event bans nobody.
    """

    unit_code: str
    event: str
    decided_on: dt.date
    case: str
    document: str
    banned_until: dt.date | None = None


def history_specs(folder: str) -> dict[str, TableSpec]:
    """The two files of the term in `folder`."""
    return {
        "earlier": TableSpec(
            f"{folder}/earlier.csv",
            (*texts("unit_code"), Column("event", choices=EVENTS), Column("decided_on", "day"), *optional("case"), *texts("document")),
            key=("unit_code", "event", "decided_on"), optional=True,
        ),
        "reminders": TableSpec(
            f"{folder}/reminders.csv",
            (*texts("unit_code"), Column("year", "whole"), Column("first_on", "day"), Column("second_on", "day", required=False), *texts("document")),
            key=("unit_code", "year"), optional=True,
        ),
    }  # fmt: skip


def earlier_events(rows: Iterable[Row], bans: Mapping[str, int], term: Term) -> tuple[TitleEvent, ...]:
    """The lines of `earlier.csv`. `bans` are the years that a veto case bans; a withdrawal bans at least as the term says."""
    found = []
    for row in rows:
        day, case = row.day("decided_on"), row.text("case")
        years = max(bans.get(case, 0), term.withdrawn_ban_years if row.text("event") == WITHDRAW else 0)
        until = years_after(day, years) if years else None
        found.append(TitleEvent(row.text("unit_code"), row.text("event"), day, case, row.text("document"), until))
    return tuple(found)


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day some years later; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)


def counted_reminders(rows: Iterable[Row], freeze_on: dt.date) -> dict[tuple[str, int], str]:
    """By unit and year the second reminder (day and document), where it was sent by the day of the freeze."""
    return {
        (row.text("unit_code"), row.whole("year")): f"{second} {row.text('document')}"
        for row in rows
        if (second := row.optional_day("second_on")) is not None and second <= freeze_on
    }


def earlier_faults(table: DataTable, bans: Mapping[str, int], term: Term, reference: Reference) -> Iterator[Fault]:
    """Unknown units and cases, decisions of this assessment or later, and titles of units that are banned."""
    units = {unit.code for unit in reference.register}
    levels = {unit.code: unit.title_level for unit in reference.units}
    for row in table.sound:
        unit, case, day = row.text("unit_code"), row.text("case"), row.day("decided_on")
        if unit not in units:
            yield fault_at(table.path, row, f"单位“{unit}”不存在", "units.csv 中的代码", "更正", f"no unit {unit!r}")
        if case and case not in bans:
            yield fault_at(
                table.path, row, f"情形“{case}”不存在", "veto_cases.csv 中的代码", "更正", f"no case {case!r}"
            )
        if day > reference.freeze_on:
            yield fault_at(
                table.path, row, f"决定日期 {day}", f"不晚于数据冻结日 {reference.freeze_on}", "本次考评的结论不写在这里",
                f"decided on {day}, after the freeze: not before this assessment",
            )  # fmt: skip
    for event in earlier_events(table.sound, bans, term):
        if (
            event.event == WITHDRAW
            and is_banned(event, reference.freeze_on)
            and levels.get(event.unit_code, "none") != "none"
        ):
            row = next(
                line
                for line in table.sound
                if (line.text("unit_code"), line.day("decided_on")) == (event.unit_code, event.decided_on)
            )
            yield fault_at(
                table.path, row, f"{event.unit_code} 已撤销,登记表中仍有称号", "无", "在 units.csv 中另起一行,级别写“无”",
                f"{event.unit_code} was withdrawn and still holds a title in units.csv",
            )  # fmt: skip


def reminder_faults(table: DataTable, term: Term, reference: Reference) -> Iterator[Fault]:
    """Unknown units, years outside the term, and a second reminder that is not after the first."""
    units = {unit.code for unit in reference.register}
    for row in table.sound:
        unit, year = row.text("unit_code"), row.whole("year")
        first, second = row.day("first_on"), row.optional_day("second_on")
        if unit not in units:
            yield fault_at(table.path, row, f"单位“{unit}”不存在", "units.csv 中的代码", "更正", f"no unit {unit!r}")
        if year not in term.years:
            yield fault_at(
                table.path,
                row,
                f"年度 {year}",
                "、".join(map(str, term.years)),
                "更正",
                f"{year} is no year of the term",
            )
        if second is not None and second <= first:
            yield fault_at(
                table.path, row, f"第二次催办 {second},第一次 {first}", "第二次在第一次之后", "更正日期",
                f"the second reminder of {second} is not after the first of {first}",
            )  # fmt: skip


def late_faults(table: DataTable, days: Sequence[str], held_by: dt.date) -> Iterator[Fault]:
    """Lines of a day after the meeting: what was said then cannot have been before it."""
    for row in table.sound:
        late = [day for name in days if (day := row.optional_day(name)) is not None and day > held_by]
        if late:
            yield fault_at(
                table.path, row, f"日期 {late[0]}", f"不晚于考评会 {held_by}", "更正日期;考评会之后的不计入,删去该行",
                f"{late[0]} is after the meeting, which is held by {held_by}: nothing said after it counts",
            )  # fmt: skip


def is_banned(event: TitleEvent, day: dt.date) -> bool:
    """Whether the unit may not apply yet on a day."""
    return event.banned_until is not None and day < event.banned_until


def banned_units(events: Iterable[TitleEvent], day: dt.date) -> dict[str, str]:
    """The units that may not apply on a day, with the event that bans them; a withdrawal tells more than a refusal."""
    found: dict[str, str] = {}
    for event in events:
        if is_banned(event, day) and found.get(event.unit_code) != WITHDRAW:
            found[event.unit_code] = event.event
    return found


def told_before(events: Iterable[TitleEvent], term: Term) -> frozenset[str]:
    """The units that were told to rectify since the assessment of the term before."""
    since = term.assessed_in - len(term.years)
    return frozenset(event.unit_code for event in events if event.event == RECTIFY and event.decided_on.year >= since)
