"""One block of a form on a sheet -> facts, queries and the roles of its cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from analysis.etl.asking import Asker, field_code
from analysis.etl.blocks import Block
from analysis.etl.correction_lines import count_kept_rows, reject_lines, restore_kept
from analysis.etl.corrections import answered_fields, answered_here, correct_totals, correct_values
from analysis.etl.counted_totals import check_counted_totals
from analysis.etl.dated_lines import drop_other_years
from analysis.etl.dittos import fill_dittos
from analysis.etl.duplicates import drop_repeats
from analysis.etl.extract import NUMBER_TYPES, Extract, Notice, Place, extract_block
from analysis.etl.interpret import Interpreter
from analysis.etl.list_notices import marked_cells
from analysis.etl.nil_returns import NilWords
from analysis.etl.not_households import drop_not_households
from analysis.etl.several_items import several_items
from analysis.etl.structure import column_factors
from analysis.etl.totals import check_totals
from analysis.records import Fact, Query, Role, Sheet, address, split_address
from analysis.reference import Reference

Roles = dict[Place, tuple[Role, str | None]]


@dataclass(frozen=True, slots=True)
class BlockResult:
    """What one block of a sheet gives: facts, queries, and the roles of its cells."""

    facts: list[Fact]
    queries: list[Query]
    roles: Roles


def read_block(
    sheet: Sheet, block: Block, reference: Reference, asker: Asker, notices: Iterable[Notice], nil: NilWords
) -> BlockResult:
    """Facts, queries and roles of one block of a form, with the answers of `corrections.csv` put in.

    `notices` are what is to be said of its structure, `nil` knows the words for nothing to report.
    """
    block = count_kept_rows(block, sheet.name, asker)
    factors = column_factors(block, reference)
    extract = _total_only(extract_block(sheet, block, lambda column: factors.get(column, 1.0), reference), sheet)
    queries = [say_notice(notice, block, sheet, asker) for notice in (*notices, *extract.notices)]
    queries += [say_notice(notice, block, sheet, asker) for notice in marked_cells(extract.fields)]
    interpreter = Interpreter(reference, asker, sheet)
    answered = answered_here(reference, asker.file, sheet.name, extract.fields)
    only_nil = block.template.shape == "list" and nil.only_nil(extract.fields)
    if not answered and (only_nil or not any(raw.cell for raw in extract.fields)):
        said = [*nil.blank_cells(sheet, block.first_row), *(raw.place for raw in extract.fields if raw.cell)]
        roles: Roles = {**extract.roles, **dict.fromkeys(said, ("note", "M16"))}
        return BlockResult([], [*queries, _empty(sheet, block, said, asker)], roles)
    facts, asked = correct_values(interpreter, extract.fields, *interpreter.read(extract.fields))
    facts, asked = fill_dittos(facts, asked, answered_fields(extract.fields, facts), asker)
    items = several_items(extract.fields, reference.words.get("one_item", {}))
    queries += [say_notice(notice, block, sheet, asker) for notice in items]
    dropped: list[Query] = []
    if block.template.shape == "list":
        facts, gone, rejected = reject_lines(facts, sheet.name, extract.first_cells, asker)
        read, fields = facts, answered_fields(extract.fields, facts)
        facts, repeats = drop_repeats(facts, fields, sheet.name, extract.first_cells, asker)
        facts, outside = drop_other_years(facts, sheet.name, extract.first_cells, reference, asker)
        facts, no_households = drop_not_households(facts, sheet.name, extract.first_cells, reference, asker)
        dropped = [*repeats, *outside, *no_households]
        facts, dropped = restore_kept(read, facts, dropped, extract.first_cells, sheet.name, asker)
        facts, dropped = [*facts, *gone], [*dropped, *rejected]
        asked = _without_dropped(asked, facts)
    checked = check_totals(correct_totals(interpreter, extract.totals), facts, sheet, reference, asker)
    checked += check_counted_totals(block, facts, sheet, reference, asker)
    return BlockResult(facts, queries + asked + dropped + checked, extract.roles)


def _without_dropped(queries: Iterable[Query], facts: Iterable[Fact]) -> list[Query]:
    """The queries without those about a dropped line, of which one question is enough."""
    rows: dict[bool, set[int]] = {True: set(), False: set()}
    for fact in facts:
        rows[fact.status == "rejected"].add(split_address(fact.cell)[0])
    gone = rows[True] - rows[False]
    return [query for query in queries if split_address(query.cell)[0] not in gone]


def _total_only(extract: Extract, sheet: Sheet) -> Extract:
    """With only the total line filled, its cells are the values, in row 0 (decision 10)."""
    numbers = [raw for raw in extract.fields if raw.field.type in NUMBER_TYPES]
    filled = [raw for raw in extract.totals if raw.cell is not None]
    if any(raw.cell for raw in numbers) or not filled or any(raw.row == 0 for raw in extract.fields):
        return extract
    last = max(raw.row for raw in filled)
    line = tuple(replace(raw, row=0) for raw in extract.totals if raw.row == last)
    texts = tuple(raw for raw in extract.fields if raw.field.type not in NUMBER_TYPES and raw.cell)
    roles: Roles = {**extract.roles, **{raw.place: ("value", None) for raw in line if raw.cell}}
    first = next(raw for raw in line if raw.cell)
    note = Notice("M27", "total_only", "NOTE", first.place, field=field_code(first.field))
    return Extract((*texts, *line), roles, (*extract.notices, note))


def _empty(sheet: Sheet, block: Block, nil: list[Place], asker: Asker) -> Query:
    """A form without a single value: a nil return when it says so, else a question (M16)."""
    case, treatment = (
        ("nil", "NOTE") if nil else ("not_asked", "NOTE") if _not_asked(block.form, asker) else ("", "ASK")
    )
    return asker.ask("M16", case, treatment=treatment, form=block.form, sheet=sheet.name)


def _not_asked(form: str, asker: Asker) -> bool:
    """Whether only units with a title have to send the form, and this unit holds none (M75)."""
    if form not in asker.reference.words.get("titled_form", {}) or asker.unit_code is None:
        return False
    return asker.reference.unit(asker.unit_code).title_level == "none"


def say_notice(notice: Notice, block: Block, sheet: Sheet, asker: Asker) -> Query:
    """The query that a notice becomes."""
    return asker.ask(
        notice.rule,
        notice.case,
        treatment=notice.treatment,
        form=block.form,
        sheet=sheet.name,
        cell=address(*notice.place) if notice.place else None,
        field=notice.field or None,
        field_zh=notice.field_zh,
        raw=notice.raw,
        detail=notice.detail,
    )
