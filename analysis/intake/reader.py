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
from analysis.intake.limits import MAX_FILE_BYTES, Unreadable, broken
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
    "encrypted": ("M05", "", "the file is protected by a password"),
    "empty": ("M07", "empty", "the file is empty"),
    "damaged": ("M07", "", "the file is damaged or cut off"),
    "lock": ("M07", "lock", "a lock file that Excel or WPS leaves while a workbook is open"),
    "system": ("M07", "system", "a file of the operating system, not of a unit"),
    "web_archive": ("M07", "web", "a web page in one file: save it as xlsx"),
    "xml": ("M07", "web", "an XML file: save it as xlsx"),
    "unknown": ("M07", "unknown", "no known format"),
}
_ET_ENDINGS = (".et", ".ett")
_ET_BROKEN = frozenset({"", "unknown"})


def read_workbook(data: bytes, name: str) -> Workbook:
    """The file as read. Only the bytes decide what it is; the name decides notes and lock files.

    Never raises for anything that a file contains; running out of memory and crashes of libraries are the matter
    of the sandbox. `problem` is `M05` (password), `M07` (empty, damaged, beyond a limit, not known), `M08` (an
    archive, to be opened by `archives`) or `M09` (a document or picture); an .et file that is none of the formats we
    read is `M02`. `notes` are among `M01 M02 M03 M04 M06 M15 M32`.
    """
    content = "unknown"
    try:
        if len(data) > MAX_FILE_BYTES:
            raise Unreadable("M07", f"the file has more than {MAX_FILE_BYTES:,} bytes", "too_large")
        content = sniff(data, name)
        _refuse(content)
        sheets, notes = _READERS[content](data)
    except Unreadable as fault:
        return _unreadable(content, fault, name)
    except MemoryError:
        raise
    except Exception as fault:  # noqa: BLE001 - a hostile file finds paths that no list covers; one file must not stop a run
        return _unreadable(content, broken(f"the file is damaged ({type(fault).__name__}: {fault})"), name)
    return Workbook(content, sheets, notes=(*_name_notes(content, name), *notes))


def is_et(name: str) -> bool:
    """Whether the name is that of a file of WPS's own format."""
    return PurePosixPath(name).suffix.lower() in _ET_ENDINGS


def _unreadable(content: str, fault: Unreadable, name: str) -> Workbook:
    rule, case = fault.rule, fault.case
    if is_et(name) and (rule == "M08" or (rule == "M07" and case in _ET_BROKEN)):
        rule, case = "M02", "unreadable"
    return Workbook(content, problem=rule, case=case, detail=fault.detail)


def _refuse(content: str) -> None:
    if content in EVIDENCE:
        raise Unreadable("M09", "a document or picture, not a workbook")
    if content in PACKED:
        raise Unreadable("M08", "an archive")
    if content in _REFUSALS:
        rule, case, detail = _REFUSALS[content]
        raise Unreadable(rule, detail, case)


def _name_notes(content: str, name: str) -> tuple[str, ...]:
    told = {
        "M01": content == "xls" and not is_et(name),
        "M02": is_et(name),
        "M03": content == "html" or extension_lies(name, content),
        "M04": content == "csv",
    }
    return tuple(rule for rule, holds in told.items() if holds)
