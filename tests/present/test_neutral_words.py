"""What is said of a return never says why a figure is as it is: no word of accusation in any sentence of ours."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ACCUSING = re.compile(
    r"造假|作假|假报|虚报|虚假|瞒报|漏报|谎报|伪造|编造|杜撰|作弊|舞弊|欺骗|抄袭|嫌疑|可疑"
    r"|fraud|fake|faking|falsif|fabricat|cheat|dishonest|lying|suspicious|suspect|manipulat",
    re.IGNORECASE,
)
FILES = {
    "analysis/present/phrases.csv": "",
    "data/reference/rules.csv": "",
    "data/reference/labels.csv": "sign",
    "data/reference/tables.csv": "screening",
}


def accusing_lines(text, start=""):
    return [line for line in text.splitlines() if line.startswith(start) and ACCUSING.search(line)]


@pytest.mark.parametrize("file", FILES)
def test_no_sentence_of_ours_accuses(file):
    text = (ROOT / file).read_text(encoding="utf-8-sig")

    assert any(line.startswith(FILES[file]) for line in text.splitlines())
    assert accusing_lines(text, FILES[file]) == []


def test_no_text_of_the_notebook_on_data_quality_accuses():
    assert accusing_lines((ROOT / "notebooks/02_data_quality.ipynb").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("sentence", ["涉嫌造假", "有虚报", "figures look Faked? no: falsified"])
def test_an_accusing_sentence_is_found(sentence):
    assert accusing_lines(sentence)


def test_every_sign_has_a_name_in_both_languages_a_kind_and_a_place_in_the_dictionary():
    def rows(file):
        with (ROOT / file).open(encoding="utf-8-sig", newline="") as lines:
            return list(csv.DictReader(lines))

    kinds = {row["word"] for row in rows("data/reference/words/structure.csv") if row["list"] == "sign_kind"}
    named = {row["code"].removeprefix("sign.") for row in rows("data/reference/labels.csv") if "sign." in row["code"]}
    (choices,) = (
        row["choices"].split(";")
        for row in rows("data/reference/tables.csv")
        if (row["table"], row["column"]) == ("screening", "sign")
    )

    assert kinds == named == set(choices)
