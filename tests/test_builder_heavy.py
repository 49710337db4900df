"""The heavy messes of the builder: what is written, what must come of it, and the counting around it."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from openpyxl import Workbook

from tests.builder.cell_mess import befall
from tests.builder.conserved import breaches
from tests.builder.grid import Ask, Cell, Claim, Page, Row
from tests.builder.leaks import leaks
from tests.builder.mess import CELLS
from tests.builder.numerals import formal
from tests.builder.packets import encrypted, to_zip
from tests.builder.packs import Pack
from tests.builder.personal_data import WEIGHTS, card, id_number
from tests.builder.plan import sendings
from tests.builder.stories import STORIES
from tests.builder.whole import clean_return

STAFF = Claim("F3", 1, "elder_care", "persons", 12.0)
OFFICES = Page("F3", "表3", (Row("data", (Cell(1), Cell("办公室"), Cell(12, claims=(STAFF,)))),))


def befallen(name: str) -> Cell:
    return befall(OFFICES, CELLS[name], 1, "", Random(7), 2025).at(1, 3)


def test_a_number_in_other_clothes_stays_the_same_fact() -> None:
    cell = befallen("full_width")
    assert (cell.value, cell.claims, cell.asks) == ("１２", (STAFF,), ())


def test_a_vague_word_leaves_the_number_open_with_a_question() -> None:
    cell = befallen("vague")
    assert cell.claims == (replace(STAFF, value=None, queried=True),)
    assert cell.asks == (Ask("M37"),)


def test_a_bound_gives_a_limit_and_no_question() -> None:
    (claim,) = befallen("at_most").claims
    assert (claim.value, claim.high, claim.queried) == (None, 12.0, False)


def test_a_blank_that_is_required_gives_a_question_and_no_fact() -> None:
    cell = befallen("blank_number")
    assert (cell.value, cell.claims, cell.asks) == (None, (), (Ask("M52"),))


def test_every_word_of_the_lists_fills_in_without_a_gap_left() -> None:
    for name, mess in CELLS.items():
        for turn in range(5):
            cell = befall(OFFICES, mess, 1, "", Random(turn), 2025).at(1, 3)
            assert "{" not in str(cell.value), name


@pytest.mark.parametrize("number,written", [(12, "壹拾贰"), (105, "壹佰零伍"), (52, "伍拾贰")])
def test_numerals_of_cheques(number: int, written: str) -> None:
    assert formal(number).removeprefix("壹") == written.removeprefix("壹")


def test_a_pack_deals_everything_once_before_anything_twice() -> None:
    pack = Pack(("a", "b", "c"), Random(1))
    assert {pack.deal() for _ in range(3)} == {"a", "b", "c"}
    assert pack.deal(["b"]) == "b"


def test_what_found_no_place_is_dealt_again_first() -> None:
    pack = Pack(("a", "b"), Random(1))
    name = pack.deal()
    assert name is not None
    pack.give_back(name)
    assert {pack.deal(), pack.deal()} == {"a", "b"}


def test_invented_numbers_pass_the_tests_that_real_ones_pass() -> None:
    number = id_number(Random(3))
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS, strict=True))
    assert "10X98765432"[total % 11] == number[17]
    digits = [int(digit) for digit in card(Random(3))][::-1]
    assert (sum(digits[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])) % 10 == 0


def test_a_workbook_with_a_password_is_a_compound_file_with_that_stream() -> None:
    data = encrypted()
    assert data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    assert "EncryptedPackage".encode("utf-16-le") in data


def test_old_archives_hold_names_in_gb18030_without_saying_so() -> None:
    data = to_zip({"报表.xlsx": b"x"}, old_names=True)
    assert "报表.xlsx".encode("gb18030") in data
    assert "报表.xlsx".encode() not in data


def letter(story: str):  # type: ignore[no-untyped-def]
    from tests.builder.parcels import Letter

    sending = next(one for one in sendings(2025) if one.manner.unit.code == "LJ-T10")
    pages = clean_return(sending.manner)
    return STORIES[story](Letter(pages, "typed", "a.xlsx", sending.received, "LJ-T10", 2025, "", pages))


def test_a_member_of_an_archive_is_named_behind_the_archive() -> None:
    built = letter("zip_gbk")
    assert list(built.files) == ["a.zip"]
    assert {fact["file"] for fact in built.facts} == {"a.zip!精神文明/a.xlsx"}


def test_of_two_sheets_of_one_form_neither_counts_and_both_are_asked_about() -> None:
    built = letter("draft_beside")
    assert not [fact for fact in built.facts if fact["form"] == "F3"]
    asked = [(row["sheet"], row["rule"]) for row in built.queries if row["rule"] == "M14"]
    assert asked == [("表3参与情况", "M14"), ("表3(2)", "M14")]


def workbook(cells: dict[str, object]) -> bytes:
    book = Workbook()
    for place, value in cells.items():
        book.active[place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_cell_that_the_ledger_does_not_know_is_a_breach(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook({"A1": 1, "B1": 2}))
    submissions = [{"file": "a.xlsx", "state": "accepted", "format": "xlsx"}]
    ledger = [{"file": "a.xlsx", "sheet": "Sheet", "cell": "A1", "role": "meta"}]
    assert list(breaches(tmp_path, submissions, ledger, [], [])) == ["not in the ledger: a.xlsx Sheet!B1"]


def test_a_value_of_which_nobody_speaks_is_a_breach(tmp_path: Path) -> None:
    ledger = [{"file": "a.xlsx", "sheet": "Sheet", "cell": "A1", "role": "value"}]
    (found,) = breaches(tmp_path, [], ledger, [], [])
    assert found.startswith("value without fact or query")


def test_planted_data_are_found_in_any_encoding_and_in_what_was_printed(tmp_path: Path) -> None:
    folder = tmp_path / "clean"
    folder.mkdir()
    (folder / "a.csv").write_bytes("王宸曦,1".encode("gb18030"))
    assert len(list(leaks(["王宸曦"], [folder], "done 王宸曦"))) == 2
    assert list(leaks(["李沐瑶"], [folder], "done")) == []
