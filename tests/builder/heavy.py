"""The heavy year: every kind of mess somewhere in eighty returns, several in each, by the seed.

Messes are dealt from shuffled packs, one pack for each form and purpose, so that each of them comes up before any comes
up twice; one that finds no place in a sheet goes to the next unit.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from random import Random

from tests.builder.frame import Manner
from tests.builder.grid import Page, change, change_all
from tests.builder.heads import heads
from tests.builder.mess import CELLS, put_in
from tests.builder.packs import LINE_PACKS, PRIVATE_PACKS, Pack, Packs
from tests.builder.parcels import Letter
from tests.builder.register import Unit, dice, units
from tests.builder.scene import NoPlace
from tests.builder.sending import Built
from tests.builder.shared import shared_households
from tests.builder.stories import STORIES
from tests.builder.whole import clean_return, guide_page
from tests.builder.written_marks import MARK_MESSES

STORY_SHARES = {"xlsx": 12, "xls": 5, "et": 2, "xls_named_xlsx": 2, "ods": 3, "html": 2, "csv": 2, "eight": 2, "resent": 3,
                "resent_form": 2, "hidden_draft": 2, "lock": 2, "zip_gbk": 2}  # fmt: skip
TEXT_ONLY = ("csv", "csv_utf8", "csv_utf16", "html", "ods")
NO_MARKS = (*TEXT_ONLY, "xls", "et", "xls_named_xlsx", "eight_xls")
# returns that do not count as a whole: only their cells are messed up, so that one question about the file is enough
WHOLE = ("wrong_year", "wrong_code", "subordinate", "without_time", "draft_beside", "other_year_sheet", "all_nil", "encrypted_only",
         "rar_only")  # fmt: skip
LATER = ("resent", "resent_form")  # an empty form of a later version may mean that only the others are new
CELL_COUNT = {"F1": 3, "F2": 6, "F3": 7, "F4": 4, "F5": 2, "F6": 4, "F7": 4, "F8": 2}
REMOVING = ("lost_needed", "lost_inside", "emptied", "nil", "total_only")
GATE_SHARE = 0.45
LINE_SHARES = {"F1": 0.3, "F2": 0.8, "F3": 0.8, "F4": 0.3, "F5": 0.7, "F6": 0.6, "F7": 0.3, "F8": 0.6}
PRIVATE_SHARES = {"F5": 0.2, "F2": 0.08}


def tried(name: str | None, manner: Manner, page: Page, seed: str) -> tuple[Page, bool]:
    """The page with a mess, and whether it found a place."""
    if name is None:
        return page, False
    try:
        new = put_in(name, manner, page, seed)
    except NoPlace:
        return page, False
    return new, new != page


def befallen(page: Page, name: str) -> Page:
    """The page with the name of a mess on every cell that it touched."""
    return change_all(
        page,
        lambda row, column, cell: replace(cell, mess=name) if (cell.touched or cell.asks) and not cell.mess else cell,
    )


@dataclass
class Messing:
    """A sheet while messes are put into it, with the names of those that found a place."""

    page: Page
    manner: Manner
    seed: str
    done: list[str] = field(default_factory=list)

    def attempt(self, name: str | None, guarded: bool = False) -> bool:
        """Whether the mess found a place; what a guarded one rests on is kept from others."""
        new, found = tried(name, self.manner, self.page, f"{self.seed}:{len(self.done)}")
        if found:
            named = befallen(new, f"{self.page.form}.{name}")
            self.page = protected(self.page, named) if guarded else named
            self.done.append(f"{self.page.form}.{name}")
        return found


def tried_in_turn(work: Messing, pack: Pack, allowed: set[str], guarded: bool = False) -> bool:
    """Whether one of the next few messes of the pack found a place; the others come up again for the next unit."""
    failed = []
    for _ in range(4):
        name = pack.deal(allowed - set(failed))
        if name is None or work.attempt(name, guarded):
            break
        failed.append(name)
    for one in failed:
        pack.give_back(one)
    return len(failed) < 4


def messed(page: Page, manner: Manner, packs: Packs, story: str, rng: Random, seed: str) -> tuple[Page, list[str]]:
    """One sheet with its messes, and their names: what a comparison shows, then cells, then lines and columns."""
    form, work = page.form, Messing(page, manner, seed)
    if rng.random() < GATE_SHARE:
        tried_in_turn(work, packs.gates[form], set(packs.gates[form].names), guarded=True)
    if f"{form}.total_only" in work.done:
        return work.page, work.done
    marks = story not in NO_MARKS
    wanted, turns = rng.randint(1, CELL_COUNT[form]), 40
    while wanted and turns:
        turns -= 1
        wanted -= work.attempt(packs.cells[form].deal(name for name in CELLS if marks or name not in MARK_MESSES))
    if story in TEXT_ONLY or story in WHOLE:
        return work.page, work.done
    private = rng.random() < PRIVATE_SHARES.get(form, 0.05) and tried_in_turn(
        work, packs.private[form], {name for name in PRIVATE_PACKS[form] if marks or name != "comment_id"}
    )
    later = ["emptied", "nil"] if story in LATER else []
    barred = {*later, *(REMOVING if private else ()), *(["nil"] if form == "F5" and manner.unit.level != "无" else ())}
    if rng.random() < LINE_SHARES[form]:
        tried_in_turn(work, packs.lines[form], set(LINE_PACKS[form]) - barred)
    return work.page, work.done


def story_list(seed: str, count: int) -> list[str]:
    """How each of the units sends its return: every story at least once, the usual ones more often."""
    rng = dice("stories", seed)
    names = [name for name in STORIES for _ in range(STORY_SHARES.get(name, 1))]
    rng.shuffle(names)
    assert len(names) <= count, len(names)
    names += ["xlsx"] * (count - len(names))
    rng.shuffle(names)
    return names


def manner_of(unit: Unit, year: int, story: str, rng: Random, received: dt.datetime) -> Manner:
    """How the unit fills in the heads; what it calls itself."""
    names = [
        unit.name,
        unit.name,
        unit.short,
        *unit.aliases,
        f"1.{unit.short}",
        f"{unit.name}机关党委",
        f"{unit.short}(汇总)",
        f" {unit.name} ",
    ]
    name = rng.choice(names)
    how = rng.choice(("same", "same", "same", "next", "none"))
    code = rng.random() > 0.15 or how == "none" or story == "wrong_code"
    if story == "subordinate":
        name, code = f"{unit.name}下属{rng.choice(('河道管理处', '信息中心', '培训站'))}", False
    totals, signed = rng.choice(("cached", "cached", "typed", "bare")), rng.choice(("merged", "merged", "cells"))
    filled = received.date() - dt.timedelta(days=rng.randint(0, 2))
    return Manner(unit, year, name, how, code, signed, totals, filled)


def file_name(unit: Unit, year: int, story: str, rng: Random) -> str:
    """A name as units give them; without the unit where the unit must not be known from it."""
    if story == "subordinate":
        return f"附件2({unit.code[-2:]}).xlsx"
    return str(rng.choice((
        f"{unit.code}_{unit.short}_{year}.xlsx", f"{unit.code}_{unit.short}_{year}.xlsx", f"{unit.short}精神文明报表(最终版).xlsx",
        f"{year}年报表-{unit.short}.xlsx", f"新建 Microsoft Excel 工作表{unit.code[-3:]}.xlsx", f"各单位/{unit.short}/报表.xlsx",
        f"附件2({unit.code[-3:]}).xlsx", f"{unit.short}-改.xlsx",
    )))  # fmt: skip


def letter_of(unit: Unit, year: int, story: str, packs: Packs, seed: str) -> tuple[Letter, list[str]]:
    """One return of the heavy year before it is put into files."""
    rng = dice("heavy", seed, unit.code, year)
    received = dt.datetime(year + 1, 1, rng.randint(5, 14), rng.randint(8, 17), rng.randrange(0, 60, 5))
    manner = manner_of(unit, year, story, rng, received)
    clean = tuple(jumped(manner, page) for page in clean_return(manner))
    if story == "subordinate":
        clean = tuple(renamed_inside(page, manner.name) for page in clean)
    pages, done = [], [f"story.{story}"]
    for page in clean:
        new, names = messed(page, manner, packs, story, dice("page", seed, unit.code, page.form), seed)
        pages.append(new)
        done += names
    pages = answered(pages)
    if rng.random() < 0.2 and story not in TEXT_ONLY and story not in ("eight", "eight_xls"):
        pages.append(guide_page())
    totals = "typed" if story in TEXT_ONLY else manner.totals
    letter = Letter(tuple(pages), totals, file_name(unit, year, story, rng), received, unit.code, year, seed, clean)
    return letter, done


def jumped(manner: Manner, page: Page) -> Page:
    """F1 with the question about a staff that changed much since last year, where the design has one (G09)."""
    counts = heads(manner.unit.code, manner.year)
    much = abs(counts.end - counts.start) > max(5, counts.start / 5)
    return put_in("G09", manner, page, "") if page.form == "F1" and much else page


def answered(pages: list[Page]) -> list[Page]:
    """The sheets with the questions that one of them raises in another; they fall away where the other cell is open."""
    for form, measure, ask in [one for page in pages for one in page.beyond]:
        target = next(page for page in pages if page.form == form)
        row, column = next((r, c) for r, c, cell in target.cells() if any(k.measure == measure for k in cell.claims))
        if target.at(row, column).asks:
            pages = [without_asks(page, ask.rule) if page.beyond else page for page in pages]
            continue
        asked = change(target, row, column, asks=(ask,))
        pages = [asked if page is target else page for page in pages]
    return pages


def without_asks(page: Page, rule: str) -> Page:
    """The page without the questions of a rule."""
    return change_all(page, lambda r, c, cell: replace(cell, asks=tuple(ask for ask in cell.asks if ask.rule != rule)))


def renamed_inside(page: Page, name: str) -> Page:
    """F1 with another name in its own field too."""
    return change_all(
        page,
        lambda row, column, cell: (
            replace(cell, value=name) if any(claim.measure == "unit_name" for claim in cell.claims) else cell
        ),
    )


def protected(before: Page, after: Page) -> Page:
    """The page with the cells on which a new question rests kept from other messes: its line, or its column for a total."""
    fresh = [
        (row, column)
        for row, column, cell in after.cells()
        if cell.touched and not (len(before.rows) >= row and before.at(row, column).touched)
    ]
    rows = {row for row, _ in fresh if after.rows[row - 1].kind == "data"} if after.form != "F1" else set()
    columns = {column for row, column in fresh if after.rows[row - 1].kind == "total"}
    return change_all(
        after,
        lambda row, column, cell: replace(cell, touched=True) if row in rows or column in columns else cell,
    )


def heavy_year(year: int, seed: str) -> list[tuple[Built, list[str]]]:
    """Every return of the heavy year with the names of its messes."""
    packs, letters = Packs.shuffled(seed), []
    stories = story_list(seed, len(units(year)))
    for unit, story in zip(units(year), stories, strict=True):
        letters.append((story, *letter_of(unit, year, story, packs, seed)))
    return [(STORIES[story](letter), done) for story, letter, done in shared_households(letters, seed)]
