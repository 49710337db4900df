"""Where on a sheet the headers are: the first one, and those of tables below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.etl.layout_body import Body, is_break, look_below, look_until_gap
from analysis.etl.layout_grid import Marks, View
from analysis.etl.layout_header import Header
from analysis.etl.layout_rows import is_footer, is_meta, is_note, plain_values, total_label
from analysis.etl.layout_score import ACCEPTED, header_at

_MOST_TRIED = 400  # rows tried for a header
_MOST_MARKS = 10_000  # marks in them
_NEAR = 8  # rows below a header in which a better one is looked for
_PAGE = 200  # rows that a page may have
_BETTER_INSIDE, _BETTER_BELOW = 0.1, 0.05
_IN_DOUBT = 0.65  # score of a header that follows a line of data directly, or that nothing follows


@dataclass(frozen=True)
class Segment:
    """One table with what belongs to it: rows of its head, its header, and the last row before the next table."""

    title_rows: tuple[int, ...]
    header: Header
    last_row: int


def first_header(view: View) -> tuple[Header | None, float]:
    """The first header that is accepted, and the best score seen."""
    best: Header | None = None
    seen = 0.0
    tried, weighed = 0, 0
    for row in view.rows:
        if tried >= _MOST_TRIED or weighed >= _MOST_MARKS or (best and _is_past(view, best, row)):
            break
        candidate = header_at(view, row)
        if candidate is None:
            continue
        tried, weighed = tried + 1, weighed + len(view.marks(row))
        seen = max(seen, candidate.score)
        if candidate.score >= ACCEPTED and (best is None or _is_better(candidate, best)):
            best = candidate
    return best, seen


def _is_past(view: View, best: Header, row: int) -> bool:
    if row <= best.last_row:
        return False
    between = [other for other in view.between(best.last_row + 1, row) if len(view.marks(other)) > 1]
    return len(between) > 2 or row > best.last_row + _NEAR or bool(plain_values(view.marks(row), view.first_column))


def _is_better(candidate: Header, best: Header) -> bool:
    margin = _BETTER_INSIDE if candidate.first_row <= best.last_row else _BETTER_BELOW
    return candidate.score > best.score + margin


def is_repeat(marks: Marks, header: Header) -> bool:
    """Whether a row says again what a tier of the header says, in the same columns."""
    if len(marks) < 2:
        return False
    same = sum(mark.text in header.keys.get(mark.column, ()) for mark in marks)
    return same * 5 >= len(marks) * 4


def _against(marks: Marks, body: Body) -> float:
    """Share of the texts of a row that stand where the lines above have numbers, or nothing."""
    texts = [mark for mark in marks if mark.kind == "text"]
    strange = sum(body.is_value_column(mark.column) or not body.filled[mark.column] for mark in texts)
    return strange / len(texts) if texts else 0.0


def _next_header(view: View, current: Header) -> Header | None:
    body = look_until_gap(view, current.last_row)
    tried = 0
    for row in view.below(current.last_row):
        marks = view.marks(row)
        if len(marks) < 2 or plain_values(marks, view.first_column):
            continue
        if is_repeat(marks, current):
            if not starts_anew(view, current, row):
                continue
        elif not _looks_new(view, marks, body, row):
            continue
        found = header_at(view, row) if tried < _MOST_TRIED else None
        tried += 1
        if found is None:
            continue
        certain = is_break(view, row) and look_below(view, found.last_row).rows
        if found.score >= (ACCEPTED if certain else _IN_DOUBT):
            return found
    return None


def _looks_new(view: View, marks: Marks, body: Body, row: int) -> bool:
    words = view.words
    known = sum(words.names_column(mark.text) and not words.header_value(mark.text) for mark in marks) * 2 >= len(marks)
    against = _against(marks, body)
    if is_break(view, row):
        texts = [mark.text for mark in marks]
        return known or (len(set(texts)) == len(texts) and (against >= 0.5 or _is_headed(view, marks, row)))
    return known and (against >= 0.5 or view.words.serial(marks[0].text))


def _is_headed(view: View, marks: Marks, row: int) -> bool:
    """Whether the row has merged names, or a title stands right above it."""
    above = view.marks(row - 1)
    if any(mark.width > 1 or mark.tall for mark in marks):
        return True
    return bool(above) and ((len(above) == 1 and above[0].kind == "text") or is_meta(above, view.words))


def _serial(view: View, header: Header, rows: tuple[int, ...]) -> float | None:
    """The first serial number found in the rows, taken in their order."""
    column, _ = header.columns
    if not view.words.serial(header.leaf(column)):
        return None
    for row in rows:
        first = view.marks(row)[0]
        if first.column == column and first.kind == "number" and first.value is not None:
            return first.value
    return None


def starts_anew(view: View, header: Header, row: int) -> bool:
    """Whether a header that is said again begins another table, rather than another page of the same one."""
    before = view.between(max(header.last_row + 1, row - _PAGE), row - 1)[::-1]
    last, following = _serial(view, header, before), _serial(view, header, view.between(row + 1, row + _NEAR))
    if last is not None and following is not None:
        return following != last + 1
    heads = {mark.text for above in view.between(1, header.first_row - 1) for mark in view.marks(above)}
    titles: set[str] = set()
    ended = False
    for above in before[:_NEAR]:
        marks = view.marks(above)
        if any(view.words.continued(mark.text) for mark in marks):
            return False
        if len(marks) == 1 and view.words.page(marks[0].text):
            break
        total = total_label(marks, view.words, view.last_column)
        if is_note(marks, view.words) or is_footer(marks, view.words) or total:
            ended = True
        elif len(marks) == 1 or is_meta(marks, view.words):
            titles.add(marks[0].text)
        else:
            break
    heads = {
        mark.text
        for above in view.between(header.first_row - _NEAR, header.first_row - 1)
        for mark in view.marks(above)
    }
    return bool(titles - heads) or (ended and not titles)


def _is_head(view: View, row: int) -> bool:
    """Whether a row can stand above a header: a single text, a name with its value (制表人: | 王一), or meta."""
    marks = view.marks(row)
    if not marks or is_note(marks, view.words) or is_footer(marks, view.words):
        return False
    if total_label(marks, view.words, view.last_column):
        return False
    if len(marks) == 2 and marks[0].kind == "text" and marks[0].text.endswith(":"):
        return True
    return (len(marks) == 1 and marks[0].kind not in ("number", "empty")) or is_meta(marks, view.words)


def _title_rows(view: View, after: int, header: Header) -> tuple[int, ...]:
    """Rows above a header that belong to it.

    Single texts and meta rows right above it, and across blank rows those that stand alone.
    """
    taken: list[int] = []
    expected = None
    for row in reversed(view.between(after + 1, header.first_row - 1)):
        apart = taken and row != expected
        if not _is_head(view, row) or (apart and view.marks(row - 1)):
            break
        taken.append(row)
        expected = row - 1
    return tuple(reversed(taken))


def segments(view: View, header: Header) -> Iterator[Segment]:
    """The tables of a view from top to bottom. `header` is that of the first."""
    titles = view.between(1, header.first_row - 1)
    if sum(not _is_head(view, row) and len(view.marks(row)) > 1 for row in titles) > 2:
        titles = _title_rows(view, 0, header)  # above them stands a grid that is none of its business
    while True:
        following = _next_header(view, header)
        if following is None:
            yield Segment(titles, header, max([header.last_row, *view.rows[-1:]]))
            return
        next_titles = _title_rows(view, header.last_row, following)
        begin = next_titles[0] if next_titles else following.first_row
        yield Segment(titles, header, begin - 1)
        header, titles = following, next_titles
