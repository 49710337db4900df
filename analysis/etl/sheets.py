"""One sheet of a return -> facts, queries and the role of each of its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from analysis.etl.asking import Asker
from analysis.etl.blocks import Block
from analysis.etl.continued_sheets import names_continuation
from analysis.etl.extract import Place
from analysis.etl.footers import Footer, read_footer
from analysis.etl.layout_roles import cell_roles
from analysis.etl.nil_returns import NilWords
from analysis.etl.read_block import Roles, read_block, say_notice
from analysis.etl.recognise import Recognised
from analysis.etl.structure import claimed_form, refuse_block, structure_notices
from analysis.etl.templates import stem
from analysis.records import Fact, LedgerRow, Query, Role, Sheet, Table, Treatment, address, split_address
from analysis.reference import Reference

_STRAY = "M20"
_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class SheetResult:
    """What one sheet gives. `forms` are the forms that were read from it, filled or not.

    `filled` and `blank` are the blocks of these forms (`F7.institutions`) with and without a value. `nil` says that
    the sheet has words of a nil return: `sheet` for itself, `whole` for all forms of the file.
    """

    sheet: str
    forms: tuple[str, ...]
    facts: tuple[Fact, ...]
    queries: tuple[Query, ...]
    ledger: tuple[LedgerRow, ...]
    filled: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    footer: Footer | None = None
    nil: str = ""


def clean_sheet(sheet: Sheet, seen: Recognised, reference: Reference, asker: Asker) -> SheetResult:
    """Facts, queries and ledger rows of a sheet; a sheet that is none of our forms gives ledger rows and a note."""
    if sheet.hidden and sheet.cells:
        return _set_aside(sheet, "M17", asker.ask("M17", treatment="NOTE", sheet=sheet.name), asker)
    nil = NilWords(reference.words)
    if not seen.blocks:
        return _not_ours(sheet, reference, asker, nil)
    tables = [block.table for block in (*seen.blocks, *seen.again) if block.table] + list(seen.others)
    roles: Roles = {place: (role, None) for place, role in cell_roles(sheet, tables, reference.words).items()}
    facts: list[Fact] = []
    queries: list[Query] = []
    forms: list[str] = []
    values: set[Place] = set()
    filled: dict[str, bool] = {}
    for block in seen.blocks:
        notices = structure_notices(block, reference)
        refused = refuse_block(block, reference)
        if refused:
            queries.append(say_notice(refused, block, sheet, asker))
            continue
        forms.append(block.form)
        part = read_block(sheet, block, reference, asker, notices, nil)
        filled[block.template.name] = bool(part.facts)
        facts += part.facts
        queries += part.queries
        roles |= part.roles
        values |= {place for place, (role, _) in part.roles.items() if role == "value"}
    queries += [asker.ask("M32", "drawn", sheet=sheet.name)] if sheet.drawings else []
    queries += [_other_table(table, sheet, asker) for table in seen.others]
    queries += [_again(block, sheet, asker) for block in seen.again]
    footer = read_footer(sheet, seen.blocks, reference)
    roles |= {place: ("footer", None) for place in footer.cells if place not in values}
    first = min(block.first_row for block in seen.blocks)
    ledger = tuple(_ledger_row(asker.file, sheet, place, roles, values, first) for place in sorted(sheet.cells))
    stray = [row for row in ledger if (row.role, row.rule) == ("ignored", _STRAY)]
    queries += [_stray(stray, sheet, asker)] if stray else []
    return SheetResult(
        sheet.name, tuple(dict.fromkeys(forms)), tuple(facts), tuple(queries), ledger,
        tuple(name for name, told in filled.items() if told), tuple(name for name, told in filled.items() if not told),
        footer, _nil_scope(sheet, nil),
    )  # fmt: skip


def _nil_scope(sheet: Sheet, nil: NilWords) -> str:
    said = nil.cells(sheet)
    return "" if not said else "whole" if any(nil.says_whole(sheet.text(*place)) for place in said) else "sheet"


def other_year(sheet: Sheet, seen: Recognised, years: set[int], asker: Asker) -> SheetResult:
    """A sheet of another report year than the rest of the file: sent back alone (M11)."""
    said = "、".join(str(year) for year in sorted(years))
    forms = {block.form for block in seen.blocks}
    form = forms.pop() if len(forms) == 1 else None
    return _set_aside(sheet, "M11", asker.ask("M11", treatment="BACK", form=form, sheet=sheet.name, detail=said), asker)


def _not_ours(sheet: Sheet, reference: Reference, asker: Asker, nil: NilWords) -> SheetResult:
    """A sheet that is no form of ours: sent back when its title says that it should be one, else noted."""
    if not sheet.cells:
        return SheetResult(sheet.name, (), (), (), ())
    if _is_instructions(sheet, reference):
        ledger = tuple(LedgerRow(asker.file, sheet.name, cell.address, "note") for cell in sheet.cells.values())
        return SheetResult(sheet.name, (), (), (), ledger)
    form = claimed_form(sheet, reference)
    said = _nil_scope(sheet, nil)
    if said:
        note = asker.ask("M16", "nil", treatment="NOTE", form=form, sheet=sheet.name)
        forms = (form,) if form else ()
        return replace(_set_aside(sheet, "M16", note, asker), forms=forms, nil=said if form else "whole")
    if names_continuation(sheet.name, reference.words):
        return _set_aside(sheet, "M14", asker.ask("M14", "unread", treatment="ASK", sheet=sheet.name), asker)
    if form:
        return _set_aside(sheet, "M10", asker.ask("M10", treatment="BACK", form=form, sheet=sheet.name), asker)
    return _set_aside(sheet, "M14", asker.ask("M14", treatment="NOTE", sheet=sheet.name), asker)


def _is_instructions(sheet: Sheet, reference: Reference) -> bool:
    """The sheet of instructions that is issued with the forms."""
    printed = {stem(entry.header_zh) for entry in reference.fields if entry.measure == "form_notes"}
    return stem(sheet.name) in printed


def _other_table(table: Table, sheet: Sheet, asker: Asker) -> Query:
    place = address(table.span.first_row, table.span.first_column)
    return asker.ask("M25", treatment="NOTE", sheet=sheet.name, cell=place, detail=str(table.span))


def _again(block: Block, sheet: Sheet, asker: Asker) -> Query:
    """A second table with the header of one of our forms: named apart (附:二级单位) it is noted, else asked about."""
    assert block.table is not None
    place = address(block.table.span.first_row, block.table.span.first_column)
    treatment: Treatment = "NOTE" if block.table.title_rows else "ASK"
    case = "" if block.table.title_rows else "again"
    return asker.ask(
        "M25", case, treatment=treatment, form=block.form, sheet=sheet.name, cell=place, detail=str(block.table.span)
    )


def _set_aside(sheet: Sheet, rule: str, query: Query, asker: Asker) -> SheetResult:
    ledger = tuple(
        LedgerRow(asker.file, sheet.name, sheet.cells[place].address, "ignored", rule) for place in sorted(sheet.cells)
    )
    return SheetResult(sheet.name, (), (), (query,), ledger)


def _stray(rows: list[LedgerRow], sheet: Sheet, asker: Asker) -> Query:
    """One note for what stands outside of all fields, at the first such cell."""
    first = sheet.cells[split_address(rows[0].cell)]
    more = "、".join(row.cell for row in rows[1:_MOST_NAMED])
    return asker.ask(
        "M20", "stray", treatment="NOTE", sheet=sheet.name, cell=first.address, raw=first.text, detail=more
    )


def _ledger_row(
    file: str,
    sheet: Sheet,
    place: Place,
    roles: Mapping[Place, tuple[Role, str | None]],
    values: set[Place],
    first: int,
) -> LedgerRow:
    """The row of one cell; what belongs to no field of ours is set aside with the rule that says why."""
    role, rule = roles.get(place, ("ignored", None))
    if role == "value" and place not in values:
        role, rule = "ignored", "M25"
    elif role == "ignored" and rule is None:
        role, rule = ("title", None) if place[0] < first else ("ignored", _STRAY)
    return LedgerRow(file, sheet.name, address(*place), role, rule)
