"""Activities that two units report: which lines of F2 are one event for the city (M69) -> `joint_activities`.

Two lines of two units are one event, always within one category, when
  name_date_place  name, date and place agree;
  partner_date     one names the other as partner and the dates agree;
  partner_name     one names the other as partner, the names agree, and dates known to the day overlap.
Names and places are compared in normal form, dates as read. Lines that hang together so are one event only when each
unit has one line in it and all dates overlap; else only those whose names agree, under the same condition. What is
left over, and what comes near, is proposed to a person and never merged:
  several          several lines of one unit fit, or the dates of all do not overlap;
  category         name, date and place agree, the category differs or is not known;
  place            name, date and category agree, and the place of one is not known;
  date             a partner with the same name and category, or the same name, place and category on overlapping days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from analysis.etl.partners import PartnerUnits
from analysis.etl.text import normal_form
from analysis.reference import Reference

JOINT, PROPOSED = "joint", "proposed"
COLUMNS = (
    "event_id",
    "state",
    "reason",
    "unit_code",
    "row",
    "category",
    "activity_name",
    "activity_date",
    "n_units",
    "amount_yuan",
    "same_amount",
    "file",
    "sheet",
)
_DAY = len("2025-01-01")
_NAME_AGREES = ("name_date_place", "partner_name")


class _Line(NamedTuple):
    """One line, as far as it tells an event; texts in normal form, empty where not known."""

    place_in_table: int
    unit: str
    name: str
    category: str
    date: str
    first: dt.date | None
    last: dt.date | None
    place: str
    partners: frozenset[str]

    def overlaps(self, other: _Line) -> bool:
        if not (self.first and self.last and other.first and other.last):
            return False
        return self.first <= other.last and other.first <= self.last

    def known_to_the_day(self) -> bool:
        return all(len(part) == _DAY for part in self.date.split("/"))


class _Link(NamedTuple):
    one: _Line
    other: _Line
    reason: str
    merges: bool


def joint_activities(activities: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """One row per line of F2 that is, or may be, the same event as a line of another unit.

    `event_id` holds the lines of one event together. `state` is `joint` (the city counts the event once) or `proposed`
    (two lines for a person to look at; the city counts both), `reason` why, as said above. `same_amount`: another line
    of the event reports the same money, which may be the same money twice; a question for a person, nothing is taken
    out. `amount_yuan` is in yuan, null where the line has none or it is not known.
    """
    lines = _lines(activities, reference)
    links = [link for one, other in _pairs(lines) if (link := _link(one, other)) is not None]
    events, left_over = _events([link for link in links if link.merges])
    merged = {line: number for number, event in enumerate(events) for line in event}
    near = [link for link in links if not link.merges and not _settled(link, merged, events)]
    reasons = {line: link.reason for link in links if link.merges for line in link[:2]}
    rows: list[dict[str, object]] = []
    for number, event in enumerate(events, start=1):
        rows += _rows(f"J{number:03d}", JOINT, [reasons[line] for line in event], event, activities)
    proposed = sorted([*(link._replace(reason="several") for link in left_over), *near], key=lambda link: link[:2])
    for number, link in enumerate(proposed, start=1):
        rows += _rows(f"P{number:03d}", PROPOSED, [link.reason] * 2, link[:2], activities)
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({"row": "int64", "n_units": "int64", "amount_yuan": "float64", "same_amount": "bool"})


def _lines(activities: pd.DataFrame, reference: Reference) -> list[_Line]:
    units = PartnerUnits(reference)
    return [
        _Line(
            place,
            str(values["unit_code"]),
            normal_form(_text(values["activity_name"])),
            _text(values["category"]),
            _text(values["activity_date"]),
            _day(values["activity_date_from"]),
            _day(values["activity_date_to"]),
            normal_form(_text(values["place"])),
            units.named_in(_text(values["partner_units"])),
        )
        for place, values in enumerate(activities.to_dict("records"))
    ]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _day(value: object) -> dt.date | None:
    return value.date() if isinstance(value, dt.datetime) and not pd.isna(value) else None


def _pairs(lines: Sequence[_Line]) -> Iterator[tuple[_Line, _Line]]:
    """Lines of two units with one name, and those of partners; each pair once, in the order of the table."""
    by_name: dict[str, list[_Line]] = {}
    by_unit: dict[str, list[_Line]] = {}
    for line in lines:
        by_unit.setdefault(line.unit, []).append(line)
        if line.name:
            by_name.setdefault(line.name, []).append(line)
    found = {pair for same in by_name.values() for pair in combinations(same, 2) if pair[0].unit != pair[1].unit}
    for line in lines:
        for partner in line.partners - {line.unit}:
            found |= {
                (min(line, other, key=_order), max(line, other, key=_order)) for other in by_unit.get(partner, ())
            }
    return iter(sorted(found, key=lambda pair: (_order(pair[0]), _order(pair[1]))))


def _order(line: _Line) -> int:
    return line.place_in_table


def _link(one: _Line, other: _Line) -> _Link | None:
    """What speaks for one event, or comes near it; the strongest reason."""
    named = other.unit in one.partners or one.unit in other.partners
    same_name = bool(one.name) and one.name == other.name
    same_date = bool(one.date) and one.date == other.date
    same_place = bool(one.place) and one.place == other.place
    same_category = bool(one.category) and one.category == other.category
    if not same_category:
        return _Link(one, other, "category", False) if same_name and same_date and same_place else None
    if same_name and same_date and same_place:
        return _Link(one, other, "name_date_place", True)
    if named and same_name and one.overlaps(other) and one.known_to_the_day() and other.known_to_the_day():
        return _Link(one, other, "partner_name", True)
    if named and same_date:
        return _Link(one, other, "partner_date", True)
    return _near(one, other, named, same_name, same_date, same_place)


def _near(one: _Line, other: _Line, named: bool, same_name: bool, same_date: bool, same_place: bool) -> _Link | None:
    if not same_name:
        return None
    if same_date and not (one.place and other.place):
        return _Link(one, other, "place", False)
    if named or (same_place and one.overlaps(other)):
        return _Link(one, other, "date", False)
    return None


def _events(links: Sequence[_Link]) -> tuple[list[list[_Line]], list[_Link]]:
    """The events, in the order of their first lines, and the links that could not be kept."""
    events, unsure = [], []
    for group in _connected(links):
        if _is_one_event(group):
            events.append(group)
        else:
            unsure += [link for link in links if link.one in group]
    for group in _connected(
        [link for link in unsure if link.reason in _NAME_AGREES or link.one.name == link.other.name]
    ):
        if _is_one_event(group):
            events.append(group)
    place = {line: number for number, event in enumerate(events) for line in event}
    left_over = [link for link in unsure if link.one not in place or place[link.one] != place.get(link.other)]
    return sorted(events, key=lambda event: _order(event[0])), left_over


def _connected(links: Iterable[_Link]) -> list[list[_Line]]:
    """The lines that hang together by links, in the order of the table."""
    groups: dict[_Line, set[_Line]] = {}
    for link in links:
        both = groups.get(link.one, {link.one}) | groups.get(link.other, {link.other})
        groups.update(dict.fromkeys(both, both))
    distinct = {id(group): group for group in groups.values()}
    return sorted((sorted(group, key=_order) for group in distinct.values()), key=lambda group: _order(group[0]))


def _is_one_event(group: Sequence[_Line]) -> bool:
    one_each = len({line.unit for line in group}) == len(group)
    return one_each and all(one.date == other.date or one.overlaps(other) for one, other in combinations(group, 2))


def _settled(link: _Link, merged: Mapping[_Line, int], events: Sequence[Sequence[_Line]]) -> bool:
    """Whether one of the two lines already has an event with the other's unit."""
    return any(
        line in merged and other.unit in {held.unit for held in events[merged[line]]}
        for line, other in (link[:2], link[1::-1])
    )


def _rows(
    event_id: str, state: str, reasons: Sequence[str], lines: Sequence[_Line], activities: pd.DataFrame
) -> Iterator[dict[str, object]]:
    found = activities.iloc[[line.place_in_table for line in lines]]
    money = found["amount_yuan"].astype("float64")
    twice = money.duplicated(keep=False) & (money > 0)
    columns = ["unit_code", "row", "category", "activity_name", "activity_date", "amount_yuan", "file", "sheet"]
    for reason, values, same in zip(reasons, found[columns].to_dict("records"), twice, strict=True):
        head = {"event_id": event_id, "state": state, "reason": reason, "n_units": len(lines), "same_amount": same}
        yield {**head, **{str(name): value for name, value in values.items()}}
