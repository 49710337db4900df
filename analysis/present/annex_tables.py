"""What the annex holds besides the tables of the charts: definitions, scores, revisions, and what is missing or open.

These sheets go out with the others. They name cells, rules and what somebody has to do, never what stands in a cell:
text of a return, a value before or after a correction and the name of a person stay in the office.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.measures.disclosure_primary import SENSITIVE
from analysis.present.chart_assessment import assessment_table
from analysis.present.labels import Words
from analysis.present.open_points import open_queries
from analysis.reference import Indicator, Reference
from analysis.reference.rows import Row

Tables = Mapping[str, pd.DataFrame]
SCORES = (
    *("unit_code", "short_name", "peer_group", "title_level", "applied_level"),
    *("total", "total_low", "total_high", "line", "p_class", "peer_points"),
    *("veto", "class_proposed", "class_low", "class_high", "sure", "reasons"),
)
SIDES = ("numerator", "denominator", "exclusions", "undefined_when")
REPAIRED = "FIX"
NO_RETURN = "not_submitted"


def definitions(words: Words, english: Mapping[str, Row]) -> pd.DataFrame:
    """One row per indicator that is computed: what is counted, by what it is divided, what is left out."""
    general = words.say("method.undefined_general")
    rows = []
    for indicator in words.reference.indicators.values():
        if not indicator.computed:
            continue
        sides = {f"annex_{name}": _side(indicator, name, words, english) for name in SIDES}
        sides["annex_undefined_when"] = sides["annex_undefined_when"] or general
        rows.append(
            {
                "annex_code": indicator.code,
                "annex_indicator": words.pick(indicator),
                **sides,
                "annex_direction": words.say(f"method.direction.{indicator.direction}"),
                "annex_shown": words.say(f"annex.shown.{_protection(indicator.code, '', words.reference)}"),
            }
        )
    return pd.DataFrame(rows)


def _side(indicator: Indicator, name: str, words: Words, english: Mapping[str, Row]) -> str:
    own = english.get(indicator.code) if words.lang == "en" else None
    return own.text(name) if own is not None else str(getattr(indicator, name))


def scores(tables: Tables, reference: Reference) -> pd.DataFrame:
    """One row per unit in the order of the register: totals with their limits and what is proposed.

    Points of single items stay on the scorecard of the unit: some of them follow from a number that is not shown.
    """
    cards = assessment_table({**tables, "decisions": _every_unit(tables["scorecards"])}, reference)
    known = cards.rename(columns={"peer_median": "peer_points"})
    unsure = known["borderline"].fillna(False).astype("bool")
    return known.assign(sure=unsure.map({True: "borderline", False: ""}))[list(SCORES)]


def _every_unit(cards: pd.DataFrame) -> pd.DataFrame:
    """The units in their order as one list, in the shape of `decisions`."""
    return pd.DataFrame({"list": "", "order": range(1, len(cards) + 1), "unit_code": cards["unit_code"].to_numpy()})


def repairs_by_rule(queries: pd.DataFrame) -> pd.DataFrame:
    """One row per rule by which the program read a cell that was not written as asked, most often used first."""
    groups = queries[queries["treatment"] == REPAIRED].groupby("rule", sort=True)
    table = groups.agg(repaired=("query_id", "size"), units=("unit_code", "nunique")).reset_index()
    return table.sort_values(["repaired", "rule"], ascending=[False, True]).reset_index(drop=True)


def files_by_state(submissions: pd.DataFrame) -> pd.DataFrame:
    """One row per thing that became of the files received."""
    groups = submissions.groupby("state", sort=True)
    return groups.agg(files=("file", "size"), units=("unit_code", "nunique")).reset_index()


def versions(tables: Tables, words: Words) -> pd.DataFrame:
    """One row per file that does not count as it came: of which unit, what became of it and by which rule."""
    rows = tables["submissions"]
    found = rows[(rows["state"] != "accepted") & rows["unit_code"].notna()].sort_values(["unit_code", "file"])
    return _with_names(found, words)[["unit_code", "short_name", "state", "rule"]].assign(forms=_forms(found))


def corrections(words: Words) -> pd.DataFrame:
    """One row per answer of a unit that is entered (`corrections.csv`): which cell, what was done and when it was told."""
    rows = [
        {
            "file": line.file,
            "sheet": line.sheet,
            "cell": line.cell,
            "annex_action": words.say(f"annex.action.{line.action}"),
            "annex_told_on": words.day(line.told_on),
        }
        for lines in words.reference.corrections.values()
        for line in lines
    ]
    return pd.DataFrame(rows, columns=["file", "sheet", "cell", "annex_action", "annex_told_on"])


def missing_units(tables: Tables, words: Words) -> pd.DataFrame:
    """One row per unit without a return that counts: nothing came, or what came was sent back."""
    units = tables["units"]
    found = units[~units["submitted"].fillna(False).astype(bool)]
    sent = set(tables["submissions"]["unit_code"].dropna())
    texts = [words.label("returned" if code in sent else NO_RETURN, "column") for code in found["unit_code"]]
    return _with_names(found[["unit_code"]], words).assign(annex_arrival=texts)


def open_list(tables: Tables, words: Words) -> pd.DataFrame:
    """One row per open question: unit, form, cell, rule and who has to do what; of blood the unit and form alone."""
    found = open_queries(tables["queries"], words.reference)
    found = found.sort_values(["unit_code", "form", "file", "sheet", "cell", "rule"], kind="stable")
    sensitive = [_is_sensitive(field, words.reference) for field in found["field"]]
    table = found[["unit_code", "form", "sheet", "cell", "field", "rule", "act"]].reset_index(drop=True)
    table["field"] = [_field(field, words) for field in table["field"]]
    hidden = pd.Series(sensitive, index=table.index, dtype="bool")
    for name in ("sheet", "cell", "field", "rule"):
        table[name] = table[name].astype("str").where(table[name].notna() & ~hidden, "")
    return _with_names(table, words)


def _is_sensitive(field: object, reference: Reference) -> bool:
    """Whether the field is of a programme that reports show of the whole city only."""
    item = str(field).split(".")[0]
    return any(
        category == item and protection.kind == SENSITIVE for (_, category), protection in reference.disclosure.items()
    )


def _field(field: object, words: Words) -> str:
    """The line and the column of the form, in words."""
    if not isinstance(field, str):
        return ""
    item, _, measure = field.rpartition(".")
    named = [words.label(item, "item")] if item else []
    return " ".join([*named, words.label(measure, item)])


def _with_names(table: pd.DataFrame, words: Words) -> pd.DataFrame:
    names = {unit.code: unit.short_name for unit in words.reference.units}
    return table.assign(short_name=table["unit_code"].map(names))


def _forms(table: pd.DataFrame) -> list[str]:
    return [forms if isinstance(forms, str) else "" for forms in table["forms"]]


def _protection(indicator: str, category: str, reference: Reference) -> str:
    return reference.disclosure[indicator, category].kind
