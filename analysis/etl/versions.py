"""Which of several files of a unit count: decided per unit and form by the time of receipt (decisions 7, 8; M13)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from analysis.etl.answered import says_keep
from analysis.etl.asking import Asker
from analysis.records import FileResult
from analysis.reference import Reference

_COUNTING = ("accepted", "quarantined")


def choose_versions(results: Iterable[FileResult], reference: Reference) -> list[FileResult]:
    """The same files in order of name, with what does not count taken out of facts, queries and ledger.

    Identical files count once; of different versions of a form the latest received counts. Where a time of
    receipt is missing in `received.csv`, none of the versions counts and the unit is asked.
    """
    files = _skip_identical(sorted(results, key=lambda result: result.submission.file), reference)
    files = [_note_late(result, reference) for result in files]
    losers: dict[str, dict[str, str]] = {}
    for (_, form), rivals in _rivals(files).items():
        times = [reference.received.get(result.submission.file) for result in rivals]
        if len(rivals) < 2:
            continue
        said = [result for result in rivals if _is_said(result, reference)]
        if len(said) == 1:
            for result in rivals:
                if result is not said[0]:
                    losers.setdefault(result.submission.file, {})[form] = said[0].submission.file
            continue
        if any(time is None for time in times):
            for result in rivals:
                losers.setdefault(result.submission.file, {})[form] = "unknown"
            continue
        latest = max(rivals, key=lambda r: (reference.received[r.submission.file], r.submission.file))
        for result in rivals:
            if result is not latest:
                losers.setdefault(result.submission.file, {})[form] = latest.submission.file
    return [_without(result, losers.get(result.submission.file, {}), reference) for result in files]


def _is_said(result: FileResult, reference: Reference) -> bool:
    """Whether a person said that this is the version that counts (`corrections.csv`)."""
    return says_keep(Asker(reference, result.submission.file, result.submission.sha256), "M13")


def _rivals(files: Sequence[FileResult]) -> Mapping[tuple[str, str], list[FileResult]]:
    rivals: dict[tuple[str, str], list[FileResult]] = {}
    for result in files:
        submission = result.submission
        if submission.state in _COUNTING and submission.unit_code:
            for form in filter(None, submission.forms.split(";")):
                rivals.setdefault((submission.unit_code, form), []).append(result)
    return rivals


def _skip_identical(files: Sequence[FileResult], reference: Reference) -> list[FileResult]:
    first: dict[str, str] = {}
    never = dt.datetime.max
    for result in sorted(files, key=lambda r: (reference.received.get(r.submission.file, never), r.submission.file)):
        if result.submission.state in _COUNTING:
            first.setdefault(result.submission.sha256, result.submission.file)
    kept = []
    for result in files:
        original = first.get(result.submission.sha256, result.submission.file)
        same = result.submission.state in _COUNTING and original != result.submission.file
        kept.append(_set_aside(result, "skipped", original) if same else result)
    return kept


def _set_aside(result: FileResult, state: str, original: str) -> FileResult:
    submission = replace(result.submission, state=state, rule="M13", detail=original, forms="")  # type: ignore[arg-type]
    return FileResult(submission)


def _note_late(result: FileResult, reference: Reference) -> FileResult:
    """M77: received after the deadline is accepted and flagged."""
    received = reference.received.get(result.submission.file)
    if received is None or received.date() <= reference.deadline or result.submission.state not in _COUNTING:
        return result
    asker = Asker(reference, result.submission.file, result.submission.sha256, result.submission.unit_code)
    late = asker.ask("M77", treatment="NOTE", detail=f"{received.date()} > {reference.deadline}")
    return replace(result, queries=(*result.queries, late))


def _without(result: FileResult, lost: Mapping[str, str], reference: Reference) -> FileResult:
    """The file without the forms that another version of it holds; `superseded` when none is left."""
    if not lost:
        return result
    submission = result.submission
    left = [form for form in submission.forms.split(";") if form not in lost]
    asker = Asker(reference, submission.file, submission.sha256, submission.unit_code)
    unknown = sorted(form for form, winner in lost.items() if winner == "unknown")
    winners = sorted({winner for winner in lost.values() if winner != "unknown"})
    told = [asker.ask("M13", treatment="NOTE", detail="、".join(winners))] if winners else []
    told = [asker.ask("M13", "unknown_time", treatment="ASK", detail="、".join(unknown))] if unknown else told
    if not left:
        detail = "、".join(winners) or "received.csv"
        return FileResult(
            replace(submission, state="superseded", rule="M13", detail=detail, forms=""), queries=tuple(told)
        )
    keep: Callable[[str | None], bool] = lambda form: form not in lost  # noqa: E731 - one predicate, used twice
    gone = {(fact.sheet, fact.cell) for fact in result.facts if not keep(fact.form)}
    ledger = tuple(
        replace(row, role="ignored", rule="M13") if row.role == "value" and (row.sheet, row.cell) in gone else row
        for row in result.ledger
    )
    return FileResult(
        replace(submission, forms=";".join(left)),
        tuple(fact for fact in result.facts if keep(fact.form)),
        (*(query for query in result.queries if keep(query.form)), *told),
        ledger,
    )
