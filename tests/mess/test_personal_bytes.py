"""M62, M79, G21: what was planted in a return is found in no byte that a run leaves behind, nor in what it says."""

import io
import re
import zipfile

import openpyxl
import pandas as pd
import pytest
from openpyxl.comments import Comment
from typer.testing import CliRunner

from analysis.cli import app
from analysis.etl.personal import personal_words
from analysis.etl.personal_guard import mask_detail
from analysis.etl.store import read_table
from analysis.pipeline import fault_place
from tests.backtest import lost_cells
from tests.example_year import EXAMPLE, example_data
from tests.returns import reference

RETURN = EXAMPLE / "raw" / "2025" / "LJ-T08_市红十字会_2025.xlsx"
OTHER = EXAMPLE / "raw" / "2025" / "LJ-G24_市国资委_2025.xlsx"
ID_NUMBER, MOBILE, SECOND, CARD = "11010519491231002X", "13812345678", "13987654321", "6222021234567890128"
PLANTED = [ID_NUMBER, MOBILE, SECOND, CARD, "3805551234", "12010119800101001", "王秀英", "李桂兰", "钱大伟", "马德胜", "孙立新", "赵海涛",
           "尿毒症", "幸福里", "食堂难吃", "抵触"]  # fmt: skip

GAPS = re.compile(r"[\s\-、.]")


def planted_return() -> bytes:
    book = openpyxl.load_workbook(RETURN)
    f1, f2, f3, f5, f7 = (book[next(n for n in book.sheetnames if n.startswith(f"表{k}"))] for k in "12357")
    f1["B12"] = f"赵海涛 {MOBILE}"
    f1.cell(f1.max_row, 1).value = f"单位负责人:孙立新 填表人:马德胜 联系电话:{SECOND}"
    f2["R6"], f2["O7"], f2["R7"] = "户主王秀英", "李桂兰等2户", "138\u00a01234-5678"
    f3["AS7"], f3["AS8"] = "6222 0212 3456 7890 128", f'=IF(1=1,"","{ID_NUMBER}")'
    f3["D7"].comment = Comment(f"王秀英 {ID_NUMBER}", "孙立新")
    f5["B5"], f5["D5"], f5["P5"], f5["P6"] = "钱大伟", "尿毒症", "家住幸福里3号院2单元", "110105、19491231、002X"
    f5["Q4"], f5["Q5"] = "户主姓名", "王秀英"
    f7["I11"], f7["I10"] = "大家反映食堂难吃", "思想动态:有抵触"
    f7["K30"] = "13805551234"
    hidden = book.create_sheet("草稿")
    hidden["A1"], hidden["A2"], hidden.sheet_state = f"李桂兰 {ID_NUMBER}", 13_900_000_000, "hidden"
    book.create_sheet(f"名单{MOBILE}")["A1"] = "说明"
    book.properties.creator, book.properties.keywords = "孙立新", f"电话{SECOND}"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The data folder after `clean`, and everything that was printed."""
    folder = tmp_path_factory.mktemp("planted")
    data = example_data(folder / "data")
    raw = data / "raw" / "2025"
    (raw / RETURN.name).unlink()
    (raw / OTHER.name).unlink()
    (raw / f"市红十字会_王秀英_{MOBILE}.xlsx").write_bytes(planted_return())
    with zipfile.ZipFile(raw / "李桂兰.zip", "w") as container:
        container.write(OTHER, f"市国资委{ID_NUMBER}.xlsx")
        container.writestr("李桂兰.xlsx", b"PK\x03\x04" + bytes(300))
    (raw / f"坏{SECOND}.xlsx").write_bytes(b"PK\x03\x04" + bytes(300))
    (raw / "王秀英.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    result = CliRunner().invoke(app, ["clean", "2025", "--data", str(data), "--reports", str(folder / "reports")])
    assert result.exit_code == 0, result.output
    check = CliRunner().invoke(
        app, ["check", str(raw / f"市红十字会_王秀英_{MOBILE}.xlsx"), "--json", "--data", str(data)]
    )
    return data, folder, result.output + check.output


def texts_left(data, folder):
    """Every text that the run wrote: the bytes of all files, and the values of the tables, which parquet packs."""
    for root in (data / "clean", data / "cache", data / "history", data / "quarantine", folder / "reports"):
        for path in (path for path in root.rglob("*") if path.is_file()):
            yield path.name, path.read_bytes().decode("utf-8", "replace")
            if path.suffix == ".parquet":
                yield path.name, pd.read_parquet(path).to_csv()
            yield path.name, str(path.relative_to(root))


def test_nothing_planted_is_in_any_byte_that_a_run_leaves_nor_in_what_it_prints(run):
    data, folder, printed = run
    found = {
        (word, name)
        for name, text in (*texts_left(data, folder), ("printed", printed))
        for word in PLANTED
        if word in text or word in GAPS.sub("", text)
    }

    assert found == set()


def test_the_return_counts_and_each_place_is_asked_about_once(run):
    data, _, _ = run
    files = read_table(data, 2025, "submissions").set_index("file")
    queries = read_table(data, 2025, "queries")
    asked = queries[(queries["treatment"] == "QUAR") & (queries["file"] == "市红十字会_■_■.xlsx")]

    assert files.loc["市红十字会_■_■.xlsx", ["state", "rule", "unit_code"]].tolist() == ["quarantined", "M62", "LJ-T08"]
    assert files.loc["■.zip!市国资委■.xlsx", ["state", "unit_code"]].tolist() == ["quarantined", "LJ-G24"]
    assert not asked.duplicated(["sheet", "cell", "rule"]).any()
    assert {"R6", "O7", "R7", "AS7", "AS8", "D7", "B5", "D5", "P5", "P6", "Q5", "I11", "I10", "K30", "A1", "A2"} == set(
        asked["cell"].dropna()
    )
    assert len(read_table(data, 2025, "facts").query("file == '市红十字会_■_■.xlsx'")) > 500


def test_each_cell_of_a_quarantined_return_stands_in_the_ledger_once_and_none_is_lost(run):
    assert lost_cells(run[0], 2025) == []


def test_a_fault_of_ours_is_told_by_kind_and_place_without_what_it_quotes():
    trace = f'Traceback (most recent call last):\n  File "/a/b.py", line 7, in read\n    x\nValueError: 户主王秀英\n{ID_NUMBER}: bad\n'

    assert fault_place(trace) == "ValueError (b.py:7 read)"


def test_a_damaged_archive_member_is_told_without_its_name():
    words = personal_words(reference())

    assert mask_detail(
        "the member is damaged (File name in directory '李桂兰.xlsx' and header b'x' differ.)", words
    ) == ("the member is damaged (File name in directory '■' and header b'x' differ.)")
