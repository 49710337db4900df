"""The answers of the pages on change, continuity, one unit and one rate by hand: sentences computed from the tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isnan
from types import MappingProxyType

from analysis.measures.months import CONTINUITY, MARCH_SHARE
from analysis.present.assessment_tables import assessment_answer
from analysis.present.change_tables import EVEN
from analysis.present.chart_tables import OVERALL
from analysis.present.context import Context
from analysis.present.numbers import signed
from analysis.present.save_charts import CHARTS, Tables
from analysis.present.unit_profile import cells_by_form, profile, questions
from analysis.present.worked_rate import worked_rate
from analysis.present.year_tables import PARTS, before_corrected, change_parts, change_reversed

Sentences = list[str]


def change_answer(tables: Tables, context: Context) -> Sentences:
    """What moved by more than chance, the parts of the change of the city figure, and whether groups contradict it."""
    words = context.words
    chart = CHARTS["C6"]
    sentences = [chart.finding(chart.table(tables, context.reference), context)]
    parts = change_parts(tables, context.reference)
    city = parts[(parts["indicator"] == OVERALL) & (parts["category"] == "")]
    if city.empty:
        return [*sentences, words.say("answer.no_year_before")]
    sentences += change_state(tables, context)
    row = city.iloc[0]
    named = [
        words.say("answer.part", name=words.label(name, "column"), points=signed(row[name]))
        for name in PARTS
        if row[name]
    ]
    if named:
        told = words.say("answer.parts", points=signed(row["difference"]), parts=words.join(named))
        sentences.append(told)
    return [*sentences, _simpson(tables, context, len(parts))]


def change_state(tables: Tables, context: Context) -> Sentences:
    """What stands beside C6: the units of both years, as drawn; then all units, last year as published and as corrected."""
    parts = change_parts(tables, context.reference)
    city = parts[(parts["indicator"] == OVERALL) & (parts["category"] == "")]
    if city.empty:
        return [context.words.say("answer.no_year_before")]
    row = city.iloc[0]
    return [*_panel(tables, context), _all_units(float(row["rate_before"]), float(row["rate"]), tables, context)]


def _panel(tables: Tables, context: Context) -> Sentences:
    """Both years of the units that can be compared, with the difference that C6 draws; nothing where it draws none."""
    words = context.words
    drawn = CHARTS["C6"].table(tables, context.reference)
    whole = drawn[(drawn["mark"] == "total") & drawn["rate_before"].notna()]
    if whole.empty:
        return []
    row = whole.iloc[0]
    figures = {name: words.percent(float(row[name])) for name in ("rate_before", "rate")}
    phrase = "answer.panel_same" if row["class"] == "no_clear_change" else "answer.panel_change"
    points = signed(float(row["difference"]))
    return [words.say(phrase, n=words.units(int(row["n_units"])), points=points, **figures)]


def _all_units(before: float, rate: float, tables: Tables, context: Context) -> str:
    """Both years of all units counted: last year as published, and as corrected since where that is another number."""
    words = context.words
    figures = {"before": words.percent(before), "rate": words.percent(rate)}
    corrected = before_corrected(tables, context.reference)
    if isnan(corrected) or words.percent(corrected) == figures["before"]:
        return words.say("answer.all_units", points=signed(rate - before), **figures)
    now, points = words.percent(corrected), signed(rate - corrected)
    return words.say("answer.all_units_corrected", now=now, points=points, **figures)


def _simpson(tables: Tables, context: Context, n_figures: int) -> str:
    """How many figures of the city moved against their groups, and which."""
    words = context.words
    found = change_reversed(tables, context.reference)
    if found.empty:
        return words.say("answer.simpson_none", n=words.count(n_figures))
    clear = found[found["class"].isin(["up", "down"])]
    told, phrase = (clear, "answer.simpson") if len(clear) else (found, "answer.simpson_unclear")
    places = zip(told["indicator"], told["category"], strict=True)
    names = words.join(words.figure(indicator, category) for indicator, category in places)
    return words.say(phrase, n=words.count(n_figures), k=words.count(len(told)), names=names)


def continuity_answer(tables: Tables, context: Context) -> Sentences:
    """March and the rest of the year; how many months the typical unit serves; how many units cannot be judged."""
    words, rates = context.words, tables["rates"]
    chart = CHARTS["C7"]
    sentences = [chart.finding(chart.table(tables, context.reference), context)]
    months = rates.loc[rates["indicator"] == CONTINUITY, "numerator"].dropna()
    if len(months):
        middle, low, high = (words.count(value) for value in (months.median(), months.min(), months.max()))
        sentences.append(words.say("answer.months", median=middle, low=low, high=high, units=words.units(len(months))))
    march = rates[rates["indicator"] == MARCH_SHARE]
    known = march["rate"].dropna()
    if len(known):
        above = int((known > EVEN).sum())
        sentences.append(
            words.say("answer.march", above=words.count(above), units=words.units(len(known)), even=words.percent(EVEN))
        )
    left = len(march) - len(known)
    return [*sentences, words.say("answer.march_left", units=words.units(left))] if left else sentences


def profile_answer(tables: Tables, context: Context, unit: str) -> Sentences:
    """Who the unit is, how it stands beside its peers, and what of it is open."""
    words, reference = context.words, context.reference
    table, own = profile(tables, unit, reference), reference.unit(unit)
    counts = {name: words.count(int((table["class"] == name).sum())) for name in ("higher", "near", "lower")}
    cells = int(cells_by_form(tables, unit)["n_cells"].sum())
    sentences = [
        words.say(
            "answer.unit",
            name=own.short_name,
            group=words.peer_group(own.peer_group),
            people=words.count(own.headcount),
        )
    ]
    if not cells:
        return [*sentences, words.say("answer.unit_nothing")]
    asked = len(questions(tables, unit))
    return [
        *sentences,
        words.say("answer.unit_compared", **counts),
        words.say("answer.unit_cells", cells=words.count(cells)),
        words.say("answer.unit_open", n=words.count(asked)) if asked else words.say("answer.unit_all_answered"),
    ]


def method_answer(tables: Tables, context: Context, unit: str = "") -> Sentences:
    """The example rate of the year in one sentence, from its cells to its limits."""
    words, found = context.words, worked_rate(tables, context.reference, unit)
    row = found.rate
    return [
        words.say(
            "answer.worked",
            name=context.reference.unit(found.unit_code).short_name if found.unit_code else words.say("worked.nobody"),
            indicator=words.indicator(found.indicator),
            cells=words.count(len(found.numerator)),
            persons=words.count(row["numerator"]),
            people=words.count(row["denominator"]),
            rate=words.percent(row["rate"]),
            low=words.percent(row["ci_low"]),
            high=words.percent(row["ci_high"]),
        )
    ]


def no_unit(compose: Callable[[Tables, Context], Sentences]) -> Callable[[Tables, Context, str], Sentences]:
    """An answer of the year as one of a unit that it does not need."""
    return lambda tables, context, _: compose(tables, context)


YEAR_ANSWERS: Mapping[str, Callable[[Tables, Context, str], Sentences]] = MappingProxyType(
    {
        "change": no_unit(change_answer),
        "continuity": no_unit(continuity_answer),
        "profile": profile_answer,
        "method": method_answer,
        "assessment": assessment_answer,
    }
)
