"""What can be wrong in the files of a scheme: points, sources, rules, classes and the settings of the term."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import isclose
from typing import TypeGuard

from analysis.reference import Reference
from analysis.reference.definitions import EACH
from analysis.reference.rows import DataTable, Fault, Row, Settings, fault_at
from analysis.reference.scheme_types import DEDUCTIONS, Source
from analysis.reference.source_text import EXPECTED, parse_source

WHOLE = 100.0
SINGLE_FORMS = ("F1", "F4", "F7")  # those with one cell for each field
MONEY_OR_BLOOD = ("amount", "ml")
QUALITY = ("n_open", "n_returned", "n_contradictions", "days_late", "quality_index")
PASSING = {"name", "keep"}
NEEDS_A_VALUE = ("rate", "numerator", "count", "share", "yes", "yescount", "any")
DESCRIBED_ONLY = ("giving", "blood")  # natures that the law keeps from being scored
NUMBERED = ("linear", *DEDUCTIONS[:2])
MAY_BE_LEFT_OUT = ("entry.withdrawn_ban_years", "uncertainty.draws_most")


def parts_faults(table: DataTable) -> Iterator[Fault]:
    """Base parts make 100 points together; deductions bring none."""
    rows = table.sound
    base = [row for row in rows if row.text("kind") == "base"]
    total = sum(row.number("full") for row in base)
    if base and not isclose(total, WHOLE):
        yield fault_at(
            table.path, base[-1], f"各部分满分之和为 {total:g}", f"{WHOLE:g}", "更正各部分的满分",
            f"the base parts add up to {total:g}, not {WHOLE:g}",
        )  # fmt: skip
    for row in rows:
        full = row.number("full")
        if full < 0 or (row.text("kind") == "deduction") != (full == 0):
            yield fault_at(
                table.path, row, f"满分 {full:g}", "扣分部分为 0,其余大于 0", "更正", f"full {full:g} in a {row.text('kind')} part"
            )  # fmt: skip


def items_faults(items: DataTable, parts: DataTable, reference: Reference) -> Iterator[Fault]:
    """Points that do not add up, sources and references that do not exist, rules without their numbers."""
    full = {row.text("part"): row.number("full") for row in parts.sound}
    codes = {row.text("item") for row in items.rows}
    for row in items.sound:
        if parts.readable and row.text("part") not in full:
            yield fault_at(
                items.path, row, f"部分“{row.text('part')}”不存在", "parts.csv 中的部分", "更正", f"no part {row.text('part')!r}"
            )  # fmt: skip
        yield from _source_faults(items.path, row, codes, reference)
        yield from _rule_faults(items.path, row)
        yield from _undefined_faults(items.path, row, items)
    for holder in ("titled", "untitled"):
        for part, points in full.items():
            own = [row for row in items.sound if row.text("part") == part and row.text("applies") in ("all", holder)]
            total = sum(row.number("full") for row in own)
            if own and not isclose(total, points, abs_tol=1e-9):
                yield fault_at(
                    items.path, own[-1], f"{part} 各项之和为 {total:g}({holder})", f"{points:g}", "更正各项分值",
                    f"the items of {part} add up to {total:g} for {holder} units, not {points:g}",
                )  # fmt: skip


def _source_faults(path: str, row: Row, codes: set[str], reference: Reference) -> Iterator[Fault]:
    text = row.text("source")
    try:
        source = parse_source(text)
    except ValueError as error:
        yield fault_at(path, row, f"来源“{text}”", EXPECTED, "更正", f"cannot read the source {error}")
        return
    for wrong, zh, english in _unknown(source, codes, reference):
        yield fault_at(
            path, row, f"来源“{text}”中的 {wrong} {zh}", EXPECTED, "更正", f"source {text!r}: {wrong} {english}"
        )


def _unknown(source: Source, codes: set[str], reference: Reference) -> Iterator[tuple[str, str, str]]:
    yield from _unknown_indicator(source, reference)
    yield from _unknown_fields(source, reference)
    if source.kind == "quality" and source.name not in QUALITY:
        yield source.name, "不是数据质量表的列", "is no column of the table quality"
    if source.kind == "group" and not any(code.startswith(source.name) for code in codes):
        yield source.name, "没有这样开头的考评项", "begins no item"


def _unknown_indicator(source: Source, reference: Reference) -> Iterator[tuple[str, str, str]]:
    if source.kind in ("rate", "numerator"):
        indicator = reference.indicators.get(source.name)
        if indicator is None or not indicator.computed:
            yield source.name, "不是已计算的指标", "is no indicator that is computed"
        elif not indicator.scored:
            yield source.name, "按规定不计分", "may not be scored (indicators.csv)"
        natures = {category.code: category.nature for category in reference.categories}
        if set(DESCRIBED_ONLY) & set(natures.get(source.category, ())):
            yield source.category, "涉及捐款或献血,不得计分", "is giving or blood, which brings no points"
        if indicator is not None and not _has_row(source.name, source.category, reference):
            yield f"{source.name}:{source.category}", "没有这一行", "is no row of definitions.csv"


def _unknown_fields(source: Source, reference: Reference) -> Iterator[tuple[str, str, str]]:
    types = {(field.form, field.item, field.measure): field.type for field in reference.fields}
    for field in source.fields:
        name = f"{field.form}:{field.item}.{field.measure}"
        kind = types.get((field.form, field.item, field.measure))
        if kind is None or field.form not in SINGLE_FORMS:
            yield name, "不是表1、表4、表7中的指标", "is no field of F1, F4 or F7"
        elif kind in MONEY_OR_BLOOD:
            yield name, "涉及捐款或献血,不得计分", "is money or blood, which brings no points"


def _has_row(indicator: str, category: str, reference: Reference) -> bool:
    rows = {definition.category for definition in reference.definitions.get(indicator, ())}
    each = {one.code for one in reference.categories if one.counts_in_breadth} if EACH in rows else set()
    return category in rows - {EACH} or category in each


def _rule_faults(path: str, row: Row) -> Iterator[Fault]:
    rule, low, high, full = (
        row.text("rule"),
        row.optional_number("low"),
        row.optional_number("high"),
        row.number("full"),
    )
    if rule == "linear" and (low is None or high is None or low == high):
        yield fault_at(
            path, row, f"起点 {low},满分点 {high}", "两个不同的数", "补填 low 和 high", f"linear needs low and high, found {low}, {high}"
        )  # fmt: skip
    if rule in DEDUCTIONS and (high is None or high >= 0 or full != 0):
        yield fault_at(
            path, row, f"扣分项满分 {full:g}、扣 {high}", "满分 0,high 小于 0", "更正", f"a deduction has full 0 and high below 0, found {full:g}, {high}"
        )  # fmt: skip
    if rule in ("below", "from") and low is None:
        yield fault_at(path, row, "没有 low", "扣分的界限", "补填", f"{rule} needs low")
    if rule not in DEDUCTIONS and full <= 0:
        yield fault_at(path, row, f"满分 {full:g}", "大于 0", "更正", f"full must be above 0, found {full:g}")
    if rule in ("yes", "share", "scaled", "yes_deducts") and low is not None:
        yield fault_at(path, row, f"规则 {rule} 不用 low", "空白", "删去", f"{rule} takes no low")


def _undefined_faults(path: str, row: Row, items: DataTable) -> Iterator[Fault]:
    said = row.text("when_undefined")
    kind, _, target = said.partition(":")
    if kind not in ("wait", "zero", "move", "panel") or (kind in ("move", "panel")) != bool(target):
        yield fault_at(
            path, row, f"无法计算时“{said}”", "wait、zero、move:项目 或 panel:代码", "更正", f"when_undefined {said!r}"
        )  # fmt: skip
    if said == "wait" and row.text("source").partition(":")[0] in NEEDS_A_VALUE:
        yield fault_at(
            path, row, "无法计算时 wait", "zero、move:项目 或 panel:代码", "更正(报表已答复的,没有什么可等)",
            "wait is for what people fill in: a value that cannot be computed has no question to answer",
        )  # fmt: skip
    if kind != "move":
        return
    others = {other.text("item"): other for other in items.sound}
    found = others.get(target)
    reach = found is not None and found.text("applies") in ("all", row.text("applies"))
    if found is None or found is row or not reach or found.text("part") != row.text("part"):
        yield fault_at(
            path, row, f"分值移到“{target}”", "同一部分的另一项", "更正", f"points move to {target!r}, which is no other item of the part"
        )  # fmt: skip
    elif found.text("when_undefined").startswith("move:"):
        yield fault_at(
            path, row, f"“{target}”的分值又移到别处", "不再移动的一项", "更正", f"points move to {target!r}, which moves on"
        )  # fmt: skip


def bands_faults(table: DataTable, settings: Settings) -> Iterator[Fault]:
    """For each level and holder the classes cover every total from 0 on, without overlap or gap."""
    levels = settings.entries.get("levels")
    for row in table.sound:
        if isinstance(levels, list) and row.text("level") not in levels:
            yield fault_at(
                table.path, row, f"级别“{row.text('level')}”", "term.toml 的 levels 之一", "更正", f"no level {row.text('level')!r}"
            )  # fmt: skip
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in table.sound:
        groups.setdefault((row.text("level"), row.text("holder")), []).append(row)
    yield from _missing_lines(table, groups, levels)
    for (level, holder), rows in groups.items():
        ordered = sorted(rows, key=lambda row: row.number("from"))
        edge: float | None = 0.0
        for row in ordered:
            start, below = row.number("from"), row.optional_number("below")
            if edge is None or start != edge or (below is not None and below <= start):
                where = "无上限" if edge is None else f"{edge:g}"
                yield fault_at(
                    table.path, row, f"{level} {holder} 从 {start:g} 起", f"紧接上一档({where})", "更正 from 或 below",
                    f"{level}, {holder}: the class from {start:g} overlaps the one before or leaves a gap",
                )  # fmt: skip
            edge = below
        if edge is not None:
            yield fault_at(
                table.path, ordered[-1], f"{level} {holder} 到 {edge:g} 为止", "最高一档不设上限", "删去 below",
                f"{level}, {holder}: nothing above {edge:g}",
            )  # fmt: skip


def _missing_lines(table: DataTable, groups: Mapping[tuple[str, str], list[Row]], levels: object) -> Iterator[Fault]:
    """Levels without a line from which a unit is named or kept."""
    for level, holder in (
        (level, holder) for level in (levels if isinstance(levels, list) else ()) for holder in ("new", "titled")
    ):
        results = {row.text("class") for row in groups.get((level, holder), ())}
        if groups and not results & PASSING:
            yield Fault(
                table.path, 0, f"{level} {holder} 没有命名或保留的分数线", "每个级别新申报、已命名各有分数线", "补上",
                f"{level}, {holder}: no line from which a unit is named or kept",
            )  # fmt: skip


def term_faults(settings: Settings, term: int) -> Iterator[Fault]:
    """Settings that are missing or cannot be."""
    tests: dict[str, tuple[Callable[[object], bool], str]] = {
        "number": (lambda value: value == term, str(term)),
        "years": (_is_run_of_years, "连续的年度"),
        "year_weights": (lambda value: _add_up(value, settings.entries.get("years")), "与年度一一对应、和为 1"),
        "assessed_in": (lambda value: isinstance(value, int), "年份"),
        "levels": (_are_codes, "级别代码,由高到低"),
        "named_here": (
            lambda value: _are_codes(value) and set(value) <= set(settings.entries.get("levels", ())),
            "levels 中的级别",
        ),
        "scheme_version": (lambda value: isinstance(value, str) and bool(value), "版本号"),
        "entry.least_age_years": (lambda value: isinstance(value, int) and value >= 0, "不小于 0 的整数"),
        "top.share": (_is_share, "0—1"),
        "top.from_points": (lambda value: isinstance(value, int | float) and 0 <= value <= WHOLE, "0—100"),
        "uncertainty.draws": (lambda value: isinstance(value, int) and value >= 100, "不小于 100 的整数"),
        "uncertainty.weight_noise": (lambda value: _is_share(value) and value != 0, "大于 0、不大于 1"),
        "uncertainty.seed": (lambda value: isinstance(value, int), "整数"),
        "uncertainty.borderline": (_is_share, "0—1"),
        "peers.median_min_units": (lambda value: isinstance(value, int) and value >= 3, "不小于 3 的整数"),
        "entry.withdrawn_ban_years": (lambda value: isinstance(value, int) and value >= 0, "不小于 0 的整数"),
        "uncertainty.draws_most": (lambda value: isinstance(value, int) and value >= 100, "不小于 100 的整数"),
    }
    if settings.faults:
        return
    for name, (is_right, expected) in tests.items():
        section, _, entry = name.rpartition(".")
        place = settings.entries.get(section, {}) if section else settings.entries
        value = place.get(entry) if isinstance(place, dict) else None
        if value is None and name in MAY_BE_LEFT_OUT:
            continue
        if value is None or not is_right(value):
            line = settings.lines.get(name, 0)
            yield Fault(settings.path, line, f"{name} = {value}", expected, "更正", f"{name} = {value!r}")


def _are_codes(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and bool(value) and all(isinstance(code, str) and code for code in value)


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and 0 <= value <= 1


def _is_run_of_years(value: object) -> bool:
    if not isinstance(value, list) or not value or not all(isinstance(year, int) for year in value):
        return False
    return value == list(range(value[0], value[0] + len(value)))


def _add_up(value: object, years: object) -> bool:
    if not isinstance(value, list) or not isinstance(years, list) or len(value) != len(years):
        return False
    return all(isinstance(part, int | float) and part >= 0 for part in value) and isclose(sum(value), 1.0)
