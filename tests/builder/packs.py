"""Packs of messes, one for each form and purpose, dealt so that each comes up before any comes up twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from tests.builder.mess import CELLS
from tests.builder.register import dice

FORMS = tuple(f"F{number}" for number in range(1, 9))
GATE_PACKS = {
    "F1": ("M49", "G07", "G07young", "G08", "M56", "M56stored", "M61", "M48", "title_other"),
    "F2": ("times_for_people", "fewer_times", "too_long", "too_rich", "too_much_blood", "two_categories", "party_inside", "others_remark", "near_line",
           "wrong_total", "slip_of_total"),
    "F3": ("total_only", "copied", "more_staff", "M46", "M46sum", "G04", "G03", "G10", "G11", "G12", "M27", "M27slip"),
    "F4": ("more_came", "studied_by_more", "sum_of_subjects", "passed_over", "research_over", "wrong_total", "slip_of_total"),
    "F5": ("exit_without_proof", "exit_before_pairing"),
    "F6": ("done_without_date", "dated_but_open"),
    "F7": ("proposals_over", "information_over"),
    "F8": (),
}  # fmt: skip
LINE_PACKS = {
    "F1": ("M19", "M19title", "M19none", "M19swap", "M24label", "M14"),
    "F2": ("example", "note", "quarters", "ditto", "merged", "merged_number", "other_year", "serials", "M34", "M28", "M24", "own_column",
           "moved_column", "renamed", "lost_optional", "lost_needed", "wan_gift", "minutes", "hidden_line", "hidden_column",
           "table_below", "emptied", "nil", "M19", "M19swap", "M21"),
    "F3": ("note", "merged_number", "across", "same_office", "M34", "M28", "M26", "M24", "M20", "own_column", "moved_column", "renamed",
           "M20lost", "lost_inside", "M74", "hidden_line", "hidden_column", "table_below", "M21", "M21:repeated", "M19"),
    "F4": ("M19", "M19title", "M24", "table_below", "M14"),
    "F5": ("example", "note", "M34", "ditto", "merged", "village", "own_column", "moved_column", "renamed", "lost_needed", "wan_help",
           "emptied", "nil", "M19", "M24", "serials"),
    "F6": ("note", "M34", "M28", "ditto", "merged", "own_column", "moved_column", "renamed", "lost_needed", "emptied", "nil", "M19",
           "M24", "hidden_line"),
    "F7": ("beside", "M19", "table_below", "M24"),
    "F8": ("note", "M34", "other_year", "ditto", "own_column", "moved_column", "renamed", "lost_optional", "emptied", "nil", "M21",
           "M24"),
}  # fmt: skip
PRIVATE_PACKS = {
    "F1": ("liaison_mobile", "comment_id"), "F2": ("id_helped", "id_helped", "comment_id", "footer_mobile"), "F3": ("comment_id", "ill_remark"),
    "F5": ("id", "identity", "name_for_number", "illness", "card", "ill_remark", "name_column", "destroyed"), "F7": ("thinking", "footer_mobile"),
    "F8": ("id",), "F6": ("ill_remark",), "F4": ("footer_mobile",),
}  # fmt: skip


@dataclass
class Pack:
    """Messes dealt one after another, shuffled anew when all were out."""

    names: tuple[str, ...]
    rng: Random
    left: list[str] = field(default_factory=list)

    def deal(self, wanted: Iterable[str] | None = None) -> str | None:
        """The next mess (of the wanted ones); None when the pack holds none."""
        allowed = set(self.names if wanted is None else wanted)
        if not allowed & set(self.names):
            return None
        while True:
            for place, name in enumerate(self.left):
                if name in allowed:
                    return self.left.pop(place)
            fresh = list(self.names)
            self.rng.shuffle(fresh)
            self.left += fresh

    def give_back(self, name: str) -> None:
        """A mess that found no place comes up again before new ones are shuffled in."""
        self.left.append(name)


@dataclass
class Packs:
    """All packs of a year."""

    cells: dict[str, Pack]
    lines: dict[str, Pack]
    gates: dict[str, Pack]
    private: dict[str, Pack]

    @classmethod
    def shuffled(cls, seed: str) -> Packs:
        def packs(of: dict[str, tuple[str, ...]], purpose: str) -> dict[str, Pack]:
            return {form: Pack(names, dice("pack", seed, purpose, form)) for form, names in of.items()}

        cells = {form: tuple(CELLS) for form in FORMS}
        return cls(
            packs(cells, "cells"),
            packs(LINE_PACKS, "lines"),
            packs(GATE_PACKS, "gates"),
            packs(PRIVATE_PACKS, "private"),
        )
