"""The class of a unit and the way of its title say the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.scorecards import Candidate, is_suspended, scorecards
from analysis.measures.title_path import STATES, Card, TitlePath, title_path
from analysis.reference.term_inputs import Veto
from analysis.reference.title_steps import IllegalStep, TitleSteps, load_title_steps
from tests.measures.test_assessment import INPUTS, SCHEME, assessment, fact, rate, replace, unit, year
from tests.reference_folder import DATA

STEPS = load_title_steps(DATA)
EFFECTS = {"V2": "refuse", "V9": "suspend"}


def path(title, applied, result, reasons=(), cases=(), withdrawn=False):
    return title_path(Card(title, applied, result, tuple(reasons), tuple(cases)), STEPS, EFFECTS, withdrawn)


@pytest.mark.parametrize(
    "card, before, events, after",
    [
        (("none", "organ", "name"), "none", "apply meets_entry score reach_line", "proposed"),
        (("none", "organ", "refuse"), "none", "apply meets_entry score miss_new_line", "refused"),
        (("none", "organ", "refuse", ["forms"]), "none", "apply fails_entry", "refused"),
        (("none", "organ", "refuse", ["veto_V2"], ["V2"]), "none", "apply meets_entry score veto holds_none", "refused"),
        (("none", "organ", None, ["open_items"]), "none", "apply meets_entry", "eligible"),
        (("none", "none", "none", ["no_application"]), "none", "", "none"),
        (("none", "none", None, ["application_open"]), "none", "", "none"),
        (("city", "city", "keep"), "valid", "term_over apply meets_entry score reach_line", "proposed"),
        (("city", "none", "keep", ["pairing"]), "valid", "term_over reassess entry_noted score reach_line", "proposed"),
        (("city", "city", "rectify"), "valid", "term_over apply meets_entry score miss_keep_line", "rectify"),
        (("city", "city", "withdraw"), "valid", "term_over apply meets_entry score miss_rectify_line", "withdrawn"),
        (
            ("city", "city", "withdraw", ["rectified_before"]),
            "valid", "term_over apply meets_entry score miss_rectify_line", "withdrawn",
        ),
        (("city", "city", "withdraw", [], ["V2"]), "valid", "term_over apply meets_entry score veto holds_title", "withdrawn"),
        (("city", "city", None, ["veto_V9", "open_items"], ["V9"]), "valid", "term_over apply meets_entry", "eligible"),
        (("city", "city", "rectify", [], ["V9"]), "valid", "term_over apply meets_entry score veto suspends", "suspended"),
    ],
)  # fmt: skip
def test_every_class_has_its_way(card, before, events, after):
    assert path(*card) == TitlePath(before, tuple(events.split()), after)


def test_a_unit_under_a_ban_stays_withdrawn_whatever_it_applies_for():
    assert path("none", "organ", "refuse", ["banned"], withdrawn=True) == TitlePath("withdrawn", (), "withdrawn")


@pytest.mark.parametrize(
    "card",
    [
        ("none", "organ", "keep", ["forms"]),  # refused for a condition and kept all the same
        ("none", "organ", "name", [], ["V2"]),
        ("city", "city", "keep", [], ["V2"]),
    ],
)
def test_a_class_that_the_way_does_not_lead_to_is_refused(card):
    with pytest.raises(IllegalStep, match="do not agree"):
        path(*card)


def test_a_step_that_the_file_does_not_have_is_refused():
    shorter = TitleSteps("none", {key: after for key, after in STEPS.steps.items() if key != ("scored", "veto")})
    with pytest.raises(IllegalStep, match="veto"):
        title_path(Card("city", "city", "withdraw", (), ("V2",)), shorter, EFFECTS)


def test_every_state_of_a_class_is_one_of_the_file():
    assert {state for states in STATES.values() for state in states} <= STEPS.states


def test_a_title_rests_only_where_no_graver_case_stands_beside():
    assert is_suspended(["V9"], EFFECTS)
    assert not is_suspended(["V9", "V2"], EFFECTS)


rates = st.sampled_from([rate(80, 100), rate(40, 100), rate(30, 100), rate(None, 100, "queried", 0.3, 0.8)])


@given(
    rates, st.sampled_from([fact("yes"), fact("no"), ()]), st.sampled_from(["city", "organ", "none"]),
    st.sampled_from(["city", "none"]), st.sampled_from([(), ("pairing",), ("banned",)]), st.booleans(),
    st.sampled_from([(), ("V2",), ("V9",), ("V2", "V9")]), st.booleans(),
)  # fmt: skip
def test_for_every_unit_class_and_state_agree(overall, plan, title, applied, unmet, told, cases, is_clear):
    who = unit(title=title)
    inputs = replace(INPUTS, vetoes=tuple(Veto("U1", case, "工委", None, "函") for case in cases))
    table = assessment([who], {2025: year(overall=overall, plan=plan)}, SCHEME, inputs)
    candidate = Candidate(who, applied, unmet, is_clear or applied != "none", told)
    card = scorecards(table, {"U1": candidate}, {}, SCHEME, inputs).iloc[0]
    reasons, vetoes = (tuple(filter(None, card[name].split(";"))) for name in ("reasons", "veto"))
    found = path(title, applied, card["class_proposed"], reasons, vetoes)
    assert STEPS.follow(found.events, found.before) == found.after
    if isinstance(card["class_proposed"], str):
        assert found.after in STATES[card["class_proposed"]]
    else:
        assert found.after in {"none", "eligible"}
