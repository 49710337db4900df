"""零报告: whether a unit says that a form, or the whole return, has nothing to report (M16, decision 16)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from analysis.etl.extract import Place, RawField
from analysis.etl.layout_words import LayoutWords
from analysis.etl.text import normal_form
from analysis.records import Sheet

Words = Mapping[str, Mapping[str, str]]
_LONGEST = 60
_SIGNS = re.compile(r"[\W_]+")


class NilWords:
    """The ways to say that there is nothing to report, ready to be looked for.

    `nil_return` says it anywhere in a short text, `nil_alone` as all that a line says; `nil_condition` are words
    that make an instruction of it (如无此项工作,请写明零报告), `nil_whole` those that speak of all other forms.
    """

    def __init__(self, words: Words) -> None:
        self._says = [normal_form(word) for word in words.get("nil_return", {})]
        self._alone = {normal_form(word) for word in words.get("nil_alone", {})}
        self._condition = [normal_form(word) for word in words.get("nil_condition", {})]
        self._whole = [normal_form(word) for word in words.get("nil_whole", {})]
        empty = words.get("empty", {}).items()
        self._nothing = {normal_form(word) for word, meaning in empty if meaning in ("zero", "not_applicable")}
        self._note = LayoutWords(words).note

    def says_nil(self, text: str) -> bool:
        """Whether a text says that there is nothing to report; printed instructions and conditions do not."""
        form = normal_form(text)
        if len(form) > _LONGEST or self._note(form) or any(word in form for word in self._condition):
            return False
        return any(word in form for word in self._says)

    def says_whole(self, text: str) -> bool:
        """Whether a text says so of all forms, or of all the others."""
        return self.says_nil(text) and any(word in normal_form(text) for word in self._whole)

    def cells(self, sheet: Sheet) -> list[Place]:
        """Cells of a sheet that say 零报告."""
        return [place for place, cell in sheet.cells.items() if self.says_nil(cell.text)]

    def blank_cells(self, sheet: Sheet, first_row: int) -> list[Place]:
        """The same for a form without a value that begins in `first_row`: there 无 alone in a cell says it too."""
        alone = [
            place
            for place, cell in sheet.cells.items()
            if place[0] > first_row and _SIGNS.sub("", normal_form(cell.text)) in self._alone
        ]
        return [*self.cells(sheet), *alone]

    def only_nil(self, fields: Iterable[RawField]) -> bool:
        """Whether a list holds one line that says nothing but 无 or 零报告, with zeros and strokes at most."""
        filled = [raw for raw in fields if raw.cell is not None]
        texts = [normal_form(raw.cell.text) for raw in filled if raw.cell]
        words = [text for text in texts if self.says_nil(text) or _SIGNS.sub("", text) in self._alone]
        rest = [text for text in texts if text not in words]
        one_line = len({raw.row for raw in filled}) == 1
        return bool(words) and one_line and all(text in self._nothing or not _SIGNS.sub("", text) for text in rest)
