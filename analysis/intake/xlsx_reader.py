"""An xlsx or xlsm workbook -> sheets, read from its XML in one bounded pass.

The libraries that read this format lose what we must see: calamine gives error cells and formulas without result
as blanks and lays out the whole rectangle between two far cells; openpyxl needs minutes for some small files.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from analysis.intake.cells import formula_cell
from analysis.intake.draft import SheetDraft, Tally
from analysis.intake.limits import MAX_SHEETS, broken, check_limit
from analysis.intake.package import Package
from analysis.intake.xlsx_extras import has_pictures_or_boxes, read_comments
from analysis.intake.xlsx_sheet import read_sheet
from analysis.intake.xlsx_strings import read_shared_strings
from analysis.intake.xlsx_styles import read_styles
from analysis.intake.xlsx_values import Book
from analysis.intake.xml_stream import MAIN, Names, is_true, linked_id, read_xml
from analysis.records import Cell, Sheet

HIDDEN_STATES = frozenset({"hidden", "veryHidden"})


@dataclass
class _WorkbookPart:
    """The list of sheets (name, relation, state) and what holds for all of them."""

    sheets: list[tuple[str, str, str]] = field(default_factory=list)
    since_1904: bool = False
    recalculate: bool = False
    names: Names = field(default_factory=lambda: Names(MAIN))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = self.names[name]
        if tag == "sheet":
            self.sheets.append((attributes.get("name", ""), linked_id(attributes), attributes.get("state", "")))
        elif tag == "workbookPr":
            self.since_1904 = is_true(attributes.get("date1904"))
        elif tag == "calcPr":
            self.recalculate = is_true(attributes.get("fullCalcOnLoad"))

    def end(self, name: str) -> None:
        """Nothing here has content."""

    def text(self, data: str) -> None:
        """Nothing here has text."""


def workbook_part(package: Package) -> str:
    """Name of the part that lists the sheets.

    Raises:
        Unreadable: when there is none.
    """
    named = next(package.related("", "officeDocument"), None)
    found = named or next((name for name in package.names if name.endswith("workbook.xml")), None)
    if found is None:
        raise broken("the file has no list of sheets")
    return found


def read_xlsx(data: bytes) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """Sheets in order, and the rules to be told about the file.

    These are `M06` (links or macros), `M15` (an extent that leaves out cells) and `M32` (pictures, boxes).

    Raises:
        Unreadable: when the file is damaged, protected or beyond a limit.
    """
    package = Package(data)
    part = workbook_part(package)
    listed = _WorkbookPart()
    read_xml(package.open(part), listed, "the list of sheets")
    check_limit(len(listed.sheets), MAX_SHEETS, "sheets")
    book = _read_book(package, part, listed)
    relations = package.relations(part)
    tally = Tally()
    sheets, beside, short = [], "xl/cellimages.xml" in package, False
    for name, link, state in listed.sheets:
        relation = relations.get(link)
        if not link or (relation is not None and relation.kind != "worksheet"):
            continue  # modules and charts have no cells
        if relation is None or relation.outside:
            raise broken(f"sheet {name!r} is listed but its part is not linked")
        draft = SheetDraft(name, tally, hidden=state in HIDDEN_STATES)
        short = read_sheet(package.open(relation.target), draft, book) or short
        comments = read_comments(package, relation.target)
        sheet = draft.finish(comments)
        beside = beside or any(place not in sheet.cells for place in comments)
        drawings = has_pictures_or_boxes(package, relation.target)
        beside = beside or drawings
        sheets.append(replace(sheet, drawings=drawings))
    if not sheets:
        raise broken("the workbook has no sheet of cells")
    told = {"M06": package.has_links_or_macros(), "M15": short, "M32": beside}
    notes = tuple(rule for rule, holds in told.items() if holds)
    return _without_placeholders(sheets) if listed.recalculate else tuple(sheets), notes


def _read_book(package: Package, part: str, listed: _WorkbookPart) -> Book:
    strings = next(package.related(part, "sharedStrings"), None)
    styles = next(package.related(part, "styles"), None)
    return Book(
        read_shared_strings(package.open(strings)) if strings else (),
        read_styles(package.open(styles)) if styles else (),
        listed.since_1904,
    )


def _without_placeholders(sheets: list[Sheet]) -> tuple[Sheet, ...]:
    """Sheets in which the zeros that some programs write for results they never worked out are no results.

    Such a program asks for recalculation on opening and stores 0 with every single formula. When any stored
    result is something else, all of them are taken as real.
    """
    results = [cell for sheet in sheets for cell in sheet.cells.values() if cell.formula and cell.kind != "formula"]
    if not results or not all(_is_zero(cell) for cell in results):
        return tuple(sheets)
    return tuple(
        replace(sheet, cells={place: _unworked(cell) for place, cell in sheet.cells.items()}) for sheet in sheets
    )


def _is_zero(cell: Cell) -> bool:
    return cell.kind == "number" and cell.value == 0


def _unworked(cell: Cell) -> Cell:
    if not cell.formula or cell.kind == "formula":
        return cell
    bare = formula_cell(cell.row, cell.column, cell.formula, cell.number_format)
    return replace(bare, comment=cell.comment, hidden=cell.hidden, struck=cell.struck, marked=cell.marked)
