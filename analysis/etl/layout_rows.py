"""What a single row looks like, told from its own marks: note, footer, meta, units of measure, column numbers ..."""

from __future__ import annotations

import re
from itertools import pairwise

from analysis.etl.layout_grid import Mark, Marks
from analysis.etl.layout_words import LayoutWords

_DIGITS = re.compile(r"\d{1,3}")
_SENTENCE = re.compile(r"[。;!?]")
LONG_TEXT = 40
_EARLIEST_YEAR, _LATEST_YEAR = 1800, 2200


def is_year(mark: Mark) -> bool:
    """A whole number that may be a year."""
    value = mark.value
    return (
        mark.kind == "number" and value is not None and value == int(value) and _EARLIEST_YEAR <= value <= _LATEST_YEAR
    )


def is_sentence(mark: Mark) -> bool:
    """A long text or one with the stops of a sentence: prose, not a label."""
    return mark.kind == "text" and (
        len(mark.text) > LONG_TEXT or (len(mark.text) > 12 and _SENTENCE.search(mark.text) is not None)
    )


def _consecutive(values: list[float]) -> bool:
    return len(values) >= 3 and values[0] in (0, 1) and all(after - before == 1 for before, after in pairwise(values))


def plain_values(marks: Marks, first_column: int) -> list[Mark]:
    """The numbers and dates of a row that are values, not names of columns.

    Years, dates, or 1 2 3 ... side by side may be names of columns, but not in the first column of the table,
    and only when the row has no other number.
    """
    numbers = [mark for mark in marks if mark.kind == "number"]
    dates = [mark for mark in marks if mark.kind == "date"]
    found = numbers + dates
    if not found or min(mark.column for mark in found) <= first_column:
        return found
    if not dates and len(numbers) >= 2 and all(is_year(mark) for mark in numbers) and _few(numbers, marks):
        return []
    if not dates and _consecutive([mark.value for mark in numbers if mark.value is not None]):
        return []
    if not numbers and len(dates) >= 3 and len({mark.text for mark in dates}) == len(dates):
        return []
    return found


def _few(numbers: list[Mark], marks: Marks) -> bool:
    """Years follow each other, or repeat as 2023 2024 2023 2024; values in the range of years hardly do."""
    known = sorted({mark.value for mark in numbers if mark.value is not None})
    if known[-1] - known[0] == len(known) - 1:
        return True
    return known[-1] - known[0] <= max(60, 12 * len(known)) and len(numbers) + 4 >= len(marks)


def is_note(marks: Marks, words: LayoutWords) -> bool:
    """A row that begins with a mark of a note (注:, 填报说明:) and has no numbers beside it."""
    first = marks[0]
    if not words.note(first.text):
        return False
    return len(marks) == 1 or (len(marks) <= 3 and all(mark.kind == "text" for mark in marks))


def is_footer(marks: Marks, words: LayoutWords) -> bool:
    """A signature line: its fields (填表人:, 审核人:) or what stands behind them fill the row."""
    if not words.footer(marks[0].text) or (len(marks) > 1 and marks[0].kind != "text"):
        return False
    hits = sum(words.footer(mark.text) for mark in marks)
    return len(marks) <= 2 or hits * 2 >= len(marks) - 1


def is_meta(marks: Marks, words: LayoutWords) -> bool:
    """A row of the head: 填报单位:, 表号:, 单位:万元, a date."""
    if not any(words.meta(mark.text) and (mark.kind == "text" or len(marks) == 1) for mark in marks):
        return False
    hits = sum(words.meta(mark.text) or mark.kind in ("period", "date") for mark in marks)
    if any(mark.kind == "number" and not is_year(mark) for mark in marks) and hits * 2 < len(marks):
        return False
    return hits * 2 >= len(marks) or len(marks) <= 3


def ends_table(marks: Marks, words: LayoutWords) -> bool:
    """A row after which a table does not go on without a new header: a note, a footer, the head of a sheet."""
    return is_note(marks, words) or is_footer(marks, words) or is_meta(marks, words)


def is_example(marks: Marks, words: LayoutWords) -> bool:
    """A line that only shows how to fill the form: one of its first three texts begins with 例: or is 示例."""
    return any(words.example(mark.text) for mark in marks[:3] if mark.kind == "text")


def is_unit_row(marks: Marks, words: LayoutWords) -> bool:
    """A row of units of measure: 人 元 小时 (%); a label such as 计量单位 may stand first."""
    hits = [mark for mark in marks if words.unit(mark.text) or words.unit(mark.text.strip("()[]【】"))]
    others = [mark for mark in marks if mark not in hits and mark.kind != "empty"]
    if not hits or any(mark.kind in ("number", "date") for mark in others):
        return False
    labelled = len(others) == 1 and others[0] is marks[0] and others[0].text in ("单位", "计量单位")
    return (len(hits) >= 2 or labelled) and (not others or labelled or len(hits) >= 4 * len(others))


def is_number_row(marks: Marks, words: LayoutWords) -> bool:
    """A row that numbers the columns: 甲 乙 1 2 3, (1) (2), 1栏, 3=1+2, 栏次 1 2.

    Numbers begin with 0 or 1, unless a label such as 栏次 says what they are: beside another table they go on.
    """
    rest = marks[1:] if words.number_label(marks[0].text) else marks
    stubs = [mark for mark in rest if words.number_stub(mark.text) or mark.kind == "empty"]
    numbers = [mark for mark in rest if words.number_value(mark.text)]
    if len(stubs) + len(numbers) < len(rest) or not numbers:
        return False
    found = [_DIGITS.search(mark.text) for mark in numbers]
    values = [int(match.group()) for match in found if match]
    if values != list(range(values[0], values[0] + len(values))) if values else True:
        return False
    labelled = len(rest) < len(marks)
    return labelled or (values[0] in (0, 1) and (len(values) >= 3 or bool(stubs)))


def is_auxiliary(marks: Marks, words: LayoutWords) -> bool:
    """A row of units of measure or of column numbers; where tables stand beside each other, one of them for each."""
    blocks: list[list[Mark]] = []
    for mark in marks:
        if blocks and mark.column == blocks[-1][-1].last_column + 1:
            blocks[-1].append(mark)
        else:
            blocks.append([mark])
    if is_unit_row(marks, words) or is_number_row(marks, words):
        return True
    return len(blocks) > 1 and all(is_unit_row(block, words) or is_number_row(block, words) for block in blocks)


def total_label(marks: Marks, words: LayoutWords, label_columns: int) -> Mark | None:
    """The mark that makes the row a total: a total word among the texts before the first value, if any.

    `label_columns` is the last column in which a label may stand.
    """
    for index, mark in enumerate(marks):
        if mark.column > label_columns and not (index == 1 and marks[0].kind == "number" and mark.kind == "text"):
            return None
        if mark.kind in ("number", "date") and index > 0:
            return None
        if mark.kind == "text" and words.is_total(mark.text):
            return mark
    return None
