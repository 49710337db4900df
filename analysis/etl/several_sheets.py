"""One form on several sheets of a file: copies, continuations and templates left blank (M14, M16)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.etl.asking import Asker
from analysis.etl.continued_sheets import is_continuation, same_columns
from analysis.etl.recognise import Recognised
from analysis.etl.sheets import SheetResult
from analysis.etl.text import plain_number
from analysis.records import Fact, Query, Sheet

_TOTAL_RULE = "M27"
_TOLERANCE = 1e-6


def settle_sheets(
    results: Sequence[SheetResult], sheets: Sequence[Sheet], seen: Mapping[str, Recognised], asker: Asker
) -> list[SheetResult]:
    """The results of all sheets after it was decided which of them holds each form.

    A continuation that says so is joined to the sheet it continues. Of a form that is filled in on several sheets
    none counts until the unit says which. Where a form is filled in, blank copies of it are only noted, and of
    several blank copies one is asked about; a return that says so as a whole is nil in all its blank forms.
    """
    joined = _join_continuations(list(results), {sheet.name: sheet for sheet in sheets}, seen, asker)
    by_block: dict[str, list[str]] = {}
    for result, continues in joined:
        for name in result.filled if not continues else ():
            by_block.setdefault(name, []).append(result.sheet)
    twice = {name.partition(".")[0] for name, found in by_block.items() if len(found) > 1}
    settled = [_without(result, twice & _filled_forms(result), asker) for result, _ in joined]
    whole = any(result.nil == "whole" for result in results)
    settled = _old_copies(_nil_forms(settled, asker) if whole else settled, asker)
    return _blank_copies(settled, {*by_block}, asker)


def _old_copies(results: list[SheetResult], asker: Asker) -> list[SheetResult]:
    """The sheets with a note in place of sending back one of another year whose form of this year is there too."""
    forms = {form for result in results for form in _filled_forms(result)}

    def told(query: Query) -> Query:
        old = query.rule == "M11" and query.treatment == "BACK" and query.form in forms
        return asker.ask("M14", treatment="NOTE", form=query.form, sheet=query.sheet) if old else query

    return [replace(result, queries=tuple(map(told, result.queries))) for result in results]


def _filled_forms(result: SheetResult) -> set[str]:
    return {name.partition(".")[0] for name in result.filled}


def _without(result: SheetResult, forms: set[str], asker: Asker) -> SheetResult:
    """The sheet with these forms not counted, because another sheet says that it holds them too."""
    if not forms:
        return result
    dropped = {fact.cell for fact in result.facts if fact.form in forms}
    ledger = tuple(
        replace(row, role="ignored", rule="M14") if row.role == "value" and row.cell in dropped else row
        for row in result.ledger
    )
    asked = [
        asker.ask(
            "M14", "twice", treatment="ASK", form=form, sheet=result.sheet, field_zh=asker.reference.label(form).zh
        )
        for form in sorted(forms)
    ]
    return replace(
        result,
        forms=tuple(form for form in result.forms if form not in forms),
        facts=tuple(fact for fact in result.facts if fact.form not in forms),
        queries=(*(query for query in result.queries if query.form not in forms), *asked),
        ledger=ledger,
    )


def _blank_copies(results: list[SheetResult], filled: set[str], asker: Asker) -> list[SheetResult]:
    """The sheets with a note in place of the questions about blank copies of a block that stands elsewhere too."""
    known = set(filled)
    settled = []
    for result in results:
        copies = {name for name in result.blank if name in known}
        known |= set(result.blank)
        forms = {name.partition(".")[0] for name in copies} - {
            name.partition(".")[0] for name in (*result.filled, *(set(result.blank) - copies))
        }
        if not forms:
            settled.append(result)
            continue
        kept = [query for query in result.queries if query.form not in forms]
        told = [asker.ask("M14", "blank", treatment="NOTE", form=form, sheet=result.sheet) for form in sorted(forms)]
        settled.append(replace(result, queries=(*kept, *told), forms=tuple(f for f in result.forms if f not in forms)))
    return settled


def _nil_forms(results: Sequence[SheetResult], asker: Asker) -> list[SheetResult]:
    """The blank forms as nil returns."""
    return [
        replace(
            result,
            queries=tuple(
                asker.ask("M16", "nil", treatment="NOTE", form=query.form, sheet=query.sheet)
                if (query.rule, query.treatment) == ("M16", "ASK")
                else query
                for query in result.queries
            ),
        )
        for result in results
    ]


def _join_continuations(
    results: list[SheetResult], sheets: Mapping[str, Sheet], seen: Mapping[str, Recognised], asker: Asker
) -> list[tuple[SheetResult, bool]]:
    """Each result, and whether it only continues an earlier sheet."""
    words = asker.reference.words
    marked = {
        result.sheet: bool(result.filled) and is_continuation(sheets[result.sheet], seen[result.sheet], words)
        for result in results
    }
    out: list[tuple[SheetResult, bool]] = []
    for result in results:
        name = result.filled[0] if len(result.filled) == 1 else ""
        heads = [other for other in results if name in other.filled and name and not marked[other.sheet]]
        if (
            not marked[result.sheet]
            or len(heads) != 1
            or not same_columns(seen[heads[0].sheet], seen[result.sheet], name)
        ):
            out.append((result, False))
            continue
        before = [heads[0], *(earlier for earlier, continues in out if continues and name in earlier.filled)]
        out.append((_joined(result, [fact for part in before for fact in part.facts], heads[0].sheet, asker), True))
    return _with_common_totals(out)


def _joined(result: SheetResult, before: Sequence[Fact], head: str, asker: Asker) -> SheetResult:
    """The continuation with its lines counted on from those before."""
    form = result.filled[0].partition(".")[0]
    last = max((fact.row for fact in before if fact.form == form), default=0)
    facts = tuple(
        replace(fact, row=fact.row + last) if fact.form == form and fact.row else fact for fact in result.facts
    )
    note = asker.ask("M14", "continued", treatment="FIX", form=form, sheet=result.sheet, detail=head,
                     field_zh=asker.reference.label(form).zh)  # fmt: skip
    return replace(result, facts=facts, queries=(*result.queries, note))


def _with_common_totals(joined: list[tuple[SheetResult, bool]]) -> list[tuple[SheetResult, bool]]:
    """The results without questions about totals that add up the lines of all sheets of a form."""
    forms = {name.partition(".")[0] for result, continues in joined if continues for name in result.filled}
    sums: defaultdict[tuple[str, str], float] = defaultdict(float)
    for fact in (fact for result, _ in joined for fact in result.facts):
        if fact.row and fact.status != "rejected":
            sums[fact.form, _code(fact)] += fact.value or 0.0

    def stands(query: Query) -> bool:
        said = plain_number(query.raw.strip())
        if query.rule != _TOTAL_RULE or query.form not in forms or said is None:
            return True
        return abs(said - sums[query.form, query.field or ""]) > _TOLERANCE

    return [(replace(result, queries=tuple(filter(stands, result.queries))), continues) for result, continues in joined]


def _code(fact: Fact) -> str:
    """The field of a fact as queries name it."""
    return f"{fact.item}.{fact.measure}" if fact.item else fact.measure
