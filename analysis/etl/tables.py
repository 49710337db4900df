"""Records -> tables: the facts, queries, ledger and submissions of a year as data frames in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from analysis.records import Fact, FileResult, LedgerRow, Query, Submission, column_names, split_address


def record_table(records: Iterable[Any], record: type) -> pd.DataFrame:
    """One row per record, one column per field, in the order given; empty with its columns when there is none."""
    names = column_names(record)
    return pd.DataFrame([[getattr(entry, name) for name in names] for entry in records], columns=names)


def file_tables(
    results: Sequence[FileResult], facts: Sequence[Fact], queries: Sequence[Query]
) -> dict[str, pd.DataFrame]:
    """The tables `submissions`, `facts`, `queries` and `ledger` of a year.

    Rows stand in the order of file, sheet as in the file, and cell; the same inputs give the same order whatever
    the machine or the number of jobs.
    """
    sheets = {
        (result.submission.file, row.sheet): position
        for result in results
        for position, row in enumerate(result.ledger)
    }
    submissions = sorted((result.submission for result in results), key=lambda entry: entry.file)
    ledger = [row for result in results for row in result.ledger]
    return {
        "submissions": record_table(submissions, Submission),
        "facts": record_table(sorted(facts, key=lambda fact: _fact_key(fact, sheets)), Fact),
        "queries": record_table(sorted(queries, key=lambda query: _query_key(query, sheets)), Query),
        "ledger": record_table(ledger, LedgerRow),
    }


def _fact_key(fact: Fact, sheets: dict[tuple[str, str], int]) -> tuple[Any, ...]:
    row, column = split_address(fact.cell)
    return fact.file, sheets.get((fact.file, fact.sheet), 0), row, column, fact.row, fact.item, fact.measure


def _query_key(query: Query, sheets: dict[tuple[str, str], int]) -> tuple[Any, ...]:
    row, column = split_address(query.cell)
    return query.file, sheets.get((query.file, query.sheet), 0), row, column, query.rule, query.query_id
