"""Who took part in what: a year of a unit played person by person, so that all its figures agree with each other."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from random import Random

from tests.builder.heads import design, heads
from tests.builder.register import dice, unit, words

VOLUNTEER = "lei_feng_volunteer"


@dataclass(frozen=True)
class Event:
    """One activity of one category: what F2 has in a line."""

    category: str
    number: int
    persons: int
    members: int
    registered: int
    times: int
    hours: float
    money: int
    blood: int


@dataclass(frozen=True)
class Line:
    """One office: what F3 has in a line; `counts` by (category, measure), zero where absent."""

    office: str
    staff: int
    counts: Mapping[tuple[str, str], float]
    registered: int
    distinct: int


@dataclass(frozen=True)
class Year:
    """A year of a unit."""

    lines: tuple[Line, ...]
    events: tuple[Event, ...]

    @property
    def registered(self) -> int:
        return sum(line.registered for line in self.lines)


@dataclass
class Tally:
    """What is counted while the people of one category are gone through."""

    lines: Counter[tuple[int, str]] = field(default_factory=Counter)
    events: dict[int, Counter[str]] = field(default_factory=dict)


def logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def denominator(code: str, year: int, category: str) -> int:
    """Whose share the category is: donors of blood are 18-55, legal aid needs the qualification."""
    counts = heads(code, year)
    return {"legal_aid": counts.law, "blood_donation": counts.young}.get(category, counts.end)


@cache
def participants(code: str, year: int, category: str) -> int:
    """How many took part: a habit that stays, a little that changes, never a jump of 25 points."""
    one, kind = unit(code, year), design()["category"][category]
    assert one is not None
    whole = denominator(code, year, category)
    if category == VOLUNTEER:
        for entry in design()["active"]:
            if entry["unit"] == code:
                return round(whole * float(entry["rates"][str(year)]))
    planted = design()["took_part"].get(str(year), {}).get(category, {})
    if code in planted:
        return int(planted[code])
    lasting = dice("habit", code, category)
    if whole == 0 or lasting.random() < kind["idle"]:
        return 0
    spread = 0.18 if category == VOLUNTEER else 0.35
    habit = kind["habit"] * dice("habit", code).gauss(0, 0.6) + lasting.gauss(0, spread)
    drift = 0.05 * (year - design()["base_year"]) + dice("year", code, category, year).gauss(0, 0.12)
    rate = logistic(math.log(kind["rate"] / (1 - kind["rate"])) + habit + drift)
    persons = max(1, round(whole * rate))
    if year == design()["base_year"] and unit(code, year - 1):
        before = denominator(code, year - 1, category)
        earlier = participants(code, year - 1, category) / before if before else rate
        persons = min(max(persons, math.ceil(whole * (earlier - 0.25))), math.floor(whole * (earlier + 0.25)), whole)
    return max(1, persons)


def office_sizes(rng: Random, staff: int, offices: int) -> list[int]:
    """Staff of each office, at least one, about equal with some unevenness."""
    weights = [rng.uniform(0.6, 1.6) for _ in range(offices)]
    free = staff - offices
    sizes = [1 + int(free * weight / sum(weights)) for weight in weights]
    for place in range(staff - sum(sizes)):
        sizes[place % offices] += 1
    return sizes


def office_names(code: str, count: int) -> list[str]:
    names = list(words()["offices"][1:])
    dice("offices", code).shuffle(names)
    return [words()["offices"][0], *names[: count - 1]]


def attendances(rng: Random, category: str) -> int:
    """How often one person took part."""
    times = design()["category"][category].get("times", 1.0)
    if times >= 2:
        return min(12, 1 + int(rng.expovariate(1 / (times - 0.5))))
    return 2 if rng.random() < times - 1 else 1


def play(
    rng: Random, category: str, people: list[int], office: list[int], members: set[int], registered: set[int]
) -> Tally:
    """Let the people take part, and count by office and by event."""
    kind = design()["category"][category]
    hours = rng.choice(kind.get("hours", [0]))
    number = max(1, min(kind["events"] - rng.randint(0, 1), len(people)))
    tally, seen = Tally(), set()
    for person in people:
        times, place = attendances(rng, category), office[person]
        money = 10 * rng.randint(*(amount // 10 for amount in kind["money"])) if "money" in kind else 0
        tally.lines[place, "persons"] += 1
        tally.lines[place, "person_times"] += times
        tally.lines[place, "hours"] += times * hours
        tally.lines[place, "amount_yuan"] += money
        for turn in range(times):
            event = rng.randrange(number)
            count = tally.events.setdefault(event, Counter())
            blood = rng.choice((200, 300, 400)) if category == "blood_donation" else 0
            tally.lines[place, "blood_ml"] += blood
            count.update(times=1, hours=hours, blood=blood, money=0 if turn else money)
            if (event, person) not in seen:
                seen.add((event, person))
                count.update(persons=1, members=person in members, registered=person in registered)
    return tally


def helped(persons: float) -> int:
    return 1 + int(persons) // 7 if persons else 0


def counts_of(category: str, place: int, tally: Tally) -> dict[tuple[str, str], float]:
    """The figures of one office in one category, with the people and households helped."""
    found = {measure: tally.lines[place, measure] for measure in ("persons", "person_times", "hours", "amount_yuan")}
    return {
        **{(category, measure): value for measure, value in found.items()},
        (category, "blood_ml"): tally.lines[place, "blood_ml"],
        (category, "case_times"): found["person_times"],
        (category, "helped_persons"): helped(found["persons"]),
        (category, "helped_households"): helped(found["persons"]),
    }


@cache
def year_of(code: str, year: int) -> Year:
    """Everything that the people of the unit did in the year."""
    rng, counts = dice("deeds", code, year), heads(code, year)
    sizes = office_sizes(dice("sizes", code), counts.end, counts.offices)
    office = [place for place, size in enumerate(sizes) for _ in range(size)]
    everyone = list(range(counts.end))
    zeal = [rng.random() for _ in everyone]

    def chosen(among: list[int], count: int) -> list[int]:
        return sorted(sorted(among, key=lambda one: 0.25 * rng.random() + zeal[one])[:count])

    pools = {
        "legal_aid": sorted(rng.sample(everyone, counts.law)),
        "blood_donation": sorted(rng.sample(everyone, counts.young)),
    }
    members = set(rng.sample(everyone, counts.members))
    people = {
        category: chosen(pools.get(category, everyone), participants(code, year, category))
        for category in design()["category"]
    }
    volunteers = set(people[VOLUNTEER])
    others = [one for one in everyone if one not in volunteers]
    wanted = max(len(volunteers), round(counts.end * dice("registered", code).uniform(0.75, 1)))
    registered = volunteers | set(chosen(others, wanted - len(volunteers)))
    tallies = {c: play(rng, c, who, office, members, registered) for c, who in people.items()}
    active = set().union(*people.values())
    lines = tuple(
        Line(
            name,
            sizes[place],
            {key: n for c, tally in tallies.items() for key, n in counts_of(c, place, tally).items()},
            sum(office[one] == place for one in registered),
            sum(office[one] == place for one in active),
        )
        for place, name in enumerate(office_names(code, counts.offices))
    )
    events = tuple(
        Event(c, n, **{key: count[key] for key in Event.__annotations__ if key not in ("category", "number")})
        for c, tally in tallies.items()
        for n, count in sorted(tally.events.items())
    )
    return Year(lines, events)
