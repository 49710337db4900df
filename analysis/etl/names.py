"""One text -> unit: exact after normalising, else near misses as suggestions only.

A name that could mean two units is never decided here: it comes back as ambiguous and is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.etl.categories import CategoryNames
from analysis.etl.text import normal_form
from analysis.reference import Reference

__all__ = ["CategoryNames", "UnitMatch", "UnitNames"]

_NUMBERING = re.compile(
    r"^(?:\((?:\d{1,3}|[一二三四五六七八九十]{1,3})\)[.、]?|(?:\d{1,3}|[一二三四五六七八九十]{1,3})[.、)])"
)
_NUMBER_FIRST = re.compile(r"^\d{1,3}(?=\D)")
_BRACKETS = re.compile(r"\([^()]*\)")
_SHORTEST_INSIDE = 3
_NEAR_ENOUGH = 75.0


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """What a text says about the sender. `code` is None when no unit, or more than one, fits."""

    code: str | None = None
    exact: bool = False
    candidates: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


class UnitNames:
    """The names of a year's register, ready to be looked up.

    `resolve` compares whole names (after taking off the city's prefixes and the suffixes of offices);
    `resolve_inside` looks for a name inside a longer text such as a file name.
    """

    def __init__(self, reference: Reference) -> None:
        names = reference.words
        self._prefixes = _by_length(names.get("unit_prefix", {}))
        self._suffixes = _by_length(names.get("unit_suffix", {}))
        recipients = "|".join(map(re.escape, _by_length(names.get("unit_recipient", {}))))
        self._recipient = recipients and f"(?:{recipients})"
        self._never = {normal_form(word) for word in names.get("never_alias", {})}
        self._codes = tuple(unit.code for unit in reference.units)
        self._short = {unit.code: unit.short_name for unit in reference.units}
        self._shorter = [(normal_form(long), normal_form(short)) for long, short in names.get("unit_short", {}).items()]
        self._successors = _successors(reference)
        self._exact: dict[str, set[str]] = {}
        self._cores: dict[str, set[str]] = {}
        self._folded: dict[str, set[str]] = {}
        for unit in reference.units:
            own = [unit.official_name, unit.short_name, *unit.aliases, *unit.former_names]
            own += [alias for alias, codes in reference.unit_aliases.items() if unit.code in codes]
            for name in own:
                form = normal_form(name)
                self._exact.setdefault(form, set()).add(unit.code)
                for core in self._forms(form):
                    self._cores.setdefault(core, set()).add(unit.code)
                    self._folded.setdefault(self._fold(core), set()).add(unit.code)

    def resolve(self, text: str) -> UnitMatch:
        """The unit that the whole text names."""
        form = _NUMBERING.sub("", normal_form(text))
        if not form or form in self._never:
            return UnitMatch()
        exact = self._exact.get(form)
        if exact:
            return _decided(exact, exact=True)
        forms = [*self._forms(form), *self._forms(_NUMBER_FIRST.sub("", form))]
        for core in forms:
            found = self._exact.get(core) or self._cores.get(core)
            if found and core not in self._never:
                return _decided(found, exact=False)
        for core in forms:
            found = self._folded.get(self._fold(core))
            if found and not {core, self._fold(core)} & self._never:
                return _decided(found, exact=False)
        return UnitMatch(suggestions=self._near(form))

    def resolve_inside(self, text: str) -> UnitMatch:
        """The unit whose longest name stands inside the text, as in `市财政局精神文明报表(最终版)`."""
        form = self._without_recipients(normal_form(text))
        hits = [name for name in self._exact if len(name) >= _SHORTEST_INSIDE and name in form]
        hits = hits or [name for name in self._exact if self._begins_word(name, form)]
        longest = [name for name in hits if not any(name != other and name in other for other in hits)]
        found = {code for name in longest for code in self._exact[name]}
        return _decided(found, exact=False) if found else UnitMatch()

    def _without_recipients(self, form: str) -> str:
        """The text without the units to which the file is sent (报市委办)."""
        if self._recipient and re.search(self._recipient, form):
            for name in sorted((name for name in self._exact if name in form), key=len, reverse=True):
                form = re.sub(f"{self._recipient}{re.escape(name)}", " ", form)
        return form

    def _begins_word(self, name: str, form: str) -> bool:
        """A name of two characters counts at the beginning of the text, or after a character that is not Chinese."""
        return (
            len(name) == _SHORTEST_INSIDE - 1 and re.search(rf"(?<![\u4e00-\u9fff]){re.escape(name)}", form) is not None
        )

    def code_inside(self, text: str) -> str | None:
        """The one register code written in the text, if there is exactly one.

        The code of a unit that has been merged into one other is the code of that one.
        """
        form = normal_form(text).upper()
        codes = {code: {code} for code in self._codes} | self._successors
        found = [codes[code] for code in codes if re.search(rf"(?<![A-Z0-9]){re.escape(code)}(?!\d)", form)]
        meant = set().union(*found)
        return meant.pop() if len(meant) == 1 else None

    def code_of(self, text: str) -> str | None:
        """The register code that a field for it holds, also with other strokes or none: `LJG04`, `LJ—G04`."""
        found = self.code_inside(text)
        return found or next((code for code in self._codes if _compact(code) == _compact(text)), None)

    def looks_like_code(self, text: str) -> bool:
        """Whether a text has the shape of a register code without being one."""
        if self.code_of(text):
            return False
        form, shapes = _compact(text), {_shape(_compact(code)) for code in self._codes}
        starts = {re.split(r"[\W_]", code)[0] for code in self._codes}
        start = starts.pop() if len(starts) == 1 else ""
        near = len(form) <= max(map(len, shapes), default=0) + 2
        return _shape(form) in shapes or (len(start) > 1 and form.startswith(start) and near)

    def short_name(self, code: str) -> str:
        return self._short.get(code, code)

    def _forms(self, form: str) -> list[str]:
        """The text with fewer and fewer of its prefixes and suffixes, at least two characters left."""
        seen, waiting = [], [form, _BRACKETS.sub("", form)]
        while waiting:
            text = waiting.pop(0)
            if len(text) < 2 or text in seen:
                continue
            seen.append(text)
            waiting += [text.removesuffix(end) for end in self._suffixes if text.endswith(end)]
            waiting += [text.removeprefix(start) for start in self._prefixes if text.startswith(start)]
        return seen

    def _fold(self, form: str) -> str:
        """The short way of writing a name: 委 for 委员会, without 和."""
        for long, short in self._shorter:
            form = form.replace(long, short)
        return form

    def _near(self, form: str) -> tuple[str, ...]:
        from rapidfuzz import fuzz, process

        near = process.extract(form, list(self._exact), scorer=fuzz.ratio, limit=5, score_cutoff=_NEAR_ENOUGH)
        codes = dict.fromkeys(code for name, _, _ in near for code in sorted(self._exact[name]))
        return tuple(self._short[code] for code in codes)[:3]


def _successors(reference: Reference) -> dict[str, set[str]]:
    """Code of a unit that is no more -> codes of the units of the year that followed it, over several steps."""
    valid = {unit.code for unit in reference.units}
    steps: dict[str, set[str]] = {}
    for step in reference.succession:
        if step.valid_from.year <= reference.year:
            steps.setdefault(step.predecessor, set()).add(step.successor)
    found: dict[str, set[str]] = {}
    for code in steps.keys() - valid:
        waiting, seen = [code], set()
        while waiting:
            here = waiting.pop()
            if here not in seen:
                seen.add(here)
                waiting += steps.get(here, ())
        found[code] = seen & valid
    return found


def _decided(codes: Iterable[str], *, exact: bool) -> UnitMatch:
    found = tuple(sorted(codes))
    return UnitMatch(found[0], exact) if len(found) == 1 else UnitMatch(candidates=found)


def _compact(text: str) -> str:
    return re.sub(r"[\W_]", "", normal_form(text)).upper()


def _shape(form: str) -> str:
    return re.sub(r"[A-Z]", "A", re.sub(r"\d", "9", form))


def _by_length(words: Iterable[str]) -> list[str]:
    return sorted((normal_form(word) for word in words), key=lambda word: (-len(word), word))
