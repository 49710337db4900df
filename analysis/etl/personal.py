"""Personal data and marks of secrecy in one file, before its forms are read: what is masked, and what has to be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from analysis.etl.asking import Asker
from analysis.etl.layout_words import LayoutWords
from analysis.etl.templates import stem
from analysis.etl.text import normal_form
from analysis.intake.privacy import MASK, Hit, Kind, mask_workbook
from analysis.intake.privacy_numbers import number_kinds
from analysis.intake.privacy_parts import page_texts, property_texts
from analysis.intake.privacy_words import PersonalWords
from analysis.records import Cell, Query, Sheet, Workbook, address
from analysis.reference import Reference

_FILE = ("file_name", "properties")


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a mark of secrecy stands: at a cell, on a sheet, or (both empty) on the file as a whole."""

    sheet: str = ""
    cell: str | None = None


def personal_words(reference: Reference) -> PersonalWords:
    """The lists about personal data, ready for searching."""
    return PersonalWords(reference.words, normal_form)


def mask_personal(
    data: bytes, workbook: Workbook, named: Iterable[str], words: PersonalWords, reference: Reference
) -> tuple[Workbook, tuple[Hit, ...]]:
    """The workbook with what is personal masked, and what was found; `named` are kinds found in the file's name."""
    masked, hits = mask_workbook(workbook, words, phone_places(reference))
    sheets = {sheet.name for sheet in workbook.sheets}
    texts = (text for text in (*property_texts(data), *page_texts(data)) if text not in sheets)
    written: tuple[Kind, ...] = tuple(kind for text in texts for kind in number_kinds(text))
    numbers = [kind for kind in named if kind != "name"]
    of_file = [Hit("", 0, 0, "id_number", "file_name")] if numbers else []
    of_file += [Hit("", 0, 0, kind, "properties") for kind in written[:1]]
    return masked, (*hits, *of_file)


def find_secret(file: str, data: bytes, workbook: Workbook, words: PersonalWords) -> Secret | None:
    """The first mark of state secrecy: in a cell, a sheet's or the file's name, or the header of a printed page."""
    for sheet in workbook.sheets:
        marked = next((cell for cell in sheet.cells.values() if words.is_secret(cell.text)), None)
        if marked:
            return Secret(sheet.name, marked.address)
        if words.is_secret_name(sheet.name):
            return Secret()
    parts = (part for piece in file.split("!") for part in piece.split("/"))
    found = any(words.is_secret_name(part) for part in parts) or any(map(words.is_secret, page_texts(data)))
    return Secret() if found else None


def personal_queries(hits: Iterable[Hit], asker: Asker) -> list[Query]:
    """One query for each place; what is only noted is born closed."""
    told = []
    for hit in hits:
        rule, case = hit.rule
        told.append(
            asker.ask(rule, case, treatment="NOTE" if hit.is_note else "QUAR", sheet=hit.sheet,
                      cell=address(*hit.place) if hit.row else None, raw="" if hit.where in _FILE else MASK)
        )  # fmt: skip
    return told


def phone_places(reference: Reference) -> Callable[[Sheet, Cell], bool]:
    """Whether a cell is a place for phones: beside or below the liaison's label, or in a signature line."""
    labels = {stem(entry.header_zh) for entry in reference.fields if entry.measure == "liaison_named"}
    phones = {normal_form(word) for word in reference.words.get("phone_label", {})}
    footer = LayoutWords(reference.words).footer

    def may_hold_phone(sheet: Sheet, cell: Cell) -> bool:
        if sheet.hidden:
            return False
        if footer(normal_form(cell.text)):
            return True
        left = [other for (row, column), other in sheet.cells.items() if row == cell.row and column < cell.column]
        label = max(left, key=lambda other: other.column, default=None)
        above = sheet.cell(cell.row - 1, cell.column)
        beside = label is not None and (
            footer(f"{normal_form(label.text).rstrip(':')}:") or normal_form(label.text).rstrip(":") in phones
        )
        return beside or any(other is not None and _is_label(other.text, labels) for other in (label, above, cell))

    return may_hold_phone


def _is_label(text: str, labels: set[str]) -> bool:
    """The liaison's label, alone or with its value behind a colon."""
    form = normal_form(text)
    return stem(form) in labels or stem(form.split(":", maxsplit=1)[0]) in labels
