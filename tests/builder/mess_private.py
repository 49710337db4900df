"""M62, M73, M79: personal data in cells, comments, own columns, hidden sheets; each cell asked about and masked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.builder.grid import Ask, Cell, Claim, Page, Row, Value, insert_column, put
from tests.builder.mess_gates import Mess, typed_totals
from tests.builder.mess_lines import column_of_measure, data_rows
from tests.builder.personal_data import card, full_name, home, id_number, illness, mobile, old_id_number
from tests.builder.register import field_named, wording
from tests.builder.scene import NoPlace, Scene

Made = tuple[str, tuple[str, ...]]


def with_id(rng: Random) -> Made:
    name, number = full_name(rng), id_number(rng)
    spaced = rng.choice(
        (number, f"{number[:6]} {number[6:14]} {number[14:]}", f"{number[:6]}-{number[6:14]}-{number[14:]}")
    )
    text = rng.choice((f"{name},身份证号{spaced}", f"户主{name} {spaced}", f"身份证:{spaced}", f"{name}（{spaced}）"))
    return text, (number, spaced, *((name,) if name in text else ()))


def with_old_id(rng: Random) -> Made:
    number = old_id_number(rng)
    return f"身份证号{number}", (number,)


def with_mobile(rng: Random) -> Made:
    name, number = full_name(rng), mobile(rng)
    shown = rng.choice((number, f"{number[:3]}-{number[3:7]}-{number[7:]}", f"{number[:3]} {number[3:7]} {number[7:]}"))
    return rng.choice((f"{name} {shown}", f"联系{name},电话{shown}")), (name, number, shown)


def with_card(rng: Random) -> Made:
    number = card(rng)
    return rng.choice((f"打卡账号{number}", f"农商行卡号:{number[:4]} {number[4:]}")), (number, number[4:])


def with_illness(rng: Random) -> Made:
    name, ill = full_name(rng), illness(rng)
    return rng.choice((f"{name}患{ill}", f"户主{name}因{ill}返贫", f"{name},{ill},长期服药")), (name, ill)


def only_name(rng: Random) -> Made:
    name = full_name(rng)
    return name, (name,)


def only_illness(rng: Random) -> Made:
    ill = illness(rng)
    return ill, (ill,)


def with_home(rng: Random) -> Made:
    place = home(rng)
    return f"家住{place}", (place,)


def private_cell(measure: str, *kinds: Callable[[Random], Made]) -> Mess:
    """Something personal in a cell of the measure: open, asked about, never stored."""

    def mess(scene: Scene, page: Page) -> Page:
        rows = data_rows(page)
        known = next(c for c in (cell.claims[0] for _, _, cell in page.cells() if cell.claims))
        column = column_of_field(page, known.form, measure)
        row = scene.one_of([row for row in rows if not page.at(row, column).touched])
        line = next(cell.claims[0].row for cell in page.rows[row - 1].cells if cell and cell.claims)
        text, secrets = scene.rng.choice(kinds)(scene.rng)
        claim = Claim(known.form, line, "", measure, queried=True)
        new = Cell(text, claims=(claim,), asks=(Ask("M62", "QUAR"),), touched=True, secret="\n".join(secrets))
        return put(page, row, column, new)

    return mess


def column_of_field(page: Page, form: str, measure: str) -> int:
    """The column of a measure, also when no line says anything there: by its heading."""
    try:
        return column_of_measure(page, measure)
    except NoPlace:
        heading = field_named(form, "", measure).header
        headers = page.rows_of("header")
        found = page.find(lambda row, column, cell: row in headers and cell.value == heading)
        if not found:
            raise
        return found[0][1]


def private_comment(scene: Scene, page: Page) -> Page:
    """A comment with an identity number; the number beside it is read."""
    found = page.find(
        lambda r, c, cell: bool(cell.claims) and not cell.touched and isinstance(cell.value, (int, float))
    )
    row, column = scene.one_of(found)
    text, secrets = scene.rng.choice((with_id, with_mobile, with_card))(scene.rng)
    cell = page.at(row, column)
    return put(
        page, row, column,
        replace(cell, comment=text, asks=(Ask("M62", "QUAR"),), touched=True, secret="\n".join(secrets)),
    )  # fmt: skip


def name_column(scene: Scene, page: Page) -> Page:
    """A column 姓名 of the unit's own: every name in it is asked about."""
    headers = page.rows_of("header")
    heading = scene.rng.choice(("姓名", "户主姓名", "帮扶对象姓名"))

    def made(number: int, row: Row) -> Cell | None:
        if number == headers[0]:
            return Cell(heading, "header", (len(headers), 1))
        if row.kind != "data":
            return None
        name = full_name(scene.rng)
        return Cell(name, asks=(Ask("M62", "QUAR"),), secret=name)

    return insert_column(typed_totals(page), 3, made)


def destroyed_number(scene: Scene, page: Page) -> Page:
    """M73: an identity or card number that the program took for a number."""
    page = private_cell("remark", with_id)(scene, page)
    row, column = page.find(lambda r, c, cell: any(ask.rule == "M62" for ask in cell.asks))[0]
    number: Value = int(scene.rng.choice((id_number(scene.rng).replace("X", "1"), card(scene.rng)))[:18]) // 1000 * 1000
    cell = page.at(row, column)
    return put(page, row, column, replace(cell, value=number, secret=str(number)))


def thinking(scene: Scene, page: Page) -> Page:
    """M79: what the analysis found, written out in the remark."""
    found = page.find(lambda r, c, cell: any(claim.item == "thinking_analysis" for claim in cell.claims))
    if not found:
        raise NoPlace
    row, text = found[0][0], scene.rng.choice(wording("sheet", "thinking"))
    heading = page.find(lambda r, c, cell: cell.look == "header" and cell.value == "备注" and r < row)
    claim = Claim("F7", 0, "thinking_analysis", "remark", queried=True)
    return put(
        page, row, scene.one_of(heading[:1])[1], Cell(text, claims=(claim,), asks=(Ask("M79", "QUAR"),), secret=text)
    )


def liaison_mobile(scene: Scene, page: Page) -> Page:
    """A mobile number with the liaison: masked, no question."""
    column_of_measure(page, "liaison_named")
    row, column = page.find(lambda r, c, cell: any(k.measure == "liaison_named" for k in cell.claims))[0]
    name, number = full_name(scene.rng), mobile(scene.rng)
    return put(
        page,
        row,
        column,
        replace(page.at(row, column), value=f"{name} {number}", touched=True, secret=f"{name}\n{number}"),
    )


def footer_mobile(scene: Scene, page: Page) -> Page:
    """A mobile number in the signature line: masked, no question."""
    (number,), said = page.rows_of("sign")[-1:], mobile(scene.rng)
    row = page.rows[number - 1]
    cells = []
    for cell in row.cells:
        if cell and isinstance(cell.value, str) and "联系电话:" in cell.value:
            head, _, tail = cell.value.partition("联系电话:")
            rest = tail[tail.find(" ") :] if " " in tail else ""
            cell = replace(cell, value=f"{head}联系电话:{said}{rest}", secret=said)
        cells.append(cell)
    rows = list(page.rows)
    rows[number - 1] = replace(row, cells=tuple(cells))
    return replace(page, rows=tuple(rows))


def hidden_list(rng: Random) -> Page:
    """A hidden sheet with names and numbers of those who were helped."""
    rows = [
        Row("title", (Cell("走访对象底册"),)),
        Row("header", (Cell("序号"), Cell("姓名"), Cell("身份证号"), Cell("联系电话"))),
    ]
    for serial in range(1, rng.randint(3, 5)):
        name, number, phone = full_name(rng), id_number(rng), mobile(rng)
        rows.append(
            Row(
                "other",
                (
                    Cell(serial),
                    *(Cell(text, asks=(Ask("M62", "QUAR"),), secret=text) for text in (name, number, phone)),
                ),
            )
        )
    return Page("", str(rng.choice(wording("sheet", "hidden_names"))), tuple(rows), hidden=True)


PRIVATE: dict[str, Mess] = {
    "identity": private_cell("remark", with_id),
    "id": private_cell("remark", with_id, with_old_id, with_card, with_home),
    "id_helped": private_cell("beneficiaries", with_id, with_mobile, with_illness),
    "name_for_number": private_cell("household_no", only_name, with_id),
    "illness": private_cell("hardship_type", only_illness, with_illness),
    "card": private_cell("help_measures", with_card, with_mobile),
    "ill_remark": private_cell("remark", with_illness, with_mobile),
    "comment_id": private_comment,
    "name_column": name_column,
    "destroyed": destroyed_number,
    "thinking": thinking,
    "liaison_mobile": liaison_mobile,
    "footer_mobile": footer_mobile,
}
