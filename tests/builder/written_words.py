"""How units write yes and no, choices of a list, persons, categories and texts, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable

from tests.builder.cell_mess import CellMess, Place, Written
from tests.builder.grid import Value
from tests.builder.register import Field, person, wording

LISTS = tuple(wording("lists"))
NAMED = ("leader_named", "responsible_named")


def plain_yes_no(field: Field) -> bool:
    return field.type == "yes_no" and not field.measure.endswith("_named")


def one_of(place: Place, *keys: str) -> str | None:
    """One of the listed ways, None when nothing is listed."""
    found = wording(*keys[:-1]).get(keys[-1])
    return str(place.rng.choice(found)) if found else None


def yes_no(place: Place) -> Written | None:
    """The same answer in another word."""
    said = place.claim.text or ""
    about = {"established": "established_", "out_of_hardship": "out_"}.get(place.field.measure, "")
    word = one_of(place, "yes_no", place.rng.choice(("", about)) + said)
    if word is None:
        return None
    return Written(int(word) if word in "01" and place.rng.random() < 0.5 else word)


def being_set_up(place: Place) -> Written | None:
    """建立中: no, and told."""
    if place.field.form != "F7" or place.claim.text != "no":
        return None
    return Written(one_of(place, "yes_no", "established_doing"))


def yes_no_open(place: Place) -> Written | None:
    about = {"established": "established_", "out_of_hardship": "out_"}.get(place.field.measure, "")
    return Written(one_of(place, "yes_no", place.rng.choice(("", about)) + "open"), "ask")


def choice(place: Place) -> Written | None:
    """The same choice in another word."""
    word = one_of(place, "lists", place.field.measure, place.claim.text or "")
    return None if word is None else Written(word)


def choice_open(place: Place) -> Written | None:
    return Written(one_of(place, "lists", place.field.measure, "open"), "ask")


def nobody(place: Place) -> Written | None:
    """A group or office in place of a person: counts as not named."""
    return Written(place.rng.choice(wording("persons", "no")), text="no")


def somebody(place: Place) -> Written | None:
    """One person with a post, or several: named."""
    way = place.rng.choice(wording("persons", place.rng.choice(("several", "with_post"))))
    return Written(way.format(a=person(place.rng), b=person(place.rng)))


def category(place: Place) -> Written | None:
    """The category by another name, misspelt, in traditional characters or with pinyin."""
    word = one_of(place, "categories", place.claim.text or "")
    return None if word is None else Written(word)


def category_open(place: Place) -> Written | None:
    """A name that fits several, or two names with one number."""
    names = [name for code, name in place.field.codes.items() if code != "other_moral_practice"]
    two = "、".join(place.rng.sample(names, 2))
    return Written(place.rng.choice((*wording("categories", "ambiguous"), *wording("categories", "asked"), two)), "ask")


def category_other(place: Place) -> Written | None:
    word = one_of(place, "categories", "other_moral_practice")
    return Written(word, text="other_moral_practice")


def numbered(place: Place) -> Written | None:
    """Several measures in one cell."""
    said = [part.strip() for part in str(place.value).replace(";", ",").replace("，", ",").split(",") if part.strip()]
    joined = "\n".join(f"{number}.{part}" for number, part in enumerate([*said, "定期通报进展"], 1))
    return Written(joined, text=joined)


def measure(*names: str) -> Callable[[Field], bool]:
    return lambda field: field.measure in names


def in_list(field: Field) -> bool:
    return field.type == "list" and field.measure in LISTS


def left_blank(outcome: str) -> Callable[[Place], Written]:
    value: Value = None
    return lambda place: Written(value, outcome)


WORD_MESSES = {
    "yes_no": CellMess("M60", plain_yes_no, yes_no),
    "being_set_up": CellMess("M60", plain_yes_no, being_set_up, "NOTE"),
    "yes_no_open": CellMess("M60", plain_yes_no, yes_no_open),
    "choice": CellMess("M61", in_list, choice),
    "choice_open": CellMess("M61", in_list, choice_open),
    "nobody": CellMess("M63", measure(*NAMED), nobody, "NOTE"),
    "somebody": CellMess("M63", measure(*NAMED), somebody, "NOTE"),
    "category": CellMess("M58", measure("category"), category),
    "category_open": CellMess("M58", measure("category"), category_open),
    "category_other": CellMess("M58", measure("category"), category_other, "NOTE"),
    "numbered": CellMess("M33", measure("rect_measures"), numbered),
    "blank_word": CellMess(
        "M52", lambda field: field.type in ("text", "list", "yes_no") and field.required, left_blank("blank")
    ),
    "blank_optional": CellMess("M52", lambda field: field.type == "text", left_blank("gone")),
}
