"""How much of one file we are willing to read, and the one exception that says why it was not read."""

from __future__ import annotations

MIB = 2**20

MAX_FILE_BYTES = 64 * MIB
"""Largest file or archive member that is opened at all."""
MAX_UNPACKED_BYTES = 192 * MIB
"""All parts of one zip container together, counted while they are unpacked."""
MAX_RATIO = 400
"""Unpacked size to packed size of a part above `RATIO_FROM_BYTES`; sheets of blank cells reach about 100."""
RATIO_FROM_BYTES = 16 * MIB
MAX_ENTRIES = 10_000
"""Entries of one zip container."""
MAX_SHEETS = 64
MAX_CELLS = 200_000
"""Non-empty cells of one sheet."""
MAX_WORKBOOK_CELLS = 400_000
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
MAX_AREA = 4_000_000
"""Rectangle between the outermost filled cells, for the reader that lays it out in memory."""
MAX_MERGES = 50_000
MAX_COMMENTS = 20_000
MAX_STRINGS = 1_000_000
MAX_TEXT = 131_072
"""Characters of one cell; Excel itself stops at 32,767."""
MAX_ALL_TEXT = 32_000_000
"""Characters of all cells of a workbook together."""


class Unreadable(Exception):
    """Why a file as a whole gives no cells: the rule (`M05`, `M07` ...), its case and one plain sentence."""

    def __init__(self, rule: str, detail: str, case: str = "") -> None:
        super().__init__(detail)
        self.rule = rule
        self.detail = detail
        self.case = case


def broken(detail: str) -> Unreadable:
    """The exception for a damaged or unreasonable file (rule M07)."""
    return Unreadable("M07", detail)


def check_limit(count: int, limit: int, what: str) -> None:
    """Refuse the file when it has more than `limit` of something.

    Raises:
        Unreadable: with rule M07; nothing is ever cut off silently.
    """
    if count > limit:
        raise Unreadable("M07", f"more than {limit:,} {what}", "too_large")
