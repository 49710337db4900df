"""What a file gives with a person's answers: which questions they settle, and which answers do not fit the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.etl.asking import Asker, query_id
from analysis.etl.correction_faults import find_faults
from analysis.records import Fact, FileResult, Query, Workbook
from analysis.reference import Correction

_BY_VALUE = ("set", "not_applicable")


def with_answers(
    before: FileResult, after: FileResult, workbook: Workbook, answers: Sequence[Correction], year: int
) -> FileResult:
    """The file after the answers, with what it gave before them and the faults of the answers.

    `workbook` is the file as read, with personal data masked.
    """
    queries = settle(after.queries, after.facts, answers)
    settled = replace(after, queries=_sheets_decided(before.queries, queries, answers))
    faults = find_faults(before, settled, workbook, answers, year)
    return replace(settled, unanswered=before, faults=tuple(str(fault) for fault in faults))


def _sheets_decided(
    before: Sequence[Query], queries: Sequence[Query], answers: Sequence[Correction]
) -> tuple[Query, ...]:
    """The queries with those `answered` that ask about other sheets of a form of which one was named (M14)."""
    kept = {entry.query_id for entry in answers if entry.action == "keep" and not entry.cell}
    forms = {query.form for query in before if query.rule == "M14" and query.query_id in kept}
    return tuple(
        replace(query, state="answered")
        if query.rule == "M14" and query.state == "open" and query.form in forms
        else query
        for query in queries
    )


def settle(queries: Sequence[Query], facts: Sequence[Fact], answers: Sequence[Correction]) -> tuple[Query, ...]:
    """The queries with those `answered` that a person's words settle though nothing in the data changes.

    A question is settled by an answer about its cell, or by one that names it; not while the value is still out, not
    when it is about personal data (unless named), and never when the file has to be sent again.
    """
    return tuple(
        replace(query, state="answered")
        if query.state == "open" and any(_settles(entry, query, facts) for entry in answers)
        else query
        for query in queries
    )


def _settles(entry: Correction, query: Query, facts: Sequence[Fact]) -> bool:
    if query.treatment == "BACK" or entry.action == "keep":
        return False
    if not entry.cell:
        return entry.query_id == query.query_id and query.rule not in KEEP_ONLY
    if (entry.sheet, entry.cell) != (query.sheet.strip(), query.cell):
        return False
    if entry.field and query.field and entry.field != query.field:
        return False
    if query.treatment == "QUAR" and entry.query_id != query.query_id:
        return False
    here = [fact for fact in facts if (fact.sheet, fact.cell) == (query.sheet, query.cell)]
    if any(fact.status == "queried" for fact in here):
        return False
    return entry.action not in _BY_VALUE or (query.treatment == "ASK" and bool(here))


KEEP_ONLY = ("M13", "M14")
"""Rules that ask which of several files or sheets counts: only `keep` on one of them is an answer."""


def says_keep(asker: Asker, rule: str, sheet: str = "") -> bool:
    """Whether a person said that this file, or this sheet of it, is the one that counts."""
    wanted = query_id(asker.sha256, sheet, None, rule)
    answers = asker.reference.corrections.get(asker.file, ())
    return any(entry.action == "keep" and not entry.cell and entry.query_id == wanted for entry in answers)
