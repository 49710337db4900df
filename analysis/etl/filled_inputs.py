"""A filled table of a term, read as cells -> the lines of its CSV, or every cell that cannot be taken.

Nothing is guessed: a formula, a line break, an unknown unit, points above the full mark, a line that is missing or stands twice each
refuse the whole file, by sheet and cell. A line that nobody filled in gives none: not known is not zero.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analysis.etl.filled_texts import unfit, visible
from analysis.etl.table_files import unprotect
from analysis.records import Cell, Sheet, address
from analysis.reference.cells import parse_day, parse_number, parse_whole
from analysis.reference.input_tables import GIVEN, SHOWN, Asked, InputColumn
from analysis.reference.rows import Fault

HEAD_ROWS = 10  # the headings stand within the first ten rows
SHARE_DIGITS = 12  # 1.65 of 3 is 0.55, not 0.5499999999999999
NEAR = 1e-6
KEYS = ("case", "choice", "whole", "day")  # what tells two lines of a unit apart
Placed = Mapping[str, int]


@dataclass(frozen=True)
class Expected:
    """What a table may hold: its columns, the lines asked for, and what the cells take.

    `words` are the words of lists by column, with what each stands for; `first` and `last` are the days allowed.
    """

    table: str
    columns: tuple[InputColumn, ...]
    lines: tuple[Asked, ...]
    words: Mapping[str, Mapping[str, str]]
    first: dt.date
    last: dt.date
    step: float


@dataclass(frozen=True)
class Filled:
    """The lines of the CSV by column, in the order of the sheet, and the faults; with a fault no line may be used."""

    lines: tuple[Mapping[str, str], ...]
    faults: tuple[Fault, ...]


class _Refused(ValueError):
    """A cell that cannot be taken; says what was expected (`zh|en`)."""


def find_heads(sheet: Sheet, columns: Sequence[InputColumn]) -> tuple[int, Placed] | None:
    """The row of the headings and the place of each column; null where one is missing."""
    for row in range(1, HEAD_ROWS + 1):
        heads = {cell.text.split("\n")[0].strip(): place for (line, place), cell in sheet.cells.items() if line == row}
        if all(column.zh in heads for column in columns):
            return row, {column.name: heads[column.zh] for column in columns}
    return None


def read_filled(file: str, sheet: Sheet, expected: Expected) -> Filled:
    """The lines of a sheet whose headings are those of the table, see `find_heads`.

    Raises:
        ValueError: the sheet has not the headings of the table.
    """
    found = find_heads(sheet, expected.columns)
    if found is None:
        raise ValueError(f"{sheet.name}: not the headings of {expected.table}")
    head, places = found
    reader = _Reader(file, sheet, expected, places)
    rows = sorted({row for row, column in sheet.cells if row > head})
    reader.beyond(head)
    lines = [line for row in rows if (line := reader.line(row)) is not None]
    reader.missing()
    return Filled(tuple(lines), tuple(reader.faults))


class _Reader:
    """Reads the lines one by one and keeps what was seen and what is wrong."""

    def __init__(self, file: str, sheet: Sheet, expected: Expected, places: Placed) -> None:
        self.file, self.sheet, self.expected, self.places = file, sheet, expected, places
        self.faults: list[Fault] = []
        self.asked = {(line.unit_code, line.code): line for line in expected.lines}
        self.units = {line.unit_code: line.unit_name for line in expected.lines}
        self.by_code = any(column.kind == "code" for column in expected.columns)
        self.seen: dict[tuple[str, ...], int] = {}

    def refuse(self, place: str, found: str, expected: str, remedy: str, english: str) -> None:
        self.faults.append(Fault(f"{self.file} “{self.sheet.name}”!{place}", 0, found, expected, remedy, english))

    def beyond(self, head: int) -> None:
        """Cells outside the columns, from the headings down."""
        for (row, column), cell in sorted(self.sheet.cells.items()):
            if row >= head and column not in self.places.values():
                self.refuse(
                    address(row, column), f"表外内容“{visible(cell.text)}”", "只填表内各列", "删去",
                    f"{visible(cell.text)!r} stands outside the table",
                )  # fmt: skip

    def missing(self) -> None:
        """Lines that were asked for and are gone."""
        for key, line in self.asked.items() if self.by_code else ():
            if key not in self.seen:
                self.refuse(
                    "A1", f"缺少 {line.unit_code} {line.unit_name} {line.code} 一行", "模板中的每一行", "补上该行(未评议的留空)",
                    f"the line of {line.unit_code} {line.code} is missing",
                )  # fmt: skip

    def line(self, row: int) -> Mapping[str, str] | None:
        """One line of the CSV; null where nobody filled it in, or it cannot be taken."""
        before = len(self.faults)
        cells = {column.name: self.sheet.cell(row, self.places[column.name]) for column in self.expected.columns}
        for column in self.expected.columns:
            cell = cells[column.name]
            refusal = unfit(cell) if cell is not None else None
            if refusal is not None:
                self.refuse(address(row, self.places[column.name]), *refusal)
        texts = {name: unprotect(cell.text.strip()) if cell else "" for name, cell in cells.items()}
        to_fill = [column for column in self.expected.columns if column.kind not in GIVEN]
        is_empty = not any(texts[column.name] for column in to_fill)
        if len(self.faults) > before:
            self.seen.setdefault((texts.get("unit_code", ""), texts.get("code", "")), row)
        if not any(texts.values()) or len(self.faults) > before:
            return None
        asked = self._given(row, texts)
        if is_empty or asked is None:
            return None
        said = {column.name: self._value(row, column, cells[column.name], texts, asked) for column in to_fill}
        if len(self.faults) > before or not self._is_single(row, texts, said):
            return None
        return {column.name: said.get(column.name, texts[column.name]) for column in self.expected.columns
                if column.kind not in SHOWN}  # fmt: skip

    def _given(self, row: int, texts: Mapping[str, str]) -> Asked | None:
        """The line that was asked for and stands here, its own words unchanged."""
        of = {column.kind: column.name for column in self.expected.columns}
        unit, code = texts[of["unit"]], texts[of["code"]] if self.by_code else ""
        at = address(row, self.places[of["unit"]])
        if unit not in self.units:
            self.refuse(at, f"单位代码“{unit}”", "登记表中的代码", "更正", f"no unit {unit!r}")
            return None
        name = texts[of["unit_name"]]
        if name not in ("" if not self.by_code else self.units[unit], self.units[unit]):
            place = address(row, self.places[of["unit_name"]])
            self.refuse(
                place,
                f"单位“{name}”与代码 {unit} 不符",
                self.units[unit],
                "恢复模板中的行",
                f"{name!r} is not the unit {unit}",
            )
            return None
        if not self.by_code:
            return Asked(unit, self.units[unit])
        asked = self.asked.get((unit, code))
        if asked is None:
            place = address(row, self.places[of["code"]])
            self.refuse(
                place,
                f"{unit} 的代码“{code}”",
                "模板中该单位的代码",
                "更正",
                f"{unit} is not asked for the code {code!r}",
            )
            return None
        if "full" in of and texts[of["full"]] != f"{asked.full:g}":
            place = address(row, self.places[of["full"]])
            self.refuse(
                place, f"满分“{texts[of['full']]}”", f"{asked.full:g}", "恢复模板中的满分", f"full points {texts[of['full']]!r}, not {asked.full:g}"
            )  # fmt: skip
        return asked if self._once(row, (unit, code)) else None

    def _once(self, row: int, key: tuple[str, ...]) -> bool:
        earlier = self.seen.setdefault(key, row)
        if earlier != row:
            self.refuse(
                f"A{row}", f"“{' '.join(key)}”与第{earlier}行重复", "每个只写一行", "删去一行", f"{' '.join(key)} stands in row {earlier} too"
            )  # fmt: skip
        return earlier == row

    def _is_single(self, row: int, texts: Mapping[str, str], said: Mapping[str, str]) -> bool:
        """In tables of cases: each case of a unit once; where a line needs none, each decision or year once."""
        if self.by_code:
            return True
        columns = [column for column in self.expected.columns if column.kind in KEYS]
        cases = [column for column in columns if column.kind == "case" and column.required]
        unit = next(texts[column.name] for column in self.expected.columns if column.kind == "unit")
        return self._once(row, (unit, *(said[column.name] for column in cases or columns if said[column.name])))

    def _value(self, row: int, column: InputColumn, cell: Cell | None, texts: Mapping[str, str], asked: Asked) -> str:
        """One value as it stands in the CSV; empty, with a fault, where it cannot be taken."""
        text = texts[column.name]
        place = address(row, self.places[column.name])
        if not text or cell is None:
            if column.required:
                self.refuse(
                    place,
                    f"“{column.zh}”是空的",
                    column.meaning_zh,
                    "补填,或整行留空",
                    f"{column.en} is empty in a filled line",
                )
            return ""
        try:
            return self._taken(column, cell, text, asked, texts)
        except ValueError as refusal:
            zh, _, english = str(refusal).partition("|")
            self.refuse(place, f"{column.zh}“{text}”", zh, "更正", f"{column.en} is {text!r}; expected {english}")
            return ""

    def _taken(self, column: InputColumn, cell: Cell, text: str, asked: Asked, texts: Mapping[str, str]) -> str:
        readers: Mapping[str, Callable[[], str]] = {
            "points": lambda: _points(text, cell, asked.full, self.expected.step),
            "whole": lambda: _whole(text, cell),
            "day": lambda: _day(text, cell, self.expected.first, self.expected.last),
        }
        if column.kind in readers:
            return readers[column.kind]()
        words = self.expected.words.get(column.name)
        if words is None:
            return text
        if text not in words:
            raise _Refused(f"{'、'.join(dict.fromkeys(words))}|one of the list")
        return words[text]


def _points(text: str, cell: Cell, full: float, step: float) -> str:
    """Points as a share of the full ones."""
    number = _number(text, cell)
    steps = number / step
    if not 0 <= number <= full + NEAR or abs(steps - round(steps)) > NEAR:
        raise _Refused(f"0—{full:g},最小单位 {step:g}|0 to {full:g} in steps of {step:g}")
    return f"{round(number / full, SHARE_DIGITS):.{SHARE_DIGITS}g}"


def _whole(text: str, cell: Cell) -> str:
    number = _number(text, cell)
    if number < 0:
        raise _Refused("不小于 0 的整数|a whole number from 0 on")
    return str(parse_whole(text))


def _number(text: str, cell: Cell) -> float:
    if cell.kind not in ("number", "text"):
        raise _Refused("数字|a number")
    return parse_number(text)


def _day(text: str, cell: Cell, first: dt.date, last: dt.date) -> str:
    if cell.kind not in ("date", "text", "number"):
        raise _Refused("日期|a day")
    day = parse_day(text)
    if not first <= day <= last:
        raise _Refused(f"{first} 至 {last}|a day from {first} to {last}")
    return day.isoformat()


def words_with_codes(column: InputColumn, offered: Sequence[tuple[str, str]]) -> dict[str, str]:
    """What each word of a list stands for: the word as offered, and the code itself."""
    return {word: code for code, word in offered} | {code: code for code, _ in offered}
