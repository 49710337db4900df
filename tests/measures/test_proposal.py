"""The lists of the meeting and what is refused in their files."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.measures.proposal import proposal
from analysis.reference import ReferenceFault, load_reference
from analysis.reference.assessment_steps import load_protocol, load_steps
from tests.reference_folder import DATA, copy_reference

REFERENCE = load_reference(DATA, 2025)


def cards(*rows):
    return pd.DataFrame(rows, columns=["unit_code", "class_proposed", "total"])


def test_units_stand_in_the_order_of_protocol_and_not_by_points():
    table = proposal(
        cards(("U1", "keep", 81.0), ("U2", "keep", 99.0), ("U3", "name", 86.0)), {"U1": 1, "U2": 2, "U3": 3}
    )
    assert table[["list", "order", "unit_code"]].to_numpy().tolist() == [
        ["name", 1, "U3"], ["keep", 1, "U1"], ["keep", 2, "U2"],
    ]  # fmt: skip


def test_withdrawing_and_refusing_are_one_list_and_what_is_open_is_a_list_of_its_own():
    table = proposal(
        cards(("U1", None, None), ("U2", "refuse", 60.0), ("U3", "withdraw", 50.0), ("U4", "none", 70.0)),
        {"U1": 1, "U2": 2, "U3": 3, "U4": 4},
    )
    assert table[["list", "unit_code"]].to_numpy().tolist() == [
        ["withdraw_or_refuse", "U2"], ["withdraw_or_refuse", "U3"], ["pending", "U1"],
    ]  # fmt: skip


def test_the_order_of_protocol_is_party_congress_government_consultative_courts_then_the_others():
    places = load_protocol(DATA, REFERENCE)
    kinds = [unit.kind for unit in sorted(REFERENCE.units, key=lambda unit: places[unit.code])]
    assert sorted(places.values()) == list(range(1, 81))
    assert kinds[:14] == ["party"] * 13 + ["npc_cppcc_judicial"]
    assert kinds[14:45] == ["government"] * 31
    assert kinds[45:48] == ["npc_cppcc_judicial"] * 3
    assert kinds[48:] == ["people_org"] * 11 + ["institution"] * 12 + ["vertical"] * 9


@pytest.mark.parametrize(
    "name, line, english, load",
    [
        ("protocol.csv", "10,party,LJ-N01,x", "one of the two", lambda data: load_protocol(data, REFERENCE)),
        ("protocol.csv", "10,famous,,x", "famous", lambda data: load_protocol(data, REFERENCE)),
        ("assessment_steps.csv", "never,1,,,2,30,next,,,永不,never", "2-30 is no day", load_steps),
        ("assessment_steps.csv", "never,1,,,2,20,next,meeting,2,永不,never", "a day of its own", load_steps),
        ("assessment_steps.csv", "never,1,,,,,next,party,2,永不,never", "follows 'party', no step", load_steps),
    ],
)
def test_nonsense_in_the_files_is_refused_by_line(tmp_path, name, line, english, load):
    data = copy_reference(tmp_path)
    path = data / "reference" / name
    with path.open("a", encoding="utf-8") as sink:
        sink.write(line + "\n")
    with pytest.raises(ReferenceFault) as refused:
        load(data)
    last = len(path.read_text(encoding="utf-8").splitlines())
    assert any(fault.line == last and english in fault.english for fault in refused.value.faults)


def test_a_kind_without_a_place_is_refused(tmp_path):
    data = copy_reference(tmp_path)
    path = data / "reference" / "protocol.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join(line for line in lines if ",vertical," not in line) + "\n", encoding="utf-8-sig")
    with pytest.raises(ReferenceFault, match="has no place"):
        load_protocol(data, REFERENCE)
