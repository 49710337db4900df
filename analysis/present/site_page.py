"""The frame of every page of the site: head, way back, mark of use, foot.

A page calls nothing outside its folder: its policy allows our one style sheet of the font, pictures beside it and the
one script, by its hash.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.present.context import Context
from analysis.present.labels import Lang, Words
from analysis.present.site_html import Html, el, join

HERE = Path(__file__).parent
FONT_CSS = "fonts/chinese.css"
OTHER: dict[Lang, Lang] = {"zh": "en", "en": "zh"}
CODES: dict[Lang, str] = {"zh": "zh-CN", "en": "en"}


@dataclass(frozen=True)
class Page:
    """One page. `up` leads to the folder of the year, as `../`; `internal` pages hold whole numbers and raw text.

    `links` are the ways in the head: words and address. A page without `lang` holds both languages.
    """

    title: str
    body: Html
    up: str
    internal: bool
    links: Sequence[tuple[Html | str, str]] = ()
    lang: Lang | None = None
    other: str = ""


@dataclass(frozen=True)
class Both:
    """Words in both languages, one beside the other; the reader's choice hides one of them."""

    zh: Words
    en: Words

    def say(self, phrase: str, **values: str) -> Html:
        return pair(self.zh.say(phrase, **values), self.en.say(phrase, **values))


def pair(zh: str, en: str) -> Html:
    """The same in two languages; once where both are one."""
    if zh == en:
        return join(zh)
    return join(el("span", zh, class_="zh", lang="zh-CN"), " ", el("span", en, class_="en", lang="en"))


@cache
def part(name: str) -> str:
    """The text of a file beside this module."""
    return (HERE / name).read_text(encoding="utf-8")


@cache
def policy() -> str:
    """What a page may load: nothing from outside."""
    digest = base64.b64encode(hashlib.sha256(part("site.js").encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'self' file: 'unsafe-inline'; "
        "img-src 'self' file: data:; font-src data:; base-uri 'none'; form-action 'none'"
    )


def render(page: Page, contexts: dict[Lang, Context]) -> str:
    """The page as text."""
    context = contexts[page.lang or "zh"]
    both = Both(contexts["zh"].words, contexts["en"].words)
    head = join(
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", http_equiv="Content-Security-Policy", content=policy()),
        el("meta", name="referrer", content="no-referrer"),
        el("title", page.title),
        el("link", rel="stylesheet", href=f"{page.up}{FONT_CSS}"),
        Html(f"<style>{part('site.css')}</style><script>{part('site.js')}</script>"),
    )
    say = context.words.say if page.lang else both.say
    mark = el("p", say("site.mark_internal" if page.internal else "site.mark_public"), class_="mark")
    links = [el("li", el("a", words, href=address)) for words, address in page.links]
    body = join(
        el("a", say("site.skip"), href="#main", class_="skip"),
        el(
            "header",
            el("nav", el("ul", links, _switch(page)), aria_label=context.words.say("site.nav")),
            mark,
            class_="top",
        ),
        el("main", page.body, id="main", tabindex="-1"),
        el("footer", _foot(page, contexts)),
    )
    lang = CODES[page.lang or "zh"]
    kind = "internal" if page.internal else None
    return f"<!DOCTYPE html>\n{el('html', el('head', head), el('body', body, class_=kind), lang=lang)}\n"


def _switch(page: Page) -> Html:
    """The way to the other language: another page, or a button where the page holds both."""
    if page.lang is None:
        return el("li", el("button", "English", type="button", data_switch="中文", lang="en", hidden=True))
    other = OTHER[page.lang]
    words = "English" if other == "en" else "中文"
    return el("li", el("a", words, href=page.other, lang=CODES[other], hreflang=CODES[other]))


def _foot(page: Page, contexts: dict[Lang, Context]) -> Html:
    """Source, date and coverage."""
    if page.lang:
        return el("p", contexts[page.lang].foot())
    return el("p", pair(contexts["zh"].foot(), contexts["en"].foot()))
