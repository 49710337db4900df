"""`civility answer`: one line in corrections.csv, and the next `clean` shows the fact confirmed."""

import csv
import io
import shutil

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from analysis.cli import app
from analysis.etl.store import read_table
from analysis.reference import load_reference
from tests.example_year import example_data

RETURN = "LJ-T08_市红十字会_2025.xlsx"
PLACE = {"file": RETURN, "sheet": "表3参与情况", "cell": "D7"}


def civility(*arguments, status=0):
    result = CliRunner().invoke(app, [str(part) for part in arguments])
    assert result.exit_code == status, result.output
    return result.output


@pytest.fixture(scope="module")
def cleaned(tmp_path_factory):
    """A cleaned year in which one unit wrote 若干 in D7 of F3, left E7 blank and repeated a line of F2."""
    data = example_data(tmp_path_factory.mktemp("answers") / "data")
    for path in (data / "raw" / "2025").iterdir():
        if path.name != RETURN:
            path.unlink()
    book = load_workbook(data / "raw" / "2025" / RETURN)
    book["表3参与情况"]["D7"] = "若干"
    book["表3参与情况"]["E7"] = None
    for column in range(2, 19):
        book["表2活动统计"].cell(7, column).value = book["表2活动统计"].cell(6, column).value
    book.save(data / "raw" / "2025" / RETURN)
    civility("clean", 2025, "--data", data, "--quiet")
    return data


@pytest.fixture
def data(cleaned, tmp_path):
    """A copy of it that the test may answer in."""
    return shutil.copytree(cleaned, tmp_path / "data")


def query(data, cell="D7", **wanted):
    table = read_table(data, 2025, "queries")
    for name, value in (PLACE | {"cell": cell} | wanted).items():
        table = table[table[name] == value]
    return table.iloc[0]


def lines(data):
    path = data / "reference" / "2025" / "corrections.csv"
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def state(data, query_id):
    table = read_table(data, 2025, "queries").set_index("query_id")
    return table.loc[query_id, "state"]


def test_an_answer_is_one_line_and_the_next_run_confirms_the_fact(data):
    asked = query(data)
    output = civility("answer", asked["query_id"], "1", "--why", "电话核实", "--told-on", "2026-01-20", "--data", data)

    assert "已写入 reference/2025/corrections.csv" in output
    assert "civility clean 2025" in output
    assert lines(data) == [
        PLACE | {"expected_text": "若干", "action": "set", "new_value": "1", "reason": "电话核实",
                 "told_on": "2026-01-20", "by_whom": "市红十字会", "field": "elder_care.persons",
                 "query_id": asked["query_id"]}
    ]  # fmt: skip
    civility("clean", 2025, "--data", data, "--quiet")
    facts = read_table(data, 2025, "facts")
    fact = facts[(facts["cell"] == "D7") & (facts["sheet"] == PLACE["sheet"])].iloc[0]
    assert (fact["value"], fact["status"], fact["raw"], fact["rule"]) == (1, "confirmed", "若干", "M37")
    assert state(data, asked["query_id"]) == "answered"
    table = read_table(data, 2025, "participation")
    row = table[(table["unit_code"] == "LJ-T08") & (table["category"] == "elder_care")].iloc[0]
    assert (row["persons"], row["status"]) == (2, "reported")


def test_the_file_is_made_with_a_mark_for_excel_and_nothing_is_left_beside_it(data):
    civility("answer", query(data)["query_id"], "1", "--why", "核实", "--data", data)
    folder = data / "reference" / "2025"

    assert (folder / "corrections.csv").read_bytes().startswith(b"\xef\xbb\xbffile,sheet,cell,")
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_a_blank_cell_and_a_dropped_line_are_answered_in_words(data):
    blank, line = query(data, "E7"), query(data, "A7", sheet="表2活动统计", treatment="DROP")
    civility("answer", blank["query_id"], "不适用", "--why", "没有组织", "--data", data)
    civility("answer", line["query_id"], "保留", "--why", "是两次活动", "--by", "张科", "--data", data)

    assert [(row["cell"], row["action"], row["by_whom"]) for row in lines(data)] == [
        ("E7", "not_applicable", "市红十字会"),
        ("A7", "keep", "张科"),
    ]
    civility("clean", 2025, "--data", data, "--quiet")
    facts = read_table(data, 2025, "facts")
    assert not (facts["status"] == "rejected").any()
    assert (state(data, blank["query_id"]), state(data, line["query_id"])) == ("answered", "answered")


def test_a_file_that_excel_saved_keeps_its_coding_columns_and_lines(data):
    path = data / "reference" / "2025" / "corrections.csv"
    old = (
        "file,备注,sheet,cell,expected_text,action,new_value,reason,told_on,by_whom,,\r\n"
        "别处.xlsx,说明,表1,B5,约5,set,5,电话,2026/1/9,市妇联,,\r\n,,,,,,,,,,,"
    ).encode("gb18030")
    path.write_bytes(old)
    civility("answer", query(data)["query_id"], "1", "--why", "核实", "--data", data)
    new = path.read_bytes()

    assert old.partition(b"\r\n")[2] in new
    assert new.endswith(b"\r\n")
    assert new.partition(b"\r\n")[0].endswith(b",by_whom,field,query_id")
    entries = load_reference(data, 2025).corrections
    assert (entries["别处.xlsx"][0].new_value, entries[RETURN][0].field) == ("5", "elder_care.persons")


def test_an_answer_about_a_file_that_is_gone_is_a_warning(data):
    path = data / "reference" / "2025" / "corrections.csv"
    path.write_text(
        "file,sheet,cell,expected_text,action,new_value,reason,told_on,by_whom\n"
        "不在.xlsx,表1,B5,约5,set,5,电话,2026-01-09,市妇联\n",
        encoding="utf-8-sig",
    )

    assert "corrections.csv:2: 不在.xlsx" in civility("clean", 2025, "--data", data, "--quiet")


def test_a_return_that_changed_after_its_answer_stops_the_run(data):
    civility("answer", query(data)["query_id"], "1", "--why", "核实", "--data", data)
    book = load_workbook(data / "raw" / "2025" / RETURN)
    book["表3参与情况"]["D7"] = 8
    book.save(data / "raw" / "2025" / RETURN)
    before = (data / "clean" / "2025" / "manifest.json").read_bytes()
    output = civility("clean", 2025, "--data", data, "--quiet", status=1)

    assert "reference/2025/corrections.csv:2:" in output
    assert "现为“8”" in output
    assert "“若干”" in output
    assert (data / "clean" / "2025" / "manifest.json").read_bytes() == before


def refused(data, query_id, *more):
    output = civility("answer", query_id, *more, "--why", "核实", "--data", data, status=1)
    assert not (data / "reference" / "2025" / "corrections.csv").exists()
    return output


def test_what_is_no_answer_is_refused_and_nothing_is_written(data):
    asked, line = query(data)["query_id"], query(data, "A7", sheet="表2活动统计", treatment="DROP")["query_id"]

    assert asked in refused(data, asked[:10], "9")
    assert "若干" in refused(data, asked, "确认")
    assert "很多" in refused(data, asked, "很多")
    assert "个人信息" in refused(data, asked, "13800138000")
    assert "keep" in refused(data, asked, "保留")
    assert "keep、confirm" in refused(data, line, "3")
    assert "2024" in refused(data, asked, "9", "--told-on", "2024-01-01")


def test_a_note_and_a_second_answer_are_refused(data):
    table = read_table(data, 2025, "queries")
    asked = query(data)["query_id"]
    for note in table[table["treatment"].isin(["FIX", "NOTE"])]["query_id"].head(1):
        assert "不需要答复" in refused(data, note, "9")
    civility("answer", asked, "9", "--why", "核实", "--data", data)

    assert "第2行" in civility("answer", asked, "8", "--why", "核实", "--data", data, status=1)
    civility("clean", 2025, "--data", data, "--quiet")
    path = data / "reference" / "2025" / "corrections.csv"
    path.unlink()
    assert "answered" in civility("answer", asked, "8", "--why", "核实", "--data", data, status=1)


def test_an_answer_without_a_reason_is_wrong_usage(data):
    civility("answer", query(data)["query_id"], "1", "--data", data, status=2)
