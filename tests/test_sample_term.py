"""The sample term 2024-2025, scored: every total, every class and everything promised, on the tables that `run` made."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.commands.assessed import NEEDED, term_of_year
from analysis.etl.store import clean_years, read_table
from analysis.measures.assess_term import assess_term
from analysis.measures.item_values import year_values
from analysis.measures.next_steps import taken
from analysis.measures.proposal import LISTS
from analysis.measures.reach_class import total_of
from analysis.measures.scorecards import Candidate, class_at, ladder, totals
from analysis.present.labels import Words
from analysis.present.scorecard_draw import draw_scorecard
from analysis.present.scorecard_pages import CardContext, make_scorecards
from analysis.reference import load_reference
from tests.reference_folder import DATA

YEARS = [2024, 2025]

pytestmark = pytest.mark.skipif(
    not set(YEARS) <= set(clean_years(DATA)), reason="data/clean has not both sample years: make report"
)


@pytest.fixture(scope="module")
def term():
    reference = load_reference(DATA, YEARS[-1])
    own = {name: read_table(DATA, YEARS[-1], name) for name in NEEDED}
    found = term_of_year(DATA, YEARS[-1], own, reference)
    assert found is not None
    return reference, found, assess_term(found.tables, reference, found.scheme, found.inputs)


def test_every_total_is_the_sum_of_its_items_and_lies_between_its_bounds(term):
    _, _, assessed = term
    cards, sums = assessed.scorecards.set_index("unit_code"), totals(assessed.assessment)
    pd.testing.assert_frame_equal(cards[["total", "total_low", "total_high"]], sums, check_names=False)
    known = cards[cards["total"].notna()]
    assert (known["total_low"] <= known["total"] + 1e-9).all()
    assert (known["total"] <= known["total_high"] + 1e-9).all()
    assert (assessed.assessment["points_high"] <= assessed.assessment["full"] + 1e-9).all()
    base = assessed.assessment[~assessed.assessment["item"].isin(["D1", "E1", "E2", "E3"])]
    assert base.groupby("unit_code")["full"].sum().round(9).eq(100).all()


def test_the_sample_brings_every_list_and_open_and_borderline_units(term):
    _, _, assessed = term
    cards = assessed.scorecards
    found = {LISTS[name] for name in cards["class_proposed"].dropna() if name != "none"}
    assert found == set(LISTS.values())
    assert cards["class_proposed"].isna().any()
    assert cards["borderline"].any()


def test_everything_that_would_change_a_class_does_so_when_scored_again(term):
    reference, found, assessed = term
    years = {year: year_values(tables) for year, tables in found.tables.items()}
    items = {item.code: item for item in found.scheme.items}
    applied = assessed.scorecards.set_index("unit_code")["applied_level"]
    promised = {code: advice for code, advice in assessed.advice.items() if advice.steps}
    assert promised
    for code, advice in promised.items():
        candidate = Candidate(reference.unit(code), str(applied[code]))
        later = {**years, YEARS[-1]: taken(years[YEARS[-1]], code, advice.steps, items)}
        total = total_of(candidate, later, found.scheme, found.inputs)
        assert total is not None
        assert class_at(total + 1e-9, ladder(candidate, found.scheme)) == advice.next_class


def test_no_scored_item_is_about_money_or_blood(term):
    _, _, assessed = term
    assert not assessed.assessment["source"].str.contains("I10|I11|I12|blood|donation|yuan").any()


@pytest.mark.parametrize("code", ["LJ-G06", "LJ-T11", "LJ-G26", "LJ-V04"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_scorecard_of_a_large_a_tiny_an_open_and_a_vetoed_unit_stays_on_its_page(term, code, lang):
    reference, found, assessed = term
    quality = read_table(DATA, YEARS[-1], "quality")
    context = CardContext(found.scheme, found.inputs, reference, Words(reference, lang), quality, "0123456789ab")
    (card,) = (card for card in make_scorecards(assessed, context) if card.unit_code == code)
    figure = draw_scorecard(card)
    page = figure.bbox.padded(1)
    texts = [text for axes in figure.axes for text in axes.texts if text.get_text().strip()]
    assert len(texts) > 300
    for text in texts:
        box = text.get_window_extent(figure.canvas.get_renderer())
        assert page.x0 <= box.x0, text.get_text()
        assert box.x1 <= page.x1, text.get_text()
        assert page.y0 <= box.y0, text.get_text()
        assert box.y1 <= page.y1, text.get_text()
