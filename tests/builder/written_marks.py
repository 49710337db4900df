"""Messes that stand beside the value of a cell: comments, colours, strike-through, links to other workbooks."""

from __future__ import annotations

from tests.builder.cell_mess import CellMess, Place, Written
from tests.builder.register import Field, wording
from tests.builder.written_numbers import COUNTS, NUMBERS, of_type


def harmless_comment(place: Place) -> Written:
    return Written(place.value, comment=place.rng.choice(wording("sheet", "comments_harmless")))


def changing_comment(place: Place) -> Written:
    return Written(place.value, "ask", comment=place.rng.choice(wording("sheet", "comments_changing")))


def red(place: Place) -> Written:
    return Written(place.value, mark="red")


def struck_number(place: Place) -> Written:
    return Written(place.value, "ask", mark="struck")


def struck_text(place: Place) -> Written:
    return Written(place.value, mark="struck")


def linked(place: Place) -> Written | None:
    """A link to another workbook with the value that it had."""
    return Written(place.value, formula=f"=[1]Sheet1!B{place.rng.randint(3, 40)}")


def lost_link(place: Place) -> Written | None:
    """A link without value."""
    return Written(None, "ask", formula=f"=[1]Sheet1!B{place.rng.randint(3, 40)}")


def lost_formula(place: Place) -> Written | None:
    """A formula that is no plain sum, saved without its result."""
    return Written(
        None, "ask", formula=place.rng.choice(("=ROUND(AVERAGE(3,5),0)", "=MAX(1,2)*3", '=COUNTIF(Z1:Z9,"是")'))
    )


def plain_text(field: Field) -> bool:
    return field.type == "text" and field.measure != "unit_name"


MARK_MESSES = {
    "comment": CellMess("M32", of_type(*NUMBERS, "text"), harmless_comment, "NOTE"),
    "changing_comment": CellMess("M32", COUNTS, changing_comment),
    "red": CellMess("M31", of_type(*NUMBERS), red, "NOTE"),
    "struck": CellMess("M31", of_type(*NUMBERS), struck_number),
    "struck_text": CellMess("M31", plain_text, struck_text, "NOTE"),
    "link": CellMess("M06", of_type(*NUMBERS), linked),
    "lost_link": CellMess("M06", of_type(*NUMBERS), lost_link),
    "lost_formula": CellMess("M56", of_type(*NUMBERS), lost_formula),
}
