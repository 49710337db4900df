"""Personal data that only the form gives away: a name where a number is asked, an illness of a helped household.

Found once the forms are recognised, before their fields are read; the content of a thinking analysis is among it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from analysis.etl.asking import field_code
from analysis.etl.blocks import Block
from analysis.etl.personal_thinking import ThinkingWords, thinking_hits
from analysis.etl.recognise import Recognised
from analysis.etl.text import normal_form
from analysis.intake.privacy import MASK, Hit, Kind, mask_hits
from analysis.intake.privacy_words import PersonalWords
from analysis.records import Cell, Sheet, Workbook
from analysis.reference import Reference
from analysis.reference.types import FieldDef

_SIGNS = re.compile(r"[^\u3400-\u9fff]+")


def mask_by_form(
    workbook: Workbook, found: Sequence[Hit], seen: Mapping[str, Recognised], words: PersonalWords, reference: Reference
) -> tuple[Workbook, tuple[Hit, ...]]:
    """The workbook with these cells masked too, and all that was found, before (`found`) and now.

    A mobile was left in a place that looks like a signature line; inside a table it is one of the helped persons.
    """
    thinking = ThinkingWords(reference.words)
    lines = {(sheet, place) for sheet, part in seen.items() for place in _lines(part)}
    hits = [replace(hit, kind="mobile") if hit.is_note and (hit.sheet, hit.place) in lines else hit for hit in found]
    for sheet in workbook.sheets:
        blocks = (*seen[sheet.name].blocks, *seen[sheet.name].again)
        for block in blocks:
            hits += _list_hits(sheet, block, words, reference)
        hits += thinking_hits(sheet, blocks, thinking)
    return mask_hits(workbook, hits), tuple(hits)


def _lines(seen: Recognised) -> Iterator[tuple[int, int]]:
    """Places of all data lines of a sheet."""
    for block in (*seen.blocks, *seen.again):
        if block.table:
            span = block.table.span
            rows = (row for record in block.table.records for row in record)
            yield from ((row, column) for row in rows for column in range(span.first_column, span.last_column + 1))


def _list_hits(sheet: Sheet, block: Block, words: PersonalWords, reference: Reference) -> Iterator[Hit]:
    """Hits in the lines of a list, by what `personal_field` says of its columns."""
    how = reference.words.get("personal_field", {})
    modes = {mode for code, mode in how.items() if code.startswith(f"{block.form}.")}
    if not modes or not block.table or not block.assignment or block.template.shape != "list":
        return
    fields = {letters: entry for (_, letters), entry in block.template.by_place.items()}
    for cell in _line_cells(sheet, block):
        entry = fields.get(block.assignment.columns.get(cell.column, ""))
        mode = how.get(_code(entry), "") if entry else "beside" if "household" in modes else ""
        kinds = _kinds(cell.text, mode, words, reference) if mode and cell.text != MASK else set()
        yield from (Hit(sheet.name, cell.row, cell.column, kind) for kind in sorted(kinds))


def _line_cells(sheet: Sheet, block: Block) -> Iterator[Cell]:
    assert block.table
    span = block.table.span
    for rows in block.table.records:
        for row in rows:
            for column in range(span.first_column, span.last_column + 1):
                cell = sheet.cell(row, column)
                if cell and not cell.text.isascii():
                    yield cell


def _code(entry: FieldDef) -> str:
    return f"{entry.form}.{field_code(entry)}"


def _kinds(text: str, mode: str, words: PersonalWords, reference: Reference) -> set[Kind]:
    form = normal_form(text)
    if mode == "helped":
        return {"name"} if words.names.alone(form) else set()
    if mode == "place":  # 王秀英家 is a person's home, a name alone rather a hill or a hall
        return {"name"} if words.names.alone(form) and not words.names.likely(form) else set()
    if mode == "post":
        return {"name"} if names_in_post(form, words, reference) else set()
    kinds: set[Kind] = set(words.household_kinds(text))
    if mode == "beside":
        return kinds - {"name"}
    return kinds | {"name"} if mode == "entity" and words.names.instead(form) else kinds


def names_in_post(form: str, words: PersonalWords, reference: Reference) -> bool:
    """Whether a text that should be a post, such as 科长, holds a name as well: 科长李建国, 李建国(科长)."""
    posts = tuple(sorted(reference.words.get("no_person", {}), key=len, reverse=True))
    for piece in _SIGNS.split(form):
        while found := next((post for post in posts if piece.startswith(post)), ""):
            piece = piece[len(found) :]
        while found := next((post for post in posts if piece.endswith(post)), ""):
            piece = piece[: -len(found)]
        if words.names.likely(piece):
            return True
    return False
