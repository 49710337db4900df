"""Markup in which nothing is left unescaped by accident: plain text is escaped, only `Html` goes through as it is."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TypeAlias

EMPTY_ELEMENTS = frozenset({"img", "input", "meta", "link", "br"})


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


Part: TypeAlias = "str | Iterable[str]"


def el(name: str, /, *parts: Part, **attributes: str | bool | None) -> Html:
    """One element. Parts that are no `Html`, and every attribute, are escaped; an attribute of None or False is left out.

    `class_` and `for_` stand for the words that Python keeps; `_` in other names for `-`.
    """
    shown = "".join(_attribute(key, value) for key, value in attributes.items() if value not in (None, False))
    if name in EMPTY_ELEMENTS:
        return Html(f"<{name}{shown}>")
    return Html(f"<{name}{shown}>{join(*parts)}</{name}>")


def join(*parts: Part) -> Html:
    """Parts one after another, escaped where they are no markup."""
    return Html("".join(text(part) if isinstance(part, str) else join(*part) for part in parts))


def text(part: str) -> str:
    """One part as markup."""
    return part if isinstance(part, Html) else escape(part, quote=True)


def _attribute(key: str, value: str | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value), quote=True)}"'


def table(caption: str, heads: Iterable[tuple[str, bool]], rows: Iterable[Html], label: str, **attributes: str) -> Html:
    """A table in a box of its own that scrolls where the page is narrow, by keyboard too.

    `heads` are headings, each with whether its column is of numbers; `label` is what a screen reader calls the box.
    """
    cells = [el("th", head, scope="col", class_="n" if is_number else None) for head, is_number in heads]
    title = [el("caption", caption)] if caption else []
    inner = el("table", title, el("thead", el("tr", cells)), el("tbody", rows), **attributes)
    return el("div", inner, class_="wide", role="region", tabindex="0", aria_label=label)


def row(cells: Iterable[tuple[str, bool]], **attributes: str | None) -> Html:
    """A row of a table; the first cell names it."""
    parts = [
        el("td" if place else "th", cell, class_="n" if is_number else None, scope=None if place else "row")
        for place, (cell, is_number) in enumerate(cells)
    ]
    return el("tr", parts, **attributes)
