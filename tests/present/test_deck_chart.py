"""A chart of the deck fills its place: it grows taller or lower as far as it may, and the white around it is cut off."""

from __future__ import annotations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.present.deck_chart import LEAST, MOST, fill_place


def bar():
    """A page of 10 by 4 inches, white but for a bar of 6 by 2 inches."""
    figure = Figure(figsize=(10, 4), facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, 10)
    axes.set_ylim(0, 4)
    axes.axis("off")
    axes.add_patch(Rectangle((2, 1), 6, 2, facecolor="black", linewidth=0))
    return figure


def size_of(png):
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


@pytest.mark.parametrize(
    "shape, drawn",
    [
        (0.5, 0.5),  # room for 3 inches of height: 2 become 3
        (0.25, 0.25),  # a flat place: 2 inches become 1.5, as no text is in the way
        (0.1, LEAST / 3),  # a slit: no less than LEAST times as high
        (3.0, MOST / 3),  # a tower: no more than MOST times as high
    ],
)
def test_a_chart_is_as_tall_for_its_width_as_its_place_as_far_as_it_may_grow(shape, drawn):
    width, height = size_of(fill_place(bar(), shape))
    assert height / width == pytest.approx(drawn, abs=0.02)


def test_a_chart_drawn_for_one_page_is_the_same_afterwards_for_another():
    figure = bar()
    first = fill_place(figure, 0.4)
    fill_place(figure, 1.0)
    assert figure.get_figheight() == 4
    assert fill_place(figure, 0.4) == first


def test_a_chart_without_anything_drawn_keeps_its_page():
    figure = Figure(figsize=(4, 2), facecolor="white")
    width, height = size_of(fill_place(figure, 0.5))
    assert width == 2 * height
