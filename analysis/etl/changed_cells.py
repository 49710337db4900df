"""What a resubmission changed: cell by cell, old and new text (M13). What is masked stays masked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from analysis.records import Fact, split_address

Line = Sequence[Fact]
_MOST_CELLS = 12
_LONGEST_TEXT = 20


def changed_cells(old: Sequence[Fact], new: Sequence[Fact]) -> dict[str, str]:
    """Sheet of the new version -> its changes in words (`D7 “12”→“15”`), for sheets with a change.

    Lines are compared in order, so that an inserted line changes no other; what was not there shows as “”. A line
    that is gone is told with the place it had. Long lists are cut, with the number of cells left out.
    """
    home = new[0].sheet if new else old[0].sheet if old else ""
    by_sheet: dict[str, list[str]] = {}
    for before, after in _pairs(_lines(old), _lines(new)):
        for sheet, words in _differences(before, after):
            by_sheet.setdefault(sheet if any(fact.sheet == sheet for fact in new) else home, []).append(words)
    return {sheet: _cut(words) for sheet, words in by_sheet.items()}


def _lines(facts: Sequence[Fact]) -> list[Line]:
    """The facts by line in the order of the form; all facts without a line of their own are one line."""
    lines: dict[int, list[Fact]] = {}
    for fact in facts:
        lines.setdefault(fact.row, []).append(fact)
    return [lines[row] for row in sorted(lines)]


def _pairs(old: list[Line], new: list[Line]) -> Iterator[tuple[Line, Line]]:
    """Lines to be compared; one that has no counterpart is compared with nothing."""
    matcher = SequenceMatcher(None, [_content(line) for line in old], [_content(line) for line in new], autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        before, after = old[first:last], new[start:end]
        for place in range(max(len(before), len(after))):
            yield (before[place] if place < len(before) else ()), (after[place] if place < len(after) else ())


def _content(line: Line) -> tuple[tuple[str, str, str, str], ...]:
    return tuple(sorted((fact.item, fact.measure, fact.raw.strip(), _masked_text(fact)) for fact in line))


def _masked_text(fact: Fact) -> str:
    """What was understood, where the cell itself is masked."""
    return (fact.text or "") if "■" in fact.raw else ""


def _differences(before: Line, after: Line) -> Iterator[tuple[str, str]]:
    """Sheet and words of each field of a line that is not the same."""
    was = {(fact.item, fact.measure): fact for fact in before}
    now = {(fact.item, fact.measure): fact for fact in after}
    places = {key: now.get(key) or was[key] for key in {**was, **now}}
    for key, place in sorted(places.items(), key=lambda entry: split_address(entry[1].cell)):
        old, new = was.get(key), now.get(key)
        if old and new and _content((old,)) == _content((new,)):
            continue
        yield place.sheet, f"{place.cell} “{_short(old)}”→“{_short(new)}”"


def _short(fact: Fact | None) -> str:
    text = " ".join(fact.raw.split()) if fact else ""
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def _cut(words: list[str]) -> str:
    left = len(words) - _MOST_CELLS
    return "、".join(words[:_MOST_CELLS]) + (f"……(+{left})" if left > 0 else "")
