"""The life of a title, step by step."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reference import ReferenceFault
from analysis.reference.title_steps import IllegalStep, load_title_steps
from tests.reference_folder import DATA, copy_reference

TITLE = load_title_steps(DATA)
NAMED = ("apply", "meets_entry", "score", "reach_line", "publish", "no_objection", "in_force")


def test_a_unit_that_applies_and_passes_everything_holds_a_valid_title():
    assert TITLE.follow(NAMED) == "valid"


def test_a_title_that_is_kept_each_year_runs_out_with_its_term_and_can_be_applied_for_again():
    term = (*NAMED, "yearly_check", "pass", "next_year", "term_over", "apply", "meets_entry", "score", "reach_line")
    assert TITLE.follow(term) == "proposed"


def test_a_veto_withdraws_a_title_and_refuses_an_applicant():
    scored = TITLE.follow(("apply", "meets_entry", "score"))
    assert TITLE.follow(("veto", "holds_title"), scored) == "withdrawn"
    assert TITLE.follow(("veto", "holds_none"), scored) == "refused"


def test_a_second_miss_after_rectifying_withdraws_the_title():
    assert TITLE.follow((*NAMED, "yearly_check", "short", "recheck_failed")) == "withdrawn"


@pytest.mark.parametrize(
    "state, event",
    [("none", "score"), ("applied", "publish"), ("scored", "no_objection"), ("withdrawn", "apply"), ("valid", "score")],
)
def test_a_step_that_is_not_listed_is_refused_and_told_what_is_possible(state, event):
    with pytest.raises(IllegalStep, match=TITLE.events(state)[0]):
        TITLE.after(state, event)


def test_a_state_that_nobody_knows_is_refused():
    with pytest.raises(IllegalStep, match="无"):
        TITLE.after("famous", "apply")


@given(st.lists(st.integers(0, 9), max_size=40))
def test_no_title_is_named_without_having_been_scored_and_put_on_public_notice(choices):
    state, seen = TITLE.start, []
    for choice in choices:
        events = TITLE.events(state)
        event = events[choice % len(events)]
        state = TITLE.after(state, event)
        seen.append(event)
    if state == "named":
        assert seen[-1] == "no_objection"
        assert "score" in seen[:-2]


@pytest.mark.parametrize(
    "line, english",
    [
        ("none,apply,applied,单位,再来一次", "apply"),
        ("valid,vanish,gone,工委,消失", "leads nowhere"),
        ("famous,fade,none,工委,淡忘", "cannot be reached"),
    ],
)
def test_nonsense_in_the_file_is_refused_by_line(tmp_path, line, english):
    data = copy_reference(tmp_path)
    path = data / "reference" / "title_steps.csv"
    with path.open("a", encoding="utf-8") as sink:
        sink.write(line + "\n")
    with pytest.raises(ReferenceFault) as refused:
        load_title_steps(data)
    last = len(path.read_text(encoding="utf-8").splitlines())
    assert any(fault.line == last and english in fault.english for fault in refused.value.faults)
