"""I08, I09, I35 and I36 a second time: months of service, the share of March, time of receipt and data quality."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tests.second_rates_people import SERVICE, Key
from tests.second_rates_rules import Line, ratio
from tests.second_rates_source import Return, Row, Unit, Year, exact, first_day, last_day

SERVICE_LINES = (*SERVICE, "legal_aid")


def continuity(year: Year, own: Return) -> Iterator[tuple[Key, Line]]:
    """I08 and I09 of one unit, from the service lines of F2 whose month is written.

    A service of some days at the turn of a month was in both months; how many came in which is not known.
    """
    lines = [line for line in own.lines("F2", "category") if _text(line, "category") in SERVICE_LINES]
    dated = [(months, line) for line in lines if (months := _months(line, year.year))]
    served = {month for months, _ in dated for month in months}
    if lines and Fraction(len(dated), len(lines)) < Fraction(4, 5):
        yield ("I08", ""), Line("undefined", Fraction(len(served)), Fraction(12))
    else:
        yield ("I08", ""), ratio(exact(len(served)), exact(12))
    single = [(months[0], line) for months, line in dated if len(months) == 1]
    march, whole = (_person_times(line for month, line in single if month in which) for which in ({3}, range(1, 13)))
    if whole is None or march is None:
        yield ("I09", ""), Line("queried")
    else:
        yield ("I09", ""), ratio(exact(march), exact(whole), unknown_below=10)


def _months(line: dict[str, Row], year: int) -> list[int]:
    """The month of a service, or the two it runs through; none for the whole year, a quarter or no date at all."""
    text = _text(line, "activity_date")
    if len(text) < 7:
        return []
    start, end = first_day(text), last_day(text)
    if start.year != year or end.year != year or end.month - start.month > 1:
        return []
    return sorted({start.month, end.month})


def _person_times(lines: Iterator[dict[str, Row]]) -> Fraction | None:
    facts = [line.get("person_times") for line in lines]
    if any(fact is None or fact["status"] == "queried" for fact in facts):
        return None
    return sum((Fraction(fact["value"]) for fact in facts if fact and fact["value"]), Fraction(0))


def _text(line: dict[str, Row], name: str) -> str:
    fact = line.get(name)
    return "" if fact is None or fact["status"] == "queried" else fact["text"]


def receipt(year: Year, own: Return, unit: Unit) -> Iterator[tuple[Key, Line]]:
    """I35: forms received by the deadline, of the eight forms due (F5 only of holders of a title)."""
    deadline = year.setting["deadline"]
    due = {f"F{number}" for number in range(1, 9)} - (set() if unit.titled else {"F5"})
    early: set[str] = set()
    for row in year.submissions:
        if row["unit_code"] == unit.code and row["state"] in ("accepted", "quarantined"):
            archive = row["file"].split("!", 1)[0]
            day = year.received.get(row["file"], year.received.get(archive))
            early |= set(row["forms"].split(";")) if day is None or day <= deadline else set()
    in_time = ratio(exact(len(early & due)), exact(len(due)))
    if not own.submitted:
        in_time = Line("not_submitted", in_time.numerator, in_time.denominator)
    yield ("I35", ""), in_time


def quality(year: Year, own: Return, unit: Unit) -> Iterator[tuple[Key, Line]]:
    """I36: open questions, returned files, contradictions between forms and days late, per hundred cells."""
    mine = [row for row in year.queries if row["unit_code"] == unit.code]
    asking = [row for row in mine if row["state"] == "open" and row["treatment"] in ("ASK", "DROP", "BACK", "QUAR")]
    returned = [row for row in year.submissions if row["unit_code"] == unit.code and row["state"] == "returned"]
    contradictions = [row for row in mine if row["rule"] in ("G06", "M65")]
    cells = {(row["file"], row["sheet"], row["cell"]) for row in year.facts if row["unit_code"] == unit.code}
    faults = len(asking) + len(returned) + len(contradictions) + _days_late(year, unit)
    yield ("I36", ""), ratio(exact(faults), exact(Fraction(len(cells), 100)))


def _days_late(year: Year, unit: Unit) -> int:
    deadline = year.setting["deadline"]
    counted = [row["file"] for row in year.submissions if row["unit_code"] == unit.code and row["forms"]]
    days = [year.received.get(name, year.received.get(name.split("!", 1)[0])) for name in counted]
    return max([0, *((day - deadline).days for day in days if day)])
