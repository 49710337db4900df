"""Tables of a sheet -> blocks of our forms, by their headers and never by sheet name or place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from analysis.etl.label_values import Pair, find_pairs
from analysis.etl.layout import find_tables
from analysis.etl.layout_words import Matcher
from analysis.etl.matching import Assignment, assign_columns
from analysis.etl.templates import Template, stem
from analysis.etl.text import normal_form
from analysis.records import Sheet, Span, Table

_ENOUGH_COLUMNS = 0.6
_ENOUGH_ROWS = 0.5
_MARGIN = 0.1
_FEWEST_COLUMNS = 3

Words = Mapping[str, Mapping[str, str]]
SameGroup = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a form found on a sheet.

    A list or a grid has `table` and `assignment`, a grid also `labels` (sheet row -> template row);
    `totals` are the sheet rows of a grid whose label is that of a total. Label-value pairs have `pairs`.
    """

    template: Template
    score: float
    table: Table | None = None
    assignment: Assignment | None = None
    labels: Mapping[int, int] = field(default_factory=dict)
    totals: frozenset[int] = frozenset()
    pairs: tuple[Pair, ...] = ()

    @property
    def form(self) -> str:
        return self.template.form

    @property
    def first_row(self) -> int:
        if self.table:
            return self.table.span.first_row
        return min(pair.label.row for pair in self.pairs)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a sheet holds: blocks of our forms, tables that are none of ours, and blocks that stand there again."""

    blocks: tuple[Block, ...]
    others: tuple[Table, ...]
    again: tuple[Block, ...] = ()


def recognise_sheet(sheet: Sheet, templates: Sequence[Template], words: Words, same_group: SameGroup) -> Recognised:
    """The blocks of our forms on a sheet, each table judged as a whole."""
    tables = find_tables(sheet, words)
    pairs = [_label_value(sheet, template, words) for template in templates if template.shape == "label_value"]
    blocks = [block for block in pairs if block]
    others = []
    for table in tables:
        block = recognise_table(sheet, table, templates, words, same_group)
        if block:
            blocks.append(block)
        elif not any(_inside(table, pair_block) for pair_block in blocks if pair_block.pairs):
            others.append(table)
    blocks = _continued(sorted(blocks, key=lambda block: block.first_row))
    first: dict[str, Block] = {}
    for block in blocks:
        first.setdefault(block.template.name, block)
    again = tuple(block for block in blocks if first[block.template.name] is not block)
    return Recognised(tuple(first.values()), tuple(others), again)


def _continued(blocks: list[Block]) -> list[Block]:
    """Blocks in order, a list that goes on under its repeated header joined to the part before.

    A title between the two, a total line that closes the first, or other columns make it a second table.
    """
    kept: list[Block] = []
    for block in blocks:
        before = next((part for part in reversed(kept) if part.template is block.template), None)
        if before and before.table and block.table and _goes_on(before, block):
            joined = _joined(before.table, block.table)
            kept[kept.index(before)] = replace(before, table=joined)
        else:
            kept.append(block)
    return kept


def _goes_on(before: Block, block: Block) -> bool:
    assert before.table and block.table and before.assignment and block.assignment
    last = before.table.records[-1][-1] if before.table.records else 0
    closed = any(row > last for row in before.table.total_rows)
    same = before.assignment.columns == block.assignment.columns
    return (
        same and not closed and not block.table.title_rows and before.table.span.last_row < block.table.span.first_row
    )


def _joined(first: Table, second: Table) -> Table:
    span = Span(
        first.span.first_row,
        min(first.span.first_column, second.span.first_column),
        second.span.last_row,
        max(first.span.last_column, second.span.last_column),
    )
    return replace(
        first,
        span=span,
        records=(*first.records, *second.records),
        total_rows=(*first.total_rows, *second.total_rows),
        note_rows=(*first.note_rows, *second.note_rows),
        repeated_header_rows=(*first.repeated_header_rows, *second.header_rows, *second.repeated_header_rows),
        example_rows=(*first.example_rows, *second.example_rows),
    )


def recognise_table(
    sheet: Sheet, table: Table, templates: Sequence[Template], words: Words, same_group: SameGroup
) -> Block | None:
    """The block whose columns (and rows, for a grid) the table has; None when none or two fit."""
    synonyms = {normal_form(word): normal_form(meaning) for word, meaning in words.get("header_synonym", {}).items()}
    candidates = []
    for template in templates:
        if template.shape == "label_value":
            continue
        assignment = assign_columns(table, template, synonyms, same_group)
        labels = _row_labels(sheet, table, template) if template.shape == "grid" else {}
        score = _score(template, assignment, labels)
        if score:
            candidates.append(Block(template, score, table, assignment, labels, _total_rows(template, labels, words)))
    candidates.sort(key=lambda block: -block.score)
    if not candidates:
        return None
    if len(candidates) > 1 and candidates[0].score - candidates[1].score < _MARGIN:
        return None
    return candidates[0]


def _score(template: Template, assignment: Assignment, labels: Mapping[int, int]) -> float:
    named = len(assignment.columns) + len(assignment.doubtful)
    wanted = sum(1 for _, header in template.columns.values() if header)
    share = min(1.0, named / wanted) if wanted else 0.0
    groups = {template.columns[letter][0] for letter in assignment.columns.values()} - {""}
    all_groups = {group for group, _ in template.columns.values()} - {""}
    if all_groups:
        share = max(share, len(groups) / len(all_groups) * 0.9)
    if share < _ENOUGH_COLUMNS or named < _FEWEST_COLUMNS:
        return 0.0
    if template.shape == "grid":
        rows = len(set(labels.values())) / len(template.rows)
        return (share + rows) / 2 if rows >= _ENOUGH_ROWS else 0.0
    return share


def _row_labels(sheet: Sheet, table: Table, template: Template) -> dict[int, int]:
    """Sheet row -> template row, for each row whose label is one of the template's and stands only once."""
    by_form = dict(template.rows)
    by_stem = {stem(label): row for label, row in template.rows.items()}
    found: dict[int, int] = {}
    first, last = table.span.first_column, table.span.last_column
    for row in range(min(table.header_rows, default=table.span.first_row) + 1, table.span.last_row + 1):
        for column in range(first, min(first + 3, last) + 1):
            text = sheet.text(row, column)
            place = by_form.get(normal_form(text)) or by_stem.get(stem(text)) if text else None
            if place:
                found[row] = place
                break
    twice = [place for place in set(found.values()) if list(found.values()).count(place) > 1]
    return {row: place for row, place in found.items() if place not in twice}


def _total_rows(template: Template, labels: Mapping[int, int], words: Words) -> frozenset[int]:
    """Sheet rows of a grid whose printed label is that of a total."""
    total = Matcher.of(words, "layout_total")
    places = {place for label, place in template.rows.items() if total(label)}
    return frozenset(row for row, place in labels.items() if place in places)


def _label_value(sheet: Sheet, template: Template, words: Words) -> Block | None:
    """The block of a form of labels and values; None when too few of its labels stand there."""
    pairs = find_pairs(sheet, template.fields, words)
    score = len(pairs) / len(template.fields)
    return Block(template, score, pairs=pairs) if score >= _ENOUGH_COLUMNS else None


def _inside(table: Table, block: Block) -> bool:
    rows = [pair.row for pair in block.pairs]
    return table.span.first_row <= max(rows) + 1 and table.span.last_row >= min(rows)
