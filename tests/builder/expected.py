"""What a reader must find in a year's returns: facts and queries as rows, to and from CSV."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from tests.builder.grid import Page, address

FACT_COLUMNS = ("file", "sheet", "cell", "form", "row", "item", "measure", "value", "text", "low", "high", "queried")
QUERY_COLUMNS = ("file", "sheet", "cell", "rule", "treatment")


def number_text(value: float | None) -> str:
    """A number without needless .0; empty for none."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else repr(value)


def expected_facts(file: str, page: Page, named: bool = True) -> Iterator[dict[str, str]]:
    """The facts of a page; `named` is False for CSV files, which have no sheet name."""
    for row, column, cell in page.cells():
        for claim in cell.claims:
            yield {
                "file": file,
                "sheet": page.name if named else "",
                "cell": address(row, column),
                "form": claim.form,
                "row": str(claim.row),
                "item": claim.item,
                "measure": claim.measure,
                "value": "" if claim.queried else number_text(claim.value),
                "text": "" if claim.queried else claim.text or "",
                "low": number_text(claim.low),
                "high": number_text(claim.high),
                "queried": str(int(claim.queried)),
            }


def expected_queries(file: str, page: Page, named: bool = True) -> Iterator[dict[str, str]]:
    """The questions about a page, those about the sheet as a whole without cell."""
    sheet = page.name if named else ""
    for ask in page.asks:
        yield {"file": file, "sheet": sheet, "cell": "", "rule": ask.rule, "treatment": ask.treatment}
    for row, column, cell in page.cells():
        for ask in cell.asks:
            place = address(row, column)
            yield {"file": file, "sheet": sheet, "cell": place, "rule": ask.rule, "treatment": ask.treatment}


def to_csv(rows: Iterable[Mapping[str, str]], columns: Sequence[str]) -> bytes:
    """Rows as UTF-8 CSV with BOM."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def packed(data: bytes) -> bytes:
    """Bytes as gzip without time and name."""
    return gzip.compress(data, 9, mtime=0)


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV, packed or not."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))
