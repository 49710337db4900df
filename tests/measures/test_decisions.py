"""The version of the data: the freeze, and every day after it on which answers were told."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from analysis.measures.decisions import days_told, version_of

DAY = dt.date


def reference(*told):
    entries = tuple(SimpleNamespace(told_on=day) for day in told)
    return SimpleNamespace(year=2025, freeze_on=DAY(2026, 2, 28), corrections={"a.xlsx": entries})


@pytest.mark.parametrize(
    "told, earlier, version",
    [
        ([], [], "v2025.1"),
        ([DAY(2026, 2, 28)], [], "v2025.1"),
        ([DAY(2026, 3, 2), DAY(2026, 3, 2)], [], "v2025.2"),
        ([DAY(2026, 3, 2), DAY(2026, 4, 3)], [], "v2025.3"),
        ([], [DAY(2026, 4, 3)], "v2025.2"),  # an appeal about the first year of the term
        ([DAY(2026, 4, 3)], [DAY(2026, 4, 3)], "v2025.2"),  # told on one day: one version
        ([], [DAY(2025, 3, 20)], "v2025.1"),  # answered long before this freeze
    ],
)
def test_each_day_of_answers_after_the_freeze_makes_a_version_in_both_years(told, earlier, version):
    assert version_of(reference(*told), earlier) == version


def test_the_days_told_are_those_of_all_files():
    assert days_told(reference(DAY(2026, 3, 2), DAY(2026, 3, 2))) == {DAY(2026, 3, 2)}
