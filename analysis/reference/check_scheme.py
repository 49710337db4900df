"""What can be wrong in the tables of a scheme: points, sources, rules and classes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isclose

from analysis.reference import Reference
from analysis.reference.cells import parse_items
from analysis.reference.definitions import EACH
from analysis.reference.rows import DataTable, Fault, Row, Settings, fault_at
from analysis.reference.scheme_types import CHOSEN, DEDUCTIONS, LINEAR_RULES, PEOPLE, Source
from analysis.reference.source_text import EXPECTED, parse_source

WHOLE = 100.0
SINGLE_FORMS = ("F1", "F4", "F7")  # those with one cell for each field
MONEY_OR_BLOOD = ("amount", "ml")
QUALITY = ("n_open", "n_returned", "n_contradictions", "days_late", "quality_index")
PASSING = {"name", "keep"}
OF_HOLDER = {"new": ("name", "refuse"), "titled": ("keep", "rectify", "withdraw")}
LOWER = "lower"  # of an indicator: less is better
NEEDS_A_VALUE = ("rate", "numerator", "count", "share", "yes", "yescount", "any")
DESCRIBED_ONLY = ("giving", "blood")  # natures that the law keeps from being scored
NUMBERED = (*LINEAR_RULES, *DEDUCTIONS[:2])
SAY_PEOPLE = ("survey", "share")  # sources of which the scheme alone can say that they are shares of people


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
        yield from source_faults(items.path, row, codes, reference)
        yield from _rule_faults(items.path, row)
        yield from _direction_faults(items.path, row, reference)
        if not set(parse_items(row.extra("chosen"))) <= set(CHOSEN):
            yield fault_at(
                items.path, row, f"chosen“{row.extra('chosen')}”", "、".join(CHOSEN), "更正", f"chosen {row.extra('chosen')!r}"
            )  # fmt: skip
        yield from _group_faults(row, items)
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


def source_faults(path: str, row: Row, codes: set[str], reference: Reference) -> Iterator[Fault]:
    """A source that cannot be read, or names what does not exist; `codes` are the items of the scheme."""
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
    if rule in LINEAR_RULES and (low is None or high is None or low == high):
        yield fault_at(
            path, row, f"起点 {low},满分点 {high}", "两个不同的数", "补填 low 和 high", f"{rule} needs low and high, found {low}, {high}"
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


def _direction_faults(path: str, row: Row, reference: Reference) -> Iterator[Fault]:
    """A floor above the full mark is for what is better lower; shares of a survey lie between 0 and 1."""
    low, high = row.optional_number("low"), row.optional_number("high")
    if row.text("rule") not in LINEAR_RULES or low is None or high is None:
        return
    kind, _, name = row.text("source").partition(":")
    indicator = reference.indicators.get(name.partition(":")[0]) if kind in ("rate", "numerator") else None
    falls = indicator is not None and indicator.direction == LOWER
    if (high < low) != falls and low != high:
        zh, english = ("越低越好,起点高于满分点", "falls") if falls else ("越高越好,起点低于满分点", "rises")
        yield fault_at(
            path, row, f"起点 {low:g},满分点 {high:g}", zh, "更正 low 和 high",
            f"floor {low:g} and full mark {high:g}: this value {english} to its full mark",
        )  # fmt: skip
    of_people = kind in SAY_PEOPLE or (kind == "rate" and (indicator is None or indicator.share_of_people))
    if row.text("rule") == PEOPLE and not of_people:
        yield fault_at(
            path, row, f"规则 people,来源 {row.text('source')}", "人数占比", "改为 linear",
            f"{row.text('source')} is no share of people, so no people are rounded: linear",
        )  # fmt: skip
    shares = kind in ("survey", "share", "panel") or (
        kind == "rate" and indicator is not None and indicator.unit == "%"
    )
    if shares and not (0 <= low <= 1 and 0 <= high <= 1):
        yield fault_at(
            path, row, f"起点 {low:g},满分点 {high:g}", "0—1 之间的比例", "更正", f"{low:g} to {high:g} is no share of 0 to 1"
        )  # fmt: skip


def _group_faults(row: Row, items: DataTable) -> Iterator[Fault]:
    """The items of a group are scored on their own, and bring points to the same units."""
    kind, _, start = row.text("source").partition(":")
    if kind != "group":
        return
    own = [other for other in items.sound if other.text("item").startswith(start)]
    wrong = [
        other.text("item") for other in own if other.text("source").startswith("group:") or other.number("full") <= 0
    ]
    if wrong:
        yield fault_at(
            items.path, row, f"{'、'.join(wrong)} 也在 {start} 之中", "自身计分的考评项", "更正", f"the group {start!r} holds {wrong[0]}, no item with points of its own"
        )  # fmt: skip
    if own and not any(other.text("applies") in ("all", row.text("applies")) for other in own):
        yield fault_at(
            items.path, row, f"{start} 各项不适用于 {row.text('applies')}", "同样适用的考评项", "更正", f"no item of the group {start!r} applies to {row.text('applies')} units"
        )  # fmt: skip


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
        if row.text("class") not in OF_HOLDER[row.text("holder")]:
            yield fault_at(
                table.path, row, f"{row.text('holder')} 的 {row.text('class')}", "、".join(OF_HOLDER[row.text("holder")]), "更正",
                f"{row.text('holder')} units cannot get the class {row.text('class')!r}",
            )  # fmt: skip
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
