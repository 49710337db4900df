"""The builder of the sample returns: what it writes is the same every time, small, and agrees with itself."""

from __future__ import annotations

import ast
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree.ElementTree import canonicalize

import pytest
import python_calamine

from tests.builder.expected import read_rows
from tests.builder.grid import Ask, Cell, Claim, Page, Row, delete_columns, insert_column, insert_rows
from tests.builder.heads import heads
from tests.builder.numerals import chinese
from tests.builder.plan import YEARS, sendings
from tests.builder.post import posted
from tests.builder.register import planned, units
from tests.builder.sending import Built, Sending, built
from tests.builder.write_xlsx import with_results

ROOT = Path(__file__).parents[1]
RAW = ROOT / "data" / "raw"
EXPECTED = ROOT / "tests" / "data" / "expected"


def sending(year: int, code: str) -> Sending:
    return next(one for one in sendings(year) if one.manner.unit.code == code)


def part(name: str, data: bytes) -> object:
    """A part of a workbook; XML as it means, since another writer of XML puts the same in other bytes."""
    return canonicalize(data) if name.endswith((".xml", ".rels")) else data


def content(file: str, data: bytes) -> object:
    """What must be equal whatever the packing: parts of a zip, cells of .xls and .ods, bytes of the rest."""
    if data[:2] == b"PK" and not file.endswith(".ods"):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return {name: part(name, book.read(name)) for name in book.namelist()}
    if file.endswith((".xls", ".ods", ".xlsx")):
        book = python_calamine.load_workbook(io.BytesIO(data))
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    return data


def contents(files: Mapping[str, bytes]) -> dict[str, object]:
    return {file: content(file, data) for file, data in files.items()}


def rows_of_files(rows: list[dict[str, str]], one: Built) -> list[dict[str, str]]:
    return [row for row in rows if row["file"] in one.files]


@pytest.mark.parametrize("code", ["LJ-G04", "LJ-P13", "LJ-G18"])
def test_the_same_return_is_written_with_the_same_bytes(code: str) -> None:
    first, second = built(sending(2025, code)), built(sending(2025, code))
    assert first == second


@pytest.mark.parametrize(
    "year,code", [(2025, "LJ-G04"), (2025, "LJ-G18"), (2025, "LJ-S08"), (2025, "LJ-V07"), (2024, "LJ-G32")]
)
def test_the_returns_in_the_repository_are_those_of_the_builder(year: int, code: str) -> None:
    one = built(sending(year, code))
    kept = {file: (RAW / str(year) / file).read_bytes() for file in one.files}
    assert contents(kept) == contents(one.files)
    assert rows_of_files(read_rows(EXPECTED / str(year) / "facts.csv.gz"), one) == list(one.facts)
    assert rows_of_files(read_rows(EXPECTED / str(year) / "queries.csv"), one) == list(one.queries)


@pytest.mark.parametrize("year", YEARS)
def test_every_file_has_a_time_of_receipt(year: int) -> None:
    received = {row["file"] for row in read_rows(ROOT / "data" / "reference" / str(year) / "received.csv")}
    files = {path.relative_to(RAW / str(year)).as_posix() for path in (RAW / str(year)).rglob("*") if path.is_file()}
    assert files == received


@pytest.mark.parametrize("year", YEARS)
def test_the_returns_of_a_year_take_at_most_four_megabytes(year: int) -> None:
    assert sum(path.stat().st_size for path in (RAW / str(year)).rglob("*") if path.is_file()) <= 4_000_000


@pytest.mark.parametrize("year", YEARS)
def test_every_open_fact_of_the_expectation_has_a_question_at_its_cell(year: int) -> None:
    places = {(row["file"], row["sheet"], row["cell"]) for row in read_rows(EXPECTED / str(year) / "queries.csv")}
    opened = [row for row in read_rows(EXPECTED / str(year) / "facts.csv.gz") if row["queried"] == "1"]
    assert opened
    assert {(row["file"], row["sheet"], row["cell"]) for row in opened} <= places


def test_the_builder_knows_nothing_of_the_reader() -> None:
    """The expectation must not come from the code that it tests."""
    for path in (ROOT / "tests" / "builder").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.split(".")[0] == "analysis"], path.name


def test_a_year_begins_with_the_staff_of_the_end_of_the_year_before() -> None:
    """Two bureaus of 38 and 28 became one of 66 on 1 January 2025."""
    assert (heads("LJ-G32", 2024).end, heads("LJ-G33", 2024).end, heads("LJ-G31", 2025).start) == (38, 28, 66)
    assert heads("LJ-G04", 2024).end == heads("LJ-G04", 2025).start


@pytest.mark.parametrize("year", YEARS)
def test_offices_add_up_to_the_staff_of_the_unit(year: int) -> None:
    facts = read_rows(EXPECTED / str(year) / "facts.csv.gz")
    file = next(iter(built(sending(year, "LJ-G04")).files))
    staff = [row for row in facts if row["file"] == file and row["measure"] == "hc_end"]
    assert sum(float(row["value"]) for row in staff if row["form"] == "F3") == float(staff[0]["value"])


def test_two_units_of_2024_and_one_of_2025_send_nothing() -> None:
    assert {year: len(units(year)) - len(sendings(year)) for year in YEARS} == {2024: 2, 2025: 1}


def test_one_return_of_2025_cannot_be_opened_and_gives_nothing_but_that_question() -> None:
    one = posted(sending(2025, "LJ-V08"))
    assert one.facts == ()
    assert [(row["rule"], row["treatment"]) for row in one.queries] == [("M05", "BACK")]


def test_of_two_versions_of_a_return_the_later_one_gives_the_facts() -> None:
    one = posted(sending(2025, "LJ-S07"))
    assert len(one.files) == 2
    assert {row["file"] for row in one.facts} == {"LJ-S07_市公共资源交易中心_2025(修订稿).xlsx"}


def test_the_identity_number_in_the_sample_belongs_to_nobody() -> None:
    """It has the code of a region that does not exist."""
    (number,) = {
        secret for secret in posted(sending(2025, "LJ-G08")).secrets if len(secret) == 18 and secret[:17].isdigit()
    }
    assert number.startswith("4299")


def test_the_plan_names_units_of_its_year_only() -> None:
    for year in YEARS:
        assert set(planned(year)) <= {unit.code for unit in units(year)}


CLAIM = Claim("F3", 1, "hope_project", "persons", 5.0)
PAGE = Page(
    "F3",
    "表3",
    (
        Row("header", (Cell("甲"), Cell("希望工程", span=(1, 2)), None, Cell("乙"))),
        Row("data", (Cell("办公室"), Cell(5, claims=(CLAIM,)), Cell(100), Cell(1, asks=(Ask("M38"),)))),
    ),
)


def place_of(page: Page, value: object) -> tuple[int, int]:
    return page.find(lambda row, column, cell: cell.value == value)[0]


def test_an_inserted_column_moves_what_must_be_found() -> None:
    page = insert_column(PAGE, 2, lambda number, row: Cell("内勤") if row.kind == "data" else None)
    assert page.find(lambda row, column, cell: cell.claims == (CLAIM,)) == [(2, 3)]
    assert place_of(page, "希望工程") == (1, 3)


def test_a_column_inserted_under_a_merged_header_widens_it() -> None:
    page = insert_column(PAGE, 3, lambda number, row: Cell(7) if row.kind == "data" else None)
    assert page.at(1, 2).span == (1, 3)
    assert place_of(page, 100) == (2, 4)


def test_a_deleted_group_takes_its_facts_along_and_moves_the_rest() -> None:
    page = delete_columns(PAGE, 2, 2)
    assert not page.find(lambda row, column, cell: bool(cell.claims))
    assert page.find(lambda row, column, cell: bool(cell.asks)) == [(2, 2)]


def test_rows_above_move_what_must_be_found_down() -> None:
    page = insert_rows(PAGE, 1, (Row("blank", ()), Row("blank", ())))
    assert page.find(lambda row, column, cell: cell.claims == (CLAIM,)) == [(4, 2)]


def test_a_formula_gets_the_result_that_a_spreadsheet_program_stores_with_it() -> None:
    xml = b'<c r="C9" s="3"><f>SUM(C7:C8)</f><v /></c>'
    assert with_results(xml, {"C9": 12}) == b'<c r="C9" s="3"><f>SUM(C7:C8)</f><v>12</v></c>'
    assert with_results(xml, {}) == xml


@pytest.mark.parametrize(
    "number,written",
    [
        (7, "七"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (115, "一百一十五"),
        (1010, "一千零一十"),
        (1286, "一千二百八十六"),
        (2003, "二千零三"),
    ],
)
def test_numbers_are_written_in_numerals_as_people_write_them(number: int, written: str) -> None:
    assert chinese(number) == written
