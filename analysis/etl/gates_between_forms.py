"""One form against another: what F1, F2 and F3 say of the same thing (G06, M65). Notes only; no value is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.etl.gates import EXACT, Doubt, Gate, UnitFacts
from analysis.etl.gates_per_head import exact
from analysis.records import Fact

_F2 = "F2"
_F3 = "F3"
_MOST_NAMED = 3


def activities_agree_with_summary(unit: UnitFacts) -> Iterator[Doubt]:
    """G06, M65: people of a category in F3 lie between the largest activity of F2 and the sum of all.

    Not compared where a line of either form cannot be read, or F2 has a line whose category is not known.
    """
    listed = _listed(unit)
    lines = len(unit.rows(_F3))
    if listed is None or not lines:
        return
    for category in unit.reference.categories:
        facts = [fact for fact in unit.of_form(_F3) if (fact.item, fact.measure) == (category.code, "persons")]
        activities = listed.get(category.code, [])
        people = _sum(facts)
        counts = [exact(fact) for fact in activities]
        if len(facts) < lines or people is None or None in counts:
            continue
        known = [count for count in counts if count is not None]
        if not max(known, default=0.0) <= people <= sum(known):
            shown = next((fact for fact in facts if exact(fact)), facts[0])
            detail = f"F3 Σ={people:g};F2 {_bounds(known)};{unit.where(*_largest(activities))}"
            yield Doubt(shown, "G06", treatment="NOTE", withhold=False, detail=detail, soft=True)


def _listed(unit: UnitFacts) -> dict[str, list[Fact]] | None:
    """Category -> the people of its activities in F2; null when F2 was not sent or a line cannot be placed."""
    listed: dict[str, list[Fact]] = {}
    rows = unit.rows(_F2)
    for row in rows:
        category = unit.text(_F2, row, "", "category")
        people = unit.get(_F2, row, "", "persons")
        if row == 0 or category is None or people is None:
            return None
        listed.setdefault(category, []).append(people)
    return listed if rows else None


def _sum(facts: Sequence[Fact]) -> float | None:
    """The sum of the lines of F3, not applicable as 0; null when a line is not exact."""
    if any(fact.status not in (*EXACT, "not_applicable") for fact in facts):
        return None
    return sum(fact.value or 0.0 for fact in facts)


def _bounds(known: Sequence[float]) -> str:
    return f"{max(known, default=0.0):g}…{sum(known):g}"


def _largest(activities: Sequence[Fact]) -> list[Fact]:
    """The activities to be named, the largest first."""
    return sorted(activities, key=lambda fact: -(fact.value or 0.0))[:_MOST_NAMED]


def offices_agree(unit: UnitFacts) -> Iterator[Doubt]:
    """M65: the number of offices in F1 is the number of lines of F3, named or not."""
    offices = unit.get("F1", 0, "", "offices")
    said = exact(offices)
    lines = [row for row in unit.rows(_F3) if row > 0]
    if offices and said is not None and lines and len(lines) != said:
        detail = f"{unit.where(offices)};F3 {len(lines)}"
        yield Doubt(offices, "M65", treatment="NOTE", withhold=False, detail=detail, soft=True)


def registered_agree(unit: UnitFacts) -> Iterator[Doubt]:
    """M65: the registered volunteers of F1 are those of all offices in F3."""
    registered = unit.get("F1", 0, "", "registered")
    said = exact(registered)
    facts = [fact for fact in unit.of_form(_F3) if fact.measure == "registered"]
    total = _sum(facts)
    complete = facts and len(facts) == len(unit.rows(_F3))
    if registered and said is not None and complete and total is not None and total != said:
        detail = f"{unit.where(registered)};F3 Σ={total:g}"
        yield Doubt(registered, "M65", treatment="NOTE", withhold=False, detail=detail, soft=True)


def offices_of_targets_known(unit: UnitFacts) -> Iterator[Doubt]:
    """M65: a problem or target is not given to more offices than the unit has."""
    offices = unit.get("F1", 0, "", "offices")
    said = exact(offices)
    if offices is None or said is None:
        return
    for form in ("F6", "F7"):
        named = [fact for fact in unit.of_form(form) if fact.measure == "office" and fact.text]
        if len({fact.text for fact in named}) > said:
            detail = f"{unit.where(offices)};{form} {len({fact.text for fact in named})}"
            yield Doubt(named[0], "M65", treatment="NOTE", withhold=False, detail=detail, soft=True)


def branches_agree(unit: UnitFacts) -> Iterator[Doubt]:
    """M65: no more branches carry out the plan of learning than the unit has."""
    active, branches = unit.get("F4", 0, "learning_organ", "party_branches"), unit.get("F1", 0, "", "party_branches")
    some, whole = exact(active), exact(branches)
    if active and some is not None and whole is not None and some > whole:
        yield Doubt(active, "M65", treatment="NOTE", withhold=False, detail=unit.where(branches), soft=True)


BETWEEN_GATES: tuple[Gate, ...] = (
    activities_agree_with_summary,
    offices_agree,
    registered_agree,
    offices_of_targets_known,
    branches_agree,
)
