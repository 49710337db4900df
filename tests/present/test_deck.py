"""The deck: findings as titles, text inside its boxes, an alternative text for every picture, the same bytes every time."""

from __future__ import annotations

import io

import pytest
from pptx import Presentation

from analysis.present.context import make_context
from analysis.present.deck import deck_bytes, save_deck
from analysis.present.deck_draw import Deck
from analysis.present.deck_page import PAPER, SCREEN
from analysis.present.deck_slides import Slide
from analysis.present.deck_text import deck_slides
from analysis.present.labels import Words
from analysis.present.save_charts import CHARTS
from tests.present.made_up import sample_reference
from tests.present.made_up_pack import pack_tables
from tests.present.packages import FORBIDDEN, FORBIDDEN_EN, all_text, overflowing, parts_of, slides_of, texts_of

CASES = {
    "a year that ends a term": (8, True, True, "zh"),
    "the same in English": (8, True, True, "en"),
    "one unit and no year before": (1, False, False, "zh"),
}
GAP = "____（待填：由会议判断）"


@pytest.fixture(scope="module", params=CASES, ids=list(CASES))
def case(request):
    """Tables and context of a year, its slides, and the bytes of both decks."""
    n_units, assessed, year_before, lang = CASES[request.param]
    tables = pack_tables(n_units, assessed, year_before)
    context = make_context(tables["units"], sample_reference(n_units), lang)
    slides = deck_slides(tables, context)
    return tables, context, slides, [deck_bytes(slides, page, context) for page in (SCREEN, PAPER)]


def test_each_chart_has_a_page_whose_title_is_its_finding(case):
    tables, context, _, decks = case
    possible = [chart for chart in CHARTS.values() if chart.is_possible(tables)]
    findings = [chart.finding(chart.table(tables, context.reference), context) for chart in possible]

    for deck in decks:
        titles = [slide.shapes.title.text_frame.text for slide in slides_of(deck)]
        assert [title for title in titles if title in findings] == findings


def test_every_picture_and_every_table_says_in_words_what_it_shows(case):
    for deck in case[3]:
        shapes = [shape for slide in slides_of(deck) for shape in slide.shapes if not shape.has_text_frame]
        told = [shape._element.xpath(".//p:cNvPr")[0].get("descr") for shape in shapes]

        assert told
        assert all(text and len(text) > 5 for text in told)


def test_every_page_has_notes_and_those_of_charts_say_how_the_figure_is_defined(case):
    _, context, _, decks = case
    heading = context.words.say("deck.notes_definition", text="")
    for deck in decks:
        for slide in slides_of(deck):
            notes = slide.notes_slide.notes_text_frame.text
            assert notes.strip()
            if any(shape.name == "chart" for shape in slide.shapes):
                assert heading in notes


def test_no_text_is_larger_than_its_box_and_no_box_leaves_the_page(case):
    for deck in case[3]:
        file = Presentation(io.BytesIO(deck))
        for slide in file.slides:
            assert overflowing(slide, file.slide_width, file.slide_height) == []


def test_text_can_be_read_from_the_back_of_the_room(case):
    """Titles in 20 points or more, points beside a chart in 9 or more."""
    for slide in slides_of(case[3][0]):
        assert slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size.pt >= 20
        sizes = [shape.text_frame.paragraphs[0].runs[0].font.size.pt for shape in slide.shapes if shape.name == "point"]
        assert all(size >= 9 for size in sizes)


def test_every_run_names_the_font_for_chinese_text(case):
    for deck in case[3]:
        for slide in slides_of(deck):
            runs = slide.shapes._spTree.xpath(".//a:r")
            faces = [run.xpath("./a:rPr/a:ea/@typeface") for run in runs]
            assert set(map(tuple, faces)) == {("Noto Sans CJK SC",)}


def test_each_foot_says_source_internal_and_made_up_city(case):
    _, context, _, decks = case
    source = context.words.say("foot.source", year="", freeze="", submitted="", due="", share="")[:4]
    for slide in slides_of(decks[0]):
        boxes = {shape.name: shape.text_frame.text for shape in slide.shapes if shape.has_text_frame}
        assert source in boxes["foot"]
        assert context.words.say("foot.internal") in boxes["mark"]
        assert context.words.pick(context.reference.city) in boxes["mark"]


def test_pages_are_16_to_9_and_a4_with_margins_of_15_mm(case):
    screen, paper = (Presentation(io.BytesIO(deck)) for deck in case[3])

    assert screen.slide_width * 9 == pytest.approx(screen.slide_height * 16, rel=1e-4)
    assert (paper.slide_width / 36000, paper.slide_height / 36000) == pytest.approx((297, 210), abs=0.1)
    edges = [shape.left / 36000 for slide in paper.slides for shape in slide.shapes]
    assert min(edges) >= 14.9


def test_nothing_forbidden_is_said(case):
    for deck in case[3]:
        text = all_text(deck, is_deck=True)
        assert [word for word in (*FORBIDDEN, *FORBIDDEN_EN) if word in text] == []


def test_no_maker_no_time_no_macro_and_no_address_outside(case):
    for deck in case[3]:
        parts = parts_of(deck)
        assert [name for name in parts if "vba" in name or "thumbnail" in name or "docProps/app" in name] == []
        core = parts["docProps/core.xml"].decode()
        assert [tag for tag in ("creator", "lastModifiedBy", "created", "modified") if tag in core] == []
        assert [name for name, part in parts.items() if name.endswith(".rels") and b"External" in part] == []


def test_the_same_tables_give_the_same_bytes(tmp_path):
    tables = pack_tables(8)
    context = make_context(tables["units"], sample_reference(8))
    first = [path.read_bytes() for path in save_deck(tables, context, tmp_path / "a")]

    assert [path.read_bytes() for path in save_deck(tables, context, tmp_path / "b")] == first


def test_a_year_without_assessment_has_no_lists_and_tells_of_none():
    tables = pack_tables(8)
    context = make_context(tables["units"], sample_reference(8))
    text = all_text(deck_bytes(deck_slides(tables, context), SCREEN, context), is_deck=True)

    assert "拟保留" not in text
    assert "考评" not in text


def test_lists_are_native_tables_that_hold_every_unit_in_the_order_of_protocol():
    tables = pack_tables(80, assessed=True)
    context = make_context(tables["units"], sample_reference(80))
    for page in (SCREEN, PAPER):
        slides = slides_of(deck_bytes(deck_slides(tables, context), page, context))
        listed = [
            row.cells[1].text
            for slide in slides
            for shape in slide.shapes
            if shape.has_table and len(shape.table.columns) == 9
            for row in list(shape.table.rows)[1:]
        ]

        assert listed == [unit.short_name for unit in context.reference.units]


def test_no_unit_is_named_outside_the_lists():
    """Charts name units in the picture where their rules allow it; texts of the deck do not."""
    tables = pack_tables(8, assessed=True)
    context = make_context(tables["units"], sample_reference(8))
    slides = slides_of(deck_bytes(deck_slides(tables, context), SCREEN, context))
    texts = [text for slide in slides if not any(shape.has_table for shape in slide.shapes) for text in texts_of(slide)]

    assert [unit.short_name for unit in context.reference.units if any(unit.short_name in text for text in texts)] == []


def test_what_people_must_judge_is_a_gap_beside_every_chart():
    tables = pack_tables(8)
    context = make_context(tables["units"], sample_reference(8))
    for slide in slides_of(deck_bytes(deck_slides(tables, context), SCREEN, context)):
        if any(shape.name == "chart" for shape in slide.shapes):
            points = [shape.text_frame.text for shape in slide.shapes if shape.name == "point"]
            assert points[1:] == [GAP, GAP]
            assert GAP not in points[0]


def test_no_line_breaks_between_a_minus_and_its_number():
    """On a slide the line ended with the sign, and the next began with 0.1."""
    page = Slide("差−0.1个百分点", "", "", [], "")
    deck = Deck(SCREEN, Words(sample_reference(1)))
    deck.add(page)

    assert deck.file.slides[0].shapes.title.text == "差−\u20600.1个百分点"
