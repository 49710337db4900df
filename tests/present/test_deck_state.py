"""What is so beside a chart of the deck: ranges and counts of its public table, typed by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.present.context import make_context
from analysis.present.deck_lists import institutions_counted
from analysis.present.deck_state import TABLE_STATE
from analysis.present.deck_text import chart_slides
from analysis.present.save_charts import CHARTS, meeting_charts
from tests.present.made_up import sample_reference
from tests.present.made_up_lists import with_lists


def told(code, rows, lang="zh"):
    tables, reference = with_lists(), sample_reference()
    return TABLE_STATE[code](pd.DataFrame(rows), make_context(tables["units"], reference, lang))


def programme(code, rate, n, group="service", hidden=None):
    return {"category": code, "group": group, "rate": rate, "n_valid": n, "hidden": hidden}


def test_services_are_told_as_a_range_and_hidden_ones_by_name_only():
    rows = [
        programme("lei_feng_volunteer", 0.659, 75),
        programme("disability_aid", 0.125, 76),
        programme("legal_aid", np.nan, 44, hidden="complementary"),
        programme("one_day_donation", 0.72, 74, group="giving"),
    ]

    assert told("C3", rows) == [
        "服务类列出的2项，合并参与率在12.5%（扶残助残，76家可计算）至65.9%（学雷锋志愿者服务行动，75家可计算）之间",
        "按规定不列人数的：法律援助",
    ]
    assert told("C3", rows[1:2]) == ["服务类只列出1项，合并参与率12.5%（扶残助残，76家可计算）"]
    assert told("C3", rows[3:]) == []


def median(group, n, status):
    return {"peer_group": group, "n_rates": n, "median_status": status}


def test_cells_without_a_median_are_counted_among_all():
    rows = [median("PG1", 15, "ok"), median("", 69, "ok"), median("PG1", 2, "few"), median("", 0, "small")]

    assert told("C4", rows) == ["同类组1个；每项计入的单位：0至69家", "4格中2格不列中位数（灰格）"]
    assert told("C4", rows[:2]) == ["同类组1个；每项计入的单位：69家", "2格均列出中位数"]


def pairing(n, visits, silent, unknown):
    return [{"title_level": "", "n_units": n, "visits_each": visits, "not_submitted": silent, "unknown": unknown}]


@pytest.mark.parametrize(
    "rows, lines",
    [
        (pairing(69, 5.21, 1, 2), ["结对困难户全年户均走访5.2次", "文明单位中未报的1家，因待核不能判断的2家"]),
        (pairing(69, np.nan, 0, 0), ["文明单位中未报的0家，因待核不能判断的0家"]),
        (pairing(0, np.nan, 0, 0), []),
    ],
)
def test_visits_that_are_hidden_are_not_told(rows, lines):
    assert told("C8", rows) == lines


def problems(due, in_time, short, middle, long):
    return [
        {"problem_source": "", "due": due, "in_time": in_time, "overdue": short + middle + long,
         "overdue_short": short, "overdue_middle": middle, "overdue_long": long}
    ]  # fmt: skip


def test_the_overdue_are_told_by_age():
    assert told("C9", problems(285, 217, 0, 6, 41)) == [
        "到期问题285个，按期销号217个",
        "截至12月31日，逾期30天以内的0个，31—90天的6个，90天以上的41个",
    ]
    assert told("C9", problems(9, 9, 0, 0, 0)) == ["到期问题9个，按期销号9个"]
    assert told("C9", problems(0, 0, 0, 0, 0)) == []


def subject(group, held, n, n_open=0):
    return {"peer_group": group, "n_units": n, "share": held / n if n else np.nan, "n_open": n_open}


def test_groups_of_two_units_are_left_out_of_the_range():
    rows = [subject("PG1", 3, 8, 1), subject("PG2", 4, 4), subject("PG3", 0, 2), subject("", 7, 14, 1)]

    assert told("S1", rows) == ["2个同类组（已报3家以上的）各专题的开展面：37.5%—100.0%", "次数待核、未计入的1项"]
    assert told("S1", rows[2:3]) == ["没有待核的次数"]


def test_hidden_exemplars_are_counted_and_not_told():
    cells = [("city", "learning", np.nan), ("city", "other", 20.0), ("city", "", np.nan), ("", "", 23.0)]
    rows = [{"exemplar_level": level, "exemplar_kind": kind, "n_exemplars": n} for level, kind, n in cells]

    assert told("S2", rows) == ["2格中1格、合计中1个按规定不列"]
    assert told("S2", rows[1:2]) == ["1格的数都列出"]


def test_a_unit_with_two_institutions_missing_counts_once():
    states = [
        ("in_force", "in_force"),
        ("absent", "on_paper"),
        ("unknown", "absent"),
        ("not_submitted", "not_submitted"),
    ]
    rows = [{"force_a": one, "force_b": other} for one, other in states]

    assert told("S3", rows) == ["有制度未建立或缺文号、日期的2家，有待核事项的1家，未报的1家"]


def part(code, group, n, n_open):
    return {"score_part": code, "peer_group": group, "n_units": n, "n_open": n_open}


def test_units_left_out_of_the_score_are_told_by_part():
    rows = [part("A", "", 72, 8), part("B", "", 80, 0), part("A", "PG1", 17, 1)]

    assert told("S4", rows) == ["每个部分计入的单位：72至80家", "有未定项目、未计入的：思想道德建设8家"]
    assert told("S4", rows[1:2]) == ["每个部分计入的单位：80家", "没有因未定项目而不计入的单位"]
    assert told("S4", rows, "en") == [
        "Counted in a part: 72 to 80 units",
        "Left out for an open item: Ideals and morals 8 units",
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", list(TABLE_STATE))
def test_every_sentence_can_be_said_and_names_no_unit(code, lang):
    tables, reference = with_lists(8), sample_reference(8)
    context = make_context(tables["units"], reference, lang)

    text = "".join(TABLE_STATE[code](CHARTS[code].table(tables, reference), context))

    assert text
    assert [unit.short_name for unit in reference.units if unit.short_name in text] == []


def test_a_page_on_institutions_counts_units_by_group_and_names_none():
    """Domain 6.3: criticism by name stands in the internal annex only; nor may the picture with names be on a page."""
    rows = pd.DataFrame(
        [
            ("LJ-G01", "甲局", "PG2", "in_force", "in_force"),
            ("LJ-G02", "乙局", "PG2", "in_force", "absent"),
            ("LJ-S01", "丙院", "PG4", "on_paper", "in_force"),
            ("LJ-S02", "丁院", "PG4", "not_submitted", "not_submitted"),
        ],
        columns=["unit_code", "short_name", "peer_group", "force_ideology_duty", "force_matter_report"],
    )
    grid = institutions_counted(rows, make_context(with_lists()["units"], sample_reference()))

    assert [row[1:] for row in grid.rows] == [["2", "2", "1", "1"], ["1", "0", "1", "0"], ["3", "2", "2", "1"]]
    assert not {"甲局", "乙局", "丙院"} & {text for row in grid.rows for text in row}


def test_no_picture_of_the_meeting_names_what_a_unit_lacks():
    tables = with_lists()
    reference = sample_reference()
    pages = chart_slides("S3", CHARTS["S3"], tables, make_context(tables["units"], reference))

    assert CHARTS["S3"].is_possible(tables)
    assert "S3" not in meeting_charts(tables)
    assert [page.picture for page in pages] == [None]
    assert {"C9", "S1", "S2"} <= set(meeting_charts(tables))
