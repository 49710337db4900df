"""`check` and `inspect`: what we would ask of a return, and how we see the sheets of any workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from analysis.etl.clean_file import report_years_of, same_group_of
from analysis.etl.clean_path import PathTask, clean_path
from analysis.etl.gate_units import gate_units
from analysis.etl.inspection import inspect_workbook
from analysis.etl.last_year import LastYear
from analysis.etl.recognise import recognise_table
from analysis.etl.templates import build_templates
from analysis.intake.inventory import FoundFile
from analysis.intake.reader import read_workbook
from analysis.intake.sandbox import run_limited
from analysis.records import Sheet, Table, Workbook
from analysis.reference import Reference, load_reference, years_with_reference

SECONDS = 8.0
COUNTING = ("accepted", "quarantined")
MIB = 700


@dataclass(frozen=True, slots=True)
class OneFile:
    """A file that is looked at alone; `year` null takes the year written in it, else the newest we know."""

    path: Path
    data_dir: Path
    year: int | None


def check_files(files: Sequence[Path], data_dir: Path, year: int | None) -> list[dict[str, Any]]:
    """One answer per file (contract, section 3); raises ReferenceFault when our own files are at fault."""
    newest = _reference(data_dir, year)
    tasks = [OneFile(file.resolve(), data_dir, year) for file in files]
    answers = []
    for outcome in run_limited(check_one, tasks, jobs=1, seconds=SECONDS, mib=MIB):
        answers.append(outcome.result or _lost(outcome.task.path.name, outcome.problem, newest))
    return answers


def _lost(file: str, problem: str | None, reference: Reference) -> dict[str, Any]:
    rule = problem or "M07"
    return {"file": file, "state": "returned", "rule": rule, "unit_code": None, "forms": [], "facts": [], "queries": []}


def check_one(task: OneFile) -> dict[str, Any]:
    """The answer for one file, in a child: read, cleaned and gated as if it were the unit's only return.

    What the unit answered about a file of that name is left aside: we say what we would ask of this one.
    """
    data = task.path.read_bytes()
    reference = _reference(task.data_dir, task.year)
    if task.year is None:
        written = report_years_of(read_workbook(data, task.path.name), reference)
        known = [year for year in written if year in years_with_reference(task.data_dir)]
        if known and reference.year not in known:
            reference = load_reference(task.data_dir, known[-1])
    reference = replace(reference, corrections={})
    results = clean_path(PathTask(FoundFile(task.path.name, task.path), reference))
    facts, queries = gate_units(results, reference, LastYear())
    own = results[0].submission
    counting = [result.submission for result in results if result.submission.state in COUNTING]
    main = counting[0] if counting else own
    return {
        "file": own.file,
        "state": main.state,
        "rule": main.rule,
        "unit_code": main.unit_code,
        "forms": sorted({form for entry in counting for form in entry.forms.split(";") if form}),
        "facts": [asdict(fact) for fact in facts],
        "queries": [asdict(query) for query in queries],
    }


def inspect_files(files: Sequence[Path], data_dir: Path, year: int | None) -> list[dict[str, Any]]:
    """How we see the sheets of each file (contract, section 3)."""
    _reference(data_dir, year)
    tasks = [OneFile(file.resolve(), data_dir, year) for file in files]
    answers = []
    for outcome in run_limited(inspect_one, tasks, jobs=1, seconds=SECONDS, mib=MIB):
        lost = {"file": outcome.task.path.name, "problem": outcome.problem or "M07", "sheets": []}
        answers.append(outcome.result or lost)
    return answers


def inspect_one(task: OneFile) -> dict[str, Any]:
    """The structure of one workbook, in a child."""
    reference = _reference(task.data_dir, task.year)
    workbook: Workbook = read_workbook(task.path.read_bytes(), task.path.name)
    templates = build_templates(reference.fields)
    same_group = same_group_of(reference)

    def form_of(sheet: Sheet, table: Table) -> str | None:
        block = recognise_table(sheet, table, templates, reference.words, same_group)
        return block.form if block else None

    return inspect_workbook(workbook, task.path.name, reference.words, recognise=form_of)


def _reference(data_dir: Path, year: int | None) -> Reference:
    years = years_with_reference(data_dir)
    return load_reference(data_dir, year if year is not None else (years[-1] if years else 0))


def inspect_words(answer: dict[str, Any], lang: str) -> list[str]:
    """The answer of `inspect` for people."""
    lines = [f"{answer['file']}  {answer['problem'] or ''}".rstrip()]
    for sheet in answer["sheets"]:
        lines.append(f"  {sheet['sheet']}{'(隐藏 hidden)' if sheet['hidden'] else ''}")
        for table in sheet["tables"]:
            lines.append(
                f"    {table['range']}  表头 {table['header_rows']}  记录 {table['n_data_rows']}  "
                f"合计 {table['total_rows']}  注 {table['note_rows']}  {table['form'] or '-'}  "
                f"把握 {table['confidence']:.2f}"
            )
            lines += [
                f"      {wrong['cell']} 合计填 {wrong['printed']:.12g},各行之和为 {wrong['sum']:.12g} | not the sum"
                for wrong in table["wrong_totals"]
            ]
    return lines
