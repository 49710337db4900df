"""The points of every unit and item of a term -> `assessment`: one scheme, the values of its years, nothing else.

No score depends on another unit: medians of peers stand beside the points and never enter them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analysis.measures import quality, timeliness
from analysis.measures.item_values import YearValues, filled_in
from analysis.measures.scoring import OPEN, UNDEFINED, Measured, earned, points
from analysis.reference import Unit
from analysis.reference.scheme_types import Scheme, SchemeItem, Source
from analysis.reference.term_inputs import TermInputs

COLUMNS = (
    "unit_code",
    "item",
    "source",
    "value",
    "threshold",
    "points",
    "points_low",
    "points_high",
    "full",
    "peer_median",
    "last_year",
    "status",
    "note",
    "numerator",
    "denominator",
    "last_numerator",
    "last_denominator",
    "item_zh",
    "item_en",
)
EACH_YEAR = "both"
FILLED_IN = ("panel", "survey", "department")
SCORED, WAITING, MOVED, FROM_PANEL, FORFEITED = "scored", "open", "moved", "panel", "forfeited"
OF_THE_FILES = (timeliness.INDICATOR, quality.INDICATOR)
ASKED_OF_THE_UNIT = ("rate", "numerator", "count", "share", "yes", "yescount", "any")


@dataclass(frozen=True, slots=True)
class ItemPoints:
    """The points of one item in one year, or over the term."""

    points: float | None
    low: float
    high: float
    full: float
    measured: Measured
    status: str


def assessment(
    units: Sequence[Unit], years: Mapping[int, YearValues], scheme: Scheme, inputs: TermInputs
) -> pd.DataFrame:
    """One row per unit and item that it is scored on, in the order of the register and of the scheme.

    `years` are those of the term that have tables; a unit that was not in the register of a year is scored on the
    others, with their weights. `value` and its `numerator` and `denominator` are those of the last year, `last_year`
    with `last_numerator` and `last_denominator` those of the year before, null for what is scored once in the term. `points` are null while a source of any year is open; the bounds never are.
    `full` is what the item is worth to this unit: points of what cannot be computed move as the scheme says.
    `status`: `scored`, `open`, `moved` (its points count elsewhere), `panel` (the panel decided in its place) or
    `forfeited`: still open in a year after the second reminder, so that it counts 0 there (domain 5.2); `note` says when.
    `peer_median` is the median value of the units of its peer group, null where so few have one that it would tell theirs.

    Raises:
        KeyError: none of the years of the term has tables for a unit.
    """
    rows = [
        {"unit_code": unit.code, **row, "group": unit.peer_group}
        for unit in units
        for row in unit_rows(unit, years, scheme, inputs)
    ]
    table = pd.DataFrame(rows)
    numbers = ["value", "points", "points_low", "points_high", "full", "last_year", "numerator", "denominator"]
    numbers += ["last_numerator", "last_denominator"]
    table[numbers] = table[numbers].astype("float64")
    peers = table.groupby(["item", "group"])["value"]
    table["peer_median"] = peers.transform("median").where(peers.transform("count") >= scheme.term.median_min_units)
    return table[list(COLUMNS)]


def unit_rows(
    unit: Unit, years: Mapping[int, YearValues], scheme: Scheme, inputs: TermInputs
) -> Iterable[dict[str, object]]:
    """The rows of one unit, without its code and its peers."""
    items = scheme.items_for(unit.title_level != "none")
    scored = score_unit(unit, years, scheme, inputs)
    for item in items:
        by_year = scored[item.code]
        whole = over_term(by_year, weights_of(by_year, scheme))
        latest, *earlier = [by_year[year] for year in sorted(by_year, reverse=True)]
        before = earlier[0].measured if earlier and item.years == EACH_YEAR else None
        yield {
            "item": item.code,
            "source": source_text(item.source),
            "value": latest.measured.value,
            "threshold": threshold_text(item),
            "points": whole.points,
            "points_low": whole.low,
            "points_high": whole.high,
            "full": whole.full,
            "last_year": before.value if before else None,
            "status": whole.status,
            "note": _note(unit.code, item, by_year, inputs),
            "numerator": latest.measured.numerator,
            "denominator": latest.measured.denominator,
            "last_numerator": before.numerator if before else None,
            "last_denominator": before.denominator if before else None,
            "item_zh": item.zh,
            "item_en": item.en,
        }


def _note(unit: str, item: SchemeItem, by_year: Mapping[int, ItemPoints], inputs: TermInputs) -> str:
    """The note of the scheme, and the second reminders after which the item counts 0."""
    said = [f"{year} {inputs.reminded[unit, year]}" for year, part in by_year.items() if part.status == FORFEITED]
    return "; ".join(text for text in (item.note, *said) if text)


def score_unit(
    unit: Unit, years: Mapping[int, YearValues], scheme: Scheme, inputs: TermInputs
) -> dict[str, dict[int, ItemPoints]]:
    """The points of each item in each year that counts for the unit; items of the term count in the last year."""
    own = [year for year in scheme.term.years if year in years and unit.code in years[year].units]
    if not own:
        raise KeyError(f"{unit.code} is in no year of term {scheme.term.number}")
    items = scheme.items_for(unit.title_level != "none")
    scored: dict[str, dict[int, ItemPoints]] = {item.code: {} for item in items}
    for year in own:
        for code, found in _score_year(unit.code, items, years[year], inputs, year).items():
            scored[code][year] = found
    for item in items:
        if item.source.kind == "group":
            scored[item.code] = {year: _scaled(item, scored, year) for year in own}
    return scored


def _score_year(
    unit: str, items: Sequence[SchemeItem], values: YearValues, inputs: TermInputs, year: int
) -> dict[str, ItemPoints]:
    measured = {
        item.code: filled_in(unit, item.source, inputs)
        if item.source.kind in FILLED_IN
        else values.measure(unit, item.source)
        for item in items
        if item.source.kind != "group"
    }
    full = {item.code: item.full for item in items}
    for item in items:
        kind, _, target = item.when_undefined.partition(":")
        if kind == "move" and measured[item.code].status == UNDEFINED:
            full[target] += full[item.code]
            full[item.code] = 0.0
    is_late = (unit, year) in inputs.reminded
    return {
        item.code: _forfeited(item, full[item.code], measured[item.code])
        if is_late and is_asked(item) and measured[item.code].status == OPEN
        else _score_item(unit, item, full[item.code], measured[item.code], inputs)
        for item in items
        if item.source.kind != "group"
    }


def is_asked(item: SchemeItem) -> bool:
    """Whether its value is one that the unit reports, so that an answer of the unit can settle it."""
    return item.source.kind in ASKED_OF_THE_UNIT and item.source.name not in OF_THE_FILES


def _forfeited(item: SchemeItem, full: float, measured: Measured) -> ItemPoints:
    """The fewest points of an item: no answer came, not even after the second reminder."""
    return ItemPoints(item.least, item.least, item.least, full, measured, FORFEITED)


def _score_item(unit: str, item: SchemeItem, full: float, measured: Measured, inputs: TermInputs) -> ItemPoints:
    if measured.status == UNDEFINED:
        kind, _, target = item.when_undefined.partition(":")
        if kind == "move":
            return ItemPoints(0.0, 0.0, 0.0, 0.0, measured, MOVED)
        if kind == "zero":
            return ItemPoints(0.0, 0.0, 0.0, full, measured, SCORED)
        if kind == "panel":
            said = filled_in(unit, Source("panel", target), inputs)
            found = points(item, full, earned(replace(item, rule="share", low=None, high=None), said))
            return ItemPoints(*found, full, measured, WAITING if said.status == OPEN else FROM_PANEL)
    if measured.status == OPEN and item.source.kind in FILLED_IN and item.when_undefined == "zero":
        return ItemPoints(0.0, 0.0, 0.0, full, measured, SCORED)
    found = points(item, full, earned(item, measured))
    return ItemPoints(*found, full, measured, WAITING if found[0] is None else SCORED)


def _scaled(item: SchemeItem, scored: Mapping[str, Mapping[int, ItemPoints]], year: int) -> ItemPoints:
    """An item that is worth the share of the points of others, such as pairing for units without a title."""
    parts = [found[year] for code, found in scored.items() if code.startswith(item.source.name) and year in found]
    full = sum(part.full for part in parts)
    sums = [sum(part.low for part in parts), sum(part.high for part in parts)]
    known = [part.points for part in parts if part.points is not None]
    share = sum(known) / full if len(known) == len(parts) else None
    measured = Measured(share, OPEN if share is None else "known", sums[0] / full, sums[1] / full)
    found = points(item, item.full, earned(item, measured))
    return ItemPoints(*found, item.full, measured, WAITING if share is None else SCORED)


def weights_of(by_year: Mapping[int, ItemPoints], scheme: Scheme) -> dict[int, float]:
    """The weights of the years that count for an item, adding up to 1."""
    given = dict(zip(scheme.term.years, scheme.term.year_weights, strict=True))
    total = sum(given[year] for year in by_year)
    return {year: given[year] / total if total else 1.0 / len(by_year) for year in by_year}


def year_weights(scored: Mapping[str, Mapping[int, ItemPoints]], scheme: Scheme) -> dict[str, dict[int, float]]:
    """The weights of the years of each item."""
    return {code: weights_of(by_year, scheme) for code, by_year in scored.items()}


def over_term(by_year: Mapping[int, ItemPoints], weights: Mapping[int, float]) -> ItemPoints:
    """The years of an item together."""

    def mean(numbers: Mapping[int, float]) -> float:
        return sum(weights[year] * number for year, number in numbers.items())

    known = {year: part.points for year, part in by_year.items() if part.points is not None}
    latest = by_year[max(by_year)]
    statuses = {part.status for part in by_year.values()}
    mixed = statuses - {MOVED}
    told = next((status for status in (WAITING, FORFEITED) if status in statuses), None)
    status = told or (MOVED if not mixed else mixed.pop() if len(mixed) == 1 else SCORED)
    return ItemPoints(
        mean(known) if len(known) == len(by_year) else None,
        mean({year: part.low for year, part in by_year.items()}),
        mean({year: part.high for year, part in by_year.items()}),
        mean({year: part.full for year, part in by_year.items()}),
        latest.measured,
        status,
    )


def source_text(source: Source) -> str:
    """The source in short: `I17 theme`, `F7 proposals.adopted / F7 proposals.submitted`, `panel A2`."""
    if source.kind in ("rate", "numerator"):
        return " ".join(part for part in (source.name, source.category) if part)
    if source.fields:
        return " / ".join(
            f"{field.form} {'.'.join(part for part in (field.item, field.measure) if part)}" for field in source.fields
        )
    return f"{source.kind} {source.name}"


def threshold_text(item: SchemeItem) -> str:
    """From where points are earned and where all are: `0.6-0.95`; empty for rules without numbers."""
    return f"{item.low:g}-{item.high:g}" if item.is_linear else f"{item.low:g}" if item.low is not None else ""
