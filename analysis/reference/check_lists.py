"""What can be wrong between forms, categories, indicators, rules and labels."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from analysis.reference.build import plain
from analysis.reference.check_units import check_validity
from analysis.reference.rows import Fault, Row, fault_at
from analysis.reference.sources import Sources
from analysis.reference.specs import NATURES, SHOWN_TOTALS

RULE_CODE = re.compile(r"M\d\da?|G\d\d")
INDICATOR_CODE = re.compile(r"I\d\d")
PLACEHOLDERS = {"raw", "read_as", "field", "detail"}
FORM_KEY = ("form", "block", "item", "measure")


def check_lists(sources: Sources) -> Iterator[Fault]:
    """Every fault between these lists; a list that could not be read is not held against the others."""
    yield from check_validity(sources.tables["forms"].path, sources.rows("forms"), FORM_KEY)
    yield from _check_fields(sources)
    yield from _check_categories(sources)
    if sources.readable("categories"):
        yield from _check_category_aliases(sources)
    yield from _check_rules(sources)
    yield from _check_indicators(sources)
    if sources.readable("disclosure", "indicators", "categories"):
        yield from _check_disclosure(sources)
    if sources.readable("labels", "forms"):
        yield from _check_labels(sources)


def _check_fields(sources: Sources) -> Iterator[Fault]:
    """List fields without codes, and lists that disagree with the tables of their codes."""
    table = sources.tables["forms"]
    wanted = {
        "category": ("categories", "name_zh", "categories.csv"),
        "unit_kind": ("unit_kinds", "zh", "unit_kinds.csv"),
    }
    for row in table.sound:
        if (row.text("type") in ("list", "yes_no")) != bool(row.codes("codes")):
            yield fault_at(
                table.path, row, f"字段 {row.text('measure')} 的类型与 codes 不符", "list、yes_no 有 codes,其余没有", "更正",
                f"{row.text('measure')}: fields of type list and yes_no need codes, the others have none",
            )  # fmt: skip
        if row.text("type") == "list" and row.text("measure") in wanted:
            name, column, file = wanted[row.text("measure")]
            expected = {line.text("code"): line.text(column) for line in sources.tables[name].rows}
            if sources.readable(name) and dict(row.codes("codes")) != expected:
                yield fault_at(
                    table.path, row, f"字段 {row.text('measure')} 的 codes 与 {file} 不一致", f"与 {file} 相同", "更正其中一处",
                    f"codes of {row.text('measure')} differ from {file}",
                )  # fmt: skip


def _check_categories(sources: Sources) -> Iterator[Fault]:
    """Unknown denominators and natures, and bands that are no band."""
    table = sources.tables["categories"]
    headcounts = {row.text("measure") for row in sources.tables["forms"].rows if row.text("form") == "F1"}
    for row in table.sound:
        for key in (row.text("denominator"), *row.items("second_denominators")):
            if sources.readable("forms") and key not in headcounts:
                yield fault_at(
                    table.path, row, f"分母“{key}”不存在", "表1 的指标代码", "更正", f"unknown denominator {key!r}"
                )
        for nature in row.items("nature"):
            if nature not in NATURES:
                yield fault_at(
                    table.path, row, f"不认识的性质“{nature}”", "、".join(NATURES), "更正", f"unknown nature {nature!r}"
                )
        low, high = row.optional_number("band_low"), row.optional_number("band_high")
        if (low is None) != (high is None) or (low is not None and high is not None and not 0 <= low < high <= 1):
            yield fault_at(
                table.path, row, f"参考区间为 {low} 至 {high}", "0 到 1 之间的小数,下限小于上限,或都空", "更正",
                "the band must lie within 0 and 1, low below high, or be empty",
            )  # fmt: skip


def _check_category_aliases(sources: Sources) -> Iterator[Fault]:
    """Unknown codes, and words that would mean two categories once written in their plain form."""
    table = sources.tables["category_aliases"]
    known = sources.codes("categories")
    meanings: dict[str, tuple[str, ...]] = {
        plain(row.text(column)): (row.text("code"),)
        for row in sources.rows("categories")
        for column in ("name_zh", "traditional")
    }
    for row in table.sound:
        codes = row.items("code")
        for code in codes:
            if code not in known:
                yield fault_at(
                    table.path,
                    row,
                    f"类别代码“{code}”不存在",
                    "categories.csv 中的代码",
                    "更正",
                    f"unknown category {code!r}",
                )
        if (len(codes) > 1) != (row.text("kind") == "ambiguous"):
            yield fault_at(
                table.path, row, f"“{row.text('alias')}”的代码数与 kind 不符", "ambiguous 写两个以上代码,其余写一个",
                "更正 code 或 kind", "ambiguous needs two or more codes, the other kinds exactly one",
            )  # fmt: skip
        earlier = meanings.setdefault(plain(row.text("alias")), codes)
        if earlier != codes:
            yield fault_at(
                table.path, row, f"“{row.text('alias')}”有两种含义:{';'.join(earlier)} 和 {';'.join(codes)}", "一词一义",
                "删去一处,或标为 ambiguous", f"{row.text('alias')!r} means two things",
            )  # fmt: skip


def _check_rules(sources: Sources) -> Iterator[Fault]:
    """Codes that are none of ours, rules without a default line, and _placeholders that nothing fills."""
    table = sources.tables["rules"]
    defaults = {row.text("rule") for row in table.rows if not row.text("case")}
    for row in table.sound:
        if not RULE_CODE.fullmatch(row.text("rule")):
            yield fault_at(
                table.path,
                row,
                f"规则代码“{row.text('rule')}”",
                "如 M36、M60a、G05",
                "更正",
                "a rule code is like M36 or G05",
            )
        if row.text("rule") not in defaults:
            yield fault_at(
                table.path, row, f"规则 {row.text('rule')} 没有 case 为空的一行", "每条规则有一行默认说明", "补上该行",
                f"{row.text('rule')} has no default line (empty case)",
            )  # fmt: skip
        for column in ("message_zh", "message_en"):
            if not _placeholders(row, column) <= PLACEHOLDERS:
                yield fault_at(
                    table.path, row, f"列“{column}”中的占位符写错", "只用 {raw} {read_as} {field} {detail}", "更正",
                    f"{column}: only {{raw}} {{read_as}} {{field}} {{detail}} can be filled",
                )  # fmt: skip


def _placeholders(row: Row, column: str) -> set[str]:
    """Names between braces; a text that is no template gives one name that is not ours."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(row.text(column)) if name is not None}
    except ValueError:
        return {""}


def _check_indicators(sources: Sources) -> Iterator[Fault]:
    """Codes that are none of ours and gates that no rule explains."""
    table = sources.tables["indicators"]
    rules = sources.codes("rules", "rule")
    for row in table.sound:
        if not INDICATOR_CODE.fullmatch(row.text("code")):
            yield fault_at(
                table.path, row, f"指标代码“{row.text('code')}”", "如 I01", "更正", "an indicator code is like I01"
            )
        for gate in row.items("gates"):
            if sources.readable("rules") and gate not in rules:
                yield fault_at(
                    table.path, row, f"规则“{gate}”不存在", "rules.csv 中的代码", "更正", f"unknown gate {gate!r}"
                )


def _check_disclosure(sources: Sources) -> Iterator[Fault]:
    """Indicators and categories that do not exist, blood that is not protected, and indicators without a line."""
    table, codes, categories = sources.tables["disclosure"], sources.codes("indicators"), sources.codes("categories")
    blood = {row.text("code") for row in sources.rows("categories") if "blood" in row.items("nature")}
    for row in table.sound:
        indicator, category = row.text("indicator"), row.text("category")
        if indicator not in codes or (category and category not in categories):
            yield fault_at(
                table.path, row, f"指标或类别“{indicator} {category}”不存在", "indicators.csv 和 categories.csv 中的代码", "更正",
                f"unknown indicator or category {indicator!r} {category!r}",
            )  # fmt: skip
        for total in row.items("totals"):
            if total not in SHOWN_TOTALS:
                yield fault_at(
                    table.path,
                    row,
                    f"不认识的合计“{total}”",
                    "、".join(SHOWN_TOTALS),
                    "更正",
                    f"unknown total {total!r}",
                )
        if category in blood and row.text("protection") != "sensitive":
            yield fault_at(
                table.path,
                row,
                "献血的数字未按敏感数字保护",
                "protection 为 sensitive",
                "更正",
                "blood must be `sensitive`",
            )
    for row in sources.rows("indicators"):
        if row.text("code") not in sources.codes("disclosure", "indicator"):
            yield fault_at(
                sources.tables["indicators"].path, row, f"指标 {row.text('code')} 没有规定对外列示的保护方式",
                "disclosure.csv 中有该指标的一行", "在 disclosure.csv 中补上", "no line in disclosure.csv",
            )  # fmt: skip


def _check_labels(sources: Sources) -> Iterator[Fault]:
    """Codes of the forms that nobody could read in a table or chart."""
    table = sources.tables["forms"]
    labels = sources.codes("labels")
    for row in table.sound:
        pairs = [("measure", row.text("measure")), *((row.text("measure"), code) for code in row.codes("codes"))]
        pairs += [("item", row.text("item"))] if row.text("item") else []
        for kind, code in pairs:
            if f"{kind}.{code}" not in labels and code not in labels:
                yield fault_at(
                    table.path, row, f"代码“{code}”没有名称", f"labels.csv 中有 {kind}.{code} 或 {code}", "在 labels.csv 中补上",
                    f"no label for {code!r}; add {kind}.{code} to labels.csv",
                )  # fmt: skip
