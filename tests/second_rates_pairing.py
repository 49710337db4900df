"""I13, I14 and I16 a second time, and the months of I15: paired households and their way out of hardship."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.second_rates_people import Key
from tests.second_rates_rules import Line, ratio
from tests.second_rates_source import Return, Row, Unit, Year, exact, last_day, total


def pairing(year: Year, own: Return, unit: Unit) -> Iterator[tuple[Key, Line]]:
    """The lines of one unit."""
    lines = own.lines("F5", "household_no", "household_location")
    places = {_text(line, "household_location") for line in lines}
    for rule, met in (("any", bool(lines)), ("both", {"urban", "rural"} <= places)):
        yield ("I13", rule), ratio(exact(int(met)), exact(int(unit.titled)))
    long = [line for line in lines if _twelve_months(line, year.year) and _text(line, "hardship_type") != "tekun"]
    yield ("I14", ""), ratio(exact(sum(1 for line in long if left(line, year.year))), exact(len(long)), 5)
    visits = total([own.amount("F5", "visits"), exact(0)])
    yield ("I16", ""), ratio(visits, exact(len(lines)))


def left(line: dict[str, Row], year: int) -> bool:
    """Out of hardship with date and proof, not before the pairing and not after 31 December."""
    exit_date, paired = _text(line, "exit_date"), _text(line, "paired_date")
    if _text(line, "out_of_hardship") != "yes" or not exit_date or not _text(line, "exit_proof") or not paired:
        return False
    return last_day(paired) <= last_day(exit_date) <= date(year, 12, 31)


def _twelve_months(line: dict[str, Row], year: int) -> bool:
    paired = _text(line, "paired_date")
    return bool(paired) and last_day(paired) <= date(year - 1, 12, 31)


def _text(line: dict[str, Row], name: str) -> str:
    fact = line.get(name)
    return "" if fact is None or fact["status"] == "queried" else fact["text"]
