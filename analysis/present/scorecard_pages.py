"""The scorecards of a term: the tables of the assessment -> one A4 page per unit, all in one PDF and one each."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.backends.backend_pdf import PdfPages

from analysis.measures.assess_term import AssessedTerm
from analysis.present.assessment_words import UNCLEAR, is_unsettled, line_text
from analysis.present.chart_frame import house_style
from analysis.present.labels import Words
from analysis.present.points import points_text
from analysis.present.scorecard_data import (
    PartBar,
    Scorecard,
    extra_text,
    gap_texts,
    part_bars,
    part_sums,
    reading_texts,
    step_texts,
    strong_points,
    told_medians,
    whole_text,
)
from analysis.present.scorecard_draw import draw_scorecard
from analysis.present.scorecard_items import Row, item_line, unknown
from analysis.reference import Reference, Unit
from analysis.reference.scheme_types import Scheme
from analysis.reference.term_inputs import TermInputs

COLUMN_NAMES = ("code", "item", "points", "value", "threshold", "peers", "before")
QUIET = {"CreationDate": None, "ModDate": None, "Producer": None, "Creator": None}
SURVEY = "survey"
WHOLE = 100.0
SHORT = 12  # characters of a hash that the foot shows


@dataclass(frozen=True)
class CardContext:
    """What all pages of a term share. `tables` are `quality`, `submissions` and `pairing_readings` of its last year.

    `units` is the table of that name of each year of the term, `data_version` is the hash of all inputs that the foot names, `version` the version of the data.
    """

    assessed: AssessedTerm
    scheme: Scheme
    inputs: TermInputs
    reference: Reference
    words: Words
    tables: Mapping[str, pd.DataFrame]
    units: Mapping[int, pd.DataFrame]
    data_version: str
    version: str

    @cached_property
    def groups(self) -> Mapping[str, str]:
        return {unit.code: unit.peer_group for unit in self.reference.units}

    @cached_property
    def cards(self) -> Mapping[Hashable, Row]:
        return self.assessed.scorecards.set_index("unit_code").to_dict("index")

    @cached_property
    def quality(self) -> Mapping[Hashable, Row]:
        return self.tables["quality"].set_index("unit_code").to_dict("index")

    def years_not_sent(self, unit_code: str) -> list[int]:
        """The years of the term for which the unit was asked and sent nothing."""
        found = []
        for year, units in self.units.items():
            sent = units.loc[units["unit_code"] == unit_code, "submitted"].astype("bool")
            if not sent.all():
                found.append(year)
        return sorted(found)

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The beginning of the sha256 of the return that counts, by unit; the last one where there are several."""
        table = self.tables["submissions"]
        own = table[(table["state"] == "accepted") & table["unit_code"].notna()]
        return {str(code): str(digest)[:SHORT] for code, digest in zip(own["unit_code"], own["sha256"], strict=True)}

    @cached_property
    def sums(self) -> pd.DataFrame:
        return part_sums(self.assessed.assessment, self.scheme)

    @cached_property
    def peer_totals(self) -> Mapping[str, float]:
        """The median total of each peer group, the middle of the bounds standing for what is open; null for few units."""
        cards = self.assessed.scorecards
        middle = cards["total"].fillna((cards["total_low"] + cards["total_high"]) / 2)
        return told_medians(middle, cards["unit_code"].map(self.groups), self.scheme.term.median_min_units)


def make_scorecards(context: CardContext) -> Iterator[Scorecard]:
    """One page per unit, in the order of the register; those that neither hold a title nor apply see where they stand."""
    for unit in context.reference.units:
        yield make_scorecard(unit, context)


def make_scorecard(unit: Unit, context: CardContext) -> Scorecard:
    """The page of one unit."""
    words, scheme, card = context.words, context.scheme, context.cards[unit.code]
    table = context.assessed.assessment
    own = table[table["unit_code"] == unit.code]
    items = {item.code: item for item in scheme.items}
    counts = {code: found for (name, code), found in context.inputs.survey_counts.items() if name == unit.code}
    nothing = (words.say("card.none"),)
    readings = context.tables["pairing_readings"]
    return Scorecard(
        unit.code,
        words.say("card.title", unit=unit.short_name, term=words.ordinal(scheme.term.number)),
        _head(unit, card, context),
        _total(card, words),
        verdict(card, words),
        (*part_bars(context.sums, unit, scheme, context.groups, words), _total_bar(unit, card, context)),
        _legend(words),
        (
            extra_text(context.sums, unit, scheme, words),
            *reading_texts(readings[readings["unit_code"] == unit.code].to_dict("records"), words),
        ),
        tuple(words.say(f"card.column_{name}") for name in COLUMN_NAMES),
        tuple(
            item_line(row, item, words, counts.get(item.source.name) if item.source.kind == SURVEY else None)
            for row, item in ((row, items[str(row["item"])]) for row in own.to_dict("records"))
        ),
        (
            (words.say("card.flags"), _flags(card, context)),
            (words.say("card.strong"), strong_points(own, scheme, words) or nothing),
            (words.say("card.weak"), gap_texts(context.assessed.gains[unit.code], scheme, words) or nothing),
            (words.say("card.steps"), step_texts(context.assessed.advice[unit.code], scheme, words)),
        ),
        words.say(
            "card.foot",
            version=scheme.term.version,
            freeze=words.day(context.reference.freeze_on),
            data=words.clauses([context.version, context.data_version]),
            file=context.files.get(unit.code) or words.say("card.none"),
            city=words.pick(context.reference.city),
        ),
    )


def _legend(words: Words) -> str:
    limits = words.reference.thresholds
    small = {"few": words.count(limits["small_n_counts_only"]), "small": words.count(limits["small_n_marked"] - 1)}
    return words.say("card.legend", **small)


def _head(unit: Unit, card: Row, context: CardContext) -> tuple[str, ...]:
    words, quality = context.words, context.quality[unit.code]
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
            held=words.label(unit.title_level, "title_level"),
            term=unit.title_term or words.say("card.none"),
            applied=applied_word(card, words),
            status=sent_words(quality, context.reference.year, context.years_not_sent(unit.code), words),
        ),
    )


def _total_bar(unit: Unit, card: Row, context: CardContext) -> PartBar:
    words = context.words
    low, high = float(card["total_low"]), float(card["total_high"])
    line = None if unknown(card["line"]) else float(card["line"])
    text = whole_text(low, high, WHOLE, words)
    return PartBar(
        words.say("card.whole"), text, low, min(high, WHOLE), WHOLE, context.peer_totals[unit.peer_group], line
    )


def _total(card: Row, words: Words) -> str:
    low, high = float(card["total_low"]), float(card["total_high"])
    if is_unsettled(card):
        return words.say("card.total_open", low=points_text(low), high=points_text(high))
    if unknown(card["total"]):
        return words.say("card.total_either_way", total=points_text(high))
    return words.say("card.total", total=points_text(float(card["total"])))


def verdict(card: Row, words: Words) -> str:
    """The proposal with its line and its chance."""
    proposed = card["class_proposed"]
    if isinstance(proposed, str):
        text = words.say("card.verdict", result=words.say(f"class.{proposed}"))
    else:
        ends = {end: words.say(f"class.{card[f'class_{end}']}") for end in ("low", "high")}
        same = ends["low"] == ends["high"]
        text = words.say("card.verdict_unclear") if same else words.say("card.verdict_open", **ends)
    parts = [text]
    if not unknown(card["line"]):
        parts.append(words.say("card.line", line=line_text(float(card["line"]))))
    if not unknown(card["p_class"]):
        parts.append(words.say("card.p_class", share=words.percent(float(card["p_class"]))))
    return words.clauses([*parts, *([words.say("card.borderline")] if card["borderline"] else [])])


def applied_word(card: Row, words: Words) -> str:
    """The level that the unit applies for, in words."""
    return words.label(str(card["applied_level"]) if card["applied_clear"] else UNCLEAR, "applied_level")


def sent_words(quality: Row, year: int, missing: Sequence[int], words: Words) -> str:
    """What came for `year`, and the years for which nothing did; a return that did not come is not late."""
    counts = {"open": words.count(float(quality["n_open"])), "late": words.count(float(quality["days_late"]))}
    sent = words.say("card.open_only" if year in missing else "card.sent", year=year, **counts)
    return words.clauses([sent, *(words.say("card.not_sent", year=other) for other in missing)])


def _flags(card: Mapping[Any, Any], context: CardContext) -> tuple[str, ...]:
    words = context.words
    cases = {case.code: words.pick(case) for case in context.inputs.cases}
    found = [words.say("card.veto", case=code, name=cases[code]) for code in str(card["veto"]).split(";") if code] or [
        words.say("card.no_veto")
    ]
    reasons = [reason for reason in str(card["reasons"]).split(";") if reason and not reason.startswith("veto_")]
    return (*found, *(words.say(f"reason.{reason}") for reason in reasons))


def save_scorecards(context: CardContext, folder: Path) -> list[Path]:
    """Writes `scorecards.pdf` with all pages, and `scorecards/<unit>.pdf`; gives the files. The same data, the same bytes."""
    single = folder / "scorecards"
    single.mkdir(parents=True, exist_ok=True)
    whole = folder / "scorecards.pdf"
    written = [whole]
    with house_style(), PdfPages(whole, metadata=QUIET) as book:
        for card in make_scorecards(context):
            figure = draw_scorecard(card)
            book.savefig(figure)
            path = single / f"{card.unit_code}.pdf"
            figure.savefig(path, format="pdf", metadata=QUIET)
            written.append(path)
    return written
