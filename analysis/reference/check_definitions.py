"""What can be wrong with `definitions.csv` and `forms_due.csv`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.reference.definitions import (
    DAYS,
    EACH,
    ONE_FIGURE,
    OWN,
    ROLES,
    ROW_CATEGORY,
    ROW_DENOMINATOR,
    SOURCES,
    SPECIAL,
    Condition,
    Side,
    build_side,
    parse_conditions,
)
from analysis.reference.rows import Fault, Row, fault_at
from analysis.reference.sources import Sources
from analysis.reference.specs import NATURES

FILE = "definitions"
ORDERED = ("<", "<=", ">", ">=")
_COLUMNS: Mapping[str, tuple[int, int]] = {
    "sum": (1, 9), "sum_of_min": (2, 2), "sum_of_product": (2, 2), "union": (1, 1), "among": (1, 1), "count": (0, 0),
    "count_distinct": (1, 1), "constant": (1, 1),
}  # fmt: skip
"""How many columns an operation takes."""


@dataclass(frozen=True)
class _Field:
    """What a condition may say of a column."""

    type: str
    codes: frozenset[str]


def check_definitions(sources: Sources) -> Iterator[Fault]:
    """Every fault of the definitions: unknown names, operations that do not fit, computed indicators without any."""
    if not sources.readable(FILE, "forms", "indicators", "categories", "thresholds"):
        return
    table = sources.tables[FILE]
    numerators = {row.text("indicator") for row in table.sound if row.text("part") == "numerator"}
    for row in table.sound:
        for found, expected, english in _faults_of_line(row, sources):
            yield fault_at(table.path, row, found, expected, "更正", english)
    yield from _without_numerator(sources)
    indicators = sources.tables["indicators"]
    for row in indicators.sound:
        if row.flag("computed") and row.text("code") not in numerators:
            code = row.text("code")
            yield fault_at(
                indicators.path, row, f"指标 {code} 标为 computed,但没有定义", "definitions.csv 中有该指标的分子", "补上定义,或改为 no",
                f"{code} is computed but has no definition in definitions.csv",
            )  # fmt: skip


def check_forms_due(sources: Sources) -> Iterator[Fault]:
    """Forms that nobody says who owes, and forms that are none."""
    if not sources.readable("forms_due", "forms"):
        return
    table = sources.tables["forms_due"]
    forms = sources.codes("forms", "form")
    for row in table.sound:
        if row.text("form") not in forms:
            yield fault_at(table.path, row, f"表“{row.text('form')}”不存在", "forms.csv 中的表", "更正",
                           f"no form {row.text('form')!r}")  # fmt: skip
    for form in sorted(forms - sources.codes("forms_due", "form")):
        yield Fault(table.path, 0, f"缺少 {form}", "每张表一行", "补上该行", f"form {form} is missing")


def _without_numerator(sources: Sources) -> Iterator[Fault]:
    table = sources.tables[FILE]
    keys = {_key(row) for row in table.rows if row.text("part") == "numerator"}
    for row in table.sound:
        if _key(row) not in keys:
            yield fault_at(table.path, row, f"{row.text('indicator')} 只有分母", "先有分子", "补上分子",
                           f"{row.text('indicator')} has a denominator without a numerator")  # fmt: skip


def _key(row: Row) -> tuple[str, str]:
    return row.text("indicator"), row.text("category")


def _faults_of_line(row: Row, sources: Sources) -> Iterator[tuple[str, str, str]]:
    """Found, expected and the same in English."""
    if row.text("indicator") not in sources.codes("indicators"):
        yield (
            f"指标“{row.text('indicator')}”不存在",
            "indicators.csv 中的代码",
            f"unknown indicator {row.text('indicator')!r}",
        )
    try:
        parse_conditions(row.text("filters"))
    except ValueError as error:
        yield (
            f"筛选条件“{error}”读不懂",
            "如 rect_status in a;b and due_date <= year_end",
            f"cannot read the filter {error}",
        )
        return
    least = row.text("least")
    if least and least not in sources.codes("thresholds", "name"):
        yield f"阈值“{least}”不存在", "thresholds.csv 中的名称", f"unknown threshold {least!r}"
    side = build_side(row)
    yield from _faults_of_source(side, row.text("category"), sources)


def _faults_of_source(side: Side, category: str, sources: Sources) -> Iterator[tuple[str, str, str]]:
    if side.source in OWN:
        if side.source == "threshold" and not set(side.columns) <= sources.codes("thresholds", "name"):
            yield (
                f"阈值“{';'.join(side.columns)}”不存在",
                "thresholds.csv 中的名称",
                f"unknown threshold {side.columns}",
            )
        if (side.source == "threshold") != (side.operation == "constant") or side.conditions:
            yield (
                f"{side.source} 不能用 {side.operation}",
                "threshold 只用 constant,无筛选",
                "a threshold is a constant",
            )
        return
    if side.source not in SOURCES:
        known = "、".join((*SOURCES, *OWN))
        yield f"来源“{side.source}”不存在", known, f"unknown source {side.source!r}"
        return
    fields = columns_of(side.source, sources)
    yield from _faults_of_operation(side)
    for column in (*side.columns, *([side.divided_by] if side.divided_by else [])):
        if column not in fields and not (column == ROW_DENOMINATOR and category == EACH and side.source == "units"):
            yield f"{side.source} 没有列“{column}”", "该表的列名", f"{side.source} has no column {column!r}"
    if side.total and side.total not in _items(side.source, sources):
        yield f"合计行“{side.total}”不存在", "forms.csv 中的 item", f"unknown item {side.total!r}"
    for condition in side.conditions:
        yield from _faults_of_condition(side.source, condition, category, fields, sources)


def _faults_of_operation(side: Side) -> Iterator[tuple[str, str, str]]:
    if side.operation in SPECIAL:
        return
    least, most = _COLUMNS.get(side.operation, (0, 0))
    if side.operation == "constant":
        yield "constant 只用于 threshold", "threshold", "a constant is a threshold"
    elif not least <= len(side.columns) <= most:
        yield (
            f"{side.operation} 的列数为 {len(side.columns)}",
            f"{least} 至 {most} 列",
            f"{side.operation} takes {least} to {most} columns",
        )
    if side.operation in ("union", "among", "sum_of_min", "sum_of_product") and side.source not in ONE_FIGURE:
        yield (
            f"{side.source} 不能用 {side.operation}",
            "、".join(ONE_FIGURE),
            f"{side.operation} needs a form with printed lines",
        )
    if side.divided_by and side.operation != "sum_of_product":
        yield f"{side.operation} 不能有 divided_by", "只有 sum_of_product 可以", "only sum_of_product is divided"


def _faults_of_condition(
    source: str, condition: Condition, category: str, fields: Mapping[str, _Field], sources: Sources
) -> Iterator[tuple[str, str, str]]:
    role = ROLES.get(source)
    known: frozenset[str] | None
    if condition.column == role and role:
        known = _items(source, sources) | frozenset({ROW_CATEGORY} if category == EACH else ())
    elif condition.column == "nature" and source == "participation":
        known = frozenset(NATURES)
    elif condition.column not in fields:
        yield f"{source} 没有列“{condition.column}”", "该表的列名", f"{source} has no column {condition.column!r}"
        return
    else:
        known = _values(condition, fields, fields[condition.column])
    for value in condition.values:
        if known is not None and value not in known:
            choices = "、".join(sorted(known))
            yield f"“{condition.column}”没有值“{value}”", choices, f"{condition.column} has no value {value!r}"


def _values(condition: Condition, fields: Mapping[str, _Field], field: _Field) -> frozenset[str] | None:
    """What may stand on the right; null where any number may."""
    if field.type == "date":
        return frozenset(DAYS) | {name for name, other in fields.items() if other.type == "date"}
    if field.type in ("list", "yes_no"):
        return frozenset() if condition.op in ORDERED else field.codes
    if field.type == "text":
        return frozenset()
    plain = all(value.replace(".", "", 1).isdigit() for value in condition.values)
    return None if plain else frozenset({"数 number"})


def columns_of(source: str, sources: Sources) -> Mapping[str, _Field]:
    """The columns of a source: the measures of its form, with the item before it where a line has it twice."""
    form, blocks = SOURCES[source]
    rows = [row for row in sources.rows("forms") if row.text("form") == form and row.text("block") in blocks]
    measures = [(row.text("item"), row.text("measure")) for row in rows]
    found = {}
    for row in rows:
        item, measure = row.text("item"), row.text("measure")
        several = len({pair for pair in measures if pair[1] == measure}) > 1
        name = f"{item}_{measure}" if several and source not in ONE_FIGURE else measure
        found[name] = _Field(row.text("type"), frozenset(row.codes("codes")))
    return found


def _items(source: str, sources: Sources) -> frozenset[str]:
    form, blocks = SOURCES[source]
    return frozenset(
        row.text("item") for row in sources.rows("forms") if row.text("form") == form and row.text("block") in blocks
    )
