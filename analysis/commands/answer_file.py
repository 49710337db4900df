"""One more line in `corrections.csv`, whatever program saved the file last: its coding, columns and line ends stay."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from analysis.etl.store import StoreFault
from analysis.etl.table_files import protect
from analysis.reference import Correction
from analysis.reference.files import decode, is_utf8
from analysis.reference.specs import CORRECTION_COLUMNS, CORRECTION_EXTRA

COLUMNS = (*(column.name for column in CORRECTION_COLUMNS), *CORRECTION_EXTRA)


@dataclass(frozen=True, slots=True)
class _Saved:
    """How the file was saved."""

    names: tuple[str, ...]
    coding: str
    line_end: str


def next_line(path: Path) -> int:
    """The line that the next answer will stand on."""
    text = _text(path)
    return text.count("\n") + (1 if text.endswith("\n") else 2) if text else 2


def append_line(path: Path, entry: Correction) -> None:
    """Writes the answer at the end of the file, which is made when it is not there. All of it or nothing.

    What stands in the file stays byte for byte; columns that an older file lacks are added to its first line only.
    Raises StoreFault when the file cannot be replaced, as when a spreadsheet program holds it open.
    """
    old = path.read_bytes() if path.is_file() else b""
    saved = _saved(old)
    content = old if old else _encoded(_row(saved.names, saved), "utf-8-sig")
    saved = saved if old else _Saved(saved.names, "utf-8", saved.line_end)
    missing = [name for name in CORRECTION_EXTRA if name not in saved.names]
    if missing:
        content, saved = _with_columns(content, missing, saved)
    if not content.endswith(b"\n"):
        content += saved.line_end.encode()
    values = _values(entry)
    content += _encoded(_row([values.get(name, "") for name in saved.names], saved), saved.coding)
    _replace(path, content)


def _text(path: Path) -> str:
    return (decode(path.read_bytes()) or "") if path.is_file() else ""


def _saved(content: bytes) -> _Saved:
    text = decode(content) or ""
    line_end = "\r\n" if "\r\n" in text or not text else "\n"
    names = tuple(name.strip() for name in next(csv.reader(io.StringIO(text, newline="")), ())) or COLUMNS
    coding = "utf-8" if is_utf8(content) else "gb18030"
    return _Saved(names, coding, line_end)


def _with_columns(content: bytes, missing: list[str], saved: _Saved) -> tuple[bytes, _Saved]:
    """The file with further names at the end of its first line."""
    first, mark, rest = content.partition(b"\n")
    kept = first.rstrip(b"\r").rstrip(b",")
    names = tuple(name for name in saved.names if name)
    end = first[len(first.rstrip(b"\r")) :]
    return kept + ("," + ",".join(missing)).encode() + end + mark + rest, _Saved(
        (*names, *missing), saved.coding, saved.line_end
    )


def _values(entry: Correction) -> dict[str, str]:
    return {
        "file": entry.file,
        "sheet": entry.sheet,
        "cell": entry.cell,
        "expected_text": entry.expected,
        "action": entry.action,
        "new_value": entry.new_value,
        "reason": entry.reason,
        "told_on": entry.told_on.isoformat(),
        "by_whom": entry.by_whom,
        "field": entry.field,
        "query_id": entry.query_id,
    }


def _row(values: list[str] | tuple[str, ...], saved: _Saved) -> str:
    sink = io.StringIO(newline="")
    csv.writer(sink, lineterminator=saved.line_end).writerow([protect(value) for value in values])
    return sink.getvalue()


def _encoded(text: str, coding: str) -> bytes:
    return text.encode(coding)


def _replace(path: Path, content: bytes) -> None:
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise StoreFault(
            f"无法写入 {path}:{error.strerror};请关闭打开它的程序(如 Excel)后重试 | {path} cannot be written: close it"
        ) from error
