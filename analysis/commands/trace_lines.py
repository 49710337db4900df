"""What `civility trace` prints: a figure and, line by line, the cells that it is made of."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.commands.trace import Figure, trace_cell, trace_figures
from analysis.etl.names import CategoryNames, UnitNames
from analysis.etl.store import StoreFault, read_table
from analysis.reference import Reference, load_reference

_TABLES = ("facts", "queries", "rates")


def trace_lines(
    data_dir: Path,
    year: int,
    unit: str | None,
    category: str | None,
    measure: str | None,
    cell: tuple[str, str, str] | None,
    lang: str,
) -> list[str]:
    """Lines for people. Raises ReferenceFault or StoreFault when the year is not there."""
    reference = load_reference(data_dir, year)
    tables = {name: read_table(data_dir, year, name) for name in _TABLES}
    if cell is not None:
        return _cell_lines(tables, reference, cell, lang)
    unit_code = _unit_code(unit or "", reference)
    chosen = _category_code(category, reference) if category else None
    figures = trace_figures(tables, reference, unit_code, chosen, measure)
    title = f"{year} {unit_code} {reference.unit(unit_code).short_name}"
    if not figures:
        return [title, "没有这样的比率 | no such rate"]
    return [title, *(line for figure in figures for line in _figure_lines(figure, reference, lang))]


def _unit_code(text: str, reference: Reference) -> str:
    names = UnitNames(reference)
    found = names.code_inside(text) or names.resolve(text).code
    if found is None:
        near = "、".join(names.resolve(text).suggestions)
        raise StoreFault(f"没有单位“{text}”;相近的有:{near or '无'} | no unit of that name or code")
    return found


def _category_code(text: str, reference: Reference) -> str:
    codes = {category.code for category in reference.categories}
    found = text if text in codes else CategoryNames(reference).resolve(text).text
    if found is None:
        raise StoreFault(f"没有类别“{text}”;可用:{'、'.join(sorted(codes))} | no such category")
    return found


def _figure_lines(figure: Figure, reference: Reference, lang: str) -> list[str]:
    rate = figure.rate
    label = reference.indicators[rate["indicator"]]
    name = label.zh if lang == "zh" else label.en
    category = rate["category"] if isinstance(rate["category"], str) and rate["category"] else None
    if category:
        words = reference.category(category)
        name += f" · {words.zh if lang == 'zh' else words.en}"
    lines = [f"{rate['indicator']} {name}: {_rate_words(rate)}"]
    lines += _side_lines("分子 numerator", rate["numerator"], figure.numerator)
    lines += _side_lines("分母 denominator", rate["denominator"], figure.denominator)
    message = "message_zh" if lang == "zh" else "message_en"
    for query in figure.queries.to_dict("records"):
        place = " ".join(str(query[part]) for part in ("file", "sheet", "cell") if isinstance(query[part], str))
        lines.append(f"  待核 open  {place}  {query['rule']}  {query[message]}")
    return lines


def _rate_words(rate: pd.Series) -> str:
    if pd.isna(rate["rate"]):
        return str(rate["status"])
    limits = "" if pd.isna(float(rate["ci_low"])) else f" ({rate['ci_low']:.1%}—{rate['ci_high']:.1%})"
    return f"{rate['rate']:.1%}{limits}  {rate['status']}"


def _shown(number: object) -> str:
    """A number without needless digits, a dash for none."""
    return "—" if number is None or number != number or number is pd.NA else f"{float(str(number)):g}"


def _side_lines(name: str, figure: object, facts: pd.DataFrame) -> list[str]:
    lines = [f"  {name} = {_shown(figure)}"]
    for fact in facts.to_dict("records"):
        value = _shown(fact["value"])
        rule = f" {fact['rule']}" if isinstance(fact["rule"], str) and fact["rule"] else ""
        field = f"{fact['item']}.{fact['measure']}" if fact["item"] else fact["measure"]
        lines.append(
            f"    {value:>6}  {fact['file']}  {fact['sheet']}!{fact['cell']}  “{fact['raw']}”  "
            f"{field}  {fact['status']}{rule}"
        )
    return lines


def _cell_lines(
    tables: dict[str, pd.DataFrame], reference: Reference, cell: tuple[str, str, str], lang: str
) -> list[str]:
    facts, rates = trace_cell(tables, reference, *cell)
    lines = [" ".join(cell)]
    if facts.empty:
        return [*lines, "这个单元格没有数据 | no fact in this cell"]
    for fact in facts.to_dict("records"):
        value = fact["text"] if isinstance(fact["text"], str) and fact["text"] else fact["value"]
        lines.append(f"  {fact['item']}.{fact['measure']} = {value}  “{fact['raw']}”  {fact['status']}")
    for _, rate in rates.iterrows():
        label = reference.indicators[rate["indicator"]]
        name = label.zh if lang == "zh" else label.en
        category = rate["category"] if isinstance(rate["category"], str) else ""
        lines.append(f"  → {rate['unit_code']} {rate['indicator']} {name} {category}: {_rate_words(rate)}")
    return lines
