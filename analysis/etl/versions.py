"""Which of several files of a unit count: decided per unit and form by the time of receipt (decisions 7, 8; M13)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from analysis.etl.changed_cells import changed_cells
from analysis.etl.receipts import COUNTING, asker_of, judge_time, received_at, with_queries
from analysis.records import FileResult, Query, State
from analysis.reference import Reference

Reason = Literal["unknown_time", "older", "blank"]
_WORST_FIRST: tuple[Reason, ...] = ("unknown_time", "older", "blank")
_DOUBTFUL_SENDER = "M12"
_EMPTY_FORM = "M16"


@dataclass(frozen=True, slots=True)
class _Loss:
    """Why a form of a file does not count; `winner` is the file whose version does, if any."""

    reason: Reason
    winner: str = ""


Losses = dict[str, dict[str, _Loss]]


def choose_versions(results: Iterable[FileResult], reference: Reference) -> list[FileResult]:
    """The same files in order of name, with what does not count taken out of facts, queries and ledger.

    Identical files count once; of different versions of a form the latest received counts, and what it changed is
    told. Where a time of receipt is missing in `received.csv`, or two came at the same time, none of the versions
    counts and the unit is asked. A form left blank gives way to one that is filled in, and a file whose sender is in
    doubt to one whose sender is not.
    """
    files = _skip_identical(sorted(results, key=lambda result: result.submission.file), reference)
    files = [judge_time(result, reference) for result in files]
    losses: Losses = {}
    changes: dict[str, list[Query]] = {}
    for (_, form), rivals in _rivals(files).items():
        winner, previous = _decide(form, rivals, losses, reference)
        if winner and previous:
            changes.setdefault(winner.submission.file, []).extend(_changes(form, previous, winner, reference))
    _forget_refusals(files, losses, reference)
    chosen = [_without(result, losses.get(result.submission.file, {}), reference) for result in files]
    return [with_queries(result, *_once(changes.get(result.submission.file, ()))) for result in chosen]


def _rivals(files: Sequence[FileResult]) -> Mapping[tuple[str, str], list[FileResult]]:
    rivals: dict[tuple[str, str], list[FileResult]] = {}
    for result in files:
        submission = result.submission
        if submission.state in COUNTING and submission.unit_code:
            for form in filter(None, submission.forms.split(";")):
                rivals.setdefault((submission.unit_code, form), []).append(result)
    return rivals


def _decide(
    form: str, rivals: Sequence[FileResult], losses: Losses, reference: Reference
) -> tuple[FileResult | None, FileResult | None]:
    """The version that counts and the one before it; what does not count is written into `losses`."""
    filled = [result for result in rivals if _says_something(result, form)]
    candidates = [result for result in filled if not _sender_doubtful(result)] or filled or list(rivals)
    times = {result.submission.file: received_at(result.submission.file, reference) for result in rivals}
    known = {file: time for file, time in times.items() if time is not None}
    latest = max(candidates, key=lambda r: (known.get(r.submission.file, dt.datetime.min), r.submission.file))
    moment = known.get(latest.submission.file)
    tied = sum(known.get(result.submission.file) == moment for result in candidates) > 1
    undecided = (
        len(candidates) > 1 and bool(filled) and (tied or any(r.submission.file not in known for r in candidates))
    )
    winner = "" if undecided else latest.submission.file
    for result in rivals:
        if result is latest and not undecided:
            continue
        blank = not _says_something(result, form)
        reason: Reason = "blank" if blank else "unknown_time" if undecided else "older"
        losses.setdefault(result.submission.file, {})[form] = _Loss(reason, winner)
    before = [r for r in candidates if r is not latest and r.submission.file in known and r in filled]
    previous = max(before, key=lambda r: (known[r.submission.file], r.submission.file), default=None)
    return (None, None) if undecided else (latest, previous)


def _says_something(result: FileResult, form: str) -> bool:
    """Whether a form has a value in the file, or is a nil return."""
    nil = any((q.rule, q.treatment, q.form) == (_EMPTY_FORM, "NOTE", form) for q in result.queries)
    return nil or any(fact.form == form for fact in result.facts)


def _sender_doubtful(result: FileResult) -> bool:
    return any((query.rule, query.treatment) == (_DOUBTFUL_SENDER, "ASK") for query in result.queries)


def _changes(form: str, old: FileResult, new: FileResult, reference: Reference) -> list[Query]:
    """One note per sheet on what the new version of a form changed."""
    said = changed_cells(*([fact for fact in result.facts if fact.form == form] for result in (old, new)))
    asker = asker_of(new, reference)
    return [
        asker.ask("M13", "changed", treatment="NOTE", form=form, sheet=sheet, raw=old.submission.file, detail=words)
        for sheet, words in said.items()
    ]


def _once(notes: Iterable[Query]) -> list[Query]:
    """The first note of each place; a second form on the same sheet would have the same id."""
    return list({note.query_id: note for note in reversed(list(notes))}.values())[::-1]


def _forget_refusals(files: Sequence[FileResult], losses: Losses, reference: Reference) -> None:
    """A form that was sent back counts as older where a version received later counts."""
    counting = _rivals(files)
    for result in files:
        submission = result.submission
        time = received_at(submission.file, reference)
        if submission.state not in COUNTING or time is None:
            continue
        refused = {query.form for query in result.queries if query.treatment == "BACK" and query.form}
        for form in refused - set(submission.forms.split(";")):
            for other in counting.get((submission.unit_code or "", form), ()):
                later = received_at(other.submission.file, reference)
                if later and later > time and form not in losses.get(other.submission.file, {}):
                    losses.setdefault(submission.file, {})[form] = _Loss("older", other.submission.file)


def _skip_identical(files: Sequence[FileResult], reference: Reference) -> list[FileResult]:
    """The files with those set aside whose bytes came before from the same unit; from two units, both are asked."""
    never = dt.datetime.max
    ordered = sorted(files, key=lambda r: (received_at(r.submission.file, reference) or never, r.submission.file))
    first: dict[tuple[str, str], str] = {}
    units: dict[str, set[str]] = {}
    for result in ordered:
        submission = result.submission
        if submission.state != "skipped" and submission.unit_code:
            first.setdefault((submission.sha256, submission.unit_code), submission.file)
            units.setdefault(submission.sha256, set()).add(submission.unit_code)
    kept = []
    for result in files:
        submission = result.submission
        original = first.get((submission.sha256, submission.unit_code or ""), submission.file)
        if submission.state == "skipped" or submission.unit_code is None:
            kept.append(result)
        elif original != submission.file:
            kept.append(_set_aside(result, original, reference))
        elif submission.state in COUNTING and len(units[submission.sha256]) > 1:
            kept.append(_of_two_units(result, units[submission.sha256], reference))
        else:
            kept.append(result)
    return kept


def _set_aside(result: FileResult, original: str, reference: Reference) -> FileResult:
    note = asker_of(result, reference).ask("M13", "same", treatment="NOTE", detail=original)
    submission = replace(result.submission, state="skipped", rule="M13", detail=original, forms="")
    return FileResult(submission, queries=(note,))


def _of_two_units(result: FileResult, units: set[str], reference: Reference) -> FileResult:
    others = "、".join(reference.unit(code).short_name for code in sorted(units - {result.submission.unit_code}))
    return with_queries(result, asker_of(result, reference).ask("M12", "same_content", treatment="ASK", detail=others))


def _without(result: FileResult, lost: Mapping[str, _Loss], reference: Reference) -> FileResult:
    """The file without the forms that another version of it holds; `superseded` when none is left."""
    if not lost:
        return result
    submission = result.submission
    left = [form for form in submission.forms.split(";") if form and form not in lost]
    told = _told(result, lost, reference)
    if not left:
        winners = sorted({loss.winner for loss in lost.values() if loss.winner})
        state: State = "superseded"
        detail = "、".join(winners) or "、".join(sorted(lost))
        personal = (query for query in result.queries if query.treatment == "QUAR")
        return FileResult(
            replace(submission, state=state, rule="M13", detail=detail, forms=""), queries=(*personal, told)
        )
    gone = {(fact.sheet, fact.cell) for fact in result.facts if fact.form in lost}
    ledger = tuple(
        replace(row, role="ignored", rule="M13") if row.role == "value" and (row.sheet, row.cell) in gone else row
        for row in result.ledger
    )
    return FileResult(
        replace(submission, forms=";".join(left)),
        tuple(fact for fact in result.facts if fact.form not in lost),
        (*(query for query in result.queries if query.form not in lost), told),
        ledger,
    )


def _told(result: FileResult, lost: Mapping[str, _Loss], reference: Reference) -> Query:
    """One query for a file about its forms that do not count, in the words of the worst reason among them."""
    asker = asker_of(result, reference)
    worst = next(reason for reason in _WORST_FIRST if any(loss.reason == reason for loss in lost.values()))
    forms = sorted(form for form, loss in lost.items() if loss.reason == worst)
    winners = "、".join(sorted({loss.winner for loss in lost.values() if loss.reason == worst and loss.winner}))
    form = forms[0] if len(lost) == 1 else None
    if worst == "unknown_time":
        return asker.ask("M13", "unknown_time", treatment="ASK", form=form, detail="、".join(forms))
    case = "blank" if worst == "blank" else ""
    return asker.ask("M13", case, treatment="NOTE", form=form, detail=f"{'、'.join(forms)}:{winners}")
