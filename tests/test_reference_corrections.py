"""The loader refuses answers that say nothing, too much or the same twice, by file and line."""

import pytest

from analysis.reference import check_reference, load_reference
from tests.reference_folder import copy_reference

HEADER = "file,sheet,cell,expected_text,action,new_value,reason,told_on,by_whom"
GOOD = "a.xlsx,表3,D7,约50,confirm,50,电话核实,2026-01-20,市科技局"
ID = "0123456789abcdef"


@pytest.fixture
def data(tmp_path):
    return copy_reference(tmp_path)


def write(data, *lines, header=HEADER, encoding="utf-8-sig"):
    path = data / "reference" / "2025" / "corrections.csv"
    path.write_bytes("\r\n".join((header, *lines, "")).encode(encoding))
    return path


def test_without_the_file_there_are_no_answers(data):
    assert load_reference(data, 2025).corrections == {}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_file_that_excel_saved_again_says_the_same(data, encoding):
    excel = 'sub\\a.xlsx,表3,d7,"若干,约数",SET,37,电话核实,2026/1/20,市科技局,,,'.replace("SET", "set")
    write(data, excel, ",,,,,,,,,,,", header=HEADER + ",field,,", encoding=encoding)
    (entry,) = load_reference(data, 2025).corrections["sub/a.xlsx"]

    assert (entry.line, entry.cell, entry.expected, entry.new_value) == (2, "D7", "若干,约数", "37")
    assert (entry.told_on.isoformat(), entry.field, entry.query_id) == ("2026-01-20", "", "")


@pytest.mark.parametrize(
    "line, word",
    [
        ("a.xlsx,表3,D7,约50,guess,50,电话核实,2026-01-20,市科技局", "guess"),
        ("a.xlsx,表3,D7,约50,set,50,,2026-01-20,市科技局", "reason"),
        ("a.xlsx,表3,D7,约50,set,50,电话核实,,市科技局", "told_on"),
        ("a.xlsx,表3,D7,约50,set,50,电话核实,2026-01-20,", "by_whom"),
        ("a.xlsx,表3,D7,约50,set,50,电话核实,20.1.2026,市科技局", "20.1.2026"),
        ("a.xlsx,表3,D7,约50,set,50,电话核实,2024-12-31,市科技局", "2024-12-31"),
        ("a.xlsx,表3,7D,约50,set,50,电话核实,2026-01-20,市科技局", "7D"),
        ("a.xlsx,表3,D7,约50,set,,电话核实,2026-01-20,市科技局", "new_value"),
        ("a.xlsx,表3,D7,约50,keep,50,电话核实,2026-01-20,市科技局", "new_value"),
        ("a.xlsx,表3,D7,约50,not_applicable,0,电话核实,2026-01-20,市科技局", "new_value"),
        ("a.xlsx,表3,,,confirm,,电话核实,2026-01-20,市科技局", "query_id"),
        (",表3,D7,约50,set,50,电话核实,2026-01-20,市科技局", "file"),
    ],
)
def test_a_line_that_is_no_answer_is_refused_with_its_line(data, line, word):
    write(data, GOOD.replace("D7", "D8"), line)
    (fault,) = check_reference(data)

    assert (fault.file, fault.line) == ("reference/2025/corrections.csv", 3)
    assert word in str(fault)


@pytest.mark.parametrize(
    "line, word",
    [
        (f"a.xlsx,表3,,,set,5,电话核实,2026-01-20,市科技局,,{ID}", "cell"),
        (f"a.xlsx,表3,,约50,confirm,,电话核实,2026-01-20,市科技局,,{ID}", "expected_text"),
        ("a.xlsx,表3,D9,5,set,5,电话核实,2026-01-20,市科技局,elder_care.people,", "elder_care.people"),
        ("a.xlsx,表3,D9,5,set,5,电话核实,2026-01-20,市科技局,,17", "query_id"),
        ("a.xlsx,表3,D7,约50,set,5,电话核实,2026-01-20,市科技局,elder_care.persons,", "2"),
    ],
)
def test_the_columns_that_may_be_left_out_are_checked_too(data, line, word):
    write(data, GOOD + ",,", line, header=HEADER + ",field,query_id")
    (fault,) = check_reference(data)

    assert fault.line == 3
    assert word in fault.english


def test_two_fields_of_one_cell_and_two_questions_of_one_file_are_no_duplicates(data):
    other = ID.replace("0", "f")
    write(
        data,
        "a.xlsx,表2,G6,50(其中党员32),set,48,电话核实,2026-01-20,市科技局,persons,",
        "a.xlsx,表2,G6,50(其中党员32),set,31,电话核实,2026-01-20,市科技局,persons_pm,",
        f"a.xlsx,,,,confirm,,电话核实,2026-01-20,市科技局,,{ID}",
        f"a.xlsx,,,,confirm,,电话核实,2026-01-20,市科技局,,{other}",
        header=HEADER + ",field,query_id",
    )

    assert check_reference(data) == []
    assert len(load_reference(data, 2025).corrections["a.xlsx"]) == 4


def test_a_misspelt_column_is_refused(data):
    write(data, GOOD + ",persons", header=HEADER + ",feild")

    assert "feild" in str(check_reference(data)[0])
