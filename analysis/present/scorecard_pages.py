"""The scorecards of a term: the tables of the assessment -> one A4 page per unit, all in one PDF and one each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.backends.backend_pdf import PdfPages

from analysis.measures.assess_term import AssessedTerm
from analysis.present.chart_frame import house_style
from analysis.present.labels import Words
from analysis.present.scorecard_data import (
    Row,
    Scorecard,
    item_line,
    part_bars,
    step_texts,
    strong_and_weak,
)
from analysis.present.scorecard_draw import draw_scorecard
from analysis.reference import Reference, Unit
from analysis.reference.scheme_types import Scheme
from analysis.reference.term_inputs import TermInputs

COLUMN_NAMES = ("code", "item", "points", "value", "threshold", "peers", "before")
QUIET = {"CreationDate": None, "ModDate": None, "Producer": None, "Creator": None}


@dataclass(frozen=True)
class CardContext:
    """What all pages of a term share. `data_version` is the hash that the foot names."""

    scheme: Scheme
    inputs: TermInputs
    reference: Reference
    words: Words
    quality: pd.DataFrame
    data_version: str


def make_scorecards(assessed: AssessedTerm, context: CardContext) -> Iterator[Scorecard]:
    """One page per unit, in the order of the register; those that neither hold a title nor apply see where they stand."""
    groups = {unit.code: unit.peer_group for unit in context.reference.units}
    cards = assessed.scorecards.set_index("unit_code").to_dict("index")
    quality = context.quality.set_index("unit_code").to_dict("index")
    for unit in context.reference.units:
        yield make_scorecard(unit, assessed, cards[unit.code], quality[unit.code], groups, context)


def make_scorecard(
    unit: Unit,
    assessed: AssessedTerm,
    card: Mapping[Any, Any],
    quality: Row,
    groups: Mapping[str, str],
    context: CardContext,
) -> Scorecard:
    """The page of one unit."""
    words, scheme = context.words, context.scheme
    table = assessed.assessment
    own = table[table["unit_code"] == unit.code]
    items = {item.code: item for item in scheme.items}
    strong, weak = strong_and_weak(own, scheme, words)
    steps = step_texts(assessed.advice[unit.code], scheme, words)
    return Scorecard(
        unit.code,
        words.say("card.title", unit=unit.short_name, term=scheme.term.number),
        _head(unit, card, quality, words),
        _total(card, words),
        _verdict(card, words),
        part_bars(table, unit, scheme, groups, words),
        words.say("card.legend"),
        tuple(words.say(f"card.column_{name}") for name in COLUMN_NAMES),
        tuple(item_line(row, items[str(row["item"])], words) for row in own.to_dict("records")),
        (
            (words.say("card.flags"), _flags(card, context)),
            (words.say("card.strong"), strong or (words.say("card.none"),)),
            (words.say("card.weak"), weak or (words.say("card.none"),)),
            (words.say("card.steps"), steps),
        ),
        words.say(
            "card.foot",
            version=scheme.term.version,
            freeze=words.day(context.reference.freeze_on),
            data=context.data_version,
            city=words.pick(context.reference.city),
        ),
    )


def _head(unit: Unit, card: Mapping[Any, Any], quality: Row, words: Words) -> tuple[str, ...]:
    held = words.label(unit.title_level, "title_level")
    return (
        words.say(
            "card.head_unit",
            code=unit.code,
            name=unit.official_name,
            group=words.peer_group(unit.peer_group),
            people=words.count(unit.headcount),
        ),
        words.say(
            "card.head_title",
            held=held,
            term=unit.title_term or words.say("card.none"),
            applied=words.label(str(card["applied_level"]), "title_level"),
            open=words.count(float(quality["n_open"])),
            late=words.count(float(quality["days_late"])),
        ),
    )


def _total(card: Mapping[Any, Any], words: Words) -> str:
    low, high = float(card["total_low"]), float(card["total_high"])
    if pd.isna(card["total"]):
        return words.say("card.total_open", low=f"{low:.2f}", high=f"{high:.2f}")
    return words.say("card.total", total=f"{float(card['total']):.2f}")


def _verdict(card: Mapping[Any, Any], words: Words) -> str:
    proposed = card["class_proposed"]
    if not isinstance(proposed, str):
        return words.say(
            "card.verdict_open",
            low=words.say(f"class.{card['class_low']}"),
            high=words.say(f"class.{card['class_high']}"),
        )
    text = words.say("card.verdict", result=words.say(f"class.{proposed}"))
    return words.clauses([text, words.say("card.borderline")]) if card["borderline"] else text


def _flags(card: Mapping[Any, Any], context: CardContext) -> tuple[str, ...]:
    words = context.words
    cases = {case.code: words.pick(case) for case in context.inputs.cases}
    found = [words.say("card.veto", case=code, name=cases[code]) for code in str(card["veto"]).split(";") if code] or [
        words.say("card.no_veto")
    ]
    reasons = [reason for reason in str(card["reasons"]).split(";") if reason and not reason.startswith("veto_")]
    return (*found, *(words.say(f"reason.{reason}") for reason in reasons))


def save_scorecards(assessed: AssessedTerm, context: CardContext, folder: Path) -> list[Path]:
    """Writes `scorecards.pdf` with all pages, and `scorecards/<unit>.pdf`; gives the files. The same data, the same bytes."""
    single = folder / "scorecards"
    single.mkdir(parents=True, exist_ok=True)
    whole = folder / "scorecards.pdf"
    written = [whole]
    with house_style(), PdfPages(whole, metadata=QUIET) as book:
        for card in make_scorecards(assessed, context):
            figure = draw_scorecard(card)
            book.savefig(figure)
            path = single / f"{card.unit_code}.pdf"
            figure.savefig(path, format="pdf", metadata=QUIET)
            written.append(path)
    return written
