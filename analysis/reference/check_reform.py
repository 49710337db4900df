"""Titles after a reform (domain 5.5): a merged unit keeps the lower title of its parts, a wholly new one has none.

That holds for the line of the register with which the unit begins (or goes on) on the day of the reform; a title that it
is given later stands in a line of its own, from the day of the decision on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from analysis.reference.build import in_force
from analysis.reference.rows import Fault, Row, fault_at
from analysis.reference.sources import Sources

WHOLE = 1.0
LEVEL = "civilised_level"


def check_reform(sources: Sources) -> Iterator[Fault]:
    """Lines of the register that give a merged or new unit a higher title than it may have."""
    levels = [
        word
        for row in sources.rows("forms")
        if row.text("measure") == "title_level"
        for word in row.codes("codes").values()
    ]
    order = {word: place for place, word in enumerate(levels)}  # from the highest down
    table = sources.tables["units"]
    rows = [row for row in table.sound if row.text(LEVEL) in order]
    parts: dict[tuple[str, dt.date], list[Row]] = {}
    for step in sources.tables["succession"].sound:
        parts.setdefault((step.text("successor"), step.day("valid_from")), []).append(step)
    for (code, day), steps in parts.items():
        own = next((row for row in rows if row.text("code") == code and in_force(row, day)), None)
        found = _levels_of_parts(rows, code, day, steps, order)
        if own is not None and found:
            lowest = max(found, key=lambda word: order[word])
            if order[own.text(LEVEL)] < order[lowest]:
                yield fault_at(
                    table.path, own, f"{code} 于 {day} 合并组建,级别写“{own.text(LEVEL)}”", f"不高于各部分中最低的“{lowest}”,至下一届", "更正 civilised_level",
                    f"{code} was merged on {day} and keeps the lower title of its parts ({lowest}) until the next term",
                )  # fmt: skip
    yield from _new_with_title(table.path, rows, {code for code, _ in parts}, order)


def _levels_of_parts(rows: list[Row], code: str, day: dt.date, steps: list[Row], order: Mapping[str, int]) -> list[str]:
    """The titles, on the day before, of the unit itself and of what came over whole.

    Of units divided up the best title counts, as none of them came over whole.
    """
    before = day - dt.timedelta(days=1)
    whole = [step.text("predecessor") for step in steps if step.number("share") >= WHOLE]
    found = [row.text(LEVEL) for row in rows if row.text("code") in {code, *whole} and in_force(row, before)]
    if found:
        return found
    shares = {step.text("predecessor") for step in steps}
    divided = [row.text(LEVEL) for row in rows if row.text("code") in shares and in_force(row, before)]
    return [min(divided, key=lambda word: order[word])] if divided else []


def _new_with_title(path: str, rows: list[Row], followed: set[str], order: Mapping[str, int]) -> Iterator[Fault]:
    firsts: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: row.optional_day("valid_from") or dt.date.min):
        firsts.setdefault(row.text("code"), row)
    lowest = max(order, key=lambda word: order[word], default="")
    for code, row in firsts.items():
        if row.optional_day("valid_from") and code not in followed and row.text(LEVEL) != lowest:
            yield fault_at(
                path, row, f"{code} 新设,级别写“{row.text(LEVEL)}”", f"“{lowest}”;以后命名的另起一行", "更正,或在 succession.csv 中写明由哪些单位组建",
                f"{code} is wholly new and starts without a title; a title given later begins a line of its own",
            )  # fmt: skip
