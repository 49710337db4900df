"""Every table of a year that may leave the office, of every file and in both languages."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from tests.published_english import as_twin
from tests.published_files import ENGLISH, Page, figure_names, office_tables, read_annex, read_page
from tests.published_notebooks import read_reports
from tests.published_tables import CATEGORY, CHARTS, Published, Row

OFFICE = ("meeting.pptx", "meeting_a4.pptx", "circular.docx")
UNIT = {"单位": "单位简称"}  # what the site calls the column


def read_everything(folder: Path, year: int) -> Iterator[Published]:
    """Every table of a year that may leave the office."""
    yield from read_reports(folder, year)
    yield from read_english_charts(folder, year)
    if (annex := folder / "annex.xlsx").is_file():
        yield from read_annex(annex, year)
    for name in OFFICE:
        if (path := folder / name).is_file():
            for rows in office_tables(path):
                yield Published(year, name, None if rows and "指标" in rows[0] else default_of(rows), rows)
    yield from read_site(folder, year)


def default_of(rows: list[Row]) -> tuple[str, str | None] | None:
    """The figure of a table that does not say which: by the name of the programme in its rows."""
    return (CATEGORY, None) if rows and "活动类别" in rows[0] else None


def read_english_charts(folder: Path, year: int) -> Iterator[Published]:
    """The English tables beside the charts, in the words of their twins."""
    for path in sorted((folder / "charts").glob("*_en.csv")):
        own, twin = _grid(path), _grid(path.with_name(ENGLISH.sub("", path.name)))
        yield Published(year, path.name, CHARTS.get(path.stem.split("_")[0]), as_twin(own[1:], twin[0]))


def _grid(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.reader(source))


def read_site(folder: Path, year: int) -> Iterator[Published]:
    """The first page and the page of every figure; the name of the file tells which figure that is."""
    names = figure_names()
    for path in [*folder.glob("index*.html"), *sorted((folder / "figures").glob("*.html"))]:
        twin = path.with_name(ENGLISH.sub("", path.name))
        page = read_page(path) if path == twin else english_page(path, twin)
        figure = names.get(twin.stem)
        for chart, rows in page.tables:
            named = [{UNIT.get(head, head): cell for head, cell in row.items()} for row in rows]
            yield Published(year, f"site {path.name}", CHARTS.get(chart, figure), named)
        if page.numbers:
            yield Published(year, f"site {path.name}", figure, [page.numbers])


def english_page(path: Path, twin: Path) -> Page:
    """An English page with the headings and words of its Chinese twin."""
    page, chinese = read_page(path), read_page(twin)
    if len(page.tables) != len(chinese.tables) or len(page.numbers) != len(chinese.numbers):
        raise ValueError(f"{path.name} has other tables than {twin.name}")
    page.tables = [
        (chart, as_twin([[*row.values()] for row in rows], [*other[0]] if other else []))
        for (chart, rows), (_, other) in zip(page.tables, chinese.tables, strict=True)
    ]
    page.numbers = next(iter(as_twin([[*page.numbers.values()]], [*chinese.numbers])))
    return page
