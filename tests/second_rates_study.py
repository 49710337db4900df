"""I17-I21 and I33 a second time: what F4 says of study, bases and the training of the team."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tests.second_rates_people import Key
from tests.second_rates_rules import Line, ratio, share_of_people
from tests.second_rates_source import QUERIED, Amount, Return, Year, exact, total

SIX = ("political_theory", "modern_economy", "science_tech", "law", "finance", "foreign_language")
SUBJECTS = (*SIX, "other")


def study(year: Year, own: Return) -> Iterator[tuple[Key, Line]]:
    """The lines of one unit that has reported."""
    staff = own.amount("F1", "hc_end")
    yield ("I17", ""), share_of_people(students(own, staff), staff)
    members = own.amount("F1", "pm_onpost")
    yield ("I17", "political_theory"), share_of_people(among(own, staff, members), members)
    came = total(own.amount("F4", f"{name}.person_times") for name in SUBJECTS)
    yield ("I18", ""), ratio(came, total(own.amount("F4", f"{name}.expected_person_times") for name in SUBJECTS))
    yield ("I19", ""), ratio(_held(own), exact(len(SIX)))
    yield ("I20", ""), ratio(_studied_hours(own), staff)
    yield ("I21", ""), share_of_people(own.amount("F4", "education_base.persons"), staff)
    team = total(own.amount("F1", name) for name in ("team_full_time", "team_part_time"))
    yield ("I33", ""), share_of_people(own.amount("F4", "team_training.persons"), team)


def students(own: Return, staff: Amount) -> Amount:
    """Distinct people in at least one session: the 合计 line says; without it only bounds are known.

    At least as many as in the largest subject, at most the staff or the sum over the subjects.
    """
    said = own.amount("F4", "all_subjects.persons")
    if own.facts["F4", "all_subjects.persons"] or staff.value is None:
        return said
    parts = [own.amount("F4", f"{name}.persons") for name in SUBJECTS]
    known = [part.value for part in parts if part.value is not None]
    if len(known) < len(parts):
        return QUERIED
    return Amount("bounded", max(known), min(staff.value, sum(known, Fraction(0))))


def among(own: Return, staff: Amount, members: Amount) -> Amount:
    """Party members in the study of the theme: F4 counts all staff, and those who stayed away may all be members."""
    studied = own.amount("F4", "political_theory.persons")
    if studied.value is None or staff.value is None or members.value is None:
        return studied if studied.value is None else QUERIED
    low = max(Fraction(0), studied.value - (staff.value - members.value))
    high = min(studied.value, members.value)
    return exact(high) if low >= high else Amount("bounded", low, high)


def _held(own: Return) -> Amount:
    sessions = [own.amount("F4", f"{name}.sessions") for name in SIX]
    if any(amount.state in ("queried", "absent") for amount in sessions):
        return QUERIED
    return exact(sum(1 for amount in sessions if (amount.low or 0) >= 1))


def _studied_hours(own: Return) -> Amount:
    """Class hours that people sat through: the hours of one session times the people who came, over the subjects."""
    parts = []
    for name in SUBJECTS:
        hours, sessions, came = (
            own.amount("F4", f"{name}.{key}") for key in ("class_hours", "sessions", "person_times")
        )
        if hours.value is None or sessions.value is None or came.value is None:
            return QUERIED
        parts.append(exact(hours.value / sessions.value * came.value if sessions.value else 0))
    return total(parts)
