"""M62, M73, G21: personal data anywhere in a workbook is masked and asked about; everything else counts (decision 1)."""

from dataclasses import replace

import pytest

from tests.returns import cell, clean, f1_sheet, f3_sheet, fact, list_sheet, sheet

ID_NUMBER = "11010519491231002X"  # the example of GB 11643
OFFICE = {
    "hc_end": 42,
    "elder_care.persons": 12,
    "elder_care.person_times": 15,
    "elder_care.hours": 30,
    "distinct_any": 12,
}
HOUSEHOLD = {
    "household_no": "LJ-G04-01", "household_location": "农村", "hardship_type": "低保户", "paired_date": "2023-05-01",
    "responsible_post": "科长", "visits": 3, "out_of_hardship": "否",
}  # fmt: skip
ACTIVITY = {
    "category": "敬老爱老助老", "activity_name": "重阳节慰问", "activity_date": "2025-10-29", "persons": 12, "person_times": 12,
}  # fmt: skip


def quarantined(result):
    """Rule and cell of each question about personal data."""
    return sorted((query.rule, query.cell or "") for query in result.queries if query.treatment == "QUAR")


def with_cells(whole, **cells):
    made = {
        (c.row, c.column): c
        for c in (v if not isinstance(v, str | int | float) else cell(at, v) for at, v in cells.items())
    }
    return replace(whole, cells={**whole.cells, **made})


def test_m62_a_personal_cell_is_masked_asked_about_once_and_the_rest_is_read():
    result = clean(f3_sheet([{**OFFICE, "remark": f"张某 {ID_NUMBER}"}]))

    assert (result.submission.state, result.submission.rule, result.submission.forms) == ("quarantined", "M62", "F3")
    assert fact(result, "persons", "elder_care").value == 12
    assert (fact(result, "remark").status, fact(result, "remark").raw, fact(result, "remark").text) == (
        "queried",
        "■",
        None,
    )
    assert quarantined(result) == [("M62", "AS7")]
    assert {row.role for row in result.ledger if row.cell == "AS7"} == {"quarantined"}
    assert ID_NUMBER not in repr(result)


def test_m62_a_clean_return_is_accepted_without_a_question():
    result = clean(list_sheet("F5", [HOUSEHOLD]), f3_sheet([OFFICE]))

    assert (result.submission.state, quarantined(result)) == ("accepted", [])


@pytest.mark.parametrize(
    "field, column, text",
    [
        ("household_no", "B", "张三"), ("household_no", "B", "王秀英"), ("household_no", "B", "LJ-G04-01 钱大伟"),
        ("household_no", "B", "古丽娜·艾山"), ("hardship_type", "D", "尿毒症"), ("hardship_type", "D", "因患肝硬化致贫"),
        ("help_measures", "L", "联系血透治疗"), ("remark", "P", "户主王秀英"), ("remark", "P", "李桂兰,女"),
        ("remark", "P", "人民路12号"), ("responsible_post", "H", "科长李建国"), ("responsible_post", "H", "李建国"),
        ("remark", "P", "联系电话:138 1234 5678"),
    ],
)  # fmt: skip
def test_m62_in_the_form_of_households_names_illnesses_and_homes_are_masked(field, column, text):
    result = clean(list_sheet("F5", [{**HOUSEHOLD, field: text}]))

    assert quarantined(result) == [("M62", f"{column}5")]
    assert (fact(result, field).status, fact(result, field).raw) == ("queried", "■")
    assert fact(result, "visits").value == 3
    assert text not in repr(result)


@pytest.mark.parametrize(
    "field, text",
    [("household_no", "LJ-G04-02"), ("household_no", "02号"), ("household_no", "王某"), ("household_no", "李庄村"),
     ("hardship_type", "残疾人家庭"), ("remark", "因病致贫,2026年继续帮扶"), ("help_measures", "大病救助"), ("responsible_post", "副科长"),
     ("responsible_post", "党支部书记"), ("responsible_post", "四级调研员"), ("exit_proof", "街道民政办证明")],
)  # fmt: skip
def test_m62_what_the_form_of_households_allows_is_not_quarantined(field, text):
    assert quarantined(clean(list_sheet("F5", [{**HOUSEHOLD, field: text}]))) == []


@pytest.mark.parametrize("field", ["beneficiaries", "remark", "place"])
def test_m62_a_helped_person_named_beside_an_activity_is_masked(field):
    result = clean(list_sheet("F2", [{**ACTIVITY, field: "贫困户王秀英"}]))

    assert [rule for rule, _ in quarantined(result)] == ["M62"]
    assert "王秀英" not in repr(result)


@pytest.mark.parametrize("place, asked", [("王秀英家", 1), ("白云山", 0), ("市民中心", 0), ("王家湾", 0)])
def test_m62_the_home_of_a_person_is_no_place_for_an_activity_but_a_hill_is(place, asked):
    assert len(quarantined(clean(list_sheet("F2", [{**ACTIVITY, "place": place}])))) == asked


def test_m62_a_list_of_names_as_beneficiaries_is_masked():
    assert quarantined(clean(list_sheet("F2", [{**ACTIVITY, "beneficiaries": "王秀英、李桂兰等3户"}])))


def test_m62_an_exemplar_may_be_named():
    line = {"exemplar_name": "李建国", "carrier": "个人", "exemplar_level": "市级", "exemplar_kind": "作风服务",
            "award_body": "市文明委", "award_date": "2025-06-01"}  # fmt: skip
    result = clean(list_sheet("F8", [line]))

    assert (fact(result, "exemplar_name").text, quarantined(result)) == ("李建国", [])


def test_m62_a_column_of_names_that_a_unit_inserted_is_masked_as_a_whole():
    whole = list_sheet("F5", [HOUSEHOLD, {**HOUSEHOLD, "household_no": "LJ-G04-02"}])
    result = clean(with_cells(whole, Q4="姓名", Q5="热依扎", Q6="何首乌"))

    assert quarantined(result) == [("M62", "Q5"), ("M62", "Q6")]
    assert "热依扎" not in repr(result)


def test_m62_a_column_of_staff_who_answer_for_a_line_is_not_a_column_of_personal_names():
    whole = list_sheet("F5", [HOUSEHOLD])

    assert quarantined(clean(with_cells(whole, Q4="联系人姓名", Q5="热依扎"))) == []


def test_m62_hidden_sheets_comments_formulas_and_sheet_names_are_searched():
    whole = f3_sheet([OFFICE])
    noted = with_cells(whole, D7=cell("D7", 12, comment=f"王某 {ID_NUMBER}"), AS7=cell("AS7", f'="见"&"{ID_NUMBER}"'))
    hidden = sheet("草稿", {"A1": "户主王秀英", "A2": "联系电话", "B2": "13812345678"}, hidden=True)
    named = sheet("王某13912345678", {"A1": "说明"})

    result = clean(noted, hidden, named)

    assert quarantined(result) == [("M62", ""), ("M62", "A1"), ("M62", "AS7"), ("M62", "B2"), ("M62", "D7")]
    assert fact(result, "persons", "elder_care").value == 12
    assert all(word not in repr(result) for word in (ID_NUMBER, "王秀英", "13812345678", "13912345678"))


@pytest.mark.parametrize(
    "value, rule",
    [
        (4.20106e17, "M62"),
        ("4.20106E+17", "M62"),
        (13_900_000_000, "M73"),
        ("1.39E+10", "M73"),
        (13_812_345_678, "M62"),
    ],
)
def test_m73_a_long_number_that_a_spreadsheet_destroyed_is_personal(value, rule):
    result = clean(f3_sheet([{**OFFICE, "remark": value}]))

    assert result.submission.state == "quarantined"
    assert quarantined(result) == [(rule, "AS7")]
    assert fact(result, "remark").rule == rule


def test_decision_2_phones_of_the_office_are_masked_and_only_mobiles_are_noted():
    staff = {"unit_name": "澜江市科学技术局", "hc_end": 42}
    mobile = clean(f1_sheet({**staff, "liaison_named": "徐海涛 13812345678"}))
    office = clean(f1_sheet({**staff, "liaison_named": "办公室 0571-88126790"}))

    assert (mobile.submission.state, office.submission.state) == ("accepted", "accepted")
    assert [(q.rule, q.treatment) for q in mobile.queries if q.cell == "B12"] == [("M62", "NOTE")]
    assert [q.rule for q in office.queries if q.cell == "B12" and q.rule == "M62"] == []
    assert "3812345678" not in repr(mobile)
    assert "88126790" not in repr(office)
    assert "徐海涛" not in repr(mobile)


def test_decision_2_a_mobile_in_the_signature_line_is_noted_wherever_the_line_is_cut():
    whole = f3_sheet([OFFICE])
    one = clean(with_cells(whole, A12="填表人:王建平 联系电话:13912345678"))
    cut = clean(with_cells(whole, A12="填表人:", B12="王建平", D12="联系电话:", E12="13912345678"))

    for result in (one, cut):
        assert result.submission.state == "accepted"
        assert [(q.rule, q.treatment) for q in result.queries if q.rule == "M62"] == [("M62", "NOTE")]
        assert "13912345678" not in repr(result)
        assert "王建平" not in repr(result)


def test_7_2_7_a_form_with_a_mark_of_secrecy_is_sent_back_and_nothing_of_it_is_kept():
    result = clean(with_cells(f3_sheet([OFFICE]), AQ1="秘密★1年"))

    assert (result.submission.state, result.submission.rule, result.submission.forms) == ("returned", "M62", "")
    assert (result.facts, result.ledger) == ((), ())
    assert [(q.treatment, q.rule, q.cell, q.raw) for q in result.queries] == [("BACK", "M62", "AQ1", "")]


def test_7_2_7_an_office_for_secrecy_is_no_mark():
    assert clean(f3_sheet([{**OFFICE, "office_name": "保密科"}])).submission.state == "accepted"


def test_a_date_written_with_its_year_is_no_signature():
    deed = {
        "category": "无偿献血",
        "activity_name": "献血",
        "activity_date": "2025年6月8日",
        "persons": 5,
        "person_times": 5,
    }
    result = clean(list_sheet("F2", [deed]))
    date = next(fact for fact in result.facts if fact.measure == "activity_date")

    assert (date.text, date.raw) == ("2025-06-08", "2025年6月8日")
