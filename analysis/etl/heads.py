"""Who sent a return and for which year: what its heads, sheet names and file name say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from analysis.etl.names import UnitMatch, UnitNames
from analysis.etl.templates import stem
from analysis.etl.text import normal_form
from analysis.records import Cell, Sheet

_COLON = re.compile(r"[::]")
_HEAD_ROWS = 15
Words = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a head says, with its place: the unit as written, its code or the year."""

    what: str
    text: str
    sheet: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Sender:
    """The unit of a file, how it was found (`code name sheet file`) and what speaks against it.

    `rule` is the rule that sends the file back (`M12`, `M57`) when no one unit can be told; `doubtful` are places
    where a name was written that is no name of the unit.
    """

    code: str | None
    found_by: str | None
    rule: str | None = None
    detail: str = ""
    doubtful: tuple[tuple[Said, UnitMatch], ...] = ()
    repaired: tuple[tuple[Said, str], ...] = ()


def read_heads(sheet: Sheet, labels: Mapping[str, str], first_row: int) -> list[Said]:
    """What stands after the head's labels (`labels`: normal form of the label -> what it is) above `first_row`."""
    said = []
    last = min(first_row - 1, _HEAD_ROWS + first_row) if first_row > 1 else _HEAD_ROWS
    for (row, _), cell in sorted(sheet.cells.items()):
        if row > last or not isinstance(cell.value, str):
            continue
        parts = _COLON.split(cell.text, maxsplit=1)
        what = labels.get(stem(parts[0]))
        if not what:
            continue
        text = parts[1].strip() if len(parts) > 1 else ""
        neighbour = None if text else _next_in_row(sheet, cell)
        if neighbour and not _is_label(neighbour.text, labels):
            text, cell = neighbour.text.strip(), neighbour
        if text:
            said.append(Said(what, text, sheet.name, cell))
    return said


def _is_label(text: str, labels: Mapping[str, str]) -> bool:
    return stem(_COLON.split(text, maxsplit=1)[0]) in labels


def _next_in_row(sheet: Sheet, cell: Cell) -> Cell | None:
    right = [other for (row, column), other in sheet.cells.items() if row == cell.row and column > cell.column]
    return min(right, key=lambda other: other.column, default=None)


def report_years(sheet: Sheet, pattern: re.Pattern[str], first_row: int) -> list[tuple[int, Cell]]:
    """Years that the rows above the table name as the report year (`2025年度`)."""
    found = []
    for (row, _), cell in sorted(sheet.cells.items()):
        if row < max(first_row, 2) and isinstance(cell.value, str):
            match = pattern.search(normal_form(cell.text))
            if match:
                found.append((int(match.group(1)), cell))
    return found


def find_sender(file: str, said: Sequence[Said], sheet_names: Iterable[str], names: UnitNames) -> Sender:
    """The unit that a file comes from: code, then name, then sheet name, then file name; conflicts send it back."""
    codes = {code: entry for entry in said if entry.what == "unit_code" and (code := names.code_inside(entry.text))}
    written = [(entry, names.resolve(entry.text)) for entry in said if entry.what == "unit_name"]
    by_name = {match.code for _, match in written if match.code}
    doubtful = tuple((entry, match) for entry, match in written if not match.code)
    repaired = tuple((entry, match.code) for entry, match in written if match.code and not match.exact)
    if len(codes) > 1 or len(by_name) > 1 or (codes and by_name and set(codes) != by_name):
        told = "、".join(names.short_name(code) for code in sorted({*codes, *by_name}))
        return Sender(None, None, "M12", told)
    if codes:
        return Sender(next(iter(codes)), "code", doubtful=doubtful, repaired=repaired)
    if by_name:
        return Sender(by_name.pop(), "name", doubtful=doubtful, repaired=repaired)
    ambiguous = next((match for _, match in doubtful if match.candidates), None)
    path = PurePosixPath(file.replace("!", "/"))
    for found_by, texts in (("sheet", list(sheet_names)), ("file", [path.stem, *(part for part in path.parts[:-1])])):
        found = _from_texts(texts, names)
        if found and (ambiguous is None or found in ambiguous.candidates):
            return Sender(found, found_by, doubtful=doubtful, repaired=repaired)
    rule = "M57" if doubtful else "M12"
    told = "、".join(names.short_name(code) for code in ambiguous.candidates) if ambiguous else ""
    return Sender(None, None, rule, told, doubtful=doubtful)


def _from_texts(texts: Iterable[str], names: UnitNames) -> str | None:
    found = set()
    for text in texts:
        code = names.code_inside(text) or names.resolve(text).code or names.resolve_inside(text).code
        if code:
            found.add(code)
    return found.pop() if len(found) == 1 else None
