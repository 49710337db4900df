"""Every way in which a return may come: its kind of file, sent once or twice, with other files and sheets beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.builder.evidence import lock, pdf
from tests.builder.grid import Cell, Page, Row
from tests.builder.packets import (
    broken,
    document,
    encrypted,
    one_cell_wide,
    picture,
    rar,
    to_html,
    with_macros,
    with_properties,
)
from tests.builder.parcels import (
    Letter,
    Story,
    about_file,
    after,
    as_many,
    as_one,
    both,
    extra,
    in_archive,
    plain,
    quiet,
    said_in_head,
    told,
    workbook,
)
from tests.builder.personal_data import full_name, id_number, mobile
from tests.builder.register import dice
from tests.builder.sending import Built
from tests.builder.write_plain import to_csv_file, to_ods, to_xls


def beside(name: str, data: Callable[[], bytes]) -> Story:
    """The return and a file that is no data."""
    return lambda letter: both(plain(letter), extra(f"{letter.stem}{name}", data(), letter.received))


def first_unreadable(name: str, data: Callable[[Letter], bytes], rule: str) -> Story:
    """A file that goes back, then the return."""

    def story(letter: Letter) -> Built:
        file, later = f"{letter.stem}{name}", after(letter, 2, "-重报")
        return both(extra(file, data(letter), letter.received, about_file(file, rule)), plain(later))

    return story


def only_unreadable(name: str, data: Callable[[Letter], bytes], rule: str) -> Story:
    """A file that goes back, and nothing else."""

    def story(letter: Letter) -> Built:
        file = f"{letter.stem}{name}"
        return extra(file, data(letter), letter.received, about_file(file, rule))

    return story


def sent_back(rule: str) -> Story:
    """A readable return that cannot be used as a whole."""

    def story(letter: Letter) -> Built:
        return extra(letter.file, workbook(letter), letter.received, about_file(letter.file, rule))

    return story


def refused(page: Page) -> bool:
    """Whether the sheet is sent back, so that an earlier version of its form still counts (decision 8)."""
    return any(ask.treatment == "BACK" for ask in page.asks)


def two_versions(letter: Letter, sent: tuple[Page, ...], kept: tuple[Page, ...], days: int, addition: str) -> Built:
    """An earlier file and a later one; of the earlier one only the `kept` forms count."""
    first, second = replace(letter, pages=sent), after(letter, days, addition)
    return both(
        told({first.file: workbook(first)}, {first.file: kept}, first.received),
        plain(second),
    )


def resent(letter: Letter) -> Built:
    """An earlier version, then the one that counts; where a form of it goes back, the earlier one counts."""
    back = {page.form for page in letter.pages if refused(page)}
    kept = tuple(page for page in letter.earlier if page.form in back)
    return two_versions(letter, letter.earlier, kept, 3, "(修订稿)")


def resent_form(letter: Letter) -> Built:
    """The whole return, and later one form of it anew."""
    new = tuple(page for page in letter.pages if page.form == "F3")
    old = tuple(page for page in letter.earlier if page.form == "F3")
    rest = tuple(page for page in letter.pages if page.form != "F3")
    kept = (*rest, *(old if refused(new[0]) else ()))
    return two_versions(replace(letter, pages=new), (*rest, *old), kept, 4, "表3更正")


def copied(letter: Letter) -> Built:
    """The same file twice: the later one is skipped."""
    again = after(letter, 1, "(1)")
    return both(plain(letter), extra(again.file, workbook(letter), again.received))


def without_time(letter: Letter) -> Built:
    """Two versions of which nobody noted when they came: none counts, both are asked about."""
    files = {letter.file: replace(letter, pages=letter.earlier), f"{letter.stem}最终版.xlsx": letter}
    parts = [extra(file, workbook(one), one.received, about_file(file, "M13", "ASK")) for file, one in files.items()]
    return replace(both(*parts), received=())


def draft_beside(letter: Letter) -> Built:
    """Two sheets of F3, both filled: none counts, both are asked about."""
    old = next(page for page in letter.earlier if page.form == "F3")
    draft, kept = replace(old, name="表3(2)"), [page for page in letter.pages if page.form != "F3"]
    f3 = next(page for page in letter.pages if page.form == "F3")
    data = workbook(replace(letter, pages=(*letter.pages, draft)))
    asked = [about_file(letter.file, "M14", "ASK", page.name) for page in (f3, draft)]
    made = told({letter.file: data}, {letter.file: kept}, letter.received)
    return replace(made, queries=(*made.queries, *asked))


def hidden_draft(letter: Letter) -> Built:
    """A hidden sheet with an older F3: nothing of it is read."""
    old = next(page for page in letter.earlier if page.form == "F3")
    blind = quiet(replace(old, name="上年底稿", hidden=True))
    return plain(replace(letter, pages=(*letter.pages, blind)))


def other_sheet(letter: Letter) -> Built:
    """A visible sheet of the unit's own."""
    rows = (
        Row("other", (Cell("分工"), Cell("说明"))),
        Row("other", (Cell("办公室"), Cell("汇总"))),
        Row("other", (Cell("政工科"), Cell("表2、表3"))),
    )
    return plain(replace(letter, pages=(Page("", "填表人员分工", rows), *letter.pages)))


def private_properties(letter: Letter) -> Built:
    """Personal data in the properties of the file."""
    rng = dice("properties", letter.seed, letter.unit)
    said = (full_name(rng), id_number(rng), mobile(rng))
    data = with_properties(workbook(letter), "制表:{} 身份证{} 手机{}".format(*said))
    made = told({letter.file: data}, {letter.file: letter.pages}, letter.received)
    asked = about_file(letter.file, "M62", "QUAR")
    return replace(made, queries=(*made.queries, asked), secrets=(*made.secrets, *said))


def named_after_person(letter: Letter) -> Built:
    """A number of identity in the name of the file, which is shown masked."""
    number = id_number(dice("file", letter.seed, letter.unit))
    file, shown = f"{letter.stem}_{number}.xlsx", f"{letter.stem}_■.xlsx"
    made = told({file: workbook(letter)}, {shown: letter.pages}, letter.received)
    return replace(made, queries=(*made.queries, about_file(shown, "M62", "QUAR")), secrets=(*made.secrets, number))


def all_nil(letter: Letter) -> Built:
    """A workbook that says 零报告 and nothing else: accepted."""
    head = [row for row in letter.earlier[0].rows if row.kind in ("title", "head")]
    page = Page("", "Sheet1", (*head, Row("other", (Cell("本单位本年度零报告。"),))))
    return plain(replace(letter, pages=(quiet(page),)))


def without_pairing(letter: Letter) -> Built:
    """A unit with a title leaves F5 out: asked for."""
    made = plain(replace(letter, pages=tuple(page for page in letter.pages if page.form != "F5")))
    return replace(made, queries=(*made.queries, about_file(letter.file, "M75", "ASK")))


def other_year_sheet(letter: Letter) -> Built:
    """One sheet says another year than the rest: sent back alone."""
    page = next(page for page in letter.pages if page.form == "F6")
    old = quiet(said_in_head(page, f"{letter.year}年度", f"{letter.year - 1}年度"))
    made = plain(replace(letter, pages=tuple(old if one.form == "F6" else one for one in letter.pages)))
    return replace(made, queries=(*made.queries, about_file(letter.file, "M11", "BACK", old.name)))


def wrong_year(letter: Letter) -> Built:
    """Every sheet says another year."""
    old = tuple(said_in_head(page, f"{letter.year}年度", f"{letter.year - 1}年度") for page in letter.pages)
    return sent_back("M11")(replace(letter, pages=old))


def wrong_code(letter: Letter) -> Built:
    """The name of one unit with the code of another."""
    other = "LJ-G04" if letter.unit != "LJ-G04" else "LJ-G05"
    pages = tuple(said_in_head(page, f"单位代码:{letter.unit}", f"单位代码:{other}") for page in letter.pages)
    return sent_back("M12")(replace(letter, pages=pages))


STORIES: dict[str, Story] = {
    "xlsx": plain,
    "xls": as_one("xls", lambda letter: to_xls(letter.pages)),
    "et": as_one("et", lambda letter: to_xls(letter.pages)),
    "xls_named_xlsx": as_one("xlsx", lambda letter: to_xls(letter.pages)),
    "xlsx_named_xls": as_one("xls", workbook),
    "ods": as_one("ods", lambda letter: to_ods(letter.pages, "typed" if letter.totals == "typed" else "cached")),
    "xlsm": as_one("xlsm", lambda letter: with_macros(workbook(letter))),
    "a1": as_one("xlsx", lambda letter: one_cell_wide(workbook(letter))),
    "csv": as_many("csv", lambda letter, page: to_csv_file(page), False),
    "csv_utf8": as_many("csv", lambda letter, page: to_csv_file(page, "utf-8-sig"), False),
    "csv_utf16": as_many("csv", lambda letter, page: to_csv_file(page, "utf-16"), False),
    "html": as_many("xls", lambda letter, page: to_html(page), False),
    "eight": as_many("xlsx", lambda letter, page: workbook(replace(letter, pages=(page,))), True),
    "eight_xls": as_many("xls", lambda letter, page: to_xls((page,)), True),
    "zip": in_archive("报送材料/电子表/", old_names=False),
    "zip_gbk": in_archive("精神文明/", old_names=True),
    "zip_flat": in_archive("", old_names=True),
    "rar_first": first_unreadable(".rar", lambda letter: rar(), "M08"),
    "encrypted_first": first_unreadable("加密.xlsx", lambda letter: encrypted(), "M05"),
    "broken_first": first_unreadable(".xlsx", lambda letter: broken(workbook(letter)), "M07"),
    "empty_first": first_unreadable(".xlsx", lambda letter: b"", "M07"),
    "encrypted_only": only_unreadable(".xlsx", lambda letter: encrypted(), "M05"),
    "rar_only": only_unreadable(".rar", lambda letter: rar(), "M08"),
    "wrong_year": wrong_year,
    "wrong_code": wrong_code,
    "subordinate": sent_back("M12"),
    "pdf": beside("盖章扫描件.pdf", lambda: pdf("stamped copy")),
    "docx": beside("工作总结.docx", document),
    "photo": beside("活动照片.jpg", picture),
    "lock": lambda letter: both(plain(letter), extra(f"~${letter.file.rsplit('/', 1)[-1]}", lock(), letter.received)),
    "resent": resent,
    "resent_form": resent_form,
    "copied": copied,
    "without_time": without_time,
    "draft_beside": draft_beside,
    "hidden_draft": hidden_draft,
    "other_sheet": other_sheet,
    "properties": private_properties,
    "named_after_person": named_after_person,
    "all_nil": all_nil,
    "without_pairing": without_pairing,
    "other_year_sheet": other_year_sheet,
}
