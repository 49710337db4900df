"""Gates of the form of study (F4): attendance against what was due, people against the staff, and the line 合计."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.etl.gates import EXACT, Doubt, Gate, UnitFacts
from analysis.etl.gates_per_head import exact, not_fewer_times, part_within, people_of_year
from analysis.records import Fact

_F4 = "F4"
_ALL = "all_subjects"
_SUBJECTS = "subjects"


def _items(unit: UnitFacts, measure: str, block: str = "") -> Iterator[Fact]:
    """The facts of a measure, line by line of the form as printed."""
    for entry in unit.reference.form_fields(_F4):
        if entry.measure == measure and (not block or entry.block == block):
            fact = unit.get(_F4, 0, entry.item, measure)
            if fact:
                yield fact


def _beside(unit: UnitFacts, fact: Fact, measure: str) -> Fact | None:
    return unit.get(_F4, 0, fact.item, measure)


def trained_within_team(unit: UnitFacts) -> Iterator[Doubt]:
    """G01: no more of the team were trained than belong to it, with all who left the unit in the year."""
    trained = unit.get(_F4, 0, "team_training", "persons")
    cells = [unit.get("F1", 0, "", measure) for measure in ("team_full_time", "team_part_time", "left")]
    numbers = [exact(cell) for cell in cells]
    known = [number for number in numbers if number is not None]
    people = exact(trained)
    if trained and people is not None and len(known) == len(numbers) and people > sum(known):
        yield Doubt(trained, "G01", "team", detail=f"{people:g}>{sum(known[:2]):g};{unit.where(*cells[:2])}")


def attendance_within_due(unit: UnitFacts) -> Iterator[Doubt]:
    """G03: no more came than were due; both are asked about, since either may be the slip."""
    for came in _items(unit, "person_times"):
        due = _beside(unit, came, "expected_person_times")
        number, limit = exact(came), exact(due)
        if due and number is not None and limit is not None and number > limit:
            yield Doubt(came, "G03", "expected", detail=unit.where(due))
            yield Doubt(due, "G03", "expected", detail=unit.where(came))


def people_of_study(unit: UnitFacts) -> Iterator[Doubt]:
    """G01, G02, M46: no more people than worked in the unit in the year."""
    for fact in _items(unit, "persons"):
        yield from people_of_year(unit, fact)


def times_of_study(unit: UnitFacts) -> Iterator[Doubt]:
    """G03: attendances are never fewer than people; both are asked about."""
    for times in _items(unit, "person_times"):
        yield from not_fewer_times(unit, times, _beside(unit, times, "persons"))


def people_not_added_up(unit: UnitFacts) -> Iterator[Doubt]:
    """M46: 参学人数 of the line 合计 is not the sum over the subjects, since people study more than one."""
    total = unit.get(_F4, 0, _ALL, "persons")
    known, sure = _people_of_subjects(unit)
    several = sum(bool(fact.value) for fact in known) > 1
    added = sum(fact.value or 0.0 for fact in known)
    if total and sure and several and exact(total) == added:
        yield Doubt(total, "M46", "subjects", detail=f"Σ={added:g};{unit.where(known[0], known[-1])}", soft=True)


def people_between_subjects(unit: UnitFacts) -> Iterator[Doubt]:
    """G04: 参学人数 of the line 合计 lies between the largest subject and the sum over all."""
    total = unit.get(_F4, 0, _ALL, "persons")
    people = exact(total)
    known, sure = _people_of_subjects(unit)
    if total is None or people is None or not known:
        return
    largest = max(known, key=lambda fact: fact.value or 0.0)
    added = sum(fact.value or 0.0 for fact in known)
    if people < (largest.value or 0.0):
        yield Doubt(total, "G04", "subjects", detail=f"≥{largest.value:g};{unit.where(largest)}")
    elif sure and people > added:
        yield Doubt(total, "G04", "subjects", detail=f"≤{added:g}")


def _people_of_subjects(unit: UnitFacts) -> tuple[list[Fact], bool]:
    """The exact people of the subjects, and whether no subject is left out or unsure."""
    facts = [fact for fact in _items(unit, "persons", _SUBJECTS) if fact.item != _ALL]
    known = [fact for fact in facts if fact.status in EXACT and fact.value is not None]
    void = sum(fact.status == "not_applicable" for fact in facts)
    wanted = {entry.item for entry in unit.reference.form_fields(_F4) if entry.block == _SUBJECTS} - {_ALL}
    return known, len(known) + void == len(wanted)


def parts_of_study(unit: UnitFacts) -> Iterator[Doubt]:
    """G07: no more passed than sat the test, no more reports adopted than submitted."""
    yield from part_within(unit, unit.get(_F4, 0, "test", "passed"), unit.get(_F4, 0, "test", "tested"))
    yield from part_within(unit, unit.get(_F4, 0, "research", "adopted"), unit.get(_F4, 0, "research", "submitted"))


STUDY_GATES: tuple[Gate, ...] = (
    people_not_added_up,
    people_of_study,
    people_between_subjects,
    trained_within_team,
    attendance_within_due,
    times_of_study,
    parts_of_study,
)
