"""Tables of a sheet -> blocks of our forms, by their headers and never by sheet name or place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.etl.blocks import Block, continued, with_lower_parts, without_headers
from analysis.etl.label_values import find_pairs
from analysis.etl.layout import find_tables
from analysis.etl.layout_words import Matcher
from analysis.etl.matching import OPENINGS, Assignment, assign_columns
from analysis.etl.templates import Template, stem
from analysis.etl.text import normal_form
from analysis.records import Sheet, Table

_ENOUGH_COLUMNS = 0.6
_ENOUGH_ROWS = 0.5
_MARGIN = 0.1
_FEWEST_COLUMNS = 3
_LABEL_COLUMNS = 3

Words = Mapping[str, Mapping[str, str]]
SameGroup = Callable[[str, str], bool]


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
    blocks = [without_headers(sheet, block, templates) for block in blocks]
    blocks = continued(sheet, sorted(blocks, key=lambda block: block.first_row))
    synonyms = _synonyms(words)
    blocks, others = with_lower_parts(
        blocks,
        others,
        lambda table, template: assign_columns(table, template, synonyms, same_group),
        lambda table, template: _row_labels(sheet, table, template),
    )
    first: dict[str, Block] = {}
    for block in blocks:
        first.setdefault(block.template.name, block)
    more = [block for block in blocks if first[block.template.name] is not block]
    again = tuple(block for block in more if block.table is None or block.table.records)
    others += [block.table for block in more if block.table and block not in again]
    read = tuple(replace(block, totals=_total_rows(sheet, block, words)) for block in first.values())
    return Recognised(read, tuple(others), again)


def recognise_table(
    sheet: Sheet, table: Table, templates: Sequence[Template], words: Words, same_group: SameGroup
) -> Block | None:
    """The block whose columns (and rows, for a grid) the table has; None when none or two fit."""
    synonyms = _synonyms(words)
    candidates = []
    for template in templates:
        if template.shape == "label_value":
            continue
        assignment = assign_columns(table, template, synonyms, same_group)
        labels = _row_labels(sheet, table, template) if template.shape == "grid" else {}
        score = _score(template, assignment, labels)
        if score:
            candidates.append(Block(template, score, table, assignment, labels))
    candidates.sort(key=lambda block: -block.score)
    if not candidates:
        return None
    if len(candidates) > 1 and candidates[0].score - candidates[1].score < _MARGIN:
        return None
    return candidates[0]


def _synonyms(words: Words) -> dict[str, str]:
    openings = ";".join(normal_form(word) for word in words.get("header_opening", {}))
    known = {normal_form(word): normal_form(meaning) for word, meaning in words.get("header_synonym", {}).items()}
    return {**known, OPENINGS: openings}


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


def _total_rows(sheet: Sheet, block: Block, words: Words) -> frozenset[int]:
    """Sheet rows of a grid whose printed label is that of a total, or rows of a list that add up all of it."""
    if block.template.shape == "grid":
        total = Matcher.of(words, "layout_total")
        places = {place for label, place in block.template.rows.items() if total(label)}
        return frozenset(row for row, place in block.labels.items() if place in places)
    if block.table is None:
        return frozenset()
    whole = words.get("grand_total", {})
    columns = range(block.table.span.first_column, block.table.span.first_column + _LABEL_COLUMNS)
    return frozenset(
        row
        for row in block.table.total_rows
        if any(normal_form(sheet.text(row, column)) in whole for column in columns)
    )


def _label_value(sheet: Sheet, template: Template, words: Words) -> Block | None:
    """The block of a form of labels and values; None when too few of its labels stand there."""
    pairs = find_pairs(sheet, template.fields, words)
    score = len(pairs) / len(template.fields)
    return Block(template, score, pairs=pairs) if score >= _ENOUGH_COLUMNS else None


def _inside(table: Table, block: Block) -> bool:
    rows = [pair.row for pair in block.pairs]
    return table.span.first_row <= max(rows) + 1 and table.span.last_row >= min(rows)
