"""Files that come beside the returns: a stamped scan as PDF, and the lock file of a program left open."""

from __future__ import annotations

from tests.builder.register import unit
from tests.builder.sending import Built

SCANS = {2024: ("LJ-G09", "2025-01-10T15:00:00"), 2025: ("LJ-G09", "2026-01-12T15:00:00")}
LOCKS = {2025: ("~$LJ-G04_市科技局_2025.xlsx", "2026-01-09T10:12:00")}


def pdf(text: str) -> bytes:
    """A page of PDF with one line."""
    stream = f"BT /F1 14 Tf 72 760 Td ({text}) Tj ET".encode("ascii")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(out))
    return out + head + table + trailer


def lock() -> bytes:
    """What a spreadsheet program leaves while a file is open: the user's name, padded."""
    name = "user"
    return (
        bytes([len(name)])
        + name.encode().ljust(54, b" ")
        + bytes([len(name), 0])
        + name.encode("utf-16-le").ljust(108, b" \0"[:1])
    )


def beside_returns(year: int) -> Built:
    """The files of the year that are no returns: no fact, no question that counts."""
    files, received = {}, []
    if year in SCANS:
        code, when = SCANS[year]
        one = unit(code, year)
        assert one is not None
        file = f"{one.short}盖章扫描件{year}.pdf"
        files[file] = pdf(f"{code} {year} stamped copy of the return (sample)")
        received.append({"file": file, "received_at": when})
    if year in LOCKS:
        file, when = LOCKS[year]
        files[file] = lock()
        received.append({"file": file, "received_at": when})
    return Built(files, (), (), tuple(received))
