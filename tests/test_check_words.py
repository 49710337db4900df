"""What a clerk reads of a checked return: the things to be answered first, repairs of one rule gathered."""

from __future__ import annotations

from pathlib import Path

from analysis.commands.check_words import check_words, clerk_words

DATA = Path(__file__).parents[1] / "data"
WORDS = clerk_words(DATA, "zh")


def query(cell, rule, treatment, message, sheet="表3参与情况"):
    state = "closed" if treatment in ("FIX", "NOTE") else "open"
    return {"sheet": sheet, "cell": cell, "rule": rule, "treatment": treatment, "state": state,
            "message_zh": message, "message_en": message}  # fmt: skip


def answer(*queries, state="accepted", rule=None, unit="LJ-G09"):
    return {"file": "a.xlsx", "state": state, "rule": rule, "unit_code": unit, "forms": ["F1"], "facts": [1, 2],
            "queries": list(queries)}  # fmt: skip


def test_questions_come_before_repairs_and_notes_and_in_the_order_of_the_sheet():
    lines = check_words(
        answer(
            query("D7", "M36", "FIX", "修了"),
            query("E10", "M46", "ASK", "问二"),
            query("E9", "M46", "ASK", "问一"),
            query(None, "M77", "NOTE", "迟了", sheet=""),
        ),
        WORDS,
    )
    text = "\n".join(lines)

    assert text.index("问一") < text.index("问二") < text.index("修了") < text.index("迟了")
    assert "1. 表3参与情况 E9  问一  [M46]" in text
    assert "整个文件  迟了" in text
    assert "需要答复2项" in text


def test_many_repairs_of_one_rule_are_told_by_the_first_and_the_places_of_the_rest():
    lines = check_words(answer(*(query(f"D{row}", "M36", "FIX", f"第{row}处") for row in range(7, 27))), WORDS)
    text = "\n".join(lines)

    assert "第9处" in text
    assert "第10处" not in text
    assert "另有17处" in text
    assert "D10" in text
    assert "等5处" in text


def test_a_question_that_a_whole_column_gets_is_told_once_in_full_and_names_every_cell():
    found = [{**query(f"AR{row}", "M46", "ASK", f"第{row}行"), "field": "distinct_any"} for row in range(7, 27)]
    text = "\n".join(check_words(answer(*found, query("B5", "M54", "ASK", "别的")), WORDS))

    assert "第9行" in text
    assert "第10行" not in text
    assert all(f"AR{row}" in text for row in range(7, 27))
    assert "【请答复】21处" in text
    assert "  1. 表3参与情况 B5  别的" in text


def test_a_file_that_cannot_be_read_says_why_and_what_to_do():
    text = "\n".join(check_words(answer(state="returned", rule="M05", unit=None), WORDS))

    assert "退回重报" in text
    assert "请取消密码后重报" in text
    assert "没有认出" in text


def test_a_clean_return_says_that_there_is_nothing_to_do():
    assert "没有需要答复或告知的事项。" in check_words(answer(), WORDS)


def test_the_same_can_be_read_in_english():
    text = "\n".join(check_words(answer(query("D7", "M46", "ASK", "asked")), clerk_words(DATA, "en")))

    assert "[Please answer] 1" in text
