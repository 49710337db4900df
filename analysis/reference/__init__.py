"""The reference data of one year, read from `data/reference/` as one frozen `Reference`, or refused.

A fault in these files stops a run before anything is written: `ReferenceFault` names every fault at once, each with
file, line, what was found, what was expected and what to do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from analysis.reference.build import (
    build_category,
    build_category_aliases,
    build_field,
    build_indicator,
    build_labels,
    build_measure_unit,
    build_not_compared,
    build_peer_groups,
    build_rule,
    build_succession,
    build_unit,
    build_unit_kinds,
    build_words,
    codes_by_word,
    in_force,
    plain,
    unit_names,
    veto_labels,
)
from analysis.reference.checks import check_sources
from analysis.reference.corrections import build_corrections
from analysis.reference.definitions import Definition, build_definitions
from analysis.reference.history import (
    DefinitionChange,
    FigureKey,
    build_bridges,
    build_definition_change,
    build_published,
)
from analysis.reference.rows import Fault, ReferenceFault
from analysis.reference.sources import Sources, read_sources, years_with_reference
from analysis.reference.types import (
    Category,
    CategoryAlias,
    City,
    Correction,
    FieldDef,
    Indicator,
    Label,
    MeasureUnit,
    NotCompared,
    PeerGroup,
    Protection,
    Rule,
    Succession,
    Unit,
    UnitKind,
)

__all__ = [
    "Category",
    "CategoryAlias",
    "City",
    "Correction",
    "Definition",
    "DefinitionChange",
    "Fault",
    "FieldDef",
    "Indicator",
    "Label",
    "MeasureUnit",
    "NotCompared",
    "PeerGroup",
    "Protection",
    "Reference",
    "ReferenceFault",
    "Rule",
    "Succession",
    "Unit",
    "UnitKind",
    "check_reference",
    "load_reference",
    "plain",
    "years_with_reference",
]


@dataclass(frozen=True)
class Reference:
    """Everything that we know before a return is opened.

    `units` are valid on 31 December of `year`, in register order; `register` has all lines of all periods.
    `unit_aliases` and `category_aliases` are looked up by `plain(word)`; a unit name with several codes must be asked.
    `words` maps list -> word -> meaning, `received` file -> time of receipt; `approved` are files that count
    although they came after `freeze_on`. `deadline` is the last day in time.
    `not_compared` holds on 31 December, like the units.
    `corrections` are the answers of the units by file, in the order of `corrections.csv`. `disclosure` tells for an
    indicator and category (empty: all of its categories) how small numbers are protected outside the office.
    `published` are the rates of the year as they were published, by indicator, category and peer group (empty: the
    city); `bridges` the counts of the year before under this year's definition, by unit, indicator and category.
    `corrections` are the answers of the units by file, in the order of `corrections.csv`. `definitions` say how each
    indicator is computed; `forms_due` maps form -> whether only titled units owe it.
    """

    year: int
    deadline: dt.date
    freeze_on: dt.date
    city: City
    form_no_prefix: str
    spring_breeze_meaning: str
    pairing_rule: str
    units: tuple[Unit, ...]
    register: tuple[Unit, ...]
    unit_aliases: Mapping[str, tuple[str, ...]]
    unit_kinds: tuple[UnitKind, ...]
    peer_groups: tuple[PeerGroup, ...]
    succession: tuple[Succession, ...]
    fields: tuple[FieldDef, ...]
    categories: tuple[Category, ...]
    category_aliases: Mapping[str, CategoryAlias]
    indicators: Mapping[str, Indicator]
    thresholds: Mapping[str, float]
    rules: Mapping[tuple[str, str], Rule]
    labels: Mapping[str, Label]
    words: Mapping[str, Mapping[str, str]]
    measure_units: tuple[MeasureUnit, ...]
    received: Mapping[str, dt.datetime]
    approved: frozenset[str] = frozenset()
    older_fields: tuple[FieldDef, ...] = ()
    corrections: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    disclosure: Mapping[tuple[str, str], Protection] = field(default_factory=dict)
    definition_changes: tuple[DefinitionChange, ...] = ()
    published: Mapping[FigureKey, float] = field(default_factory=dict)
    bridges: Mapping[FigureKey, tuple[float, float]] = field(default_factory=dict)
    not_compared: tuple[NotCompared, ...] = ()
    definitions: Mapping[str, tuple[Definition, ...]] = field(default_factory=dict)
    forms_due: Mapping[str, bool] = field(default_factory=dict)

    def unit(self, code: str) -> Unit:
        """The unit of the year with this code. Raises KeyError when the year has none."""
        for unit in self.units:
            if unit.code == code:
                return unit
        raise KeyError(f"no unit {code!r} in the register of {self.year}")

    def category(self, code: str) -> Category:
        """The category with this code. Raises KeyError when there is none."""
        for category in self.categories:
            if category.code == code:
                return category
        raise KeyError(f"no category {code!r} in reference/categories.csv")

    def form_fields(self, form: str) -> tuple[FieldDef, ...]:
        """The fields of one form (`F1` ... `F8`) in the order of `forms.csv`."""
        return tuple(field for field in self.fields if field.form == form)

    def new_fields(self, form: str) -> frozenset[tuple[str, str, str]]:
        """Block, item and measure of the fields that a form has only since this year (`older_fields`: last year's)."""
        now = {(field.block, field.item, field.measure) for field in self.form_fields(form)}
        before = {(field.block, field.item, field.measure) for field in self.older_fields if field.form == form}
        return frozenset(now - before) if before else frozenset()

    def rule(self, rule: str, case: str = "", treatment: str = "") -> Rule:
        """The line for the case, else the default line of the rule. Raises KeyError for an unknown rule.

        With `treatment`, a line of another treatment would say the wrong thing (a repair for a question): then the
        default line, or else the first line of the rule, that has this treatment speaks.
        """
        default = self.rules.get((rule, ""))
        if default is None:
            raise KeyError(f"no rule {rule!r} in reference/rules.csv")
        wanted = self.rules.get((rule, case), default)
        others = (line for line in self.rules.values() if line.rule == rule)
        if not treatment:
            return wanted
        return next((line for line in (wanted, default, *others) if line.treatment == treatment), wanted)

    def protection(self, indicator: str, category: str = "") -> Protection:
        """How a figure is protected in tables that leave the office: the line of the category, else of the indicator.

        Raises KeyError for an indicator without a line.
        """
        found = self.disclosure.get((indicator, category)) or self.disclosure.get((indicator, ""))
        if found is None:
            raise KeyError(f"no line for {indicator!r} in reference/disclosure.csv")
        return found

    def label(self, code: str, kind: str = "") -> Label:
        """What a code is called; `kind` (a measure, `item`, `status` ...) tells apart a code of several lists.

        Raises KeyError when neither `kind.code` nor `code` has a line.
        """
        found = self.labels.get(f"{kind}.{code}") or self.labels.get(code)
        if found is None:
            raise KeyError(f"no label for {code!r} ({kind}) in reference/labels.csv")
        return found


def load_reference(data_dir: Path, year: int) -> Reference:
    """The reference data of the year. Raises ReferenceFault with all faults when anything is wrong."""
    years = years_with_reference(data_dir)
    if year not in years:
        raise ReferenceFault(no_year(data_dir, year))
    sources = read_sources(data_dir, year)
    faults = check_sources(sources)
    if faults:
        raise ReferenceFault(faults)
    return build_reference(sources)


def check_reference(data_dir: Path) -> list[Fault]:
    """Every fault of the reference data of every year, in order of file and line; empty when all is well."""
    years = years_with_reference(data_dir)
    if not years:
        return list(no_year(data_dir))
    return sorted({fault for year in years for fault in check_sources(read_sources(data_dir, year))})


def no_year(data_dir: Path, year: int | None = None) -> tuple[Fault, ...]:
    """The fault of a data folder without reference data of the year, or of any year."""
    known = "、".join(str(other) for other in years_with_reference(data_dir)) or "无"
    folder = f"reference/{year}" if year else "reference"
    english = (
        f"no reference data in {data_dir / folder}; years there are: {known.replace('、', ', ').replace('无', 'none')}"
    )
    return (
        Fault(folder, 0, "没有该年度的文件夹", f"已有年度:{known}", "运行 civility new-year 或 civility init", english),
    )


def build_reference(sources: Sources) -> Reference:
    """The `Reference` of sources without faults."""
    year, settings = sources.year, sources.settings.entries
    last_day = dt.date(year, 12, 31)
    labels = {**build_labels(sources.rows("labels")), **veto_labels(sources.rows("veto_cases"))}
    fields = tuple(build_field(row) for row in sources.rows("forms") if in_force(row, last_day))
    kinds = build_unit_kinds(sources.rows("unit_kinds"))
    levels = {word: code for field in fields if field.measure == "title_level" for code, word in field.codes.items()}
    kind_codes = {kind.zh: kind.code for kind in kinds}
    bands = codes_by_word(labels, "size_band")
    register = tuple(build_unit(row, kind_codes, levels, bands) for row in sources.rows("units"))
    units = tuple(unit for unit, row in zip(register, sources.rows("units"), strict=True) if in_force(row, last_day))
    categories = tuple(build_category(row) for row in sources.rows("categories"))
    return Reference(
        year=year,
        deadline=settings["deadline"],
        freeze_on=settings["freeze_on"],
        city=City(settings["city"]["name_zh"], settings["city"]["name_en"], settings["city"]["fictitious"]),
        form_no_prefix=settings["form_no_prefix"],
        spring_breeze_meaning=settings["spring_breeze_meaning"],
        pairing_rule=settings["pairing_rule"],
        units=units,
        register=register,
        unit_aliases=unit_names(units, sources.rows("unit_aliases")),
        unit_kinds=kinds,
        peer_groups=build_peer_groups(sources.rows("peer_groups")),
        succession=tuple(build_succession(row) for row in sources.rows("succession")),
        fields=fields,
        categories=categories,
        category_aliases=build_category_aliases(categories, sources.rows("category_aliases")),
        indicators={row.text("code"): build_indicator(row) for row in sources.rows("indicators")},
        thresholds={row.text("name"): row.number("value") for row in sources.rows("thresholds")},
        rules={(row.text("rule"), row.text("case")): build_rule(row) for row in sources.rows("rules")},
        labels=labels,
        words=build_words(sources.word_rows),
        measure_units=tuple(build_measure_unit(row) for row in sources.rows("measure_units")),
        received={row.text("file"): row.moment("received_at") for row in sources.rows("received")},
        approved=frozenset(row.text("file") for row in sources.rows("received") if row.cells.get("approved_by")),
        older_fields=tuple(
            build_field(row) for row in sources.rows("forms") if in_force(row, last_day.replace(year=year - 1))
        ),
        corrections=build_corrections(sources.rows("corrections")),
        disclosure={
            (row.text("indicator"), row.text("category")): Protection(row.text("protection"), row.items("totals"))
            for row in sources.rows("disclosure")
        },
        definition_changes=tuple(build_definition_change(row) for row in sources.rows("definition_breaks")),
        published=build_published(sources.rows("published")),
        bridges=build_bridges(sources.rows("bridges")),
        not_compared=tuple(build_not_compared(row) for row in sources.rows("not_compared") if in_force(row, last_day)),
        definitions=build_definitions(sources.rows("definitions")),
        forms_due={row.text("form"): row.text("due_from") == "titled" for row in sources.rows("forms_due")},
    )
