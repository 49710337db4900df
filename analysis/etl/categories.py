"""One text -> category of moral practice: the eight rules of the catalogue, never a guess between two."""

from __future__ import annotations

import re
from functools import cached_property

from analysis.etl.blanks import MISSING, ask, cell_text, empty_meaning, read_ditto, read_error
from analysis.etl.lexicon import Lexicon
from analysis.etl.text import has_chinese, normal_form
from analysis.etl.tidy import tidy
from analysis.records import Cell, Reading
from analysis.reference import CategoryAlias, Reference

_SEVERAL = re.compile(r"[、,;/+和及]")
_QUOTES = re.compile(r"[\"'“”‘’《》〈〉「」]")
_SHORTEST_NEAR = 4


class CategoryNames:
    """The names of the categories, ready to be looked up."""

    def __init__(self, reference: Reference) -> None:
        words = reference.words
        self._dropped = sorted(map(normal_form, words.get("category_noise", {})), key=lambda word: (-len(word), word))
        self._giving = {normal_form(word): code for word, code in words.get("giving_form", {}).items()}
        self._objects = frozenset(words.get("category_object", {}))
        self._names = {category.code: category.zh for category in reference.categories}
        self._official = {normal_form(category.zh): category.code for category in reference.categories}
        self._aliases: dict[str, CategoryAlias] = {}
        for word, alias in reference.category_aliases.items():
            for form in {normal_form(word), self._reduced(alias.word)}:
                self._aliases.setdefault(form, alias)
        self._negations = tuple(normal_form(word) for word in reference.words.get("category_negation", {}))
        self._other = next(c.code for c in reference.categories if not c.counts_in_breadth)

    def read(self, cell: Cell, lexicon: Lexicon) -> Reading:
        """What a cell says of the category; blanks, strokes and what is no text at all are never a category."""
        error = read_error(cell)
        if error:
            return error
        text = tidy(cell_text(cell))
        if not text:
            return MISSING
        if cell.struck:
            return ask("M31", "struck")
        ditto = read_ditto(text, lexicon)
        if ditto:
            return ditto
        empty = empty_meaning(text, lexicon)
        if empty:
            return ask("M52", "ask") if empty == "ask" else ask("M58", "unknown")
        if not isinstance(cell.value, str) or not (has_chinese(text) or text in self._names):
            return ask("M58", "unknown")
        return self.resolve(cell.value)

    def resolve(self, text: str) -> Reading:
        """The category that a text names; queried when it is ambiguous or several, the open category when none."""
        form = normal_form(text)
        if form in self._official:
            return Reading(text=self._official[form])
        if any(form.startswith(word) for word in self._negations):
            return ask("M58", "unknown")  # what was not done is no activity of a category
        coded = self._with_code(form)
        if coded:
            return coded
        reduced = self._reduced(form)
        giving = self._giving_form(reduced)
        if giving:
            return giving
        for exact in (form, reduced):
            if exact in self._aliases:
                return self._answer(self._aliases[exact])
        return self._one_of_several(form) or self._named_inside(reduced) or self._near(reduced) or self._open()

    def _with_code(self, form: str) -> Reading | None:
        """Rule 7: the code wins over the text; when both are there and disagree it is asked about."""
        code = next((code for code in sorted(self._names, key=len, reverse=True) if code in form), None)
        if code is None:
            return None
        rest = form.replace(code, "").strip("().、,:-_/ 0123456789")
        said = self.resolve(rest).text if rest else code
        return self._fixed(code) if said == code else ask("M58", "code_conflict", read_as=self._names[code])

    def _one_of_several(self, form: str) -> Reading | None:
        """Rule 6: two names in one cell are never split by a guess."""
        parts = [part for part in _SEVERAL.split(form) if part]
        if len(parts) < 2:
            return None
        said = {self.resolve(part).text for part in parts}
        alone = said.pop() if len(said) == 1 else None
        return self._fixed(alone) if alone and alone != self._other else ask("M58", "several")

    def _named_inside(self, form: str) -> Reading | None:
        """Rule 2: the longest alias inside; two of different categories are asked about."""
        inside = self._inside(form)
        if len(inside) > 1 and len({code for alias in inside for code in alias.codes}) > 1:
            return ask("M58", "several")
        return self._answer(inside[0]) if inside else None

    def _giving_form(self, form: str) -> Reading | None:
        """Rule 5: of one other category and a form of giving (送温暖一日捐) the form of giving wins."""
        giving = {code for word, code in self._giving.items() if word in form}
        if len(giving) != 1 or _SEVERAL.search(form):
            return None
        shorter = [alias for alias in self._inside(form, shorter=True) if len(alias.codes) == 1]
        others = {alias.codes[0] for alias in shorter} - giving
        return self._fixed(giving.pop(), "two_codes") if len(others) == 1 else None

    def _answer(self, alias: CategoryAlias) -> Reading:
        """Rules 1 and 4: an alias of one category is that; of several, or one to be explained, it is asked about."""
        if alias.kind == "query":
            return ask("M58", "query")
        if alias.kind == "ambiguous" or len(alias.codes) != 1:
            return ask("M58", "ambiguous", read_as="、".join(self._names[code] for code in alias.codes))
        return self._fixed(alias.codes[0], "near" if alias.kind == "slip" else "")

    def _near(self, form: str) -> Reading | None:
        """Rule 3: the one category at edit distance 1 from a name of four characters or more.

        A character that names another purpose (爱心助老 for 爱心助残) is no slip.
        """
        from rapidfuzz.distance import Levenshtein

        if len(form) < _SHORTEST_NEAR:
            return None
        near = {
            alias.codes[0]
            for name, alias in self._aliases.items()
            if len(name) >= _SHORTEST_NEAR and len(alias.codes) == 1 and alias.kind in ("alias", "slip")
            if Levenshtein.distance(name, form, score_cutoff=1) <= 1 and not self._objects & (set(form) - set(name))
        }
        return self._fixed(near.pop(), "near") if len(near) == 1 else None

    def _open(self) -> Reading:
        """Rule 8: whatever has no match is the open category, and is listed for the table of aliases."""
        name = self._names[self._other]
        return Reading(text=self._other, status="repaired", rule="M58", case="other", treatment="NOTE", read_as=name)

    def _fixed(self, code: str, case: str = "") -> Reading:
        name = self._names[code]
        return Reading(text=code, status="repaired", rule="M58", case=case, treatment="FIX", read_as=name)

    def _reduced(self, text: str) -> str:
        form = _QUOTES.sub("", normal_form(text))
        for word in self._dropped:
            shorter = form.replace(word, "")
            form = shorter if len(shorter) >= 2 else form
        return form

    @cached_property
    def _by_longest(self) -> list[str]:
        return sorted((name for name in self._aliases if len(name) >= 2), key=lambda name: (-len(name), name))

    def _inside(self, form: str, *, shorter: bool = False) -> list[CategoryAlias]:
        """Aliases contained in the text (or in less than all of it), longest first, each character used once."""
        found, rest = [], form
        for name in self._by_longest:
            alias = self._aliases[name]
            if name in rest and not alias.whole and not (shorter and name == form):
                found.append(alias)
                rest = rest.replace(name, "\n")
        return found
