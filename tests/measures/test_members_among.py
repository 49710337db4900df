"""How many party members are among the staff who studied: all that the others are too few to leave out."""

from __future__ import annotations

import pytest

from analysis.measures.figures import Figure
from analysis.measures.terms import among


def people(number: float) -> Figure:
    """A number that was reported."""
    return Figure(number, None, None, "reported", 0)


ASKED = Figure(None, None, None, "queried", 1)


def test_when_all_staff_studied_all_members_did():
    assert among(people(42), people(34), people(42), 43).value == 34


def test_when_some_stayed_away_they_may_all_be_members_or_none_of_them():
    """Of 42, 34 members and 8 others, 39 came: at least 39 - 8 members, at most all."""
    found = among(people(39), people(34), people(42), 43)

    assert (found.value, found.low, found.high, found.status) == (None, 31, 34, "bounded")


def test_fewer_than_the_others_may_be_no_member_at_all():
    found = among(people(5), people(34), people(42), 43)

    assert (found.low, found.high) == (0, 5)


@pytest.mark.parametrize("members,staff", [(ASKED, people(42)), (people(34), ASKED), (ASKED, ASKED)])
def test_staff_are_not_taken_for_members_while_either_number_is_asked_about(members, staff):
    found = among(people(42), members, staff, 43)

    assert (found.value, found.low, found.status) == (None, None, "queried")
