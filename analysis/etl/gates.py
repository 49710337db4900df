"""Rules across cells and forms of one unit: which facts cannot be as they stand, and what a doubt does to them.

A gate never changes a number: it takes it out until the unit has answered, or notes it. Each rule is a function
of the unit's facts that yields doubts; what a doubt does to a fact is decided here, once for all rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.etl.asking import Asker, field_code, field_words
from analysis.records import Fact, Query, Treatment
from analysis.reference import Reference
from analysis.reference.types import FieldDef

Key = tuple[str, int, str, str]
USABLE = frozenset({"reported", "repaired", "approximate", "derived", "confirmed"})
EXACT = frozenset({"reported", "repaired", "derived", "confirmed"})
CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A rule that a fact breaks. With `withhold` its value is not used until answered; else it stays and is told.

    `detail` names the second cell of a contradiction. With `whole` the doubt is about all of the form on the sheet
    of the fact, so that its query has no cell.
    `detail` names the other cells of a contradiction. A `soft` doubt is about what is unlikely, not impossible: a
    confirmed fact answers it. `about_form` is a form that is missing as a whole; the fact then only says whose.
    `observed` and `expected` are the two figures that the rule compares (a share, an amount per head) and `about` the
    facts they come from, where the list of spot checks shows them; null where it does not.
    """

    fact: Fact
    rule: str
    case: str = ""
    treatment: Treatment = "ASK"
    withhold: bool = True
    detail: str = ""
    read_as: str = ""
    whole: bool = False
    soft: bool = False
    about_form: str = ""
    observed: float | None = None
    expected: float | None = None
    about: tuple[Fact, ...] = ()


class UnitFacts:
    """The facts of one unit, looked up by form, line, item and measure."""

    def __init__(self, facts: Sequence[Fact], reference: Reference) -> None:
        self.reference = reference
        self.facts = tuple(facts)
        self._by_key: dict[Key, Fact] = {(f.form, f.row, f.item, f.measure): f for f in facts}
        self._of_form: dict[str, list[Fact]] = {}
        for fact in facts:
            self._of_form.setdefault(fact.form, []).append(fact)

    def get(self, form: str, row: int, item: str, measure: str) -> Fact | None:
        return self._by_key.get((form, row, item, measure))

    def value(self, form: str, row: int, item: str, measure: str) -> float | None:
        """The value when it is an exact number, else null."""
        fact = self.get(form, row, item, measure)
        return fact.value if fact and fact.status in EXACT else None

    def text(self, form: str, row: int, item: str, measure: str) -> str | None:
        """The text, list code or ISO date when it was read for certain, else null."""
        fact = self.get(form, row, item, measure)
        return fact.text if fact and fact.status in EXACT else None

    def of_form(self, form: str) -> Sequence[Fact]:
        """The facts of a form that count, in the order they came in; those of dropped lines are left out."""
        return [fact for fact in self._of_form.get(form, ()) if fact.status != "rejected"]

    def rows(self, form: str) -> list[int]:
        """The lines of a form that have facts, in order."""
        return sorted({fact.row for fact in self.of_form(form)})

    def threshold(self, name: str) -> float:
        return self.reference.thresholds[name]

    def where(self, *facts: Fact | None) -> str:
        """Cells in words a clerk finds them by: sheet, cell, field and what stands there."""
        return "、".join(self._place(fact) for fact in facts if fact)

    def _place(self, fact: Fact) -> str:
        words = next(
            (field_words(entry) for entry in self.reference.form_fields(fact.form)
             if (entry.item, entry.measure) == (fact.item, fact.measure)), fact.measure,
        )  # fmt: skip
        return f"{fact.sheet}!{fact.cell}“{words}”={fact.raw}"


Gate = Callable[[UnitFacts], Iterator[Doubt]]


def apply_gates(
    facts: Sequence[Fact], gates: Iterable[Gate], reference: Reference, askers: Mapping[str, Asker]
) -> tuple[list[Fact], list[Query]]:
    """The facts of one unit after the gates, and the queries that the gates raise.

    Gates run in the order given; a fact that an earlier gate withheld is no longer seen by later ones. What a unit
    has confirmed is not asked again unless it is impossible.
    """
    current = list(facts)
    queries: dict[str, Query] = {}
    fields = {(entry.form, entry.item, entry.measure): entry for entry in reference.fields}
    for gate in gates:
        doubts = [doubt for doubt in gate(UnitFacts(current, reference)) if not _answered(doubt)]
        for doubt in doubts:
            query = _query(doubt, askers[doubt.fact.file], fields)
            queries.setdefault(query.query_id, query)
        withheld = {_place(doubt.fact): doubt for doubt in reversed(doubts) if doubt.withhold}
        current = [_withhold(fact, withheld.get(_place(fact))) for fact in current]
    return current, list(queries.values())


def _answered(doubt: Doubt) -> bool:
    return doubt.soft and doubt.fact.status == CONFIRMED and not doubt.about_form


def _place(fact: Fact) -> tuple[str, str, str, str, str]:
    return fact.file, fact.sheet, fact.cell, fact.item, fact.measure


def _withhold(fact: Fact, doubt: Doubt | None) -> Fact:
    if doubt is None or fact.status == "queried":
        return fact
    return replace(fact, value=None, text=None, low=None, high=None, status="queried", rule=doubt.rule)


def _query(doubt: Doubt, asker: Asker, fields: Mapping[tuple[str, str, str], FieldDef]) -> Query:
    fact = doubt.fact
    if doubt.whole:
        return asker.ask(
            doubt.rule, doubt.case, treatment=doubt.treatment, form=fact.form, sheet=fact.sheet, detail=doubt.detail
        )
    if doubt.about_form:
        return asker.ask(
            doubt.rule, doubt.case, treatment=doubt.treatment, form=doubt.about_form, detail=doubt.detail,
            field_zh=asker.reference.label(doubt.about_form, "form").zh,
        )  # fmt: skip
    entry = fields[fact.form, fact.item, fact.measure]
    return asker.ask(
        doubt.rule,
        doubt.case,
        treatment=doubt.treatment,
        form=fact.form,
        sheet=fact.sheet,
        cell=fact.cell,
        field=field_code(entry),
        field_zh=field_words(entry),
        raw=fact.raw,
        read_as=doubt.read_as or (f"{fact.value:g}" if fact.value is not None else fact.text or ""),
        detail=doubt.detail,
    )
