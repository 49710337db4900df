"""The line 合计 of a list against its lines (G05, M27), whatever the form; and a list of which only it is filled."""

import dataclasses

import pytest

from tests.mess.gate_sheets import asked, gated, staff
from tests.returns import cell, list_sheet

ACTIVITY = {"category": "希望工程", "activity_name": "圆梦", "activity_date": "2025-05-08", "persons": 20,
            "person_times": 20, "amount_yuan": 2000}  # fmt: skip
EXEMPLAR = {"exemplar_name": "服务队", "carrier": "集体", "exemplar_level": "市级", "exemplar_kind": "学习型",
            "award_body": "市文明委", "award_date": "2025-07-01", "central.media_items": 0, "city.media_items": 3,
            "onsite_meeting.sessions": 1, "onsite_meeting.person_times": 40}  # fmt: skip


def with_total(form, lines, total):
    """The list with a line 合计 of these cells below."""
    sheet = list_sheet(form, lines)
    row = max(place[0] for place in sheet.cells) + 1
    cells = [cell(f"{letters}{row}", value) for letters, value in {"A": "合计", **total}.items()]
    return gated(staff(), dataclasses.replace(sheet, cells={**sheet.cells, **{(c.row, c.column): c for c in cells}}))


MORE = {**ACTIVITY, "activity_name": "助学", "persons": 30, "person_times": 32, "amount_yuan": 3000}
AWARD = {**EXEMPLAR, "exemplar_name": "读书会", "city.media_items": 5}


@pytest.mark.parametrize(
    "form, lines, total, cells, slips",
    [
        ("F2", [ACTIVITY, MORE], {"G": 50, "J": 52, "L": 5000}, set(), set()),
        ("F2", [ACTIVITY, MORE], {"G": 57, "J": 52, "L": 3000}, {("M27", "G8")}, {("M27", "L8")}),
        ("F8", [EXEMPLAR, AWARD], {"K": 8, "N": 2, "O": 80}, set(), set()),
        ("F8", [EXEMPLAR, AWARD], {"K": 10, "N": 1, "O": 80}, {("M27", "K8")}, {("M27", "N8")}),
    ],
)
def test_a_total_is_asked_about_when_no_line_explains_the_difference(form, lines, total, cells, slips):
    """G05, M27"""
    _, queries = with_total(form, lines, total)

    assert asked(queries) == cells
    assert asked(queries, "FIX") == slips


def test_a_total_is_not_checked_while_a_line_is_open():
    """G05"""
    _, queries = with_total("F2", [ACTIVITY, {**MORE, "persons": "30余"}], {"G": 70, "J": 52, "L": 5000})

    assert "M27" not in {query.rule for query in queries}


def test_people_of_a_total_alone_are_those_of_many_activities():
    """G01, decision 10: 90 of a unit of 42 took part in all activities together."""
    facts, queries = with_total("F2", [], {"G": 90, "H": 60, "J": 120, "K": 30, "L": 2000})

    assert "M46" not in {rule for rule, _ in asked(queries)}
    assert [fact.value for key, fact in facts.items() if key[3] == "persons"] in ([90.0], [])
