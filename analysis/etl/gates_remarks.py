"""M47: a remark says that people who are no staff of the unit are in a number; the number is open until they are out.

The question stands at the number, and names the remark. Which number: the people of the line in F2, F4 and F8; in F3
those of the category that the remark names, else of every category and the distinct people; in F1 the figure that the
remark names.
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis.etl.gates import EXACT, Doubt, Gate, UnitFacts
from analysis.etl.gates_per_head import exact
from analysis.etl.others_counted import others_counted
from analysis.etl.text import normal_form
from analysis.records import Fact

_OF_PEOPLE = {"F2": ("persons",), "F4": ("persons",), "F8": ("person_times",)}
_F3_PEOPLE = ("persons", "distinct_any")
_SHORTEST_NAME = 2


def remarks_count_nobody_else(unit: UnitFacts) -> Iterator[Doubt]:
    """M47: own staff only; asked for where a remark counts in retirees, families, outsourced or other units' people."""
    for form in ("F1", "F2", "F3", "F4", "F8"):
        for remark in unit.of_form(form):
            if remark.measure == "remark" and remark.status in EXACT and remark.text:
                yield from _of_remark(unit, remark, remark.text)


def _of_remark(unit: UnitFacts, remark: Fact, text: str) -> Iterator[Doubt]:
    words = unit.reference.words
    beside = _beside(unit, remark)
    alone = beside[0] if remark.form == "F2" and beside else None
    clause = others_counted(text, words, exact(alone))
    if not clause:
        return
    targets = beside
    if remark.form == "F1":
        targets = _figures_named(unit, clause)
    elif remark.form == "F3":
        named = _categories_named(unit, clause)
        targets = [fact for fact in beside if fact.item in named] or beside
    for fact in targets:
        if fact.value and fact.status != "queried":
            yield Doubt(fact, "M47", detail=unit.where(remark), soft=True)


def _beside(unit: UnitFacts, remark: Fact) -> list[Fact]:
    """The numbers of people on the line of the remark."""
    measures = _OF_PEOPLE.get(remark.form, _F3_PEOPLE)
    return [
        fact
        for fact in unit.of_form(remark.form)
        if fact.row == remark.row and fact.measure in measures and (remark.form != "F4" or fact.item == remark.item)
    ]


def _categories_named(unit: UnitFacts, clause: str) -> set[str]:
    """Categories that the clause names, by their name or a name that means only them."""
    names = [(normal_form(category.zh), category.code) for category in unit.reference.categories]
    names += [
        (normal_form(alias.word), alias.codes[0])
        for alias in unit.reference.category_aliases.values()
        if len(alias.codes) == 1 and not alias.whole and len(alias.word) >= _SHORTEST_NAME
    ]
    return {code for name, code in names if name in clause}


def _figures_named(unit: UnitFacts, clause: str) -> list[Fact]:
    """The figures of F1 that the clause speaks of: none when it speaks of the year's work and not of the staff."""
    words = unit.reference.words.get("staff_words", {})
    measures = [measure for word, measure in words.items() if normal_form(word) in clause]
    narrow = [measure for measure in measures if measure != "hc_end"] or measures
    facts = [unit.get("F1", 0, "", measure) for measure in dict.fromkeys(narrow)]
    return [fact for fact in facts if fact]


REMARK_GATES: tuple[Gate, ...] = (remarks_count_nobody_else,)
