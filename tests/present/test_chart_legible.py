"""What stands in a chart can be read: no number is left out of a bar, and words stand out from what is behind them."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.colors import to_rgb

from analysis.present.chart_grid import RAMP, ink_on
from analysis.present.chart_stacked import chart_problems
from analysis.present.chart_strip import axis_start
from analysis.present.context import Context
from analysis.present.labels import Words
from analysis.present.list_tables import AGES, STATES
from tests.present.made_up import sample_reference


def test_the_number_of_a_narrow_part_stands_above_the_bar():
    """2 of 82 problems were done and not closed: the light part had no number."""
    row = {**dict.fromkeys([*STATES, *AGES], 0), "closed": 80, "done": 2, "due": 82, "in_time": 80}
    more = {"problem_source": "", "in_time_share": 80 / 82, "n_problems": 82, "units_overdue": 0, "n_units": 9}
    figure = chart_problems(pd.DataFrame([row | more]), Context(Words(sample_reference()), 80, 78, 0.98))
    texts = {text.get_text(): text for axes in figure.axes for text in axes.texts}

    assert texts["2"].get_position()[1] > texts["80"].get_position()[1]


@pytest.mark.parametrize("shade", [place / 20 for place in range(21)])
def test_words_on_any_shade_have_a_contrast_of_at_least_4_5(shade):
    """The formula of WCAG 2.1, written out here once more."""

    def light(colour):
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    face = RAMP(shade)
    low, high = sorted((light(face), light(ink_on(face))))
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_the_band_of_a_median_begins_on_the_axis_and_not_in_the_names():
    """Of a group whose median may be 11.4% the band ran over the name of the group, as the axis began at 40%."""
    rows = pd.DataFrame({"rate": [0.52, 0.9], "peer_median_low": [0.114, 0.8], "denominator": [50.0, 50.0]})

    assert axis_start(rows.assign(people_low=float("nan"), people_high=float("nan"), mark="solid"), 10) == 0.0
