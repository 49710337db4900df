"""Gates of the form of pairing (F5): a household that left hardship, and whether the unit has to send the form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from analysis.etl.gates import EXACT, Doubt, Gate, UnitFacts
from analysis.etl.gates_dates import first_day, surely_before
from analysis.etl.text import normal_form
from analysis.records import Fact, FileResult

_F5 = "F5"
_NO_TITLE = "none"


def exit_is_proved(unit: UnitFacts) -> Iterator[Doubt]:
    """G20, M51: an exit needs date and proof, and comes after the pairing; else the household counts as not exited.

    What cannot be read is asked about at its own cell and is not taken for missing.
    """
    for row in unit.rows(_F5):
        out = unit.get(_F5, row, "", "out_of_hardship")
        if out is None or out.status not in EXACT or out.text != "yes":
            continue
        exit_date, paired = unit.get(_F5, row, "", "exit_date"), unit.get(_F5, row, "", "paired_date")
        proof = unit.get(_F5, row, "", "exit_proof")
        lacking = [measure for measure, fact in (("exit_date", exit_date), ("exit_proof", proof)) if _lacks(unit, fact)]
        if lacking:
            yield Doubt(out, "G20", "lacking", detail="、".join(_heading(unit, measure) for measure in lacking))
        elif _contradict(exit_date, paired):
            yield Doubt(out, "G20", "order", detail=unit.where(exit_date, paired))
            if exit_date:
                yield Doubt(exit_date, "G20", "order", detail=unit.where(paired))


def _lacks(unit: UnitFacts, fact: Fact | None) -> bool:
    """Whether nothing is said: blank, not applicable, or one of the words for nothing."""
    if fact is None or fact.status == "not_applicable":
        return True
    nothing = {normal_form(word) for word in unit.reference.words.get("empty", {})}
    return fact.status in EXACT and normal_form(fact.text or "") in nothing


def _contradict(exit_date: Fact | None, paired: Fact | None) -> bool:
    if not exit_date or not paired or exit_date.status not in EXACT or paired.status not in EXACT:
        return False
    return bool(exit_date.text and paired.text and surely_before(exit_date.text, paired.text))


def _heading(unit: UnitFacts, measure: str) -> str:
    return next(entry.header_zh for entry in unit.reference.form_fields(_F5) if entry.measure == measure)


def pairing_not_in_future(unit: UnitFacts) -> Iterator[Doubt]:
    """G17: nobody was paired or left hardship after the year that the return speaks of."""
    end = dt.date(unit.reference.year, 12, 31)
    for fact in unit.of_form(_F5):
        dated = fact.measure in ("paired_date", "exit_date") and fact.status in EXACT
        if dated and fact.text and first_day(fact.text) > end:
            yield Doubt(fact, "G17", "future", detail=f">{end.isoformat()}")


def pairing_without_title(unit: UnitFacts) -> Iterator[Doubt]:
    """M75, M65: households paired by a unit without title are kept as voluntary and noted."""
    lines = unit.of_form(_F5)
    if lines and not _holds_title(unit, lines[0].unit_code):
        yield Doubt(lines[0], "M75", treatment="NOTE", withhold=False, soft=True)


def pairing_sent(results: Sequence[FileResult]) -> Gate:
    """M75: a unit with a title that sent most of the other forms and not this one is asked for it.

    Not a unit of which only a part is at hand, nor one that sent a form that could not be used or a file that was
    sent back and may hold it: that is asked already.
    """
    sent: dict[str, set[str]] = {}
    unsure: set[str] = set()
    for result in results:
        code = result.submission.unit_code
        if code is None:
            continue
        told = {query.form for query in result.queries if query.form}
        sent.setdefault(code, set()).update(told, filter(None, result.submission.forms.split(";")))
        undecided = any((query.rule, query.treatment) == ("M13", "ASK") for query in result.queries)
        if undecided or result.submission.state == "returned":
            unsure.add(code)

    def gate(unit: UnitFacts) -> Iterator[Doubt]:
        first = next((fact for fact in unit.facts if fact.form == "F1"), unit.facts[0] if unit.facts else None)
        if first is None or first.unit_code in unsure or not _holds_title(unit, first.unit_code):
            return
        forms = sent.get(first.unit_code, set())
        others = {entry.form for entry in unit.reference.fields} - {_F5}
        if _F5 not in forms and len(forms & others) > len(others) / 2:
            yield Doubt(first, "M75", "missing", withhold=False, about_form=_F5)

    return gate


def _holds_title(unit: UnitFacts, code: str) -> bool:
    return unit.reference.unit(code).title_level != _NO_TITLE


PAIRING_GATES: tuple[Gate, ...] = (exit_is_proved, pairing_not_in_future, pairing_without_title)
