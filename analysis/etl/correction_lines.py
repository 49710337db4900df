"""A person's answers (`corrections.csv`) about whole lines of a list: which count after all, and which do not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from analysis.etl.asking import Asker
from analysis.etl.blocks import Block
from analysis.etl.corrections import answers_on, of_action
from analysis.records import Fact, Query, Table, split_address
from analysis.reference import Correction

Lines = Mapping[int, str]


def count_kept_rows(block: Block, sheet: str, asker: Asker) -> Block:
    """The block with rows that were taken for an example, a total or a note as lines, where a person says so."""
    kept = of_action(answers_on(asker.reference, asker.file, sheet), "keep")
    rows = {split_address(entry.cell)[0] for entry in kept}
    if block.table is None or not rows:
        return block
    return replace(block, table=_with_lines(block.table, rows))


def _with_lines(table: Table, rows: set[int]) -> Table:
    apart = {*table.example_rows, *table.total_rows, *table.note_rows, *table.repeated_header_rows}
    more = tuple((row,) for row in sorted(rows & apart))
    return replace(
        table,
        records=tuple(sorted((*table.records, *more))),
        example_rows=_without(table.example_rows, rows),
        total_rows=_without(table.total_rows, rows),
        note_rows=_without(table.note_rows, rows),
        repeated_header_rows=_without(table.repeated_header_rows, rows),
    )


def _without(rows: Iterable[int], gone: set[int]) -> tuple[int, ...]:
    return tuple(row for row in rows if row not in gone)


def reject_lines(
    facts: Sequence[Fact], sheet: str, first_cells: Lines, asker: Asker
) -> tuple[list[Fact], list[Fact], list[Query]]:
    """The facts that count, those of lines that a person took out, and one answered `DROP` query per such line.

    A line is named by its first cell, or by any cell that no other line shares. With `field` only that value of the
    line is taken out, as one of several numbers of which another counts (M22).
    """
    gone: list[Fact] = []
    queries: list[Query] = []
    for entry in of_action(answers_on(asker.reference, asker.file, sheet), "reject"):
        rows = named_lines(entry, facts, first_cells)
        if len(rows) != 1:
            continue
        row = rows.pop()
        if entry.field:
            gone += [fact for fact in facts if fact.cell == entry.cell and _code(fact) == entry.field]
            continue
        line = [fact for fact in facts if fact.row == row]
        gone += line
        query = asker.ask("M34", "rejected", treatment="DROP", form=line[0].form, sheet=sheet,
                          cell=first_cells.get(row, line[0].cell), detail=entry.reason)  # fmt: skip
        queries.append(replace(query, state="answered"))
    left = [fact for fact in facts if fact not in gone]
    return left, [_rejected(fact) for fact in dict.fromkeys(gone)], queries


def named_lines(entry: Correction, facts: Sequence[Fact], first_cells: Lines) -> set[int]:
    """The lines that the cell of a correction may mean."""
    first = {row for row, cell in first_cells.items() if cell == entry.cell and not entry.field}
    lines = {fact.row for fact in facts if fact.row > 0}
    return first & lines or {fact.row for fact in facts if fact.cell == entry.cell} & lines


def _code(fact: Fact) -> str:
    return f"{fact.item}.{fact.measure}" if fact.item else fact.measure


def _rejected(fact: Fact) -> Fact:
    return replace(fact, value=None, text=None, low=None, high=None, status="rejected", rule=fact.rule or "M34")


def restore_kept(
    read: Sequence[Fact], facts: Sequence[Fact], dropped: Sequence[Query], first_cells: Lines, sheet: str, asker: Asker
) -> tuple[list[Fact], list[Query]]:
    """Facts and `DROP` queries after the lines that a person says do count; `read` are the facts before any drop."""
    cells = {entry.cell for entry in of_action(answers_on(asker.reference, asker.file, sheet), "keep")}
    kept = {query.cell for query in dropped if query.treatment == "DROP" and query.cell in cells}
    rows = {row for row, cell in first_cells.items() if cell in kept}
    if not rows:
        return list(facts), list(dropped)
    before = [fact for fact in read if fact.row in rows]
    return [*(fact for fact in facts if fact.row not in rows), *before], [q for q in dropped if q.cell not in kept]
