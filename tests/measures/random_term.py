"""A unit with a value for every source of a scheme, for tests of what holds for every return."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import strategies as st

from analysis.measures.item_values import YearValues
from analysis.reference.scheme_types import FieldRef, Scheme, SchemeItem
from analysis.reference.term_inputs import TermInputs
from tests.measures.test_assessment import rate

QUALITY = {"n_open": 0, "n_returned": 0, "n_contradictions": 0, "days_late": 0, "quality_index": 1.0}
OF_RETURNS = ("rate", "numerator", "count", "share", "yes", "yescount", "any")
BASE = 40
FILLED_IN = 0.8


def number(value, status="reported", low=None, high=None):
    return ({"value": value, "low": low, "high": high, "text": None, "status": status},)


def answer(is_yes):
    return ({"value": None, "low": None, "high": None, "text": "yes" if is_yes else "no", "status": "reported"},)


ASKED = number(None, "queried")


def counted_rate(count):
    """So many of 40 people or things."""
    return rate(float(count), float(BASE))


def open_rate(low, high):
    """Between so many and so many of 40."""
    return rate(None, float(BASE), "queried", low / BASE, high / BASE)


def key_of(item: SchemeItem):
    return ("U1", item.source.name, item.source.category)


def rate_of(item: SchemeItem, count):
    """The row of an item; a numerator may be anything up to 40, whatever it counts."""
    return counted_rate(count)


def fields_of(item: SchemeItem, count) -> dict[tuple[str, FieldRef], tuple[dict[str, object], ...]]:
    """The fields of an item for a value of 0 to 40; more is better in every rule on fields."""
    refs = item.source.fields
    if item.source.kind == "yes":
        return {("U1", refs[0]): answer(count > BASE // 2)}
    if item.source.kind == "yescount":
        return {("U1", ref): answer(place < count * (len(refs) + 1) // (BASE + 1)) for place, ref in enumerate(refs)}
    if item.source.kind == "share":
        return {("U1", refs[0]): number(float(count)), ("U1", refs[1]): number(float(BASE))}
    return {("U1", ref): number(float(count)) for ref in refs}


def with_value(values: YearValues, item: SchemeItem, count) -> YearValues:
    """The values with the item's source at a value of 0 to 40."""
    if item.source.kind in ("rate", "numerator"):
        return replace(values, rates={**values.rates, key_of(item): rate_of(item, count)})
    return replace(values, fields={**values.fields, **fields_of(item, count)})


def with_open(values: YearValues, item: SchemeItem, low, high) -> YearValues:
    """The values with the item's source asked about."""
    if item.source.kind in ("rate", "numerator"):
        return replace(values, rates={**values.rates, key_of(item): open_rate(low, high)})
    first = item.source.fields[0]
    asked = number(None, "bounded", float(low), float(high)) if item.source.kind == "count" else ASKED
    return replace(values, fields={**values.fields, ("U1", first): asked})


def with_nothing_to_measure(values: YearValues, item: SchemeItem) -> YearValues:
    """The values with an answer that the item's source does not apply."""
    if item.source.kind in ("rate", "numerator"):
        return replace(values, rates={**values.rates, key_of(item): rate(None, None, "undefined")})
    first = item.source.fields[0]
    return replace(values, fields={**values.fields, ("U1", first): number(None, "not_applicable")})


def returned(scheme: Scheme) -> list[SchemeItem]:
    """The items whose values come from the returns."""
    return [item for item in scheme.items if item.source.kind in OF_RETURNS]


def random_year(scheme: Scheme, chance: random.Random) -> YearValues:
    """A year of `U1` with every source known, asked about or not to be measured."""
    values = YearValues({}, {}, {"U1": dict(QUALITY)}, frozenset(["U1"]))
    for item in returned(scheme):
        low, high = sorted((chance.randint(0, BASE), chance.randint(0, BASE)))
        kind = chance.choice(["known"] * 6 + ["open", "undefined"])
        if kind == "known":
            values = with_value(values, item, low)
        elif kind == "open":
            values = with_open(values, item, low, high)
        else:
            values = with_nothing_to_measure(values, item)
    return values


def random_years(scheme: Scheme) -> st.SearchStrategy[YearValues]:
    """Years by their seed: cheaper than a draw for each of the hundred numbers."""
    return st.integers(0, 10**9).map(lambda seed: random_year(scheme, random.Random(seed)))


def random_inputs(scheme: Scheme) -> st.SearchStrategy[TermInputs]:
    """What people filled in, or did not."""
    return st.integers(0, 10**9).map(lambda seed: _said(scheme, random.Random(seed)))


def _said(scheme: Scheme, chance: random.Random) -> TermInputs:
    codes = {(item.source.kind, item.source.name) for item in scheme.items}
    codes |= {
        ("panel", text.split(":")[1]) for item in scheme.items if (text := item.when_undefined).startswith("panel:")
    }
    said: dict[str, dict[tuple[str, str], float]] = {"panel": {}, "survey": {}, "department": {}}
    for kind, name in sorted(codes):
        if kind in said and chance.random() < FILLED_IN:
            said[kind]["U1", name] = chance.random() if kind != "department" else chance.randint(0, 1)
    return TermInputs(
        said["panel"], said["survey"], {key: bool(yes) for key, yes in said["department"].items()}, (), ()
    )
