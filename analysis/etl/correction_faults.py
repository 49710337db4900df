"""Does every answer (`corrections.csv`) still fit the file that it is about? What does not stops the run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from analysis.etl.asking import MASK
from analysis.intake.privacy_numbers import number_kinds
from analysis.records import Fact, FileResult, Query, Sheet, Workbook, split_address
from analysis.reference import Correction, Fault
from analysis.reference.cells import parse_day, parse_number

_COUNTING = ("accepted", "quarantined")
_BLANKS = re.compile(r"\s+")
Complaint = tuple[str, str, str, str]
Place = tuple[str, str]


def find_faults(
    before: FileResult, after: FileResult, workbook: Workbook, answers: Sequence[Correction], year: int
) -> list[Fault]:
    """One fault for each thing that is wrong with the answers about one file.

    `before` and `after` are what the file gives without and with them; answers without a cell are left to whoever
    sees the questions of the whole year.
    """
    return [
        corrections_fault(year, entry, *complaint)
        for entry in answers
        for complaint in _complaints(entry, before, after, workbook)
    ]


def corrections_fault(year: int, entry: Correction, found: str, expected: str, remedy: str, english: str) -> Fault:
    """A fault of one line of `corrections.csv`."""
    place = " ".join(part for part in (entry.file, entry.sheet, entry.cell) if part)
    path = f"reference/{year}/corrections.csv"
    return Fault(path, entry.line, f"{place}:{found}", expected, remedy, f"{place}: {english}")


def _complaints(entry: Correction, before: FileResult, after: FileResult, workbook: Workbook) -> Iterator[Complaint]:
    if any(number_kinds(text) for text in (entry.expected, entry.new_value, entry.reason, entry.by_whom)):
        yield ("含有个人信息(证件、电话或卡号)", "不含个人信息的文字", "删去,只写业务内容",
               "holds personal data; take it out")  # fmt: skip
    if not entry.cell:
        return
    sheet = next((sheet for sheet in workbook.sheets if sheet.name.strip() == entry.sheet), None)
    if sheet is None:
        names = "、".join(sheet.name for sheet in workbook.sheets) or before.submission.rule or "—"
        yield f"没有工作表“{entry.sheet}”", names, "更正 sheet", f"no sheet {entry.sheet!r}"
        return
    place = (sheet.name, entry.cell)
    texts = stands_there(sheet, entry.cell, before.facts, before.queries)
    if not any(same_text(entry.expected, text) for text in texts):
        yield (f"现为“{texts[0]}”", f"写答复时的“{entry.expected}”", "核对报表是否已重报,再改或删去本行",
               f"now holds {texts[0]!r}, the answer expects {entry.expected!r}; was the return sent again?")  # fmt: skip
        return
    if before.submission.state in _COUNTING:
        yield from _effect(entry, place, before, after)


def stands_there(sheet: Sheet, cell: str, facts: Iterable[Fact], queries: Iterable[Query]) -> list[str]:
    """The texts that a person may know the cell by: as shown in `raw`, and as received; a blank is empty."""
    shown = [fact.raw for fact in facts if (fact.sheet, fact.cell) == (sheet.name, cell)]
    place = split_address(cell)
    span = sheet.merge_at(*place)
    anchor = sheet.text(span.first_row, span.first_column) if span else ""
    own = sheet.text(*place)
    if MASK in shown:
        return [MASK, own]
    asked = [query.raw for query in queries if (query.sheet, query.cell) == (sheet.name, cell)]
    return [
        *([own] if own or not shown else []),
        *shown,
        *([anchor] if anchor else []),
        *(raw for raw in asked if raw == own),
    ]


def same_text(expected: str, found: str) -> bool:
    """Whether two texts are the same, blanks and what a spreadsheet makes of numbers and dates left aside."""
    one, other = (_BLANKS.sub(" ", text.lstrip("'")).strip() for text in (expected, found))
    return one == other or _same_by(parse_number, one, other) or _same_by(parse_day, one, other)


def _same_by(parse: object, one: str, other: str) -> bool:
    assert callable(parse)
    try:
        return bool(parse(one) == parse(other))
    except ValueError:
        return False


def _effect(entry: Correction, place: Place, before: FileResult, after: FileResult) -> Iterator[Complaint]:
    """What an answer that finds its cell does not achieve there."""
    facts = [fact for fact in after.facts if (fact.sheet, fact.cell) == place]
    asked = [query for query in before.queries if (query.sheet, query.cell) == place and query.state == "open"]
    still = [query for query in after.queries if (query.sheet, query.cell) == place and query.state == "open"]
    fields = sorted({_code(fact) for fact in facts} | {query.field for query in asked if query.field})
    named = [fact for fact in facts if entry.field in ("", _code(fact))]
    if entry.action == "keep":
        yield from _not_dropped(asked, still)
    elif entry.action == "reject":
        yield from _not_rejected(named, asked, [query for query in after.queries if (query.sheet, query.cell) == place])
    elif entry.field and fields and entry.field not in fields:
        yield (f"字段“{entry.field}”不在此单元格", "、".join(fields), "更正 field",
               f"the cell holds {', '.join(fields)}")  # fmt: skip
    elif len({_code(fact) for fact in named}) > 1:
        yield ("一格有多个字段", f"在 field 列写明:{'、'.join(fields)}", "补填 field",
               f"the cell holds several fields; name one of {', '.join(fields)}")  # fmt: skip
    elif not named and not asked:
        yield _nothing_here(place, before)
    elif named and not all(fact.status in ("confirmed", "not_applicable") for fact in named):
        yield _not_read(entry, named[0])
    elif not named and still:
        yield _total_differs(entry, still[0])


def _nothing_here(place: Place, before: FileResult) -> Complaint:
    row = next((row for row in before.ledger if (row.sheet, row.cell) == place), None)
    role = f"{row.role} {row.rule or ''}".strip() if row else "blank"
    return (f"此处没有数据或问题({role})", "有数据或待答问题的单元格", "更正 sheet、cell",
            f"no field and no question of ours stands here ({role})")  # fmt: skip


def _not_read(entry: Correction, fact: Fact) -> Complaint:
    if entry.action == "confirm" and not entry.new_value:
        return (f"“{fact.raw}”没有可以确认的值", "单位所报的确切值", "改用 set 并填 new_value",
                f"there is no single value in {fact.raw!r} to confirm; use set")  # fmt: skip
    return (f"new_value“{entry.new_value}”不能作为字段 {_code(fact)} 读取", "该字段的确切值;合并多行的数字逐行用分号分开",
            "更正 new_value",
            f"new_value {entry.new_value!r} does not read as {_code(fact)} without doubt (one value per line)")  # fmt: skip


def _total_differs(entry: Correction, query: Query) -> Complaint:
    return (f"答复后 {query.rule} 的问题仍在", "各行之和,或更正各行的数", "更正 new_value,或改为更正各行",
            f"the question {query.rule} still stands after action {entry.action}")  # fmt: skip


def _not_dropped(asked: Sequence[Query], still: Sequence[Query]) -> Iterator[Complaint]:
    drops = [query for query in asked if query.treatment == "DROP"]
    if not drops or any(query.treatment == "DROP" for query in still):
        yield ("此处没有被剔除的行", "queries 中 DROP 一行的单元格", "更正 cell;确认数值请用 confirm",
               "no dropped line starts here; to confirm a value use confirm")  # fmt: skip


def _not_rejected(facts: Sequence[Fact], asked: Sequence[Query], now: Sequence[Query]) -> Iterator[Complaint]:
    answered = bool(asked) and all(query.state != "open" for query in now)
    dropped = any((query.treatment, query.state) == ("DROP", "answered") for query in now)
    if not answered and not dropped and not any(fact.status == "rejected" for fact in facts):
        yield ("不能判定要剔除哪一行", "清单中一行的首个单元格", "更正 cell;单个数值请用 set 或 not_applicable",
               "no single line of a list is meant; for one value use set or not_applicable")  # fmt: skip


def _code(fact: Fact) -> str:
    return f"{fact.item}.{fact.measure}" if fact.item else fact.measure
