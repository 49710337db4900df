"""The questions of a year: a row of words for each, for the page of its unit and for the table of all."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.present.labels import Words
from analysis.present.site_cells import Cells, Record
from analysis.present.site_html import Html, el, join, row, table
from analysis.present.site_page import Both, Page, pair

STATES = ("open", "answered", "closed")
COLUMNS = ("unit", "place", "rule", "question", "state")


def place_of(query: Record) -> Html:
    """File, sheet and cell of a question, as far as it has them."""
    parts = [str(query[name]) for name in ("file", "sheet", "cell") if isinstance(query[name], str) and query[name]]
    return join([join(" · " if number else "", el("bdi", part)) for number, part in enumerate(parts)])


def question_of(query: Record, cells: Cells) -> Html:
    """What is asked; of a text of people only that it is about one."""
    if cells.is_free_text(query["form"], query["field"]):
        return el("em", cells.both.say("site.free_text"))
    return pair(str(query["message_zh"]), str(query["message_en"]))


def rule_of(query: Record, both: Both) -> Html:
    """The rule that asked, and what has to be done."""
    names = [pair(*(words.rule(str(query["rule"])) for words in (both.zh, both.en)))]
    acts = [pair(*(words.label(str(query["treatment"]), "treatment") for words in (both.zh, both.en)))]
    return join(names, el("br"), el("small", acts))


def state_of(query: Record, both: Both) -> Html:
    """Whether a question is open."""
    return pair(*(words.label(str(query["state"]), "state") for words in (both.zh, both.en)))


def queries_page(
    queries: pd.DataFrame, cells: Cells, unit_names: dict[str, str], links: Sequence[tuple[Html, str]]
) -> Page:
    """The table of all questions, searched as one types. Open ones come first."""
    both = cells.both
    first = queries.assign(_closed=queries["state"] != "open", _unit=queries["unit_code"].fillna("~"))
    ordered = first.sort_values(["_closed", "_unit"], kind="stable")
    rows = [_row(query, cells, unit_names) for query in ordered.to_dict("records")]
    heads = [(both.say(f"site.query_{name}"), False) for name in COLUMNS]
    title = both.zh.say("site.queries")
    body = join(
        el("h1", both.say("site.queries")),
        el("p", both.say("site.queries_meaning"), class_="lead"),
        search_form("queries", both, _states(queries, both)),
        table("", heads, rows, title, id="queries", class_="queries"),
    )
    return Page(title, body, "../", internal=True, links=links)


def search_form(list_id: str, words: Both | Words, states: Sequence[tuple[str, str]] = ()) -> Html:
    """The field that filters a list; without script there is none and the list stands whole.

    `states` are the codes that a row may have as `data-state`, with their names.
    """
    options = [el("option", name, value=code) for code, name in states]
    choice = [el("label", words.say("site.state"), " ", el("select", options))] if states else []
    field = el("input", type="search", autocomplete="off", spellcheck="false", aria_controls=list_id)
    told = el("output", role="status", aria_live="polite")
    label = el("label", words.say("site.search"), " ", field)
    return el("form", label, choice, told, role="search", data_filter=list_id, hidden=True, class_="search")


def _states(queries: pd.DataFrame, both: Both) -> list[tuple[str, str]]:
    """The states that there are, after a choice of all; an option can hold no markup, so both languages stand in it."""
    codes = ["", *(code for code in STATES if code in set(queries["state"]))]
    names = [
        (both.zh.label(code, "state"), both.en.label(code, "state"))
        if code
        else (both.zh.say("site.all_states"), both.en.say("site.all_states"))
        for code in codes
    ]
    return [(code, f"{zh} {en}") for code, (zh, en) in zip(codes, names, strict=True)]


def _row(query: Record, cells: Cells, unit_names: dict[str, str]) -> Html:
    code = query["unit_code"] if isinstance(query["unit_code"], str) else ""
    name = unit_names.get(code, code)
    unit = (
        el("a", name, href=f"{code}.html#q-{query['query_id']}", data_both=True) if code in unit_names else name or "—"
    )
    parts = [unit, place_of(query), rule_of(query, cells.both), question_of(query, cells), state_of(query, cells.both)]
    return row(
        [(part, False) for part in parts], id=f"q-{query['query_id']}", data_item=f"{code} {query['query_id']}",
        data_state=str(query["state"]),
    )  # fmt: skip
