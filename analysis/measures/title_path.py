"""The way of each title through this assessment: state before, events and state after, by the steps that are allowed.

The class that is proposed and the state that the events lead to are two accounts of one decision; they must agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.measures.scorecards import BANNED, NONE, REPEATED, is_suspended
from analysis.reference.title_steps import IllegalStep, TitleSteps

VALID, WITHDRAWN = "valid", "withdrawn"
NO_CONDITION = ("open_items", "application_open", "no_application", REPEATED)  # reasons that are no condition of entry
VETO_REASON = "veto_"
STATES: Mapping[str, frozenset[str]] = {
    "name": frozenset({"proposed"}),
    "keep": frozenset({"proposed"}),
    "rectify": frozenset({"rectify", "suspended"}),
    "withdraw": frozenset({"withdrawn"}),
    "refuse": frozenset({"refused", "withdrawn"}),
    "none": frozenset({"none", "withdrawn"}),
}
UNDECIDED = frozenset({"none", "withdrawn", "eligible"})
OF_CLASS = {"name": "reach_line", "keep": "reach_line", "rectify": "miss_keep_line", "withdraw": "miss_rectify_line"}


@dataclass(frozen=True, slots=True)
class TitlePath:
    """The state before this assessment, what happens in it, and the state that the proposal stands for."""

    before: str
    events: tuple[str, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Card:
    """What a row of `scorecards` says of a title; `result` is null while the class hangs on open questions."""

    title_level: str
    applied_level: str
    result: str | None
    reasons: tuple[str, ...]
    cases: tuple[str, ...]


def title_path(card: Card, steps: TitleSteps, effects: Mapping[str, str], is_withdrawn: bool = False) -> TitlePath:
    """The path of one title. `is_withdrawn`: an earlier withdrawal still bans the unit.

    The title of a holder is valid until its term is over, with this assessment; then it applies again, or is assessed for
    the level that it holds. Conditions that a holder does not meet are noted for the meeting and refuse an applicant.

    Raises:
        IllegalStep: the steps of `title_steps.csv` do not allow the path, or it ends in a state that is not of the class.
    """
    holds = card.title_level != NONE
    before = VALID if holds else WITHDRAWN if is_withdrawn else steps.start
    events = tuple(_events(card, effects, is_withdrawn))
    after = steps.follow(events, before)
    if after not in STATES.get(card.result or "", UNDECIDED):
        raise IllegalStep(
            f"建议 {card.result} 与状态 {after} 不符 | class {card.result} and state {after!r} do not agree"
        )
    return TitlePath(before, events, after)


def _events(card: Card, effects: Mapping[str, str], is_withdrawn: bool) -> Iterable[str]:
    holds = card.title_level != NONE
    if not holds and (is_withdrawn or card.result == NONE or "application_open" in card.reasons):
        return
    conditions = [reason for reason in card.reasons if _is_condition(reason)]
    if holds:
        yield "term_over"
        yield "reassess" if card.applied_level == NONE else "apply"
        yield "entry_noted" if conditions else "meets_entry"
    else:
        yield "apply"
        yield "fails_entry" if conditions else "meets_entry"
        if conditions:
            return
    if card.result is None:
        return
    yield "score"
    if card.cases:
        yield "veto"
        rests = is_suspended(card.cases, effects) and card.result != "withdraw"
        yield ("suspends" if rests else "holds_title") if holds else "holds_none"
    else:
        yield OF_CLASS.get(card.result, "miss_new_line")


def _is_condition(reason: str) -> bool:
    return reason == BANNED or not (reason in NO_CONDITION or reason.startswith(VETO_REASON))
