"""One file -> its submission row, facts, queries and ledger, without a look at any other file.

A pure function of the bytes, the file's name and the reference data, so that it can run in a child process, in
many, or not at all when its result is already stored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from analysis.etl.asking import Asker
from analysis.etl.footers import footer_queries
from analysis.etl.locked_cells import locked_notes
from analysis.etl.nil_returns import NilWords
from analysis.etl.personal import privacy_setting
from analysis.etl.recognise import Recognised, SameGroup, recognise_sheet
from analysis.etl.report_years import other_years, years_by_sheet
from analysis.etl.senders import Sender, find_sender, sender_queries
from analysis.etl.several_sheets import settle_sheets
from analysis.etl.sheets import SheetResult, clean_sheet, other_year
from analysis.etl.structure import claimed_form, missing_blocks
from analysis.etl.templates import build_templates, stem
from analysis.etl.text import normal_form
from analysis.intake.privacy import MASK, Hit, mask_workbook
from analysis.intake.reader import read_workbook
from analysis.records import FileResult, LedgerRow, Query, State, Submission, Workbook, address
from analysis.reference import Reference

_SET_ASIDE = (("M08", ""), ("M09", ""))
_LETTER_ENDINGS = (".txt", ".md", ".log")
OUR_FAULT = "not_read"
_NOT_SENT = ("lock", "system", OUR_FAULT)


@dataclass(frozen=True, slots=True)
class FileTask:
    """A file to be cleaned: where it stands below `data/raw/<year>`, and its bytes."""

    file: str
    data: bytes
    reference: Reference


def clean_file(task: FileTask) -> FileResult:
    """What one file gives. Never raises for anything that a file can contain."""
    return clean_workbook(task, read_workbook(task.data, task.file))


def clean_workbook(task: FileTask, workbook: Workbook) -> FileResult:
    """The same for a file that was read already."""
    sha256 = hashlib.sha256(task.data).hexdigest()
    asker = Asker(task.reference, task.file, sha256)
    if workbook.problem:
        return unreadable(task, workbook.format, workbook.problem, workbook.case, workbook.detail)
    workbook, hits = mask_workbook(workbook, *privacy_setting(task.reference))
    seen = _recognise(workbook, task.reference)
    if _is_letter(task, workbook, seen):
        return unreadable(task, workbook.format, "M09", "", "a text without a table")
    sender = find_sender(task.file, workbook, seen, task.reference)
    asker = asker.of_unit(sender.code)
    years = years_by_sheet(workbook, seen, task.reference)
    wrong, wrong_years = other_years(years, task.reference.year)
    results = [
        other_year(sheet, seen[sheet.name], years[sheet.name], asker)
        if sheet.name in wrong and not wrong_years
        else clean_sheet(sheet, seen[sheet.name], task.reference, asker)
        for sheet in workbook.sheets
    ]
    found = [form for result in results for form in result.forms]
    results = settle_sheets(results, workbook.sheets, seen, asker)
    queries = [query for result in results for query in result.queries]
    queries += _file_notes(workbook, asker)
    lost = missing_blocks(seen.values(), build_templates(task.reference.fields))
    queries += [asker.ask("M20", "missing", treatment="ASK", form=form, detail=heads) for form, heads in lost.items()]
    queries += [
        asker.ask("M62", treatment="QUAR", sheet=hit.sheet, cell=address(hit.row, hit.column), raw=MASK) for hit in hits
    ]
    queries += sender_queries(sender, asker)
    for sheet, result in zip(workbook.sheets, results, strict=True):
        queries += locked_notes(sheet, seen[sheet.name], result.ledger, sender.code, asker)
    queries += footer_queries((result.footer for result in results if result.footer), asker)
    forms = sorted({form for result in results for form in result.forms})
    refusal = _refusal(workbook, sender, found, results, wrong_years)
    state: State = "returned" if refusal else "accepted"
    rule, case, detail = refusal or (None, "", "")
    if refusal:
        raw = sender.doubtful[0][0].text if rule == "M57" and sender.doubtful else ""
        told = any(query.treatment == "BACK" and query.rule == rule for query in queries)
        back = [] if told else [asker.ask(refusal[0], case, treatment="BACK", raw=raw, detail=detail)]
        queries = [query for query in queries if query.treatment in ("BACK", "NOTE", "QUAR")] + back
        detail = detail or asker.words(refusal[0], case, "BACK").name_zh
    accepted = state == "accepted"
    if accepted and hits:
        state, rule, detail = "quarantined", "M62", ""
    submission = Submission(
        task.file, sha256, len(task.data), workbook.format, sender.code, sender.found_by,
        ";".join(forms) if accepted else "", state, rule, detail,
    )  # fmt: skip
    return FileResult(
        submission,
        tuple(fact for result in results for fact in result.facts) if accepted else (),
        _unique(queries),
        _quarantined(results, hits) if accepted else (),
    )


def _quarantined(results: Sequence[SheetResult], hits: Sequence[Hit]) -> tuple[LedgerRow, ...]:
    """The ledger of all sheets, with the cells that hold personal data marked as such."""
    places = {(hit.sheet, address(hit.row, hit.column)) for hit in hits}
    rows = (row for result in results for row in result.ledger)
    return tuple(
        replace(row, role="quarantined", rule="M62") if (row.sheet, row.cell) in places else row for row in rows
    )


def unreadable(task: FileTask, kind: str, problem: str, case: str = "", detail: str = "") -> FileResult:
    """The result of a file that could not be read: a row with the rule that says why, and one query.

    An archive that was opened, evidence, and what nobody sent on purpose is set aside; all else is sent back.
    """
    sha256 = hashlib.sha256(task.data).hexdigest()
    set_aside = kind in _NOT_SENT or (problem, case) in _SET_ASIDE
    state: State = "skipped" if set_aside else "returned"
    treatment = "NOTE" if set_aside else "BACK"
    sender = find_sender(task.file, Workbook(kind), {}, task.reference)
    asker = Asker(task.reference, task.file, sha256, sender.code)
    query = asker.ask(problem, case, treatment=treatment, detail=detail)
    told = asker.words(problem, case, treatment).name_zh
    submission = Submission(
        task.file, sha256, len(task.data), kind, sender.code, sender.found_by, "", state, problem, told
    )
    return FileResult(submission, queries=(query,))


def group_names(reference: Reference) -> dict[str, str]:
    """Normal form of every name of a category -> its printed name, for the group headers of wide forms."""
    known = {normal_form(category.zh): normal_form(category.zh) for category in reference.categories}
    for alias in reference.category_aliases.values():
        if len(alias.codes) == 1 and alias.kind in ("alias", "slip"):
            known.setdefault(normal_form(alias.word), normal_form(reference.category(alias.codes[0]).zh))
    return known


def same_group_of(reference: Reference) -> SameGroup:
    """Says whether a group header names the same category as the printed one."""
    known = group_names(reference)

    def same_group(said: str, printed: str) -> bool:
        wanted = normal_form(printed)
        return said == wanted or stem(said) == stem(printed) or known.get(said) == wanted

    return same_group


def _recognise(workbook: Workbook, reference: Reference) -> dict[str, Recognised]:
    templates = build_templates(reference.fields)
    same_group = same_group_of(reference)
    nothing = Recognised((), ())
    return {
        sheet.name: nothing if sheet.hidden else recognise_sheet(sheet, templates, reference.words, same_group)
        for sheet in workbook.sheets
    }


def report_years_of(workbook: Workbook, reference: Reference) -> list[int]:
    """Years that the heads of the forms name as the report year, ascending."""
    found = years_by_sheet(workbook, _recognise(workbook, reference), reference)
    return sorted({year for years in found.values() for year in years})


def _is_letter(task: FileTask, workbook: Workbook, seen: Mapping[str, Recognised]) -> bool:
    """Whether a text file is a letter or an explanation and no table: it is kept as evidence (M09)."""
    if workbook.format != "csv" or PurePosixPath(task.file).suffix.lower() not in _LETTER_ENDINGS:
        return False
    said = NilWords(task.reference.words)
    return not any(
        found.blocks or found.others or said.cells(sheet) or claimed_form(sheet, task.reference)
        for sheet in workbook.sheets
        for found in [seen[sheet.name]]
    )


def _file_notes(workbook: Workbook, asker: Asker) -> list[Query]:
    """What is told about the file as a whole, such as an ending that does not fit the content."""
    case = "html" if workbook.format == "html" else ""
    return [
        asker.ask(rule, case if rule == "M03" else "", detail=workbook.format if rule == "M03" else "")
        for rule in workbook.notes
    ]


def _refusal(
    workbook: Workbook, sender: Sender, forms: Sequence[str], results: Sequence[SheetResult], wrong_years: str
) -> tuple[str, str, str] | None:
    """Rule, case and detail for which a file that was read is sent back; None when it counts."""
    if wrong_years:
        return "M11", "", wrong_years
    if not any(sheet.cells for sheet in workbook.sheets):
        return "M07", "no_cells", ""
    if not forms and not any(result.nil for result in results):
        back = next((query for result in results for query in result.queries if query.treatment == "BACK"), None)
        return back.rule if back else "M10", "" if back else "no_form", ""
    return (sender.rule or "M12", sender.case, sender.detail) if sender.code is None else None


def _unique(queries: Sequence[Query]) -> tuple[Query, ...]:
    seen: dict[str, Query] = {}
    for query in queries:
        seen.setdefault(query.query_id, query)
    return tuple(seen.values())
