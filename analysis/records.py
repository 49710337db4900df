"""The few types that travel between the rooms: what a cell, a table, a fact and a question are.

Nothing here knows pandas, Excel or the forms. All records are frozen, so that what one step
made, no later step can quietly change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal, TypeAlias

CellValue: TypeAlias = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None
CellKind: TypeAlias = Literal["text", "number", "date", "time", "bool", "error", "formula"]
Role: TypeAlias = Literal[
    "title", "meta", "header", "value", "total", "note", "footer", "example", "ignored", "quarantined"
]
Status: TypeAlias = Literal[
    "reported", "repaired", "approximate", "bounded", "derived", "queried", "not_applicable", "rejected", "confirmed"
]
Treatment: TypeAlias = Literal["FIX", "ASK", "DROP", "BACK", "QUAR", "NOTE"]
State: TypeAlias = Literal["accepted", "superseded", "returned", "quarantined", "skipped"]


def column_letters(column: int) -> str:
    """Letters of a 1-based column: 1 -> A, 28 -> AB."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """`A1` address of a 1-based row and column."""
    return f"{column_letters(column)}{row}"


def split_address(cell: str | None) -> tuple[int, int]:
    """`B12` -> (12, 2); a missing address gives (0, 0), which sorts first."""
    if not cell:
        return 0, 0
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(cell[len(letters) :]), column


@dataclass(frozen=True, slots=True)
class Span:
    """A rectangle of a sheet, 1-based, both ends included (a merged range, a table)."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __contains__(self, place: tuple[int, int]) -> bool:
        row, column = place
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column

    def __str__(self) -> str:
        return f"{address(self.first_row, self.first_column)}:{address(self.last_row, self.last_column)}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One non-empty cell: not blank, or with a formula, or an error.

    `value` is what the file stores (None for a formula without a cached value), `text` the same as a person
    would copy it: numbers without a needless `.0`, dates in ISO form. `formula` starts with `=` when known.
    `marked` says that its letters or its ground have a colour of their own.
    """

    row: int
    column: int
    value: CellValue
    text: str
    kind: CellKind
    formula: str | None = None
    comment: str | None = None
    hidden: bool = False
    struck: bool = False
    marked: bool = False
    number_format: str | None = None

    @property
    def address(self) -> str:
        return address(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its non-empty cells by (row, column) and its merged ranges. Blank cells are not stored.

    `drawings` says that pictures or text boxes lie on it, which are not read.
    """

    name: str
    cells: Mapping[tuple[int, int], Cell]
    merges: tuple[Span, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    drawings: bool = False

    def cell(self, row: int, column: int) -> Cell | None:
        return self.cells.get((row, column))

    def text(self, row: int, column: int) -> str:
        """Text of the cell, empty when blank; merged ranges are not filled."""
        cell = self.cells.get((row, column))
        return cell.text if cell else ""

    def merge_at(self, row: int, column: int) -> Span | None:
        """The merged range that covers the place, if any."""
        return next((span for span in self.merges if (row, column) in span), None)


@dataclass(frozen=True, slots=True)
class Workbook:
    """One file as read. `problem` is the rule that says why nothing could be read (`M05`, `M07` ...), else None.

    `case` says which message of that rule applies (`empty`, `too_large` ...), `detail` the same in plain English.

    `format` is what the content is (`xlsx`, `xls`, `xlsb`, `ods`, `csv`, `html`, `pdf`, `zip` ...), whatever the
    name says. `notes` are rules to be told about the file as a whole, such as `M03` (the extension lies).
    """

    format: str
    sheets: tuple[Sheet, ...] = ()
    problem: str | None = None
    detail: str = ""
    notes: tuple[str, ...] = ()
    case: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table found on a sheet. Rows and columns are 1-based sheet numbers.

    `headers` gives for each column of the table the texts of its header tiers from top to bottom, merged ranges
    filled, repeats and empty tiers left out; `column_units` the text of the row of units of measure.
    `records` are the data lines in order, each as the rows it occupies (several when merged cells join rows).
    """

    sheet: str
    span: Span
    header_rows: tuple[int, ...]
    headers: Mapping[int, tuple[str, ...]]
    records: tuple[tuple[int, ...], ...]
    column_units: Mapping[int, str] = field(default_factory=dict)
    total_rows: tuple[int, ...] = ()
    note_rows: tuple[int, ...] = ()
    title_rows: tuple[int, ...] = ()
    repeated_header_rows: tuple[int, ...] = ()
    example_rows: tuple[int, ...] = ()
    confidence: float = 0.0
    form: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A second number said in the same cell, such as 32 party members in 50(其中党员32)."""

    word: str
    value: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What one cell says. `treatment` is None when nothing has to be told or asked.

    `case` names which message of the rule applies (`rules.csv`); `read_as` is what we understood, in words.
    A blank gives status `missing`, which becomes no fact.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    text: str | None = None
    status: Status | Literal["missing"] = "reported"
    rule: str | None = None
    case: str = ""
    treatment: Treatment | None = None
    read_as: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One value that a unit reported: a row of `facts` (contract, section 4)."""

    year: int
    unit_code: str
    form: str
    row: int
    item: str
    measure: str
    value: float | None
    low: float | None
    high: float | None
    text: str | None
    status: str
    rule: str | None
    raw: str
    file: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class Query:
    """One thing that a person must know or decide: a row of `queries` (contract, section 4)."""

    query_id: str
    unit_code: str | None
    form: str | None
    file: str
    sheet: str
    cell: str | None
    rule: str
    treatment: str
    field: str | None
    raw: str
    read_as: str
    message_zh: str
    message_en: str
    state: str


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What became of one non-empty cell: a row of `ledger` (contract, section 4)."""

    file: str
    sheet: str
    cell: str
    role: Role
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """One received file or archive member: a row of `submissions` (contract, section 4)."""

    file: str
    sha256: str
    size: int
    format: str
    unit_code: str | None
    unit_from: str | None
    forms: str
    state: State
    rule: str | None
    detail: str


@dataclass(frozen=True, slots=True)
class FileResult:
    """Everything that one file gives, before other files are looked at."""

    submission: Submission
    facts: tuple[Fact, ...] = ()
    queries: tuple[Query, ...] = ()
    ledger: tuple[LedgerRow, ...] = ()


def column_names(record: type) -> list[str]:
    """Names of the fields of a record in order: the columns of its table."""
    return [entry.name for entry in fields(record)]
