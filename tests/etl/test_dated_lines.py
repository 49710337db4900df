"""Lines of another year are dropped where the form asks for this year's only."""

from tests.returns import clean, fact, list_sheet

ACTIVITY = {
    "category": "敬老爱老助老",
    "activity_name": "重阳节慰问",
    "activity_date": "2025-10-29",
    "persons": 5,
    "person_times": 5,
}


def dropped(result):
    return [(query.rule, query.cell) for query in result.queries if query.treatment == "DROP"]


def test_an_activity_of_this_year_stays():
    result = clean(list_sheet("F2", [ACTIVITY, {**ACTIVITY, "activity_name": "走访"}]))

    assert dropped(result) == []
    assert fact(result, "persons", row=2).value == 5


def test_an_activity_of_last_year_is_dropped_with_all_its_values():
    late = {**ACTIVITY, "activity_date": "2024年12月30日", "persons": "约5"}
    result = clean(list_sheet("F2", [ACTIVITY, late]))

    assert dropped(result) == [("M51", "A7")]
    assert {f.status for f in result.facts if f.row == 2} == {"rejected"}
    assert not [q for q in result.queries if q.cell == "G7"]


def test_an_activity_over_new_year_is_asked_about():
    over = {**ACTIVITY, "activity_date": "2024年12月30日—2025年1月2日"}
    result = clean(list_sheet("F2", [over, {**ACTIVITY, "activity_name": "走访"}]))

    assert dropped(result) == []
    assert [(q.rule, q.cell) for q in result.queries if q.treatment == "ASK"] == [("M51", "D6")]


def test_a_pairing_of_an_earlier_year_is_natural():
    household = {"household_no": "LJ-G04-01", "household_location": "城镇", "hardship_type": "低保户", "paired_date": "2022-06-01",
                 "visits": 3, "out_of_hardship": "否"}  # fmt: skip
    result = clean(list_sheet("F5", [household, {**household, "household_no": "LJ-G04-02"}]))

    assert dropped(result) == []
    assert fact(result, "paired_date", row=1).text == "2022-06-01"
