"""What `civility trace` prints about a figure: its value and, line by line, the cells that it is made of."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis.commands.trace_cell_lines import cell_lines
from analysis.commands.trace_cells import answers_at, trace_cell
from analysis.commands.trace_words import Record, answer_line, query_line, rate_line, shown
from analysis.etl.names import CategoryNames, UnitNames
from analysis.etl.store import StoreFault, read_table
from analysis.etl.typed_tables import TYPED_TABLES
from analysis.measures.figure_cells import Figure, trace_facts, trace_figures
from analysis.reference import Reference, load_reference

_TABLES = ("submissions", "facts", "queries", "ledger", "units", "participation", "rates", *TYPED_TABLES)
_OPTIONAL = ("comparison", "group_rates")


def trace_lines(
    data_dir: Path,
    year: int,
    unit: str | None,
    category: str | None,
    measure: str | None,
    cell: tuple[str, str, str] | None,
    lang: str,
) -> list[str]:
    """Lines for people. Raises ReferenceFault or StoreFault when the year, unit, field or cell is not there."""
    reference = load_reference(data_dir, year)
    tables = {name: read_table(data_dir, year, name) for name in _TABLES}
    for name in _OPTIONAL:
        if (data_dir / "clean" / str(year) / f"{name}.parquet").is_file():
            tables[name] = read_table(data_dir, year, name)
    if cell is not None:
        return cell_lines(trace_cell(tables, reference, *cell), cell, reference, lang)
    unit_code = _unit_code(unit or "", reference)
    item, field = _item_and_measure(category, measure, reference)
    figures = trace_figures(tables, reference, unit_code, item, field)
    lines = [f"{year} {unit_code} {reference.unit(unit_code).short_name}"]
    for figure in figures:
        lines += _figure_lines(figure, reference, lang)
    if item or field:
        known = [side for figure in figures for side in (figure.numerator, figure.denominator)]
        other = trace_facts(tables["facts"], unit_code, item, field, pd.concat([tables["facts"].head(0), *known]))
        lines += ["其他数据 | other data", *_fact_lines(other, reference)] if not other.empty else []
    if len(lines) == 1:
        lines.append("没有这样的比率或数据 | no such rate and no such data")
    return lines


def _unit_code(text: str, reference: Reference) -> str:
    names = UnitNames(reference)
    found = names.code_inside(text) or names.resolve(text).code
    if found is None:
        near = "、".join(names.resolve(text).suggestions)
        raise StoreFault(f"没有单位“{text}”;相近的有:{near or '无'} | no unit of that name or code")
    return found


def _item_and_measure(category: str | None, measure: str | None, reference: Reference) -> tuple[str | None, str | None]:
    """Category or other item, and measure; a measure may stand in the place of the category."""
    measures = {entry.measure for entry in reference.fields} | {"hc_ever"}
    if measure and measure not in measures:
        raise StoreFault(f"没有指标字段“{measure}”;见 forms.csv 的 measure | no such measure")
    if not category:
        return None, measure
    items = {entry.item for entry in reference.fields} | {one.code for one in reference.categories}
    if category in items:
        return category, measure
    if category in measures and not measure:
        return None, category
    read = CategoryNames(reference).resolve(category)
    if read.text is None or read.case in ("unknown", "other"):
        codes = "、".join(one.code for one in reference.categories)
        raise StoreFault(f"没有类别“{category}”;可用:{codes} | no such category, item or measure")
    return read.text, measure


def _figure_lines(figure: Figure, reference: Reference, lang: str) -> list[str]:
    rate = figure.rate
    lines = [rate_line(rate.to_dict(), reference, lang)]
    lines.append(f"  分子 numerator = {shown(rate['numerator'])}")
    lines += _fact_lines(figure.numerator, reference)
    lines.append(f"  分母 denominator = {shown(rate['denominator'])}")
    lines += _fact_lines(figure.denominator, reference)
    return lines + [f"  {query_line(query, lang)}" for query in figure.queries.to_dict("records")]


def _fact_lines(facts: pd.DataFrame, reference: Reference) -> list[str]:
    return [line for fact in facts.to_dict("records") for line in _fact_line(fact, reference)]


def _fact_line(fact: Record, reference: Reference) -> Iterable[str]:
    text = fact.get("text")
    value = text if isinstance(text, str) and text else shown(fact["value"])
    rule = f" {fact['rule']}" if isinstance(fact["rule"], str) and fact["rule"] else ""
    field = f"{fact['item']}.{fact['measure']}" if fact["item"] else str(fact["measure"])
    yield (
        f"    {value:>6}  {fact['file']}  {fact['sheet']}!{fact['cell']}  “{fact['raw']}”  "
        f"{field}  {fact['status']}{rule}"
    )
    for entry in answers_at(reference, str(fact["file"]), str(fact["sheet"]), str(fact["cell"])):
        if entry.field in ("", field):
            yield f"            {answer_line(entry, reference)}"
