"""The commands on a year of three clean returns and some that are none."""

import hashlib
import json

import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.etl.store import read_table
from tests.example_year import EXAMPLE, example_data, expected

RETURN = EXAMPLE / "raw" / "2025" / "LJ-T08_市红十字会_2025.xlsx"


def civility(*arguments, status=0):
    """Output of a command, which must end with this status."""
    result = CliRunner().invoke(app, [str(part) for part in arguments])
    assert result.exit_code == status, result.output
    return result.output


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """The cleaned data folder: three returns, an empty file, a broken one, a picture and a link."""
    data = example_data(tmp_path_factory.mktemp("year") / "data")
    raw = data / "raw" / "2025"
    (raw / "空.xlsx").write_bytes(b"")
    (raw / "坏.xlsx").write_bytes(b"PK\x03\x04" + bytes(300))
    (raw / "市财政局扫描件.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    (raw / "别处.xlsx").symlink_to(RETURN)
    civility("clean", 2025, "--data", data, "--quiet")
    return data


def hashes(data):
    folder = data / "clean" / "2025"
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_every_fact_of_the_clean_returns_is_read_row_for_row(year):
    facts = read_table(year, 2025, "facts")
    keys = ["file", "sheet", "cell", "form", "row", "item", "measure"]
    got = {
        tuple(str(row[key]) for key in keys): (row["value"], row["text"])
        for row in facts.fillna({"item": ""}).to_dict("records")
    }
    wanted = {tuple(row[key] for key in keys): (row["value"], row["text"]) for row in expected("facts")}

    assert got.keys() == wanted.keys()
    for key, (value, text) in wanted.items():
        found_value, found_text = got[key]
        assert (float(value) == pytest.approx(found_value, abs=1e-9)) if value else pd.isna(found_value)
        assert text == (found_text if isinstance(found_text, str) else "")


def test_no_question_is_asked_about_a_clean_return(year):
    queries = read_table(year, 2025, "queries")
    ours = {row["file"] for row in expected("facts")}

    assert queries[queries["file"].isin(ours) & (queries["state"] == "open")].empty


def test_the_rates_of_the_clean_returns_are_as_expected(year):
    table = read_table(year, 2025, "rates").set_index(["unit_code", "indicator", "category"])
    for row in expected("rates"):
        rate = table.loc[(row["unit_code"], row["indicator"], row["category"])]
        assert rate["status"] in row["status"].split("|")
        for column in ("numerator", "denominator", "rate", "ci_low", "ci_high"):
            if row[column]:
                assert rate[column] == pytest.approx(float(row[column]), rel=1e-9, abs=1e-12)
            elif column in ("rate", "ci_low", "ci_high"):
                assert pd.isna(rate[column])


def test_a_file_that_cannot_be_read_is_a_row_and_the_run_goes_on(year):
    table = read_table(year, 2025, "submissions").set_index("file")

    assert table.loc["空.xlsx", ["state", "rule"]].tolist() == ["returned", "M07"]
    assert table.loc["坏.xlsx", ["state", "rule"]].tolist() == ["returned", "M07"]
    assert table.loc["市财政局扫描件.pdf", ["state", "rule"]].tolist() == ["skipped", "M09"]
    assert table.loc["别处.xlsx", ["state", "rule"]].tolist() == ["returned", "M07"]
    assert (table["state"] == "accepted").sum() == 3


def test_every_non_empty_cell_stands_once_in_the_ledger(year):
    ledger = read_table(year, 2025, "ledger")
    facts, queries = read_table(year, 2025, "facts"), read_table(year, 2025, "queries")
    place = ["file", "sheet", "cell"]
    spoken = set(map(tuple, pd.concat([facts[place], queries[place]]).to_numpy()))
    values = ledger[ledger["role"] == "value"]

    assert not ledger.duplicated(place).any()
    assert {tuple(row) for row in values[place].to_numpy()} <= spoken


def test_the_same_inputs_give_the_same_bytes_with_any_number_of_jobs(year):
    before = hashes(year)
    civility("clean", 2025, "--data", year, "--quiet", "--jobs", 2)

    assert hashes(year) == before


def test_a_fault_in_our_files_stops_the_run_and_keeps_the_old_tables(year):
    path = year / "reference" / "2025" / "thresholds.csv"
    good, before = path.read_bytes(), hashes(year)
    path.write_bytes(good.replace(b"confidence,0.95", b"confidence,viel"))
    try:
        output = civility("clean", 2025, "--data", year, "--quiet", status=1)
    finally:
        path.write_bytes(good)

    assert "reference/2025/thresholds.csv:" in output
    assert "Traceback" not in output
    assert hashes(year) == before


def test_a_figure_is_followed_back_to_its_cells(year):
    output = civility("trace", 2025, "市红十字会", "学雷锋", "--data", year)

    assert "分子 numerator = 9" in output
    assert "分母 denominator = 14" in output
    assert "LJ-T08_市红十字会_2025.xlsx  表1基本情况!D6  “14”" in output
    assert "表3参与情况!AG7" in output


def test_a_cell_is_followed_to_the_figures_that_it_touches(year):
    output = civility("trace", 2025, "--cell", "LJ-T08_市红十字会_2025.xlsx", "表1基本情况", "D6", "--data", year)

    assert "hc_end = 14" in output
    assert "I02" in output
    assert "I06" in output


def test_an_unknown_unit_is_answered_with_its_neighbours(year):
    assert "市财政局" in civility("trace", 2025, "市财证局", "--data", year, status=1)


def test_check_gives_the_object_of_the_contract(year):
    answer = json.loads(civility("check", RETURN, "--json", "--data", year))

    assert (answer["file"], answer["state"], answer["rule"], answer["unit_code"]) == (
        RETURN.name,
        "accepted",
        None,
        "LJ-T08",
    )
    assert answer["forms"] == ["F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8"]
    assert len(answer["facts"]) == sum(row["file"] == RETURN.name for row in expected("facts"))
    assert [query for query in answer["queries"] if query["state"] == "open"] == []


def test_check_of_an_unreadable_file_has_all_keys_and_status_3(year, tmp_path):
    file = tmp_path / "x.xlsx"
    file.write_bytes(b"")
    answer = json.loads(civility("check", file, "--json", "--data", year, status=3))

    assert answer | {"queries": []} == {
        "file": "x.xlsx", "state": "returned", "rule": "M07", "unit_code": None, "forms": [], "facts": [], "queries": []
    }  # fmt: skip


def test_check_speaks_to_the_clerk_in_chinese(year):
    output = civility("check", RETURN, "--data", year)

    assert "已接收" in output
    assert "LJ-T08" in output


def test_inspect_names_our_forms_and_their_rows(year):
    answer = json.loads(civility("inspect", RETURN, "--json", "--data", year))
    tables = {sheet["sheet"]: sheet["tables"] for sheet in answer["sheets"]}

    (wide,) = tables["表3参与情况"]
    assert (wide["form"], wide["header_rows"], wide["first_data_row"]) == ("F3", [4, 5, 6], 7)
    assert [table["form"] for table in tables["表7制度落实"]] == ["F7", "F7"]
    assert answer["problem"] is None


def test_inspect_and_check_give_a_list_for_several_files(year):
    files = sorted((EXAMPLE / "raw" / "2025").iterdir())[:2]

    assert [entry["file"] for entry in json.loads(civility("inspect", *files, "--json", "--data", year))] == [
        f.name for f in files
    ]


def test_doctor_says_that_all_is_well(year):
    assert "参考数据和安装正常" in civility("doctor", "--data", year)


def test_wrong_usage_ends_with_status_2(year, tmp_path):
    civility("check", tmp_path / "nothing.xlsx", "--data", year, status=2)
    civility("trace", 2025, "--data", year, status=2)
