"""What makes a figure of two years incomparable: forms and definitions that changed between their reference data."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.measures.registry import category_behind, definition_of, fields_behind
from analysis.reference import Category, Definition, DefinitionChange, Reference

FORM = "form"
DEFINITION = "definition"
THRESHOLD = "threshold"
REFORM = "reform"
NEW_UNIT = "new_unit"
Print = tuple[str | tuple[tuple[str, str], ...], ...]


def breaks_between(before: Reference, after: Reference, indicator: str, category: str) -> tuple[str, ...]:
    """`form`, `definition`, both or neither, for one indicator and category.

    `form`: the forms were issued under another number, or a field that the figure is made of has another
    header, type, list or unit of measure, or stands in another block. `definition`: the words or rules of its
    definition, its denominator or a threshold it counts with differ, or a line of `definition_breaks.csv` says that
    it counts something else.
    """
    found = []
    renumbered = before.form_no_prefix != after.form_no_prefix
    if renumbered or _printed(before, indicator, category) != _printed(after, indicator, category):
        found.append(FORM)
    if _defined(before, indicator, category) != _defined(after, indicator, category) or any(
        _applies(change, before, after) for change in _changes(after, indicator, category)
    ):
        found.append(DEFINITION)
    return tuple(found)


def programme_of(reference: Reference, category: str) -> Category | None:
    """The programme of a category code; null for the empty one and for items of other forms, such as subjects."""
    return next((entry for entry in reference.categories if entry.code == category), None)


def _changes(reference: Reference, indicator: str, category: str) -> Iterator[DefinitionChange]:
    for change in reference.definition_changes:
        if change.indicator == indicator and change.category in ("", category):
            yield change


def _applies(change: DefinitionChange, before: Reference, after: Reference) -> bool:
    if change.first_year is not None:
        return min(before.year, after.year) < change.first_year <= max(before.year, after.year)
    return _setting(before, change.setting) != _setting(after, change.setting)


def _setting(reference: Reference, name: str) -> object:
    return reference.thresholds[name] if name in reference.thresholds else getattr(reference, name)


def _defined(reference: Reference, indicator: str, category: str) -> tuple[object, ...]:
    """What the reference data of one year say that the figure is."""
    entry = reference.indicators.get(indicator)
    words = (entry.numerator, entry.denominator, entry.exclusions, entry.unit) if entry else ()
    programme = programme_of(reference, category_behind(indicator, category, reference))
    definition = _definition(reference, indicator, category)
    rules = (programme.denominator, programme.nature) if programme else ()
    return (*words, *rules, definition, _limits(reference, definition))


def _definition(reference: Reference, indicator: str, category: str) -> Definition | None:
    try:
        return definition_of(indicator, category, reference)
    except KeyError:
        return None


def _limits(reference: Reference, definition: Definition | None) -> tuple[float | None, ...]:
    """The thresholds that a definition counts with, such as how many months a year has."""
    sides = (definition.numerator, definition.denominator) if definition else ()
    names = [name for side in sides if side and side.source == THRESHOLD for name in side.columns]
    return tuple(reference.thresholds.get(name) for name in names)


def _printed(reference: Reference, indicator: str, category: str) -> frozenset[Print]:
    """The fields behind a figure as the forms of one year print them; of a figure without definition, every field."""
    known = _definition(reference, indicator, category) is not None
    behind = {field for side in fields_behind(indicator, category, reference) for field in side} if known else set()
    return frozenset(
        (
            *(entry.form, entry.block, entry.header_group_zh, entry.header_zh),
            *(entry.item, entry.measure, entry.type, entry.measure_unit),
            tuple(entry.codes.items()),
        )
        for entry in reference.fields
        if not known or (entry.form, entry.item, entry.measure) in behind
    )
