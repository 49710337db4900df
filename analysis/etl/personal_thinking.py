"""The content of a thinking analysis, written out where only a count is asked (M79, decision 18).

In the line of the analysis, a text is harmless when every piece of it speaks of what was done (已开展, 按季度分析, 见附件)
and none of what people think. Elsewhere on the form a text counts when it speaks of thinking and says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from analysis.etl.blocks import Block
from analysis.etl.text import normal_form
from analysis.intake.privacy import MASK, Hit
from analysis.intake.privacy_names import either
from analysis.records import Cell, Sheet

_PIECES = re.compile(r"[,、;。!?:\n()]+")
_SHORT = 12
_YES_NO = "yes_no"


class ThinkingWords:
    """The lists `thinking_*`, ready for searching."""

    def __init__(self, words: Mapping[str, Mapping[str, str]]) -> None:
        self._allowed = re.compile(either(words.get("thinking_allowed", {})))
        self._topic = re.compile(either(words.get("thinking_topic", {})))
        self._content = re.compile(either(words.get("thinking_content", {})))
        self._strong = re.compile(either(words.get("thinking_strong", {})))
        self._process = re.compile(either(words.get("thinking_process", {})) + r"|\d")
        self.items = tuple(words.get("thinking_item", {}))

    def is_content(self, text: str) -> bool:
        """Whether a text in the line of the analysis says what was thought."""
        form = self._allowed.sub("", normal_form(text))
        pieces = [piece for piece in _PIECES.split(form) if piece]
        plain = (len(piece) <= _SHORT or self._process.search(piece) is not None for piece in pieces)
        return self._content.search(form) is not None or not all(plain)

    def is_content_elsewhere(self, text: str) -> bool:
        """Whether a text in another line says what was thought."""
        form = self._allowed.sub("", normal_form(text))
        said = self._topic.search(form) is not None and self._content.search(self._topic.sub("", form)) is not None
        return said or self._strong.search(form) is not None


def thinking_hits(sheet: Sheet, blocks: Sequence[Block], words: ThinkingWords) -> Iterator[Hit]:
    """Cells of a sheet that hold content of a thinking analysis; only sheets with that item are looked at."""
    places = {place: way for block in blocks for place, way in _line_places(sheet, block, words)}
    if not places:
        return
    for place, cell in sheet.cells.items():
        way = places.get(place, "elsewhere")
        if way != "label" and cell.text != MASK and _is_content(cell, way, words):
            yield Hit(sheet.name, *place, "content")


def _is_content(cell: Cell, way: str, words: ThinkingWords) -> bool:
    if cell.text.isascii():
        return False
    return words.is_content(cell.text) if way == "line" else words.is_content_elsewhere(cell.text)


def _line_places(sheet: Sheet, block: Block, words: ThinkingWords) -> Iterator[tuple[tuple[int, int], str]]:
    """Places of the line of the analysis, and of labels, which say nothing."""
    if block.assignment is None or block.table is None:
        return
    items = {f"{block.form}.{entry.item}" for entry in block.template.fields}
    if not items & set(words.items):
        return
    for row in (*block.table.header_rows, *block.table.title_rows, *block.table.note_rows):
        yield from (((row, column), "label") for column in _columns(block))
    for row, template_row in block.labels.items():
        for column in _columns(block):
            entry = block.template.by_place.get((template_row, block.assignment.columns.get(column, "")))
            if entry is None:
                yield (row, column), "label"
            elif f"{entry.form}.{entry.item}" in words.items and entry.type != _YES_NO and entry.measure != "document":
                yield (row, column), "line"


def _columns(block: Block) -> range:
    assert block.table
    return range(block.table.span.first_column, block.table.span.last_column + 1)
