"""Bytes that are no plain workbook: archives, encrypted and broken files, pages of the web, evidence."""

from __future__ import annotations

import html
import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

from tests.builder.grid import Page, address, covered
from tests.builder.packing import EPOCH, repacked
from tests.builder.places import placed
from tests.builder.write_plain import csv_text

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


class OldName(zipfile.ZipInfo):
    """A member whose name is written in GB18030 without saying so, as Chinese programs did."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the name that zipfile calls
        return self.filename.encode("gb18030"), self.flag_bits & ~0x800


def to_zip(members: Mapping[str, bytes], old_names: bool) -> bytes:
    """An archive of the members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            info = (OldName if old_names else zipfile.ZipInfo)(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


def rar() -> bytes:
    """The beginning of an archive that nobody here can open."""
    return b"Rar!\x1a\x07\x01\x00" + bytes(range(256)) * 8


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with streams of at least 4096 bytes: what a program writes when a workbook has a password."""
    chains, bodies, used = [], [], 0
    for content in streams.values():
        size = -(-max(len(content), 4096) // SECTOR)
        chains.append((used, size))
        bodies.append(content.ljust(size * SECTOR, b"\0"))
        used += size
    directory, fat_at = used, used + 1
    table = []
    for first, size in chains:
        table += [*range(first + 1, first + size), END]
    table += [END, FAT]
    entries = [entry("Root Entry", 5, child=1, start=END)]
    for number, (name, (start, size)) in enumerate(zip(streams, chains, strict=True), 1):
        right = number + 1 if number < len(streams) else FREE
        entries.append(entry(name, 2, right=right, start=start, size=size * SECTOR))
    fat = b"".join(struct.pack("<I", mark) for mark in table).ljust(SECTOR, b"\xff")
    assert len(table) <= SECTOR // 4
    assert len(entries) <= SECTOR // 128
    difat = struct.pack("<I", fat_at) + b"\xff" * (108 * 4)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack(
        "<HHHHHHIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, 1, directory, 0, 4096, END, 0, END, 0
    )  # fmt: skip
    return (head + difat).ljust(SECTOR, b"\0") + b"".join(bodies) + b"".join(entries).ljust(SECTOR, b"\0") + fat


def entry(name: str, kind: int, right: int = FREE, child: int = FREE, start: int = 0, size: int = 0) -> bytes:
    """One entry of the directory of a compound file."""
    text = name.encode("utf-16-le") + b"\0\0"
    return (
        text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, FREE, right, child) + bytes(36)
        + struct.pack("<IQ", start, size)
    )  # fmt: skip


def encrypted() -> bytes:
    """A workbook with a password."""
    noise = bytes((place * 37 + place // 7) % 251 for place in range(9000))
    return compound({"EncryptedPackage": noise, "EncryptionInfo": noise[:4200]})


def broken(workbook: bytes) -> bytes:
    """A workbook of which the end is lost."""
    return workbook[: len(workbook) * 2 // 3]


def to_html(page: Page) -> bytes:
    """A sheet saved as a page of the web."""
    shown = {c.address: c.stored if c.formula else c.value for c in placed(page, "cached")}
    over, rows = covered(page), []
    for row in range(1, len(page.rows) + 1):
        cells = []
        for column in range(1, max((c for r, c, _ in page.cells() if r == row), default=0) + 1):
            if (row, column) in over:
                continue
            down, right = page.at(row, column).span
            spans = (f" rowspan={down}" if down > 1 else "") + (f" colspan={right}" if right > 1 else "")
            text = html.escape(csv_text(shown.get(address(row, column)))).replace("\n", "<br>")
            cells.append(f"<td{spans}>{text}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    head = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body><table border=1>'
    )
    return (head + "\n".join(rows) + "</table></body></html>").encode()


def with_macros(workbook: bytes) -> bytes:
    """The workbook with a program in it."""
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    part = b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    edited = repacked(workbook, lambda name, content: (
        content.replace(plain, macro).replace(b"</Types>", part) if name == "[Content_Types].xml" else content
    ))  # fmt: skip
    return with_part(edited, "xl/vbaProject.bin", compound({"dir": b"macro" * 900}))


def with_part(workbook: bytes, name: str, content: bytes) -> bytes:
    """The zip with one more part."""
    out = io.BytesIO(workbook)
    with zipfile.ZipFile(out, "a") as book:
        book.writestr(zipfile.ZipInfo(name, EPOCH), content)
    return out.getvalue()


def one_cell_wide(workbook: bytes) -> bytes:
    """The workbook with the range of every sheet written as A1:A1, as some programs do."""

    def edited(name: str, content: bytes) -> bytes:
        if not name.startswith("xl/worksheets/sheet"):
            return content
        before, mark, rest = content.partition(b'<dimension ref="')
        return before + mark + b"A1" + rest[rest.index(b'"') :] if mark else content

    return repacked(workbook, edited)


def with_properties(workbook: bytes, text: str) -> bytes:
    """The workbook with a text in its properties."""
    part = f"<dc:description>{html.escape(text)}</dc:description></cp:coreProperties>".encode()
    return repacked(
        workbook,
        lambda name, content: (
            content.replace(b"</cp:coreProperties>", part) if name == "docProps/core.xml" else content
        ),
    )


def document() -> bytes:
    """A text document that is evidence, not data."""
    types = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return to_zip({"[Content_Types].xml": types, "word/document.xml": b"<document/>"}, old_names=False)


def picture() -> bytes:
    """The beginning of a photograph."""
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + bytes(400) + b"\xff\xd9"


def sheets_of(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages with names of sheets that no two share."""
    names = [page.name for page in pages]
    assert len(set(names)) == len(names), names
    return tuple(pages)
