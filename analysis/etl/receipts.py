"""When a file was received, what that means for it, and whether it came in time (M77)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from dataclasses import replace

from analysis.etl.asking import Asker
from analysis.records import FileResult, Query
from analysis.reference import Reference

COUNTING = ("accepted", "quarantined")
_MEMBER = "!"


def received_at(file: str, reference: Reference) -> dt.datetime | None:
    """When a file was received, or the archive that it lay in; null when `received.csv` does not say."""
    name = _listed(file, reference.received)
    return reference.received[name] if name else None


def _listed(file: str, known: Container[str]) -> str:
    """The name under which a file, or the archive around it, is listed; empty when it is not."""
    parts = file.split(_MEMBER)
    labels = (_MEMBER.join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((label for label in labels if label in known), "")


def asker_of(result: FileResult, reference: Reference) -> Asker:
    """Who asks about a file that was cleaned already."""
    submission = result.submission
    return Asker(reference, submission.file, submission.sha256, submission.unit_code)


def with_queries(result: FileResult, *queries: Query) -> FileResult:
    """The file with further queries."""
    return replace(result, queries=(*result.queries, *queries))


def judge_time(result: FileResult, reference: Reference) -> FileResult:
    """The file after its time of receipt was looked at.

    After the deadline it is accepted and noted as late. After the data freeze it counts only when `received.csv`
    names who approved it (`approved_by`); else it is sent back.
    """
    received = received_at(result.submission.file, reference)
    if received is None or result.submission.state not in COUNTING or received.date() <= reference.deadline:
        return result
    asker = asker_of(result, reference)
    day = received.date()
    if day <= reference.freeze_on or _listed(result.submission.file, reference.approved):
        return with_queries(result, asker.ask("M77", treatment="NOTE", detail=f"{day} > {reference.deadline}"))
    detail = f"{day} > {reference.freeze_on}"
    back = asker.ask("M77", "after_freeze", treatment="BACK", detail=detail)
    submission = replace(result.submission, state="returned", rule="M77", detail=detail, forms="")
    kept = (query for query in result.queries if query.treatment == "QUAR")
    return FileResult(submission, queries=(*kept, back))
