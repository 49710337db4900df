"""F4 (study) and F7 (institutions and targets): the lines are printed, the unit fills in the columns."""

from __future__ import annotations

import datetime as dt
from random import Random

from tests.builder.deeds import Year
from tests.builder.frame import Manner, column_of, header, line, list_fields, page, row_of, told
from tests.builder.grid import BLANK, Cell, Page, Row, Value
from tests.builder.heads import Heads
from tests.builder.lists import some_day
from tests.builder.register import dice, fields, person, picked, words
from tests.builder.wide import total_row

SUBJECTS = ("political_theory", "modern_economy", "science_tech", "law", "finance", "foreign_language", "other")
SPECIAL = ("core_group_study", "workstyle_education", "commemoration", "national_spirit", "team_training")
F4_LABELS = {17: "爱国主义教育基地(次/人次/基地数)", 20: "测试(应考/合格)", 26: "调研成果(报送/采纳)"}
DUE_TIMES = {"committee_session": 2, "ideology_duty": 2, "thinking_analysis": 4, "matter_report": 3}
WITH_DOCUMENT = (
    "annual_plan", "key_points", "leading_group", "committee_session", "ideology_duty", "thinking_analysis",
    "matter_report", "type_guidance",
)  # fmt: skip


def study(rng: Random, sessions: int, due: int) -> dict[str, Value]:
    """One study line: sessions, class hours, who was due and came, distinct persons, form of study."""
    if not sessions:
        return {**dict.fromkeys(("sessions", "class_hours", "expected_person_times", "person_times", "persons"), 0),
                "study_form": "无"}  # fmt: skip
    expected = sessions * due
    came = round(expected * rng.uniform(0.86, 0.96))
    return {
        "sessions": sessions,
        "class_hours": sessions * rng.randint(1, 3),
        "expected_person_times": expected,
        "person_times": came,
        "persons": min(due, came),
        "study_form": rng.choice(words()["study_forms"]),
    }


def f4_values(manner: Manner, heads: Heads) -> dict[tuple[str, str], Value]:
    """What the unit says of its study, by item and measure."""
    rng = dice("F4", manner.unit.code, manner.year)
    said: dict[tuple[str, str], Value] = {}
    for item in SUBJECTS:
        often = rng.randint(6, 12) if item == "political_theory" else rng.choice((0, 1, 1, 2, 2, 3, 4))
        said |= {(item, measure): value for measure, value in study(rng, often, heads.end).items()}
    persons = [value for (_, measure), value in said.items() if measure == "persons"]
    said["all_subjects", "persons"] = max(int(value) for value in persons if isinstance(value, int))
    team = heads.full_time + heads.part_time
    due = {"core_group_study": min(heads.end, 5 + heads.end // 20), "team_training": team}
    for item in SPECIAL:
        often = rng.randint(4, 10) if item == "core_group_study" else rng.randint(1, 4)
        said |= {(item, measure): value for measure, value in study(rng, often, due.get(item, heads.end)).items()}
    visits, visitors = rng.randint(1, 2), round(heads.end * rng.uniform(0.5, 0.9))
    submitted, passed = rng.randint(0, 5), team - (rng.random() < 0.2)
    return {
        **said,
        ("education_base", "sessions"): visits,
        ("education_base", "person_times"): visits * visitors,
        ("education_base", "bases"): rng.randint(1, visits),
        ("education_base", "persons"): visitors,
        ("test", "tested"): team,
        ("test", "passed"): passed,
        ("study_plan", "persons"): round(heads.end * rng.uniform(0.8, 1)),
        ("learning_organ", "party_branches"): max(1, heads.branches - rng.randint(0, 1)),
        ("learning_platform", "established"): rng.choice(("是", "是", "是", "否")),
        ("exchange", "sessions"): rng.randint(2, 8),
        ("research", "submitted"): submitted,
        ("research", "adopted"): rng.randint(0, submitted),
    }


def f4(manner: Manner, heads: Heads) -> Page:
    """The sheet of study: three blocks, a total that adds all but persons."""
    said = f4_values(manner, heads)
    rows: dict[int, list[Cell | None]] = {}
    labels = dict(F4_LABELS)
    for field in fields("F4"):
        number = row_of(field.address)
        if field.block != "learning_organ" and number not in labels:
            labels[number] = field.group
        labels.setdefault(number, field.header)
        cells = rows.setdefault(number, [BLANK] * 9)
        if field.item != "all_subjects" or field.measure == "persons":
            cells[column_of(field.address) - 1] = told(field, said.get((field.item, field.measure)))
    for serial, number in enumerate((n for n in sorted(rows) if n != 12), 1):
        rows[number][:2] = [Cell(serial), Cell(labels[number], "label")]
    body = [
        header(
            ["序号", "学习专题", "集中学习次数", "学时", "应到人次", "实到人次", "参学人数(去重)", "主要形式", "备注"]
        )
    ]
    body += [Row("data", tuple(rows[number])) for number in range(5, 12)]
    total = list(total_row(body, 2, 9, until=6).cells)
    total[6] = rows[12][6]
    body += [Row("total", tuple(total)), block("二、专项", 9)]
    body += [Row("data", tuple(rows[number])) for number in range(14, 21)]
    body += [block("三、学习型机关", 9)]
    body += [Row("data", tuple(rows[number])) for number in range(22, 27)]
    return page(manner, 4, 9, body, (7, 33, 13, 11, 11, 11, 15, 13, 13))


def block(text: str, width: int) -> Row:
    """A heading over a block of a sheet."""
    return Row("block", (Cell(text, "total", (1, width)), *([None] * (width - 1))))


def f7_values(manner: Manner, heads: Heads) -> dict[tuple[str, str], Value]:
    """What the unit says of its institutions, by item and measure."""
    lasting, rng = dice("F7", manner.unit.code), dice("F7", manner.unit.code, manner.year)
    said: dict[tuple[str, str], Value] = {}
    number, sign = lasting.randint(3, 12), manner.unit.short.removeprefix("市")[:2]
    for place, item in enumerate(WITH_DOCUMENT):
        year = manner.year if item in ("annual_plan", "key_points") else lasting.choice((2022, 2023))
        said[item, "established"] = "是"
        said[item, "document"] = f"澜{sign}发〔{year}〕{number + place}号"
        said[item, "document_date"] = some_day(lasting, year, lasting.randint(1, 4))
        said[item, "responsible_named"] = person(rng)
    for item, due in DUE_TIMES.items():
        said[item, "times_due"] = due
        said[item, "times_done"] = max(1, due - rng.choice((0, 0, 0, 1)))
    for item in ("union", "youth", "women"):
        exists = lasting.random() < 0.9
        said[item, "established"] = "是" if exists else "否"
        said[item, "times_done"] = rng.randint(1, 6) if exists else 0
    said["organ_spirit", "established"] = "是"
    said["organ_spirit", "wording"] = lasting.choice(words()["spirits"])
    said["spirit_collecting", "persons"] = round(heads.end * rng.uniform(0.1, 0.5))
    for item in ("proposals", "information"):
        submitted = rng.randint(5, 30)
        said[item, "submitted"] = submitted
        said[item, "adopted"] = rng.randint(1, submitted)
    said["inspection", "times_done"] = rng.randint(1, 3)
    return said


def f7(manner: Manner, heads: Heads, year: Year) -> Page:
    """The sheet of institutions (甲) and targets (乙)."""
    rng, said = dice("F7乙", manner.unit.code, manner.year), f7_values(manner, heads)
    rows: dict[int, list[Cell | None]] = {}
    for field in fields("F7"):
        if field.block == "institutions":
            number = row_of(field.address)
            cells = rows.setdefault(number, [Cell(number - 5), Cell(field.group, "label"), *([BLANK] * 7)])
            cells[column_of(field.address) - 1] = told(field, said.get((field.item, field.measure)))
    body = [
        block("甲、制度与机制", 9),
        header(
            [
                "序号",
                "项目",
                "是否建立",
                "文件名称及文号",
                "建立(修订)日期",
                "应执行次数",
                "实际执行次数",
                "责任人",
                "备注",
            ]
        ),
        *(Row("data", tuple(rows[number])) for number in sorted(rows)),
        block("乙、目标任务分解", 9),
        header(
            [
                "序号",
                "目标任务",
                "类别(精神文明/重点项目/服务承诺)",
                "责任处(科)室",
                "责任人",
                "完成时限",
                "完成情况",
                "备注",
            ]
        ),
    ]
    states = [word for code, word in list_fields("F7", "targets")["target_status"].codes.items() if code != "long_term"]
    chosen = picked(rng, words()["targets"], rng.randint(6, 8))
    offices = rng.sample(year.lines, len(year.lines))
    for number, target in enumerate(chosen, 1):
        values: dict[str, Value] = {
            "target": target["text"],
            "target_class": target["kind"],
            "office": offices[number % len(offices)].office,
            "responsible_named": person(rng),
            "due_date": dt.date(manner.year, rng.randint(7, 12), rng.randint(1, 28)),
            "target_status": rng.choice((*states, *[states[0]] * 9)),
        }
        body.append(Row("data", tuple(line("F7", "targets", number, number, values, 9))))
    return page(manner, 7, 9, body, (7, 29, 15, 23, 17, 15, 15, 13, 15))
