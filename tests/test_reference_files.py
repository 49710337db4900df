"""How files of reference data are read: as we wrote them, and as a person's spreadsheet program left them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import pickle
from pathlib import Path

import pytest

from analysis.reference import Fault, ReferenceFault, load_reference, years_with_reference
from analysis.reference.cells import parse_codes, parse_day, parse_flag, parse_moment, parse_number, parse_whole
from analysis.reference.files import Column, TableSpec, read_table, read_toml
from analysis.reference.sources import reference_files
from tests.reference_folder import DATA, copy_reference

SPEC = TableSpec(
    "towns.csv", (Column("code"), Column("people", "whole"), Column("since", "day", required=False)), ("code",)
)


def write(folder: Path, text: str, encoding: str = "utf-8-sig") -> Path:
    (folder / "towns.csv").write_bytes(text.encode(encoding))
    return folder


def found(folder: Path, spec: TableSpec = SPEC) -> list[tuple[int, str]]:
    """Line and English text of every fault."""
    return [(fault.line, fault.english) for fault in read_table(folder, spec).faults]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_a_file_reads_the_same_in_every_encoding_of_ours(tmp_path: Path, encoding: str) -> None:
    table = read_table(write(tmp_path, "code,people\n喆㙍,12\n", encoding), TableSpec("towns.csv", SPEC.columns[:2]))

    assert table.faults == ()
    assert [row.text("code") for row in table.rows] == ["喆㙍"]


def test_all_reference_data_saved_again_in_gb18030_read_equal(tmp_path: Path) -> None:
    data = copy_reference(tmp_path)
    for path in (data / "reference").rglob("*.csv"):
        path.write_bytes(path.read_text(encoding="utf-8-sig").encode("gb18030"))

    assert load_reference(data, 2025) == load_reference(DATA, 2025)


def test_a_register_as_excel_leaves_it_reads_equal(tmp_path: Path) -> None:
    """GB18030, dates with slashes and without zeros, empty columns and lines at the end, carriage returns."""
    data = copy_reference(tmp_path)
    path = data / "reference" / "units.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    for row in rows[1:]:
        row[-2:] = [cell.replace("2024-12-31", "2024/12/31").replace("2025-01-01", "2025/1/1") for cell in row[-2:]]
    saved = io.StringIO()
    csv.writer(saved, lineterminator="\r\n").writerows([*([*row, "", ""] for row in rows), [""] * len(rows[0])])
    path.write_bytes(saved.getvalue().encode("gb18030"))

    assert load_reference(data, 2024) == load_reference(DATA, 2024)


@pytest.mark.parametrize(
    "text", ["2025-01-01", "2025/1/1", "2025.1.1", "2025年1月1日", "45658", "45658.0", "2025-01-01 00:00:00"]
)
def test_a_day_reads_the_same_however_excel_writes_it(text: str) -> None:
    assert parse_day(text) == dt.date(2025, 1, 1)


@pytest.mark.parametrize("text", ["1/1/2025", "13/1/2025", "25/1/1", "2025", "12", "99999", "2025-02-30", "1月1日", ""])
def test_a_day_that_could_be_another_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="日期"):
        parse_day(text)


@pytest.mark.parametrize(
    "text", ["2026-01-05T09:30:00", "2026-01-05 09:30", "2026/1/5 9:30", "2026/1/5 9:30:00", "46027.3958333333"]
)
def test_a_moment_reads_the_same_however_excel_writes_it(text: str) -> None:
    assert parse_moment(text) == dt.datetime(2026, 1, 5, 9, 30)


@pytest.mark.parametrize("text, value", [("66", 66), ("66.0", 66), ("1,286", 1286), ("６６", 66)])
def test_a_whole_number_may_be_dressed_by_excel(text: str, value: int) -> None:
    assert parse_whole(text) == value


@pytest.mark.parametrize("text", ["66.5", "1,28", "66人", "", "inf", "nan", "1_000"])
def test_a_cell_that_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"整数|数字"):
        parse_whole(text)


@pytest.mark.parametrize("text", ["", "0.5x", "inf", "95%"])
def test_a_cell_that_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="数字"):
        parse_number(text)


@pytest.mark.parametrize("text, value", [("yes", True), ("no", False), ("TRUE", True), ("FALSE", False), ("否", False)])
def test_yes_and_no_survive_excel(text: str, value: bool) -> None:
    assert parse_flag(text) is value


def test_a_code_list_with_a_code_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="代码不重复"):
        parse_codes("yes=是;yes=否")


def test_a_missing_file_is_a_fault_and_nothing_follows_from_it(tmp_path: Path) -> None:
    table = read_table(tmp_path, SPEC)

    assert not table.readable
    assert [(fault.file, fault.line) for fault in table.faults] == [("towns.csv", 0)]


def test_a_missing_file_that_may_be_missing_is_an_empty_table(tmp_path: Path) -> None:
    table = read_table(tmp_path, TableSpec("towns.csv", SPEC.columns, optional=True))

    assert (table.rows, table.faults, table.readable) == ((), (), True)


def test_a_missing_column_is_refused(tmp_path: Path) -> None:
    assert found(write(tmp_path, "code,since\na,\n")) == [(1, "column 'people' is missing")]


def test_an_unknown_column_is_refused(tmp_path: Path) -> None:
    assert found(write(tmp_path, "code,people,since,size\na,1,,2\n")) == [(1, "unknown column 'size'")]


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    assert found(write(tmp_path, "code,people,since,code\na,1,,b\n")) == [(1, "column 'code' stands twice")]


@pytest.mark.parametrize("name", ["note", "备注", "notes", "note_2", "NOTE"])
def test_a_column_of_notes_is_welcome(tmp_path: Path, name: str) -> None:
    assert found(write(tmp_path, f"code,people,since,{name}\na,1,,why\n")) == []


def test_further_columns_are_welcome_where_the_file_is_open(tmp_path: Path) -> None:
    spec = TableSpec("towns.csv", SPEC.columns, open=True)

    assert found(write(tmp_path, "code,people,since,size\na,1,,2\n"), spec) == []


def test_a_line_that_stands_twice_is_refused_with_both_lines(tmp_path: Path) -> None:
    assert found(write(tmp_path, "code,people,since\na,1,\nb,2,\na,3,\n")) == [
        (4, "'a' stands on line 2 too; keep one of them")
    ]


def test_an_empty_required_cell_is_refused(tmp_path: Path) -> None:
    assert found(write(tmp_path, "code,people,since\na,,\n")) == [(2, "column 'people' is empty")]


def test_a_cell_of_the_wrong_type_is_refused_with_what_was_found_and_expected(tmp_path: Path) -> None:
    faults = read_table(write(tmp_path, "code,people,since\na,many,\n"), SPEC).faults

    assert str(faults[0]) == (
        "towns.csv:2: 列“people”写的是“many”;应为:数字;请更正 | 'people' is 'many'; expected a number"
    )


def test_a_text_with_a_comma_and_no_quotes_is_refused(tmp_path: Path) -> None:
    assert found(write(tmp_path, "code,people,since\na,1,,and more\n"))[0][0] == 2


def test_a_fault_gives_the_physical_line_after_a_cell_of_two_lines(tmp_path: Path) -> None:
    assert [line for line, _ in found(write(tmp_path, 'code,people,since\n"a\nb",1,\nc,x,\n'))] == [4]


def test_a_quote_that_is_never_closed_is_refused_and_swallows_nothing(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, 'code,people,since\n"a,1,\nb,2,\n'), SPEC)

    assert not table.readable
    assert [fault.line for fault in table.faults] == [2]


def test_characters_that_a_code_page_lost_are_refused(tmp_path: Path) -> None:
    """Saved in a code page that has no ☑, the cell holds a question mark."""
    assert [
        line
        for line, _ in found(
            write(tmp_path, "code,people\n甲,1\n?,2\n", "gb18030"), TableSpec("towns.csv", SPEC.columns[:2])
        )
    ] == [3]


def test_utf16_is_refused_with_what_to_do(tmp_path: Path) -> None:
    assert found(write(tmp_path, "code,people,since\n", "utf-16")) == [(0, "not a CSV in UTF-8 or GB18030")]


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert found(write(tmp_path, "")) == [(1, "the file is empty; line 1 names the columns")]


def test_all_faults_of_a_file_come_at_once(tmp_path: Path) -> None:
    assert [line for line, _ in found(write(tmp_path, "code,people,since\na,x,\nb,1,1/2/2025\nc,,\n"))] == [2, 3, 4]


def test_a_toml_file_that_is_none_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "year.toml").write_text("year = 2025\ndeadline = soon\n", encoding="utf-8")

    assert [fault.line for fault in read_toml(tmp_path, "year.toml").faults] == [2]


def test_a_toml_file_gives_the_line_of_each_entry(tmp_path: Path) -> None:
    (tmp_path / "year.toml").write_text('# a year\nyear = 2025\n[city]\nname = "澜江市"\n', encoding="utf-8-sig")

    assert read_toml(tmp_path, "year.toml").lines == {"year": 2, "city.name": 4}


def test_faults_come_in_order_and_survive_the_way_from_a_worker() -> None:
    later, earlier = (Fault("b.csv", line, "甲", "乙", "丙", "d") for line in (12, 3))
    fault = pickle.loads(pickle.dumps(ReferenceFault((later, earlier))))

    assert fault.faults == (earlier, later)
    assert str(fault).splitlines()[0].startswith("b.csv:3: ")


def test_years_are_the_folders_named_by_four_digits(tmp_path: Path) -> None:
    for name in ("2025", "2024", "words", "20x5", "20255"):
        (tmp_path / "reference" / name).mkdir(parents=True)

    assert years_with_reference(tmp_path) == [2024, 2025]


def test_a_folder_without_reference_data_has_no_years(tmp_path: Path) -> None:
    assert years_with_reference(tmp_path) == []


def test_the_files_of_a_year_are_named_for_the_manifest() -> None:
    files = reference_files(DATA, 2025)

    assert "reference/units.csv" in files
    assert "reference/2025/year.toml" in files
    assert not any("2024" in file for file in files)


def test_a_pattern_may_have_question_marks_of_its_own(tmp_path: Path) -> None:
    spec = TableSpec("towns.csv", (Column("word"),), patterns=True)

    assert found(write(tmp_path, "word\n合计(数)?\n", "gb18030"), spec) == []
