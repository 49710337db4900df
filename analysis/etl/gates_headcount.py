"""Gates of the basic form: headcounts, their parts and the register."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.etl.gates import Doubt, UnitFacts
from analysis.etl.gates_per_head import people_of_year

_PARTS = ("women", "age_18_55", "league", "union_members", "law_qualified", "offices")


def parts_within_headcount(unit: UnitFacts) -> Iterator[Doubt]:
    """G07 and M49: no part of the staff is larger than the staff at the end of the year."""
    staff, whole = unit.value("F1", 0, "", "hc_end"), unit.get("F1", 0, "", "hc_end")
    if staff is None:
        return
    for measure in (*_PARTS, "pm_onpost"):
        fact = unit.get("F1", 0, "", measure)
        value = unit.value("F1", 0, "", measure)
        if fact and value is not None and value > staff:
            rule = "M49" if measure == "pm_onpost" else "G07"
            yield Doubt(fact, rule, detail=f"{value:g}>{staff:g};{unit.where(whole)}")


def volunteers_within_staff(unit: UnitFacts) -> Iterator[Doubt]:
    """G01, G02: registered volunteers, and those who helped to word the organ's spirit (F7), are people of the unit."""
    for fact in (unit.get("F1", 0, "", "registered"), unit.get("F7", 0, "spirit_collecting", "persons")):
        yield from people_of_year(unit, fact, "G01", "")


def staff_movement_adds_up(unit: UnitFacts) -> Iterator[Doubt]:
    """G08, M48: start + joined - left = end; else a note, and a question when the end equals the posts."""
    start, joined, left, end, posts = (
        unit.value("F1", 0, "", measure) for measure in ("hc_start", "joined", "left", "hc_end", "authorised_posts")
    )
    fact = unit.get("F1", 0, "", "hc_end")
    if fact is None or start is None or joined is None or left is None or end is None:
        return
    expected = start + joined - left
    offices = _staff_of_offices(unit)
    if posts is not None and end == posts and (expected != end or offices not in (None, end)):
        told = f"{expected:g}≠{end:g}" if expected != end else f"F3 Σ={offices:g}≠{end:g}"
        yield Doubt(fact, "M48", detail=told, soft=True)
    elif expected != end:
        told = f"{start:g}+{joined:g}-{left:g}={expected:g}≠{end:g}"
        yield Doubt(fact, "G08", treatment="NOTE", withhold=False, detail=told, soft=True)


def _staff_of_offices(unit: UnitFacts) -> float | None:
    """The staff of all offices of F3, null when a line has none that is exact."""
    rows = unit.rows("F3")
    rows = [0] if 0 in rows else rows
    values = [unit.value("F3", row, "", "hc_end") for row in rows]
    known = [value for value in values if value is not None]
    return sum(known) if rows and len(known) == len(rows) else None


def offices_add_up_to_headcount(unit: UnitFacts) -> Iterator[Doubt]:
    """M65: the staff of the offices of F3 add up to the headcount of F1; else both cells are asked about."""
    staff = unit.get("F1", 0, "", "hc_end")
    end = unit.value("F1", 0, "", "hc_end")
    lines = [fact for fact in unit.of_form("F3") if fact.measure == "hc_end"]
    offices = _staff_of_offices(unit)
    if staff is None or end is None or not lines or offices is None or offices == end:
        return
    more = "……" if len(lines) > 1 else ""
    detail = f"{unit.where(staff)};F3 Σ={offices:g};{unit.where(lines[0])}{more}"
    yield Doubt(staff, "M65", "headcount", withhold=False, detail=detail)
    yield Doubt(lines[0], "M65", "headcount", withhold=False, detail=detail)


def register_agrees(unit: UnitFacts) -> Iterator[Doubt]:
    """G18, M61: level of title and kind of unit are those of the register, which wins."""
    for measure, rule in (("title_level", "G18"), ("unit_kind", "M61")):
        fact = unit.get("F1", 0, "", measure)
        if fact is None or fact.text is None:
            continue
        registered = unit.reference.unit(fact.unit_code)
        expected = registered.title_level if measure == "title_level" else registered.kind
        if fact.text != expected:
            yield Doubt(fact, rule, "register", detail=unit.reference.label(expected, measure).zh)
