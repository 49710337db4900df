"""Conservation, counted by another reader: each non-empty cell once in the ledger, each value spoken of, no line lost."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

Place = tuple[str, str, str]
COUNTING = ("accepted", "quarantined")


def place(row: Mapping[str, Any]) -> Place:
    return tuple(str(row[name] or "") for name in ("file", "sheet", "cell"))  # type: ignore[return-value]


def bytes_of(raw: Path, file: str) -> bytes:
    """The bytes of a file, or of the member of an archive whose name may be in GB18030."""
    outer, _, member = file.partition("!")
    if not member:
        return (raw / outer).read_bytes()
    with zipfile.ZipFile(raw / outer) as archive:
        for info in archive.infolist():
            names = {info.filename}
            if not info.flag_bits & 0x800:
                names.add(info.filename.encode("cp437").decode("gb18030", "replace"))
            if member in names:
                return archive.read(info)
    raise KeyError(file)


def filled_cells(data: bytes) -> set[tuple[str, str]]:
    """Sheet and address of every cell of a workbook that holds something, as openpyxl sees it."""
    found = set()
    for sheet in load_workbook(io.BytesIO(data)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and str(cell.value).strip():
                    found.add((sheet.title, cell.coordinate))
    return found


def breaches(
    raw: Path,
    submissions: Iterable[Mapping[str, Any]],
    ledger: Sequence[Mapping[str, Any]],
    facts: Iterable[Mapping[str, Any]],
    queries: Iterable[Mapping[str, Any]],
) -> Iterator[str]:
    """One line for each cell that is lost, told twice, or a value of which nobody speaks."""
    places = Counter(map(place, ledger))
    yield from (f"twice in the ledger: {where}" for where, count in places.items() if count > 1)
    spoken = {place(row) for row in facts} | {place(row) for row in queries}
    for row in ledger:
        if row["role"] == "value" and place(row) not in spoken:
            yield f"value without fact or query: {place(row)}"
    said = {place(row) for row in facts if row["value"] is not None or row["text"]}
    roles = {place(row): row["role"] for row in ledger}
    yield from (
        f"fact outside of the values of the ledger: {where}"
        for where in said
        if roles.get(where) not in ("value", "quarantined")
    )
    contents = {path.relative_to(raw).as_posix(): path.read_bytes() for path in raw.rglob("*") if path.is_file()}
    there = set(contents)  # the name of a file that names a person is shown masked: then its content tells which it is
    by_hash = {hashlib.sha256(data).hexdigest(): data for data in contents.values()}
    for submission in submissions:
        file = str(submission["file"])
        if submission["state"] not in COUNTING:
            if any(where[0] == file for where in places):
                yield f"ledger rows of a file that does not count: {file}"
            continue
        data = bytes_of(raw, file) if file in there or "!" in file else by_hash[submission["sha256"]]
        if data[:2] != b"PK" or submission["format"] not in ("xlsx", "xlsm"):
            continue
        seen, kept = filled_cells(data), {where[1:] for where in places if where[0] == file}
        yield from (f"not in the ledger: {file} {sheet}!{cell}" for sheet, cell in sorted(seen - kept))
        yield from (f"in the ledger but empty: {file} {sheet}!{cell}" for sheet, cell in sorted(kept - seen))
