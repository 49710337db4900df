"""`civility trace`: from a figure to its cells in any form, and from any cell to all that it touches."""

import csv
import shutil

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from analysis.cli import app
from analysis.etl.store import read_table
from tests.example_year import example_data

RETURN = "LJ-T08_市红十字会_2025.xlsx"
F1, F2, F3, F7 = "表1基本情况", "表2活动统计", "表3参与情况", "表7制度落实"
HEADER = ("file", "sheet", "cell", "expected_text", "action", "new_value", "reason", "told_on", "by_whom")


def civility(*arguments, status=0):
    result = CliRunner().invoke(app, [str(part) for part in arguments])
    assert result.exit_code == status, result.output
    return result.output


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A year of one return: D7 of F3 was 若干 and is answered, D8 still open, a line of F2 stands twice, plus a scan."""
    data = example_data(tmp_path_factory.mktemp("trace") / "data")
    raw = data / "raw" / "2025"
    for path in raw.iterdir():
        if path.name != RETURN:
            path.unlink()
    book = load_workbook(raw / RETURN)
    book[F3]["D7"], book[F3]["D8"] = "若干", "数十人"
    for column in range(2, 19):
        book[F2].cell(7, column).value = book[F2].cell(6, column).value
    book.create_sheet("草稿")["B2"] = 7
    book.save(raw / RETURN)
    (raw / "扫描").mkdir()
    (raw / "扫描" / "盖章.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    shutil.copy(raw / RETURN, raw / "副本.xlsx")
    line = (RETURN, F3, "D7", "若干", "set", "1", "电话核实", "2026-01-20", "办公室李科")
    with (data / "reference" / "2025" / "corrections.csv").open("w", encoding="utf-8-sig", newline="") as target:
        csv.writer(target).writerows([HEADER, line])
    civility("clean", 2025, "--data", data, "--quiet")
    return data


def cell(data, sheet, place, file=RETURN):
    return civility("trace", 2025, "--cell", file, sheet, place, "--data", data)


def trace(data, *what):
    return civility("trace", 2025, "LJ-T08", *what, "--data", data)


def test_a_confirmed_fact_shows_its_raw_text_the_answer_by_whom_and_when(data):
    answered = "答复 answer: set 1  2026-01-20 办公室李科:电话核实  (reference/2025/corrections.csv:2)"
    forward, back = cell(data, F3, "D7"), trace(data, "敬老爱老助老")

    assert "elder_care.persons = 1  “若干”  confirmed M37" in forward
    assert "已答 answered" in forward
    assert answered in forward
    assert answered in back
    assert "“若干”  elder_care.persons  confirmed M37" in back


def test_a_queried_cell_shows_its_open_question_and_the_figures_that_wait_for_it(data):
    output = cell(data, F3, "D8")

    assert "作用 role: value" in output
    assert "elder_care.persons = —  “数十人”  queried M37" in output
    assert "待答 open" in output
    assert "→ participation  LJ-T08 elder_care  persons = —" in output
    assert "I01 类别参与率 · 敬老爱老助老: queried" in output
    assert "→ 全市 city  I01 elder_care" in output


def test_a_headcount_touches_units_rates_and_the_city(data):
    output = cell(data, F1, "D6")

    assert "→ units  LJ-T08  hc_end = 14" in output
    assert "I02 总体参与率" in output
    assert "→ 全市 city  I02" in output


def test_staff_at_the_start_bound_the_rates_that_they_are_no_side_of(data):
    start = read_table(data, 2025, "facts").query("measure == 'hc_start'").iloc[0]
    output = cell(data, start["sheet"], start["cell"])

    assert "→ units  LJ-T08  hc_ever = " in output
    assert "I01 类别参与率" in output


def test_a_rejected_cell_says_so_and_touches_no_figure_but_the_count_of_cells(data):
    output = cell(data, F2, "G7")

    assert "rejected M34" in output
    assert [line.split()[2] for line in output.splitlines() if "→" in line] == ["I36"]
    assert "DROP M34" in cell(data, F2, "A7")


def test_a_line_of_another_form_is_followed_to_its_table(data):
    fact = read_table(data, 2025, "facts").query("measure == 'persons' and form == 'F2' and row == 1").iloc[0]

    assert f"→ activities  LJ-T08 1  persons = {fact['value']:g}" in cell(data, F2, fact["cell"])
    facts = read_table(data, 2025, "facts")
    grid = facts[(facts["form"] == "F7") & (facts["measure"] == "times_done")].dropna(subset=["value"])
    if len(grid):
        first = grid.iloc[0]
        assert f"→ institutions  LJ-T08 {first['item']}  times_done" in cell(data, F7, first["cell"])


@pytest.mark.parametrize(
    "sheet, place, words",
    [
        (F3, "A1", "title 标题"),
        (F3, "D4", "header 列标题"),
        (F3, "A7", "meta 表头信息"),
        (F3, "D11", "total 合计"),
        ("草稿", "B2", "ignored 未采用 M14"),
        (F3, "ZZ9", "空白 blank"),
    ],
)
def test_a_cell_that_is_no_value_says_what_it_is(data, sheet, place, words):
    output = cell(data, sheet, place)

    assert words in output
    assert "没有数据 | no fact" in output


def test_a_file_that_does_not_count_says_so_with_its_rule(data):
    scan, twin = cell(data, "", "A1", "盖章.pdf"), cell(data, F3, "D7", "副本.xlsx")
    counted = [text for text in (twin, cell(data, F3, "D7")) if "该文件未采用" not in text]

    assert "skipped M09" in scan
    assert len(counted) == 1


def test_what_is_not_there_is_answered_with_what_looks_like_it(data):
    assert RETURN in civility("trace", 2025, "--cell", "LJ-T08_红十字会.xlsx", F3, "D7", "--data", data, status=1)
    assert F3 in civility("trace", 2025, "--cell", RETURN, "表33", "D7", "--data", data, status=1)
    assert "elder_care" in civility("trace", 2025, "LJ-T08", "种树", "--data", data, status=1)
    assert "measure" in civility("trace", 2025, "LJ-T08", "敬老爱老助老", "guests", "--data", data, status=1)


def test_a_measure_alone_is_followed_in_every_form(data):
    output = trace(data, "hours")
    facts = read_table(data, 2025, "facts")
    own = facts[(facts["unit_code"] == "LJ-T08") & (facts["measure"] == "hours")]

    assert {"F2", "F3"} <= set(own["form"])
    for fact in own.to_dict("records"):
        assert f"{fact['sheet']}!{fact['cell']}  " in output


def test_every_value_of_every_form_is_found_from_its_unit_item_and_measure(data):
    facts = read_table(data, 2025, "facts")
    own = facts[facts["unit_code"] == "LJ-T08"]
    for form, group in own.groupby("form"):
        fact = group.dropna(subset=["value"]).iloc[0] if group["value"].notna().any() else group.iloc[0]
        output = trace(data, *(part for part in (fact["item"], fact["measure"]) if part))
        assert f"{fact['sheet']}!{fact['cell']}  “{fact['raw']}”" in output, form


LIST_CELLS = [
    ("F4", "all_subjects", "persons", ["I17"]),
    ("F4", "education_base", "persons", ["I21"]),
    ("F7", "matter_report", "times_due", ["I23"]),
    ("F7", "matter_report", "document", ["I22"]),
    ("F7", "", "target_status", ["I29", "I30"]),
    ("F7", "", "office", ["I27"]),
    ("F6", "", "rect_status", ["I25", "I26"]),
    ("F6", "", "rect_measures", ["I24"]),
    ("F8", "", "award_date", ["I31"]),
    ("F8", "central", "media_items", ["I32"]),
    ("F3", "hope_project", "amount_yuan", []),
]


@pytest.mark.parametrize("form, item, measure, indicators", LIST_CELLS)
def test_a_cell_of_any_form_leads_to_its_indicators_and_those_back_to_it(data, form, item, measure, indicators):
    facts = read_table(data, 2025, "facts")
    own = facts[(facts["unit_code"] == "LJ-T08") & (facts["form"] == form) & (facts["measure"] == measure)]
    fact = own[own["item"].fillna("") == item].iloc[0]
    lines = cell(data, fact["sheet"], fact["cell"]).splitlines()
    figures = [line.split()[2] for line in lines if line.startswith("  → LJ-T08 I")]
    back = trace(data)

    assert [code for code in figures if code != "I36"] == indicators
    for code in indicators:
        start = back.index(f"\n{code} ")
        block = back[start : back.find("\nI", start + 4)]
        assert f"{fact['sheet']}!{fact['cell']}  “{fact['raw']}”" in block


def test_money_leads_to_the_figures_of_groups_only(data):
    facts = read_table(data, 2025, "facts")
    own = facts[(facts["form"] == "F3") & (facts["item"] == "hope_project") & (facts["measure"] == "amount_yuan")]
    output = cell(data, own.iloc[0]["sheet"], own.iloc[0]["cell"])

    assert "→ 全市 city  I12" in output
    assert "→ LJ-T08 I12" not in output
