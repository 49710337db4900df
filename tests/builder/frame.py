"""What every sheet of a return has: title, unit and year above, notes and signatures below."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tests.builder.grid import BLANK, Cell, Claim, Page, Row, Value
from tests.builder.register import Field, Unit, dice, fields, person, words

NUMBERS = ("count", "number", "hours", "amount", "ml", "rate")
NAMED = ("leader_named", "liaison_named", "responsible_named")
LOOKS = ("title", "head", "notes", "sign")


@dataclass(frozen=True)
class Manner:
    """How a unit fills in its return.

    `unit_as`: same (after the colon), next (in the next cell), none. `signed`: merged or cells. `totals`: typed,
    cached (=SUM with its result) or bare (=SUM without result).
    """

    unit: Unit
    year: int
    name: str
    unit_as: str = "same"
    code: bool = True
    signed: str = "merged"
    totals: str = "cached"
    filled: dt.date = dt.date(2026, 1, 9)
    reported_before: bool = True


def column_of(address: str) -> int:
    """The 1-based column of an A1 address."""
    number = 0
    for letter in address:
        if letter.isalpha():
            number = number * 26 + ord(letter) - 64
    return number


def row_of(address: str) -> int:
    """The row of an A1 address."""
    return int("".join(letter for letter in address if letter.isdigit()))


def meaning(field: Field, value: Value) -> tuple[float | None, str | None]:
    """Number and text that a plainly written value stands for."""
    if field.type in NUMBERS:
        assert isinstance(value, (int, float))
        return float(value), None
    if field.measure in NAMED:
        return None, "yes"
    if field.type in ("list", "yes_no"):
        return None, next(code for code, word in field.codes.items() if word == value)
    if isinstance(value, dt.date):
        return None, value.isoformat()
    return None, str(value)


def told(field: Field, value: Value, row: int = 0, text: str | None = None) -> Cell:
    """A cell of a field with the fact that it gives; blank gives none. `text` overrides what it stands for."""
    if value is None:
        return BLANK
    number, said = meaning(field, value)
    look = "date" if isinstance(value, dt.date) else "body"
    return Cell(value, look, claims=(Claim(field.form, row, field.item, field.measure, number, text or said),))


def list_fields(form: str, block: str) -> dict[str, Field]:
    """The fields of a list block by item.measure (or measure)."""
    return {
        f"{field.item}.{field.measure}" if field.item else field.measure: field
        for field in fields(form)
        if field.block == block
    }


def line(form: str, block: str, row: int, serial: int, told_values: dict[str, Value], width: int) -> list[Cell | None]:
    """A line of a list block: the serial number, then each value in the column of its field."""
    cells: list[Cell | None] = [Cell(serial), *([BLANK] * (width - 1))]
    known = list_fields(form, block)
    for name, value in told_values.items():
        cells[column_of(known[name].address) - 1] = told(known[name], value, row)
    return cells


def spread(cell: Cell, columns: int, rows: int = 1) -> list[Cell | None]:
    """The cell merged over columns (and rows), as the start of a row."""
    return [replace(cell, span=(rows, columns)), *([None] * (columns - 1))]


def head_rows(manner: Manner, number: int, width: int) -> list[Row]:
    """Title, unit and form number, year and code and units of measure."""
    right, middle = width - 2, width // 2
    form_no, label = f"表号:澜直文明{number}表", "填报单位(盖章):"
    if manner.unit_as == "next":
        unit = [Cell(label, "head"), *spread(Cell(manner.name, "head"), right - 2)]
    else:
        unit = spread(Cell(label + (manner.name if manner.unit_as == "same" else ""), "head"), right - 1)
    code = manner.unit.code if manner.code else ""
    return [
        Row("title", tuple(spread(Cell(words()["titles"][number - 1], "title"), width)), 30),
        Row("head", (*unit, *spread(Cell(form_no, "head"), 3))),
        Row(
            "head",
            (
                *spread(Cell(f"{manner.year}年度(1月1日—12月31日)", "head"), middle - 1),
                *spread(Cell(f"单位代码:{code}", "head"), right - middle),
                *spread(Cell(f"计量单位:{words()['measures'][number - 1]}", "head"), 3),
            ),
        ),
    ]


def foot_rows(manner: Manner, number: int, width: int) -> list[Row]:
    """Printed notes and the signature line."""
    rng = dice("sign", manner.unit.code, manner.year, number)
    day = manner.filled
    signature = [
        f"单位负责人:{person(rng)}",
        f"审核人:{person(rng)}",
        f"填表人:{person(rng)}",
        f"联系电话:8{rng.randint(100000, 299999)}",
        f"填报日期:{day.year}年{day.month}月{day.day}日",
    ]
    if manner.signed == "cells":
        signs: list[Cell | None] = [None] * width
        for place, text in enumerate(signature):
            signs[place * (width // 5)] = Cell(text, "sign")
    else:
        signs = spread(Cell("    ".join(signature), "sign"), width)
    notes = Cell(f"填报说明:{words()['notes'][number - 1]}", "notes")
    return [Row("notes", tuple(spread(notes, width)), 28), Row("sign", tuple(signs))]


def high_enough(row: Row, widths: Sequence[float]) -> Row:
    """The row with a height for its longest wrapped text, when that needs more than one line."""
    needed = 1
    for place, cell in enumerate(row.cells):
        if cell is not None and isinstance(cell.value, str):
            room = sum(widths[place : place + cell.span[1]])
            needed = max(needed, math.ceil(2.1 * len(cell.value) / room / cell.span[0]))
    return replace(row, height=row.height or 14 * needed + 2) if needed > 1 else row


def page(
    manner: Manner,
    number: int,
    width: int,
    body: Iterable[Row],
    widths: Sequence[float],
) -> Page:
    """A whole sheet around its body."""
    fitted = (high_enough(row, widths) for row in body)
    rows = (*head_rows(manner, number, width), *fitted, *foot_rows(manner, number, width))
    return Page(f"F{number}", words()["sheets"][number - 1], rows, tuple(widths))


def header(labels: Sequence[str]) -> Row:
    """A header of one row."""
    return Row("header", tuple(Cell(label, "header") for label in labels))
