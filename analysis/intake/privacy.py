"""Personal data in a workbook: found and masked before anything is stored (M62, M73, domain 7.2).

Only kinds and places are told, never what stood there. What is masked is replaced in the workbook itself, so that no
later step, table, message or log can show it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from analysis.intake.privacy_columns import name_column_places
from analysis.intake.privacy_numbers import (
    NumberKind,
    destroyed_number,
    number_kinds,
    number_places,
    plain_digits,
)
from analysis.intake.privacy_words import PersonalWords, WordKind
from analysis.records import Cell, Sheet, Workbook

Kind = NumberKind | WordKind | Literal["content", "mobile_of_office"]
Where = Literal["cell", "comment", "sheet_name", "file_name", "properties"]
Place = tuple[int, int]
MASK = "■"
_IN_NAMES = ("id_number", "mobile")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something personal: in a cell, in its comment, or (row and column 0) in a name or in the properties of the file.

    `sheet` is the name under which the sheet is known from now on, masked when it had to be.
    """

    sheet: str
    row: int
    column: int
    kind: Kind
    where: Where = "cell"

    @property
    def place(self) -> Place:
        return self.row, self.column

    @property
    def is_note(self) -> bool:
        """Whether it is only noted: the mobile of an office in a place for phones (decision 2)."""
        return self.kind == "mobile_of_office"

    @property
    def rule(self) -> tuple[str, str]:
        """Rule and case that tell it."""
        if self.kind == "content":
            return "M79", ""
        if self.kind == "long_phone":
            return "M73", "personal"
        return "M62", "mobile" if self.is_note else self.where


def personal_kinds(text: str, words: PersonalWords) -> tuple[Kind, ...]:
    """What personal data a text holds, wherever it stands."""
    return (*number_kinds(text), *sorted(words.kinds(text)))


def name_kinds(name: str, words: PersonalWords) -> tuple[Kind, ...]:
    """What personal data the name of a file or sheet holds; a bare number of a card's length is more often a serial."""
    found = tuple(kind for kind in personal_kinds(name, words) if kind in words.kinds(name) or kind in _IN_NAMES)
    return found or (("name",) if words.names.spans(name) else ())


def mask_name(name: str, words: PersonalWords) -> str:
    """The name of a file or sheet with a mark in place of what is personal in it; unchanged when nothing is."""
    if not name_kinds(name, words):
        return name
    text = plain_digits(name) if number_kinds(name) else name
    spans = [(found.start, found.end) for found in number_places(text)] + words.names.spans(text)
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + MASK + text[end:]
    return MASK if name_kinds(text, words) else text


def mask_numbers(text: str) -> str:
    """The text with a mark in place of every personal number; unchanged when it holds none."""
    if not number_kinds(text):
        return text
    plain = plain_digits(text)
    for found in sorted(number_places(plain), key=lambda found: -found.start):
        plain = plain[: found.start] + MASK + plain[found.end :]
    return plain


def mask_workbook(
    workbook: Workbook, words: PersonalWords, may_hold_phone: Callable[[Sheet, Cell], bool]
) -> tuple[Workbook, tuple[Hit, ...]]:
    """The workbook with personal cells, comments and names of sheets masked, and what was found where.

    A mobile alone in a place for phones (`may_hold_phone`: the liaison field, the signature line) is left to the
    reader of that field, which stores no text of it.
    """
    hits: list[Hit] = []
    sheets: list[Sheet] = []
    for number, sheet in enumerate(workbook.sheets, start=1):
        kinds = name_kinds(sheet.name, words)
        if kinds:
            name = mask_name(sheet.name, words)
            others = {other.name for other in (*workbook.sheets, *sheets)}
            sheet = replace(sheet, name=f"{name}{number}" if name in others else name)
            hits.append(Hit(sheet.name, 0, 0, kinds[0], "sheet_name"))
        hits += found_hits(sheet, words, may_hold_phone)
        sheets.append(sheet)
    return mask_hits(replace(workbook, sheets=tuple(sheets)), hits), tuple(hits)


def found_hits(sheet: Sheet, words: PersonalWords, may_hold_phone: Callable[[Sheet, Cell], bool]) -> list[Hit]:
    """What stands in the cells and comments of a sheet."""
    hits = []
    named = name_column_places(sheet, words)
    for place, cell in sheet.cells.items():
        kinds: set[Kind] = {*cell_kinds(cell, words), *({"name"} if place in named else ())}
        if kinds and kinds <= {"mobile"} and may_hold_phone(sheet, cell):
            kinds = {"mobile_of_office"}
        hits += [Hit(sheet.name, *place, kind) for kind in sorted(kinds)]
        said = personal_kinds(cell.comment, words) if cell.comment else ()
        hits += [Hit(sheet.name, *place, kind, "comment") for kind in said[:1]]
    return hits


def cell_kinds(cell: Cell, words: PersonalWords) -> set[Kind]:
    """What the value, the shown text and the formula of a cell hold."""
    destroyed = destroyed_number(cell)
    if destroyed:
        return {destroyed}
    fraction = cell.kind == "number" and "." in cell.text and "e" not in cell.text.lower()
    kinds: set[Kind] = set() if fraction else set(personal_kinds(cell.text, words))
    return kinds | set(personal_kinds(cell.formula, words)) if cell.formula else kinds


def mask_hits(workbook: Workbook, hits: Iterable[Hit]) -> Workbook:
    """The workbook with the cells and comments of these hits masked; what is only noted stays."""
    cells: dict[str, dict[Place, Hit]] = {}
    comments: dict[str, set[Place]] = {}
    for hit in hits:
        if hit.where == "comment":
            comments.setdefault(hit.sheet, set()).add(hit.place)
        elif hit.where == "cell" and not hit.is_note:
            cells.setdefault(hit.sheet, {}).setdefault(hit.place, hit)
    return replace(
        workbook,
        sheets=tuple(
            _masked_sheet(sheet, cells.get(sheet.name, {}), comments.get(sheet.name, set()))
            for sheet in workbook.sheets
        ),
    )


def _masked_sheet(sheet: Sheet, cells: Mapping[Place, Hit], comments: set[Place]) -> Sheet:
    if not cells and not comments:
        return sheet
    masked = {place: _masked_cell(cell, cells.get(place), place in comments) for place, cell in sheet.cells.items()}
    return replace(sheet, cells=masked)


def _masked_cell(cell: Cell, hit: Hit | None, comment_too: bool) -> Cell:
    if comment_too or (hit and cell.comment):
        cell = replace(cell, comment=MASK)
    if hit is None:
        return cell
    return replace(cell, value=MASK, text=MASK, kind="text", formula=None, masked=hit.rule)
