"""Letters of a chart in the deck have their own size on the page as far as nothing runs into anything else."""

from __future__ import annotations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from analysis.present.deck_chart import fill_place
from analysis.present.deck_fit import is_spoiled, places_of


def page(*texts, cell=None):
    """A page of 10 by 4 inches with texts at places in inches, each with its size, and a cell around one."""
    figure = Figure(figsize=(10, 4), facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, 10)
    axes.set_ylim(0, 4)
    axes.axis("off")
    if cell:
        axes.add_patch(Rectangle(cell[:2], *cell[2:], facecolor="lightgrey"))
    for x, y, size in texts:
        axes.text(x, y, "mmmm", fontsize=size)
    return figure


@pytest.mark.parametrize(
    "now, spoiled",
    [
        (page((1, 1, 12), (5, 1, 12)), False),
        (page((1, 1, 200), (5, 1, 12)), True),  # runs into the other
        (page((1, 1, 10), (9.5, 1, 12)), True),  # runs over the edge
    ],
)
def test_a_text_may_touch_no_other_and_no_edge(now, spoiled):
    assert is_spoiled(places_of(page((1, 1, 10), (5, 1, 10))), places_of(now)) is spoiled


def test_a_text_stays_in_the_cell_that_holds_it():
    cell = (0.9, 0.9, 1.0, 0.5)
    before, larger = (places_of(page((1, 1, size), cell=cell)) for size in (10, 40))

    assert is_spoiled(before, larger)


def letters(figure):
    return [text.get_fontsize() for text in figure.findobj(Text) if text.get_text() == "mmmm"]


def test_letters_grow_where_the_place_is_smaller_than_the_chart_and_are_as_before_afterwards(monkeypatch):
    """A chart 10 inches wide in a place of 8: letters of 10 points are drawn with 12.5 and stand there with 10."""
    figure, drawn = page((0.1, 1, 10), (9.2, 1, 10), cell=(0, 2, 10, 1)), []
    save = figure.savefig
    monkeypatch.setattr(figure, "savefig", lambda *args, **more: drawn.append(letters(figure)) or save(*args, **more))
    fill_place(figure, 0.2, 8.0)

    assert drawn[0] == pytest.approx([12.5, 12.5], rel=0.02)
    assert letters(figure) == [10, 10]
