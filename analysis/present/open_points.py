"""What is still open: small tables of the queries of a year, by who must act, unit, form and result."""

from __future__ import annotations

import pandas as pd

from analysis.measures.quality import INDICATOR
from analysis.reference import Reference

TREATMENTS = ("ASK", "DROP", "BACK", "QUAR")
OFFICE = "office"


def open_queries(queries: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """The open rows of `queries` with `act`: what has to be done about each, and by whom.

    `act` is the treatment (the unit answers, confirms, sends again, sends again without personal data) or `office`
    where the rule is ours to settle (word list `office_acts`).
    """
    found = queries[queries["state"] == "open"]
    ours = found["rule"].isin(list(reference.words.get("office_acts", {})))
    return found.assign(act=found["treatment"].mask(ours, OFFICE))


def open_by_act(queries: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """One row per thing to be done: how many questions and units wait for it, most first."""
    groups = open_queries(queries, reference).groupby("act", sort=True)
    table = groups.agg(open=("query_id", "size"), units=("unit_code", "nunique")).reset_index()
    return table.sort_values(["open", "act"], ascending=[False, True]).reset_index(drop=True)


def open_of_values(queries: pd.DataFrame, facts: pd.DataFrame) -> int:
    """How many open questions are about a cell whose value is queried; the others are about blanks, rows or whole files."""
    place = ["file", "sheet", "cell"]
    asked = queries.loc[queries["state"] == "open", place]
    queried = facts.loc[facts["status"] == "queried", place].drop_duplicates()
    return len(asked.dropna(subset=["cell"]).merge(queried, on=place))


def open_by_form(queries: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """One row per form and rule with open questions: how many, and of how many units. Null form: the whole file."""
    found = open_queries(queries, reference)
    found = found.assign(form=found["form"].where(found["form"].notna(), ""))
    groups = found.groupby(["form", "rule", "act"], sort=True)
    return groups.agg(open=("query_id", "size"), units=("unit_code", "nunique")).reset_index()


def open_by_unit(queries: pd.DataFrame, quality: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """One row per unit with something to chase, highest index (I36) first; the parts of the index beside it.

    `days_late` is null for a unit without a return that counts.
    """
    chased = quality[quality[["n_open", "n_returned", "n_contradictions", "days_late"]].any(axis="columns")]
    asked = queries[queries["state"] == "open"].groupby("unit_code")["form"].agg(_forms).rename("open_forms")
    own = units[["unit_code", "short_name", "peer_group", "submitted"]]
    table = chased.merge(own, on="unit_code").join(asked, on="unit_code")
    table["days_late"] = table["days_late"].astype("Int64").where(table["submitted"].astype("bool"))
    table = table.sort_values(["quality_index", "unit_code"], ascending=[False, True])
    columns = ["short_name", "peer_group", "n_open", "open_forms", "n_returned", "n_contradictions", "days_late"]
    return table[[*columns, "n_cells", "quality_index"]].reset_index(drop=True)


def _forms(forms: pd.Series[str]) -> str:
    return "、".join(sorted(set(forms.dropna())))


def open_by_result(rates: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """One row per indicator and category that an open question touches, widest reach first.

    `units` have an open question about numerator or denominator, `people_share` is their share of the registered
    staff of all units, `not_shown` counts those whose rate is withheld until the answer.
    """
    heads = units.set_index("unit_code")["hc_register"]
    found = rates[(rates["n_open_queries"] > 0) & (rates["indicator"] != INDICATOR)]
    found = found.assign(heads=found["unit_code"].map(heads), not_shown=found["status"] == "queried")
    groups = found.groupby(["indicator", "category"], sort=False)
    table = groups.agg(
        units=("unit_code", "nunique"), people=("heads", "sum"), not_shown=("not_shown", "sum")
    ).reset_index()
    table = table.assign(people_share=table["people"].astype("float64") / heads.sum()).astype({"not_shown": "int64"})
    table = table.sort_values(["people_share", "indicator", "category"], ascending=[False, True, True])
    return table[["indicator", "category", "units", "people_share", "not_shown"]].reset_index(drop=True)
