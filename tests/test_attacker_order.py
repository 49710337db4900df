"""The log of what is hidden stands in the order of what is shown: in that of the true rates it told hidden counts."""

from __future__ import annotations

import csv

import pytest

from tests.attacker_order import hidden_in_order, left_by_order
from tests.published_tables import ROOT, Count

FOLDERS = [folder for year in (2024, 2025) if (folder := ROOT / "reports" / str(year)).is_dir()]
FILES = {"总体参与率": "C2_participation.csv", "活跃志愿者率": "C5_volunteers.csv"}


def test_an_order_by_the_true_rates_tells_counts():
    """21 to 24 of 25, then 29 to 32 of 33: as the second is at least 29/33 = 0.879, the first is at least 22/25 = 0.88."""
    counts = {"A": Count(25.0, 21.0, 24.0, group="甲"), "B": Count(33.0, 29.0, 32.0, group="甲")}

    assert left_by_order(["A", "B"], counts) == {"A": (22, 24), "B": (29, 31)}


@pytest.mark.skipif(not FOLDERS, reason="no reports of the sample; make report")
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_log_stands_in_the_order_of_the_table_that_is_shown(folder):
    for (indicator, _), order in hidden_in_order(folder).items():
        with (folder / "charts" / FILES[indicator]).open(encoding="utf-8-sig", newline="") as source:
            shown = [row["单位代码"] for row in csv.DictReader(source)]

        assert order == [unit for unit in shown if unit in set(order)], indicator
