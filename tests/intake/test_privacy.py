"""Personal data is found by its own rules of form and masked before anything else is done."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.privacy import personal_kinds
from tests.returns import cell, clean, f1_sheet, f3_sheet, fact, sheet

LINE = {
    "hc_end": 42,
    "elder_care.persons": 12,
    "elder_care.person_times": 15,
    "elder_care.hours": 30,
    "distinct_any": 12,
}
ID_NUMBER = "11010519491231002X"  # the example of GB 11643
CARD = "6222021234567890128"


@pytest.mark.parametrize(
    "text, kinds",
    [
        (f"身份证{ID_NUMBER}", ("id_number",)),
        ("110105 19491231 002X", ("id_number",)),
        ("１１０１０５１９４９１２３１００２Ｘ", ("id_number",)),
        ("110105194912310021", ()),
        ("110105491231002", ("id_number",)),
        ("联系人13812345678", ("mobile",)),
        ("138-1234-5678", ("mobile",)),
        ("8112679", ()),
        ("澜机关发〔2025〕9号", ()),
        ("20250305", ()),
        ("4111111111111111", ("card",)),
        ("4111111111111112", ()),
    ],
)
def test_each_kind_is_known_by_its_form_and_check_digit(text, kinds):
    assert personal_kinds(text) == kinds


def test_words_of_illness_are_personal():
    assert personal_kinds("户主患尿毒症", ("尿毒症",)) == ("health",)


@given(st.text(max_size=40))
def test_no_text_breaks_the_search(text):
    personal_kinds(text, ("病",))


def test_a_personal_cell_is_masked_asked_about_and_the_rest_is_read():
    result = clean(f3_sheet([{**LINE, "remark": f"张某 {ID_NUMBER}"}]))

    assert (result.submission.state, result.submission.rule) == ("quarantined", "M62")
    assert fact(result, "persons", "elder_care").value == 12
    assert [(q.cell, q.treatment, q.raw) for q in result.queries if q.rule == "M62"] == [("AS7", "QUAR", "■")]
    assert {row.role for row in result.ledger if row.cell == "AS7"} == {"quarantined"}
    assert ID_NUMBER not in repr(result)


def test_personal_data_on_a_hidden_sheet_and_in_a_comment_is_found():
    hidden = sheet("草稿", {"A1": ID_NUMBER}, hidden=True)
    whole = f3_sheet([LINE])
    noted = type(whole)("表3", {**whole.cells, (7, 4): cell("D7", 12, comment=f"王某 {ID_NUMBER}")}, whole.merges)

    result = clean(noted, hidden)

    assert {(q.sheet, q.cell) for q in result.queries if q.rule == "M62"} == {("草稿", "A1"), ("表3", "D7")}
    assert ID_NUMBER not in repr(result)


def test_a_card_number_that_became_a_number_is_personal():
    result = clean(f3_sheet([{**LINE, "remark": 4.20106e17}]))

    assert result.submission.state == "quarantined"


def test_a_mobile_is_personal_except_in_the_field_and_the_line_for_phones():
    staff = f1_sheet({"unit_name": "澜江市科学技术局", "hc_end": 42, "liaison_named": "徐海涛 13812345678"})
    signed = type(staff)("表1", {**staff.cells, (16, 1): cell("A16", "填表人:王某 联系电话:13912345678")})

    assert clean(signed).submission.state == "accepted"
    assert clean(f3_sheet([{**LINE, "remark": "13812345678"}])).submission.state == "quarantined"
    assert "3812345678" not in repr(clean(signed))
