"""Lines that stand twice: the exact repeat is dropped, a near one is asked about (M34)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.etl.asking import Asker
from analysis.records import Fact, Query, split_address

_KEY_MEASURES: Mapping[str, str] = {"F3": "office_name"}


def drop_repeats(
    facts: Sequence[Fact], sheet: str, first_cells: Mapping[int, str], asker: Asker
) -> tuple[list[Fact], list[Query]]:
    """Facts and queries of a list after its repeated lines.

    A line all of whose values equal an earlier line's is dropped: its facts are `rejected`, with one `DROP` query at
    its first cell (`first_cells`: line -> address). In a form whose lines are known by a name, two lines of one name
    with different numbers are an `ASK`, and both stay.
    """
    lines: dict[int, list[Fact]] = {}
    for fact in facts:
        lines.setdefault(fact.row, []).append(fact)
    seen: dict[tuple[tuple[str, str, str], ...], int] = {}
    names: dict[str, int] = {}
    dropped: set[int] = set()
    queries: list[Query] = []
    for row in sorted(line for line in lines if line > 0):
        content = tuple(sorted((fact.item, fact.measure, fact.raw) for fact in lines[row]))
        name = next((fact for fact in lines[row] if fact.measure == _KEY_MEASURES.get(fact.form)), None)
        if content in seen and len(content) > 1:
            dropped.add(row)
            cell = first_cells.get(row, min((fact.cell for fact in lines[row]), key=split_address))
            form = lines[row][0].form
            queries.append(
                asker.ask("M34", "duplicate", treatment="DROP", form=form, sheet=sheet, cell=cell, raw=name.raw if name else "",
                          detail=str(seen[content]))
            )  # fmt: skip
            continue
        seen[content] = row
        if name is not None and name.raw in names:
            queries.append(
                asker.ask("M34", treatment="ASK", form=name.form, sheet=sheet, cell=name.cell,
                          field=name.measure, raw=name.raw, detail=str(names[name.raw]))
            )  # fmt: skip
        elif name is not None:
            names[name.raw] = row
    return [_rejected(fact) if fact.row in dropped else fact for fact in facts], queries


def _rejected(fact: Fact) -> Fact:
    return replace(fact, value=None, text=None, low=None, high=None, status="rejected", rule="M34")
