"""Pages that tell a chart as tables: their notes explain the columns, and the counts say who is not assessed."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.present.chart_assessment import assessment_table
from analysis.present.context import make_context
from analysis.present.deck_lists import counts_table
from analysis.present.deck_text import deck_slides
from analysis.present.deck_told import told_slides
from analysis.present.grid_tables import items_counted
from analysis.present.list_tables import INSTITUTIONS
from tests.present.made_up import sample_reference
from tests.present.made_up_pack import pack_tables

OF_THE_PICTURE = ("竖线", "空心点", "每行一家单位，三格", "虚线")


@pytest.fixture(scope="module")
def tables():
    """Eight units, of which the last one neither holds a title nor applies: it stands on no list."""
    tables = pack_tables(8, assessed=True)
    return {**tables, "decisions": tables["decisions"].iloc[:-1]}


@pytest.fixture(scope="module")
def slides(tables):
    context = make_context(tables["units"], sample_reference(8))
    return [slide for slide in deck_slides(tables, context) if slide.table is not None]


def test_notes_of_tables_do_not_speak_of_marks_that_only_the_picture_has(slides):
    assert [word for slide in slides for word in OF_THE_PICTURE if word in slide.notes] == []


def test_the_counts_say_how_many_are_assessed_and_why_the_others_are_not(slides):
    counts = next(slide for slide in slides if "参加考评" in slide.subtitle)
    assert "8家中参加考评7家，其余1家既无称号也未申报" in counts.subtitle
    assert "8家中参加考评的7家；其余1家既无称号也未申报" in counts.notes


def test_notes_of_the_lists_explain_what_stands_in_their_columns(slides):
    lists = [slide for slide in slides if "拟保留（" in slide.title]
    assert lists
    for word in ("只作预审", "只作推荐", "部门核定事项", "临界", "届满复评"):
        assert all(word in slide.notes for slide in lists), word
    assert all("“—”" in "".join(slide.foot) for slide in lists)


def test_notes_of_the_institutions_explain_rows_and_columns_of_the_table(tables):
    context = make_context(tables["units"], sample_reference(8))
    table = pd.DataFrame({"unit_code": ["A"], "peer_group": ["PG1"], "force_rules": ["in_force"]})
    table = table.rename(columns={"force_rules": f"force_{items_counted(INSTITUTIONS, context.reference)[0]}"})
    (page,) = told_slides("S3", "制度健全", table, pd.DataFrame(), [], "charts/institutions.csv", context)

    assert page.notes.startswith("结论：制度健全。")
    assert "每行一个同类组，最后一行为全部" in page.notes


def test_levels_stand_from_the_highest_down_whatever_the_order_of_the_units(tables):
    levels = ["none", "organ", "unclear", "province", "city", "none", "organ", "city"]
    context = make_context(tables["units"], sample_reference(8))
    table = assessment_table(tables, context.reference).assign(applied_level=levels[:7])
    assert counts_table(table, context).headings[1:6] == ["省级", "市级", "市直机关级", "未申报", "申报不明"]
