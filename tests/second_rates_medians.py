"""Whose rates the median of a group is made of, a second time: units that are compared, and no giving and no blood (4.4)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from statistics import median

from tests.second_rates_rules import Line
from tests.second_rates_source import Year, read_rows

FEWEST = 3
SHARES_OF_PEOPLE = ("I01", "I02", "I06", "I07", "I10", "I11", "I17", "I21", "I33")
LEI_FENG = ("I06", "I07")  # counts of volunteers, who belong to a programme
UNTOLD = ("I10", "I11")  # blood and the one-day donation
EXACT = ("ok", "small")


class Apart:
    """The units of a year that are never compared, or not in a programme."""

    def __init__(self, year: Year) -> None:
        begin, end = date(year.year, 1, 1), date(year.year, 12, 31)
        self.leads, first = {}, {}
        for row in read_rows(year.reference / "units.csv"):
            starts = date.fromisoformat(row["valid_from"]) if row["valid_from"] else date.min
            first[row["code"]] = min(starts, first.get(row["code"], date.max))
            if starts <= end and not (row["valid_to"] and date.fromisoformat(row["valid_to"]) < end):
                self.leads[row["code"]] = set(filter(None, row["lead_of"].split(";")))
        self.young = {code for code, starts in first.items() if starts > begin}
        for row in read_rows(year.reference / "succession.csv"):
            if begin < date.fromisoformat(row["valid_from"]) <= end:
                self.young.add(row["successor"])
        self.shifts = {
            (row["unit_code"], row["category"])
            for row in read_rows(year.reference / "not_compared.csv")
            if (row["valid_from"] or "0001") <= f"{year.year}-12-31" <= (row["valid_to"] or "9999")
        }
        self.giving = {row["code"] for row in year.categories if row["ranked"] == "no"}

    def is_peer(self, code: str, indicator: str, category: str, line: Line) -> bool:
        """Whether the rate of a unit counts in the median: exact, of people who were there, and not apart."""
        programme = "lei_feng_volunteer" if indicator in LEI_FENG else category
        if indicator in UNTOLD:
            programme = {"I10": "blood_donation", "I11": "one_day_donation"}[indicator]
        beside = code in self.young or (code, "") in self.shifts or (code, programme) in self.shifts
        exact = line.status in EXACT and line.rate is not None and not self._leavers(indicator, line)
        return exact and not beside and programme not in self.leads[code]

    @staticmethod
    def _leavers(indicator: str, line: Line) -> bool:
        """More people than at the end of the year: those who left are among them."""
        return indicator in SHARES_OF_PEOPLE and line.rate is not None and line.rate > 1

    def is_told(self, indicator: str, category: str) -> bool:
        """Whether units are set beside each other in the figure at all."""
        return indicator not in UNTOLD and category not in self.giving


def middle(rates: list[Fraction], is_told: bool) -> Fraction | None:
    """The median of at least three; fewer would tell those of single units."""
    return median(rates) if is_told and len(rates) >= FEWEST else None
