"""What `civility trace --cell` prints: what became of the cell, and every figure that it touches."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.commands.trace_cells import CellTrace
from analysis.commands.trace_words import Record, answer_line, query_line, rate_line, shown
from analysis.reference import Reference

_COUNTING = ("accepted", "quarantined")


def cell_lines(trace: CellTrace, cell: tuple[str, str, str], reference: Reference, lang: str) -> list[str]:
    """Lines for people about one cell."""
    return [
        " ".join(part for part in (str(trace.submission["file"]), *cell[1:]) if part),
        f"  {_file_words(trace.submission, reference, lang)}",
        f"  {_role_words(trace, reference, lang)}",
        *(f"  {line}" for line in _facts(trace)),
        *(f"  {query_line(query, lang)}" for query in trace.queries.to_dict("records")),
        *(f"  {answer_line(entry, reference)}" for entry in trace.answers),
        *(f"  {line}" for line in _figures(trace, reference, lang)),
    ]


def _rule_words(rule: object, reference: Reference, lang: str) -> str:
    if not isinstance(rule, str) or not rule:
        return ""
    found = reference.rule(rule)
    return f" {rule} {found.name_zh if lang == 'zh' else found.name_en}"


def _file_words(submission: Record, reference: Reference, lang: str) -> str:
    state = f"文件 file: {submission['state']}{_rule_words(submission['rule'], reference, lang)}"
    if submission["state"] in _COUNTING:
        return state
    return f"{state}  (该文件未采用,其中的数不计入 | the file does not count)"


def _role_words(trace: CellTrace, reference: Reference, lang: str) -> str:
    row = trace.ledger
    if row is None:
        counted = trace.submission["state"] in _COUNTING
        return "空白 blank" if counted else "未登记 no ledger of this file"
    label = reference.label(str(row["role"]), "role")
    name = label.zh if lang == "zh" else label.en
    return f"作用 role: {row['role']} {name}{_rule_words(row['rule'], reference, lang)}"


def _facts(trace: CellTrace) -> Iterator[str]:
    if trace.facts.empty:
        yield "这个单元格没有数据 | no fact in this cell"
    for fact in trace.facts.to_dict("records"):
        text = fact["text"] if isinstance(fact["text"], str) and fact["text"] else ""
        bounds = (
            ""
            if shown(fact["low"]) == shown(fact["high"]) == "—"
            else f" [{shown(fact['low'])}, {shown(fact['high'])}]"
        )
        field = f"{fact['item']}.{fact['measure']}" if fact["item"] else str(fact["measure"])
        rule = f" {fact['rule']}" if isinstance(fact["rule"], str) and fact["rule"] else ""
        line = f" 第{fact['row']}行" if fact["row"] else ""
        yield f"{fact['form']}{line} {field} = {text or shown(fact['value'])}{bounds}  “{fact['raw']}”  {fact['status']}{rule}"


def _figures(trace: CellTrace, reference: Reference, lang: str) -> Iterator[str]:
    for table, key, column, value in dict.fromkeys(trace.entries):
        said = value if isinstance(value, str) else shown(value)
        yield f"→ {table}  {key}  {column} = {said}"
    for rate in trace.rates.to_dict("records"):
        yield f"→ {rate['unit_code']} {rate_line(rate, reference, lang)}"
    for row in trace.compared.to_dict("records"):
        category = row["category"] if isinstance(row["category"], str) else ""
        yield f"→ comparison  {row['unit_code']} {row['indicator']} {category} = {row['class']}"
    for row in trace.city.to_dict("records"):
        category = row["category"] if isinstance(row["category"], str) else ""
        group = row.get("peer_group") or ""
        place = f"同类组 group {group}" if group else "全市 city"
        known = "pooled_rate" if shown(row["denominator"]) != "—" else "numerator"  # a count has a total alone
        figure = shown(row[known])
        yield (
            f"→ {place}  {row['indicator']} {category} = {figure} "
            f"({shown(row['numerator'])}/{shown(row['denominator'])}, {row['n_counted']} 个单位 units)"
        )
