"""Resubmissions, late ones and those after the data freeze (M13, M77; decisions 7 and 8)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from analysis.etl.changed_cells import changed_cells
from analysis.etl.versions import choose_versions
from tests.mess.sent_files import LINE, STAFF, asked, told
from tests.returns import clean, f1_sheet, f3_sheet, fact, list_sheet, reference

WALK = {"problem": "办事慢", "measures": "限时办结", "responsible_named": "王建国"}


def chosen(*results, approved=(), **times):
    """The files after the choice, by name; `times` are those of `received.csv`."""
    received = {f"{name}.xlsx": dt.datetime.fromisoformat(time) for name, time in times.items()}
    known = replace(reference(), received=received, approved=frozenset(approved))
    return {result.submission.file.removesuffix(".xlsx"): result for result in choose_versions(results, known)}


def sent(name, *sheets):
    return clean(*sheets, file=f"{name}.xlsx")


def forms(files):
    return {name: (result.submission.state, result.submission.forms) for name, result in files.items()}


def changes(result):
    return [
        (q.sheet, q.message_zh)
        for q in result.queries
        if (q.rule, q.treatment) == ("M13", "NOTE") and "改动" in q.message_zh
    ]


def test_the_cells_that_a_resubmission_changed_are_listed():
    """M13: sheet, cell, old and new text, at the version that counts."""
    old = sent("最终版", f1_sheet({**STAFF, "hc_end": 41}), f3_sheet([LINE]))
    new = sent("a", f1_sheet({**STAFF, "women": 18}), f3_sheet([{**LINE, "elder_care.persons": "13人"}]))

    files = chosen(old, new, 最终版="2026-01-05T09:00", a="2026-01-07T09:00")

    assert forms(files) == {"a": ("accepted", "F1;F3"), "最终版": ("superseded", "")}
    (first, one), (second, two) = changes(files["a"])
    assert (first, "D6 “41”→“42”、F6 “”→“18”" in one, "最终版.xlsx" in one) == ("表1基本情况", True, True)
    assert (second, "D7 “12”→“13人”" in two) == ("表3参与情况", True)
    assert fact(files["a"], "persons", "elder_care").value == 13


def test_an_inserted_line_changes_no_other_line():
    """M13"""
    lines = [
        {**LINE, "office_name": name, "elder_care.persons": n} for name, n in (("甲科", 3), ("乙科", 4), ("丙科", 5))
    ]
    old, new = (sent(name, f3_sheet(part)).facts for name, part in (("a", lines[::2]), ("b", lines)))

    (words,) = changed_cells(old, new).values()

    assert "B8 “”→“乙科”" in words
    assert "丙科" not in words


def test_masked_texts_stay_masked_and_long_lists_are_cut():
    """M13: a person's name is in no change; what is too long says how much is left out."""
    old = sent("a", list_sheet("F6", [WALK] * 1))
    new = sent("b", list_sheet("F6", [{**WALK, "measures": "很" * 99, "responsible_named": "全体"}]))
    many = [sent(name, f3_sheet([{**LINE, **{f"{c}.persons": n for c in ("hope_project", "spring_bud")}}] * 1)).facts
            for name, n in (("a", 1), ("b", 2))]  # fmt: skip

    (words,) = changed_cells(old.facts, new.facts).values()

    assert "王建国" not in words
    assert "“■”→“全体”" in words
    assert "很" * 21 not in words
    assert changed_cells(*many)


def test_an_unchanged_resubmission_of_a_form_lists_nothing():
    """M13, not there"""
    files = chosen(sent("a", *_both()), sent("b", f1_sheet({**STAFF, "women": 3}), f3_sheet([LINE])),
                   a="2026-01-05", b="2026-01-06")  # fmt: skip

    assert [sheet for sheet, _ in changes(files["b"])] == ["表1基本情况"]


def _both():
    return f1_sheet(STAFF), f3_sheet([LINE])


def test_two_files_of_the_same_moment_are_not_decided_by_their_names():
    """M13: received in one mail."""
    files = chosen(sent("a", *_both()), sent("修订稿", f3_sheet([{**LINE, "elder_care.persons": 9}])),
                   a="2026-01-05", 修订稿="2026-01-05")  # fmt: skip

    assert forms(files) == {"a": ("accepted", "F1"), "修订稿": ("superseded", "")}
    assert asked(files["a"]) == asked(files["修订稿"]) == {"M13"}


def test_a_readable_version_counts_when_a_later_one_was_sent_back():
    """M13, decision 8: the latest received that is readable."""
    late = sent("b", f3_sheet([LINE], year=2024))

    files = chosen(sent("a", *_both()), late, a="2026-01-05", b="2026-01-07")

    assert forms(files) == {"a": ("accepted", "F1;F3"), "b": ("returned", "")}


def test_a_form_left_blank_does_not_displace_the_one_that_is_filled_in():
    """M13, M16: a whole workbook sent again for one form, the others blank."""
    again = sent("b", f1_sheet({**STAFF, "women": 18}), f3_sheet([]))

    files = chosen(sent("a", *_both()), again, a="2026-01-05", b="2026-01-07")

    assert forms(files) == {"a": ("accepted", "F3"), "b": ("accepted", "F1")}
    assert asked(files["b"]) == set()
    assert ("M13", "NOTE") in told(files["b"])


def test_one_filled_form_in_each_of_several_whole_workbooks_is_one_return():
    """Eight files of one unit, in each the other forms blank, and no time of receipt at all."""
    files = chosen(sent("a", f1_sheet(STAFF), f3_sheet([])), sent("b", f1_sheet({}), f3_sheet([LINE])))

    assert {name: shown for name, (_, shown) in forms(files).items()} == {"a": "F1", "b": "F3"}
    assert not any(asked(result) for result in files.values())


def test_a_nil_return_sent_later_does_displace_a_filled_form():
    """M13, M16: it says so."""
    nil = list_sheet("F6", [{"problem": "零报告"}])

    files = chosen(sent("a", list_sheet("F6", [WALK])), sent("b", nil), a="2026-01-05", b="2026-01-07")

    assert forms(files) == {"a": ("superseded", ""), "b": ("accepted", "F6")}


def test_an_identical_file_is_skipped_and_says_of_which():
    """M13 same"""
    first = sent("a", *_both())
    again = replace(first, submission=replace(first.submission, file="b.xlsx"))

    files = chosen(first, again, a="2026-01-06", b="2026-01-05")

    assert forms(files) == {"a": ("skipped", ""), "b": ("accepted", "F1;F3")}
    assert told(files["a"]) == {("M13", "NOTE")}


def test_one_file_under_the_names_of_two_units_is_asked_about_at_both():
    """M12: the unit stands in the file names alone."""
    nobody = f3_sheet([LINE], unit="", code="")
    one = sent("市科技局", nobody)
    two = sent("市财政局", nobody)
    two = replace(two, submission=replace(two.submission, sha256=one.submission.sha256))

    files = chosen(one, two)

    assert asked(files["市科技局"]) == asked(files["市财政局"]) == {"M12"}


def test_a_file_whose_sender_is_in_doubt_displaces_no_other():
    """M12, M13"""
    doubtful = sent("市财政局", f3_sheet([{**LINE, "elder_care.persons": 1}]))

    files = chosen(sent("a", *_both()), doubtful, a="2026-01-05", 市财政局="2026-01-07")

    assert fact(files["a"], "persons", "elder_care").value == 12
    assert forms(files)["市财政局"] == ("superseded", "")


def test_a_form_that_was_sent_back_is_forgotten_when_a_later_one_counts():
    """M13: nobody has to send it a third time."""
    broken = sent("a", f1_sheet(STAFF), f3_sheet([LINE], year=2024))

    files = chosen(broken, sent("b", f3_sheet([LINE])), a="2026-01-05", b="2026-01-07")

    assert forms(files) == {"a": ("accepted", "F1"), "b": ("accepted", "F3")}
    assert asked(files["a"]) == set()


@pytest.mark.parametrize(
    "day, approved, expected",
    [
        ("2026-01-15T23:59", (), ("accepted", None, set())),
        ("2026-01-16T00:00", (), ("accepted", None, {("M77", "NOTE")})),
        ("2026-02-28T23:00", (), ("accepted", None, {("M77", "NOTE")})),
        ("2026-03-01T08:00", (), ("returned", "M77", {("M77", "BACK")})),
        ("2026-03-01T08:00", ("a.xlsx",), ("accepted", None, {("M77", "NOTE")})),
    ],
)
def test_late_files_are_noted_and_after_the_freeze_only_approved_ones_count(day, approved, expected):
    """M77"""
    result = chosen(sent("a", *_both()), approved=approved, a=day)["a"]

    late = {entry for entry in told(result) if entry[0] == "M77"}
    assert (result.submission.state, result.submission.rule, late) == expected


def test_a_version_after_the_freeze_leaves_the_one_before_in_place():
    """M77, decision 8"""
    files = chosen(sent("a", *_both()), sent("b", f3_sheet([{**LINE, "elder_care.persons": 1}])),
                   a="2026-01-05", b="2026-03-02")  # fmt: skip

    assert fact(files["a"], "persons", "elder_care").value == 12
    assert files["b"].facts == ()
