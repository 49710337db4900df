"""Gates of the list of problems (F6) and of the institutions (F7): dates against the state, parts against the whole."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.etl.gates import EXACT, Doubt, Gate, UnitFacts
from analysis.etl.gates_dates import first_day
from analysis.etl.gates_per_head import part_within
from analysis.records import Fact

_F6 = "F6"
_F7 = "F7"
_PUT_RIGHT = ("done", "closed")
_OPEN = ("not_started", "in_progress")


def _read(fact: Fact | None) -> str | None:
    return fact.text if fact and fact.status in EXACT else None


def state_fits_date(unit: UnitFacts) -> Iterator[Doubt]:
    """G17: what is done has a date of completion, what is not done has none.

    Completion after the due date is late, before it early: both are natural. A state without its date is asked for
    and kept; a date without its state leaves both open. What was told in prose is our reading (M64) and no
    contradiction; nor is another word for a state that is open.
    """
    for row in unit.rows(_F6):
        state, done = unit.get(_F6, row, "", "rect_status"), unit.get(_F6, row, "", "done_date")
        said = _read(state)
        if state is None or state.rule == "M64":
            continue
        if said in _PUT_RIGHT and (done is None or done.status == "not_applicable"):
            yield Doubt(state, "G17", "no_date", withhold=False)
        elif done and said in _OPEN and state.rule is None and _read(done):
            yield Doubt(state, "G17", "not_done", detail=unit.where(done))
            yield Doubt(done, "G17", "not_done", detail=unit.where(state))


def nothing_done_in_future(unit: UnitFacts) -> Iterator[Doubt]:
    """G17: nothing was completed, decided or revised after the returns were in; earlier years are natural."""
    end = unit.reference.freeze_on
    for form, measure in ((_F6, "done_date"), (_F7, "document_date")):
        for fact in unit.of_form(form):
            text = _read(fact) if fact.measure == measure else None
            if text and first_day(text) > end:
                yield Doubt(fact, "G17", "future", detail=f">{end.isoformat()}")


def adopted_within_submitted(unit: UnitFacts) -> Iterator[Doubt]:
    """G07: no more proposals and items of information were adopted than submitted.

    More sessions than were due are natural, and are not asked about.
    """
    for item in ("proposals", "information"):
        yield from part_within(unit, unit.get(_F7, 0, item, "adopted"), unit.get(_F7, 0, item, "submitted"))


RECTIFICATION_GATES: tuple[Gate, ...] = (state_fits_date, nothing_done_in_future, adopted_within_submitted)
