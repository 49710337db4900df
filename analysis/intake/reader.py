"""One file -> its sheets of cells, or the rule that says why there are none. The door to all readers.

Which library reads what, and why: xlsx and ods are read from their XML by the standard library, since calamine and
openpyxl each lose or refuse things that returns contain; xls by xlrd (calamine where xlrd gives up); xlsb by
calamine; text and HTML by the standard library.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from analysis.intake.csv_reader import read_csv
from analysis.intake.html_reader import read_html
from analysis.intake.limits import MAX_FILE_BYTES, Unreadable
from analysis.intake.ods_reader import read_ods
from analysis.intake.sniff import EVIDENCE, PACKED, extension_lies, sniff
from analysis.intake.xls_reader import read_xls
from analysis.intake.xlsb_reader import read_xlsb
from analysis.intake.xlsx_reader import read_xlsx
from analysis.records import Sheet, Workbook

_Read = tuple[tuple[Sheet, ...], tuple[str, ...]]
_READERS: dict[str, Callable[[bytes], _Read]] = {
    "xlsx": read_xlsx,
    "xlsm": read_xlsx,
    "ods": read_ods,
    "xlsb": read_xlsb,
    "xls": read_xls,
    "csv": lambda data: (read_csv(data), ()),
    "html": lambda data: (read_html(data), ()),
}
_REFUSALS = {
    "encrypted": ("M05", "the file is protected by a password"),
    "empty": ("M07", "the file is empty"),
    "damaged": ("M07", "the file is damaged or cut off"),
    "lock": ("M07", "a lock file that Excel or WPS leaves while a workbook is open"),
    "system": ("M07", "a file of the operating system, not of a unit"),
    "web_archive": ("M07", "a web page in one file: save it as xlsx"),
    "xml": ("M07", "an XML file: save it as xlsx"),
    "unknown": ("M07", "no known format"),
}
_ET = ".et"


def read_workbook(data: bytes, name: str) -> Workbook:
    """The file as read. Only the bytes decide what it is; the name decides notes and lock files.

    Never raises for anything that a file contains; running out of memory and crashes of libraries are the matter
    of the sandbox. `problem` is `M05` (password), `M07` (empty, damaged, beyond a limit, not known), `M08` (an
    archive, to be opened by `archives`) or `M09` (a document or picture). `notes` are among `M01 M02 M03 M04 M06 M32`.
    """
    if len(data) > MAX_FILE_BYTES:
        return Workbook("unknown", problem="M07", detail=f"the file has more than {MAX_FILE_BYTES:,} bytes")
    content = sniff(data, name)
    refusal = _refusal(content)
    if refusal:
        return Workbook(content, problem=refusal[0], detail=refusal[1])
    try:
        sheets, notes = _READERS[content](data)
    except Unreadable as fault:
        return Workbook(content, problem=fault.rule, detail=fault.detail)
    except MemoryError:
        raise
    except Exception as fault:  # noqa: BLE001 - a hostile file finds paths that no list covers; one file must not stop a run
        return Workbook(content, problem="M07", detail=f"the file is damaged ({type(fault).__name__})")
    return Workbook(content, sheets, notes=(*_name_notes(content, name), *notes))


def _refusal(content: str) -> tuple[str, str] | None:
    if content in EVIDENCE:
        return "M09", "a document or picture, not a workbook"
    if content in PACKED:
        return "M08", "an archive"
    return _REFUSALS.get(content)


def _name_notes(content: str, name: str) -> tuple[str, ...]:
    is_et = PurePosixPath(name).suffix.lower() == _ET
    told = {
        "M01": content == "xls" and not is_et,
        "M02": is_et,
        "M03": extension_lies(name, content),
        "M04": content == "csv",
    }
    return tuple(rule for rule, holds in told.items() if holds)
