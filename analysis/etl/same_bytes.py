"""Files of the same bytes from several senders: each keeps its own questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from analysis.etl.asking import query_id
from analysis.records import FileResult


def own_ids(results: Iterable[FileResult]) -> list[FileResult]:
    """The same files; of files with the same bytes all but the first by name have their name in the ids of queries.

    The id of a query is a hash of the bytes, not of the name: a locked file or an unreadable archive that two units
    send would otherwise give one question for both.
    """
    found = list(results)
    first: dict[str, str] = {}
    for name, sha256 in sorted((one.submission.file, one.submission.sha256) for one in found):
        first.setdefault(sha256, name)
    return [one if first[one.submission.sha256] == one.submission.file else _renamed(one) for one in found]


def _renamed(result: FileResult) -> FileResult:
    content = f"{result.submission.sha256}\x1f{result.submission.file}"
    queries = tuple(
        replace(query, query_id=query_id(content, query.sheet, query.cell, query.rule)) for query in result.queries
    )
    unanswered = _renamed(result.unanswered) if result.unanswered else None
    return replace(result, queries=queries, unanswered=unanswered)
