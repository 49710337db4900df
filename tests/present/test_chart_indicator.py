"""A chart drawn of another figure speaks of that figure, whichever chart has it as its own."""

from __future__ import annotations

import pytest
from matplotlib.text import Text

from analysis.present.chart_indicator import context_of, indicator_table
from analysis.present.context import make_context
from analysis.present.save_charts import CHARTS
from tests.present.made_up import made_up_tables, sample_reference

REFERENCE, TABLES = sample_reference(), made_up_tables()
ACTIVE, OVERALL = "活跃志愿者率", "总体参与率"


def written(code, indicator):
    """The title and every other text of the chart of this figure."""
    context = context_of(code, make_context(TABLES["units"], REFERENCE), indicator, "")
    table = indicator_table(code, TABLES, REFERENCE, indicator, "")
    texts = [text.get_text().replace("\n", "") for text in CHARTS[code].draw(table, context).findobj(Text)]
    return CHARTS[code].finding(table, context), [text for text in texts if text.strip()]


@pytest.mark.parametrize(
    "code, indicator, asked, other, fraction",
    [
        ("C5", "I02", OVERALL, ACTIVE, "总体参与率=去重参与人数÷年末在职在岗人数"),
        ("C2", "I06", ACTIVE, OVERALL, "活跃志愿者率=本年度有服务记录的志愿者人数÷年末在职在岗人数"),
    ],
)
def test_the_chart_of_a_figure_that_another_chart_has_as_its_own_names_that_figure(
    code, indicator, asked, other, fraction
):
    finding, texts = written(code, indicator)

    assert finding.startswith(asked)
    assert finding in texts
    assert any(text.startswith(fraction) for text in texts)
    assert f"{asked}\uff08%\uff09" in texts
    assert not [text for text in texts if other in text]


@pytest.mark.parametrize("code, indicator", [("C2", "I02"), ("C5", "I06")])
def test_the_own_figure_of_a_chart_keeps_the_words_of_the_chart(code, indicator):
    context = make_context(TABLES["units"], REFERENCE)

    assert context_of(code, context, indicator, "") is context


def test_units_that_work_in_shifts_are_not_in_the_strip_of_a_service():
    """LJ-G06 and LJ-V08 stand in `not_compared.csv`, so they are not in its median either."""
    reference = sample_reference()
    table = indicator_table("C2", made_up_tables(), reference, "I06", "")

    assert not {"LJ-G06", "LJ-V08"} & set(table["unit_code"])
    assert "LJ-G06" in set(indicator_table("C2", made_up_tables(), reference, "I02", "")["unit_code"])
