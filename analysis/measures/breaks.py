"""What makes a figure of two years incomparable: forms and definitions that changed between their reference data."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.measures.registry import Field, category_behind, fields_behind
from analysis.reference import Category, DefinitionChange, FieldDef, Reference

FORM = "form"
DEFINITION = "definition"
REFORM = "reform"
NEW_UNIT = "new_unit"
Print = tuple[str | tuple[tuple[str, str], ...], ...]


def breaks_between(before: Reference, after: Reference, indicator: str, category: str) -> tuple[str, ...]:
    """`form`, `definition`, both or neither, for one indicator and category.

    `form`: the forms were issued under another number, or a field that the figure is made of has another
    header, type, list or unit of measure, or stands in another block. `definition`: the words of its definition or its denominator differ, or a line
    of `definition_breaks.csv` says that it counts something else.
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
    return (*words, *((programme.denominator, programme.nature) if programme else ()))


def _printed(reference: Reference, indicator: str, category: str) -> frozenset[Print]:
    """The fields behind a figure as the forms of one year print them."""
    return frozenset(
        (
            *(entry.form, entry.block, entry.header_group_zh, entry.header_zh),
            *(entry.item, entry.measure, entry.type, entry.measure_unit),
            tuple(entry.codes.items()),
        )
        for entry in reference.fields
        if _is_behind(entry, indicator, category, reference)
    )


def _is_behind(entry: FieldDef, indicator: str, category: str, reference: Reference) -> bool:
    """Whether a field goes into the figure; for an indicator that is not defined here, every field may."""
    try:
        numerator, denominator = fields_behind(indicator, category, reference)
    except KeyError:
        return True
    return Field(entry.form, entry.item, entry.measure) in {*numerator, *denominator}
