"""The part of `docs/method.md` on the assessment: the scheme of each term with every floor, full mark and class."""

from __future__ import annotations

from pathlib import Path

from analysis.present.markdown import code, heading, paragraph, phrase, table, title
from analysis.reference import Reference
from analysis.reference.scheme import load_scheme, terms_with_scheme
from analysis.reference.scheme_types import PEOPLE, Band, Condition, Scheme, SchemeItem

Lines = list[str]


def scheme_lines(data_dir: Path, reference: Reference) -> Lines:
    """The schemes of all terms; raises ReferenceFault when a file of one is at fault."""
    lines = [*heading(2, "method.scheme"), *paragraph("method.scheme_text")]
    for number in terms_with_scheme(data_dir):
        lines += _scheme(load_scheme(data_dir, number, reference))
    return lines


def _scheme(scheme: Scheme) -> Lines:
    term = scheme.term
    years = "、".join(str(year) for year in term.years)
    parts = [(part.code, f"{part.zh} {part.en}", part.kind, f"{part.full:g}") for part in scheme.parts]
    return [
        *title(3, f"{term.number}({years},{code(term.version)})"),
        *paragraph(
            "method.scheme_sure",
            draws=term.draws,
            noise=f"{term.weight_noise:.0%}",
            borderline=f"{term.borderline:.0%}",
            seed=term.seed,
        ),
        *table(("item", "name", "kind", "full"), parts),
        *table(("item", "name", "full", "source", "from_to", "undefined", "note"), map(_item, scheme.items)),
        *table(("level", "holder", "class", "from_to"), map(_band, scheme.bands)),
        *_chosen(scheme),
        *_conditions(scheme),
    ]


def _chosen(scheme: Scheme) -> Lines:
    """Every floor, full mark, split of points and source that we chose, since the design of the scheme gives none."""
    rows = [
        (item.code, f"{item.zh} {item.en}", _both(f"method.chosen_{what}"), _choice(item, what), _both("method.chosen"))
        for item in scheme.items
        for what in item.chosen
    ]
    if not rows:
        return []
    return [*paragraph("method.chosen_text", n=len(rows)), *table(("item", "name", "chosen", "value", "by"), rows)]


def _both(name: str) -> str:
    words = phrase(name)
    return f"{words.zh} {words.en}"


def _choice(item: SchemeItem, what: str) -> str:
    values = {"low": item.low, "high": item.high, "points": item.full}
    return code(source_code(item)) if what == "source" else f"{values[what]:g}"


def _conditions(scheme: Scheme) -> Lines:
    """The conditions of entry that are read from the returns."""
    rows = [
        (condition.code, code(source_code(condition)), f"{condition.least:g}", condition.applies)
        for condition in scheme.conditions
    ]
    return [*paragraph("method.conditions"), *table(("item", "source", "at_least", "applies"), rows)] if rows else []


def _item(item: SchemeItem) -> tuple[str, ...]:
    worth = f"{item.full:g}" if item.full else f"{item.least:g}"
    applies = "" if item.applies == "all" else f" ({item.applies})"
    return (
        item.code + applies,
        f"{item.zh} {item.en}",
        worth,
        code(source_code(item)),
        _rule(item),
        item.when_undefined,
        item.note,
    )


def _rule(item: SchemeItem) -> str:
    if not item.is_linear:
        return item.rule
    ends = f"{item.low:g} → {item.high:g}"
    return f"{ends} {item.rule}" if item.rule == PEOPLE else ends


def source_code(item: SchemeItem | Condition) -> str:
    """The source in short, fields with their forms."""
    source = item.source
    fields = ", ".join(f"{field.form} {field.item}.{field.measure}".replace(" .", " ") for field in source.fields)
    return " ".join(part for part in (source.kind, source.name, source.category, fields) if part)


def _band(band: Band) -> tuple[str, ...]:
    above = f"{band.lowest:g}" + ("" if band.below is None else f" – {band.below:g}")
    return band.level, band.holder, band.result, above
