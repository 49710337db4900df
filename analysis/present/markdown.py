"""Pieces of the Markdown documents that are made from the reference data: headings, paragraphs and tables in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.present.labels import fill, load_phrases
from analysis.reference import Label

NOTHING = "—"


def phrase(code: str, **values: object) -> Label:
    """A phrase in both languages with its blanks filled; raises KeyError for an unknown phrase or blank."""
    found = load_phrases()[code]
    return Label(fill(found.zh, **values), fill(found.en, **values))


def heading(level: int, code: str) -> list[str]:
    """A heading: Chinese, then English."""
    words = phrase(code)
    return title(level, words.zh, words.en)


def title(level: int, zh: str, en: str = "") -> list[str]:
    """A heading of given words."""
    return [f"{'#' * level} {zh}{' · ' if en else ''}{en}", ""]


def paragraph(code: str, **values: object) -> list[str]:
    """A paragraph in Chinese, the same in English below it in italics."""
    words = phrase(code, **values)
    return [words.zh, "", f"*{words.en}*", ""]


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table; `columns` are codes of phrases. Empty cells show a dash."""
    heads = [phrase(f"method.column.{name}") for name in columns]
    lines = [" | ".join(f"{head.zh} {head.en}" for head in heads), " | ".join("---" for _ in columns)]
    lines += [" | ".join(cell(text) for text in row) for row in rows]
    return [*(f"| {line} |" for line in lines), ""]


def cell(text: str) -> str:
    """A text as it stands in a table; what is no code must not be taken for a tag."""
    plain = text if "`" in text else text.replace("<", "&lt;")
    return " ".join(plain.replace("|", "\\|").split()) or NOTHING


def code(text: str) -> str:
    """A text in the letters of code."""
    return f"`{text}`" if text else ""


def document(lines: Iterable[str]) -> str:
    """The lines as one text that ends with one line break."""
    return "\n".join(lines).rstrip("\n") + "\n"
