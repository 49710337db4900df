"""One file -> its submission row, facts, queries and ledger, without a look at any other file.

A pure function of the bytes, the file's name and the reference data, so that it can run in a child process, in
many, or not at all when its result is already stored.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.etl.asking import Asker
from analysis.etl.heads import Said, Sender, find_sender, read_heads, report_years
from analysis.etl.locked_cells import locked_notes
from analysis.etl.names import UnitNames
from analysis.etl.personal import privacy_setting
from analysis.etl.recognise import Recognised, SameGroup, recognise_sheet
from analysis.etl.sheets import SheetResult, clean_sheet, other_year
from analysis.etl.templates import build_templates, stem
from analysis.etl.text import normal_form
from analysis.intake.privacy import MASK, Hit, mask_workbook
from analysis.intake.reader import read_workbook
from analysis.records import FileResult, LedgerRow, Query, State, Submission, Workbook, address
from analysis.reference import Reference

_PROBLEM_STATES: Mapping[str, State] = {"M08": "skipped", "M09": "skipped"}
OUR_FAULT = "not_read"
_NOT_SENT = ("lock", "system", OUR_FAULT)
_YEAR = re.compile(r"(20\d{2})年(?:度|\(1月1日)")


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
        return unreadable(task, workbook.format, workbook.problem, workbook.detail)
    workbook, hits = mask_workbook(workbook, *privacy_setting(task.reference))
    seen = _recognise(workbook, task.reference)
    sender = _sender(task, workbook, seen)
    asker = asker.of_unit(sender.code)
    years = _years(workbook, seen)
    wrong = {name for name, said in years.items() if task.reference.year not in said}
    wrong_years = sorted(set().union(*years.values())) if wrong and wrong == set(years) else []
    results = [
        other_year(sheet, years[sheet.name], asker)
        if sheet.name in wrong and not wrong_years
        else clean_sheet(sheet, seen[sheet.name], task.reference, asker)
        for sheet in workbook.sheets
    ]
    found = [form for result in results for form in result.forms]
    results = _one_sheet_per_form(results, asker)
    queries = [query for result in results for query in result.queries]
    queries += [asker.ask(rule) for rule in workbook.notes]
    queries += [
        asker.ask("M62", treatment="QUAR", sheet=hit.sheet, cell=address(hit.row, hit.column), raw=MASK) for hit in hits
    ]
    queries += _sender_queries(sender, asker)
    for sheet, result in zip(workbook.sheets, results, strict=True):
        queries += locked_notes(sheet, seen[sheet.name], result.ledger, sender.code, asker)
    forms = sorted({form for result in results for form in result.forms})
    state, rule, detail = _state(sender, found, results, wrong_years)
    if state == "returned":
        back = asker.ask(rule or "M12", treatment="BACK", detail=detail)
        queries = [query for query in queries if query.treatment in ("BACK", "NOTE")] + [back]
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


def unreadable(task: FileTask, kind: str, problem: str, detail: str) -> FileResult:
    """The result of a file that could not be read: a row with the rule that says why, and one query."""
    sha256 = hashlib.sha256(task.data).hexdigest()
    state = "skipped" if kind in _NOT_SENT else _PROBLEM_STATES.get(problem, "returned")
    treatment = "BACK" if state == "returned" else "NOTE"
    asker = Asker(task.reference, task.file, sha256)
    names = UnitNames(task.reference)
    sender = find_sender(task.file, (), (), names)
    query = asker.of_unit(sender.code).ask(problem, treatment=treatment, detail=detail)
    submission = Submission(
        task.file, sha256, len(task.data), kind, sender.code, sender.found_by, "", state, problem, detail
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
    found = _years(workbook, _recognise(workbook, reference))
    return sorted({year for years in found.values() for year in years})


def _years(workbook: Workbook, seen: Mapping[str, Recognised]) -> dict[str, set[int]]:
    """Sheet -> the years that stand above its first block; sheets without a year are left out."""
    found: dict[str, set[int]] = {}
    for sheet in workbook.sheets:
        blocks = seen[sheet.name].blocks
        years = {year for year, _ in report_years(sheet, _YEAR, blocks[0].first_row)} if blocks else set()
        if years:
            found[sheet.name] = years
    return found


def _sender(task: FileTask, workbook: Workbook, seen: Mapping[str, Recognised]) -> Sender:
    labels = _head_labels(task.reference)
    said: list[Said] = []
    for sheet in workbook.sheets:
        blocks = seen[sheet.name].blocks
        if not blocks:
            continue
        said += read_heads(sheet, labels, blocks[0].first_row)
        for pair in (pair for block in blocks for pair in block.pairs if pair.field.measure == "unit_name"):
            cell = sheet.cell(pair.row, pair.column)
            if cell:
                said.append(Said("unit_name", pair.inside or cell.text, sheet.name, cell))
    names = UnitNames(task.reference)
    return find_sender(task.file, said, (sheet.name for sheet in workbook.sheets), names)


def _head_labels(reference: Reference) -> dict[str, str]:
    """Every label that may stand in a head -> what it is for us (`unit_name`, `unit_code`), else empty."""
    what = {"reporting_unit": "unit_name", "unit_code": "unit_code"}
    heads = (entry for entry in reference.fields if entry.block == "head")
    return {stem(entry.header_zh): what.get(entry.measure, "") for entry in heads}


def _sender_queries(sender: Sender, asker: Asker) -> list[Query]:
    names = UnitNames(asker.reference)
    queries = []
    for entry, match in sender.doubtful if sender.code else ():
        near = "、".join(names.short_name(code) for code in match.candidates) or "、".join(match.suggestions)
        case = "ambiguous" if match.candidates else "near"
        queries.append(
            asker.ask("M57", case, treatment="ASK", sheet=entry.sheet, cell=entry.cell.address, field="reporting_unit",
                      raw=entry.text, detail=near)
        )  # fmt: skip
    for entry, code in sender.repaired:
        queries.append(
            asker.ask("M57", treatment="FIX", sheet=entry.sheet, cell=entry.cell.address, field="reporting_unit",
                      raw=entry.text, read_as=names.short_name(code))
        )  # fmt: skip
    return queries


def _one_sheet_per_form(results: Sequence[SheetResult], asker: Asker) -> list[SheetResult]:
    """Two filled sheets of one form: neither counts until the unit says which (M14)."""
    by_form: dict[str, list[SheetResult]] = {}
    for result in results:
        for form in result.forms:
            if any(fact.form == form for fact in result.facts):
                by_form.setdefault(form, []).append(result)
    twice = {form for form, found in by_form.items() if len(found) > 1}
    return [result.without(twice & set(result.forms), asker) for result in results]


def _state(
    sender: Sender, forms: Sequence[str], results: Sequence[SheetResult], wrong_years: list[int]
) -> tuple[State, str | None, str]:
    back = next((query for result in results for query in result.queries if query.treatment == "BACK"), None)
    if wrong_years:
        return "returned", "M11", "、".join(str(year) for year in wrong_years)
    if not forms:
        return "returned", back.rule if back else "M10", ""
    if sender.code is None:
        return "returned", sender.rule, sender.detail
    return "accepted", None, ""


def _unique(queries: Sequence[Query]) -> tuple[Query, ...]:
    seen: dict[str, Query] = {}
    for query in queries:
        seen.setdefault(query.query_id, query)
    return tuple(seen.values())
