"""F2 (activities), F5 (households), F6 (problems put right) and F8 (exemplars): one line for each."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from random import Random

from tests.builder.deeds import Event, Year
from tests.builder.frame import Manner, header, line, list_fields, page, told
from tests.builder.grid import BLANK, Cell, Page, Row, Value
from tests.builder.heads import design
from tests.builder.register import dice, picked, words
from tests.builder.wide import total_row

SERVICE = ("elder_care", "disability_aid", "legal_aid", "lei_feng_volunteer")
F2_HEADER = (
    ("序号", ""), ("活动类别", ""), ("活动名称", ""), ("开展时间", ""), ("地点", ""), ("主办处(科)室", ""),
    ("参加人数(人)", "合计"), (None, "其中党员"), (None, "其中注册志愿者"), ("参加人次", ""), ("服务时长(小时)", ""),
    ("捐助", "捐款(元)"), (None, "捐物折价(元)"), ("献血量(毫升)", ""), ("受益对象(户/人)", ""), ("联合开展单位", ""),
    ("佐证材料", ""), ("备注", ""),
)  # fmt: skip
F8_HEADER = (
    ("序号", ""), ("典型名称", ""), ("载体(集体/个人/项目)", ""), ("层次", ""), ("类型", ""), ("授予(认定)机关", ""),
    ("时间", ""), ("文号", ""), ("宣传(篇/条)", "中央"), (None, "省"), (None, "市"), (None, "行业"), (None, "本单位"),
    ("现场会", "次数"), (None, "参加人次"), ("推广情况", ""), ("备注", ""),
)  # fmt: skip


def two_tiers(labels: tuple[tuple[str | None, str], ...]) -> list[Row]:
    """Two header rows: a group over its columns, other labels merged downwards."""
    top: list[Cell | None] = []
    low: list[Cell | None] = []
    for place, (upper, lower) in enumerate(labels):
        width = 1 + next((n for n, (text, _) in enumerate(labels[place + 1 :]) if text is not None), 0)
        span = (1, width) if lower else (2, 1)
        top.append(Cell(upper, "header", span) if upper is not None else None)
        low.append(Cell(lower, "header") if lower else None)
    return [Row("header", tuple(top)), Row("header", tuple(low))]


def some_day(rng: Random, year: int, month: int) -> dt.date:
    """A day in the month."""
    return dt.date(year, month, rng.randint(1, calendar.monthrange(year, month)[1]))


def maybe(rng: Random, share: float, words_of: list[str]) -> str | None:
    return rng.choice(words_of) if rng.random() < share else None


@dataclass(frozen=True)
class Held:
    """An activity as it is told: its values by measure, its first day, and what its date stands for."""

    values: dict[str, Value]
    start: dt.date
    stands_for: str


def f2_line(rng: Random, manner: Manner, offices: list[str], event: Event) -> Held:
    """What an activity says."""
    kind = design()["category"][event.category]
    names = words()["activities"][event.category]
    start = some_day(rng, manner.year, rng.choice(kind["months"]))
    end = min(start + dt.timedelta(days=rng.randint(1, 4)), dt.date(manner.year, 12, 31))
    several = rng.random() < 0.25 and end > start
    days = f"{start.year}年{start.month}月{start.day}日—{end.month}月{end.day}日"
    goods = 100 * rng.randint(2, 8) if event.category == "warmth_project" and rng.random() < 0.3 else None
    values: dict[str, Value] = {
        "category": list_fields("F2", "list")["category"].codes[event.category],
        "activity_name": names[event.number % len(names)],
        "activity_date": days if several else start,
        "place": rng.choice(words()["places"]),
        "host_office": rng.choice(offices),
        "persons": event.persons,
        "persons_pm": event.members,
        "persons_registered": event.registered,
        "person_times": event.times,
        "hours": event.hours if event.category in SERVICE else None,
        "amount_yuan": event.money or None,
        "goods_yuan": goods,
        "blood_ml": event.blood or None,
        "beneficiaries": maybe(rng, 0.8, words()["beneficiaries"]),
        "partner_units": maybe(rng, 0.5, words()["partners"]),
        "evidence": maybe(rng, 0.8, words()["evidence"]),
        "remark": None,
    }
    return Held(values, start, f"{start}/{end}" if several else str(start))


def f2(manner: Manner, year: Year) -> Page:
    """The list of activities in the order of their dates."""
    rng = dice("F2", manner.unit.code, manner.year)
    offices = [office.office for office in year.lines]
    said = sorted(
        (f2_line(rng, manner, offices, event) for event in year.events),
        key=lambda held: held.start,
    )
    dated = list_fields("F2", "list")["activity_date"]
    body = two_tiers(F2_HEADER)
    for number, held in enumerate(said, 1):
        cells = line("F2", "list", number, number, held.values, 18)
        cells[3] = told(dated, held.values["activity_date"], number, held.stands_for)
        body.append(Row("data", tuple(cells)))
    body.append(total_row(body, 6, 18, until=14))
    return page(manner, 2, 18, body, (6, 19, 21, 19, 13, 13, 9, 9, 9, 9, 9, 9, 9, 9, 15, 15, 13, 10))


def households(manner: Manner) -> list[tuple[int, Random, dt.date, dt.date | None]]:
    """The households of the unit in the year: they stay until they are out of hardship."""
    lasting = dice("F5", manner.unit.code)
    count = 2 if manner.unit.level != "无" else lasting.choice((0, 0, 1))
    found = []
    for number in range(1, count + (lasting.random() < 0.25) + 1 if count else 1):
        own = dice("F5", manner.unit.code, number)
        paired = some_day(own, own.randint(2021, 2023), own.randint(1, 12))
        leaves = some_day(own, own.choice((2024, 2025, 2025)), own.randint(7, 12)) if own.random() < 0.3 else None
        if leaves is None or leaves.year >= manner.year:
            found.append((number, own, paired, leaves if leaves and leaves.year == manner.year else None))
    return found


def f5(manner: Manner, year: Year) -> Page:
    """The list of households; units without title may have none and say so."""
    body = [header([
        "序号", "帮扶对象编号", "户别(城镇/农村)", "困难类型", "家庭人口", "结对时间", "帮扶责任处室", "责任人职务", "走访次数",
        "慰问金", "慰问物资折价", "主要措施", "是否解困", "解困时间", "解困依据", "备注",
    ])]  # fmt: skip
    types = list(list_fields("F5", "list")["hardship_type"].codes.values())
    for row, (number, own, paired, out) in enumerate(households(manner), 1):
        rng = dice("F5", manner.unit.code, number, manner.year)
        values: dict[str, Value] = {
            "household_no": f"{manner.unit.code}-{number:02}",
            "household_location": "城镇" if number % 2 else "农村",
            "hardship_type": own.choice([kind for kind in types if out is None or kind != "特困人员"]),
            "family_size": own.randint(1, 5),
            "paired_date": paired,
            "office": own.choice(year.lines).office,
            "responsible_post": own.choice(words()["posts"]),
            "visits": rng.randint(2, 8),
            "amount_yuan": 100 * rng.choice((5, 8, 10, 15, 20)),
            "goods_yuan": rng.choice((200, 300, 600, None)),
            "help_measures": own.choice(words()["help_measures"]),
            "out_of_hardship": "是" if out else "否",
            "exit_date": out,
            "exit_proof": own.choice(words()["exit_proofs"]) if out else None,
        }
        body.append(Row("data", tuple(line("F5", "list", row, row, values, 16))))
    if len(body) == 1:
        body.append(Row("nil", (BLANK, Cell("零报告"), *([BLANK] * 14))))
    return page(manner, 5, 16, body, (6, *([13] * 15)))


def f6(manner: Manner, year: Year) -> Page:
    """The ledger of problems, with counts in its total row."""
    rng = dice("F6", manner.unit.code, manner.year)
    body = [header([
        "序号", "问题表现", "问题来源(自查/群众/巡察/督查)", "涉及对象(基层/企业/群众/机关)", "整改目标", "整改措施", "责任处室",
        "责任人", "计划完成时限", "实际完成时间", "整改状态", "验收(销号)情况", "备注",
    ])]  # fmt: skip
    known = list_fields("F6", "list")
    states = []
    for number, problem in enumerate(picked(rng, words()["problems"], rng.randint(2, 5)), 1):
        due = some_day(rng, manner.year, rng.randint(4, 10))
        state = rng.choice((*["已销号"] * 9, "已完成", "整改中", "未启动"))
        states.append(state)
        closed = state in ("已完成", "已销号")
        values: dict[str, Value] = {
            "problem": problem["problem"],
            "problem_source": rng.choice(list(known["problem_source"].codes.values())),
            "problem_audience": rng.choice(list(known["problem_audience"].codes.values())),
            "rect_target": problem["target"],
            "rect_measures": problem["measure"],
            "office": rng.choice(year.lines).office,
            "responsible_named": f"{rng.choice(words()['surnames'])}{rng.choice(words()['given'])}",
            "due_date": due,
            "done_date": due - dt.timedelta(days=rng.randint(1, 25)) if closed else None,
            "rect_status": state,
            "acceptance": "验收通过" if state == "已销号" else None,
        }
        body.append(Row("data", tuple(line("F6", "list", number, number, values, 13))))
    opened = [states.count(word) for word in ("已销号", "整改中", "未启动")]
    overdue = opened[1] + opened[2]
    counts = zip(("问题数", "已销号", "整改中", "未启动", "逾期"), (len(states), *opened, overdue), strict=True)
    total = [Cell("合计", "total"), *(Cell(f"{word}:{count}", "total") for word, count in counts)]
    body.append(Row("total", (*total, *([Cell(look="total")] * 7))))
    return page(manner, 6, 13, body, (6, 23, 13, 13, 21, 25, 13, 13, 13, 13, 13, 13, 13))


def f8(manner: Manner, year: Year) -> Page:
    """The list of exemplars with publicity and on-site meetings."""
    rng = dice("F8", manner.unit.code, manner.year)
    body = two_tiers(F8_HEADER)
    for number, exemplar in enumerate(picked(rng, words()["exemplars"], rng.choice((1, 1, 2, 3))), 1):
        level = rng.choice(("市级", "市直机关", "市直机关", "本单位"))
        award, sign = words()["awards"][level]
        meetings = rng.choice((0, 0, 1))
        values: dict[str, Value] = {
            "exemplar_name": f"{manner.unit.short}{exemplar['suffix']}",
            "carrier": exemplar["carrier"],
            "exemplar_level": level,
            "exemplar_kind": exemplar["kind"],
            "award_body": award,
            "award_date": some_day(rng, manner.year, rng.randint(3, 11)),
            "document": f"{sign}〔{manner.year}〕{rng.randint(3, 40)}号" if sign else None,
            "central.media_items": 0,
            "province.media_items": rng.choice((0, 0, 0, 1)),
            "city.media_items": rng.randint(0, 3),
            "industry.media_items": rng.randint(0, 2),
            "own.media_items": rng.randint(1, 6),
            "onsite_meeting.sessions": meetings,
            "onsite_meeting.person_times": meetings * rng.randint(20, 60),
            "spread": maybe(rng, 0.3, ["在本系统推广"]),
        }
        body.append(Row("data", tuple(line("F8", "list", number, number, values, 17))))
    body.append(total_row(body, 8, 17, until=15))
    return page(manner, 8, 17, body, (6, *([13] * 16)))
