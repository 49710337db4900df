"""The draft of the circular: words by share, computed numbers, gaps for judgement, nobody named in criticism."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from analysis.present.circular import circular_bytes, save_circular, unbroken
from analysis.present.circular_facts import Counted, problems, told
from analysis.present.circular_text import circular_text
from analysis.present.context import make_context
from tests.present.made_up import rate_row, sample_reference
from tests.present.made_up_pack import pack_tables
from tests.present.packages import FORBIDDEN, FORBIDDEN_EN, all_text, parts_of

REFERENCE = sample_reference(8)


def draft(tables, lang="zh", n_units=8):
    context = make_context(tables["units"], sample_reference(n_units), lang)
    return "\n".join(paragraph.text for paragraph in circular_text(tables, context))


def with_change(tables, before, now, low, high):
    """The pooled rates of the units of both years."""
    groups = tables["group_change"]
    city = groups["peer_group"] == ""
    kind = "up" if low > 0 else "down" if high < 0 else "no_clear_change"
    values = {"panel_rate_before": before, "panel_rate": now, "panel_low": low, "panel_high": high, "class": kind}
    return {**tables, "group_change": groups.assign(**{k: groups[k].mask(city, v) for k, v in values.items()})}


def test_what_is_to_be_mended_says_number_share_and_of_how_many():
    """Two of seven units that reported served in five months, one in six; one did not report."""
    tables = pack_tables(8)
    codes = tables["units"]["unit_code"]
    known = [5.0, 5.0, 6.0, 9.0, 9.0, 9.0, 9.0]
    rows = [rate_row(code, "I08", x, 12) for code, x in zip(codes, known, strict=False)]
    rows.append(rate_row(codes.iloc[-1], "I08", None, 12, status="not_submitted"))
    tables["rates"] = pd.concat([tables["rates"], pd.DataFrame(rows)], ignore_index=True)
    context = make_context(tables["units"], REFERENCE)
    (found,) = (one for one in problems(tables, context) if one.phrase == "months")

    assert (found.n, found.of) == (2, 7)
    assert told(found, context) == "个别单位（2家，占可判断的7家的28.6%）活动时间分布不均衡，有服务活动的月份不足6个"


@pytest.mark.parametrize(
    "phrase, said",
    [
        ("overdue", "36家（占可判断的78家的46.2%）有逾期未改的整改事项"),
        ("asked", "36家（占可判断的78家的46.2%）数据填报不规范，有未结的待核事项"),
    ],
)
def test_the_words_are_those_of_what_was_counted(phrase, said):
    """Done but not closed is not overdue: I26 counts what is past its date and still not done."""
    context = make_context(pack_tables(8)["units"], REFERENCE)

    assert told(Counted(phrase, 36, 78), context) == said


def test_targets_are_those_due_and_done_in_time():
    """I29: targets of the year completed in time, of those due in the year."""
    tables = pack_tables(8)
    city = {"peer_group": "", "category": "", "indicator": "I29", "status": "ok", "numerator": 3.0, "denominator": 4.0}
    tables["group_rates"] = pd.DataFrame([{**city, "pooled_rate": 0.75}])

    assert "本年度到期的目标任务4项，按期完成3项（75.0%）" in draft(tables)


def test_the_returns_are_counted():
    """Eight units due, the fourth did not report, one file was sent back."""
    text = draft(pack_tables(8))

    assert "应报8家，实报7家，报送率87.5%" in text
    assert "退回重报1家次" in text
    assert "初步数据" in text


@pytest.mark.parametrize(
    "before, now, low, high, said",
    [
        (0.70, 0.75, 0.02, 0.08, "上升5.0个百分点"),
        (0.75, 0.70, -0.08, -0.02, "下降5.0个百分点"),
        (0.70, 0.72, -0.01, 0.05, "与上年基本持平"),
        (0.700, 0.705, 0.001, 0.009, "与上年基本持平"),
    ],
)
def test_a_change_within_chance_or_below_one_point_is_about_the_same(before, now, low, high, said):
    tables = with_change(pack_tables(8), before, now, low, high)
    tables["hidden"] = tables["hidden"].iloc[:0]
    text = draft(tables)
    (sentence,) = (part for part in text.split("。") if "合并参与率" in part)

    assert sentence.endswith(said)


def test_without_a_year_before_nothing_is_said_of_rise_or_fall():
    text = draft(pack_tables(8, year_before=False))

    assert "尚无可与上年比较的总体参与率" in text
    assert not any(word in text for word in ("比上年上升", "比上年下降", "基本持平"))


def test_without_assessment_there_is_no_list_and_no_word_of_one():
    text = draft(pack_tables(8))

    assert not any(word in text for word in ("考评", "拟命名", "附件：", "排名不分先后"))


def test_only_units_to_be_honoured_are_named_and_only_in_the_annex():
    """Of eight units two are to be named, three keep their title; the others wait, mend or lose it."""
    tables = pack_tables(8, assessed=True)
    before, annex = draft(tables).split("\n附件\n")
    decisions = tables["decisions"]
    names = {unit.code: unit.short_name for unit in REFERENCE.units}
    honoured = decisions.loc[decisions["list"].isin(["name", "keep"]), "unit_code"].map(names).tolist()

    others = set(names.values()) - set(honoured)
    assert [name for name in names.values() if name in before and name != "市直机关工委"] == []
    assert all(name in annex for name in honoured)
    assert [name for name in others if name in annex] == []
    assert annex.count("排名不分先后") == 2


def test_nobody_reads_a_check_for_others_as_a_decision_to_keep_a_title():
    """Of two that keep their title the first is only pre-checked and organises the assessment."""
    tables = pack_tables(8, assessed=True)
    cards, kept = tables["scorecards"], tables["decisions"].query("list == 'keep'")["unit_code"].tolist()
    marks = dict(zip(kept, ["prechecked;organiser", None], strict=True))
    tables["scorecards"] = cards.assign(remarks=cards["unit_code"].map(marks))
    names = [REFERENCE.unit(code).short_name for code in kept]
    annex = draft(tables).split("\n附件\n")[1].split("\n")
    place = annex.index("拟保留（2家）：以下单位排名不分先后")

    assert annex[place + 1 : place + 3] == [
        f"1家：{names[1]}",
        f"只作预审、考评组织单位，由其他机构复核的1家：{names[0]}",
    ]
    assert "注明“只作预审”“只作推荐”的" in annex[-1]


def test_lines_are_not_spread_and_the_signature_stands_one_line_below_the_text():
    """GB/T 9704-2012, 7.3.5.2: who signs stands one empty line below the text."""
    tables = pack_tables(8, assessed=True)
    context = make_context(tables["units"], REFERENCE)
    told_parts = circular_text(tables, context)
    made = Document(io.BytesIO(circular_bytes(told_parts, context))).paragraphs
    roles = [one.role for one in told_parts]

    assert {one.alignment for one, role in zip(made, roles, strict=True) if role in ("body", "list")} == {
        WD_ALIGN_PARAGRAPH.LEFT
    }
    assert made[roles.index("signature")].paragraph_format.space_before == Pt(28)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("n_units", [1, 8, 80])
def test_nothing_forbidden_is_said(n_units, lang):
    text = draft(pack_tables(n_units, assessed=n_units > 1), lang, n_units)

    assert [word for word in (*FORBIDDEN, *FORBIDDEN_EN) if word in text] == []


def test_what_people_must_judge_is_a_marked_gap():
    tables = pack_tables(8)
    context = make_context(tables["units"], REFERENCE)
    file = Document(io.BytesIO(circular_bytes(circular_text(tables, context), context)))
    runs = [run for paragraph in file.paragraphs for run in paragraph.runs if "____" in run.text]

    assert len(runs) >= 6
    assert all(run.font.highlight_color is not None for run in runs)


def test_a_number_and_its_unit_stay_on_one_line():
    assert unbroken("占88.3%，74家中5908人") == "占88.3\u2060%，74\u2060家中5908\u2060人"


def test_the_signature_never_stands_on_a_page_without_text():
    tables = pack_tables(8)
    context = make_context(tables["units"], REFERENCE)
    told = circular_text(tables, context)

    made = Document(io.BytesIO(circular_bytes(told, context))).paragraphs
    place = [one.role for one in told].index("signature")
    assert made[place - 2].paragraph_format.keep_with_next  # the last sentence before the line of the annex
    assert made[place - 1].paragraph_format.keep_with_next
    assert made[place].paragraph_format.keep_with_next


def test_the_paper_is_laid_out_as_official_papers_are():
    """GB/T 9704-2012: A4, margins 37, 35, 28 and 26 mm, title 22 pt, text 16 pt at 28 pt with headings as styles."""
    tables = pack_tables(8, assessed=True)
    context = make_context(tables["units"], REFERENCE)
    content = circular_bytes(circular_text(tables, context), context)
    file = Document(io.BytesIO(content))
    section = file.sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    headings = [paragraph.text for paragraph in file.paragraphs if paragraph.style.name == "Heading 1"]

    assert [round(side / Mm(1)) for side in (section.page_width, section.page_height)] == [210, 297]
    assert [round(side / Mm(1)) for side in sides] == [37, 35, 28, 26]
    assert (file.styles["Title"].font.size, file.styles["Normal"].font.size) == (Pt(22), Pt(16))
    assert file.styles["Normal"].paragraph_format.line_spacing == Pt(28)
    assert [heading[:2] for heading in headings[:5]] == ["一、", "二、", "三、", "四、", "五、"]
    assert "仿宋" in parts_of(content)["word/fontTable.xml"].decode()


def test_it_says_that_it_is_a_draft_of_a_made_up_city():
    tables = pack_tables(8)
    context = make_context(tables["units"], REFERENCE)
    file = Document(io.BytesIO(circular_bytes(circular_text(tables, context), context)))
    head = file.sections[0].header.paragraphs[0].text

    assert all(word in head for word in ("草稿", "虚构城市", "内部资料"))


def test_no_maker_no_time_and_the_same_bytes_every_time(tmp_path):
    tables = pack_tables(8)
    context = make_context(tables["units"], REFERENCE)
    first, again = (save_circular(tables, context, tmp_path / name)[0].read_bytes() for name in "ab")
    parts = parts_of(first)

    assert first == again
    assert [
        tag for tag in ("creator", "lastModifiedBy", "created", "python") if tag in str(parts["docProps/core.xml"])
    ] == []
    assert [name for name, part in parts.items() if name.endswith(".rels") and b"External" in part] == []
    assert "造假" not in all_text(first, is_deck=False)
