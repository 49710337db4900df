"""Nothing is lost: every non-empty cell has one row in the ledger, and every value a fact or a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.records import Fact, LedgerRow, Query, Sheet, address, split_address

Place = tuple[str, str]


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """One cell or line of which something got lost, or is told twice. `what` says which rule of conservation it breaks.

    `cell` is empty for what concerns a sheet.
    """

    file: str
    sheet: str
    cell: str
    what: str


def breaches(
    file: str,
    sheets: Iterable[Sheet],
    ledger: Iterable[LedgerRow],
    facts: Iterable[Fact],
    queries: Iterable[Query],
) -> list[Breach]:
    """Every breach of conservation in one accepted or quarantined file, in order of sheet and cell; empty when all is well.

    `lost`, `twice`, `invented`: non-empty cells against rows of the ledger. `silent`: a `value` cell without fact or
    query. `unfounded`: a fact or query at a filled cell that is no value, or outside of all sheets. `unasked`: a
    queried fact without open question. `not dropped once`: a rejected line without exactly one `DROP` query.
    """
    sheets, rows, said, asked = tuple(sheets), tuple(ledger), tuple(facts), tuple(queries)
    filled = {(sheet.name, address(*place)) for sheet in sheets for place in sheet.cells}
    found = [
        *_ledger_breaches(filled, rows),
        *_value_breaches(rows, said, asked),
        *_unfounded(filled, {sheet.name for sheet in sheets}, rows, said, asked),
        *_unasked(said, asked),
        *_not_dropped_once(said, asked),
    ]
    return sorted(Breach(file, sheet, cell, what) for (sheet, cell), what in set(found))


def _ledger_breaches(filled: set[Place], rows: Iterable[LedgerRow]) -> Iterator[tuple[Place, str]]:
    counts = Counter((row.sheet, row.cell) for row in rows)
    yield from ((place, "lost") for place in filled - counts.keys())
    yield from ((place, "invented") for place in counts.keys() - filled)
    yield from ((place, "twice") for place, count in counts.items() if count > 1)


def _value_breaches(
    rows: Iterable[LedgerRow], facts: Iterable[Fact], queries: Iterable[Query]
) -> Iterator[tuple[Place, str]]:
    spoken = {(fact.sheet, fact.cell) for fact in facts} | {(query.sheet, query.cell) for query in queries}
    values = ((row.sheet, row.cell) for row in rows if row.role == "value")
    yield from ((place, "silent") for place in values if place not in spoken)


def _unfounded(
    filled: set[Place], names: set[str], rows: Iterable[LedgerRow], facts: Iterable[Fact], queries: Iterable[Query]
) -> Iterator[tuple[Place, str]]:
    values = {(row.sheet, row.cell) for row in rows if row.role in ("value", "quarantined")}
    for fact in facts:
        place = (fact.sheet, fact.cell)
        if fact.sheet not in names or (place in filled and place not in values):
            yield place, "unfounded"
    for query in queries:
        if query.cell and query.sheet not in names:
            yield (query.sheet, query.cell), "unfounded"


def _unasked(facts: Iterable[Fact], queries: Iterable[Query]) -> Iterator[tuple[Place, str]]:
    is_open = {(query.sheet, query.cell) for query in queries if query.state == "open"}
    places = ((fact.sheet, fact.cell) for fact in facts if fact.status == "queried")
    yield from ((place, "unasked") for place in places if place not in is_open)


def _not_dropped_once(facts: Iterable[Fact], queries: Iterable[Query]) -> Iterator[tuple[Place, str]]:
    """A line is known by the sheet rows of its cells; a cell that several lines share may lie in the row of another."""
    drops = Counter(
        (query.sheet, split_address(query.cell)[0]) for query in queries if query.treatment == "DROP" and query.cell
    )
    lines: dict[tuple[str, str, int], list[Fact]] = {}
    for fact in facts:
        lines.setdefault((fact.sheet, fact.form, fact.row), []).append(fact)
    for (sheet, _, row), line in lines.items():
        if row > 0 and all(fact.status == "rejected" for fact in line):
            told = [drops[sheet, split_address(fact.cell)[0]] for fact in line]
            if max(told) != 1:
                yield (sheet, line[0].cell), "not dropped once"
