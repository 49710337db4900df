"""Each chart of eight made-up units looks as it did: compared with the pictures in `baseline/`.

A wanted change: `pytest tests/present/test_pictures.py --mpl-generate-path=tests/present/baseline`, then look at each.
"""

from __future__ import annotations

import pytest

from analysis.present.chart_frame import house_style
from analysis.present.context import make_context
from analysis.present.save_charts import CHARTS
from tests.present.made_up import sample_reference
from tests.present.made_up_lists import with_lists


@pytest.mark.parametrize("code", list(CHARTS))
@pytest.mark.mpl_image_compare(
    baseline_dir="baseline", filename=None, style="default", tolerance=0.2, savefig_kwargs={"dpi": 40}
)
def test_the_chart_looks_as_it_did(code):
    tables, reference = with_lists(8), sample_reference(8)
    figure = CHARTS[code].draw(CHARTS[code].table(tables, reference), make_context(tables["units"], reference))
    with house_style():
        figure.canvas.draw()
    return figure
