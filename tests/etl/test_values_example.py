"""The three clean returns of the example: every cell is read as its fact, and nothing is asked about."""

from __future__ import annotations

import warnings
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from analysis.etl.dates import read_date
from analysis.etl.values import read_list, read_number, read_person, read_text, read_yes_no
from analysis.records import Cell, Reading
from tests.words import REFERENCE, cell, load_lexicon, load_words, rows

EXAMPLE = Path(__file__).resolve().parents[1] / "data" / "example"
FACTS = rows(EXAMPLE / "facts.csv")
FIELDS = {(row["form"], row["item"], row["measure"]): row for row in rows(REFERENCE / "forms.csv")}


@cache
def workbook(file: str) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the look of the sheets does not matter here
        return openpyxl.load_workbook(EXAMPLE / "raw" / "2025" / file)


def read(field: dict[str, str], source: Cell) -> Reading:
    lexicon = load_lexicon()
    if field["type"] in ("count", "number", "hours", "amount", "ml"):
        return read_number(source, field["type"], field["measure_unit"], lexicon)
    if field["type"] == "date":
        return read_date(source, 2025, lexicon)
    if field["measure"].endswith("_named"):
        return read_person(source, lexicon)
    if field["type"] == "yes_no":
        return read_yes_no(source, lexicon)
    if field["type"] == "list":
        codes = dict(entry.split("=") for entry in field["codes"].split(";"))
        return read_list(source, codes, load_words().get(f"synonym.{field['measure']}", {}), lexicon)
    return read_text(source, lexicon)


@pytest.mark.parametrize("form", ["F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8"])
def test_every_clean_cell_is_read_as_its_fact(form):
    facts = [fact for fact in FACTS if fact["form"] == form]
    wrong = []
    for fact in facts:
        field = FIELDS[fact["form"], fact["item"], fact["measure"]]
        stored = workbook(fact["file"])[fact["sheet"]][fact["cell"]]
        reading = read(field, cell(stored.value, number_format=stored.number_format))
        expected = (float(fact["value"]) if fact["value"] else None, fact["text"] or None)
        if (reading.value, reading.text, reading.status, reading.treatment) != (*expected, "reported", None):
            wrong.append((fact["file"], fact["sheet"], fact["cell"], reading))

    assert len(facts) > 15
    assert wrong == []
