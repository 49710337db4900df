"""Rates, questions and answers as `civility trace` prints them, one line each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.present.numbers import percent_digits
from analysis.reference import Category, Correction, Label, Reference

_STATES = {"open": "待答 open", "answered": "已答 answered", "closed": "告知 told"}
Record = Mapping[Any, Any]


def shown(number: object) -> str:
    """A number without needless digits, a dash for none."""
    absent = number is None or number != number or str(number) == "<NA>"
    return "—" if absent else f"{float(str(number)):.10g}"


def rate_line(rate: Record, reference: Reference, lang: str) -> str:
    """Indicator, category and rate with its limits; the status where there is no rate."""
    label = reference.indicators[rate["indicator"]]
    name = label.zh if lang == "zh" else label.en
    if isinstance(rate["category"], str) and rate["category"]:
        words = _category_words(rate["category"], reference)
        name += f" · {words.zh if lang == 'zh' else words.en}"
    return f"{rate['indicator']} {name}: {rate_words(rate)}"


def _category_words(code: str, reference: Reference) -> Category | Label:
    """A category of the moral practice, or the line of another form that a row is about."""
    known = (one for one in reference.categories if one.code == code)
    return next(known, None) or reference.label(code, "item")


def rate_words(rate: Record) -> str:
    """A rate with its limits and status; a figure that is no share as a number."""
    if shown(rate["rate"]) == "—" and shown(rate["denominator"]) == "—" and shown(rate["numerator"]) != "—":
        return f"{shown(rate['numerator'])}  {rate['status']}"
    if shown(rate["rate"]) == "—":
        return str(rate["status"])
    if float(rate["rate"]) > 1:
        return f"{shown(rate['rate'])}  {rate['status']}"
    limits = "" if shown(rate["ci_low"]) == "—" else f" ({_percent(rate['ci_low'])}—{_percent(rate['ci_high'])})"
    return f"{_percent(rate['rate'])}{limits}  {rate['status']}"


def _percent(share: float) -> str:
    return f"{percent_digits(share)}%"


def query_line(query: Record, lang: str) -> str:
    """Place, rule, state and message of a question."""
    place = " ".join(str(query[part]) for part in ("file", "sheet", "cell") if isinstance(query[part], str))
    message = query["message_zh" if lang == "zh" else "message_en"]
    state = _STATES.get(query["state"], query["state"])
    return f"{state}  {place}  {query['treatment']} {query['rule']}  {query['query_id']}  {message}"


def answer_line(entry: Correction, reference: Reference) -> str:
    """What was answered, by whom, when and why, and the line of `corrections.csv`."""
    said = f"{entry.action} {entry.new_value}".strip()
    return (
        f"答复 answer: {said}  {entry.told_on} {entry.by_whom}:{entry.reason}  "
        f"(reference/{reference.year}/corrections.csv:{entry.line})"
    )
