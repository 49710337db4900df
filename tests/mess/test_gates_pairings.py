"""Gates of the form of pairing (F5): exits, dates, objects that are no household, and who has to send the form."""

import pytest

from analysis.etl.gate_units import gate_units
from analysis.etl.last_year import LastYear
from tests.mess.gate_sheets import STAFF, asked, f4_sheet, gated, message, staff
from tests.returns import clean, f1_sheet, f3_sheet, list_sheet, reference

HOME = {"household_no": "LJ-G04-01", "household_location": "农村", "hardship_type": "低保户", "family_size": 3,
        "paired_date": "2023-04-10", "office": "办公室", "visits": 4, "amount_yuan": 800,
        "out_of_hardship": "否"}  # fmt: skip
OUT = {**HOME, "household_no": "LJ-G04-02", "out_of_hardship": "是", "exit_date": "2025-09-15",
       "exit_proof": "街道退出低保通知"}  # fmt: skip


def homes(*lines):
    return gated(staff(), list_sheet("F5", list(lines)))


def test_an_exit_with_date_and_proof_after_the_pairing_counts():
    facts, queries = homes(HOME, OUT)

    assert asked(queries) == set()
    assert facts["F5", 2, "", "out_of_hardship"].text == "yes"


@pytest.mark.parametrize(
    "lacking, said",
    [
        ({"exit_date": None}, "解困时间"),
        ({"exit_proof": None}, "解困依据"),
        ({"exit_proof": "无"}, "解困依据"),
        ({"exit_proof": "／"}, "解困依据"),
        ({"exit_date": "—", "exit_proof": "暂无"}, "解困时间、解困依据"),
    ],
)
def test_an_exit_without_date_or_proof_counts_as_none_until_answered(lacking, said):
    """G20"""
    facts, queries = homes(HOME, {**OUT, **lacking})

    assert facts["F5", 2, "", "out_of_hardship"].status == "queried"
    assert asked(queries) == {("G20", "M6")}
    assert said in message(queries, "G20", "M6")


def test_an_exit_before_the_pairing_is_asked_about_at_both_cells_of_the_exit():
    """G20, M51"""
    facts, queries = homes({**OUT, "paired_date": "2025-10-01"}, HOME)

    assert facts["F5", 1, "", "out_of_hardship"].text is None
    assert facts["F5", 1, "", "exit_date"].text is None
    assert facts["F5", 1, "", "paired_date"].text == "2025-10-01"
    assert asked(queries) == {("G20", "M5"), ("G20", "N5")}
    assert "“结对时间”=2025-10-01" in message(queries, "G20", "N5")


@pytest.mark.parametrize(
    "paired, left", [("2025年9月", "2025-09-15"), ("2025", "2025-03-01"), ("2025-09-15", "2025-09-15")]
)
def test_dates_that_may_be_in_order_raise_no_doubt(paired, left):
    """G20: a month or a year may begin before the day."""
    _, queries = homes({**OUT, "paired_date": paired, "exit_date": left})

    assert asked(queries) == set()


def test_a_date_of_exit_that_cannot_be_read_is_asked_about_once():
    """G20: unreadable is not missing."""
    _, queries = homes({**OUT, "exit_date": "2025年2月30日"})

    assert {cell for _, cell in asked(queries)} == {"N5"}


def test_an_exit_that_is_denied_needs_no_proof():
    """G20: 否 with a date that is only planned, and a household that is still paired."""
    _, queries = homes(HOME, {**HOME, "household_no": "LJ-G04-03", "exit_proof": "无"})

    assert asked(queries) == set()


def test_pairings_of_earlier_years_are_natural_and_of_later_years_are_not():
    """G17"""
    facts, queries = homes({**HOME, "paired_date": "2016-05"}, {**OUT, "paired_date": "2026-04-10"})

    assert facts["F5", 1, "", "paired_date"].text == "2016-05"
    assert ("G17", "F6") in asked(queries)


@pytest.mark.parametrize(
    "written",
    [
        "李庄村",
        "帮扶李庄村（省定薄弱村）",
        "城东社区",
        "市第三小学",
        "职工子弟学校",
        "某村",
        "石桥镇卫生院",
        "李庄村委会",
        "结对共建党支部",
    ],
)
def test_a_village_community_or_school_in_place_of_a_household_is_dropped(written):
    """M60a"""
    facts, queries = homes(HOME, {**OUT, "household_no": written, "exit_date": None, "visits": None})

    assert {fact.status for key, fact in facts.items() if key[1] == 2} == {"rejected"}
    assert all(fact.value is None and fact.text is None for key, fact in facts.items() if key[1] == 2)
    assert facts["F5", 2, "", "household_no"].raw == written
    assert asked(queries) == {("M60a", "A6")}
    assert [query.rule for query in queries if query.cell and query.cell.endswith("6") and query.form == "F5"] == [
        "M60a"
    ]


@pytest.mark.parametrize(
    "written",
    [
        "LJ-G04-石桥社区-03",
        "李庄村02",
        "石桥社区特困家庭",
        "李庄村五保户",
        "城镇低保",
        "农村",
        "李庄村孤寡老人",
        "G04-7",
        "3",
    ],
)
def test_a_household_in_a_village_stays_a_household(written):
    """M60a"""
    facts, queries = homes({**HOME, "household_no": written})

    assert facts["F5", 1, "", "visits"].value == 4
    assert "M60a" not in {rule for rule, _ in asked(queries)}


def without_title(*sheets):
    """市体育局 of the register holds no title."""
    heads = {"unit": "澜江市体育局", "code": "LJ-G28"}
    first = f1_sheet({**STAFF, "unit_name": "澜江市体育局", "title_level": "无"}, **heads)
    return gated(first, *(sheet(heads) for sheet in sheets))


def test_households_of_a_unit_without_title_are_kept_and_noted():
    """M75"""
    facts, queries = without_title(lambda heads: list_sheet("F5", [HOME, OUT], **heads))

    assert facts["F5", 2, "", "out_of_hardship"].text == "yes"
    assert "M75" in {rule for rule, _ in asked(queries, "NOTE")}
    assert asked(queries) == set()


@pytest.mark.parametrize("line", [{"household_no": "无"}, {}])
def test_a_unit_without_title_need_not_fill_the_form_in(line):
    """M75, M16: 无, or the blank form as issued."""
    _, queries = without_title(lambda heads: list_sheet("F5", [line], **heads))

    assert asked(queries) == set()
    assert ("M16", None) in asked(queries, "NOTE")


def all_but_pairing(*more):
    return gated(staff(), f3_sheet([{"hc_end": 42, "lei_feng_volunteer.registered": 40}]), f4_sheet({}),
                 *(list_sheet(form, []) for form in ("F2", "F6", "F8")), *more)  # fmt: skip


def test_a_unit_with_a_title_that_sent_the_other_forms_is_asked_for_the_form():
    """M75"""
    _, queries = all_but_pairing()
    missing = [query for query in queries if query.rule == "M75"]

    assert [(query.form, query.cell, query.treatment, query.state) for query in missing] == [
        ("F5", None, "ASK", "open")
    ]
    assert "结对帮扶" in missing[0].message_zh


def test_a_form_that_was_sent_is_not_missing_even_when_empty():
    """M75: the empty form is asked about as such (M16)."""
    _, queries = all_but_pairing(list_sheet("F5", []))

    assert "M75" not in {query.rule for query in queries}


def test_one_form_alone_does_not_show_that_another_is_missing():
    """M75: one of eight files, looked at on its own."""
    _, queries = gated(staff())

    assert "M75" not in {query.rule for query in queries}


def test_the_form_in_another_file_of_the_unit_is_not_missing():
    """M75"""
    first = clean(staff(), f3_sheet([{"hc_end": 42}]), f4_sheet({}), list_sheet("F2", []), list_sheet("F6", []))
    second = clean(list_sheet("F5", [HOME]), file="结对帮扶.xlsx")

    _, queries = gate_units([first, second], reference(), LastYear())

    assert "M75" not in {query.rule for query in queries}
