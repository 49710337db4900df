"""What stands above and below the tables of a sheet: the unit and its code after their labels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.etl.blocks import Block
from analysis.etl.layout_words import LayoutWords
from analysis.etl.templates import stem
from analysis.etl.text import normal_form, simplified
from analysis.records import Cell, Sheet
from analysis.reference import Reference

_COLON = re.compile(r"[::]")
_NOT_INSIDE_A_WORD = r"(?<![\u4e00-\u9fff])"
_BRACKETS_AND_COLON = r"\s*(?:\([^()]*\))?\s*:"
_MEASURES = {
    "reporting_unit": "unit_name",
    "unit_code": "unit_code",
    "perhaps_unit": "perhaps_unit",
    "form_no": "form_no",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a head says, with its place: `what` is `unit_name` or `unit_code`, `text` what was written.

    `perhaps_unit` is what stands after a label that may mean something else too (单位:人).
    """

    what: str
    text: str
    sheet: str
    cell: Cell


class HeadLabels:
    """The labels that may stand in a head, ready to be looked for.

    Those printed on the forms and the other words for them (`head_label`); labels of other things (form number,
    units of measure) are known too, since what a label says ends where the next one begins.
    """

    def __init__(self, reference: Reference) -> None:
        printed = {
            entry.header_zh: _MEASURES.get(entry.measure, "") for entry in reference.fields if entry.block == "head"
        }
        other = {word: _MEASURES.get(what, "") for word, what in reference.words.get("head_label", {}).items()}
        self._what = {stem(label): what for label, what in (*other.items(), *printed.items())}
        self._printed = {stem(label) for label in printed}
        longest_first = sorted(self._what, key=lambda label: (-len(label), label))
        any_label = "|".join(r"\s*".join(map(re.escape, label)) for label in longest_first)
        self._pattern = re.compile(f"{_NOT_INSIDE_A_WORD}({any_label}){_BRACKETS_AND_COLON}", re.IGNORECASE)
        self._meta = LayoutWords(reference.words).meta

    def of(self, text: str) -> list[tuple[str, str]]:
        """What the labels of a text are for, each with the text after it; other labels give an empty `what`.

        Without a colon only a label that is printed on the forms counts, as all that stands there.
        """
        plain = simplified(unicodedata.normalize("NFKC", text))
        found = list(self._pattern.finditer(plain))
        ends = [match.start() for match in found[1:]] + [len(plain)]
        told = [
            (self._what.get(stem(match.group(1)), ""), plain[match.end() : end].strip())
            for match, end in zip(found, ends, strict=False)
        ]
        if told:
            return told
        label, _, rest = _COLON.sub(":", text).partition(":")
        return [(self._what[stem(label)], rest.strip())] if stem(label) in self._printed else []

    def is_value(self, text: str) -> bool:
        """Whether a cell may hold what the label before it asks for: it is no label and no other line of the head."""
        return not self.of(text) and not self._meta(normal_form(text))


def last_row(block: Block) -> int:
    """The last row of a block that holds a line, a total or a field."""
    if block.table is None:
        return max(pair.row for pair in block.pairs)
    lines = [row for record in block.table.records for row in record]
    return max([*lines, *block.table.total_rows, *block.table.header_rows, *block.labels, block.first_row])


def read_heads(sheet: Sheet, blocks: Iterable[Block], labels: HeadLabels) -> list[Said]:
    """The unit and its code as written above or below the blocks of a sheet, in the cell of the label or the next one."""
    found = list(blocks)
    first, last = min(block.first_row for block in found), max(map(last_row, found))
    said: list[Said] = []
    for (row, _), cell in sorted(sheet.cells.items()):
        if first <= row <= last or not isinstance(cell.value, str):
            continue
        told = labels.of(cell.text) if row < first or _COLON.search(cell.text) else []
        for number, (what, text) in enumerate(told):
            place = cell
            if not text and number == len(told) - 1:
                place = _next_in_row(sheet, cell) or cell
                text = place.text.strip() if place is not cell and labels.is_value(place.text) else ""
            if what and re.sub(r"[\W_]", "", text):
                said.append(Said(what, text, sheet.name, place))
    return said


def _next_in_row(sheet: Sheet, cell: Cell) -> Cell | None:
    right = [other for (row, column), other in sheet.cells.items() if row == cell.row and column > cell.column]
    return min(right, key=lambda other: other.column, default=None)


def names_in_fields(sheet: Sheet, blocks: Iterable[Block], measures: Mapping[str, str]) -> list[Said]:
    """What the fields of label-value pairs say of the sender (`measures`: measure -> what it is)."""
    said = []
    for pair in (pair for block in blocks for pair in block.pairs if pair.field.measure in measures):
        cell = sheet.cell(pair.row, pair.column)
        if cell:
            said.append(Said(measures[pair.field.measure], pair.inside or cell.text, sheet.name, cell))
    return said
