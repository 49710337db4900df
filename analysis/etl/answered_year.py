"""The questions of a year with a person's answers: nothing that was asked disappears, it becomes `answered`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from analysis.etl.answered import KEEP_ONLY, settle
from analysis.etl.correction_faults import corrections_fault
from analysis.records import Fact, FileResult, Query
from analysis.reference import Correction, Reference

_COUNTING = ("accepted", "quarantined")
Place = tuple[str, str, str, int, str, str]


class CorrectionFault(Exception):
    """Answers of `corrections.csv` do not fit the returns; one line each: file, line, what is there, what to do."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__("\n".join(lines))


def corrections_of(results: Sequence[FileResult], reference: Reference) -> dict[str, tuple[Correction, ...]]:
    """The answers about files that are there."""
    files = {result.submission.file for result in results}
    return {file: entries for file, entries in reference.corrections.items() if file in files}


def warnings_of(results: Sequence[FileResult], reference: Reference) -> list[str]:
    """One line per answer about a file that is not there, or that does not count."""
    states = {result.submission.file: result.submission.state for result in results}
    lines = []
    for entry in (entry for entries in reference.corrections.values() for entry in entries):
        where = f"reference/{reference.year}/corrections.csv:{entry.line}: {entry.file}"
        state = states.get(entry.file)
        if state is None:
            lines.append(f"{where}:raw/{reference.year} 中没有此文件,本行未用 | no such file; the line is not used")
        elif state not in _COUNTING:
            lines.append(f"{where}:此文件未采用({state}),本行不起作用 | the file does not count ({state})")
    return lines


def settle_year(
    facts: Sequence[Fact],
    queries: Sequence[Query],
    before: Sequence[Fact],
    asked: Sequence[Query],
    corrections: dict[str, tuple[Correction, ...]],
    year: int,
) -> tuple[list[Fact], list[Query]]:
    """Facts and queries of the year with the answers; `before` and `asked` are those without them.

    A question that is no longer asked because of the answers stays in the table, `answered`; a confirmed fact has
    the rule that had asked. Raises CorrectionFault when an answer about a file names no question.
    """
    lost = [fault for entries in corrections.values() for entry in entries for fault in _unfounded(entry, asked, year)]
    if lost:
        raise CorrectionFault(lost)
    open_before = {query.query_id: query for query in asked if query.state == "open"}
    now = {query.query_id for query in queries}
    gone = [replace(query, state="answered") for key, query in open_before.items() if key not in now]
    rules = {_place(fact): fact.rule for fact in before if fact.status == "queried"}
    ruled = [
        replace(fact, rule=rules.get(_place(fact), fact.rule)) if fact.status == "confirmed" else fact for fact in facts
    ]
    return ruled, [*_settled(queries, ruled, corrections), *gone]


def _place(fact: Fact) -> Place:
    return fact.file, fact.sheet, fact.cell, fact.row, fact.item, fact.measure


def _settled(
    queries: Sequence[Query], facts: Sequence[Fact], corrections: dict[str, tuple[Correction, ...]]
) -> list[Query]:
    """Questions that only the whole year raises, settled by an answer that names them."""
    by_file: dict[str, list[Fact]] = {}
    for fact in facts:
        by_file.setdefault(fact.file, []).append(fact)
    settled: list[Query] = []
    for query in queries:
        named = [entry for entry in corrections.get(query.file, ()) if entry.query_id == query.query_id]
        settled += settle([query], by_file.get(query.file, []), [entry for entry in named if entry.action != "set"])
    return settled


def _unfounded(entry: Correction, asked: Sequence[Query], year: int) -> list[str]:
    """The fault of an answer without a cell that no open question of the year bears out."""
    if entry.cell:
        return []
    query = next((query for query in asked if (query.file, query.query_id) == (entry.file, entry.query_id)), None)
    if query is None or query.state != "open":
        complaint = ("没有编号为 " + entry.query_id + " 的待答问题", "queries 中 open 的问题", "核对报表是否已重报,再改或删去本行",
                     f"no open question {entry.query_id}; was the return sent again?")  # fmt: skip
    elif query.treatment == "BACK":
        complaint = ("该问题要求退回重报", "单位重报的文件", "请单位重报,并删去本行",
                     "the question asks for the return to be sent again")  # fmt: skip
    elif (query.rule in KEEP_ONLY) != (entry.action == "keep"):
        complaint = (f"对 {query.rule} 的问题写了 {entry.action}", "keep(以此为准)只用于 M13、M14,其余用 confirm", "更正 action",
                     f"action {entry.action} is no answer to {query.rule}; keep is for M13 and M14, confirm for others")  # fmt: skip
    else:
        return []
    return [str(corrections_fault(year, entry, *complaint))]
