"""I01-I07, I10 and I11 a second time: who took part, how often and how long."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tests.second_rates_rules import Line, ratio, share_of_people
from tests.second_rates_source import ABSENT, NOT_APPLICABLE, QUERIED, Amount, Return, Year, total

Key = tuple[str, str]
PROGRAMMES = (
    "elder_care", "hope_project", "warmth_project", "spring_bud", "happiness_project", "spring_breeze",
    "disability_aid", "legal_aid", "golden_autumn_aid", "lei_feng_volunteer", "blood_donation", "one_day_donation",
)  # fmt: skip
DENOMINATORS = {"legal_aid": "law_qualified", "blood_donation": "age_18_55"}
SERVICE = ("elder_care", "warmth_project", "disability_aid", "lei_feng_volunteer")
HOURS = ("lei_feng_volunteer", "elder_care", "disability_aid")
BLOOD_FROM = 30


def people(year: Year, own: Return) -> Iterator[tuple[Key, Line]]:
    """The lines of one unit that has reported."""
    staff = own.amount("F1", "hc_end")
    for category in PROGRAMMES:
        yield ("I01", category), participation(own, category)
    yield ("I02", ""), share_of_people(own.amount("F3", "distinct_any"), staff)
    yield ("I03", ""), breadth(own)
    yield ("I04", ""), ratio(_applied(own.amount("F3", f"{name}.person_times") for name in SERVICE), staff)
    yield ("I05", ""), ratio(_applied(own.amount("F3", f"{name}.hours") for name in HOURS), staff)
    yield ("I06", ""), share_of_people(own.amount("F3", "lei_feng_volunteer.persons"), staff)
    yield ("I07", ""), share_of_people(own.amount("F3", "lei_feng_volunteer.registered"), staff)
    yield ("I10", ""), participation(own, "blood_donation")
    yield ("I11", ""), participation(own, "one_day_donation")


def participation(own: Return, category: str) -> Line:
    """The rate of one category; blood of fewer than 30 people aged 18-55 only goes into pooled figures."""
    whole = own.amount("F1", DENOMINATORS.get(category, "hc_end"))
    part = own.amount("F3", f"{category}.persons")
    return share_of_people(part, whole, BLOOD_FROM if category == "blood_donation" else 0)


def breadth(own: Return) -> Line:
    """Categories with at least one participant, of twelve; of eleven where nobody is qualified for legal aid.

    One that is not known counts neither at the lower end nor is it missing at the upper one.
    """
    lawyers = own.amount("F1", "law_qualified")
    if lawyers.state != "exact":
        return Line("queried")
    asked = [name for name in PROGRAMMES if name != "legal_aid" or lawyers.value != 0]
    took_part = [own.amount("F3", f"{name}.persons") for name in asked]
    whole = Fraction(len(asked))
    some = sum(1 for amount in took_part if amount.low is not None and amount.low >= 1)
    open_ones = [amount for amount in took_part if _open(amount)]
    if not open_ones:
        return Line("ok", Fraction(some), whole, Fraction(some) / whole)
    status = "bounded" if all(amount.state == "bounded" for amount in open_ones) else "queried"
    ends = Fraction(some) / whole, Fraction(some + len(open_ones)) / whole
    return Line(status, None, whole, rate_low=ends[0], rate_high=ends[1])


def _open(amount: Amount) -> bool:
    """Whether it cannot be said if anybody took part."""
    if amount.state == "bounded":
        return (amount.low or 0) < 1 and (amount.high is None or amount.high >= 1)
    return amount.state in ("queried", "absent")


def _applied(amounts: Iterator[Amount]) -> Amount:
    """The sum of several categories: a category that does not apply adds nothing, a blank one leaves it open."""
    parts = list(amounts)
    if any(part in (QUERIED, ABSENT) for part in parts):
        return QUERIED
    return NOT_APPLICABLE if all(part.state == "not_applicable" for part in parts) else total(parts)
