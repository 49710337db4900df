"""What the meeting decided: `minutes.csv` of a term, one line per unit that was decided on, checked against the proposal.

A decision that departs from what was computed needs its reason. No member is named: `members_left` counts those who left
while their own unit was decided on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.reference.files import read_table
from analysis.reference.rows import Column, DataTable, Fault, ReferenceFault, Row, TableSpec, fault_at
from analysis.reference.scheme import TERMS
from analysis.reference.scheme_types import CLASSES
from analysis.reference.specs import optional, texts
from analysis.reference.title_history import late_faults


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on one unit. `departs` says that it is not what was proposed, or that nothing could be proposed."""

    unit_code: str
    decided: str
    departs: bool
    reason: str
    members_left: int
    decided_on: dt.date
    document: str


def load_minutes(
    data_dir: Path, term: int, proposals: Mapping[str, str | None], held_by: dt.date
) -> Mapping[str, Decision]:
    """The decisions by unit; empty where no minutes are kept yet. What has no line is not decided.

    `proposals` are the classes proposed of the units on the lists, null where the class hangs on open questions.
    `held_by` is the last day on which the meeting may be.

    Raises:
        ReferenceFault: with every fault by file and line: a unit that is on no list, a class that there is not, a
            departure from the proposal without a reason, a decision of a day after the meeting.
    """
    table = read_table(data_dir, _spec(term))
    faults = (*table.faults, *_faults(table, proposals), *late_faults(table, ("decided_on",), held_by))
    if faults:
        raise ReferenceFault(faults)
    return {row.text("unit_code"): _decision(row, proposals) for row in table.sound}


def _spec(term: int) -> TableSpec:
    return TableSpec(
        f"{TERMS}/{term}/minutes.csv",
        (
            *texts("unit_code"),
            Column("decided", choices=CLASSES),
            *optional("reason"),
            Column("members_left", "whole"),
            Column("decided_on", "day"),
            *texts("document"),
        ),
        key=("unit_code",),
        optional=True,
    )


def _decision(row: Row, proposals: Mapping[str, str | None]) -> Decision:
    decided = row.text("decided")
    return Decision(
        row.text("unit_code"),
        decided,
        decided != proposals[row.text("unit_code")],
        row.text("reason"),
        row.whole("members_left"),
        row.day("decided_on"),
        row.text("document"),
    )


def _faults(table: DataTable, proposals: Mapping[str, str | None]) -> Iterator[Fault]:
    for row in table.sound:
        unit, decided = row.text("unit_code"), row.text("decided")
        if unit not in proposals:
            yield fault_at(
                table.path, row, f"单位“{unit}”不在名单中", "名单中的单位代码", "更正或删去该行",
                f"unit {unit!r} is on no list",
            )  # fmt: skip
        elif decided != proposals[unit] and not row.text("reason"):
            proposed = proposals[unit] or "pending"
            yield fault_at(
                table.path, row, f"{unit} 建议 {proposed}、决定 {decided},没有写明理由", "与建议不同的决定须写明理由", "填写 reason",
                f"{unit}: {decided} departs from the proposal ({proposed}) without a reason",
            )  # fmt: skip
