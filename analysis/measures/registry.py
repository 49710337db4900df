"""Which fields of which forms stand behind each side of each indicator: definitions -> fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from analysis.reference import Category, Reference
from analysis.reference.definitions import (
    AMONG,
    EACH,
    HEADCOUNT,
    ONE_FIGURE,
    ROLES,
    ROW_CATEGORY,
    ROW_DENOMINATOR,
    SOURCES,
    Condition,
    Definition,
    Side,
)
from analysis.reference.types import FieldDef

PROFESSIONAL = "professional"
BLOOD = "blood"
SERIAL = "serial"


class Field(NamedTuple):
    """A field of a form, as the facts name it; `item` is empty where the form has none."""

    form: str
    item: str
    measure: str


class Plan(NamedTuple):
    """What a side reads: printed lines, columns and the fields there are, its filters on values, types of columns."""

    items: tuple[str, ...]
    columns: tuple[str, ...]
    there: frozenset[tuple[str, str]]
    conditions: tuple[Condition, ...]
    types: Mapping[str, str]

    def items_with(self, column: str) -> list[str]:
        """The lines that have a field of this name."""
        return [item for item in self.items if (item, column) in self.there]


def definition_of(indicator: str, category: str, reference: Reference) -> Definition:
    """The definition that makes the row of this indicator and category.

    Raises:
        KeyError: there is none.
    """
    own = reference.definitions.get(indicator, ())
    for definition in own:
        if definition.category == category:
            return definition
    for definition in own:
        if definition.category == EACH or definition.is_special:
            return definition
    raise KeyError(f"reference/definitions.csv: no definition of {indicator} {category}".rstrip())


def row_categories(definition: Definition, reference: Reference) -> tuple[str, ...]:
    """The categories of the rows of a definition: one row for most."""
    if definition.category == EACH:
        return tuple(category.code for category in counted_categories(reference))
    return (definition.category,)


def counted_categories(reference: Reference) -> tuple[Category, ...]:
    """The categories of the moral practice, without the open one for everything else."""
    return tuple(category for category in reference.categories if category.counts_in_breadth)


def category_behind(indicator: str, category: str, reference: Reference) -> str:
    """The category of the moral practice whose people an indicator counts; empty for one over several or none."""
    known = {one.code for one in reference.categories}
    if category in known:
        return category
    try:
        side = definition_of(indicator, category, reference).numerator
    except KeyError:
        return ""
    if side.source != "participation" or not side.conditions:
        return ""
    items = side_items(side, category, reference)
    return items[0] if len(items) == 1 else ""


def side_items(side: Side, category: str, reference: Reference) -> tuple[str, ...]:
    """The printed lines that a side reads, in the order of the form; the unnamed one for figures without a line."""
    items = [field.item for field in source_fields(side.source, reference) if _reads(side, field)]
    chosen = tuple(dict.fromkeys(items))
    role = ROLES.get(side.source, "")
    for condition in side.conditions:
        if condition.column == "nature":
            wanted = {one.code for one in reference.categories if set(condition.values) & set(one.nature)}
            chosen = tuple(item for item in chosen if item in wanted)
        elif role and condition.column == role:
            values = {category if value == ROW_CATEGORY else value for value in condition.values}
            chosen = tuple(item for item in chosen if (item in values) != (condition.op == "!="))
    return chosen


def plan_side(side: Side, category: str, reference: Reference) -> Plan:
    """The plan of a side for the rows of one category."""
    fields = source_fields(side.source, reference)
    role = ROLES.get(side.source, "")
    printed = side.source in ONE_FIGURE
    types = {one.measure: one.type for one in fields}
    if not printed:
        types = {name: one.type for name, one in column_fields(side.source, reference).items()}
    return Plan(
        () if not printed else side_items(side, category, reference) if role else ("",),
        tuple(reference.category(category).denominator if one == ROW_DENOMINATOR else one for one in side.columns),
        frozenset((one.item, one.measure) for one in fields),
        tuple(one for one in side.conditions if one.column not in (role, "nature")),
        types,
    )


def _reads(side: Side, field: FieldDef) -> bool:
    return not side.columns or field.measure in side.columns or ROW_DENOMINATOR in side.columns


def source_fields(source: str, reference: Reference) -> list[FieldDef]:
    """The fields of the blocks behind a source, in the order of the form."""
    form, blocks = SOURCES[source]
    return [field for field in reference.form_fields(form) if field.block in blocks and field.measure != SERIAL]


def column_fields(source: str, reference: Reference) -> dict[str, FieldDef]:
    """Column -> field of a source whose lines are numbered."""
    fields = source_fields(source, reference)
    times: dict[str, int] = {}
    for field in fields:
        times[field.measure] = times.get(field.measure, 0) + 1
    return {f"{field.item}_{field.measure}" if times[field.measure] > 1 else field.measure: field for field in fields}


def condition_columns(side: Side) -> tuple[str, ...]:
    """The columns that the conditions compare, on either side, without those that choose a line."""
    role = ROLES.get(side.source, "")
    found = []
    for condition in side.conditions:
        if condition.column not in (role, "nature"):
            found += [condition.column, *(condition.values if condition.op not in ("=", "!=", "in") else ())]
    return tuple(dict.fromkeys(found))


def side_fields(side: Side, category: str, reference: Reference) -> tuple[Field, ...]:
    """Every field that a side reads, in the order of the form; none for thresholds and for the files themselves."""
    if side.source not in SOURCES:
        return ()
    form, _ = SOURCES[side.source]
    if side.operation == "breadth":
        return _breadth_fields(side, reference)
    columns = [*plan_side(side, category, reference).columns, side.divided_by, *condition_columns(side)]
    if side.source in ONE_FIGURE:
        items = {*side_items(side, category, reference), *([side.total] if side.total else [])}
        fields: Iterable[FieldDef] = (
            field
            for field in source_fields(side.source, reference)
            if field.measure in columns and (not ROLES[side.source] or field.item in items)
        )
    else:
        by_column = column_fields(side.source, reference)
        wanted = [name for name in columns if name in by_column]
        fields = [by_column[name] for name in wanted] or source_fields(side.source, reference)[:1]
    found = [Field(form, field.item, field.measure) for field in fields]
    if side.operation == AMONG:
        found.append(Field(SOURCES["units"][0], "", HEADCOUNT))
    return tuple(dict.fromkeys(found))


def _breadth_fields(side: Side, reference: Reference) -> tuple[Field, ...]:
    counted = counted_categories(reference)
    people = [Field("F3", category.code, measure) for category in counted for measure in side.columns]
    special = [Field("F1", "", one.denominator) for one in counted if PROFESSIONAL in one.nature]
    return tuple(dict.fromkeys([*people, *special]))


def fields_behind(indicator: str, category: str, reference: Reference) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """The fields of numerator and denominator of the row of an indicator and category."""
    definition = definition_of(indicator, category, reference)
    base = definition.denominator
    return side_fields(definition.numerator, category, reference), (
        side_fields(base, category, reference) if base else ()
    )


def least_denominator(indicator: str, category: str, reference: Reference) -> float:
    """Below this no figure is given: the least of the definition, for blood by category too; 0 without one."""
    named = definition_of(indicator, category, reference).least
    behind = category_behind(indicator, category, reference)
    if not named and behind and BLOOD in reference.category(behind).nature:
        named = "blood_min_denominator"
    return reference.thresholds[named] if named else 0.0
