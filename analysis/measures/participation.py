"""The register with the figures of the year, and who took part in what: facts -> `units` and `participation`."""

from __future__ import annotations

import pandas as pd

from analysis.measures.figures import NUMBER_TYPES, form_figures
from analysis.records import Query, column_names
from analysis.reference import Reference, Unit

HEADCOUNTS = "F1"
PARTICIPATION = "F3"
COUNTING_STATES = ("accepted", "quarantined")
NO_QUERIES = pd.DataFrame(columns=column_names(Query), dtype="str")
PARTICIPATION_COLUMNS = (
    "persons",
    "persons_low",
    "persons_high",
    "person_times",
    "hours",
    "amount_yuan",
    "blood_ml",
    "helped_persons",
    "helped_households",
    "jobs_offered",
    "case_times",
    "registered",
)


def unit_table(facts: pd.DataFrame, reference: Reference, submissions: pd.DataFrame) -> pd.DataFrame:
    """One row per unit of the register of the year, with the figures of its accepted F1.

    People are counts on 31 December; a figure is null when it is queried, bounded or was not reported. `hc_ever` is
    hc_start + joined. `hc_register` is the headcount of the register, the base of the share of people whose unit
    reported. `forms` lists the forms that count (`F1;F3`), `submitted` says whether there is any. Kind and title are
    those of the register.
    """
    figures = form_figures(facts, NO_QUERIES, reference, HEADCOUNTS)
    values = figures.pivot_table(index="unit_code", columns="measure", values="value", aggfunc="first", dropna=False)
    register = pd.DataFrame([_register_row(unit) for unit in reference.units]).set_index("unit_code")
    reported = values.reindex(index=register.index, columns=_headcounts(reference)).astype("float64")
    after = list(reported.columns).index("hc_end")
    reported.insert(after + 1, "hc_ever", reported["hc_start"] + reported["joined"])
    forms = _forms_of_units(submissions)
    listed = [";".join(forms.get(code, ())) for code in register.index]
    table = register.join(reported).assign(forms=listed, submitted=[text != "" for text in listed])
    return table.reset_index().rename_axis(columns=None)


def participation(facts: pd.DataFrame, reference: Reference, queries: pd.DataFrame) -> pd.DataFrame:
    """One row per unit of the register and category, from the lines of F3.

    `persons` are distinct staff, `amount_yuan` is in yuan, `hours` in hours, `blood_ml` in ml. Each is null when any
    of its lines is queried, blank or bounded, and where the form does not ask it. `persons_low` and `persons_high`
    are filled where only bounds are known. `status` is that of persons: reported, approximate, bounded, queried,
    not_applicable or not_submitted. `source_form` is null where nothing came.
    """
    figures = form_figures(facts, queries, reference, PARTICIPATION)
    values = figures.pivot_table(
        index=["unit_code", "item"], columns="measure", values="value", aggfunc="first", dropna=False
    )
    people = figures[figures["measure"] == "persons"].set_index(["unit_code", "item"])
    places = [(unit.code, category.code) for unit in reference.units for category in reference.categories]
    grid = pd.MultiIndex.from_tuples(places, names=["unit_code", "item"])
    table = values.reindex(index=grid, columns=list(PARTICIPATION_COLUMNS)).astype("float64")
    table[["persons_low", "persons_high"]] = people[["low", "high"]].reindex(grid).to_numpy(dtype="float64")
    came = grid.get_level_values("unit_code").isin(figures["unit_code"])
    status = people["status"].reindex(grid).replace("missing", "queried")
    table["status"] = status.where(status.notna(), "not_applicable").where(came, "not_submitted").astype("str")
    table["source_form"] = pd.Series(PARTICIPATION, index=grid, dtype="str").where(came)
    return table.reset_index().rename(columns={"item": "category"}).rename_axis(columns=None)


def _headcounts(reference: Reference) -> list[str]:
    """The number fields of F1 in the order of the form; columns also when nobody sent it."""
    return [field.measure for field in reference.form_fields(HEADCOUNTS) if field.type in NUMBER_TYPES]


def _register_row(unit: Unit) -> dict[str, object]:
    return {
        "unit_code": unit.code,
        "short_name": unit.short_name,
        "kind": unit.kind,
        "peer_group": unit.peer_group,
        "size_band": unit.size_band,
        "title_level": unit.title_level,
        "lead_of": ";".join(unit.lead_of),
        "hc_register": float(unit.headcount),
    }


def _forms_of_units(submissions: pd.DataFrame) -> dict[str, list[str]]:
    """The forms that count, by unit."""
    counted = submissions[submissions["state"].isin(COUNTING_STATES) & submissions["unit_code"].notna()]
    forms: dict[str, set[str]] = {}
    for code, listed in zip(counted["unit_code"], counted["forms"], strict=True):
        forms.setdefault(str(code), set()).update(form for form in str(listed or "").split(";") if form)
    return {code: sorted(found) for code, found in forms.items()}
