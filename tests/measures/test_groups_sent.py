"""How many units of a group sent their form, also where the figure does not apply to some of them."""

from __future__ import annotations

from analysis.measures.groups import summarise
from tests.measures.hand_tables import rate, rates_table, sample_reference


def test_a_unit_that_sent_nothing_has_not_sent_what_does_not_apply_to_it():
    """LJ-P01 sent its return, LJ-P02 nothing, and pairing is no duty of LJ-P02 and LJ-P03."""
    table = rates_table(
        rate("LJ-P01", 40, 118),
        rate("LJ-P01", 1, 1, indicator="I13"),
        rate("LJ-P02", None, None, "not_submitted"),
        rate("LJ-P02", None, None, "not_applicable", indicator="I13"),
        rate("LJ-P03", 30, 68),
        rate("LJ-P03", None, None, "not_applicable", indicator="I13"),
    ).assign(peer_group="")

    found = summarise(table, sample_reference()).set_index("indicator")

    assert found["n_submitted"].to_dict() == {"I02": 2, "I13": 2}
    assert found["n_counted"].to_dict() == {"I02": 2, "I13": 1}


def test_what_does_not_apply_to_a_unit_that_reported_counts_as_sent():
    table = rates_table(rate("LJ-P01", None, None, "not_applicable")).assign(peer_group="")

    assert summarise(table, sample_reference())["n_submitted"].tolist() == [1]
