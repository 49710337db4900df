"""What a file is, told from its bytes alone; the name only says whether it lies about that."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath

from analysis.intake.limits import MAX_ENTRIES, Unreadable
from analysis.intake.ole import SIGNATURE, OleFile
from analysis.intake.plain_text import decode_bytes

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_MAGIC = {
    b"%PDF-": "pdf",
    b"\xff\xd8\xff": "picture",
    b"\x89PNG\r\n": "picture",
    b"GIF8": "picture",
    b"BM": "picture",
    b"II*\x00": "picture",
    b"MM\x00*": "picture",
    b"{\\rtf": "rtf",
    b"Rar!\x1a\x07": "rar",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b": "gzip",
}
_BARE_XLS = (b"\x09\x00\x04\x00", b"\x09\x00\x06\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_HTML = re.compile(r"<(!doctype html|html|table|meta|head|body)\b", re.IGNORECASE)
_ZIP_KINDS: dict[str, Callable[[set[str]], bool]] = {
    "ofd": lambda names: "ofd.xml" in names,
    "xlsb": lambda names: any(name.endswith("workbook.bin") for name in names),
    "docx": lambda names: "word/document.xml" in names,
    "pptx": lambda names: "ppt/presentation.xml" in names,
    "xlsx": lambda names: any(name.endswith("workbook.xml") for name in names) and "[content_types].xml" in names,
}
_OPEN_KINDS = {"spreadsheet": "ods", "text": "odt"}
_LOCK_PREFIX = "~$"
_SYSTEM_NAMES = {".ds_store", "thumbs.db", "desktop.ini", ".gitkeep", ".gitignore"}

READABLE = frozenset({"xlsx", "xlsm", "xlsb", "ods", "xls", "csv", "html"})
EVIDENCE = frozenset({"pdf", "picture", "docx", "doc", "rtf", "odt", "pptx", "ppt", "ofd"})
"""Formats that a person may read, but that hold no sheet of cells (rule M09)."""
PACKED = frozenset({"zip", "rar", "7z", "gzip"})
SYSTEM = frozenset({"lock", "system"})
"""Leavings of programs, which nobody sent on purpose: lock files of an open workbook, `.DS_Store` and the like."""

_EXTENSIONS = {
    "xlsx": {"xlsx", "xltx", "xlsm", "xltm", "et"},
    "xlsm": {"xlsm", "xltm"},
    "xlsb": {"xlsb"},
    "ods": {"ods", "ots"},
    "xls": {"xls", "xlt", "et", "ett"},
    "csv": {"csv", "txt", "tsv"},
    "html": {"html", "htm"},
}


def _base(name: str) -> str:
    """The last part of a path, also of that of an archive member (`a.zip!~$b.xlsx`)."""
    return PurePosixPath(name.rpartition("!")[2]).name


def is_system_file(name: str) -> bool:
    """Whether the name is that of a lock file or of a leaving of an operating system."""
    base = _base(name)
    return base.startswith(_LOCK_PREFIX) or base.lower() in _SYSTEM_NAMES or base.startswith("._")


def extension_lies(name: str, content: str) -> bool:
    """Whether the ending of the name belongs to another format than the content; no ending is no lie."""
    ending = PurePosixPath(name).suffix.lower().lstrip(".")
    return bool(ending) and content in _EXTENSIONS and ending not in _EXTENSIONS[content]


def sniff(data: bytes, name: str = "") -> str:
    """Format of the content.

    One of `READABLE`, `EVIDENCE` and `PACKED`, or `encrypted`, `web_archive`, `xml`, `empty`, `damaged`, `unknown`;
    `lock` and `system` by the name, when the content is no workbook.
    """
    found = _sniff(data)
    if found in READABLE - {"csv"} or not is_system_file(name):
        return found
    return "lock" if _base(name).startswith(_LOCK_PREFIX) else "system"


def _sniff(data: bytes) -> str:
    if not data:
        return "empty"
    if data.startswith(_ZIP):
        return _sniff_zip(data)
    if data.startswith(SIGNATURE):
        return _sniff_ole(data)
    if data.startswith(_BARE_XLS):
        return "xls"
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            return kind
    if data[8:12] == b"WEBP" or data[4:8] == b"ftyp":
        return "picture"
    return "pdf" if b"%PDF-" in data[:1024] else _sniff_text(data)


def _sniff_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            entries = container.infolist()[:MAX_ENTRIES]
            names = {entry.filename.replace("\\", "/").lstrip("/").lower() for entry in entries}
            mimetype = container.read("mimetype")[:200].decode("ascii", "replace") if _small_mimetype(entries) else ""
    except (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, ValueError, EOFError):
        return "damaged"
    if "opendocument." in mimetype:
        kind = mimetype.partition("opendocument.")[2].partition("-")[0].strip()
        return _OPEN_KINDS.get(kind, "unknown")
    if {"content.xml", "meta-inf/manifest.xml"} <= names:
        return "ods"
    found = next((kind for kind, fits in _ZIP_KINDS.items() if fits(names)), "zip")
    return "xlsm" if found == "xlsx" and any(name.endswith("vbaproject.bin") for name in names) else found


def _small_mimetype(entries: list[zipfile.ZipInfo]) -> bool:
    return any(entry.filename == "mimetype" and entry.file_size < 1000 for entry in entries)


def _sniff_ole(data: bytes) -> str:
    try:
        container = OleFile(data)
    except Unreadable:
        return "damaged"
    if container.has("EncryptedPackage", "EncryptionInfo"):
        return "encrypted"
    if container.has("Workbook", "Book"):
        return "xls"
    if container.has("WordDocument"):
        return "doc"
    return "ppt" if container.has("PowerPoint Document") else "unknown"


def _sniff_text(data: bytes) -> str:
    text = decode_bytes(data)
    if text is None:
        return "unknown"
    head = text[:8192].lstrip()
    if not head:
        return "empty"
    if head.startswith("<?xml") and "<html" not in head.lower():
        return "xml"
    if head[:13].lower() == "mime-version:":
        return "web_archive"
    return "html" if head.startswith("<") and (_HTML.search(head) or "<table" in text.lower()) else "csv"
