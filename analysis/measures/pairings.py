"""Pairing with households in hardship (F5): I13, I14 and I16 of each unit, as rows of `rates`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.measures.pairing_judging import (
    COVERAGE_FIELDS,
    EXIT_FIELDS,
    VISIT_FIELDS,
    Verdict,
    judge_coverage,
    judge_exits,
    judge_visits,
)
from analysis.measures.pairing_lines import PAIRINGS, Household, households
from analysis.measures.rates import COLUMNS
from analysis.reference import Reference

COVERAGE, EXITS, MONTHS, VISITS = "I13", "I14", "I15", "I16"
UNTITLED = "none"
NOT_SENT = "not_submitted"
COUNTED_UNPAIRED = "counted_as_unpaired"
_FIELDS = {COVERAGE: COVERAGE_FIELDS, EXITS: EXIT_FIELDS, VISITS: VISIT_FIELDS}
_EMPTY_FORM, _FORM_MISSING = "M16", "M75"
_NUMBERS = ("numerator", "denominator", "rate", "ci_low", "ci_high", "rate_low", "rate_high")


@dataclass(frozen=True)
class PairedUnit:
    """A unit with a title on 31 December and its households.

    `state` is `sent` (a nil return too), `asked` (the form came empty without a word), `not_submitted`, or `settled`:
    the unit was asked for the form, the question is closed and none came, so it counts as having none (M75).
    """

    code: str
    peer_group: str
    heads: float
    state: str
    lines: Sequence[Household]


def pairing_rates(
    pairings: pd.DataFrame, units: pd.DataFrame, facts: pd.DataFrame, queries: pd.DataFrame, reference: Reference
) -> pd.DataFrame:
    """The rows of I13, I14 and I16 for every unit of the register, with the columns of `rates`.

    I13 is 1/1 or 0/1 by the rule of the year (`pairing_rule`), I14 the households that left hardship / those paired at
    least 12 months, I16 the visits / the households. Units without a title are `not_applicable`, also when they pair
    of their own will; a titled unit without the form is `not_submitted`, never 0. What hangs on an open question is
    `queried`, on a date or number that is not exact `bounded`: then counts and rate are null and `rate_low` and
    `rate_high` say between what it lies. Below `pairing_min_households` I14 has counts only. No limits: these are no
    shares of people.

    Raises:
        KeyError: the threshold is missing from the reference data.
    """
    titled = {unit.code: unit for unit in titled_units(pairings, units, facts, queries, reference)}
    n_open = _open_questions(queries)
    rows = []
    for code in units["unit_code"]:
        unit = titled.get(code)
        for indicator, fields in _FIELDS.items():
            verdict = _of_unit(unit, indicator, reference) if unit else Verdict(None, None, "not_applicable")
            asked = sum(n_open.get((code, field), 0) for field in (*fields, "")) if unit else 0
            flags = COUNTED_UNPAIRED if unit and unit.state == "settled" else None
            rows.append(_row(code, indicator, verdict, asked, flags))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({**dict.fromkeys(_NUMBERS, "float64"), "n_open_queries": "int64", "flags": "str"})


def titled_units(
    pairings: pd.DataFrame, units: pd.DataFrame, facts: pd.DataFrame, queries: pd.DataFrame, reference: Reference
) -> list[PairedUnit]:
    """The units that the register of the year names as titled on 31 December, in register order, with their lines."""
    lines = households(pairings, facts, reference)
    sent = {
        str(code) for code, forms in zip(units["unit_code"], units["forms"], strict=True) if PAIRINGS in _split(forms)
    }
    empty = _asked(queries, _EMPTY_FORM, is_open=True)
    settled = _asked(queries, _FORM_MISSING, is_open=False) - _asked(queries, _FORM_MISSING, is_open=True)
    found = []
    columns = ["unit_code", "peer_group", "title_level", "hc_register"]
    for code, group, level, heads in units[columns].itertuples(index=False, name=None):
        if level != UNTITLED:
            state = "asked" if code in empty else "sent" if code in sent else "settled" if code in settled else NOT_SENT
            found.append(PairedUnit(code, group, float(heads), state, lines.get(code, ())))
    return found


def coverage_of(unit: PairedUnit, rule: str) -> Verdict:
    """I13 of a titled unit under a rule."""
    if unit.state == NOT_SENT:
        return Verdict(None, 1.0, NOT_SENT, low=0.0, high=1.0)
    if unit.state == "asked":
        return Verdict(None, 1.0, "queried", low=0.0, high=1.0)
    return judge_coverage(unit.lines, rule)


def _of_unit(unit: PairedUnit, indicator: str, reference: Reference) -> Verdict:
    if indicator == COVERAGE:
        verdict = coverage_of(unit, reference.pairing_rule)
        return Verdict(None, 1.0, NOT_SENT) if verdict.status == NOT_SENT else verdict
    if unit.state in (NOT_SENT, "settled"):
        return Verdict(None, None, NOT_SENT)
    if unit.state == "asked":
        return Verdict(None, None, "queried")
    if indicator == EXITS:
        return judge_exits(unit.lines, reference.year, reference.thresholds["pairing_min_households"])
    return judge_visits(unit.lines)


def _row(code: str, indicator: str, verdict: Verdict, n_open: int, flags: str | None) -> dict[str, object]:
    return {
        "unit_code": code,
        "indicator": indicator,
        "category": "",
        "numerator": verdict.numerator,
        "denominator": verdict.denominator,
        "rate": verdict.rate,
        "ci_low": None,
        "ci_high": None,
        "status": verdict.status,
        "n_open_queries": n_open,
        "flags": flags,
        "rate_low": verdict.low,
        "rate_high": verdict.high,
    }


def _open_questions(queries: pd.DataFrame) -> Mapping[tuple[str, str], int]:
    """Open questions of the form by unit and field; those about the form as a whole have no field."""
    is_open = (queries["state"] == "open") & (queries["treatment"] == "ASK") & (queries["form"] == PAIRINGS)
    own = queries[is_open & queries["unit_code"].notna()]
    return Counter(zip(own["unit_code"].astype("str"), own["field"].fillna("").astype("str"), strict=True))


def _asked(queries: pd.DataFrame, rule: str, is_open: bool) -> set[str]:
    """Units that were asked about their form by the rule, with the question open or not."""
    own = queries[(queries["rule"] == rule) & (queries["form"] == PAIRINGS) & (queries["treatment"] == "ASK")]
    return {str(code) for code in own.loc[(own["state"] == "open") == is_open, "unit_code"].dropna()}


def _split(forms: object) -> Iterator[str]:
    return iter(forms.split(";") if isinstance(forms, str) else ())
