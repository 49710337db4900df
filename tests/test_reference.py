"""The reference data of the sample years as they are."""

from __future__ import annotations

import datetime as dt
import pickle
from collections import Counter

import pytest

from analysis.reference import (
    Reference,
    ReferenceFault,
    check_reference,
    load_reference,
    years_with_reference,
)
from tests.reference_folder import DATA

REGISTER_2025 = [
    *(f"LJ-P{number:02d}" for number in range(1, 14)),
    *(f"LJ-N{number:02d}" for number in range(1, 5)),
    *(f"LJ-G{number:02d}" for number in range(1, 32)),
    *(f"LJ-S{number:02d}" for number in range(1, 13)),
    *(f"LJ-T{number:02d}" for number in range(1, 12)),
    *(f"LJ-V{number:02d}" for number in range(1, 10)),
]


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference(DATA, 2025)


@pytest.fixture(scope="module")
def year_before() -> Reference:
    return load_reference(DATA, 2024)


def test_both_sample_years_load_without_a_fault() -> None:
    assert check_reference(DATA) == []
    assert set(years_with_reference(DATA)) >= {2024, 2025}


def test_the_register_of_2025_has_the_80_codes_in_order(reference: Reference) -> None:
    assert [unit.code for unit in reference.units] == REGISTER_2025


def test_the_register_of_2025_adds_up_to_the_known_totals(reference: Reference) -> None:
    units = reference.units

    assert sum(unit.headcount for unit in units) == 7263
    assert sum(unit.party_members for unit in units) == 5527
    assert sum(unit.offices for unit in units) == 970
    assert Counter(unit.size_band for unit in units) == {"small": 17, "medium": 43, "large": 20}
    assert Counter(unit.title_level for unit in units) == {"province": 18, "city": 34, "organ": 17, "none": 11}


def test_the_register_of_2025_has_the_known_kinds_and_people(reference: Reference) -> None:
    people: Counter[str] = Counter()
    for unit in reference.units:
        people[unit.kind] += unit.headcount

    assert people == {
        "party": 583,
        "npc_cppcc_judicial": 445,
        "government": 4180,
        "institution": 942,
        "people_org": 215,
        "vertical": 898,
    }


def test_peer_groups_have_the_known_sizes(reference: Reference) -> None:
    sizes = Counter(unit.peer_group for unit in reference.units)

    assert sizes == {"PG1": 17, "PG2": 19, "PG3": 12, "PG4": 12, "PG5": 11, "PG6": 9}
    assert [group.code for group in reference.peer_groups] == ["PG1", "PG2", "PG3", "PG4", "PG5", "PG6"]


def test_the_year_before_has_80_units_too(year_before: Reference) -> None:
    codes = {unit.code for unit in year_before.units}

    assert len(year_before.units) == 80
    assert codes ^ set(REGISTER_2025) == {"LJ-G31", "LJ-P06", "LJ-G32", "LJ-G33"}


def test_two_predecessors_pass_all_their_people_to_the_merged_unit(
    reference: Reference, year_before: Reference
) -> None:
    merged = reference.unit("LJ-G31")
    parts = [year_before.unit(line.predecessor) for line in reference.succession if line.successor == "LJ-G31"]

    assert [unit.code for unit in parts] == ["LJ-G32", "LJ-G33"]
    assert sum(unit.headcount for unit in parts) == merged.headcount == 66


def test_a_unit_keeps_its_code_when_its_name_changes(reference: Reference, year_before: Reference) -> None:
    assert year_before.unit("LJ-G29").official_name == "澜江市大数据发展管理局"
    assert reference.unit("LJ-G29").official_name == "澜江市数据局"


def test_an_old_name_finds_the_merged_unit_only_after_the_merger(reference: Reference, year_before: Reference) -> None:
    assert reference.unit_aliases["市林业局"] == ("LJ-G31",)
    assert year_before.unit_aliases["市林业局"] == ("LJ-G32",)


def test_a_former_name_of_two_units_is_ambiguous(reference: Reference) -> None:
    assert reference.unit_aliases["市教育体育局"] == ("LJ-G03", "LJ-G28")


def test_the_bare_name_of_a_bureau_is_no_alias(reference: Reference) -> None:
    assert "市局" not in reference.unit_aliases


def test_a_unit_that_is_not_in_the_year_is_refused(year_before: Reference) -> None:
    with pytest.raises(KeyError, match="LJ-G31"):
        year_before.unit("LJ-G31")


def test_the_leader_of_volunteering_changed_with_the_year(reference: Reference, year_before: Reference) -> None:
    def leaders(year: Reference) -> set[str]:
        return {unit.code for unit in year.units if "lei_feng_volunteer" in unit.lead_of}

    assert leaders(year_before) == {"LJ-P04", "LJ-T02"}
    assert leaders(reference) == {"LJ-P06", "LJ-T02"}


def test_the_return_is_due_in_the_january_after_the_year(reference: Reference, year_before: Reference) -> None:
    assert reference.deadline == dt.date(2026, 1, 15)
    assert year_before.deadline == dt.date(2025, 1, 15)


def test_the_city_is_named_as_fictitious(reference: Reference) -> None:
    assert reference.city.zh == "澜江市"
    assert reference.city.fictitious


def test_the_spring_programme_means_giving_in_both_years(reference: Reference, year_before: Reference) -> None:
    assert reference.spring_breeze_meaning == year_before.spring_breeze_meaning == "giving"


def test_a_reference_reaches_a_worker_whole(reference: Reference) -> None:
    assert pickle.loads(pickle.dumps(reference)) == reference


def test_a_year_without_reference_data_is_refused_with_the_years_there_are() -> None:
    with pytest.raises(ReferenceFault, match=r"2030.*2024、2025"):
        load_reference(DATA, 2030)
