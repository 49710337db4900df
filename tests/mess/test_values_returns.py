"""M39, M53, M59, M63, M64, M73 in whole returns: what a cell says of its neighbours and its column."""

import datetime as dt

import pytest

from tests.returns import clean, f1_sheet, f3_sheet, fact, list_sheet

ACTIVITY = {
    "category": "敬老爱老助老",
    "activity_name": "走访敬老院",
    "activity_date": "2025-03-05",
    "persons": 5,
    "person_times": 5,
}
PROBLEM = {"problem": "办事时限过长", "problem_source": "自查", "problem_audience": "群众", "rect_target": "缩短一半", "rect_measures": "并联审批",
           "office": "审批科", "responsible_named": "张三", "due_date": "2025-06-30", "done_date": "2025-06-20", "rect_status": "已完成"}  # fmt: skip


def asked(result, *rules):
    return [(q.rule, q.treatment, q.cell) for q in result.queries if q.rule in rules]


def open_questions(result):
    return [(q.rule, q.cell) for q in result.queries if q.treatment in ("ASK", "DROP", "BACK", "QUAR")]


def activities(*lines):
    return clean(list_sheet("F2", [{**ACTIVITY, "activity_name": f"活动{n}", **line} for n, line in enumerate(lines)]))


def problems(*lines):
    return clean(list_sheet("F6", [{**PROBLEM, "problem": f"问题{n}", **line} for n, line in enumerate(lines)]))


def test_the_part_of_a_number_fills_its_own_blank_column():
    """M39."""
    result = activities({"persons": "5(其中党员3)"})

    assert (fact(result, "persons").value, fact(result, "persons_pm").value) == (5, 3)
    assert fact(result, "persons_pm").cell == fact(result, "persons").cell
    assert asked(result, "M39") == [("M39", "FIX", fact(result, "persons").cell)]


def test_a_part_that_agrees_with_its_column_asks_nothing():
    """M39."""
    result = activities({"persons": "5(其中党员3)", "persons_pm": 3})

    assert fact(result, "persons_pm").value == 3
    assert open_questions(result) == []


def test_a_part_that_contradicts_its_column_is_asked_about():
    """M39: neither number is changed by it."""
    result = activities({"persons": "5(其中党员3)", "persons_pm": 4})

    assert (fact(result, "persons").value, fact(result, "persons_pm").value) == (5, 4)
    assert asked(result, "M39") == [("M39", "ASK", fact(result, "persons").cell)]


def test_a_part_fills_a_required_field_so_that_it_is_not_asked_for():
    """M39: party members of the basic form are those on post."""
    result = clean(f1_sheet({"hc_end": "42(其中女15,党员34)"}))
    told = {q.field for q in result.queries if q.rule == "M52"}

    assert (fact(result, "women").value, fact(result, "pm_onpost").value) == (15, 34)
    assert "league" in told
    assert not {"women", "pm_onpost"} & told


@pytest.mark.parametrize("words", ["在岗42人", "在岗人数:42", "42人在岗"])
def test_the_words_of_the_heading_may_be_said_again(words):
    """M36."""
    result = clean(f3_sheet([{"hc_end": words}]))

    assert (fact(result, "hc_end").value, fact(result, "hc_end").rule) == (42, "M36")


def test_a_word_in_brackets_of_the_heading_is_another_number():
    """M36: 退休3人 is not the whole of 年内调出(含退休)."""
    result = clean(f1_sheet({"left": "退休3人"}))

    assert fact(result, "left").status == "queried"


@pytest.mark.parametrize(
    "measure, words, value",
    [("amount_yuan", "捐款1200元", 1200), ("amount_yuan", "共捐款1200元", 1200), ("goods_yuan", "折价500元", 500), ("goods_yuan", "捐物折价:500", 500), ("hours", "服务30小时", 30),
     ("persons", "参加50人", 50), ("persons", "50人参加", 50), ("persons_pm", "党员12人", 12), ("amount_yuan", "无捐款", 0), ("blood_ml", "献血1600毫升", 1600)],
)  # fmt: skip
def test_the_words_of_each_column_may_be_said_again(measure, words, value):
    """M36, M43-M45."""
    assert fact(activities({measure: words}), measure).value == value


@pytest.mark.parametrize(
    "measure, words",
    [("hours", "服务30人"), ("amount_yuan", "捐款42人"), ("amount_yuan", "捐物500元"), ("persons", "参加12次"), ("persons", "党员12人"), ("persons", "参加率85%"), ("hours", "服务3小时/人"),
     ("persons", "未参加"), ("persons", "参加50人、60人")],
)  # fmt: skip
def test_other_words_beside_a_number_are_asked_about(measure, words):
    """M36."""
    assert fact(activities({measure: words}), measure).status == "queried"


def test_a_word_out_of_the_middle_of_a_heading_is_another_number():
    """M36: retired staff are not the retired party members of the heading 离退休党员."""
    assert fact(clean(f1_sheet({"pm_retired": "退休12人"})), "pm_retired").status == "queried"


@pytest.mark.parametrize("mark", ["同上", "〃", "″", "同前"])
def test_a_ditto_mark_says_what_the_line_above_says(mark):
    """M53."""
    result = activities({"place": "澜江福利院"}, {"category": mark, "place": mark, "activity_date": mark})

    assert [fact(result, measure, row=2).text for measure in ("category", "place", "activity_date")] == [
        "elder_care",
        "澜江福利院",
        "2025-03-05",
    ]
    assert {(q.rule, q.treatment) for q in result.queries if q.cell} == {("M53", "FIX")}


def test_a_chain_of_ditto_marks_keeps_the_first_words():
    """M53."""
    result = activities({"category": "春蕾计划"}, {"category": "同上"}, {"category": "〃"})

    assert [f.text for f in result.facts if f.measure == "category"] == ["spring_bud"] * 3


def test_a_ditto_mark_below_nothing_is_asked_about():
    """M53: no line above, a blank above, a question above."""
    first, blank, doubt = (
        activities({"place": "同上"}),
        activities({}, {"place": "同上"}),
        activities({"category": "助学"}, {"category": "同上"}),
    )

    assert fact(first, "place").status == fact(blank, "place").status == "queried"
    assert [f.status for f in doubt.facts if f.measure == "category"] == ["queried", "queried"]


def test_a_ditto_mark_in_a_number_is_asked_about():
    """M53."""
    result = activities({}, {"persons": "同上"})

    assert fact(result, "persons", row=2).value is None
    assert asked(result, "M53") == [("M53", "ASK", fact(result, "persons", row=2).cell)]


@pytest.mark.parametrize("text", ["—", "无", "12", "??", "待定", "/"])
def test_what_is_no_word_is_no_category(text):
    """M58: only words that name something go to the open category."""
    result = activities({"category": text})

    assert (fact(result, "category").text, len(open_questions(result))) == (None, 1)


def test_old_script_is_told_once_for_a_sheet():
    """M59: a note for each cell would bury the questions."""
    result = activities({"category": "無償獻血"}, {"category": "學(xué)雷鋒", "activity_name": "志願服務"})

    assert [f.text for f in result.facts if f.measure == "category"] == ["blood_donation", "lei_feng_volunteer"]
    assert [q.treatment for q in result.queries if q.rule == "M59"] == ["FIX"]


def test_simplified_text_is_not_called_old():
    """M59, the other way round: 著, 乾 and brackets with Latin letters are usual."""
    result = activities({"activity_name": "乾县著名演讲(PPT)"})

    assert asked(result, "M59") == []


def test_answers_are_told_in_the_words_of_the_form():
    """M60, M63: a clerk is told 是 or 否, not yes or no."""
    result = problems({"responsible_named": "领导班子"})

    assert [q.read_as for q in result.queries if q.cell] == ["否"]
    assert fact(result, "responsible_named").raw == "领导班子"


def test_a_due_date_is_a_deadline_and_a_date_of_completion_is_not():
    """M50."""
    result = problems({"due_date": "6月底前", "done_date": "6月底"})

    assert (fact(result, "due_date").text, fact(result, "done_date").text) == ("2025-06-30", "2025-06")


@pytest.mark.parametrize("text", ["长期坚持", "持续推进", "立行立改"])
def test_a_state_in_a_date_that_must_be_there_is_asked_about(text):
    """M64: without a due date nobody can tell whether the work is late."""
    result = problems({"due_date": text})

    assert (fact(result, "due_date").text, asked(result, "M64")) == (
        None,
        [("M64", "ASK", fact(result, "due_date").cell)],
    )


@pytest.mark.parametrize("text", ["持续推进", "正在整改", "尚未启动", "长期坚持"])
def test_unfinished_in_a_date_of_completion_says_that_there_is_none(text):
    """M64."""
    result = problems({"done_date": text, "rect_status": "整改中"})

    assert (fact(result, "done_date").text, fact(result, "done_date").status) == (None, "not_applicable")
    assert asked(result, "M64") == [("M64", "NOTE", fact(result, "done_date").cell)]


@pytest.mark.parametrize("text", ["已完成", "立行立改"])
def test_finished_without_a_day_is_asked_about(text):
    """M64."""
    result = problems({"done_date": text})

    assert fact(result, "done_date").status == "queried"


def test_a_serial_number_that_became_a_date_gives_nothing():
    """M73: serial numbers are no facts, so that nothing is asked."""
    sheet = list_sheet("F2", [ACTIVITY])
    places = [place for place, entry in sheet.cells.items() if entry.value == 1]
    changed = sheet.cells[places[0]].__class__(*places[0], dt.datetime(2025, 1, 1), "2025-01-01", "date")
    result = clean(sheet.__class__(sheet.name, {**sheet.cells, places[0]: changed}, sheet.merges))

    assert (open_questions(result), {f.row for f in result.facts}) == ([], {1})


def test_a_number_that_became_a_date_is_asked_about():
    """M73."""
    result = activities({"persons": dt.datetime(2025, 3, 5)})

    assert asked(result, "M73") == [("M73", "ASK", fact(result, "persons").cell)]


@pytest.mark.parametrize("formula, value", [("=SUM(D7:D8)", 12), ("=SUM(D7,D8)", 12), ("=sum($D$7:$D$8)", 12)])
def test_a_plain_sum_without_a_value_is_added_up(formula, value):
    """M56."""
    result = clean(f3_sheet([{"elder_care.persons": 5}, {"elder_care.persons": 7}, {"elder_care.persons": formula}]))

    assert fact(result, "persons", "elder_care", 3).value == value
    assert [q.treatment for q in result.queries if q.rule == "M56"] == ["FIX"]


@pytest.mark.parametrize(
    "formula",
    [
        "=D7*2",
        "=SUM(D7:D9)",
        "=SUM(AZ7:AZ8)",
        "=AVERAGE(D7:D8)",
        "=SUM(B7:B8)",
        "=[1]Sheet1!D7",
        "=D7+D8",
        "=SUM(D7:D8)*2",
    ],
)
def test_any_other_formula_without_a_value_is_asked_about(formula):
    """M56: over itself, over blanks, over words, from other files."""
    result = clean(f3_sheet([{"elder_care.persons": 5}, {"elder_care.persons": 7}, {"elder_care.persons": formula}]))

    assert fact(result, "persons", "elder_care", 3).value is None
    assert [q.treatment for q in result.queries if q.rule == "M56"] == ["ASK"]
