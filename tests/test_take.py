"""Tables that people fill in: made, filled, taken in again; what cannot be is refused by file, sheet and cell."""

from __future__ import annotations

import csv
import datetime as dt
import shutil

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from analysis.cli import app
from analysis.commands.take import expected_of, make_templates, read_path, take_table
from analysis.etl.filled_inputs import read_filled
from analysis.folders import Folders
from analysis.reference import ReferenceFault, load_reference
from analysis.reference.input_tables import load_input_columns
from analysis.reference.scheme import load_scheme
from analysis.reference.term_inputs import load_inputs
from tests.reference_folder import DATA, copy_reference

YEAR, TERM = 2025, 20
TABLES = ("panel", "survey", "departments", "veto")
REFERENCE = load_reference(DATA, YEAR)
SCHEME = load_scheme(DATA, TERM, REFERENCE)
COLUMNS = load_input_columns(DATA)


@pytest.fixture(scope="module")
def templates(tmp_path_factory):
    folder = tmp_path_factory.mktemp("templates")
    make_templates(Folders(DATA, folder, folder), YEAR, folder)
    return folder


@pytest.fixture(scope="module")
def sample(templates, tmp_path_factory):
    """The templates, filled in."""
    folder = tmp_path_factory.mktemp("filled")
    for name in TABLES:
        filled(templates, folder, name)
    return folder


@pytest.fixture
def folders(tmp_path):
    return Folders(copy_reference(tmp_path), tmp_path / "reports", tmp_path)


def stored(name):
    with (DATA / "reference" / "terms" / str(TERM) / f"{name}.csv").open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source))


def heads(sheet):
    return {cell.value.split("\n")[0]: cell.column for cell in sheet[1]}


def filled(templates, tmp_path, name):
    """The template of a table, filled in with the lines of the sample term as a person would type them."""
    book = load_workbook(templates / f"{name}.xlsx")
    sheet = book.active
    place = heads(sheet)
    said = {(row["unit_code"], row.get("code", "")): row for row in stored(name)}
    for row in range(2, sheet.max_row + 1):
        unit = sheet.cell(row, 1).value
        line = said.get((unit, sheet.cell(row, 3).value if name != "veto" else ""))
        if name == "veto":
            line = next((own for own in stored(name) if own["unit_code"] == unit), None)
        if line is None:
            continue
        typed = {
            "得分": lambda line, row=row: round(float(line["share"]) * sheet.cell(row, place["满分"]).value, 6),
            "评议日期": lambda line: dt.date.fromisoformat(line["given_on"]),
            "评议人": lambda line: line["given_by"],
            "测评人数": lambda line: int(line["asked"]),
            "满意人数": lambda line: int(line["satisfied"]),
            "测评日期": lambda line: dt.date.fromisoformat(line["taken_on"]),
            "测评单位": lambda line: line["taken_by"],
            "意见": lambda line: {"yes": "是", "no": "否"}[line["said"]],
            "部门": lambda line: line["department"],
            "日期": lambda line: dt.date.fromisoformat(line["said_on"]),
            "否决情形": lambda line: f"{line['case']} 重大安全、食品、环境责任事故",
            "确认部门": lambda line: line["confirmed_by"],
            "确认日期": lambda line: dt.date.fromisoformat(line["confirmed_on"]),
            "文号": lambda line: line["document"],
        }
        for head, column in place.items():
            if head in typed:
                sheet.cell(row, column).value = typed[head](line)
    path = tmp_path / f"{name}.xlsx"
    book.save(path)
    return path


def test_templates_that_are_filled_in_and_taken_say_the_same_as_the_tables_of_the_term(sample, folders):
    before = load_inputs(DATA, SCHEME, REFERENCE)
    for name in TABLES:
        (folders.data / "reference" / "terms" / str(TERM) / f"{name}.csv").unlink()
        take_table(folders, YEAR, sample / f"{name}.xlsx")
    after = load_inputs(folders.data, SCHEME, REFERENCE)

    assert after.panel == pytest.approx(before.panel)
    assert (after.survey, after.departments, after.vetoes) == (before.survey, before.departments, before.vetoes)


def test_an_empty_template_says_nothing_of_anybody(templates, folders):
    for name in TABLES:
        take_table(folders, YEAR, templates / f"{name}.xlsx", fewer=True)
    inputs = load_inputs(folders.data, SCHEME, REFERENCE)

    assert (inputs.panel, inputs.survey, inputs.departments, inputs.vetoes) == ({}, {}, {}, ())


def test_the_csv_of_a_template_is_taken_as_the_workbook_is(templates, folders, tmp_path):
    text = (templates / "survey.csv").read_text(encoding="utf-8-sig")
    path = tmp_path / "survey.csv"
    path.write_text(text.replace("服务满意度,,,,", "服务满意度,43,34,2026-03-18,市统计局", 1), encoding="utf-8-sig")
    take_table(folders, YEAR, path, fewer=True)

    assert load_inputs(folders.data, SCHEME, REFERENCE).survey == {("LJ-P01", "B1"): 34 / 43}


def test_a_line_break_in_a_cell_of_a_csv_is_refused_by_cell(templates, folders, tmp_path):
    text = (templates / "survey.csv").read_text(encoding="utf-8-sig")
    path = tmp_path / "survey.csv"
    typed_in = '服务满意度,43,34,2026-03-18,"市统计局\n第二行"'
    path.write_text(text.replace("服务满意度,,,,", typed_in, 1), encoding="utf-8-sig", newline="")

    ((place, english),) = refusal(folders, path)
    assert place.endswith("!H2")
    assert "U+000A" in english


def test_a_table_with_fewer_lines_than_the_stored_one_is_refused_unless_fewer_is_meant(sample, folders, tmp_path):
    path = tmp_path / "panel.xlsx"
    book = load_workbook(sample / path.name)
    for column in "FGH":
        book.active[f"{column}2"] = None  # LJ-P01 A2: not judged any more
    book.save(path)
    n_before = len(stored("panel"))

    ((file, english),) = refusal(folders, path)
    assert (file, english) == ("panel.xlsx", f"{n_before - 1} lines, {n_before} stand in panel.csv: LJ-P01 A2")
    take_table(folders, YEAR, path, fewer=True)
    assert ("LJ-P01", "A2") not in load_inputs(folders.data, SCHEME, REFERENCE).panel


def test_a_table_with_as_many_lines_or_more_needs_no_word(sample, folders):
    said = take_table(folders, YEAR, sample / "panel.xlsx")
    assert said[-1].startswith(f"{len(stored('panel'))} 行")


def refusal(folders, path):
    before = {file.name: file.read_bytes() for file in (folders.data / "reference" / "terms" / str(TERM)).iterdir()}
    with pytest.raises(ReferenceFault) as refused:
        take_table(folders, YEAR, path)
    after = {file.name: file.read_bytes() for file in (folders.data / "reference" / "terms" / str(TERM)).iterdir()}
    assert after == before  # nothing of a refused file stays
    return [(fault.file, fault.english) for fault in refused.value.faults]


@pytest.mark.parametrize(
    "name, cell, value, english",
    [
        ("panel", "F2", 2.5, "0 to 2 in steps"),
        ("panel", "F2", -1, "0 to 2 in steps"),
        ("panel", "F2", 1.01, "0 to 2 in steps"),
        ("panel", "F2", "优秀", "a number"),
        ("panel", "F2", True, "a number"),
        ("panel", "F2", "=1+1", "a formula"),
        ("panel", "A2", "=HYPERLINK(\"http://x\")", "a formula"),
        ("panel", "E2", 20, "full points '20', not 2"),
        ("panel", "A2", "LJ-X99", "no unit 'LJ-X99'"),
        ("panel", "B2", "市委办", "'市委办' is not the unit LJ-P01"),
        ("panel", "C2", "B9", "not asked for the code 'B9'"),
        ("panel", "C2", "B1", "stands in row"),
        ("panel", "G2", dt.date(2019, 3, 9), "a day from 2024-01-01 to 2026-03-31"),
        ("panel", "G2", "三月九日", "a date such as"),
        ("panel", "G2", None, "Date is empty"),
        ("panel", "H2", "=cmd|' /C calc'!A0", "a formula"),
        ("panel", "J2", "另见附件", "outside the table"),
        ("panel", "H2", "考评组\n第二组", "a line break or control character U+000A"),
        ("departments", "H2", "澜民函\t12号", "a line break or control character U+0009"),
        ("departments", "H2", "澜民函\u202e12号", "a line break or control character U+202E"),
        ("departments", "H2", "'=cmd|' /C calc'!A0", "a formula"),
        ("departments", "F2", "+市民政局", "a formula"),
        ("survey", "E2", 43.5, "a whole number"),
        ("survey", "F2", -3, "from 0 on"),
        ("departments", "E2", "也许", "one of the list"),
        ("veto", "A83", "LJ-X99", "no unit"),
    ],
)  # fmt: skip
def test_nonsense_is_refused_by_file_sheet_and_cell(sample, tmp_path, name, cell, value, english):
    book = load_workbook(sample / f"{name}.xlsx")
    book.active[cell] = value
    if name == "veto":
        book.active["C83"] = "V2"
    path = tmp_path / f"{name}.xlsx"
    book.save(path)
    (sheet, *_) = read_path(path).sheets
    faults = read_filled(path.name, sheet, expected_of(name, COLUMNS[name], DATA, SCHEME, REFERENCE)).faults
    places = [fault.file for fault in faults if english in fault.english]

    assert places, faults
    assert f"{path.name} “{book.active.title}”!{cell}" in places or english == "stands in row"


def test_a_line_that_was_taken_out_is_missed(sample, folders, tmp_path):
    path = tmp_path / "panel.xlsx"
    book = load_workbook(sample / path.name)
    book.active.delete_rows(3)
    book.save(path)

    assert [text for _, text in refusal(folders, path)] == ["the line of LJ-P01 B1zero is missing"]


def test_more_satisfied_than_asked_is_refused_and_the_table_before_stays(sample, folders, tmp_path):
    path = tmp_path / "survey.xlsx"
    book = load_workbook(sample / path.name)
    book.active["F2"] = 999
    book.save(path)

    assert any("999 of 43 asked" in text for _, text in refusal(folders, path))


@pytest.mark.parametrize(
    "content, english",
    [(b"", "cannot be read"), (b"PK\x03\x04 broken", "cannot be read"), ("甲,乙\n1,2\n".encode(), "no sheet has the headings")],
)  # fmt: skip
def test_a_file_that_is_no_template_is_refused(folders, tmp_path, content, english):
    path = tmp_path / "panel.xlsx"
    path.write_bytes(content)

    assert english in refusal(folders, path)[0][1]


def test_a_workbook_beside_the_tables_is_refused_by_name(templates, folders):
    shutil.copy(templates / "panel.xlsx", folders.data / "reference" / "terms" / str(TERM))
    with pytest.raises(ReferenceFault) as refused:
        load_inputs(folders.data, SCHEME, REFERENCE)

    assert [fault.file.rsplit("/", 1)[-1] for fault in refused.value.faults] == ["panel.xlsx"]


def typed(templates, tmp_path, name, **cells):
    book = load_workbook(templates / f"{name}.xlsx")
    for cell, value in cells.items():
        book.active[cell] = value
    book.save(tmp_path / f"{name}.xlsx")
    return tmp_path / f"{name}.xlsx"


def test_decisions_of_before_and_reminders_are_taken_too(templates, folders, tmp_path):
    day = dt.date
    earlier = typed(templates, tmp_path, "earlier", C3="限期整改", D3=day(2024, 3, 29), F3="函1号")
    take_table(folders, YEAR, earlier)
    take_table(
        folders,
        YEAR,
        typed(templates, tmp_path, "reminders", C4=2025, D4=day(2026, 1, 20), E4=day(2026, 2, 5), F4="函2号"),
    )
    inputs = load_inputs(folders.data, SCHEME, REFERENCE)

    assert [(event.unit_code, event.event, event.decided_on) for event in inputs.earlier] == [
        ("LJ-P02", "rectify", day(2024, 3, 29))
    ]
    assert set(inputs.reminded) == {("LJ-P03", 2025)}


def test_fewer_lines_without_a_table_to_take_is_a_wrong_use_and_is_said_in_both_languages(folders, tmp_path):
    alone = ["score", str(YEAR), "--data", str(folders.data), "--fewer"]
    for words in (alone, [*alone, "--templates", str(tmp_path / "out")]):
        result = CliRunner().invoke(app, words, env={"COLUMNS": "200"})
        assert result.exit_code == 2
        assert "只与 --take 同用" in result.output
        assert "--fewer goes with --take" in result.output
    assert not (tmp_path / "out").exists()


def test_the_command_makes_templates_takes_one_and_ends_with_1_and_one_line_where_it_cannot(sample, folders, tmp_path):
    out = tmp_path / "out"
    made = CliRunner().invoke(app, ["score", str(YEAR), "--data", str(folders.data), "--templates", str(out)])
    taken = CliRunner().invoke(
        app, ["score", str(YEAR), "--data", str(folders.data), "--take", str(sample / "veto.xlsx")]
    )
    empty = ["score", str(YEAR), "--data", str(folders.data), "--take", str(out / "veto.xlsx")]
    assert [CliRunner().invoke(app, [*empty, *more]).exit_code for more in ([], ["--fewer"])] == [1, 0]
    path = typed(out, tmp_path, "panel", F2=9, G2=dt.date(2026, 3, 9), H2="考评组")
    refused = CliRunner().invoke(app, ["score", str(YEAR), "--data", str(folders.data), "--take", str(path)])

    assert (made.exit_code, taken.exit_code, refused.exit_code) == (0, 0, 1)
    assert "veto.csv" in taken.output
    assert [line.split(":")[0] for line in refused.output.splitlines()] == ["panel.xlsx “评议打分”!F2"]
