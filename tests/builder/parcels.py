"""What a unit sends in the end: its return in one file or several, once or twice, with other files beside it.

A story turns the sheets of a return into files and moves the expectation along: to the member of an archive, to the
version that counts, or to a question about a file that cannot be used.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from tests.builder.evidence import pdf
from tests.builder.expected import QUERY_COLUMNS, expected_facts, expected_queries
from tests.builder.grid import Page, Row, address
from tests.builder.packets import sheets_of, to_zip
from tests.builder.sending import Built, secrets
from tests.builder.write_xlsx import to_xlsx

NOTHING = Built({}, (), (), ())


@dataclass(frozen=True)
class Letter:
    """A return ready to be put into files: its sheets, how totals are written, when and under which name it comes."""

    pages: tuple[Page, ...]
    totals: str
    file: str
    received: dt.datetime
    unit: str
    year: int
    seed: str
    earlier: tuple[Page, ...] = ()

    @property
    def stem(self) -> str:
        return self.file.rsplit(".", 1)[0]


Story = Callable[[Letter], Built]


def workbook(letter: Letter) -> bytes:
    return to_xlsx(sheets_of(letter.pages), letter.totals, letter.received)


def told(
    files: Mapping[str, bytes], pages: Mapping[str, Sequence[Page]], when: dt.datetime, named: bool = True
) -> Built:
    """Files with the sheets that count in each, received together."""
    return Built(
        files,
        tuple(fact for file, held in pages.items() for page in held for fact in expected_facts(file, page, named)),
        tuple(query for file, held in pages.items() for page in held for query in expected_queries(file, page, named)),
        tuple({"file": file, "received_at": when.isoformat()} for file in files),
        secrets(page for held in pages.values() for page in held),
        {
            (file, page.name if named else "", address(row, column)): cell.mess
            for file, held in pages.items()
            for page in held
            for row, column, cell in page.cells()
            if cell.mess
        },
    )


def both(*parts: Built) -> Built:
    """Several sendings as one."""
    return Built(
        {file: data for part in parts for file, data in part.files.items()},
        tuple(fact for part in parts for fact in part.facts),
        tuple(query for part in parts for query in part.queries),
        tuple(row for part in parts for row in part.received),
        tuple(secret for part in parts for secret in part.secrets),
        {place: mess for part in parts for place, mess in part.befell.items()},
    )


def about_file(file: str, rule: str, treatment: str = "BACK", sheet: str = "") -> dict[str, str]:
    """A question about a file (or sheet) as a whole."""
    return dict(zip(QUERY_COLUMNS, (file, sheet, "", rule, treatment), strict=True))


def extra(file: str, data: bytes, when: dt.datetime, *queries: dict[str, str]) -> Built:
    """A file without facts."""
    return Built({file: data}, (), queries, ({"file": file, "received_at": when.isoformat()},))


def as_one(ending: str, made: Callable[[Letter], bytes]) -> Story:
    """The return as one file of another kind."""

    def story(letter: Letter) -> Built:
        file = f"{letter.stem}.{ending}"
        return told({file: made(letter)}, {file: letter.pages}, letter.received)

    return story


def as_many(ending: str, made: Callable[[Letter, Page], bytes], named: bool) -> Story:
    """The return as one file for each form, in a folder of the unit."""

    def story(letter: Letter) -> Built:
        shown = [page for page in letter.pages if not page.hidden]
        held = {f"{letter.stem}/{page.name}.{ending}": (page,) for page in shown}
        files = {file: made(letter, pages[0]) for file, pages in held.items()}
        return told(files, held, letter.received, named)

    return story


def in_archive(folder: str, old_names: bool) -> Story:
    """The return inside a zip, in a folder, with a scan beside it."""

    def story(letter: Letter) -> Built:
        archive, inside = f"{letter.stem}.zip", f"{folder}{letter.file.rsplit('/', 1)[-1]}"
        data = to_zip({inside: workbook(letter), f"{folder}盖章件.pdf": pdf("stamped")}, old_names)
        plain = told({}, {f"{archive}!{inside}": letter.pages}, letter.received)
        return replace(plain, files={archive: data}, received=extra(archive, data, letter.received).received)

    return story


def plain(letter: Letter) -> Built:
    return as_one("xlsx", workbook)(letter)


def after(letter: Letter, days: int, addition: str) -> Letter:
    """The same letter some days later under another name."""
    return replace(letter, received=letter.received + dt.timedelta(days=days), file=f"{letter.stem}{addition}.xlsx")


def quiet(page: Page) -> Page:
    """The page without any expectation."""
    rows = tuple(
        Row(row.kind, tuple(cell and replace(cell, claims=(), asks=()) for cell in row.cells), row.height)
        for row in page.rows
    )
    return replace(page, rows=rows, asks=())


def said_in_head(page: Page, old: str, new: str) -> Page:
    """The page with a text in its head in other words."""
    rows = tuple(
        replace(row, cells=tuple(
            replace(cell, value=cell.value.replace(old, new)) if cell and isinstance(cell.value, str) else cell
            for cell in row.cells
        )) if row.kind in ("title", "head") else row
        for row in page.rows
    )  # fmt: skip
    return replace(page, rows=rows)
