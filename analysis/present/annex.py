"""The data annex of the meeting: `reports/<year>/annex.xlsx`, every figure of the charts as a number that can be reckoned with.

Cover, definitions, one sheet per chart, the scores in the last year of a term, revisions, and what is missing or open.
It may leave the office: its tables are those that `public_*` made, a dash stands where a number is hidden.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.hyperlink import Hyperlink

from analysis.present.annex_formats import TECHNICAL
from analysis.present.annex_sheet import FONT, Block, Page, add_page, for_paper, put, put_line, set_letters
from analysis.present.annex_tables import (
    Tables,
    corrections,
    definitions,
    files_by_state,
    missing_units,
    open_list,
    repairs_by_rule,
    scores,
    versions,
)
from analysis.present.answers import open_split
from analysis.present.answers_year import change_state
from analysis.present.context import Context
from analysis.present.office_files import sealed
from analysis.present.save_charts import CHARTS
from analysis.reference.rows import Row

FILE = "annex"
LINK = "FF1F4E79"
NOBODY: Mapping[str, Row] = {}


def save_annex(
    tables: Tables, context: Context, folder: Path, *, english: Mapping[str, Row] = NOBODY, version: str = ""
) -> list[Path]:
    """Writes the workbook into `folder` (made when missing); an English one ends in `_en`.

    `english` are the lines of `indicators_en.csv` by indicator, needed for English definitions; `version` names the
    data that the figures stand on.
    """
    lang = context.words.lang
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (f"{FILE}.xlsx" if lang == "zh" else f"{FILE}_{lang}.xlsx")
    path.write_bytes(annex_bytes(tables, context, english, version))
    return [path]


def annex_bytes(tables: Tables, context: Context, english: Mapping[str, Row] = NOBODY, version: str = "") -> bytes:
    """The workbook: the same tables give the same bytes."""
    pages = list(annex_pages(tables, context, english, version))
    book = Workbook()
    book.remove(book.worksheets[0])
    set_letters(book)
    _cover(book, pages, context, version)
    for page in pages:
        add_page(book, page, context.words)
    sink = io.BytesIO()
    book.save(sink)
    words = context.words
    title = words.say("annex.title", year=context.reference.year, city=words.pick(context.reference.city))
    return sealed(sink.getvalue(), title, words.lang, FONT, words.say("pack.fallback"))


def annex_pages(tables: Tables, context: Context, english: Mapping[str, Row], version: str) -> Iterator[Page]:
    """The sheets after the cover, in their order."""
    say = context.words.say
    notes = tuple(say(f"annex.note_{name}") for name in ("dash", "hidden", "small", "count", "interval"))
    yield _page("definitions", context, notes, [("", definitions(context.words, english))])
    for code, chart in CHARTS.items():
        if chart.is_possible(tables):
            table = chart.table(tables, context.reference)
            yield Page(
                say("annex.sheet_chart", code=code),
                say("annex.title_chart", code=code, finding=chart.finding(table, context)),
                (
                    *_chart_remarks(table, context),
                    *_year_remarks(code, tables, context),
                    say("annex.note_short"),
                    *_unprinted(table, context),
                ),
                (Block("", table),),
            )
    if len(tables.get("scorecards", ())):
        yield _page(
            "scores", context, (say("annex.note_scores"), say("C10.note")), [("", scores(tables, context.reference))]
        )
    yield _page("quality", context, (say("annex.note_quality"),), _quality(tables, context, version))
    split = open_split(tables, context.words)
    remarks = (say("annex.note_open"), *([split] if split else []))
    yield _page("open", context, remarks, _open(tables, context))


def _chart_remarks(table: pd.DataFrame, context: Context) -> tuple[str, ...]:
    """Where the figures come from, and in the office how to get from a row to its cells."""
    foot = tuple(context.foot().split("\n"))
    if "unit_code" not in table.columns:
        return foot
    return (*foot, context.words.say("annex.note_trace", year=context.reference.year))


def _unprinted(table: pd.DataFrame, context: Context) -> list[str]:
    """That the columns for those who check a method stand in the file only, where there are such."""
    return [context.words.say("annex.note_technical")] if set(TECHNICAL) & set(table.columns) else []


def _year_remarks(code: str, tables: Tables, context: Context) -> list[str]:
    """Under C6: why last year has other numbers in other places."""
    return change_state(tables, context) if code == "C6" else []


def _page(name: str, context: Context, remarks: tuple[str, ...], parts: list[tuple[str, pd.DataFrame]]) -> Page:
    say = context.words.say
    title = say(f"annex.title_{name}", year=context.reference.year)
    return Page(say(f"annex.sheet_{name}"), title, remarks, tuple(Block(*part) for part in parts))


def _quality(tables: Tables, context: Context, version: str) -> list[tuple[str, pd.DataFrame]]:
    words = context.words
    made = {
        "data": _data(tables, context, version),
        "files": files_by_state(tables["submissions"]),
        "versions": versions(tables, words),
        "corrections": corrections(words),
        "repairs": repairs_by_rule(tables["queries"]),
    }
    return [(words.say(f"annex.block_{name}", n=len(table)), table) for name, table in made.items() if len(table)]


def _data(tables: Tables, context: Context, version: str) -> pd.DataFrame:
    """What the figures stand on: dates, coverage, versions."""
    words, reference = context.words, context.reference
    rows = {
        "freeze": words.day(reference.freeze_on),
        "deadline": words.day(reference.deadline),
        "submitted": f"{context.units_submitted}/{context.units_due}",
        "facts": words.count(len(tables["facts"])),
        "version": version,
    }
    named = [(words.say(f"annex.data_{name}"), text) for name, text in rows.items() if text]
    return pd.DataFrame(named, columns=["name", "annex_value"])


def _open(tables: Tables, context: Context) -> list[tuple[str, pd.DataFrame]]:
    words = context.words
    parts = {"missing": missing_units(tables, words), "open": open_list(tables, words)}
    return [(words.say(f"annex.block_{name}", n=len(table)), table) for name, table in parts.items()]


def _cover(book: Workbook, pages: list[Page], context: Context, version: str) -> None:
    """Title, what the file is, and the list of its sheets with a click to each."""
    say, reference = context.words.say, context.reference
    sheet = book.create_sheet(say("annex.sheet_cover"))
    for letter, width in (("A", 18.0), ("B", 104.0)):
        sheet.column_dimensions[letter].width = width
    put_line(sheet, 1, say("annex.title", year=reference.year, city=context.words.pick(reference.city)), 122, size=20)
    row = 2
    for line in (*context.foot().split("\n"), say("annex.outside"), say("annex.protected")):
        put_line(sheet, row, line, 122, muted=True)
        row += 1
    row += 1
    for page in pages:
        cell = put(sheet, row, 1, page.name)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{page.name}'!A1")
        cell.font = Font(name=FONT, size=10, color=LINK, underline="single")
        put_line_at = put(sheet, row, 2, page.title)
        put_line_at.font = Font(name=FONT, size=10)
        row += 1
    if version:
        put_line(sheet, row + 1, say("annex.version", version=version), 122, muted=True)
    for_paper(sheet, context.words)
