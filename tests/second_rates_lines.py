"""I22-I32 and I34 a second time: institutions, problems, targets and exemplars, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.second_rates_people import Key
from tests.second_rates_rules import Line, count, ratio
from tests.second_rates_source import QUERIED, Amount, Return, Row, Year, exact, last_day, total

INSTITUTIONS = ("ideology_duty", "thinking_analysis", "matter_report")
OPEN = ("not_started", "in_progress")
Lines = list[dict[str, Row]]


def institutions(year: Year, own: Return) -> Iterator[tuple[Key, Line]]:
    """I22, I23 and I34 of one unit."""
    whole = sum(1 for name in INSTITUTIONS if _in_force(own, name))
    asked = any(("F7", f"{name}.{part}") in own.asked for name in INSTITUTIONS for part in ("established",))
    yield ("I22", ""), ratio(QUERIED if asked else exact(whole), exact(len(INSTITUTIONS)))
    due = [own.amount("F7", f"{name}.times_due") for name in INSTITUTIONS]
    done = [own.amount("F7", f"{name}.times_done") for name in INSTITUTIONS]
    carried = total(_smaller(*pair) for pair in zip(done, due, strict=True))
    yield ("I23", ""), ratio(carried, total(due))
    yield ("I34", ""), ratio(own.amount("F7", "committee_session.times_done"), exact(2))


def _in_force(own: Return, name: str) -> bool:
    parts = (own.text("F7", f"{name}.{part}") for part in ("document", "document_date"))
    return own.text("F7", f"{name}.established") == "yes" and all(parts)


def _smaller(done: Amount, due: Amount) -> Amount:
    if done.value is None or due.value is None:
        return QUERIED if "queried" in (done.state, due.state) else done
    return exact(min(done.value, due.value))


def problems(year: Year, own: Return) -> Iterator[tuple[Key, Line]]:
    """I24-I26 of one unit: quality, closed in time, overdue at the end of the year."""
    lines = own.lines("F6", "problem")
    named = [line for line in lines if _complete(line)]
    yield ("I24", ""), ratio(exact(len(named)), exact(len(lines)))
    end = date(year.year, 12, 31)
    due = [line for line in lines if _text(line, "rect_status") != "long_term" and _day(line, "due_date", end) <= end]
    closed = [line for line in due if _text(line, "rect_status") == "closed"]
    in_time = [line for line in closed if _day(line, "done_date", date.max) <= _day(line, "due_date", end)]
    yield ("I25", ""), ratio(exact(len(in_time)), exact(len(due)))
    yield ("I26", ""), count(exact(sum(1 for line in due if _text(line, "rect_status") in OPEN)))


def _complete(line: dict[str, Row]) -> bool:
    texts = all(_text(line, name) for name in ("rect_measures", "rect_target", "due_date"))
    return texts and _text(line, "responsible_named") == "yes"


def targets(year: Year, own: Return) -> Iterator[tuple[Key, Line]]:
    """I27-I30 of one unit."""
    lines = own.lines("F7", "target")
    offices = {_text(line, "office") for line in lines} - {""}
    yield ("I27", ""), ratio(exact(len(offices)), own.amount("F1", "offices"))
    yield ("I28", ""), _share(lines, [line for line in lines if _text(line, "responsible_named") == "yes"])
    due = [line for line in lines if _text(line, "due_date") and last_day(_text(line, "due_date")).year == year.year]
    yield ("I29", ""), _share(due, _done(due))
    projects = [line for line in lines if _text(line, "target_class") == "key_project"]
    yield ("I30", ""), _share(projects, _done(projects))


def _share(whole: Lines, part: Lines) -> Line:
    return ratio(exact(len(part)), exact(len(whole)))


def _done(lines: Lines) -> Lines:
    return [line for line in lines if _text(line, "target_status") == "done"]


def exemplars(year: Year, own: Return) -> Iterator[tuple[Key, Line]]:
    """I31 and I32 of one unit: new exemplars, items about them outside the unit's own media and, apart, in these."""
    yield ("I31", ""), count(exact(len(own.lines("F8", "exemplar_name"))))
    for category, media in (("", ("central", "province", "city", "industry")), ("own", ("own",))):
        said = total(own.amount("F8", f"{name}.media_items") for name in media)
        yield ("I32", category), count(exact(0) if said.state == "absent" else said)


def _text(line: dict[str, Row], name: str) -> str:
    fact = line.get(name)
    return "" if fact is None or fact["status"] == "queried" else fact["text"]


def _day(line: dict[str, Row], name: str, otherwise: date) -> date:
    text = _text(line, name)
    return last_day(text) if text else otherwise
