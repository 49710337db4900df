"""What stands in the annex, the deck, the circular and the site of a year: their tables, and every text in them.

`LEAVES` goes to the meeting or further; `STAYS` is for the office and for the unit that it speaks of.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import openpyxl

from tests.published_tables import CATEGORY, CHARTS, ROOT, Published, Row, read_reports

LEAVES = (
    *("charts", "notebooks", "figures", "fonts", "index.html", "index_en.html"),
    *("annex.xlsx", "meeting.pptx", "meeting_a4.pptx", "circular.docx", "suppressed.csv"),
)
STAYS = ("units", "scorecards", "scorecards.pdf", "feedback", "made_from.json")
ENGLISH = re.compile(r"_en(?=\.)")
BLOCKS = frozenset(
    [
        "p",
        "li",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "figcaption",
        "caption",
        "title",
        "footer",
        "summary",
        "pre",
        "legend",
        "label",
        "button",
        "option",
        "text",
        "desc",
    ]
)
UNIT = {"单位": "单位简称"}  # what the site calls the column
XMLNS = re.compile(r"\{[^}]*\}")
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


def read_everything(folder: Path, year: int) -> Iterator[Published]:
    """Every table of a year that may leave the office."""
    yield from read_reports(folder, year)
    if (annex := folder / "annex.xlsx").is_file():
        yield from read_annex(annex, year)
    for name in ("meeting.pptx", "circular.docx"):
        if (path := folder / name).is_file():
            for rows in office_tables(path):
                yield Published(year, name, None if rows and "指标" in rows[0] else default_of(rows), rows)
    yield from read_site(folder, year)


def default_of(rows: list[Row]) -> tuple[str, str | None] | None:
    """The figure of a table that does not say which: by the name of the programme in its rows."""
    return (CATEGORY, None) if rows and "活动类别" in rows[0] else None


def leaving(folder: Path) -> list[Path]:
    """The files of a year that may leave the office."""
    found = [folder / name for name in LEAVES]
    return [
        file for path in found for file in ([path] if path.is_file() else sorted(path.rglob("*"))) if file.is_file()
    ]


def read_annex(path: Path, year: int) -> Iterator[Published]:
    """The sheets of the annex: every run of rows under a heading, with numbers as they stand in the file."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        code = re.search(r"[CS]\d+$", sheet.title)
        default = CHARTS.get(code[0]) if code else None
        for rows in sheet_tables(
            [["" if c is None else str(c) for c in row] for row in sheet.iter_rows(values_only=True)]
        ):
            yield Published(year, f"{path.name} {sheet.title}", default, rows)


def sheet_tables(grid: list[list[str]]) -> Iterator[list[Row]]:
    """Rows that stand below each other with more than one filled cell; the first of them is the heading."""
    run: list[list[str]] = []
    for cells in [*grid, []]:
        if sum(bool(cell) for cell in cells) > 1:
            run.append(cells)
            continue
        if len(run) > 1:
            yield [{head: cell for head, cell in zip(run[0], row, strict=True) if head} for row in run[1:]]
        run = []


def read_site(folder: Path, year: int) -> Iterator[Published]:
    """The first page and the page of every figure; the name of the file tells which figure that is."""
    names = figure_names()
    for path in [folder / "index.html", *sorted((folder / "figures").glob("*.html"))]:
        if path.is_file() and not ENGLISH.search(path.name):
            page = read_page(path)
            figure = names.get(path.stem)
            for chart, rows in page.tables:
                named = [{UNIT.get(head, head): cell for head, cell in row.items()} for row in rows]
                yield Published(year, f"site {path.name}", CHARTS.get(chart, figure), named)
            if figure and page.numbers:
                yield Published(year, f"site {path.name}", figure, [page.numbers])


def figure_names() -> dict[str, tuple[str, str]]:
    """What the page `I01-elder_care` is about: indicator and programme, in Chinese."""
    lists = {}
    for name in ("indicators", "categories"):
        with (ROOT / "data" / "reference" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as source:
            lists[name] = {row["code"]: row.get("zh") or row["name_zh"] for row in csv.DictReader(source)}
    single = {code: (zh, "") for code, zh in lists["indicators"].items()}
    return single | {f"I01-{code}": (CATEGORY, zh) for code, zh in lists["categories"].items()}


class Page(HTMLParser):
    """A page of the site: tables (with the chart they belong to), lists of numbers, texts and addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[tuple[str, list[Row]]] = []
        self.numbers: Row = {}
        self.texts: list[str] = []
        self.links: list[str] = []
        self._open: list[str] = []
        self._heads: list[str] = []
        self._cells: list[str] = []
        self._text: list[str] = []
        self._term = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.texts += [found[name] for name in ("alt", "title", "aria-label", "content") if found.get(name)]
        self.links += [found[name] for name in ("href", "src") if name in found]
        if tag not in VOID:
            self._open.append(tag)
        if tag == "table":
            self.tables.append((found.get("data-chart", ""), []))
            self._heads = []
        if tag == "tr":
            self._cells = []
        if tag in (*BLOCKS, "td", "th"):
            self._text = []

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self._open):
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        text = " ".join("".join(self._text).split())
        if tag in ("td", "th"):
            (self._heads if "thead" in self._open else self._cells).append(text)
        if tag == "tr" and self._cells:
            self.texts.append(" ".join(self._cells))
            if self.tables and len(self._cells) == len(self._heads):
                self.tables[-1][1].append(dict(zip(self._heads, self._cells, strict=True)))
        if tag == "dt":
            self._term = text
        if tag == "dd":
            self.numbers.setdefault(self._term, text)
        if tag in BLOCKS:
            self.texts.append(text)
        while self._open and self._open.pop() != tag:
            pass


def read_page(path: Path) -> Page:
    page = Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def office_parts(path: Path) -> Iterator[tuple[str, ElementTree.Element]]:
    """The XML parts of a deck, a document or a workbook."""
    with zipfile.ZipFile(path) as package:
        for name in sorted(package.namelist()):
            if name.endswith((".xml", ".rels")):
                root = ElementTree.fromstring(package.read(name))
                for element in root.iter():
                    element.tag = XMLNS.sub("", element.tag)
                yield name, root


def paragraphs(root: ElementTree.Element) -> list[str]:
    """The text of every paragraph, and of every description of a picture."""
    told = [text for one in root.iter() for name in ("descr", "title") if (text := one.get(name))]
    return told + ["".join(t.text or "" for t in p.iter("t")) for p in root.iter("p")]


def office_tables(path: Path) -> Iterator[list[Row]]:
    """The tables of a deck or a document, with the first row as headings."""
    for _, root in office_parts(path):
        for table in root.iter("tbl"):
            grid = [
                ["".join(t.text or "" for t in cell.iter("t")).strip() for cell in row.iter("tc")]
                for row in table.iter("tr")
            ]
            if len(grid) > 1:
                yield [dict(zip(grid[0], row, strict=False)) for row in grid[1:]]


def texts_of(path: Path) -> list[str]:
    """Every text of a file, one for each paragraph or row of a table; empty for pictures."""
    if path.suffix == ".html":
        return read_page(path).texts
    if path.suffix == ".csv":
        return path.read_text(encoding="utf-8-sig").splitlines()
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        rows = [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]
        return [" ".join(str(cell) for cell in row if cell is not None) for row in rows]
    if path.suffix in (".pptx", ".docx"):
        rows = [" ".join(row.values()) for table in office_tables(path) for row in table]
        return rows + [text for _, root in office_parts(path) for text in paragraphs(root)]
    return []
