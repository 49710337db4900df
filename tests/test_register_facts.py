"""The register of the fictitious city as it is described: kinds, titles, sizes and groups, counted by hand."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
YEARS = (2024, 2025)
KINDS = {
    "党委部门": (13, 583),
    "人大政协审判检察机关": (4, 445),
    "政府部门": (31, 4180),
    "事业单位": (12, 942),
    "人民团体": (11, 215),
    "垂直管理单位": (9, 898),
}
GROUPS = {
    "PG1党委及人大政协法检": 17,
    "PG2政府部门(中型)": 19,
    "PG3政府部门(大型)": 12,
    "PG4事业单位": 12,
    "PG5人民团体": 11,
    "PG6垂直管理单位": 9,
}


def register(year: int) -> list[dict[str, str]]:
    """The units of a year."""
    with (ROOT / "data" / "reference" / "units.csv").open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    last = f"{year}-12-31"
    return [row for row in rows if (row["valid_from"] or last) <= last <= (row["valid_to"] or last)]


UNITS = register(2025)


def people(units: list[dict[str, str]], column: str = "headcount") -> int:
    """The sum of a column."""
    return sum(int(unit[column]) for unit in units)


@pytest.mark.parametrize("kind", KINDS)
def test_units_and_people_of_each_kind(kind: str) -> None:
    units = [unit for unit in UNITS if unit["kind"] == kind]

    assert (len(units), people(units)) == KINDS[kind]


def test_all_units_have_one_of_the_six_kinds() -> None:
    assert {unit["kind"] for unit in UNITS} == set(KINDS)
    assert len({unit["code"] for unit in UNITS}) == len(UNITS) == 80


def test_titles_by_level() -> None:
    levels = Counter(unit["civilised_level"] for unit in UNITS)

    assert levels == {"省级": 18, "市级": 34, "市直机关级": 17, "无": 11}


def test_totals_of_the_city() -> None:
    assert (people(UNITS), people(UNITS, "party_members"), people(UNITS, "offices")) == (7263, 5527, 970)


def test_size_bands() -> None:
    assert Counter(unit["size_band"] for unit in UNITS) == {"小型": 17, "中型": 43, "大型": 20}
    for unit in UNITS:
        size = int(unit["headcount"])
        assert unit["size_band"] == ("小型" if size < 30 else "中型" if size < 100 else "大型")


def test_the_three_units_of_fewer_than_ten_people() -> None:
    tiny = {unit["short_name"]: int(unit["headcount"]) for unit in UNITS if int(unit["headcount"]) < 10}

    assert tiny == {"民盟市委机关": 7, "澜江地震台": 8, "市计生协": 9}


def test_one_member_of_seven_in_the_smallest_unit() -> None:
    unit = next(unit for unit in UNITS if unit["short_name"] == "民盟市委机关")

    assert (unit["party_members"], unit["headcount"]) == ("1", "7")


def test_the_largest_unit_moves_the_pooled_rate_alone() -> None:
    police = next(unit for unit in UNITS if unit["short_name"] == "市公安局")

    assert int(police["headcount"]) == 1286
    assert round(100 * 1286 / people(UNITS)) == 18


@pytest.mark.parametrize("group", GROUPS)
def test_units_of_each_peer_group(group: str) -> None:
    assert sum(unit["peer_group"] == group for unit in UNITS) == GROUPS[group]


def test_every_unit_is_in_the_group_of_its_kind_and_size() -> None:
    for unit in UNITS:
        group, kind = unit["peer_group"][:3], unit["kind"]
        if kind == "政府部门":
            assert (group == "PG3") == (int(unit["headcount"]) >= 100)
        assert (
            group
            in {
                "党委部门": ["PG1"],
                "人大政协审判检察机关": ["PG1"],
                "政府部门": ["PG2", "PG3"],
                "事业单位": ["PG4"],
                "人民团体": ["PG5"],
                "垂直管理单位": ["PG6"],
            }[kind]
        )


@pytest.mark.parametrize("year", YEARS)
def test_no_peer_group_is_smaller_than_eight(year: int) -> None:
    assert min(Counter(unit["peer_group"] for unit in register(year)).values()) >= 8


def test_a_former_name_of_two_units_belongs_to_neither() -> None:
    shared = [unit["short_name"] for unit in UNITS if "市教育体育局" in unit["former_names"].split(";")]

    assert sorted(shared) == ["市体育局", "市教育局"]
    assert not any("市局" in unit["aliases"].split(";") for unit in UNITS)


@pytest.mark.parametrize(
    "category,leaders",
    [
        ("legal_aid", {"市司法局"}),
        ("spring_bud", {"市妇联"}),
        ("happiness_project", {"市计生协", "市卫健委"}),
        ("disability_aid", {"市残联"}),
        ("hope_project", {"团市委"}),
        ("warmth_project", {"市总工会"}),
    ],
)
def test_lead_units_are_marked(category: str, leaders: set[str]) -> None:
    marked = {unit["short_name"] for unit in UNITS if category in unit["lead_of"].split(";")}

    assert leaders <= marked
