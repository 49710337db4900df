"""`docs/method.md`: every indicator, formula, threshold and decision with its source, made from the reference data.

Nothing of it is typed twice. The words around it stand in `phrases.csv` (`method.*`).
"""

from __future__ import annotations

from pathlib import Path

from analysis.present.markdown import code, document, heading, paragraph, phrase, table, title
from analysis.present.method_data import GROUPS, Formula, MethodData, load_method_data
from analysis.present.method_indicators import indicator_lines
from analysis.present.method_scheme import scheme_lines
from analysis.reference import Reference, load_reference, years_with_reference
from analysis.reference.rows import Row

Lines = list[str]


def method_text(data_dir: Path, docs_dir: Path) -> str:
    """The document, by the newest year of the reference data; raises ReferenceFault when a file of it is at fault."""
    year = max(years_with_reference(data_dir))
    reference = load_reference(data_dir, year)
    data = load_method_data(data_dir, docs_dir, year, reference.indicators)
    return document(
        [
            *heading(1, "method.title"),
            *paragraph("method.made", year=year),
            *indicator_lines(reference, data),
            *_small_numbers(reference),
            *_formulas(data),
            *_gates(reference),
            *_thresholds(data, year),
            *_decisions(data),
            *_breaks(data),
            *_simulations(data),
            *scheme_lines(data_dir, reference),
            *heading(2, "method.trace"),
            *paragraph("method.trace_text"),
        ]
    )


def _small_numbers(reference: Reference) -> Lines:
    limits = reference.thresholds
    few, small = limits["small_n_counts_only"], limits["small_n_marked"]
    shown = {"few": f"{few:g}", "last": f"{small - 1:g}", "small": f"{small:g}"}
    rows = []
    for name in ("counts_only", "marked", "full"):
        size, how = phrase(f"method.small.{name}_size", **shown), phrase(f"method.small.{name}", **shown)
        rows.append((size.zh, how.zh, how.en))
    return [
        *heading(2, "method.small_numbers"),
        *paragraph("method.small_text", confidence=f"{limits['confidence']:.0%}"),
        *table(("denominator", "chinese", "english"), rows),
    ]


def _formulas(data: MethodData) -> Lines:
    lines = [*heading(2, "method.formulas"), *paragraph("method.formulas_text")]
    for group in GROUPS:
        own = [formula for formula in data.formulas if formula.group == group]
        if own:
            lines += heading(3, f"method.group.{group}")
            if group == "screening":
                lines += paragraph("method.screening_text")
            lines += [line for formula in own for line in _formula(formula)]
    return lines


def _formula(formula: Formula) -> Lines:
    source = phrase("method.item.source")
    return [
        *title(4, f"{formula.name_zh} ({code(formula.code)})", formula.name_en),
        code(formula.formula),
        "",
        f"- {code(formula.function)}",
        f"- {source.zh} {source.en}: {formula.source}",
        f"- {formula.limits_zh} *{formula.limits_en}*",
        "",
    ]


def _gates(reference: Reference) -> Lines:
    rules = [rule for (_, case), rule in sorted(reference.rules.items()) if rule.rule.startswith("G") and not case]
    rows = [(rule.rule, code(rule.treatment), rule.name_zh, rule.name_en) for rule in rules]
    return [*heading(2, "method.gates"), *table(("rule", "treatment", "chinese", "english"), rows)]


def _thresholds(data: MethodData, year: int) -> Lines:
    rows = [
        (code(row.text("name")), f"{row.number('value'):g}", row.text("unit"), row.text("source"), row.extra("note"))
        for row in data.thresholds
    ]
    return [
        *heading(2, "method.thresholds"),
        *paragraph("method.thresholds_text", year=year),
        *table(("name", "value", "unit", "source", "note"), rows),
    ]


def _decisions(data: MethodData) -> Lines:
    rows = [
        (f"{row.text('point_zh')} {row.text('point_en')}", *_texts(row, "decided_zh", "decided_en", "source"))
        for row in data.decisions
    ]
    return [
        *heading(2, "method.decisions"),
        *paragraph("method.decisions_text"),
        *table(("point", "chinese", "english", "source"), rows),
    ]


def _texts(row: Row, *columns: str) -> tuple[str, ...]:
    return tuple(row.text(column) for column in columns)


def _breaks(data: MethodData) -> Lines:
    """Changes of definition and units that are not compared, as far as the reference data have them."""
    changes = [
        (" ".join((line["indicator"], line["category"])), line["first_year"], line["what_zh"], line["what_en"])
        for line in data.plain["definition_breaks"]
    ]
    apart = [(line["unit_code"], line["category"], line["why"]) for line in data.plain["not_compared"]]
    lines = [*heading(2, "method.breaks"), *table(("indicator", "first_year", "chinese", "english"), changes)]
    return [*lines, *heading(3, "method.not_compared"), *table(("unit_code", "category", "why"), apart)]


def _simulations(data: MethodData) -> Lines:
    rows = [
        _texts(row, "name", "setting", "measure", "value", "standard_error", "required") for row in data.simulations
    ]
    if not rows:
        return []
    return [
        *heading(2, "method.simulations"),
        *paragraph("method.simulations_text"),
        *table(("name", "setting", "measure", "value", "standard_error", "required"), rows),
    ]
