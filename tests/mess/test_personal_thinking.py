"""M79, decision 18: what a thinking analysis found is masked; how often it was held, and where it lies, is read."""

import re

import pytest

from tests.returns import clean, fact, head, reference, sheet


def f7_sheet(values, **more):
    """The form of institutions with some values by (item, measure), and more cells by address."""
    cells = head(form_no=7)
    for entry in reference().form_fields("F7"):
        if entry.block != "institutions":
            continue
        letters, row = re.fullmatch(r"([A-Z]+)(\d+)", entry.address).groups()
        cells[f"A{row}"] = int(row) - 5
        cells[f"B{row}"] = entry.header_group_zh or entry.header_zh
        cells.setdefault(f"{letters}5", entry.header_zh)
        cells[entry.address] = values.get((entry.item, entry.measure))
    return sheet("表7制度落实", {**cells, "A5": "序号", "B5": "项目", **more})


YEAR = {
    ("thinking_analysis", "established"): "是",
    ("thinking_analysis", "times_due"): 4,
    ("thinking_analysis", "times_done"): 4,
}


def masked(result):
    return [(query.rule, query.cell) for query in result.queries if query.treatment == "QUAR"]


@pytest.mark.parametrize(
    "text",
    ["部分年轻干部对职级晋升有顾虑", "干部职工思想总体稳定,个别同志存在畏难情绪", "大家普遍关心住房和待遇问题", "4次,职工反映食堂伙食差",
     "队伍主流积极向上", "全体人员认真学习领会上级精神并结合岗位实际谈了各自的体会和今后的打算"],
)  # fmt: skip
def test_m79_the_content_of_a_thinking_analysis_is_masked(text):
    result = clean(f7_sheet({**YEAR, ("thinking_analysis", "remark"): text}))

    assert masked(result) == [("M79", "I11")]
    assert (fact(result, "remark", "thinking_analysis").rule, fact(result, "remark", "thinking_analysis").raw) == (
        "M79",
        "■",
    )
    assert fact(result, "times_done", "thinking_analysis").value == 4
    assert result.submission.state == "quarantined"
    assert text not in repr(result)


@pytest.mark.parametrize(
    "text",
    ["已开展", "按季度分析", "见附件", "每季度一次,形成分析报告4份", "3月、6月、9月、12月各召开一次分析会", "分析报告存档备查", "由机关党委牵头组织实施",
     "2025年6月修订", "制度已印发,按要求落实"],
)  # fmt: skip
def test_m79_a_remark_on_what_was_done_is_read(text):
    result = clean(f7_sheet({**YEAR, ("thinking_analysis", "remark"): text}))

    assert masked(result) == []
    assert fact(result, "remark", "thinking_analysis").text == text


def test_m79_content_in_the_field_for_a_count_is_masked():
    result = clean(f7_sheet({**YEAR, ("thinking_analysis", "times_done"): "4次,个别同志情绪低落"}))

    assert masked(result) == [("M79", "G11")]
    assert "情绪" not in repr(result)


def test_m79_content_in_the_remark_of_another_line_or_beside_the_table_is_masked():
    result = clean(
        f7_sheet(
            {**YEAR, ("ideology_duty", "remark"): "思想动态:青年干部对轮岗有抵触"}, K8="思想状况:普遍担心改革后待遇下降"
        )
    )

    assert masked(result) == [("M79", "I10"), ("M79", "K8")]
    assert "抵触" not in repr(result)
    assert "担心" not in repr(result)


@pytest.mark.parametrize(
    "text", ["职工反映窗口排队时间长,已采纳", "思想政治工作责任制度已落实到支部", "干部普遍参加,征集32条"]
)
def test_m79_other_remarks_of_the_form_are_read(text):
    result = clean(f7_sheet({**YEAR, ("proposals", "remark"): text}))

    assert (masked(result), fact(result, "remark", "proposals").text) == ([], text)


def test_m79_the_number_of_the_document_is_read():
    result = clean(f7_sheet({**YEAR, ("thinking_analysis", "document"): "思想动态分析制度(澜科发〔2025〕7号)"}))

    assert masked(result) == []
    assert fact(result, "document", "thinking_analysis").text == "思想动态分析制度(澜科发〔2025〕7号)"
