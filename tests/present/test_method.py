"""docs/method.md and docs/data.md are what the reference data say: nothing typed twice, nothing left out."""

from __future__ import annotations

import csv
import inspect
import re
from pathlib import Path

import pytest

from analysis.commands.documents import documents, main
from analysis.measures import intervals
from analysis.present.data_dictionary import data_text
from analysis.present.markdown import cell
from analysis.present.method import method_text
from analysis.present.method_indicators import definition_lines
from analysis.present.method_scheme import scheme_lines
from analysis.reference import ReferenceFault, load_reference
from analysis.reference.scheme import load_scheme
from tests.reference_folder import DATA, add_line, change, copy_reference

DOCS = DATA.parent / "docs"
METHOD = (DOCS / "method.md").read_text(encoding="utf-8")
DICTIONARY = (DOCS / "data.md").read_text(encoding="utf-8")
CONTRACT = (
    *("wilson_interval", "byar_interval", "newcombe_difference", "funnel_limits", "poisson_funnel_limits"),
    *("overdispersion", "rank_interval", "top_set", "beta_binomial_shrinkage", "trend_test"),
)
HEAD = "name,setting,measure,value,standard_error,required\n"


def rows(file):
    with (DATA / "reference" / file).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def folder(tmp_path):
    """A copy of the reference data, and a folder of documents without simulations."""
    (tmp_path / "docs").mkdir()
    return copy_reference(tmp_path), tmp_path / "docs"


def test_the_documents_are_what_the_reference_data_make():
    """When this fails: python -m analysis.commands.documents."""
    made = documents(DATA, DOCS)

    assert made == {"method.md": METHOD, "data.md": DICTIONARY}


def test_every_indicator_stands_in_the_method_with_numerator_and_denominator():
    for row in rows("indicators.csv"):
        chapter = METHOD.split(f"### {row['code']} {row['name_zh']}")[1].split("\n### ")[0]

        assert f"| {row['numerator']} |" in chapter
        assert f"| {row['denominator']} |" in chapter
        assert row["review_by"] in chapter


def test_every_threshold_of_the_newest_year_stands_there_with_its_value():
    newest = max(path.name for path in (DATA / "reference").glob("[0-9]*"))
    for row in rows(f"{newest}/thresholds.csv"):
        assert f"| `{row['name']}` | {float(row['value']):g} |" in METHOD


def test_every_public_function_of_the_statistics_stands_there():
    own = inspect.getmembers(intervals, inspect.isfunction)
    public = {name for name, found in own if not name.startswith("_") and found.__module__ == intervals.__name__}
    for name in {*public, *intervals.__all__, *CONTRACT}:
        assert f"`analysis.measures.intervals.{name}`" in METHOD


def test_every_sign_of_the_screening_list_has_its_formula():
    signs = {row["word"] for row in rows("words/structure.csv") if row["list"] == "sign_kind"}

    assert {row["code"] for row in rows("formulas.csv") if row["group"] == "screening"} == signs


def test_every_column_of_every_table_stands_in_the_dictionary():
    for row in rows("tables.csv"):
        chapter = DICTIONARY.split(f"\n## `{row['table']}`\n")[1].split("\n## ")[0]

        assert f"| `{row['column']}` | {row['type']} |" in chapter


def test_every_table_says_what_a_row_is():
    named = {row["code"] for row in rows("labels.csv")}

    assert {f"clean_table.{row['table']}" for row in rows("tables.csv")} <= named


@pytest.mark.parametrize(
    "file, old, new",
    [
        ("indicators.csv", "参与人数不少于1人的类别数", "参与人数不少于2人的类别数"),
        ("indicators_en.csv", "categories with at least one participant", "categories with two"),
        ("2025/thresholds.csv", "hours_per_volunteer_max,300", "hours_per_volunteer_max,301"),
        ("formulas.csv", "Wilson 1927 (J Am Stat Assoc 22:209); Newcombe", "Wilson 1928 (J Am Stat Assoc 22:209); Newcombe"),
        ("decisions.csv", "2024、2025年度指捐助", "2024、2025年度指就业服务"),
        ("disclosure.csv", "I02,,people", "I02,,open"),
    ],
)  # fmt: skip
def test_a_changed_reference_file_changes_the_method(folder, file, old, new):
    data, docs = folder
    before = method_text(data, docs)
    change(data, file, old, new)

    assert method_text(data, docs) != before


def test_a_changed_dictionary_changes_the_document_of_the_data(folder):
    data, _ = folder
    before = data_text(data)
    change(data, "tables.csv", "cells that gave a fact", "cells with a value")

    assert data_text(data) != before


def test_simulated_figures_stand_in_the_method_when_there_are_any(folder):
    data, docs = folder
    without = method_text(data, docs)
    line = "wilson,n = 10..500,mean coverage,0.9512,0.0003,>= 0.945\n"
    (docs / "simulations.csv").write_text(HEAD + line, encoding="utf-8-sig")

    assert "| wilson | n = 10..500 | mean coverage | 0.9512 | 0.0003 | >= 0.945 |" in method_text(data, docs)
    assert "mean coverage" not in without


def test_the_machine_definition_of_an_indicator_has_every_column_that_is_filled():
    lines = [
        {"indicator": "I02", "category": "", "part": "numerator", "filters": "due <= year_end"},
        {"indicator": "I03", "category": "", "part": "numerator", "filters": ""},
    ]

    assert "- part `numerator`; filters `due <= year_end`" in definition_lines("I02", lines)
    assert definition_lines("I04", lines) == []


def test_every_machine_definition_stands_in_the_method():
    path = DATA / "reference" / "definitions.csv"
    for row in rows("definitions.csv") if path.is_file() else []:
        chapter = METHOD.split(f"### {row['indicator']} ")[1].split("\n### ")[0]

        assert f"part `{row['part']}`; source `{row['source']}`" in chapter


@pytest.mark.parametrize("name", ["analysis.measures.intervals.wilson", "analysis.nowhere.found", "os.path.join", "x"])
def test_a_formula_without_a_function_of_ours_is_refused_with_its_line(folder, name):
    data, docs = folder
    change(data, "formulas.csv", "analysis.measures.intervals.byar_interval", name)

    with pytest.raises(ReferenceFault) as refused:
        method_text(data, docs)

    (fault,) = refused.value.faults
    assert (fault.file, fault.line) == ("reference/formulas.csv", 3)
    assert name in fault.found


def test_an_indicator_without_english_is_refused(folder):
    data, docs = folder
    change(data, "indicators_en.csv", "I36,", "I99,")

    with pytest.raises(ReferenceFault) as refused:
        method_text(data, docs)

    assert [fault.line for fault in refused.value.faults] == [0, 37]


def test_a_formula_of_an_unknown_group_or_said_twice_is_refused(folder):
    data, docs = folder
    line = add_line(data, "formulas.csv", "wilson,guess,a,b,c,analysis.measures.intervals.wilson_interval,d,e,f,")

    with pytest.raises(ReferenceFault) as refused:
        method_text(data, docs)

    assert {fault.line for fault in refused.value.faults} == {line}
    assert len(refused.value.faults) == 2


def test_the_command_writes_both_documents(tmp_path):
    assert main([str(tmp_path)]) == 0
    assert (tmp_path / "method.md").read_text(encoding="utf-8") == METHOD
    assert (tmp_path / "data.md").read_text(encoding="utf-8") == DICTIONARY


def test_a_bar_or_a_tag_in_a_text_does_not_break_a_table():
    assert cell("a | b <year>") == "a \\| b &lt;year>"
    assert cell("") == "—"


def test_no_line_of_the_documents_is_a_broken_table():
    for text in (METHOD, DICTIONARY):
        columns = 0
        for line in text.splitlines():
            found = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("| ") else 0
            if found and columns:
                assert found == columns, line
            columns = found


def test_the_documents_are_stored_with_plain_line_ends():
    assert b"\r" not in Path(DOCS / "method.md").read_bytes() + Path(DOCS / "data.md").read_bytes()


def test_what_we_chose_in_a_scheme_is_listed_and_said_to_be_ours():
    """Every floor and full mark of a linear rule is either given by the design of the scheme or in the list."""
    given = {
        "A1a": "low high", "A1b": "low high", "A3a": "high", "A3b": "high", "B3a": "high", "B3b": "high", "B3c": "high",
        "B3d": "low high", "B3e": "low high", "B4a": "low high", "C1a": "high",
    }  # fmt: skip
    reference = load_reference(DATA, 2025)
    scheme = load_scheme(DATA, 20, reference)
    text = "\n".join(scheme_lines(DATA, reference))
    listed = [line.split(" | ") for line in text.split("\n") if "本系统选定 chosen by us" in line]
    names = {"起点 floor": "low", "满分点 full mark": "high"}
    found = {(cells[0].strip("| "), names[cells[2]]) for cells in listed if cells[2] in names}

    linear = {(item.code, end) for item in scheme.items if item.is_linear for end in ("low", "high")}
    assert found == linear - {(code, end) for code, ends in given.items() for end in ends.split()}
