"""The steps of a year in order: files -> facts -> versions -> gates -> tables -> numbers -> `data/clean/<year>`."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.etl.answered_year import CorrectionFault, corrections_of, settle_year, warnings_of
from analysis.etl.clean_file import OUR_FAULT, FileTask, unreadable
from analysis.etl.clean_path import PathTask, clean_path
from analysis.etl.gate_units import gate_units
from analysis.etl.last_year import LastYear
from analysis.etl.personal import personal_words
from analysis.etl.receipts import receipts_without_file
from analysis.etl.same_bytes import own_ids
from analysis.etl.versions import choose_versions
from analysis.intake.inventory import FoundFile, list_files
from analysis.intake.privacy_paths import mask_keys, mask_paths
from analysis.intake.sandbox import Outcome, run_limited
from analysis.records import Fact, FileResult, Query
from analysis.reference import Reference, load_reference

if TYPE_CHECKING:
    import pandas as pd

SECONDS_PER_FILE = 60.0
MIB_PER_FILE = 700
Progress = Callable[[int, int], None]


def _shown(found: FoundFile, labels: Mapping[str, str]) -> FoundFile:
    return replace(found, path=labels[found.path])


@dataclass(frozen=True)
class Cleaned:
    """A year after all files were read: what each file gave, and the facts and queries after the gates."""

    reference: Reference
    results: tuple[FileResult, ...]
    facts: tuple[Fact, ...]
    queries: tuple[Query, ...]
    inputs: dict[str, str]
    faults: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class CleaningFault(Exception):
    """Our own program failed on files, which then count as not read; the text names each and what went wrong."""


def read_year(
    data_dir: Path,
    year: int,
    *,
    jobs: int = 1,
    last_year: LastYear | None = None,
    progress: Progress | None = None,
) -> Cleaned:
    """Every file of the year read in children, the versions chosen and the gates applied.

    Raises ReferenceFault or CorrectionFault when our own files are at fault; nothing in a return can stop it.
    """
    reference = load_reference(data_dir, year)
    words = personal_words(reference)
    files = list_files(data_dir / "raw" / str(year))
    labels = mask_paths((found.path for found in files), words)
    reference = replace(
        reference,
        received=mask_keys(reference.received, labels, words),
        corrections=mask_keys(reference.corrections, labels, words),
    )
    tasks = [PathTask(_shown(found, labels), reference) for found in files]
    faults: list[str] = []
    results = list(_results(tasks, jobs, progress, faults))
    wrong = [fault for result in results for fault in result.faults]
    if wrong:
        raise CorrectionFault(wrong)
    chosen, facts, queries = _judge(results, reference, last_year or LastYear())
    if reference.corrections:
        without = [result.unanswered or result for result in results]
        _, before, asked = _judge(without, replace(reference, corrections={}), last_year or LastYear())
        facts, queries = settle_year(facts, queries, before, asked, corrections_of(results, reference), year)
    inputs = {f"raw/{year}/{result.submission.file}": result.submission.sha256 for result in chosen}
    return Cleaned(
        reference, tuple(chosen), tuple(facts), tuple(queries), inputs | reference_inputs(data_dir, year), tuple(faults),
        (*warnings_of(results, reference), *receipts_without_file(_names(results), reference)),
    )  # fmt: skip


def _names(results: Sequence[FileResult]) -> list[str]:
    return [result.submission.file for result in results]


def _judge(
    results: Sequence[FileResult], reference: Reference, last_year: LastYear
) -> tuple[list[FileResult], list[Fact], list[Query]]:
    """The files with the versions chosen, and all facts and queries after the gates."""
    chosen = choose_versions(own_ids(results), reference)
    return chosen, *gate_units(chosen, reference, last_year)


def _results(
    tasks: Sequence[PathTask], jobs: int, progress: Progress | None, faults: list[str]
) -> Iterator[FileResult]:
    outcomes = run_limited(clean_path, tasks, jobs=jobs, seconds=SECONDS_PER_FILE, mib=MIB_PER_FILE)
    for done, outcome in enumerate(outcomes, start=1):
        if outcome.result is not None:
            yield from outcome.result
        else:
            yield _lost(outcome, faults)
        if progress:
            progress(done, len(tasks))


def _lost(outcome: Outcome[PathTask, tuple[FileResult, ...]], faults: list[str]) -> FileResult:
    """The row of a file whose child gave nothing: sent back, unless our own program failed on it."""
    task = outcome.task
    whole = FileTask(task.found.path, task.bytes(), task.reference)
    if not outcome.trace:
        return unreadable(whole, "unknown", outcome.problem or "M07", outcome.case, outcome.detail)
    told = fault_place(outcome.trace)
    faults.append(f"{task.found.path}: 本系统处理该文件时出错,该文件未读取,请联系维护人员 | our fault: {told}")
    detail = "our program failed on the file; the unit is not asked"
    return unreadable(whole, OUR_FAULT, outcome.problem or "M07", OUR_FAULT, detail)


def fault_place(trace: str) -> str:
    """Kind and place of a fault of our own, without its text, which may quote a cell."""
    places = re.findall(r'^ *File "(.+)", line (\d+), in (\w+)', trace, re.MULTILINE)
    kinds = re.findall(r"^([A-Za-z_][\w.]*)(?::|$)", trace, re.MULTILINE)
    file, line, function = places[-1] if places else ("", "", "")
    return f"{kinds[-1] if kinds else 'fault'} ({Path(file).name}:{line} {function})"


def reference_inputs(data_dir: Path, year: int) -> dict[str, str]:
    """sha256 of every reference file that can bear on the year, by its path below the data folder."""
    root = data_dir / "reference"
    files = [path for path in root.rglob("*") if path.is_file() and _bears_on(path.relative_to(root), year)]
    return {
        path.relative_to(data_dir).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)
    }


def _bears_on(path: Path, year: int) -> bool:
    first = path.parts[0]
    return not first.isdigit() or first == str(year)


def summary(cleaned: Cleaned, tables: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """What a run counted: files by state, facts by status, queries by treatment and state, rates by status."""
    submissions = Counter(result.submission.state for result in cleaned.results)
    facts = Counter(fact.status for fact in cleaned.facts)
    queries = Counter(f"{query.treatment} {query.state}" for query in cleaned.queries)
    rates = Counter(tables["rates"]["status"]) if "rates" in tables else Counter()
    return {name: dict(sorted(found.items())) for name, found in
            (("files", submissions), ("facts", facts), ("queries", queries), ("rates", rates))}  # fmt: skip
