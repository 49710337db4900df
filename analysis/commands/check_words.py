"""The answer of `check` for the clerk of a unit: what to do, cell by cell, the things to be answered first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.present.labels import Lang, Words
from analysis.records import split_address
from analysis.reference import load_reference, years_with_reference

Answer = Mapping[str, Any]
ORDER = ("BACK", "QUAR", "ASK", "DROP", "FIX", "NOTE")
TOLD_ONLY = ("FIX", "NOTE")
_SHOWN_OF_A_RULE = 3
_PLACES_NAMED = 12


def clerk_words(data_dir: Path, lang: Lang) -> Words:
    """Words of the newest year of the reference data."""
    return Words(load_reference(data_dir, years_with_reference(data_dir)[-1]), lang)


def check_words(answer: Answer, words: Words) -> list[str]:
    """Lines for people: the file and what becomes of it, then one section per thing to do.

    Repairs and notes of one rule that come often are told by their first places and the rest by their cells.
    """
    lines = _head(answer, words)
    for treatment in ORDER:
        found = [query for query in answer["queries"] if query["treatment"] == treatment]
        if found:
            lines += ["", words.say(f"check.{treatment}", n=len(found))]
            lines += _told_only(found, words) if treatment in TOLD_ONLY else _each(found, words)
    if not answer["queries"]:
        lines += ["", _why(answer["rule"], words) or words.say("check.nothing")]
    return lines


def _why(rule: str | None, words: Words) -> str:
    """Why a file could not be read; empty for one that was."""
    if rule is None:
        return ""
    said = words.reference.rule(rule)
    return f"{said.message_zh if words.lang == 'zh' else said.message_en}  [{rule}]"


def _head(answer: Answer, words: Words) -> list[str]:
    lines = [words.say("check.file", file=answer["file"], state=words.label(answer["state"], "state"))]
    unit = answer["unit_code"]
    if unit:
        names = {entry.code: entry.short_name for entry in words.reference.units}
        lines.append(words.say("check.unit", name=names.get(unit, ""), code=unit))
    else:
        lines.append(words.say("check.no_unit"))
    if answer["forms"]:
        forms = words.join(f"{form} {words.label(form)}" for form in answer["forms"])
        lines.append(words.say("check.forms", forms=forms, n=len(answer["facts"])))
    asked = sum(query["state"] == "open" for query in answer["queries"])
    return [*lines, words.say("check.asked", n=asked, told=len(answer["queries"]) - asked)]


def _each(queries: Sequence[Answer], words: Words) -> Iterator[str]:
    """The questions, numbered; one that a whole column gets is told by its first cells and the places of all others."""
    number = 0
    for (rule, field), found in _gathered(queries, "rule", "field").items():
        shown = len(found) if field is None else _SHOWN_OF_A_RULE
        for query in found[:shown]:
            number += 1
            yield f"  {number}. {_line(query, words)}"
        number += len(found[shown:])
        yield from _others(rule, found[shown:], words, len(found))


def _told_only(queries: Sequence[Answer], words: Words) -> Iterator[str]:
    for (rule,), found in _gathered(queries, "rule").items():
        yield from (f"  - {_line(query, words)}" for query in found[:_SHOWN_OF_A_RULE])
        yield from _others(rule, found[_SHOWN_OF_A_RULE:], words, _PLACES_NAMED)


def _gathered(queries: Sequence[Answer], *names: str) -> dict[tuple[Any, ...], list[Answer]]:
    found: dict[tuple[Any, ...], list[Answer]] = {}
    for query in sorted(queries, key=_order):
        found.setdefault(tuple(query.get(name) for name in names), []).append(query)
    return found


def _line(query: Answer, words: Words) -> str:
    message = query["message_zh"] if words.lang == "zh" else query["message_en"]
    return f"{_place(query, words)}  {message}  [{query['rule']}]"


def _others(rule: str, rest: Sequence[Answer], words: Words, most: int) -> Iterator[str]:
    """The places of what else the same rule says, the first `most` by name."""
    if not rest:
        return
    named = words.join(_place(query, words) for query in rest[:most])
    more = len(rest) - most
    ending = words.say("check.more", n=more) if more > 0 else ""
    yield "    " + words.say("check.also", rule=words.rule(rule), n=len(rest), places=named + ending)


def _place(query: Answer, words: Words) -> str:
    parts = [part for part in (query["sheet"], query["cell"]) if part]
    return " ".join(parts) or words.say("check.whole_file")


def _order(query: Answer) -> tuple[str, int, int, str]:
    return (query["sheet"] or "", *split_address(query["cell"]), query["rule"])
