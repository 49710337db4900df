"""I13, I14 and I16 a second time, and the months of I15: paired households and their way out of hardship."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from tests.second_rates_people import Key
from tests.second_rates_rules import Line, ratio
from tests.second_rates_source import Return, Row, Unit, Year, exact, last_day, total

RULES = ("both", "any")
FEWEST_HOUSEHOLDS = 5


def pairing(year: Year, own: Return, unit: Unit) -> Iterator[tuple[Key, Line]]:
    """The lines of one unit; what a unit without a title does is voluntary and counts nowhere."""
    if not unit.titled or not own.submitted:
        line = Line("not_submitted" if unit.titled else "not_applicable")
        yield ("I13", ""), replace(line, denominator=Fraction(1)) if unit.titled else line
        yield from ((key, line) for key in (("I14", ""), ("I16", "")))
        return
    lines = households(own)
    yield ("I13", ""), ratio(exact(int(meets(lines, year.setting["pairing_rule"]))), exact(1))
    long = paired_long(lines, year.year)
    gone = sum(1 for line in long if left(line, year.year))
    yield ("I14", ""), ratio(exact(gone), exact(len(long)), unknown_below=FEWEST_HOUSEHOLDS)
    yield ("I16", ""), ratio(total([own.amount("F5", "visits"), exact(0)]), exact(len(lines)))


def households(own: Return) -> list[dict[str, Row]]:
    """The lines of F5."""
    return own.lines("F5", "household_no", "household_location")


def meets(lines: list[dict[str, Row]], rule: str) -> bool:
    """Whether the unit has a household in town and one in the country, or (`any`) a household at all."""
    places = {_text(line, "household_location") for line in lines}
    return {"urban", "rural"} <= places if rule == "both" else bool(lines)


def paired_long(lines: list[dict[str, Row]], year: int) -> list[dict[str, Row]]:
    """Households paired for twelve months at the end of the year that can leave hardship."""
    return [line for line in lines if _twelve_months(line, year) and _text(line, "hardship_type") != "tekun"]


def left(line: dict[str, Row], year: int) -> bool:
    """Out of hardship with date and proof, not before the pairing and not after 31 December."""
    exit_date, paired = _text(line, "exit_date"), _text(line, "paired_date")
    if _text(line, "out_of_hardship") != "yes" or not exit_date or not _text(line, "exit_proof") or not paired:
        return False
    return last_day(paired) <= last_day(exit_date) <= date(year, 12, 31)


def half_left(lines: list[dict[str, Row]], year: int) -> Fraction | None:
    """Months after which half had left hardship by Kaplan and Meier; None where half have not."""
    spells = []
    for line in lines:
        gone, start = left(line, year), last_day(_text(line, "paired_date"))
        end = last_day(_text(line, "exit_date")) if gone else date(year, 12, 31)
        spells.append(((end - start).days, gone))
    still = Fraction(1)
    for day in sorted({days for days, gone in spells if gone}):
        at_risk = sum(1 for days, _ in spells if days >= day)
        still *= 1 - Fraction(sum(1 for days, gone in spells if gone and days == day), at_risk)
        if still <= Fraction(1, 2):
            return Fraction(day * 12 * 100, 36525)
    return None


def _twelve_months(line: dict[str, Row], year: int) -> bool:
    paired = _text(line, "paired_date")
    return bool(paired) and last_day(paired) <= date(year - 1, 12, 31)


def _text(line: dict[str, Row], name: str) -> str:
    fact = line.get(name)
    return "" if fact is None or fact["status"] == "queried" else fact["text"]
