"""Lines of the reference files, already found sound -> the frozen records of `reference.types`."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping
from typing import cast

from analysis.records import Treatment
from analysis.reference.rows import Row
from analysis.reference.types import (
    AliasKind,
    Category,
    CategoryAlias,
    FieldDef,
    Indicator,
    Label,
    MeasureUnit,
    NotCompared,
    PeerGroup,
    Rule,
    Succession,
    Unit,
    UnitKind,
)


def plain(text: str) -> str:
    """A word as it is looked up: half-width, without blanks, lower case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def in_force(row: Row, day: dt.date) -> bool:
    """Whether a line with `valid_from` and `valid_to` holds on the day."""
    first, last = row.optional_day("valid_from"), row.optional_day("valid_to")
    return (first is None or first <= day) and (last is None or day <= last)


def build_unit(row: Row, kinds: Mapping[str, str], levels: Mapping[str, str], bands: Mapping[str, str]) -> Unit:
    """One line of the register; `kinds`, `levels` and `bands` map the words of the file to our codes."""
    return Unit(
        code=row.text("code"),
        official_name=row.text("official_name"),
        short_name=row.text("short_name"),
        aliases=row.items("aliases"),
        former_names=row.items("former_names"),
        kind=kinds[row.text("kind")],
        role_note=row.text("role_note"),
        headcount=row.whole("headcount"),
        party_members=row.whole("party_members"),
        offices=row.whole("offices"),
        title_level=levels[row.text("civilised_level")],
        title_term=row.text("civilised_term"),
        women=row.whole("women"),
        age_18_55=row.whole("staff_18_55"),
        league=row.whole("league_members"),
        union_members=row.whole("union_members"),
        party_branches=row.whole("party_branches"),
        size_band=bands[row.text("size_band")],
        peer_group=peer_group_code(row.text("peer_group")),
        lead_of=row.items("lead_of"),
        valid_from=row.optional_day("valid_from"),
        valid_to=row.optional_day("valid_to"),
    )


def peer_group_code(text: str) -> str:
    """`PG2` of `PG2政府部门(中型)`."""
    return "".join(character for character in text if character.isascii() and character.isalnum())


def unit_names(units: Iterable[Unit], extra: Iterable[Row]) -> Mapping[str, tuple[str, ...]]:
    """Codes by every name in its plain form: one code when the name is certain, several when it must be asked.

    `extra` are the lines of `unit_aliases.csv`; those about units that are not in `units` are left out.
    """
    known = tuple(units)
    codes = {unit.code for unit in known}
    pairs = [
        (plain(name), unit.code)
        for unit in known
        for name in (unit.official_name, unit.short_name, *unit.aliases, *unit.former_names)
    ]
    pairs += [(plain(row.text("alias")), code) for row in extra for code in row.items("code") if code in codes]
    names: dict[str, tuple[str, ...]] = {}
    for name, code in pairs:
        earlier = names.get(name, ())
        names[name] = earlier if code in earlier else (*earlier, code)
    return names


def build_succession(row: Row) -> Succession:
    """One line of `succession.csv`."""
    return Succession(row.text("predecessor"), row.text("successor"), row.day("valid_from"), row.number("share"))


def build_not_compared(row: Row) -> NotCompared:
    """One line of `not_compared.csv`."""
    return NotCompared(row.text("unit_code"), row.text("category"), row.text("why"))


def build_peer_groups(rows: Iterable[Row]) -> tuple[PeerGroup, ...]:
    """The peer groups in their order."""
    ordered = sorted(rows, key=lambda row: row.whole("order"))
    return tuple(PeerGroup(row.text("code"), row.text("zh"), row.text("en")) for row in ordered)


def build_unit_kinds(rows: Iterable[Row]) -> tuple[UnitKind, ...]:
    """The kinds of unit in protocol order."""
    ordered = sorted(rows, key=lambda row: row.whole("order"))
    return tuple(UnitKind(row.text("code"), row.text("zh"), row.text("en")) for row in ordered)


def build_field(row: Row) -> FieldDef:
    """One line of `forms.csv`."""
    return FieldDef(
        form=row.text("form"),
        block=row.text("block"),
        address=row.text("address"),
        header_group_zh=row.text("header_group_zh"),
        header_zh=row.text("header_zh"),
        item=row.text("item"),
        measure=row.text("measure"),
        type=row.text("type"),
        measure_unit=row.text("measure_unit"),
        codes=row.codes("codes"),
        required=row.flag("required"),
        meaning=row.text("meaning"),
    )


def build_category(row: Row) -> Category:
    """One line of `categories.csv`."""
    return Category(
        code=row.text("code"),
        zh=row.text("name_zh"),
        en=row.text("name_en"),
        traditional=row.text("traditional"),
        nature=row.items("nature"),
        denominator=row.text("denominator"),
        second_denominators=row.items("second_denominators"),
        band_low=row.optional_number("band_low"),
        band_high=row.optional_number("band_high"),
        zero_usual=row.flag("zero_usual"),
        scored=row.flag("scored"),
        ranked=row.flag("ranked"),
        counts_in_breadth=row.flag("counts_in_breadth"),
    )


def build_category_aliases(categories: Iterable[Category], rows: Iterable[Row]) -> Mapping[str, CategoryAlias]:
    """Aliases by their plain form; the official names, simplified and traditional, are aliases too."""
    names = [
        CategoryAlias(name, "alias", (category.code,), False)
        for category in categories
        for name in (category.zh, category.traditional)
    ]
    listed = [
        CategoryAlias(row.text("alias"), cast(AliasKind, row.text("kind")), row.items("code"), row.flag("whole"))
        for row in rows
    ]
    return {plain(alias.word): alias for alias in (*names, *listed)}


def build_indicator(row: Row) -> Indicator:
    """One line of `indicators.csv`."""
    return Indicator(
        code=row.text("code"),
        zh=row.text("name_zh"),
        en=row.text("name_en"),
        numerator=row.text("numerator"),
        denominator=row.text("denominator"),
        exclusions=row.text("exclusions"),
        unit=row.text("unit"),
        direction=row.text("direction"),
        undefined_when=row.text("undefined_when"),
        gates=row.items("gates"),
        share_of_people=row.flag("share_of_people"),
        ranked=row.flag("ranked"),
        scored=row.flag("scored"),
        computed=row.flag("computed"),
        why=row.text("why"),
        source=row.text("source"),
        written_by=row.text("written_by"),
        checked_by=row.text("checked_by"),
        review_by=row.day("review_by"),
    )


def build_rule(row: Row) -> Rule:
    """One line of `rules.csv`."""
    return Rule(
        rule=row.text("rule"),
        case=row.text("case"),
        treatment=cast(Treatment, row.text("treatment")),
        name_zh=row.text("name_zh"),
        name_en=row.text("name_en"),
        message_zh=row.text("message_zh"),
        message_en=row.text("message_en"),
    )


def build_labels(rows: Iterable[Row]) -> Mapping[str, Label]:
    """Labels by code."""
    return {row.text("code"): Label(row.text("zh"), row.text("en")) for row in rows}


def veto_labels(rows: Iterable[Row]) -> Mapping[str, Label]:
    """What the cases of the veto table are called, by `veto_case.` and their code."""
    return {f"veto_case.{row.text('code')}": Label(row.text("name_zh"), row.text("name_en")) for row in rows}


def build_words(rows: Iterable[Row]) -> Mapping[str, Mapping[str, str]]:
    """Meanings by list and word, in the order of the files."""
    lists: dict[str, dict[str, str]] = {}
    for row in rows:
        lists.setdefault(row.text("list"), {})[row.text("word")] = row.text("meaning")
    return lists


def build_measure_unit(row: Row) -> MeasureUnit:
    """One line of `measure_units.csv`."""
    return MeasureUnit(row.text("measure_unit"), row.text("written"), row.number("factor"))


def codes_by_word(labels: Mapping[str, Label], kind: str) -> Mapping[str, str]:
    """Our codes of one list by their Chinese words: those of the lines `kind.code` of `labels.csv`."""
    prefix = f"{kind}."
    return {label.zh: code.removeprefix(prefix) for code, label in labels.items() if code.startswith(prefix)}
