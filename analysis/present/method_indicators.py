"""The chapter of the written method on indicators: each with its words, its rules and how it is computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.present.markdown import code, heading, paragraph, phrase, table, title
from analysis.present.method_data import MethodData
from analysis.reference import Indicator, Reference
from analysis.reference.rows import Row

Lines = list[str]
FLAGS = ("share_of_people", "ranked", "scored", "computed")


def indicator_lines(reference: Reference, data: MethodData) -> Lines:
    """All indicators in their order, then the small numbers that hold for every rate."""
    lines = [*heading(2, "method.indicators"), *paragraph("method.indicators_text")]
    for indicator in reference.indicators.values():
        lines += _indicator(indicator, data.english[indicator.code], reference, data.plain)
    return lines


def _indicator(
    indicator: Indicator, english: Row, reference: Reference, plain: Mapping[str, Sequence[Mapping[str, str]]]
) -> Lines:
    general = phrase("method.undefined_general")
    rows = [
        ("numerator", indicator.numerator, english.text("numerator")),
        ("denominator", indicator.denominator, english.text("denominator")),
        ("exclusions", indicator.exclusions, english.text("exclusions")),
        ("undefined_when", indicator.undefined_when or general.zh, english.text("undefined_when") or general.en),
        ("unit", indicator.unit, indicator.unit),
        ("direction", *_both(f"method.direction.{indicator.direction}")),
        *((name, *_both(f"method.{'yes' if getattr(indicator, name) else 'no'}")) for name in FLAGS),
        ("gates", _gates(indicator, reference, "name_zh"), _gates(indicator, reference, "name_en")),
        ("why", indicator.why, english.text("why")),
        ("source", indicator.source, ""),
        ("written_by", indicator.written_by, ""),
        ("checked_by", indicator.checked_by, ""),
        ("review_by", indicator.review_by.isoformat(), indicator.review_by.isoformat()),
    ]
    told = [(f"{item.zh} {item.en}", zh, en) for name, zh, en in rows for item in [phrase(f"method.item.{name}")]]
    own = [line for line in plain["disclosure"] if line.get("indicator") == indicator.code]
    if own:
        item, shown = phrase("method.item.protection"), [_protection(line) for line in own]
        told.append((f"{item.zh} {item.en}", "; ".join(shown), "; ".join(shown)))
    return [
        *title(3, f"{indicator.code} {indicator.zh}", indicator.en),
        *table(("item", "chinese", "english"), told),
        *definition_lines(indicator.code, plain["definitions"]),
    ]


def _protection(line: Mapping[str, str]) -> str:
    """What is told outside (`disclosure.csv`): a word for the figure, or for a category of it."""
    return " ".join(part for part in (line.get("category", ""), code(line["protection"])) if part)


def _both(name: str) -> tuple[str, str]:
    words = phrase(name)
    return words.zh, words.en


def _gates(indicator: Indicator, reference: Reference, column: str) -> str:
    return "; ".join(f"{gate} {getattr(reference.rule(gate), column)}" for gate in indicator.gates)


def definition_lines(indicator: str, definitions: Sequence[Mapping[str, str]]) -> Lines:
    """The lines of `definitions.csv` about the indicator, each with the columns that are filled."""
    own = [line for line in definitions if line.get("indicator") == indicator]
    if not own:
        return []
    words = phrase("method.definition")
    told = [
        "- "
        + "; ".join(
            f"{name} {code(' '.join(text.split()))}" for name, text in line.items() if text and name != "indicator"
        )
        for line in own
    ]
    return [f"{words.zh} {words.en}", "", *told, ""]
