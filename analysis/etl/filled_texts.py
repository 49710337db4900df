"""What no cell of a filled table may hold, whatever its column: formulas, errors, line breaks and control characters."""

from __future__ import annotations

import unicodedata

from analysis.etl.table_files import would_be_formula
from analysis.records import Cell

CONTROL = ("Cc", "Cf", "Zl", "Zp")  # control and format characters, breaks of lines and paragraphs
Refusal = tuple[str, str, str, str]


def unfit(cell: Cell) -> Refusal | None:
    """Why the cell cannot be taken: found, expected, what to do, and the same in English; null where it can.

    A text that Excel would evaluate when the CSV is opened is a formula too. Blanks around a text do no harm.
    """
    text = cell.text.strip()
    if cell.formula or cell.kind in ("formula", "error") or (cell.kind == "text" and would_be_formula(text)):
        said = visible(cell.formula or text)
        return f"公式或错误值“{said}”", "数值或文字", "只粘贴数值", f"a formula or an error: {said!r}"
    signs = [sign for sign in text if unicodedata.category(sign) in CONTROL]
    if not signs:
        return None
    code, said = f"U+{ord(signs[0]):04X}", visible(text)
    return (
        f"“{said}”中有换行或控制字符 {code}", "一行可见的文字", "删去该字符,写成一行",
        f"a line break or control character {code} in {said!r}",
    )  # fmt: skip


def visible(text: str) -> str:
    """The text on one line: each character that cannot be seen by its code."""
    return "".join(f"<U+{ord(sign):04X}>" if unicodedata.category(sign) in CONTROL else sign for sign in text)
