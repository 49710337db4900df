"""Conditions of entry: how old a unit is on the day of the freeze."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import pytest

from analysis.measures.assess_term import unmet
from tests.measures.test_assessment import SCHEME, unit, year

FREEZE = dt.date(2026, 2, 28)
NO_FORMS = replace(SCHEME, term=replace(SCHEME.term, all_forms=False))


def reasons(first, least=2, followed=(), freeze=FREEZE):
    """The conditions not met by a unit that stands in the register since a day."""
    reference = SimpleNamespace(
        freeze_on=freeze,
        succession=[SimpleNamespace(successor=code) for code in followed],
        register=[SimpleNamespace(code="U1", valid_from=first)],
    )
    scheme = replace(NO_FORMS, term=replace(NO_FORMS.term, least_age_years=least))
    return unmet(unit(), "organ", {2025: year()}, {}, reference, scheme)


@pytest.mark.parametrize(
    "first, found",
    [
        (dt.date(2024, 2, 28), ()),
        (dt.date(2024, 2, 29), ("too_new",)),
        (dt.date(2024, 12, 31), ("too_new",)),  # in its second calendar year, but not two years old
        (dt.date(2023, 12, 31), ()),
        (None, ()),  # in the register from the beginning
    ],
)
def test_a_unit_is_old_enough_when_its_years_are_full_on_the_day_of_the_freeze(first, found):
    assert reasons(first) == found


def test_a_unit_of_a_leap_day_is_two_years_old_on_the_first_of_march():
    assert reasons(dt.date(2024, 2, 29), freeze=dt.date(2026, 3, 1)) == ()


def test_a_unit_with_a_predecessor_is_not_new():
    assert reasons(dt.date(2025, 1, 1), followed=["U1"]) == ()
