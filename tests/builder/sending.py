"""One return as it is sent: how it is filled in, what is wrong with it, its format, its file name, its time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tests.builder.expected import expected_facts, expected_queries
from tests.builder.frame import Manner
from tests.builder.grid import Page
from tests.builder.mess import applied
from tests.builder.register import all_names
from tests.builder.whole import clean_return, guide_page
from tests.builder.write_plain import to_csv_file, to_ods, to_xls
from tests.builder.write_xlsx import to_xlsx


@dataclass(frozen=True)
class Sending:
    """What a unit sends. `file` is the path below data/raw/<year>; for CSV a folder of eight files.

    A `story` (of stories.py) takes the place of the format; `earlier` are the messes of an earlier version.
    """

    manner: Manner
    format: str
    file: str
    received: dt.datetime
    messes: tuple[str, ...] = ()
    guide: bool = False
    story: str = ""
    earlier: tuple[str, ...] = ()

    @property
    def pages(self) -> tuple[Page, ...]:
        """The sheets with the messes in them."""
        return applied(self.messes, self.manner, clean_return(self.manner))


@dataclass(frozen=True)
class Built:
    """A return as bytes by path, with what a reader must find.

    `secrets` must stand in no byte that is kept; `befell` names the mess of a cell (file, sheet, address).
    """

    files: Mapping[str, bytes]
    facts: tuple[dict[str, str], ...]
    queries: tuple[dict[str, str], ...]
    received: tuple[dict[str, str], ...]
    secrets: tuple[str, ...] = ()
    befell: Mapping[tuple[str, str, str], str] = field(default_factory=dict)


def secrets(pages: Iterable[Page]) -> tuple[str, ...]:
    """What of the sheets must never be stored: planted personal data, and the names of persons where one is named."""
    cells = [cell for page in pages for _, _, cell in page.cells()]
    planted = [part for cell in cells for part in cell.secret.split("\n")]
    named = [str(cell.value) for cell in cells if any(claim.measure.endswith("_named") for claim in cell.claims)]
    people = [name for text in named for name in re.split(r"[、 ,，]", text) if name in all_names()]
    return tuple(part for part in (*planted, *people) if part)


def bytes_of(sending: Sending, pages: tuple[Page, ...]) -> bytes:
    """The file of a return that is one workbook."""
    if sending.format == "xls":
        return to_xls(pages)
    if sending.format == "ods":
        return to_ods(pages, "typed" if sending.manner.totals == "typed" else "cached")
    return to_xlsx(pages, sending.manner.totals, sending.received)


def built(sending: Sending) -> Built:
    """Everything of one return."""
    pages, when = sending.pages, sending.received.isoformat()
    if sending.format == "csv":
        by_file: dict[str, tuple[Page, ...]] = {f"{sending.file}/{page.name}.csv": (page,) for page in pages}
        files = {file: to_csv_file(held[0]) for file, held in by_file.items()}
    else:
        sheets = (*pages, guide_page()) if sending.guide else pages
        by_file, files = {sending.file: pages}, {sending.file: bytes_of(sending, sheets)}
    named = sending.format != "csv"
    return Built(
        files,
        tuple(fact for file, held in by_file.items() for page in held for fact in expected_facts(file, page, named)),
        tuple(
            query for file, held in by_file.items() for page in held for query in expected_queries(file, page, named)
        ),
        tuple({"file": file, "received_at": when} for file in files),
        secrets(pages),
    )
