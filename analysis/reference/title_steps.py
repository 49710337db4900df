"""The states of a title and the steps between them (`title_steps.csv`); a step that is not listed is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.reference.files import read_table
from analysis.reference.rows import DataTable, Fault, ReferenceFault, TableSpec, fault_at
from analysis.reference.specs import texts

STEPS = TableSpec(
    "reference/title_steps.csv", texts("state", "event", "next", "who", "meaning"), key=("state", "event")
)


class IllegalStep(ValueError):
    """An event that the state of the title does not allow."""


@dataclass(frozen=True, slots=True)
class TitleSteps:
    """`steps` maps state and event to the next state. `start` is the state of a unit that never held a title."""

    start: str
    steps: Mapping[tuple[str, str], str]

    @property
    def states(self) -> frozenset[str]:
        """Every state that occurs."""
        return frozenset(state for state, _ in self.steps) | frozenset(self.steps.values())

    def events(self, state: str) -> tuple[str, ...]:
        """What may happen in a state, in the order of the file."""
        return tuple(event for own, event in self.steps if own == state)

    def after(self, state: str, event: str) -> str:
        """The state after one event.

        Raises:
            IllegalStep: the state is not known, or the event cannot happen in it; the text names those that can.
        """
        if (state, event) not in self.steps:
            allowed = "、".join(self.events(state)) or "无"
            raise IllegalStep(
                f"状态 {state} 不允许 {event};允许:{allowed} | {event!r} is not possible in state {state!r}"
            )
        return self.steps[state, event]

    def follow(self, events: Iterable[str], state: str = "") -> str:
        """The state after several events, from `state` or from the start. Raises IllegalStep as `after`."""
        current = state or self.start
        for event in events:
            current = self.after(current, event)
        return current


def load_title_steps(data_dir: Path) -> TitleSteps:
    """The file, checked: every state can be reached from the first line's, and none is a dead end.

    Raises:
        ReferenceFault: with every fault.
    """
    table = read_table(data_dir, STEPS)
    faults = (*table.faults, *_faults(table))
    if faults:
        raise ReferenceFault(faults)
    steps = {(row.text("state"), row.text("event")): row.text("next") for row in table.sound}
    return TitleSteps(table.sound[0].text("state"), steps)


def _faults(table: DataTable) -> Iterator[Fault]:
    rows = table.sound
    if not rows:
        return
    left = {row.text("state") for row in rows}
    reached, new = set(), {rows[0].text("state")}
    while new:
        reached |= new
        new = {row.text("next") for row in rows if row.text("state") in reached} - reached
    for row in rows:
        if row.text("next") not in left:
            yield fault_at(
                table.path, row, f"状态 {row.text('next')} 之后没有任何一步", "每个状态都有下一步", "补一行",
                f"state {row.text('next')!r} leads nowhere",
            )  # fmt: skip
        if row.text("state") not in reached:
            yield fault_at(
                table.path, row, f"状态 {row.text('state')} 无法到达", f"从 {rows[0].text('state')} 可以到达", "更正或删去",
                f"state {row.text('state')!r} cannot be reached",
            )  # fmt: skip
