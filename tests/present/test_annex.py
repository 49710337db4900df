"""The annex of the meeting as a workbook: what Excel shows, what it hides, and the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from analysis.measures.group_change import COLUMNS as CHANGES
from analysis.present.annex import annex_bytes, annex_pages, save_annex
from analysis.present.annex_formats import columns_of
from analysis.present.annex_sheet import Block, Page, add_page, lines_needed, pages_across
from analysis.present.annex_tables import corrections, open_list, scores
from analysis.present.context import make_context
from analysis.present.labels import Words
from analysis.present.save_charts import CHARTS
from analysis.reference.specs import ACTIONS
from analysis.reference.types import Correction
from tests.present.made_up import made_up_tables, sample_reference

REFERENCE = sample_reference(24)
WORDS = Words(REFERENCE)
NO_ONE = {"queries": ["query_id", "unit_code", "form", "file", "sheet", "cell", "rule", "treatment", "field", "state"]}


def tables(**more):
    """The made-up tables of 24 units, with what the annex reads besides."""
    own = dict(made_up_tables(24))
    place = {"file": ["a.xlsx"], "sheet": ["表3"], "cell": ["D7"]}
    own["facts"] = pd.DataFrame({"value": [1.0], "status": ["queried"], **place})
    own["group_change"] = own["group_change"].reindex(columns=list(CHANGES))
    own["queries"] = pd.DataFrame(columns=NO_ONE["queries"]) if "queries" not in more else more["queries"]
    return own


def context(lang="zh"):
    return make_context(made_up_tables(24)["units"], REFERENCE, lang)


def question(**more):
    row = dict.fromkeys(NO_ONE["queries"], "")
    own = {"unit_code": REFERENCE.units[0].code, "form": "F3", "file": "a.xlsx", "sheet": "表3", "cell": "D7"}
    return row | own | {"rule": "M46", "treatment": "ASK", "field": "elder_care.persons", "state": "open"} | more


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def content():
    return annex_bytes(tables(), context(), version="0123456789ab")


@pytest.fixture(scope="module")
def book(content):
    return opened(content)


def grid(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_same_tables_give_the_same_bytes(content, tmp_path):
    path = save_annex(tables(), context(), tmp_path, version="0123456789ab")[0]

    assert path.read_bytes() == content


def test_the_sheets_stand_in_the_order_of_the_meeting_and_none_is_hidden(book):
    charts = [f"图{code}" for code, chart in CHARTS.items() if chart.is_possible(tables())]

    assert book.sheetnames == ["封面", "口径说明", *charts, "数据质量说明", "未报和待核清单"]
    assert {sheet.sheet_state for sheet in book.worksheets} == {"visible"}


def test_the_file_names_no_author_no_program_and_no_time(content):
    package = zipfile.ZipFile(io.BytesIO(content))
    properties = package.read("docProps/core.xml").decode()

    assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not any(word in properties for word in ("creator", "modified", "created", "lastModifiedBy", "openpyxl"))
    assert not [name for name in package.namelist() if "comment" in name or "printerSettings" in name]


def test_every_sheet_is_ready_for_paper_and_marked_as_internal(book):
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
        assert sheet.oddFooter.left.text == "内部资料"


def test_a_chart_has_its_headings_frozen_repeated_on_paper_and_with_filters(book):
    for code in ("C2", "C5"):
        sheet = book[f"图{code}"]
        row = next(place for place, cells in enumerate(grid(sheet), start=1) if cells[0] == "单位代码")

        assert sheet.freeze_panes == f"C{row + 1}"
        assert sheet.print_title_rows == f"${row}:${row}"
        assert sheet.auto_filter.ref.startswith(f"A{row}:")


def test_shares_are_numbers_shown_in_percent_and_counts_with_separators():
    table = pd.DataFrame({"short_name": ["甲", "乙"], "numerator": [1234.0, None], "rate": [0.1234, None]})

    name, count, rate = columns_of(table, WORDS)

    assert (name.cells, name.number_format) == (("甲", "乙"), "@")
    assert (count.cells, count.number_format) == ((1234, "—"), "#,##0")
    assert (rate.cells, rate.number_format) == ((0.1234, "—"), "0.0%")


def test_differences_are_percentage_points_and_totals_have_two_decimals():
    change = columns_of(pd.DataFrame({"difference": [0.0123]}), WORDS)[0]
    points = columns_of(pd.DataFrame({"total": [80.46970326], "peer_median": [79.98765]}), WORDS)

    assert change.cells == pytest.approx((1.23,))
    assert [column.cells for column in points] == [(80.46,), (79.98,)]  # cut, never rounded up


def test_a_hidden_number_is_a_dash_and_its_row_says_what_may_be_told(book):
    rows = grid(book["图C2"])
    head = next(row for row in rows if row[0] == "单位代码")
    found = [dict(zip(head, row, strict=True)) for row in rows if row[0] in {unit.code for unit in REFERENCE.units}]
    hidden = [row for row in found if row["不列的数字"] not in ("—", None)]

    assert hidden
    assert {row["分子"] for row in hidden} == {"—"}
    assert all(not isinstance(row["比率"], float) for row in hidden)


def test_text_never_becomes_a_formula():
    book = openpyxl.Workbook()
    evil = pd.DataFrame({"short_name": ["=1+1", "@SUM(A1)", "-2+3", '=HYPERLINK("x")']})
    sheet = add_page(book, Page("页", "=cmd()", ("+1+1",), (Block("", evil),)), WORDS)

    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    texts = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert kinds == {"s"}
    assert [text for text in texts if text.startswith(("=", "+", "@", "-"))] == []


def test_the_list_of_open_questions_says_what_to_do_and_never_what_was_written():
    asked = pd.DataFrame([question(raw="3至6人", read_as="5", message_zh="您填写“3至6人”")])
    row = open_list({"queries": asked}, WORDS).iloc[0]

    assert (row["cell"], row["field"], row["act"]) == ("D7", "敬老爱老助老 人数", "ASK")
    assert not any("3至6人" in str(value) for value in row)


def test_an_open_question_about_blood_names_the_form_alone():
    asked = pd.DataFrame([question(field="blood_donation.blood_ml", rule="G10", cell="AL17")])
    row = open_list({"queries": asked}, WORDS).iloc[0]

    assert row["form"] == "F3"
    assert [row[name] for name in ("sheet", "cell", "field", "rule")] == ["", "", "", ""]


def test_units_without_a_return_are_listed(book):
    missing = made_up_tables(24)["units"].query("not submitted")["short_name"].tolist()
    listed = [row[1] for row in grid(book["未报和待核清单"])]

    assert missing
    assert set(missing) <= set(listed)


def test_corrections_are_told_without_the_value_the_reason_and_the_name():
    line = Correction(
        line=2, file="a.xlsx", sheet="表3", cell="D7", expected="7", action="set", new_value="4711", field="",
        query_id="", reason="电话核实", told_on=REFERENCE.deadline, by_whom="张三",
    )  # fmt: skip
    row = corrections(Words(replace(REFERENCE, corrections={"a.xlsx": (line,)}))).iloc[0]

    assert (row["file"], row["cell"], row["annex_action"]) == ("a.xlsx", "D7", "改填")
    assert not any(word in str(row.to_list()) for word in ("4711", "电话核实", "张三"))


def wide_sheet(columns):
    """A sheet of one unit with `columns` counts beside its name."""
    counts = {f"count_{place}": [1.0] for place in range(columns)}
    table = pd.DataFrame({"short_name": ["甲"], **counts})
    return add_page(openpyxl.Workbook(), Page("页", "题", (), (Block("", table),)), WORDS)


def test_what_only_checks_a_method_stands_at_the_right_and_is_not_printed(book):
    sheet = book["图C5"]
    row = next(place for place, cells in enumerate(grid(sheet), start=1) if cells[0] == "单位代码")
    printed = sheet[sheet.print_area.split("!")[1].replace("$", "")]
    headings = [cell.value for cell in sheet[row]]

    assert headings[-4:] == ["离散系数", "组间方差", "组间方差(用于放宽)", "自由度"]
    assert [cell.value for cell in printed[row - 1]] == headings[:-4]


def test_a_wide_table_goes_over_two_pages_that_both_name_the_row(monkeypatch):
    monkeypatch.setattr("analysis.present.annex_formats.heading", lambda name, words: name)
    narrow, wide = wide_sheet(10), wide_sheet(25)

    assert (narrow.page_setup.fitToWidth, wide.page_setup.fitToWidth) == (1, 2)
    assert wide.print_title_cols == "$A:$A"


@pytest.mark.parametrize("width, pages", [(136, 1), (209, 1), (210, 2), (400, 2)])
def test_letters_of_ten_points_are_never_printed_below_six_and_a_half(width, pages):
    """A4 across holds 136 Latin letters of 10 points: 209 shrink it to 6.5, 210 below."""
    assert pages_across(width) == pages


def test_every_action_of_a_correction_has_its_word():
    assert {WORDS.say(f"annex.action.{action}") for action in ACTIONS}


def test_english_sheets_have_english_names():
    names = opened(annex_bytes(tables(), context("en"))).sheetnames

    assert names[:3] == ["Cover", "Definitions", "Chart C1"]
    assert names[-1] == "Missing and open"


@pytest.mark.parametrize("text, lines", [("", 1), ("澜江", 1), ("精神文明建设", 2), ("a\nb", 2)])
def test_a_chinese_letter_takes_the_room_of_two(text, lines):
    assert lines_needed(text, 10) == lines


def test_scores_stand_in_the_order_of_the_register_without_the_points_of_an_item():
    codes = [unit.code for unit in REFERENCE.units]
    total = [80.0 + place for place in range(len(codes))]
    cards = pd.DataFrame(
        {
            **dict.fromkeys(("veto", "class_proposed", "class_low", "class_high", "reasons"), "keep"),
            **dict.fromkeys(("applied_level", "title_level"), "city"),
            **dict.fromkeys(("total", "total_low", "total_high"), total),
            "unit_code": codes,
            **{"line": 75.0, "p_class": 0.9, "applied_clear": True},
            "remarks": ["organiser"] + [""] * (len(codes) - 1),
            "borderline": [True] + [False] * (len(codes) - 1),
        }
    )
    table = scores({"scorecards": cards}, REFERENCE)

    assert table["unit_code"].tolist() == codes
    assert table["total"].tolist() == total
    told = next(column for column in columns_of(table[["remarks"]], WORDS) if column.heading == "备注")
    assert told.cells == ("考评组织单位，由其他机构复核", *["—"] * (len(codes) - 1))
    assert table["sure"].tolist() == ["borderline"] + [""] * (len(codes) - 1)
    assert not {"points", "item", "numerator"} & set(table.columns)


def test_the_list_of_what_is_open_says_why_there_are_more_questions_than_queried_values():
    """Two questions: one about the queried cell, one about the whole file."""
    asked = pd.DataFrame([question(), question(sheet=None, cell=None)])
    pages = {page.name: page for page in annex_pages(tables(queries=asked), context(), {}, "0123456789ab")}

    assert any("未结2项中1项各有一个待核数值" in line for line in pages["未报和待核清单"].remarks)
