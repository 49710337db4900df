"""Which files the reference data consist of, with their columns and keys."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.reference.definitions import PLAIN, SPECIAL
from analysis.reference.rows import Column, TableSpec

TREATMENTS = ("FIX", "ASK", "DROP", "BACK", "QUAR", "NOTE")
FIELD_TYPES = ("text", "count", "number", "hours", "amount", "ml", "rate", "date", "yes_no", "list")
NATURES = ("service", "giving", "blood", "professional", "any")
SHOWN_TOTALS = ("city", "group", "peers", "panel", "title")
PROTECTIONS = ("people", "times", "sensitive", "households", "money", "composed", "open")
VALIDITY = (Column("valid_from", "day", required=False), Column("valid_to", "day", required=False))
REGISTER_FIGURES = (
    "headcount",
    "party_members",
    "offices",
    "women",
    "staff_18_55",
    "league_members",
    "union_members",
    "party_branches",
)


def texts(*names: str) -> tuple[Column, ...]:
    """Columns of text that may not be empty."""
    return tuple(Column(name) for name in names)


def optional(*names: str) -> tuple[Column, ...]:
    """Columns of text that may be empty."""
    return tuple(Column(name, required=False) for name in names)


VETO_EFFECT = Column("effect", choices=("withdraw", "refuse", "suspend"))
VETO_COLUMNS = (*texts("code", "name_zh", "name_en"), Column("confirmed_by", "items"), VETO_EFFECT, Column("ban_years", "whole"))  # fmt: skip
SHARED: Mapping[str, TableSpec] = {
    "units": TableSpec(
        "reference/units.csv",
        (
            *texts("code", "official_name", "short_name"),
            Column("aliases", "items", required=False),
            Column("former_names", "items", required=False),
            *texts("kind"),
            *optional("role_note"),
            *(Column(name, "whole") for name in REGISTER_FIGURES),
            *texts("civilised_level"),
            *optional("civilised_term"),
            *texts("size_band", "peer_group"),
            Column("lead_of", "items", required=False),
            *VALIDITY,
        ),
        key=("code", "valid_from"),
    ),
    "unit_aliases": TableSpec(
        "reference/unit_aliases.csv",
        (Column("code", "items"), *texts("alias"), Column("kind", choices=("alias", "former", "ambiguous"))),
        key=("code", "alias"),
    ),
    "succession": TableSpec(
        "reference/succession.csv",
        (*texts("predecessor", "successor"), Column("valid_from", "day"), Column("share", "number")),
        key=("predecessor", "successor", "valid_from"),
    ),
    "not_compared": TableSpec(
        "reference/not_compared.csv",
        (*texts("unit_code"), *optional("category"), *texts("why"), *VALIDITY),
        key=("unit_code", "category", "valid_from"),
        optional=True,
    ),
    "peer_groups": TableSpec(
        "reference/peer_groups.csv", (Column("order", "whole"), *texts("code", "zh", "en")), key=("code",)
    ),
    "unit_kinds": TableSpec(
        "reference/unit_kinds.csv", (Column("order", "whole"), *texts("code", "zh", "en")), key=("code",)
    ),
    "forms": TableSpec(
        "reference/forms.csv",
        (
            *texts("form", "block", "address"),
            *optional("header_group_zh"),
            *texts("header_zh"),
            *optional("item"),
            *texts("measure"),
            Column("type", choices=FIELD_TYPES),
            *optional("measure_unit"),
            Column("codes", "codes", required=False),
            Column("required", "flag"),
            *texts("meaning"),
            *VALIDITY,
        ),
        key=("form", "block", "item", "measure", "valid_from"),
    ),
    "categories": TableSpec(
        "reference/categories.csv",
        (
            *texts("code", "name_zh", "name_en", "traditional"),
            Column("nature", "items"),
            *texts("denominator"),
            Column("second_denominators", "items", required=False),
            Column("band_low", "number", required=False),
            Column("band_high", "number", required=False),
            *(Column(name, "flag") for name in ("zero_usual", "scored", "ranked", "counts_in_breadth")),
        ),
        key=("code",),
    ),
    "category_aliases": TableSpec(
        "reference/category_aliases.csv",
        (
            Column("code", "items"),
            *texts("alias"),
            Column("kind", choices=("alias", "slip", "ambiguous", "query")),
            Column("whole", "flag"),
        ),
        key=("alias",),
    ),
    "indicators": TableSpec(
        "reference/indicators.csv",
        (
            *texts("code", "name_zh", "name_en", "numerator", "denominator"),
            *optional("exclusions"),
            *texts("unit", "direction"),
            *optional("undefined_when"),
            Column("gates", "items", required=False),
            *(Column(name, "flag") for name in ("share_of_people", "ranked", "scored", "computed")),
            *texts("why", "source", "written_by", "checked_by"),
            Column("review_by", "day"),
        ),
        key=("code",),
    ),
    "disclosure": TableSpec(
        "reference/disclosure.csv",
        (
            *texts("indicator"),
            *optional("category"),
            Column("protection", choices=PROTECTIONS),
            Column("totals", "items", required=False),
        ),
        key=("indicator", "category"),
    ),
    "definitions": TableSpec(
        "reference/definitions.csv",
        (
            *texts("indicator"),
            *optional("category"),
            Column("shown", choices=("units", "groups")),
            Column("part", choices=("numerator", "denominator")),
            *texts("source"),
            Column("operation", choices=(*PLAIN, *SPECIAL)),
            Column("column", "items", required=False),
            *optional("divided_by", "filters", "total", "least", "note"),
        ),
        key=("indicator", "category", "part"),
    ),
    "forms_due": TableSpec(
        "reference/forms_due.csv",
        (*texts("form"), Column("due_from", choices=("all", "titled")), *optional("note")),
        key=("form",),
    ),
    "rules": TableSpec(
        "reference/rules.csv",
        (
            *texts("rule"),
            *optional("case"),
            Column("treatment", choices=TREATMENTS),
            *texts("name_zh", "name_en", "message_zh", "message_en"),
        ),
        key=("rule", "case"),
    ),
    "labels": TableSpec("reference/labels.csv", texts("code", "zh", "en"), key=("code",)),
    "veto_cases": TableSpec("reference/veto_cases.csv", VETO_COLUMNS, key=("code",)),
    "definition_breaks": TableSpec(
        "reference/definition_breaks.csv",
        (
            *optional("setting"),
            Column("first_year", "whole", required=False),
            *texts("indicator"),
            *optional("category"),
            *texts("what_zh", "what_en"),
        ),
        key=("setting", "first_year", "indicator", "category"),
        optional=True,
    ),
    "measure_units": TableSpec(
        "reference/measure_units.csv",
        (*texts("measure_unit", "written"), Column("factor", "number")),
        key=("measure_unit", "written"),
    ),
}
WORDS_FOLDER = "reference/words"
WORD_COLUMNS = (*texts("list", "word"), *optional("meaning"))
THRESHOLD_COLUMNS = (*texts("name"), Column("value", "number"), *optional("unit", "source"))
RECEIVED_COLUMNS = (*texts("file"), Column("received_at", "moment"))
PUBLISHED_COLUMNS = (
    *texts("indicator"),
    *optional("category", "peer_group"),
    Column("rate", "number"),
    Column("published_on", "day"),
    *texts("source"),
)
BRIDGE_COLUMNS = (
    *texts("unit", "indicator"),
    *optional("category"),
    Column("numerator", "number"),
    Column("denominator", "number"),
    *texts("source"),
)
ACTIONS = ("set", "confirm", "not_applicable", "keep", "reject")
CORRECTION_COLUMNS = (
    *texts("file"),
    *optional("sheet", "cell", "expected_text"),
    Column("action", choices=ACTIONS),
    *optional("new_value"),
    *texts("reason"),
    Column("told_on", "day"),
    *texts("by_whom"),
)
CORRECTION_EXTRA = ("field", "query_id")


def yearly(year: int) -> Mapping[str, TableSpec]:
    """The files of one year."""
    folder = f"reference/{year}"
    return {
        "thresholds": TableSpec(f"{folder}/thresholds.csv", THRESHOLD_COLUMNS, key=("name",)),
        "received": TableSpec(f"{folder}/received.csv", RECEIVED_COLUMNS, key=("file",), open=True, optional=True),
        "published": TableSpec(
            f"{folder}/published.csv",
            PUBLISHED_COLUMNS,
            key=("indicator", "category", "peer_group"),
            optional=True,
        ),
        "bridges": TableSpec(
            f"{folder}/bridges.csv", BRIDGE_COLUMNS, key=("unit", "indicator", "category"), optional=True
        ),
        "corrections": TableSpec(
            f"{folder}/corrections.csv", CORRECTION_COLUMNS, optional=True, patterns=True, extra=CORRECTION_EXTRA
        ),
    }


def word_list(path: str) -> TableSpec:
    """A file of the folder of words; each (list, word) stands once in it, and once over all of them."""
    return TableSpec(path, WORD_COLUMNS, key=("list", "word"), patterns=True)
